/** Material of the browser tests: documents, excerpts of them, requests and errors of a page. */
import { openAsBlob } from "node:fs";
import { basename } from "node:path";
import type { Page } from "playwright-core";
import type { DocumentRecord } from "../../src/api";

/** ms until a step fails; long, since a busy machine is slow. */
export const TIMEOUT = Number(process.env.PATIENCE_S ?? 300) * 1000;

/** Adds files to the library without the app and waits for the jobs; returns the documents by title. */
export async function put(url: string, paths: readonly string[]): Promise<Map<string, DocumentRecord>> {
  const form = new FormData();
  for (const path of paths) form.append("files", await openAsBlob(path), basename(path));
  await fetch(`${url}/api/v1/documents`, { method: "POST", body: form });
  for (;;) {
    const { jobs } = (await (await fetch(`${url}/api/v1/health`)).json()) as { jobs: { queued: number; running: number } };
    if (jobs.queued + jobs.running === 0) break;
    await new Promise((r) => setTimeout(r, 500));
  }
  const { documents } = (await (await fetch(`${url}/api/v1/documents?limit=1000`)).json()) as { documents: DocumentRecord[] };
  return new Map(documents.map((d) => [d.title, d]));
}

/** Collects the requests of a page to other servers, and its errors. */
export function watch(page: Page, url: string, foreign: string[], errors: string[]): void {
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (/^(http|ws)/.test(protocol) && origin !== url) foreign.push(request.url());
  });
  page.on("pageerror", (error) => errors.push(error.stack ?? error.message));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
}

/** Returns the unexpected errors; the browser reports a request that is refused on purpose as an error too. */
export const unexpected = (errors: readonly string[]) => errors.filter((text) => !/status of 4(15|04|22)/.test(text));

/** Returns an excerpt of a recording, after some silence, as a wav file; times in seconds. The browser decodes it. */
export async function excerptOf(page: Page, url: string, start: number, seconds: number, silence = 0): Promise<Buffer> {
  const samples = await page.evaluate(
    async ({ url, start, seconds }) => {
      const bytes = await (await fetch(url)).arrayBuffer();
      const sound = await new OfflineAudioContext(1, 1, 22050).decodeAudioData(bytes);
      const part = sound.getChannelData(0).slice(start * sound.sampleRate, (start + seconds) * sound.sampleRate);
      return Array.from(part, (v) => Math.round(v * 32767));
    },
    { url, start, seconds },
  );
  const quiet = Math.round(silence * 22050);
  return wav(Float32Array.from({ length: quiet + samples.length }, (_, k) => (samples[k - quiet] ?? 0) / 32767), 22050);
}

/** Returns samples from -1 to 1 as a 16-bit mono wav file. */
export function wav(samples: Float32Array, rate: number): Buffer {
  const data = Buffer.alloc(44 + 2 * samples.length);
  data.write("RIFF", 0);
  data.writeUInt32LE(36 + 2 * samples.length, 4);
  data.write("WAVEfmt ", 8);
  data.writeUInt32LE(16, 16);
  data.writeUInt16LE(1, 20);
  data.writeUInt16LE(1, 22);
  data.writeUInt32LE(rate, 24);
  data.writeUInt32LE(2 * rate, 28);
  data.writeUInt16LE(2, 32);
  data.writeUInt16LE(16, 34);
  data.write("data", 36);
  data.writeUInt32LE(2 * samples.length, 40);
  samples.forEach((v, k) => data.writeInt16LE(Math.max(-32768, Math.min(32767, Math.round(v * 32767))), 44 + 2 * k));
  return data;
}

/** Returns noise, which matches no score. */
export const noise = (seconds: number) => wav(Float32Array.from({ length: 22050 * seconds }, () => 0.3 * (2 * Math.random() - 1)), 22050);
