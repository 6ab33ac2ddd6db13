/** The jobs of the server, kept up to date by one stream of events across all views. */

import * as api from "./api";

type Listener = (job: api.Job) => void;

const latest = new Map<string, api.Job>();
const listeners = new Set<Listener>();
const libraryListeners = new Set<() => void>();

const ENDED = new Set(["done", "failed", "cancelled"]);
export const isEnded = (job: api.Job): boolean => ENDED.has(job.state);

export function onJob(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Calls the listener when documents or links have changed, until the returned function is called. */
export function onLibrary(listener: () => void): () => void {
  libraryListeners.add(listener);
  return () => libraryListeners.delete(listener);
}

export function update(job: api.Job): void {
  const before = latest.get(job.id);
  if (before && isEnded(before)) return;
  latest.set(job.id, job);
  for (const listener of [...listeners]) listener(job);
}

const RECONNECT_MS = 3000;
const POLL_MS = 3000;

/** Opens the stream of events. After a lost connection the jobs and the library are read again. */
export function connect(lost = false): void {
  const stream = new EventSource(api.apiUrl("/events"));
  stream.addEventListener("job", (event) => update(JSON.parse((event as MessageEvent<string>).data) as api.Job));
  stream.addEventListener("library", () => {
    for (const listener of [...libraryListeners]) listener();
  });
  stream.onerror = () => {
    lost = true;
    // A browser reconnects by itself after a break, but not after a refusal.
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => connect(true), RECONNECT_MS);
  };
  stream.onopen = async () => {
    if (!lost) return;
    lost = false;
    for (const job of await api.getJobs()) update(job);
    for (const listener of [...libraryListeners]) listener();
  };
}

/**
 * Waits for a job to end; `seen` gets each state on the way. Throws `ApiError` when the job fails,
 * `AbortError` when it is cancelled. Polls the job too, in case an event is missed.
 */
export function waitForJob(job: api.Job, seen: Listener = () => {}, signal?: AbortSignal): Promise<api.Job> {
  return new Promise((resolve, reject) => {
    let timer = 0;
    const stop = () => {
      forget();
      clearInterval(timer);
    };
    const look = (now: api.Job) => {
      if (now.id !== job.id) return;
      seen(now);
      if (!isEnded(now)) return;
      stop();
      if (now.state === "done") resolve(now);
      else if (now.state === "cancelled") reject(new DOMException("cancelled", "AbortError"));
      else reject(new api.ApiError(500, now.error?.detail ?? now.title, now.error?.remedy));
    };
    const forget = onJob(look);
    timer = window.setInterval(() => api.getJob(job.id).then(update, () => {}), POLL_MS);
    signal?.addEventListener("abort", () => {
      stop();
      reject(new DOMException("cancelled", "AbortError"));
    });
    update(job);
    const now = latest.get(job.id);
    if (now && isEnded(now)) look(now);
  });
}

/** Returns the result of a request; while the answer is a job, waits for it and requests again. */
export async function waitForResult<T>(
  ask: () => Promise<api.Answer<T>>,
  seen: Listener = () => {},
  signal?: AbortSignal,
): Promise<T> {
  for (;;) {
    const answer = await ask();
    if ("done" in answer) return answer.done;
    await waitForJob(answer.job, seen, signal);
  }
}
