/** Files on their way into the library: sent two at a time, then followed as jobs, across all views. */

import * as api from "./api";
import * as jobs from "./jobs";
import { t } from "./strings";

export interface Upload {
  id: string;
  title: string;
  state: "waiting" | "sending" | "working" | "done" | "unchanged" | "failed" | "cancelled";
  /** 0 to 1 within the state. */
  progress: number;
  message: string;
  cancel: () => void;
}

const AT_ONCE = 2;
const list: Upload[] = [];
const waiting: (() => Promise<void>)[] = [];
const listeners = new Set<() => void>();
let running = 0;

export const uploads = (): readonly Upload[] => list;
export const busy = (upload: Upload): boolean => ["waiting", "sending", "working"].includes(upload.state);

export function onUploads(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const tell = () => {
  for (const listener of [...listeners]) listener();
};

/** Forget what has ended. */
export function clear(): void {
  list.splice(0, list.length, ...list.filter(busy));
  tell();
}

export function add(files: readonly File[]): void {
  for (const file of files) {
    const stop = new AbortController();
    const upload: Upload = {
      id: crypto.randomUUID?.() ?? String(Math.random()),
      title: file.name,
      state: "waiting",
      progress: 0,
      message: "",
      cancel: () => {
        stop.abort();
        if (upload.state === "waiting") set(upload, { state: "cancelled" });
      },
    };
    list.push(upload);
    waiting.push(() => run(upload, file, stop.signal));
  }
  tell();
  next();
}

/** Jobs of an earlier visit that are still at work are shown too. */
export function adopt(job: api.Job): void {
  if (job.kind !== "add" || jobs.ended(job) || list.some((u) => u.id === job.id || ours.has(job.id))) return;
  const upload: Upload = {
    id: job.id,
    title: job.title,
    state: "working",
    progress: job.progress,
    message: job.message || "",
    cancel: () => void api.cancel(job.id),
  };
  list.push(upload);
  void follow(upload, job);
}

/** Jobs that began with an upload of this visit. */
const ours = new Set<string>();

function set(upload: Upload, change: Partial<Upload>): void {
  Object.assign(upload, change);
  tell();
}

function next(): void {
  while (running < AT_ONCE && waiting.length) {
    const task = waiting.shift() as () => Promise<void>;
    running++;
    void task().finally(() => {
      running--;
      next();
    });
  }
}

/** Send one file. What the server makes of it is followed apart: the next file may be sent meanwhile. */
async function run(upload: Upload, file: File, signal: AbortSignal): Promise<void> {
  if (upload.state === "cancelled") return;
  set(upload, { state: "sending" });
  try {
    const { jobs: made, refused } = await api.upload(file, (progress) => set(upload, { progress }), signal);
    const no = refused[0];
    const job = made[0];
    if (no) set(upload, { state: "failed", message: api.sentence(no.detail, no.remedy) });
    else if (job) {
      ours.add(job.id);
      // The stream of events may tell of the job before the answer does; then it was adopted.
      const twin = list.findIndex((u) => u.id === job.id);
      if (twin >= 0) list.splice(twin, 1);
      upload.cancel = () => void api.cancel(job.id);
      void follow(upload, job);
    }
  } catch (error) {
    ended(upload, error as Error);
  }
}

async function follow(upload: Upload, job: api.Job): Promise<void> {
  set(upload, { state: "working", progress: 0, message: t("uploads.queued") });
  try {
    const done = await jobs.finished(job, (now) =>
      set(upload, { progress: now.progress, message: now.message || (now.state === "queued" ? t("uploads.queued") : "") }),
    );
    const outcome = (done.result as { outcome?: string } | null)?.outcome;
    set(upload, { state: outcome === "unchanged" ? "unchanged" : "done", progress: 1, message: "" });
  } catch (error) {
    ended(upload, error as Error);
  }
}

function ended(upload: Upload, error: Error): void {
  if (error.name === "AbortError") set(upload, { state: "cancelled", message: "" });
  else set(upload, { state: "failed", message: error.message });
}

/** All files of a drop, also those in folders. */
export async function filesOf(transfer: DataTransfer): Promise<File[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (!entries.length) return [...transfer.files];
  const files: File[] = [];
  const walk = async (entry: FileSystemEntry): Promise<void> => {
    if (entry.name.startsWith(".")) return;
    if (entry.isFile) {
      files.push(await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)));
    } else if (entry.isDirectory) {
      const reader = (entry as FileSystemDirectoryEntry).createReader();
      for (;;) {
        // A reader gives at most a hundred at a time.
        const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
        if (!part.length) break;
        for (const child of part) await walk(child);
      }
    }
  };
  for (const entry of entries) await walk(entry);
  return files;
}
