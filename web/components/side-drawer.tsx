import { Drawer } from "@mantine/core";
import type { ReactNode } from "react";

interface SideDrawerProps {
  readonly title: string;
  readonly size: "md" | "lg";
  /** Closed drawers stay in the page so that they can slide out; open when not said. */
  readonly isOpen?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A drawer from the right that explains or drills; the page stays behind it. */
export const SideDrawer = ({ title, size, isOpen = true, onClose, children }: SideDrawerProps) => (
  <Drawer
    opened={isOpen}
    onClose={onClose}
    position="right"
    size={size}
    title={title}
    closeButtonProps={{ "aria-label": "Close" }}
  >
    {children}
  </Drawer>
);
