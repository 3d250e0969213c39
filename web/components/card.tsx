import { type ReactNode, useId } from "react";

export type CardSize = "full" | "half" | "third" | "two-thirds";

interface Props {
  readonly title: string;
  readonly subtitle: string;
  readonly size: CardSize;
  readonly menu?: ReactNode;
  readonly controls?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of every card: title, over what, controls and menu on the right, content below. */
export function Card({ title, subtitle, size, menu, controls, children }: Props) {
  const id = useId();
  return (
    <section className={`card size-${size}`} aria-labelledby={id}>
      <header className="card-head">
        <div className="card-titles">
          <h2 id={id}>{title}</h2>
          <p className="card-subtitle">{subtitle}</p>
        </div>
        <div className="card-tools">{menu}</div>
      </header>
      {controls}
      {children}
    </section>
  );
}
