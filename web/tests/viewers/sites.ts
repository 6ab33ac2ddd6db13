/** What the viewers open, and where they stand: a published pair on one port, the viewers on another. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createReadStream, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { DEMO, command, freePort } from "../browser/server";

export const SCORE = join(DEMO, "scores", "scan_11.pdf"); // of two pages
export const RECORDING = join(DEMO, "recordings", "track_02.mp3");
const TYPES: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json" };

export interface Site {
  url: string;
  folder: string;
  stop(): void;
}

/** Writes the pair with `scorebridge publish` and serves it with `--serve`. */
export async function publishedSite(): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), "scorebridge-published-"));
  const port = await freePort(), url = `http://127.0.0.1:${port}`;
  const library = ["--library", join(folder, "none")], to = join(folder, "site");
  execFileSync(command(), ["publish", SCORE, RECORDING, to, ...library, "--base-url", url], { stdio: ["ignore", "ignore", "inherit"] });
  const child: ChildProcess = spawn(command(), ["publish", to, "--serve", "--port", String(port)], { stdio: "ignore" });
  for (let k = 0; k < 240 && !(await fetch(url).then((r) => r.ok, () => false)); k++) await new Promise((r) => setTimeout(r, 250));
  const stop = () => {
    child.kill("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, folder: to, stop };
}

/** The simplest static server: no CORS, no byte ranges. */
export async function plainSite(folder: string): Promise<Site> {
  const server: Server = createServer((request, response) => {
    const path = join(folder, decodeURIComponent(new URL(request.url ?? "/", "http://h").pathname));
    const file = path.endsWith("/") ? join(path, "index.html") : path;
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream", "content-length": statSync(file).size });
    createReadStream(file).pipe(response);
  });
  const port = await freePort();
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${port}`, folder, stop: () => (server.closeAllConnections(), void server.close()) };
}

/** Other people's viewers, as npm has them. */
export function viewersSite(): Promise<Site> {
  execFileSync(process.execPath, ["build.mjs"], { cwd: resolve("viewers"), stdio: "inherit" });
  return plainSite(resolve("viewers/node_modules/.site"));
}

/** The share of dark pixels of what is seen of an element: 0 for an empty page, about 0.05 for printed music. */
export async function inkOf(browser: Browser, page: Page, selector: string): Promise<number> {
  const picture = (await page.locator(selector).first().screenshot()).toString("base64");
  const blank = await browser.newPage();
  const share = await blank.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height), context = canvas.getContext("2d");
    if (!context) return 0;
    context.drawImage(image, 0, 0);
    const { data: pixels } = context.getImageData(0, 0, image.width, image.height);
    let white = 0, dark = 0;
    for (let k = 0; k < pixels.length; k += 4) {
      const light = (pixels[k] ?? 0) + (pixels[k + 1] ?? 0) + (pixels[k + 2] ?? 0);
      if (light > 690) white++;
      else if (light < 250) dark++;
    }
    return white > 0.1 * (pixels.length / 4) ? dark / (white + dark) : 0; // black alone is no page
  }, picture);
  await blank.close();
  return share;
}

export interface Range {
  label: string;
  start: number;
}

/** All ranges of a published performance, in their order, with the second that each leads to. */
export function rangesOf(folder: string): Range[] {
  type Node = { id?: string; type: string; label?: { none: string[] }; items?: Node[] };
  const record = JSON.parse(readFileSync(join(folder, "scan_11", "performance.json"), "utf8")) as { structures: Node[] };
  const walk = (node: Node): Range[] => {
    const own = node.items?.find((item) => item.type === "Canvas")?.id;
    const start = own ? Number(own.split("#t=")[1]?.split(",")[0]) : Number.NaN;
    return [{ label: node.label?.none[0] ?? "", start }, ...(node.items ?? []).filter((item) => item.type === "Range").flatMap(walk)];
  };
  return record.structures.flatMap(walk).filter((range) => !Number.isNaN(range.start));
}
