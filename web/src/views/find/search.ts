/** One search of the find view at a time: the query and its progress, then its results. */

import * as api from "../../api";
import { button, type Child, h, setChildren } from "../../dom";
import * as jobs from "../../jobs";
import { t } from "../../strings";
import { type QueryMedia, showResults, stopPlaying } from "./results";

/** The state of an open find view. */
export interface FindState {
  /** The elements of the query, of the choice of a region, of the results. */
  readonly query: HTMLElement;
  readonly picker: HTMLElement;
  readonly results: HTMLElement;
  /** Number of the latest search: what an earlier one finds is not shown. */
  latest: number;
  /** Stops the search that runs. */
  stop: AbortController;
  /** URLs of the files that were searched with; they are released when the view closes. */
  readonly urls: string[];
  closePicker: () => void;
}

/** Searches and shows the results as they arrive; `description` shows the query. A new search stops the one before. */
export async function search(state: FindState, query: api.Query, media: QueryMedia, description: Child[]): Promise<void> {
  const request = ++state.latest;
  state.stop.abort();
  state.stop = new AbortController();
  stopPlaying();
  const bar = h("progress", { "aria-label": t("find.searching") });
  showQuery(state, description, bar);
  const show = (findings: api.Findings, final: boolean) => {
    if (request === state.latest) showResults(state.results, findings, media, final);
  };
  try {
    const findings = await findingsOf(query, state.stop.signal, bar, (first) => show(first, false));
    show(findings, true);
  } catch (error) {
    if (request === state.latest) showFailure(state, error as Error);
  }
  if (request === state.latest) state.query.querySelector(".query-state")?.remove();
}

function showQuery(state: FindState, description: Child[], bar: HTMLProgressElement): void {
  const cancel = button("close", t("find.cancel"), () => state.stop.abort());
  state.query.hidden = false;
  setChildren(
    state.query,
    h("div", { class: "query-what" }, description),
    h("div", { class: "query-state" }, h("span", { class: "small muted" }, t("find.searching")), cancel, bar),
  );
  setChildren(state.results);
}

/** Returns the findings of a query; `first` gets those that the server has before the search has ended. */
async function findingsOf(query: api.Query, signal: AbortSignal, bar: HTMLProgressElement, first: (findings: api.Findings) => void): Promise<api.Findings> {
  const answer = await api.find(query);
  if ("done" in answer) return answer.done;
  const { job } = answer;
  signal.addEventListener("abort", () => void api.cancelJob(job.id).catch(() => {}));
  const showProgress = (now: api.Job) => {
    if (now.progress > 0) bar.value = now.progress;
    if (now.result && !jobs.isEnded(now)) first(now.result as api.Findings);
  };
  return (await jobs.waitForJob(job, showProgress, signal)).result as api.Findings;
}

function showFailure(state: FindState, { name, message }: Error): void {
  const cancelled = name === "AbortError";
  setChildren(state.results, h("p", { class: cancelled ? "muted" : "bad", role: "alert" }, cancelled ? t("find.cancelled") : message));
}
