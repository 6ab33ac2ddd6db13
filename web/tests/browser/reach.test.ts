/**
 * Accessibility: axe-core over every view in light, in dark and on a phone, every view by Tab, a visit
 * by keyboard alone, and what screen readers say.
 */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { after, before, describe, it } from "node:test";
import type { AxeResults } from "axe-core";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import type { DocumentRecord } from "../../src/api";
import { noise, TIMEOUT, put, unexpected, watch } from "./material";
import { browse, chromiumPath, DEMO, serve, type Served } from "./server";

const AXE = readFileSync(createRequire(resolve("package.json")).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const WAYS: Record<string, BrowserContextOptions> = {
  "in light": { viewport: { width: 1280, height: 800 }, colorScheme: "light" },
  "in dark": { viewport: { width: 1280, height: 800 }, colorScheme: "dark" },
  "on a phone": { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};

const skip = chromiumPath() ? false : "there is no Chromium here";

describe("accessibility", { skip, timeout: 30 * 60_000 }, () => {
  let server: Served;
  let browser: Browser;
  let score: DocumentRecord;
  let recording: DocumentRecord;
  const foreign: string[] = [];
  const errors: string[] = [];

  async function opened(options: BrowserContextOptions): Promise<[BrowserContext, Page]> {
    const context = await browser.newContext(options);
    context.setDefaultTimeout(TIMEOUT);
    const page = await context.newPage();
    watch(page, server.url, foreign, errors);
    return [context, page];
  }

  before(async () => {
    server = await serve();
    browser = await browse();
    const files = await put(server.url, ["scores/scan_05.tif", "recordings/track_08.ogg"].map((name) => join(DEMO, name)));
    score = files.get("scan_05")!;
    recording = files.get("track_08")!;
    writeFileSync(join(server.folder, "noise.wav"), noise(12));
    writeFileSync(join(server.folder, "notes.pdf"), "This is no music.");
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const file = (name: string) => join(server.folder, name);
  const answered = (page: Page) => page.waitForFunction(() => !document.querySelector(".query-state") && document.querySelector(".query:not([hidden])"));
  const stillFor = (page: Page) => page.waitForFunction(() => document.getAnimations().every((a) => a.playState !== "running"));

  /** Every view in each of its states, and how to open it. */
  const views: [string, (page: Page) => Promise<unknown>][] = [
    ["library", async (page) => {
      await page.goto(`${server.url}/#/`);
      await page.locator(".row").first().waitFor();
    }],
    ["library, a file refused", async (page) => {
      await page.locator("input[type=file]:not([webkitdirectory])").setInputFiles(file("notes.pdf"));
      await page.locator(".upload-failed").waitFor();
    }],
    ["library, more about a document", async (page) => {
      await page.getByRole("button", { name: "More about scan_05" }).click();
      await page.getByRole("dialog").waitFor();
    }],
    ["player", async (page) => {
      await page.goto(`${server.url}/#/play/${score.id}/${recording.id}`);
      await page.locator(".player[data-ready]").waitFor();
      const more = page.getByRole("button", { name: "More", exact: true });
      if (await more.isVisible()) await more.click();
    }],
    ["player, export", async (page) => {
      await page.getByRole("button", { name: "Export" }).click();
      await page.getByRole("dialog").waitFor();
    }],
    ["player, keyboard", async (page) => {
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Keyboard" }).click();
      await page.getByRole("dialog").waitFor();
    }],
    ["find, not here", async (page) => {
      await page.goto(`${server.url}/#/find`);
      await page.locator(".find input[type=file]").setInputFiles(file("noise.wav"));
      await answered(page);
      await page.getByRole("heading", { name: "Not in your library" }).waitFor();
    }],
    ["find, answers", async (page) => {
      await page.goto(`${server.url}/#/find?recording=${recording.id}&from=5&to=35`);
      await page.locator(".result").first().waitFor({ state: "attached" });
      await answered(page);
      for (const fold of await page.locator(".nearest:not([open]) > summary").all()) await fold.click();
    }],
    ["find, a region", async (page) => {
      await page.goto(`${server.url}/#/find?score=${score.id}&page=1`);
      await page.getByRole("button", { name: "Search with this system" }).waitFor();
    }],
    ["find, which score", async (page) => {
      await page.goto(`${server.url}/#/find`);
      await page.locator('[data-method="region"]').click();
      await page.locator(".tile").first().waitFor();
    }],
    ...(["Pins", "Sections", "Boxes"] as const).map((tool): [string, (page: Page) => Promise<unknown>] => [`correct, ${tool.toLowerCase()}`, async (page) => {
      await page.goto(`${server.url}/#/correct/${score.id}/${recording.id}`);
      await page.locator(".correct[data-ready]").waitFor();
      await page.getByRole("button", { name: tool, exact: true }).click();
      if (tool === "Boxes") await page.getByRole("button", { name: /^System 2,/ }).click();
    }]),
  ];

  for (const [way, options] of Object.entries(WAYS))
    it(`has no violations that axe-core finds, ${way}`, async () => {
      const [context, page] = await opened({ ...options, bypassCSP: true }); // axe-core adds styles
      const found: string[] = [];
      for (const [name, go] of views) {
        await go(page);
        await stillFor(page);
        await page.evaluate(AXE);
        const { violations, passes } = await page.evaluate(
          (values) => (window as unknown as { axe: { run: (options: object) => Promise<AxeResults> } }).axe.run({ runOnly: { type: "tag", values } }),
          RULES,
        );
        assert.ok(passes.length > 10, `${name}: axe-core has checked elements`);
        for (const { id, nodes } of violations) for (const node of nodes) found.push(`${name}: ${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ""}`);
      }
      await context.close();
      assert.deepEqual(found, []);
    });

  for (const [name, go] of views)
    it(`is walked through by Tab: ${name}`, async () => {
      const [context, page] = await opened(WAYS["in light"]!);
      if (name.startsWith("library,")) await views[0]![1](page);
      if (name.startsWith("player,")) await views[3]![1](page);
      await go(page);
      await stillFor(page);
      const stops = await walk(page);
      await context.close();
      assertReadable(stops);
      if (!stops.some((stop) => stop.dialog)) assert.ok(stops.length > 5, `${stops.length} stops`);
    });

  it("is walked through by Tab while the picture of a page arrives", async () => {
    const [context, page] = await opened(WAYS["in light"]!);
    let release = () => {};
    const halfway = new Promise<void>((resolve) => (release = resolve));
    await page.route("**/api/v1/iiif/**/default.*", async (route) => {
      await halfway;
      await route.continue();
    });
    await page.goto(`${server.url}/#/correct/${score.id}/${recording.id}`);
    await page.locator(".correct[data-ready]").waitFor();
    const blank = page.locator('.overlay g[data-page="1"] .page-waiting');
    assert.equal(await blank.count(), 1);
    const stops = await walk(page, async (stop) => {
      if (stop !== 8) return;
      release();
      await blank.waitFor({ state: "detached" }); // the document has fewer elements from here on
    });
    await context.close();
    assertReadable(stops);
    assert.ok(stops.length > 8, `${stops.length} stops`);
  });

  it("opens, plays, loops, corrects and searches by keyboard alone", async () => {
    const [context, page] = await opened(WAYS["in light"]!);
    await page.goto(server.url);
    await page.locator(".row").first().waitFor();
    await tabTo(page, "Search by name");
    await page.keyboard.type("scan 05");
    await tabTo(page, "scan_05");
    await page.keyboard.press("Enter");
    await page.locator(".player[data-ready]").waitFor();
    await tabTo(page, "Play");
    await page.keyboard.press("Space");
    await page.waitForFunction(() => !document.querySelector("audio")!.paused && document.querySelector("audio")!.currentTime > 0.2);
    await page.keyboard.press("Space");
    await page.waitForFunction(() => document.querySelector("audio")!.paused);
    await page.keyboard.press("ArrowRight");
    await tabTo(page, "Loop");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Loop", pressed: true }).waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
    await page.keyboard.press("Escape");
    assert.equal((await focused(page)).name, "Loop", "the focus returns when a dialog closes");
    await page.getByRole("button", { name: "More", exact: true }).isVisible().then(async (there) => {
      if (!there) return;
      await tabTo(page, "More");
      await page.keyboard.press("Enter");
    });
    await tabTo(page, "Correct");
    await page.keyboard.press("Enter");
    await page.locator(".correct[data-ready]").waitFor();
    await tabTo(page, "Bar");
    await page.keyboard.type("3");
    await tabTo(page, "Time");
    const wanted = "5.0";
    await page.keyboard.press("Control+a");
    await page.keyboard.type(wanted);
    await page.keyboard.press("Enter");
    await page.getByText("Saved.").waitFor();
    await tabTo(page, "Remove the pin at bar 3");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelectorAll(".anchors li").length === 0);
    await page.waitForFunction(() => document.querySelector(".correct-tool")!.contains(document.activeElement));
    await tabTo(page, "Boxes");
    await page.keyboard.press("Enter");
    await tabTo(page, /^System 2,/);
    await page.keyboard.press("Enter");
    assert.equal((await focused(page)).name, "Left edge");
    await tabTo(page, "Barline 2");
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowRight");
    assert.equal((await focused(page)).name, "Barline 2", "the focus stays where it is while a barline moves");
    await tabTo(page, "Undo");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector(".correct-tool")!.contains(document.activeElement));
    await tabTo(page, "Find", true);
    await page.keyboard.press("Enter");
    await page.locator('[data-method="region"]').waitFor();
    await tabTo(page, /^A region/);
    await page.keyboard.press("Enter");
    await page.locator(".tile").first().waitFor();
    await tabTo(page, "scan_05");
    await page.keyboard.press("Enter");
    await tabTo(page, "Search with this system");
    await page.keyboard.press("Enter");
    await answered(page);
    await page.locator(".result, .not-here").first().waitFor({ state: "attached" });
    await context.close();
  });

  it("lets screen readers say the outcome of uploads and searches, and the place of the music", async () => {
    const [context, page] = await opened(WAYS["in light"]!);
    await page.addInitScript(() => {
      localStorage.setItem("scorebridge.mode", "page");
      const said: string[] = [];
      (window as unknown as { said: string[] }).said = said;
      new MutationObserver((changes) => {
        for (const { target } of changes) {
          const element = target instanceof Element ? target : target.parentElement;
          const region = element?.closest("[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]");
          const text = region?.textContent?.trim();
          if (text && said.at(-1) !== text) said.push(text);
        }
      }).observe(document, { subtree: true, childList: true, characterData: true });
    });
    const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said);
    const hears = (pattern: RegExp) =>
      page.waitForFunction((source) => (window as unknown as { said: string[] }).said.some((text) => new RegExp(source).test(text)), pattern.source);
    await page.goto(server.url);
    await page.locator(".row").first().waitFor();
    const copy = file("copy.ogg");
    writeFileSync(copy, readFileSync(join(DEMO, "recordings/track_08.ogg")));
    await page.locator("input[type=file]:not([webkitdirectory])").setInputFiles([copy, file("notes.pdf")]);
    await hears(/^Adding \d of 2$/);
    await hears(/^1 file added, 1 was refused$/);
    const adding = (await said()).filter((text) => text.startsWith("Adding"));
    assert.equal(new Set(adding).size, adding.length, "no text is said twice");
    await page.goto(`${server.url}/#/find`);
    await page.locator(".find input[type=file]").setInputFiles(file("noise.wav"));
    await hears(/^Not in your library$/);
    await page.goto(`${server.url}/#/play/${score.id}/${recording.id}`);
    await page.locator(".player[data-ready]").waitFor();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await hears(/^Bar \d+, page 1$/);
    await page.keyboard.press("PageDown");
    await hears(/^Page 2 of 2$/);
    await context.close();
  });

  it("sends requests to its own server only, and logs no errors", () => {
    assert.deepEqual(foreign, []);
    assert.deepEqual(unexpected(errors), []);
  });
});

interface Focus {
  name: string;
  /** Whether the focus is on an element, not on the page as a whole or outside of it. */
  inside: boolean;
  dialog: boolean;
  /** Whether the browser has controls of its own within the element, which are stops too. */
  native: boolean;
  wrong: string[];
}

interface Stop extends Focus {
  /** Number of the element, from 0, in the order in which the walk first met the elements. */
  element: number;
  /** Whether the element is in the document when the walk has ended, and behind the stop before. */
  inOrder: boolean;
}

/** What has the focus, and what is wrong with it. */
const focused = (page: Page) =>
  page.evaluate((): Focus => {
    const e = document.activeElement as HTMLElement;
    if (!e || e === document.body) return { name: "", inside: false, dialog: false, native: false, wrong: [] };
    const label = e.id ? document.querySelector(`label[for="${e.id}"]`) : null;
    const name = [e.getAttribute("aria-label"), label?.textContent, e.innerText, e.title, e.closest("label")?.textContent].find((k) => k?.trim())?.trim() ?? "";
    const wrong: string[] = [];
    if (!name) wrong.push(`no name: ${e.outerHTML.slice(0, 100)}`);
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(e);
    if ((outlineStyle === "none" || Number.parseFloat(outlineWidth) < 2) && boxShadow === "none") wrong.push("its focus is not seen");
    const r = e.getBoundingClientRect();
    if (r.bottom <= 0 || r.top >= innerHeight || r.right <= 0 || r.left >= innerWidth) wrong.push("it is outside of the window");
    // Not covered (WCAG 2.2, 2.4.11): one of its corners or its middle can be pointed at.
    const points = [0.1, 0.5, 0.9].flatMap((x) => [0.2, 0.5, 0.8].map((y) => [r.left + x * r.width, r.top + y * r.height] as const));
    const seen = points.some(([x, y]) => {
      const top = document.elementFromPoint(x, y);
      return top && (e.contains(top) || top.contains(e));
    });
    if (!seen) wrong.push("it is covered");
    return { name, inside: true, dialog: e.closest("dialog") !== null, native: e instanceof HTMLMediaElement, wrong };
  });

/**
 * Presses Tab from the beginning until the focus leaves the page or comes back to the first stop.
 * A stop is known by its element, never by a position in the document: the app adds and removes
 * elements while the walk goes on (the blank sheet of a page goes when its picture is there).
 */
async function walk(page: Page, afterStop: (count: number) => Promise<void> = async () => {}): Promise<Stop[]> {
  await page.evaluate(() => {
    (window as unknown as { met: Element[] }).met = [];
    if (document.querySelector("dialog[open]")) return;
    scrollTo(0, 0);
    const before = document.body.insertBefore(document.createElement("span"), document.body.firstChild);
    before.tabIndex = -1;
    before.focus(); // Tab goes on from here
    before.remove();
  });
  const stops: (Focus & { element: number })[] = [];
  for (let k = 0; k < 150; k++) {
    await page.keyboard.press("Tab");
    const focus = await focused(page);
    if (!focus.inside) {
      if (stops.length) break;
      continue;
    }
    const element = await page.evaluate(() => {
      const { met } = window as unknown as { met: Element[] };
      const active = document.activeElement as Element;
      if (!met.includes(active)) met.push(active);
      return met.indexOf(active);
    });
    const before = stops.at(-1)?.element;
    if (element === before && focus.native) continue; // the browser's own controls within one element
    if (before !== undefined && element === 0) break;
    stops.push({ ...focus, element });
    await afterStop(stops.length);
  }
  // One look at the end decides the order: the document is the same for all stops then.
  const inOrder = await page.evaluate((elements) => {
    const met = elements.map((element) => (window as unknown as { met: Element[] }).met[element] as Element);
    return met.map((e, k) => e.isConnected && (k === 0 || (met[k - 1]!.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0));
  }, stops.map((stop) => stop.element));
  return stops.map((stop, k) => ({ ...stop, inOrder: inOrder[k]! }));
}

/** Every stop is met once, in the order in which the page is read, with a name and a focus that is seen. */
function assertReadable(stops: readonly Stop[]): void {
  const elements = stops.map((stop) => stop.element);
  assert.equal(new Set(elements).size, elements.length, "nothing is met twice on one way through");
  assert.deepEqual(stops.filter((stop) => !stop.inOrder).map((stop) => stop.name), [], "in the order in which it is read");
  for (const { name, wrong } of stops) assert.deepEqual(wrong, [], name);
}

/** Presses Tab until an element of this name has the focus; `around` goes on from the beginning of the page. */
async function tabTo(page: Page, wanted: string | RegExp, around = true): Promise<void> {
  const seen: string[] = [];
  for (let k = 0; k < (around ? 200 : 100); k++) {
    await page.keyboard.press("Tab");
    const { name } = await focused(page);
    if (typeof wanted === "string" ? name === wanted : wanted.test(name)) return;
    seen.push(name);
  }
  assert.fail(`Tab never comes to ${wanted}: ${seen.slice(0, 60).join(" | ")}`);
}
