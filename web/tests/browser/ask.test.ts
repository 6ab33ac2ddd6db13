/**
 * Queries as readers make them: ten seconds of the microphone, a page before the camera, a frame drawn
 * on a page. A sound file stands in for the microphone of Chromium, a picture for its camera.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import type { DocumentRecord, Findings, ScorePages } from "../../src/api";
import { excerptOf, TIMEOUT, put, unexpected, watch } from "./material";
import { browse, chromiumPath, DEMO, serve, type Served } from "./server";

// Two pairs, by truth.json.
const FILES = ["scores/scan_05.tif", "recordings/track_08.ogg", "scores/scan_12.pdf", "recordings/track_03.mp3"];

const skip = chromiumPath() ? false : "there is no Chromium here";

describe("queries", { skip, timeout: 30 * 60_000 }, () => {
  let server: Served;
  let documents: Map<string, DocumentRecord>;
  const foreign: string[] = [];
  const errors: string[] = [];
  const of = (title: string) => documents.get(title) as DocumentRecord;

  before(async () => {
    server = await serve();
    documents = await put(server.url, FILES.map((name) => join(DEMO, name)));
  });
  after(async () => server?.stop());

  async function within(browser: Browser, run: (page: Page) => Promise<void>): Promise<void> {
    try {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      context.setDefaultTimeout(TIMEOUT);
      const page = await context.newPage();
      watch(page, server.url, foreign, errors);
      await page.goto(`${server.url}/#/find`);
      await page.locator(".methods").waitFor();
      await run(page);
    } finally {
      await browser.close();
    }
  }

  /** Returns the ids of the results when the search has ended, the most confident first. */
  async function resultsOf(page: Page): Promise<string[]> {
    await page.locator(".result, .not-here").first().waitFor({ state: "attached" });
    await page.waitForFunction(() => !document.querySelector(".query-state"));
    return page.locator(".result").evaluateAll((all) => all.map((one) => one.getAttribute("data-id") ?? ""));
  }

  it("records ten seconds of the microphone and finds their score", async () => {
    const file = join(server.folder, "heard.wav");
    await within(await browse(), async (page) => {
      writeFileSync(file, await excerptOf(page, `${server.url}/api/v1/documents/${of("track_03").id}/audio`, 30, 20));
    });
    await within(await browse({ microphone: file }), async (page) => {
      await page.locator('[data-method="microphone"]').click();
      const box = page.getByRole("dialog", { name: "Listening" });
      await box.waitFor();
      await page.waitForFunction(() => Number.parseFloat(document.querySelector<HTMLElement>(".level span")!.style.width) > 10, undefined, { polling: 100 });
      const sent = page.waitForResponse((r) => r.url().includes("/api/v1/find"));
      assert.ok((await sent).ok());
      assert.equal(await box.count(), 0, "the dialog closes automatically");
      assert.equal((await resultsOf(page))[0], of("scan_12").id);
      // The recording can be heard and is ten seconds long.
      await page.locator(".query audio").waitFor();
      const { query } = (await (await fetch(`${server.url}/api/v1/jobs?limit=1`)).json()).jobs[0].result as Findings;
      const { duration_s } = query as unknown as { duration_s: number };
      assert.ok(duration_s > 9 && duration_s < 11.5, `${duration_s} s were recorded`);
    });
  });

  it("stops recording when its dialog is closed, and does not search", async () => {
    await within(await browse({ microphone: join(server.folder, "heard.wav") }), async (page) => {
      await page.locator('[data-method="microphone"]').click();
      await page.getByRole("dialog", { name: "Listening" }).waitFor();
      await page.keyboard.press("Escape");
      await page.waitForTimeout(500);
      assert.ok(await page.locator(".query").isHidden());
    });
  });

  it("takes a photo of a page and finds its recording", async () => {
    // A film of one picture: a page on a table, as a camera sees it.
    const film = join(server.folder, "page.mjpeg");
    await within(await browse(), async (page) => {
      const picture = `${server.url}/api/v1/iiif/${of("scan_12").id}-1/full/1500,/0/default.jpg`;
      const frame = await page.evaluate(async (url) => {
        const bitmap = await createImageBitmap(await (await fetch(url)).blob());
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [Math.ceil((bitmap.width * 1.1) / 2) * 2, Math.ceil((bitmap.height * 1.05) / 2) * 2];
        const pen = canvas.getContext("2d")!;
        pen.fillStyle = "#777";
        pen.fillRect(0, 0, canvas.width, canvas.height);
        pen.drawImage(bitmap, (canvas.width - bitmap.width) / 2, (canvas.height - bitmap.height) / 2);
        return canvas.toDataURL("image/jpeg", 0.9).split(",")[1]!;
      }, picture);
      writeFileSync(film, Buffer.from(frame, "base64"));
    });
    await within(await browse({ camera: film }), async (page) => {
      await page.locator('[data-method="camera"]').click();
      await page.waitForFunction(() => (document.querySelector<HTMLVideoElement>(".viewfinder")?.videoWidth ?? 0) > 800);
      await page.getByRole("button", { name: "Take the picture" }).click();
      assert.equal((await resultsOf(page))[0], of("track_03").id);
      await page.locator(".query-picture").waitFor();
      for (const fold of await page.locator(".nearest:not([open]) > summary").all()) await fold.click();
      const lines = page.locator(".result").first().locator(".passage canvas").first(); // cropped from the picture
      await lines.waitFor();
      await page.waitForFunction((canvas) => (canvas as HTMLCanvasElement).width > 300, await lines.elementHandle());
      const play = page.locator(".result").first().getByRole("button", { name: /^Play from/ }).first();
      await play.click();
      await page.locator(".passage-play[aria-pressed=true]").waitFor();
    });
  });

  it("searches with a frame that is drawn on a page, and plays from the matching time", async () => {
    await within(await browse(), async (page) => {
      const score = of("scan_12");
      const { pages } = (await (await fetch(`${server.url}/api/v1/documents/${score.id}/pages`)).json()) as ScorePages;
      const [first, second] = [pages[0]!.systems[1]!.box, pages[0]!.systems[3]!.box];
      await page.goto(`${server.url}/#/find?score=${score.id}&page=1`);
      await page.getByRole("button", { name: "Search with this system" }).waitFor();
      const [from, to] = await page.evaluate(
        (corners) => {
          const layer = document.querySelector<SVGGElement>('.overlay g[data-page="1"]')!;
          return corners.map(([x, y]) => {
            const p = new DOMPoint(x, y).matrixTransform(layer.getScreenCTM()!);
            return { x: p.x, y: p.y };
          });
        },
        [[first[0] - 0.01, first[1] - 0.01], [second[2] + 0.01, second[3] + 0.01]] as [number, number][],
      );
      await page.mouse.move(from!.x, from!.y);
      await page.mouse.down();
      await page.mouse.move(to!.x, to!.y, { steps: 8 });
      await page.mouse.up();
      const frame = await page.locator(".mark-region").evaluate((r) => [r.getAttribute("x"), r.getAttribute("height")].map(Number));
      assert.ok(Math.abs(frame[0]! - first[0] + 0.01) < 0.01 && frame[1]! > second[3] - first[1] - 0.02);
      assert.equal((await resultsOf(page))[0], of("track_03").id);
      for (const fold of await page.locator(".nearest:not([open]) > summary").all()) await fold.click();
      const play = page.locator(".result").first().locator(".passage-play").first();
      await play.click();
      await page.locator(".passage-play[aria-pressed=true]").waitFor();
      const at = Number(await play.getAttribute("data-playing"));
      const { points } = await (await fetch(`${server.url}/api/v1/alignments/${score.id}/${of("track_03").id}?wait=60`)).json();
      const expected = points.find((p: { system: number }) => p.system === 2).time_s;
      assert.ok(Math.abs(at - expected) < 6, `plays from ${at}, the frame begins at ${expected}`);
    });
  });

  it("warns when a pair that is opened does not belong together", async () => {
    await within(await browse(), async (page) => {
      await page.goto(`${server.url}/#/play/${of("scan_12").id}/${of("track_08").id}`);
      await page.locator(".player[data-ready]").waitFor();
      await page.locator(".player-head", { hasText: "probably do not belong together" }).waitFor();
      await page.goto(`${server.url}/#/play/${of("scan_12").id}/${of("track_03").id}`);
      await page.locator(`.player[data-ready="${of("track_03").id}"]`).waitFor();
      assert.equal(await page.locator(".player-head", { hasText: "probably do not belong together" }).count(), 0);
    });
  });

  it("sends requests to its own server only, and logs no errors", () => {
    assert.deepEqual(foreign, []);
    assert.deepEqual(unexpected(errors), []);
  });
});
