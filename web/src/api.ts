/** The server's API (docs/api.md): requests, records, errors. Everything goes to the server the page came from. */

import { t } from "./strings";
import type { Box, PageRecord, Point, Section } from "./music/types";

const ROOT = "api/v1";

export type Kind = "score" | "recording";

export interface Link {
  id: string;
  title: string;
  confidence: number;
}

export interface DocumentRecord {
  id: string;
  path: string;
  /** What its file is called, or was when it was uploaded. */
  name: string;
  kind: Kind;
  title: string;
  pages?: number;
  duration_s?: number;
  added: string;
  links: Link[];
}

export interface Job {
  id: string;
  kind: string;
  title: string;
  state: "queued" | "running" | "done" | "failed" | "cancelled";
  progress: number;
  message: string | null;
  created: string;
  updated: string;
  result: unknown;
  error: { detail: string; remedy?: string } | null;
}

export interface ScorePage extends PageRecord {
  iiif: string;
  corrected: boolean;
}

export interface ScorePages {
  id: string;
  path: string;
  pages: ScorePage[];
}

export interface Peaks {
  duration_s: number;
  peaks: number[];
}

export interface Pin {
  time_s: number;
  bar: number;
}

export interface Corrections {
  pins: Pin[];
  sections: [number, number][];
}

export interface AlignmentRecord {
  score_id: string;
  recording_id: string;
  points: Point[];
  sections: Section[];
  confidence: number;
  bar_confidence?: { bar: number; start_s: number; confidence: number }[];
  corrections: Corrections;
  version: string;
}

export interface Passage {
  query_start_s?: number;
  query_end_s?: number;
  start_s?: number;
  end_s?: number;
  page: number;
  system: number;
  box: Box;
}

export interface Hit {
  rank: number;
  id: string;
  path: string;
  kind: Kind;
  title: string;
  score: number;
  confidence: number;
  passages: Passage[];
}

export interface Findings {
  query: { path: string; kind: Kind; duration_s?: number; pages?: number; id?: string };
  results: Hit[];
  found: boolean;
  elapsed_s: number;
}

export type ExportFormat = "csv" | "json" | "iiif" | "mei" | "mp4";

/** What is wrong and what to do, as one text. */
export function sentence(detail: string, remedy = ""): string {
  const wrong = detail.charAt(0).toUpperCase() + detail.slice(1);
  return remedy ? `${/[.!?]$/.test(wrong) ? wrong : `${wrong}.`} ${remedy}` : wrong;
}

/** What the server refused, in its words. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    detail: string,
    readonly remedy = "",
  ) {
    super(sentence(detail, remedy));
  }
}

/** The address of something of the API, as a link or a source. */
export const at = (path: string): string => `${ROOT}${path}`;

const enc = encodeURIComponent;
export const thumbnailOf = (id: string) => at(`/documents/${enc(id)}/thumbnail`);
export const fileOf = (id: string) => at(`/documents/${enc(id)}/file`);
export const audioOf = (id: string) => at(`/documents/${enc(id)}/audio`);
export const exportOf = (score: string, recording: string, format: ExportFormat) =>
  at(`/alignments/${enc(score)}/${enc(recording)}/export?format=${format}`);
/** A piece of a page, at most `width` pixels wide. */
export const pictureOf = (iiif: string, box: Box, width: number) => {
  const [x0, y0, x1, y1] = box.map((v) => Math.min(Math.max(v, 0), 1)) as Box;
  const shares = [x0, y0, x1 - x0, y1 - y0].map((v) => (v * 100).toFixed(3)).join(",");
  return `${iiif}/pct:${shares}/!${width},${width}/0/default.jpg`;
};

const silent = () => new ApiError(0, t("api.silent"), t("api.silentRemedy"));

async function request(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(at(path), init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw silent();
  }
  if (response.ok) return response;
  const text = await response.text();
  let detail = text || response.statusText;
  let remedy = "";
  try {
    const record = JSON.parse(text) as { detail?: unknown; remedy?: string };
    if (record.detail) detail = typeof record.detail === "string" ? record.detail : JSON.stringify(record.detail);
    remedy = record.remedy ?? "";
  } catch {
    // Not a record of ours: its text is shown as it is.
  }
  throw new ApiError(response.status, detail, remedy);
}

async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await request(path, { signal })).json() as Promise<T>;
}

function send(path: string, method: string, body?: unknown): Promise<Response> {
  if (body instanceof FormData || body === undefined) return request(path, { method, body: body as FormData });
  return request(path, { method, body: JSON.stringify(body), headers: { "content-type": "application/json" } });
}

