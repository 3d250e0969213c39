import { useEffect, useState } from "react";
import { getJson } from "../api.ts";

/** What arrives now, as the server counts it. */
export interface LivePicture {
  readonly now: string;
  readonly since: string;
  readonly visitor_count: number;
  readonly accepted_counts: readonly number[];
  readonly duplicate_count: number;
  readonly rejected_count: number;
  readonly last_event_at: string | null;
  readonly orders: readonly {
    readonly order_id: string;
    readonly received_at: string;
    readonly customer_id: string;
    readonly line_count: number;
  }[];
  readonly pages: readonly { readonly path: string; readonly event_count: number }[];
  readonly products: readonly {
    readonly product_id: string;
    readonly product_name: string;
    readonly event_count: number;
  }[];
}

export interface LiveAnswer {
  readonly is_collecting: boolean;
  readonly refreshed_at: string | null;
  readonly waiting_bytes: number;
  readonly live: LivePicture | null;
}

export interface LiveState {
  readonly answer: LiveAnswer | null;
  /** Why nothing newer is known; null while answers come. */
  readonly error: unknown;
}

const pollMs = 5000;

/** Follows what arrives: over server-sent events, and by asking every few seconds where those do not get through. */
export function useLive(): LiveState {
  const [state, setState] = useState<LiveState>({ answer: null, error: null });
  useEffect(() => {
    const stopping = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const poll = async (): Promise<void> => {
      try {
        const answer = await getJson<LiveAnswer>("/live", stopping.signal);
        setState({ answer, error: null });
      } catch (error) {
        if (stopping.signal.aborted) return;
        setState((last) => ({ ...last, error }));
      }
      timer = setTimeout(poll, pollMs);
    };
    const source = new EventSource("/api/v1/live/stream");
    source.onmessage = ({ data }: MessageEvent<string>) =>
      setState({ answer: JSON.parse(data) as LiveAnswer, error: null });
    source.onerror = () => {
      source.close();
      if (timer === undefined && !stopping.signal.aborted) void poll();
    };
    return () => {
      stopping.abort();
      source.close();
      clearTimeout(timer);
    };
  }, []);
  return state;
}
