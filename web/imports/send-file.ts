import { ProblemError, problemOf, type Session, unreachable } from "../api.ts";
import type { ImportInHand } from "./import-types.ts";

interface Sending {
  readonly session: Session;
  readonly signal: AbortSignal;
  /** Told of the share that is sent, from 0 to 1. */
  readonly onShare: (share: number) => void;
}

/** Sends a file as it is, telling how far it is, which `fetch` cannot. @throws ProblemError for every refusal; AbortError */
export function sendFile(file: File, { session, signal, onShare }: Sending): Promise<ImportInHand> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/v1/imports?${new URLSearchParams({ name: file.name })}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.setRequestHeader("x-csrf-token", session.csrf_token);
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onShare(total === 0 ? 0 : loaded / total);
    request.onload = () => {
      const { status, response } = request;
      if (status >= 200 && status < 300) resolve(response as ImportInHand);
      else reject(new ProblemError(problemOf(status, response)));
    };
    request.onerror = () => reject(new ProblemError(unreachable));
    request.onabort = () => reject(new DOMException("The upload was stopped", "AbortError"));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}