/** All documents; the server gives 5,000 at a time. */
export async function documents(): Promise<DocumentRecord[]> {
  const all: DocumentRecord[] = [];
  for (;;) {
    const part = await get<{ total: number; documents: DocumentRecord[] }>(`/documents?sort=added&offset=${all.length}&limit=5000`);
    all.push(...part.documents);
    if (all.length >= part.total || !part.documents.length) return all;
  }
}

export const document_ = (id: string) => get<DocumentRecord>(`/documents/${enc(id)}`);
export const pages = (id: string) => get<ScorePages>(`/documents/${enc(id)}/pages`);
export const peaks = (id: string, points: number) => get<Peaks>(`/documents/${enc(id)}/peaks?points=${points}`);
export const jobs = () => get<{ jobs: Job[] }>("/jobs?limit=100").then((r) => r.jobs);
export const job = (id: string) => get<Job>(`/jobs/${enc(id)}`);
export const cancel = (id: string) => send(`/jobs/${enc(id)}`, "DELETE");
export const remove = (id: string) => send(`/documents/${enc(id)}`, "DELETE");
export const link = () => send("/links", "POST").then((r) => r.json() as Promise<Job>);

export interface Uploaded {
  jobs: Job[];
  refused: { title: string; detail: string; remedy?: string }[];
}

/** Upload one file; `progress` gets the share that is sent. */
export function upload(file: File, progress: (share: number) => void, signal: AbortSignal): Promise<Uploaded> {
  // XMLHttpRequest, since fetch does not tell how much of a body is sent.
  return new Promise((resolve, reject) => {
    const http = new XMLHttpRequest();
    const form = new FormData();
    form.append("files", file, file.name);
    http.open("POST", at("/documents"));
    http.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    http.onload = () => {
      try {
        const record = JSON.parse(http.responseText) as Uploaded & { detail?: string; remedy?: string };
        if (record.jobs || record.refused) resolve({ jobs: record.jobs ?? [], refused: record.refused ?? [] });
        else reject(new ApiError(http.status, record.detail ?? http.statusText, record.remedy));
      } catch {
        reject(new ApiError(http.status, http.statusText || t("api.notTaken")));
      }
    };
    http.onerror = () => reject(silent());
    http.onabort = () => reject(new DOMException("cancelled", "AbortError"));
    signal.addEventListener("abort", () => http.abort());
    http.send(form);
  });
}

/** An answer that may be a job at first. */
export type Answer<T> = { done: T } | { job: Job };

async function answer<T>(response: Response): Promise<Answer<T>> {
  const record = await response.json();
  return response.status === 202 ? { job: (record.job ?? record) as Job } : { done: record as T };
}

export const alignment = async (score: string, recording: string) =>
  answer<AlignmentRecord>(await request(`/alignments/${enc(score)}/${enc(recording)}?wait=10`));

export const correctAlignment = async (score: string, recording: string, corrections: Corrections) =>
  answer<AlignmentRecord>(await send(`/alignments/${enc(score)}/${enc(recording)}/corrections?wait=10`, "PUT", corrections));

export const correctPage = async (id: string, page: number, systems: { box: Box; staves: Box[]; bars: [number, number][] }[]) =>
  answer<unknown>(await send(`/documents/${enc(id)}/pages/${page}`, "PUT", { systems }));

export const uncorrectPage = async (id: string, page: number) =>
  answer<unknown>(await send(`/documents/${enc(id)}/pages/${page}`, "DELETE"));

/** Have an export made; when it is there the download costs nothing more. */
export async function prepareExport(score: string, recording: string, format: ExportFormat): Promise<Answer<true>> {
  const path = `/alignments/${enc(score)}/${enc(recording)}/export?format=${format}&wait=5`;
  const response = await request(path);
  if (response.status === 202) return answer<true>(response);
  await response.body?.cancel();
  return { done: true };
}

export type Query =
  | { file: File }
  | { document: string; page: number; box: Box }
  | { document: string; start_s: number; end_s: number };

/** Search; a file goes as a form, a place in a document as JSON. */
export async function find(query: Query, top = 8): Promise<Answer<Findings>> {
  if ("file" in query) {
    const form = new FormData();
    form.append("file", query.file, query.file.name);
    return answer<Findings>(await send(`/find?wait=0&top=${top}`, "POST", form));
  }
  return answer<Findings>(await send(`/find/${"box" in query ? "region" : "span"}?wait=0`, "POST", { ...query, top }));
}
