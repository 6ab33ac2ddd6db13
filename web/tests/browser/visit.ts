/**
 * One visit to the app: a server with a library of its own, a browser, and what the steps so far have
 * found. The steps of a visit run in order, each on what the steps before have left.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, afterEach, before, it } from "node:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { AlignmentRecord, DocumentRecord, ScorePages } from "../../src/api";
import { TIMEOUT, unexpected, watch } from "./material";
import { browse, type Served, serve } from "./server";

/** s of silence before the other take of the recording. */
export const LATER = 2;

export let server: Served;
export let browser: Browser;
export let context: BrowserContext;
export let page: Page;

// Found by the steps.
export let score: DocumentRecord;
export let recording: DocumentRecord;
export let other: DocumentRecord;
export let alignment: AlignmentRecord;
export let pages: ScorePages["pages"];

interface Found {
  score: DocumentRecord;
  recording: DocumentRecord;
  other: DocumentRecord;
  alignment: AlignmentRecord;
  pages: ScorePages["pages"];
}

/** Keeps what a step has found for the steps after it. */
export function found(values: Partial<Found>): void {
  score = values.score ?? score;
  recording = values.recording ?? recording;
  other = values.other ?? other;
  alignment = values.alignment ?? alignment;
  pages = values.pages ?? pages;
}

/** Requests to other servers, and errors of the pages. */
export const foreign: string[] = [];
export const errors: string[] = [];

export const api = async <T>(path: string): Promise<T> => (await fetch(`${server.url}/api/v1${path}`)).json() as Promise<T>;

/** Starts the visit before the first step and ends it after the last; `$PICTURES` is a folder for a picture of each step. */
export function visit(): void {
  before(async () => {
    server = await serve();
    browser = await browse();
    context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true });
    context.setDefaultTimeout(TIMEOUT);
    page = await context.newPage();
    watch(page, server.url, foreign, errors);
  });
  afterEach(async (test) => {
    const folder = process.env.PICTURES;
    if (folder && page) await page.screenshot({ path: join(folder, `${test.name.replace(/\W+/g, "-").slice(0, 40)}.png`) }).catch(() => {});
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });
}

let failed = "";

/** A step of the visit. After a `crucial` step that fails the others are skipped, so that they do not wait for a timeout. */
export const step = (name: string, run: () => Promise<void> | void, crucial = false) =>
  it(name, async (test) => {
    if (failed) return test.skip(`after: ${failed}`);
    try {
      await run();
    } catch (error) {
      if (crucial) failed = name;
      throw error;
    }
  });

/** The last step: the visit has sent requests to its own server only, and the pages have logged no errors. */
export const lastStep = () =>
  step("sends requests to its own server only, and logs no errors", () => {
    assert.deepEqual(foreign, []);
    assert.deepEqual(unexpected(errors), []);
  });

/** Prints a measurement. */
export const print = (text: string) => console.log(`    ${text}`);

/** Returns the controls without a name for screen readers. */
export const unnamed = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("button, a[href], input:not([hidden]), select, textarea, [role=img], img")]
      .filter((e) => !e.closest("[hidden], [aria-hidden=true]") && e.getAttribute("alt") === null)
      .filter((e) => {
        const label = e.id ? document.querySelector(`label[for="${e.id}"]`) : null;
        const text = [e.getAttribute("aria-label"), e.textContent, e.title, label?.textContent, e.closest("label")?.textContent];
        return !text.some((k) => k?.trim());
      })
      .map((e) => e.outerHTML.slice(0, 120)),
  );

/** Returns the controls smaller than 24 by 24 px (WCAG 2.2, 2.5.8), without links within text. */
export const smallTargets = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("button, select, input:not([type=checkbox]), .menu-link")]
      .filter((e) => e.checkVisibility() && !e.closest("[hidden]") && e.tabIndex >= 0)
      .map((e) => ({ e, r: e.getBoundingClientRect() }))
      .filter(({ e, r }) => r.width > 0 && (r.width < 24 || r.height < (e.matches("[type=range]") ? 16 : 24)))
      .map(({ e, r }) => `${e.outerHTML.slice(0, 80)} ${r.width.toFixed(0)} x ${r.height.toFixed(0)}`),
  );
