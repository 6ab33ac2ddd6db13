/** What the tests in a browser are done with: files of the demonstration collection, parts of them, what a page says. */
import { openAsBlob } from "node:fs";
import { basename } from "node:path";
import type { Page } from "playwright-core";
import type { DocumentRecord } from "../../src/api";

export const PATIENT = Number(process.env.PATIENCE_S ?? 300) * 1000; // a busy machine may take long

/** Put files into the library without the app, and wait until all jobs are done; the documents by title. */
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

/** Write down what a page asks of others, and its errors. */
export function watch(page: Page, url: string, abroad: string[], complaints: string[]): void {
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (/^(http|ws)/.test(protocol) && origin !== url) abroad.push(request.url());
  });
  page.on("pageerror", (error) => complaints.push(error.stack ?? error.message));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
}

/** Complaints that nobody expected: what was refused on purpose is told by the browser as a failed request. */
export const unexpected = (complaints: readonly string[]) => complaints.filter((text) => !/status of 4(15|04|22)/.test(text));

/** Seconds of a recording, after some silence, as a wav file, decoded by the browser itself. */
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

/** 16-bit mono. */
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

/** Noise that no score goes with. */
export const noise = (seconds: number) => wav(Float32Array.from({ length: 22050 * seconds }, () => 0.3 * (2 * Math.random() - 1)), 22050);
