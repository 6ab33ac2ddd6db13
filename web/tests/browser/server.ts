/** A server with a library of its own and a browser; both end with the tests. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Browser, chromium } from "playwright-core";

const ROOT = resolve(process.cwd(), "..");
export const DEMO = join(ROOT, "demo");

export function command(): string {
  const named = process.env.SCOREBRIDGE;
  const found = [named, join(ROOT, ".venv/bin/scorebridge")].find((path) => path && existsSync(path));
  if (!found) throw new Error("no scorebridge command: run `make setup`, or name one in $SCOREBRIDGE");
  return found;
}

export function chromiumPath(): string | undefined {
  return [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => path && existsSync(path));
}

export const freePort = () =>
  new Promise<number>((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });

export interface Served {
  url: string;
  folder: string;
  stop(): Promise<void>;
}

/** Starts `scorebridge serve` on an empty library (or on `library`) and waits until it answers. */
export async function serve(library?: string, ...options: string[]): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), "scorebridge-web-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child: ChildProcess = spawn(command(), ["serve", "--library", library ?? join(folder, "library"), "--port", String(port), "--no-open", ...options], {
    stdio: ["ignore", "pipe", "pipe"],
    cwd: folder,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (part) => (output = (output + part).slice(-4000)));
  for (let k = 0; k < 240; k++) {
    if (child.exitCode !== null) throw new Error(`the server ended:\n${output}`);
    const ok = await fetch(`${url}/api/v1/health`).then((r) => r.ok, () => false);
    if (ok) break;
    if (k === 239) throw new Error(`the server does not answer:\n${output}`);
    await new Promise((r) => setTimeout(r, 500));
  }
  return {
    url,
    folder,
    stop: () =>
      new Promise((done) => {
        child.once("exit", () => {
          rmSync(folder, { recursive: true, force: true });
          done();
        });
        child.kill("SIGTERM");
      }),
  };
}

/** Starts a browser without background requests. `microphone` is a wav file, `camera` an MJPEG film; they stand in for the devices. */
export function browse({ microphone, camera }: { microphone?: string; camera?: string } = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--autoplay-policy=no-user-gesture-required",
      ...(microphone || camera ? ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"] : []),
      ...(microphone ? [`--use-file-for-fake-audio-capture=${microphone}%noloop`] : []),
      ...(camera ? [`--use-file-for-fake-video-capture=${camera}`] : []),
    ],
  });
}
