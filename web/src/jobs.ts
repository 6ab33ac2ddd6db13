/** What the server is at work on: one stream of events, kept for the whole visit. */

import * as api from "./api";

type Listener = (job: api.Job) => void;

const known = new Map<string, api.Job>();
const listeners = new Set<Listener>();
const libraryListeners = new Set<() => void>();

const ENDED = new Set(["done", "failed", "cancelled"]);
export const ended = (job: api.Job): boolean => ENDED.has(job.state);

export const current = (): api.Job[] => [...known.values()];

export function onJob(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Called when documents or links have changed. */
export function onLibrary(listener: () => void): () => void {
  libraryListeners.add(listener);
  return () => libraryListeners.delete(listener);
}

export function note(job: api.Job): void {
  const before = known.get(job.id);
  if (before && ended(before)) return;
  known.set(job.id, job);
  for (const listener of [...listeners]) listener(job);
}

const AGAIN = 3000; // ms

/** Listen to the server; after a break the browser connects again, then what was missed is asked for. */
export function connect(lost = false): void {
  const stream = new EventSource(api.at("/events"));
  stream.addEventListener("job", (event) => note(JSON.parse((event as MessageEvent<string>).data) as api.Job));
  stream.addEventListener("library", () => {
    for (const listener of [...libraryListeners]) listener();
  });
  stream.onerror = () => {
    lost = true;
    // Refused, not broken off: the browser does not try again by itself.
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => connect(true), AGAIN);
  };
  stream.onopen = async () => {
    if (!lost) return;
    lost = false;
    for (const job of await api.jobs()) note(job);
    for (const listener of [...libraryListeners]) listener();
  };
}

/**
 * Wait for a job to end; `seen` gets each state on the way. Raises `ApiError` when it fails.
 * Asks for the job now and then too, in case an event was missed.
 */
export function finished(job: api.Job, seen: Listener = () => {}, signal?: AbortSignal): Promise<api.Job> {
  return new Promise((resolve, reject) => {
    let timer = 0;
    const stop = () => {
      forget();
      clearInterval(timer);
    };
    const look = (now: api.Job) => {
      if (now.id !== job.id) return;
      seen(now);
      if (!ended(now)) return;
      stop();
      if (now.state === "done") resolve(now);
      else if (now.state === "cancelled") reject(new DOMException("cancelled", "AbortError"));
      else reject(new api.ApiError(500, now.error?.detail ?? now.title, now.error?.remedy));
    };
    const forget = onJob(look);
    timer = window.setInterval(() => api.job(job.id).then(note, () => {}), 3000);
    signal?.addEventListener("abort", () => {
      stop();
      reject(new DOMException("cancelled", "AbortError"));
    });
    note(job);
    const now = known.get(job.id);
    if (now && ended(now)) look(now);
  });
}

/** The result of a request that may be a job: that of the answer, or asked for again when the job is done. */
export async function settled<T>(
  ask: () => Promise<api.Answer<T>>,
  seen: Listener = () => {},
  signal?: AbortSignal,
): Promise<T> {
  for (;;) {
    const answer = await ask();
    if ("done" in answer) return answer.done;
    await finished(answer.job, seen, signal);
  }
}
