/** Files that are being added to the library: uploaded two at a time, then followed as jobs, across all views. */

import * as api from "./api";
import * as jobs from "./jobs";
import { t } from "./strings";

export interface Upload {
  id: string;
  title: string;
  state: "waiting" | "sending" | "working" | "done" | "unchanged" | "failed" | "cancelled";
  /** Fraction of the current state, 0 to 1. */
  progress: number;
  message: string;
  cancel: () => void;
}

const MAX_PARALLEL = 2;
const all: Upload[] = [];
const waiting: (() => Promise<void>)[] = [];
const listeners = new Set<() => void>();
let running = 0;

export const uploads = (): readonly Upload[] => all;
export const isActive = (upload: Upload): boolean => ["waiting", "sending", "working"].includes(upload.state);

export function onUploads(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const notify = () => {
  for (const listener of [...listeners]) listener();
};

/** Removes the uploads that have ended from the list. */
export function clearEnded(): void {
  all.splice(0, all.length, ...all.filter(isActive));
  notify();
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
    all.push(upload);
    waiting.push(() => run(upload, file, stop.signal));
  }
  notify();
  next();
}

/** Shows a job of an earlier visit that has not ended as an upload. */
export function adopt(job: api.Job): void {
  if (job.kind !== "add" || jobs.isEnded(job) || all.some((u) => u.id === job.id || uploadedJobs.has(job.id))) return;
  const upload: Upload = {
    id: job.id,
    title: job.title,
    state: "working",
    progress: job.progress,
    message: job.message || "",
    cancel: () => void api.cancelJob(job.id),
  };
  all.push(upload);
  void follow(upload, job);
}

/** Ids of the jobs that uploads of this visit have started. */
const uploadedJobs = new Set<string>();

function set(upload: Upload, change: Partial<Upload>): void {
  Object.assign(upload, change);
  notify();
}

function next(): void {
  while (running < MAX_PARALLEL && waiting.length) {
    const task = waiting.shift() as () => Promise<void>;
    running++;
    void task().finally(() => {
      running--;
      next();
    });
  }
}

/** Uploads one file. Its job is followed apart, so that the next file can be sent meanwhile. */
async function run(upload: Upload, file: File, signal: AbortSignal): Promise<void> {
  if (upload.state === "cancelled") return;
  set(upload, { state: "sending" });
  try {
    const { jobs: made, refused } = await api.upload(file, (progress) => set(upload, { progress }), signal);
    const no = refused[0];
    const job = made[0];
    if (no) set(upload, { state: "failed", message: api.errorText(no.detail, no.remedy) });
    else if (job) {
      uploadedJobs.add(job.id);
      // An event may report the job before this answer does; the job was adopted then.
      const twin = all.findIndex((u) => u.id === job.id);
      if (twin >= 0) all.splice(twin, 1);
      upload.cancel = () => void api.cancelJob(job.id);
      void follow(upload, job);
    }
  } catch (error) {
    ended(upload, error as Error);
  }
}

async function follow(upload: Upload, job: api.Job): Promise<void> {
  set(upload, { state: "working", progress: 0, message: t("uploads.queued") });
  try {
    const done = await jobs.waitForJob(job, (now) =>
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

/** Returns all files of a drop, also those in folders; hidden ones are left out. */
export async function filesInDrop(transfer: DataTransfer): Promise<File[]> {
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
        // One call returns at most a hundred entries.
        const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
        if (!part.length) break;
        for (const child of part) await walk(child);
      }
    }
  };
  for (const entry of entries) await walk(entry);
  return files;
}
