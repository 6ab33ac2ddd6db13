/** The page that `scorebridge publish` writes: it turns pages in time from the manifests alone. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { after, before, describe, it } from "node:test";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { browse, chromiumPath } from "../browser/server";
import { type Site, inkOf, plainSite, publishedSite, rangesOf } from "./sites";

const skip = chromiumPath() ? false : "there is no Chromium here";
const AXE = readFileSync(createRequire(resolve("package.json")).resolve("axe-core/axe.min.js"), "utf8");

describe("the published page", { skip, timeout: 5 * 60_000 }, () => {
  let site: Site, plain: Site, browser: Browser;
  const errors: string[] = [];

  before(async () => {
    site = await publishedSite();
    plain = await plainSite(site.folder);
    browser = await browse();
  });
  after(async () => {
    await browser?.close();
    plain?.stop();
    site?.stop();
  });

  const open = async (url: string, width = 1200, height = 800): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width, height } });
    page.setDefaultTimeout(60_000);
    errors.length = 0;
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(url);
    await page.locator("score-player img[src]").waitFor();
    await page.waitForFunction(() => (document.querySelector("score-player")?.shadowRoot?.querySelector("audio")?.readyState ?? 0) >= 1);
    return page;
  };
  const seek = (page: Page, time: number) =>
    page.evaluate((to) => {
      const audio = document.querySelector("score-player")?.shadowRoot?.querySelector("audio");
      if (audio) audio.currentTime = to;
    }, time);
  const time = (page: Page) => page.evaluate(() => document.querySelector("score-player")?.shadowRoot?.querySelector("audio")?.currentTime ?? -1);
  const shown = (page: Page) => page.locator("score-player .now").textContent();

  it("turns pages and marks bars at the times of the manifest, and a click leads to its bar", async () => {
    const page = await open(site.url);
    const systems = rangesOf(site.folder).filter(({ label }) => label.startsWith("Page"));
    for (const { label, start } of [systems[0], systems.at(-1)] as { label: string; start: number }[]) {
      await seek(page, start + 0.1);
      await page.locator(`score-player[data-page="${label.split(",")[0]}"]`).waitFor();
      await page.locator("score-player figure i:visible").waitFor();
    }
    const last = systems.at(-1) as { label: string; start: number };
    const first = rangesOf(site.folder).find(({ label, start }) => label.startsWith("bar") && start === last.start);
    assert.ok((await shown(page))?.startsWith(`${first?.label},`));
    await page.locator("score-player #back").click();
    assert.ok((await time(page)) < last.start);
    await page.locator("score-player #on").click();
    assert.ok(Math.abs((await time(page)) - last.start) < 0.05);
    const mark = await page.locator("score-player figure i").boundingBox();
    await seek(page, last.start + 12);
    assert.ok(mark);
    await page.mouse.click(mark.x + mark.width / 2, mark.y + mark.height / 2);
    assert.ok(Math.abs((await time(page)) - last.start) < 0.05, `${await time(page)} is not ${last.start}`);
    await page.evaluate(() => document.querySelector("score-player")?.shadowRoot?.querySelector("audio")?.play());
    await page.waitForFunction((from) => (document.querySelector("score-player")?.shadowRoot?.querySelector("audio")?.currentTime ?? 0) > from + 0.5, last.start);
    assert.deepEqual(errors, []);
    await page.close();
  });

  for (const [name, width, height] of [["a desk", 1200, 800], ["a phone", 360, 640]] as const) {
    it(`is clean by axe and fits ${name}, on a plain static server at another address`, async () => {
      const page = await open(plain.url, width, height);
      assert.ok((await inkOf(browser, page, "score-player figure")) > 0.005);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(wide, false);
      await page.addScriptTag({ content: AXE });
      const found = await page.evaluate(() => (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run());
      assert.deepEqual(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), []);
      if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/published-${width}.png` });
      await page.close();
    });
  }

  it("stands within a page of another site", async () => {
    const page = await open(site.url);
    await page.setContent(`<script type="module" src="${site.url}/player.js"></script><score-player collection="${site.url}/collection.json" style="height:500px"></score-player>`);
    await page.locator("score-player img[src]").waitFor();
    await page.close();
  });

  it("says what is missing", async () => {
    const page = await browser.newPage();
    await page.goto(`${site.url}/?collection=nothing.json`);
    await page.getByRole("alert").getByText("is not there (404)").waitFor();
    await page.close();
  });
});
