/** The REST API of the server: requests, records, errors. All requests go to the server that serves the page. */

import type { Box, PageRecord, Point, Section } from "./music/types";
import { t } from "./strings";

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
  /** Name of the file, or the name it was uploaded with. */
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

export interface Anchor {
  time_s: number;
  bar: number;
}

export interface Corrections {
  pins: Anchor[];
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
  query: {
    path: string;
    kind: Kind;
    duration_s?: number;
    pages?: number;
    id?: string;
    /** Degrees clockwise by which pages of the query were turned; their boxes are those of the turned pages. */
    rotations?: Record<string, number>;
  };
  results: Hit[];
  found: boolean;
  elapsed_s: number;
}

export type ExportFormat = "csv" | "json" | "iiif" | "mei" | "mp4";

/** Returns an error and its remedy as one text. */
export function errorText(detail: string, remedy = ""): string {
  const wrong = detail.charAt(0).toUpperCase() + detail.slice(1);
  return remedy ? `${/[.!?]$/.test(wrong) ? wrong : `${wrong}.`} ${remedy}` : wrong;
}

/** A request that the server refused, with its message; status 0 is a server that does not answer. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    detail: string,
    readonly remedy = "",
  ) {
    super(errorText(detail, remedy));
  }
}

/** Returns the URL of a path of the API. */
export const apiUrl = (path: string): string => `${ROOT}${path}`;

const encode = encodeURIComponent;
export const thumbnailUrl = (id: string) => apiUrl(`/documents/${encode(id)}/thumbnail`);
export const fileUrl = (id: string) => apiUrl(`/documents/${encode(id)}/file`);
export const audioUrl = (id: string) => apiUrl(`/documents/${encode(id)}/audio`);
export const exportUrl = (score: string, recording: string, format: ExportFormat) =>
  apiUrl(`/alignments/${encode(score)}/${encode(recording)}/export?format=${format}`);
/** Returns the URL of a part of a page as a picture of at most `width` x `width` pixels. */
export const cropUrl = (iiif: string, box: Box, width: number) => {
  const [x0, y0, x1, y1] = box.map((v) => Math.min(Math.max(v, 0), 1)) as Box;
  const shares = [x0, y0, x1 - x0, y1 - y0].map((v) => (v * 100).toFixed(3)).join(",");
  return `${iiif}/pct:${shares}/!${width},${width}/0/default.jpg`;
};

const unreachable = () => new ApiError(0, t("api.silent"), t("api.silentRemedy"));

async function request(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(apiUrl(path), init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw unreachable();
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
    // Not a record of the API: its text is shown as it is.
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

/** Returns all documents; one request returns at most 5,000. */
export async function getDocuments(): Promise<DocumentRecord[]> {
  const all: DocumentRecord[] = [];
  for (;;) {
    const part = await get<{ total: number; documents: DocumentRecord[] }>(`/documents?sort=added&offset=${all.length}&limit=5000`);
    all.push(...part.documents);
    if (all.length >= part.total || !part.documents.length) return all;
  }
}

export const getDocument = (id: string) => get<DocumentRecord>(`/documents/${encode(id)}`);
export const getPages = (id: string) => get<ScorePages>(`/documents/${encode(id)}/pages`);
export const getPeaks = (id: string, points: number) => get<Peaks>(`/documents/${encode(id)}/peaks?points=${points}`);
export const getJobs = () => get<{ jobs: Job[] }>("/jobs?limit=100").then((r) => r.jobs);
export const getJob = (id: string) => get<Job>(`/jobs/${encode(id)}`);
export const cancelJob = (id: string) => send(`/jobs/${encode(id)}`, "DELETE");
export const removeDocument = (id: string) => send(`/documents/${encode(id)}`, "DELETE");

export interface Uploaded {
  jobs: Job[];
  refused: { title: string; detail: string; remedy?: string }[];
}

/** Uploads one file; `progress` gets the sent fraction. */
export function upload(file: File, progress: (share: number) => void, signal: AbortSignal): Promise<Uploaded> {
  // XMLHttpRequest, since fetch does not report how much of a body is sent.
  return new Promise((resolve, reject) => {
    const http = new XMLHttpRequest();
    const form = new FormData();
    form.append("files", file, file.name);
    http.open("POST", apiUrl("/documents"));
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
    http.onerror = () => reject(unreachable());
    http.onabort = () => reject(new DOMException("cancelled", "AbortError"));
    signal.addEventListener("abort", () => http.abort());
    http.send(form);
  });
}

/** An answer: the result, or the job that makes it. */
export type Answer<T> = { done: T } | { job: Job };

async function toAnswer<T>(response: Response): Promise<Answer<T>> {
  const record = await response.json();
  return response.status === 202 ? { job: (record.job ?? record) as Job } : { done: record as T };
}

export const getAlignment = async (score: string, recording: string) =>
  toAnswer<AlignmentRecord>(await request(`/alignments/${encode(score)}/${encode(recording)}?wait=10`));

export const correctAlignment = async (score: string, recording: string, corrections: Corrections) =>
  toAnswer<AlignmentRecord>(await send(`/alignments/${encode(score)}/${encode(recording)}/corrections?wait=10`, "PUT", corrections));

/** A page as a person gives it; without `systems` they are read from the turned page. */
export interface GivenPage {
  systems?: { box: Box; staves: Box[]; bars: [number, number][] }[];
  /** Degrees clockwise by which the stored page is turned. */
  rotation: number;
}

export const correctPage = async (id: string, page: number, given: GivenPage) =>
  toAnswer<unknown>(await send(`/documents/${encode(id)}/pages/${page}`, "PUT", given));

export const resetPage = async (id: string, page: number) =>
  toAnswer<unknown>(await send(`/documents/${encode(id)}/pages/${page}`, "DELETE"));

/** Makes an export on the server, so that its download starts at once. */
export async function prepareExport(score: string, recording: string, format: ExportFormat): Promise<Answer<true>> {
  const path = `/alignments/${encode(score)}/${encode(recording)}/export?format=${format}&wait=5`;
  const response = await request(path);
  if (response.status === 202) return toAnswer<true>(response);
  await response.body?.cancel();
  return { done: true };
}

export type Query =
  | { file: File }
  | { document: string; page: number; box: Box }
  | { document: string; start_s: number; end_s: number };

/** Searches; a file is sent as a form, a part of a document as JSON. */
export async function find(query: Query, top = 8): Promise<Answer<Findings>> {
  if ("file" in query) {
    const form = new FormData();
    form.append("file", query.file, query.file.name);
    return toAnswer<Findings>(await send(`/find?wait=0&top=${top}`, "POST", form));
  }
  return toAnswer<Findings>(await send(`/find/${"box" in query ? "region" : "span"}?wait=0`, "POST", { ...query, top }));
}
