/**
 * Other people's viewers, as npm has them, open what Scorebridge publishes, from another port:
 * pages are seen, sound plays, a range leads to its second, annotations have text.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { browse, chromiumPath, serve, type Served } from "../browser/server";
import { RECORDING, SCORE, type Range, type Site, inkOf, publishedSite, rangesOf, viewersSite } from "./sites";

const skip = chromiumPath() ? false : "there is no Chromium here";
const WAIT_MS = 60_000; // the machine may be busy
const NEAR_S = 0.3;
const INK = 0.005; // of a page of music

describe("viewers", { skip, timeout: 10 * 60_000 }, () => {
  let site: Site, viewers: Site, server: Served, browser: Browser, ranges: Range[], bar: Range;
  const errors: string[] = [];

  before(async () => {
    [site, viewers] = [await publishedSite(), await viewersSite()];
    server = await serve(undefined, "--allow-origin", viewers.url);
    browser = await browse();
    ranges = rangesOf(site.folder);
    bar = ranges.find(({ label, start }) => label.startsWith("bar") && start > 20) as Range;
    assert.ok(bar);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    site?.stop();
    viewers?.stop();
  });

  const open = async (path: string): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
    page.setDefaultTimeout(WAIT_MS);
    errors.length = 0;
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(`${viewers.url}/${path}`);
    return page;
  };
  const performance = () => encodeURIComponent(`${site.url}/scan_11/performance.json`);
  const score = () => encodeURIComponent(`${site.url}/scan_11/score.json`);

  /** The time of the medium that the page has, when it has changed to at least `from`. */
  const timeFrom = async (page: Page, from: number): Promise<number> => {
    const handle = await page.waitForFunction(
      (least) => [...document.querySelectorAll<HTMLMediaElement>("audio, video")].map((one) => one.currentTime).find((time) => time >= least),
      from,
      { timeout: WAIT_MS },
    );
    return Number(await handle.jsonValue());
  };
  const plays = async (page: Page) => {
    // While it starts, a viewer may load the medium anew, which stops it.
    await page.waitForFunction(
      () => {
        const medium = document.querySelector<HTMLMediaElement>("audio, video");
        if (medium !== null && medium.readyState >= 1 && medium.paused) void medium.play().catch(() => undefined);
        return medium !== null && medium.currentTime >= 0.2;
      },
      undefined,
      { timeout: WAIT_MS },
    );
    assert.ok((await timeFrom(page, 0.2)) < 30);
    await page.evaluate(() => document.querySelector<HTMLMediaElement>("audio, video")?.pause());
  };
  const ink = async (page: Page, selector: string) => {
    for (let k = 0; k < 40; k++) {
      const share = await inkOf(browser, page, selector);
      if (share > INK) return;
      await page.waitForTimeout(500);
    }
    assert.fail(`no page of music is seen in ${selector}`);
  };

  it("Ramp plays and its ranges lead to their second", async () => {
    const page = await open(`ramp.html?manifest=${performance()}`);
    await plays(page);
    await page.locator(".ramp--structured-nav a, .ramp--structured-nav [role=link]", { hasText: new RegExp(`${bar.label}\\b`) }).first().click();
    const time = await timeFrom(page, bar.start - NEAR_S);
    assert.ok(Math.abs(time - bar.start) < NEAR_S + 1, `${time} is not ${bar.start}`);
    assert.deepEqual(errors, []);
    await page.close();
  });

  it("Universal Viewer plays, its ranges lead to their second, and it shows the pages", async () => {
    let page = await open(`lib/universalviewer/uv.html#?manifest=${performance()}`);
    await plays(page);
    await page.locator(".tabs .index, .tab.index").first().click();
    const system = ranges.find(({ label, start }) => label.startsWith("Page") && start > 10) as Range;
    for (const label of ["As it is played", (ranges[0] as Range).label]) {
      const entry = page.locator(".tree li", { has: page.locator(`:scope > a[title="${label}"]`) }).last();
      await entry.locator(":scope > .toggle").click();
    }
    await page.locator(`.tree a[title="${system.label}"]`).first().click();
    const time = await timeFrom(page, system.start - NEAR_S);
    assert.ok(Math.abs(time - system.start) < NEAR_S + 1, `${time} is not ${system.start}`);
    assert.deepEqual(errors, []);
    await page.close();
    page = await open(`lib/universalviewer/uv.html#?manifest=${score()}`);
    await ink(page, ".openseadragon-container");
    await page.close();
  });

  it("Mirador plays, shows the pages, and its annotations have text", async () => {
    let page = await open(`mirador.html?manifest=${performance()}`);
    await plays(page);
    await page.close();
    page = await open(`mirador.html?manifest=${score()}`);
    await ink(page, ".openseadragon-container");
    await page.getByText(/^bar 1, 0:0\d/).first().waitFor();
    const texts = await page.locator("li", { hasText: /bar \d+, \d:\d\d/ }).allTextContents();
    assert.ok(texts.length > 10, `${texts.length} annotations with text`);
    assert.deepEqual(errors, []);
    await page.close();
  });

  it("Clover plays beside the page, and its annotations have text", async () => {
    let page = await open(`clover.html?manifest=${performance()}`);
    await plays(page);
    await ink(page, "#root");
    await page.close();
    page = await open(`clover.html?manifest=${score()}`);
    await ink(page, ".openseadragon-container");
    await page.getByRole("tab", { name: "Annotations" }).click();
    await page.getByText(/^bar 2, 0:\d\d/).first().waitFor();
    assert.deepEqual(errors, []);
    await page.close();
  });

  it("OpenSeadragon shows a picture, and with default settings the image service of a server that allows its site; so does Mirador", async () => {
    let page = await open(`osd.html?image=${encodeURIComponent(`${site.url}/scan_11/page-001.jpg`)}`);
    await ink(page, "#viewer");
    await page.close();

    const form = new FormData();
    for (const path of [SCORE, RECORDING]) form.append("files", new Blob([readFileSync(path)]), path.split("/").at(-1));
    const api = `${server.url}/api/v1`;
    await fetch(`${api}/documents`, { method: "POST", body: form });
    type Listed = { documents: { kind: string; id: string }[] };
    let listed: Listed = { documents: [] };
    for (let k = 0; k < 240 && listed.documents.length < 2; k++) {
      await new Promise((r) => setTimeout(r, 500));
      listed = (await (await fetch(`${api}/documents`)).json()) as Listed;
    }
    const id = (kind: string) => listed.documents.find((one) => one.kind === kind)?.id ?? "";
    const shape = (format: string) => `${api}/alignments/${id("score")}/${id("recording")}/export?format=${format}&wait=60`;
    for (const format of ["iiif", "iiif-score"]) assert.equal((await fetch(shape(format))).status, 200);
    page = await open(`osd.html?image=${encodeURIComponent(`${api}/iiif/${id("score")}-1/info.json`)}`);
    await ink(page, "#viewer");
    await page.close();
    page = await open(`mirador.html?manifest=${encodeURIComponent(shape("iiif-score"))}`);
    await ink(page, ".openseadragon-container");
    await page.close();
    page = await open(`mirador.html?manifest=${encodeURIComponent(shape("iiif"))}`);
    await plays(page);
    await page.close();
  });
});
