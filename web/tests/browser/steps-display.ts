/** Steps on other displays: a phone, slow style sheets, a library of 5,000 documents. */
import assert from "node:assert/strict";
import type { DocumentRecord } from "../../src/api";
import { TIMEOUT, watch } from "./material";
import { api, browser, context, errors, foreign, pages, print, recording, score, server, smallTargets, step } from "./visit";

export function displaySteps(): void {
  step("works on a phone", async () => {
    const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
    const small = await phone.newPage();
    small.setDefaultTimeout(TIMEOUT);
    watch(small, server.url, foreign, errors);
    for (const hash of ["#/", `#/play/${score.id}/${recording.id}`, "#/find", `#/correct/${score.id}/${recording.id}`]) {
      await small.goto(`${server.url}/${hash}`);
      await small.locator(".column, .player[data-ready], .correct[data-ready]").first().waitFor();
      const { wide, window } = await small.evaluate(() => ({ wide: document.documentElement.scrollWidth, window: innerWidth }));
      assert.ok(wide <= window, `${hash} is ${wide} px wide`);
      assert.deepEqual(await smallTargets(small), [], hash);
    }
    await small.goto(`${server.url}/#/play/${score.id}/${recording.id}`);
    await small.locator(".player[data-ready]").waitFor();
    await small.getByRole("button", { name: "Play", exact: true }).tap();
    await small.waitForFunction(() => document.querySelector("audio")!.currentTime > 0.3);
    await small.getByRole("button", { name: "Pause", exact: true }).tap();
    // A tap on a bar plays from it; a slow machine may first draw the cursor some bars later.
    const { bars } = pages[0]!.systems[2]!;
    const number = pages[0]!.systems.slice(0, 2).reduce((n, system) => n + system.bars.length, 0) + 2;
    const spot = await small.evaluate(
      ([x, y]) => {
        const p = new DOMPoint(x, y).matrixTransform(document.querySelector<SVGGElement>('.overlay g[data-page="1"]')!.getScreenCTM()!);
        return { x: p.x, y: p.y };
      },
      [(bars[1]![0] + bars[1]![1]) / 2, (pages[0]!.systems[2]!.box[1] + pages[0]!.systems[2]!.box[3]) / 2] as const,
    );
    await small.touchscreen.tap(spot.x, spot.y);
    await small.waitForFunction(
      (bar) => [0, 1, 2].includes(Number(document.querySelector<SVGElement>(".overlay .cursor")!.dataset.bar) - bar) && !document.querySelector("audio")!.paused,
      number,
    );
    await small.getByRole("button", { name: "Pause", exact: true }).tap();
    // A flick turns the page.
    const finger = await phone.newCDPSession(small);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", x: number) =>
      finger.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y: 400 }] });
    await touch("touchStart", 330);
    for (const x of [290, 230, 160, 90]) await touch("touchMove", x);
    await touch("touchEnd", 90);
    await small.waitForFunction(() => document.querySelector('.overlay g[data-page="2"]')!.getAttribute("visibility") === "visible");
    await phone.close();
  });

  step("shows no view before its style sheets are loaded", async () => {
    for (const [hash, selector, display] of [
      ["#/", ".tools", "flex"],
      ["#/find", ".methods", "grid"],
      [`#/play/${score.id}/${recording.id}`, ".player", "grid"],
      [`#/correct/${score.id}/${recording.id}`, ".correct", "grid"],
    ] as const) {
      const fresh = await context.newPage();
      const late: string[] = [];
      await fresh.route("**/assets/*.css", async (route) => {
        if (!route.request().url().includes("/index-")) {
          late.push(route.request().url());
          await new Promise((resolve) => setTimeout(resolve, 400));
        }
        await route.continue();
      });
      await fresh.addInitScript((wanted) => {
        new MutationObserver((_, observer) => {
          const element = document.querySelector(wanted);
          if (!element) return;
          document.documentElement.dataset.firstDisplay = getComputedStyle(element).display;
          observer.disconnect();
        }).observe(document, { subtree: true, childList: true });
      }, selector);
      await fresh.goto(`${server.url}/${hash}`);
      await fresh.locator("html[data-first-display]").waitFor();
      assert.ok(late.length > 0, `${hash} has a style sheet of its own`);
      assert.equal(await fresh.locator("html").getAttribute("data-first-display"), display, hash);
      await fresh.close();
    }
  });

  step("paints fast and shows 5,000 documents (measured)", async () => {
    const fresh = await context.newPage();
    watch(fresh, server.url, foreign, errors);
    await fresh.goto(server.url);
    await fresh.locator(".row").first().waitFor();
    const paint = await fresh.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN);
    print(`first paint of the library: ${paint.toFixed(0)} ms`);
    const { documents } = await api<{ documents: DocumentRecord[] }>("/documents");
    await fresh.route("**/api/v1/documents?*", (route) => {
      const many = Array.from({ length: 5000 }, (_, k) => ({ ...documents[k % documents.length]!, id: `${documents[k % documents.length]!.id}?${k}`, title: `Document ${k}` }));
      return route.fulfill({ json: { total: 5000, offset: 0, limit: 5000, version: 1, documents: many } });
    });
    await fresh.goto("about:blank");
    await fresh.goto(server.url);
    await fresh.getByText("Document 0", { exact: true }).waitFor();
    const drawn = await fresh.evaluate(() => performance.now());
    const frames = await fresh.evaluate(
      () =>
        new Promise<number[]>((done) => {
          const list: number[] = [];
          let last = performance.now();
          const step = (time: number) => {
            list.push(time - last);
            last = time;
            scrollBy(0, 900);
            if (list.length < 120) requestAnimationFrame(step);
            else done(list);
          };
          requestAnimationFrame(step);
        }),
    );
    frames.sort((a, b) => a - b);
    const rows = await fresh.locator(".rows > li").count();
    assert.ok(rows > 5 && rows < 60, `${rows} rows stand in the document`);
    const typed = await fresh.evaluate(async () => {
      const search = document.querySelector<HTMLInputElement>("input[type=search]")!;
      const start = performance.now();
      search.value = "4999";
      search.dispatchEvent(new Event("input"));
      const first = document.querySelector(".row-name > a")!.textContent;
      return { ms: performance.now() - start, first };
    });
    assert.equal(typed.first, "Document 4999");
    print(
      `5,000 documents: drawn after ${drawn.toFixed(0)} ms; scrolling, a frame takes ${frames[60]!.toFixed(1)} ms (median), ${frames[114]!.toFixed(1)} ms (95 %); a search ${typed.ms.toFixed(1)} ms`,
    );
    await fresh.close();
  });
}
