/** The pictures of the manual, from the demonstration collection: `npm run pictures`. */
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { it } from "node:test";
import type { BrowserContextOptions, Page } from "playwright-core";
import type { DocumentRecord } from "../../src/api";
import { put } from "../browser/material";
import { browse, DEMO, serve } from "../browser/server";

const DOCS = resolve(process.cwd(), "../docs/pictures");
const WIDE: BrowserContextOptions = { viewport: { width: 1120, height: 720 } };
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };

it("takes pictures", { timeout: 60 * 60_000 }, async () => {
  // A server that runs already has the collection.
  const running = process.env.SCOREBRIDGE_URL?.replace(/\/$/, "");
  const server = running ? null : await serve();
  const url = running ?? (server?.url as string);
  const browser = await browse();
  try {
    const files = ["scores", "recordings"].flatMap((folder) => readdirSync(join(DEMO, folder)).map((name) => join(DEMO, folder, name)));
    if (!running) await put(url, files);
    const { documents } = (await (await fetch(`${url}/api/v1/documents?limit=100`)).json()) as { documents: DocumentRecord[] };
    const named = (title: string) => documents.find((d) => d.title === title) as DocumentRecord;
    const [score, recording] = [named("scan_12"), named("track_03")];
    const take = async (name: string, hash: string, options: BrowserContextOptions, ready: (page: Page) => Promise<unknown>) => {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      page.setDefaultTimeout(300_000);
      await page.goto(`${url}/${hash}`);
      await ready(page);
      await page.waitForTimeout(1500);
      await page.screenshot({ path: join(DOCS, `app-${name}.png`) });
      await context.close();
    };
    const pair = `${score.id}/${recording.id}`;
    const player = (page: Page) => page.locator(".player[data-ready]").waitFor();
    const pictured = async (page: Page) => {
      await page.locator(".row").first().waitFor();
      await page.evaluate(() => Promise.all([...document.querySelectorAll<HTMLImageElement>(".thumb img")].map((i) => i.decode().catch(() => {}))));
    };
    await take("library", "#/", WIDE, async (page) => {
      await pictured(page);
      await page.getByRole("button", { name: "Scores" }).click();
      await pictured(page);
    });
    await take("player", `#/play/${pair}?t=38`, WIDE, player);
    await take("player-dark", `#/play/${pair}?t=38`, { ...WIDE, colorScheme: "dark" }, player);
    await take("phone", `#/play/${pair}?t=38`, PHONE, player);
    await take("correct", `#/correct/${pair}`, WIDE, async (page) => {
      await page.locator(".correct[data-ready]").waitFor();
      await page.getByRole("button", { name: "Boxes" }).click();
      await page.getByRole("button", { name: /^System 3/ }).click();
    });
    await take("find", `#/find?recording=${recording.id}&from=8&to=40`, { ...WIDE, colorScheme: "dark" }, async (page) => {
      await page.locator(".result").first().waitFor({ state: "attached" });
      await page.waitForFunction(() => !document.querySelector(".query-state"));
    });
  } finally {
    await browser.close();
    await server?.stop();
  }
});
