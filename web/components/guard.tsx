import { Component, type ReactNode } from "react";

interface Props {
  /** What is drawn follows from this: when it changes, drawing is tried again. */
  readonly subject: unknown;
  /** What stands there instead; `retry` draws once more. */
  readonly fallback: (error: unknown, retry: () => void) => ReactNode;
  readonly children: ReactNode;
}

/** Keeps what cannot be drawn to its own place: the page goes on without it. */
export class Guard extends Component<Props, { readonly error: unknown }> {
  override readonly state = { error: null as unknown };

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error };
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.error !== null && before.subject !== this.props.subject) this.setState({ error: null });
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === null ? this.props.children : this.props.fallback(error, () => this.setState({ error: null }));
  }
}
