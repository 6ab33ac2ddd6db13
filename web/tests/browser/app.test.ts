/**
 * The whole app in a browser, from an empty library: add, play, follow, click, correct, search,
 * export. Times are printed and not asserted, since they depend on the machine.
 */
import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { AlignmentRecord, DocumentRecord, ScorePages } from "../../src/api";
import { excerptOf, noise, TIMEOUT, unexpected, watch } from "./material";
import { browse, chromiumPath, DEMO, serve, type Served } from "./server";

const SCORE = "scores/scan_05.tif"; // of two pages
const RECORDING = "recordings/track_08.ogg"; // its recording, by truth.json
const LATER = 2; // s of silence before the other take

const skip = chromiumPath() ? false : "there is no Chromium here";

describe("the app", { skip, timeout: 40 * 60_000 }, () => {
  let server: Served;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let score: DocumentRecord;
  let recording: DocumentRecord;
  let other: DocumentRecord;
  let alignment: AlignmentRecord;
  let pages: ScorePages["pages"];
  const foreign: string[] = [];
  const errors: string[] = [];

  const api = async <T>(path: string): Promise<T> => (await fetch(`${server.url}/api/v1${path}`)).json() as Promise<T>;

  before(async () => {
    server = await serve();
    browser = await browse();
    context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true });
    context.setDefaultTimeout(TIMEOUT);
    page = await context.newPage();
    watch(page, server.url, foreign, errors);
  });

  // A step that needs a failed crucial step is skipped and does not wait for a timeout.
  let broken = "";
  const step = (name: string, run: () => Promise<void> | void, crucial = false) =>
    it(name, async (test) => {
      if (broken) return test.skip(`after: ${broken}`);
      try {
        await run();
      } catch (error) {
        if (crucial) broken = name;
        throw error;
      }
    });

  afterEach(async (test) => {
    const folder = process.env.PICTURES;
    if (folder && page) await page.screenshot({ path: join(folder, `${test.name.replace(/\W+/g, "-").slice(0, 40)}.png`) }).catch(() => {});
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  step("opens on an empty library", async () => {
    await page.goto(server.url);
    await page.getByText("Drop scores and recordings anywhere").waitFor();
    assert.deepEqual(await unnamed(page), []);
  });

  step("takes a score, a recording and refuses what is neither", async () => {
    const nonsense = join(server.folder, "notes.pdf");
    writeFileSync(nonsense, "This is no music.");
    await page.locator("input[type=file]:not([webkitdirectory])").setInputFiles([join(DEMO, SCORE), join(DEMO, RECORDING), nonsense]);
    await page.locator(".upload").first().waitFor();
    await page.locator(".upload-failed", { hasText: "notes.pdf" }).waitFor();
    await page.getByRole("heading", { name: "2 files added" }).waitFor();
    await page.locator(".row", { hasText: "scan_05" }).waitFor();
    // The link is made automatically, a moment later.
    await page.locator(".row-score .row-link", { hasText: "track_08" }).waitFor();
    const { documents } = await api<{ documents: DocumentRecord[] }>("/documents");
    score = documents.find((d) => d.kind === "score")!;
    recording = documents.find((d) => d.kind === "recording")!;
    assert.equal(documents.length, 2);
    assert.equal(score.links[0]?.id, recording.id);
    assert.deepEqual(await unnamed(page), []);
  }, true);

  step("takes files that are dropped anywhere", async () => {
    const take = await excerptOf(page, `${server.url}/api/v1/documents/${recording.id}/audio`, 0, 600, LATER);
    const transfer = await page.evaluateHandle((data) => {
      const list = new DataTransfer();
      list.items.add(new File([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], "another take.wav", { type: "audio/wav" }));
      return list;
    }, take.toString("base64"));
    await page.dispatchEvent("body", "dragover", { dataTransfer: transfer });
    await page.getByText("Drop to add to the library").waitFor();
    await page.dispatchEvent("body", "drop", { dataTransfer: transfer });
    await page.locator(".row-score", { hasText: "and 1 more" }).waitFor();
    const { documents } = await api<{ documents: DocumentRecord[] }>("/documents");
    other = documents.find((d) => d.title === "another take")!;
    assert.equal(other.links[0]?.id, score.id);
  });

  step("takes a folder with folders in it, and leaves out hidden files", async () => {
    const folder = join(server.folder, "a shelf");
    mkdirSync(join(folder, "below", "further"), { recursive: true });
    copyFileSync(join(DEMO, SCORE), join(folder, "below", "further", "the same score.tif")); // the library has its content already
    writeFileSync(join(folder, "below", "words.txt"), "No music either.");
    writeFileSync(join(folder, ".hidden.pdf"), "%PDF-1.4");
    await page.getByRole("button", { name: "Done" }).click(); // clears the list of the files before
    const hand = await context.newCDPSession(page);
    const data = { items: [], files: [folder], dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"] as const) await hand.send("Input.dispatchDragEvent", { type, x: 600, y: 500, data });
    await page.locator(".upload-failed", { hasText: "words.txt" }).waitFor();
    await page.getByRole("heading", { name: "1 file added" }).waitFor();
    assert.equal(await page.locator(".uploads", { hasText: ".hidden" }).count(), 0);
    const { documents } = await api<{ documents: DocumentRecord[] }>("/documents");
    assert.equal(documents.length, 3);
  });

  step("shows files by the names they came with", async () => {
    const { documents } = await api<{ documents: DocumentRecord[] }>("/documents");
    assert.deepEqual(documents.map((d) => d.name).sort(), ["another take.wav", "scan_05.tif", "track_08.ogg"]);
    for (const { name } of documents) await page.locator(".row-name", { hasText: name }).waitFor();
    assert.doesNotMatch(await page.locator("#main").innerText(), /[0-9a-f]{16}/);
  });

  step("searches by name and filters what has no link", async () => {
    const names = () => page.locator(".row-name > a").allTextContents();
    await page.getByRole("searchbox").fill("TRACK 8");
    assert.deepEqual(await names(), ["track_08"]);
    await page.getByRole("searchbox").fill("");
    await page.getByRole("combobox", { name: "Links" }).selectOption("linked");
    assert.ok((await names()).includes("scan_05"));
    await page.getByRole("combobox", { name: "Links" }).selectOption("any");
  });

  step("opens the player", async () => {
    await page.locator(".row-score .row-name > a", { hasText: "scan_05" }).click();
    await page.locator(".player[data-ready]").waitFor();
    await page.goto(`${server.url}/#/play/${score.id}/${recording.id}`);
    await page.locator(`.player[data-ready="${recording.id}"]`).waitFor();
    alignment = await api(`/alignments/${score.id}/${recording.id}?wait=60`);
    pages = (await api<ScorePages>(`/documents/${score.id}/pages`)).pages;
    assert.ok(alignment.points.length > 100);
    assert.deepEqual(await unnamed(page), []);
  }, true);

  /** Returns what is shown and what is heard at one moment. */
  const now = () =>
    page.evaluate(() => {
      const { page: number, system, x, bar } = document.querySelector<SVGElement>(".overlay .cursor")!.dataset;
      const audio = document.querySelector("audio")!;
      return {
        page: Number(number),
        system: Number(system),
        x: Number(x),
        bar: Number(bar),
        time: Number(document.querySelector<HTMLElement>(".player")!.dataset.time),
        heard: audio.currentTime,
        playing: !audio.paused,
        decoded: (audio as unknown as { webkitAudioDecodedByteCount: number }).webkitAudioDecodedByteCount,
      };
    });

  /** Asserts that the cursor is between the points of the alignment before and after its time. */
  function assertPlace(at: Awaited<ReturnType<typeof now>>): void {
    const k = alignment.points.findLastIndex((p) => p.time_s <= at.time);
    const around = alignment.points.slice(Math.max(k, 0), k + 2);
    assert.ok(around.some((p) => p.page === at.page && p.system === at.system), `system ${at.page}/${at.system} at ${at.time}`);
    assert.ok(around.some((p) => p.bar === at.bar), `bar ${at.bar} at ${at.time}, not ${around.map((p) => p.bar)}`);
    const here = around.filter((p) => p.page === at.page && p.system === at.system).map((p) => p.x);
    if (here.length === 2) assert.ok(at.x >= Math.min(...here) - 1e-4 && at.x <= Math.max(...here) + 1e-4, `x ${at.x} at ${at.time}`);
  }

  step("plays, with the cursor on the right bar at three times", async () => {
    await page.keyboard.press("Space");
    const wave = (await page.locator(".wave").boundingBox())!;
    const seen: number[] = [];
    for (const share of [0.04, 0.45, 0.8]) {
      await page.mouse.click(wave.x + share * wave.width, wave.y + wave.height / 2);
      const aim = share * recording.duration_s!;
      await page.waitForFunction((t) => {
        const audio = document.querySelector("audio")!;
        return audio.currentTime > t + 1 && audio.currentTime < t + 20 && !audio.seeking;
      }, aim);
      const at = await now();
      assert.ok(at.playing);
      assert.ok(at.decoded > 0, "sound is decoded");
      assert.ok(Math.abs(at.time - at.heard) < 0.25, `the cursor shows ${at.time}, ${at.heard} is heard`);
      assertPlace(at);
      seen.push(at.bar);
    }
    assert.ok(seen[0]! < seen[1]! && seen[1]! < seen[2]!, String(seen));
  });

  step("keeps the cursor with the sound (measured)", async () => {
    const lags = await page.evaluate(
      () =>
        new Promise<number[]>((done) => {
          const audio = document.querySelector("audio")!;
          const player = document.querySelector<HTMLElement>(".player")!;
          const list: number[] = [];
          const look = () => {
            list.push(Math.abs(audio.currentTime - Number(player.dataset.time)) * 1000);
            if (list.length < 120) requestAnimationFrame(look);
            else done(list);
          };
          requestAnimationFrame(look);
        }),
    );
    lags.sort((a, b) => a - b);
    print(`cursor behind the sound, 120 frames: median ${lags[60]!.toFixed(1)} ms, 95 % ${lags[114]!.toFixed(1)} ms`);
    assert.ok(lags.every(Number.isFinite));
  });

  /** Returns the middle of a bar in the window, in px. */
  const spotOf = (number: number) =>
    page.evaluate(
      ({ pages, number }) => {
        let count = 0;
        for (const p of pages)
          for (const system of p.systems)
            for (const [x0, x1] of system.bars) {
              if (++count !== number) continue;
              const layer = document.querySelector<SVGGElement>(`.overlay g[data-page="${p.page}"]`)!;
              const point = new DOMPoint((x0 + x1) / 2, (system.box[1] + system.box[3]) / 2).matrixTransform(layer.getScreenCTM()!);
              return { x: point.x, y: point.y };
            }
        throw new Error(`no bar ${number}`);
      },
      { pages, number },
    );

  step("plays from the bar that is clicked", async () => {
    await page.keyboard.press("Space");
    for (const number of [17, 5]) {
      const spot = await spotOf(number);
      await page.mouse.click(spot.x, spot.y);
      await page.waitForFunction((bar) => document.querySelector<SVGElement>(".overlay .cursor")!.dataset.bar === String(bar), number);
      await page.waitForFunction(() => !document.querySelector("audio")!.seeking && !document.querySelector("audio")!.paused);
      const { heard } = await now();
      const inside = alignment.points.filter((p) => p.bar === number).map((p) => p.time_s);
      assert.ok(heard > inside[0]! - 0.3 && heard < inside.at(-1)! + 3, `bar ${number} sounds ${inside[0]} to ${inside.at(-1)}, heard is ${heard}`);
    }
  });

  step("goes on at the same bar in another recording", async () => {
    if ((await now()).playing) await page.keyboard.press("Space");
    const before = await now();
    await page.getByRole("combobox", { name: "Recording" }).selectOption(other.id);
    await page.locator(`.player[data-ready="${other.id}"]`).waitFor();
    const after = await now();
    assert.equal(after.bar, before.bar);
    const bar = alignment.points.filter((p) => p.bar === before.bar).map((p) => p.time_s);
    assert.ok(after.heard > bar[0]! + LATER - 1 && after.heard < bar.at(-1)! + LATER + 1, `${before.heard} became ${after.heard}`);
    await page.keyboard.press("r");
    await page.locator(`.player[data-ready="${recording.id}"]`).waitFor();
    assert.equal((await now()).bar, before.bar);
  });

  step("loops the bars that are dragged over, at another speed", async () => {
    const [from, to] = [await spotOf(9), await spotOf(10)];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 5 });
    await page.mouse.up();
    await page.getByRole("button", { name: "Loop", pressed: true }).waitFor();
    assert.equal(await page.locator(".mark-loop").count(), 2);
    if (!(await now()).playing) await page.keyboard.press("Space");
    const times = alignment.points.filter((p) => p.bar === 9 || p.bar === 10).map((p) => p.time_s);
    for (let k = 0; k < 6; k++) await page.keyboard.press("+");
    const heard = await page.evaluate(
      (span) =>
        new Promise<{ low: number; high: number; turns: number; rate: number; pitch: boolean }>((done) => {
          const audio = document.querySelector("audio")!;
          let [low, high, turns, last] = [Infinity, 0, 0, 0];
          const until = performance.now() + 1000 * (span + 4);
          const look = () => {
            const t = audio.currentTime;
            if (t < last - 0.5) turns++;
            [low, high, last] = [Math.min(low, t), Math.max(high, t), t];
            if (turns > 0 && performance.now() > until - 1000 * span) return done({ low, high, turns, rate: audio.playbackRate, pitch: audio.preservesPitch });
            if (performance.now() > until + 60000) return done({ low, high, turns, rate: audio.playbackRate, pitch: audio.preservesPitch });
            requestAnimationFrame(look);
          };
          setTimeout(look, 300);
        }),
      times.at(-1)! - times[0]!,
    );
    assert.ok(heard.turns >= 1, "it turned");
    assert.ok(heard.low > times[0]! - 0.5 && heard.high < times.at(-1)! + 1.5, JSON.stringify({ heard, times: [times[0], times.at(-1)] }));
    assert.equal(heard.rate, 1.3);
    assert.ok(heard.pitch);
    await page.keyboard.press("0");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Loop", pressed: false }).waitFor();
    await page.keyboard.press("Space");
  });

  step("loops what is dragged over on the waveform", async () => {
    const wave = (await page.locator(".wave").boundingBox())!;
    const [from, to] = [0.3, 0.36];
    await page.mouse.move(wave.x + from * wave.width, wave.y + wave.height / 2);
    await page.mouse.down();
    await page.mouse.move(wave.x + to * wave.width, wave.y + wave.height / 2, { steps: 10 });
    await page.mouse.up();
    await page.getByRole("button", { name: "Loop", pressed: true }).waitFor();
    const [start, end] = [from * recording.duration_s!, to * recording.duration_s!];
    const bars = alignment.points.filter((p) => p.time_s > start + 0.5 && p.time_s < end - 0.5).map((p) => p.bar);
    assert.ok((await page.locator(".mark-loop").count()) >= new Set(bars).size, "its bars are marked on the page");
    if (!(await now()).playing) await page.keyboard.press("Space");
    await page.waitForFunction((t) => document.querySelector("audio")!.currentTime > t, end - 1);
    await page.waitForFunction((t) => document.querySelector("audio")!.currentTime < t, start + 1.5);
    const { heard } = await now();
    assert.ok(heard >= start - 0.3 && heard <= end, `${heard} is not within ${start} to ${end}`);
    await page.keyboard.press("Space");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Loop", pressed: false }).waitFor();
    assert.equal(await page.locator(".mark-loop").count(), 0);
  });

  step("shows one page, two pages, a strip, and fills the screen", async () => {
    /** Returns the pages that are shown, at least in part. */
    const seen = () =>
      page.evaluate(() => {
        const stage = document.querySelector(".stage")!.getBoundingClientRect();
        return [...document.querySelectorAll<SVGGElement>(".overlay g[data-page]")]
          .filter((layer) => layer.getAttribute("visibility") === "visible")
          .filter((layer) => {
            const [a, b] = [new DOMPoint(0, 0), new DOMPoint(1, 1)].map((p) => p.matrixTransform(layer.getScreenCTM()!));
            return a!.x < stage.right - 5 && b!.x > stage.left + 5 && a!.y < stage.bottom - 5 && b!.y > stage.top + 5;
          })
          .map((layer) => Number(layer.dataset.page));
      });
    const cursorInStage = () =>
      page.waitForFunction(() => {
        const [stage, cursor] = [".stage", ".overlay .cursor"].map((k) => document.querySelector(k)!.getBoundingClientRect());
        return cursor!.top >= stage!.top && cursor!.bottom <= stage!.bottom && cursor!.left >= stage!.left && cursor!.right <= stage!.right;
      });
    for (const name of ["Two pages", "Continuous", "One page"]) {
      const button = page.getByRole("button", { name });
      if (!(await button.isVisible())) await page.getByRole("button", { name: "More", exact: true }).click();
      await button.click();
      assert.equal(await button.getAttribute("aria-pressed"), "true");
      await page.waitForFunction(() => document.querySelector(".overlay .cursor")!.getBoundingClientRect().height > 5);
      if (name === "Two pages") assert.deepEqual(await seen(), [1, 2]);
      for (const key of ["Home", "End"]) {
        await page.keyboard.press(key);
        await cursorInStage();
      }
      if (name !== "Two pages") assert.ok((await seen()).includes(2), `the last bar is on the second page, ${await seen()} is seen`);
      if (name === "One page") assert.deepEqual(await seen(), [2]);
    }
    await page.keyboard.press("Home");
    await page.keyboard.press("?");
    await page.getByRole("dialog").getByText("Loop this bar").waitFor();
    await page.keyboard.press("Escape");
    const height = () => page.locator(".stage").evaluate((stage) => stage.getBoundingClientRect().height);
    const small = await height();
    await page.keyboard.press("f");
    await page.waitForFunction(() => document.fullscreenElement?.matches(".player") || document.querySelector(".player-full"));
    await page.waitForFunction((before) => document.querySelector(".stage")!.getBoundingClientRect().height > before + 20, small);
    await page.keyboard.press("f");
    await page.waitForFunction(() => document.fullscreenElement === null && !document.querySelector(".player-full"));
    await page.waitForFunction((before) => Math.abs(document.querySelector(".stage")!.getBoundingClientRect().height - before) < 5, small);
  });

  step("turns pages at once (measured)", async () => {
    await page.waitForTimeout(2000); // the next page is loaded ahead
    const times: number[] = [];
    for (const key of ["PageDown", "PageUp", "PageDown", "PageUp"]) {
      times.push(
        await page.evaluate(
          (key) =>
            new Promise<number>((done) => {
              const start = performance.now();
              document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
              const number = key === "PageDown" ? 2 : 1;
              const look = () => {
                const shown = document.querySelector(`.overlay g[data-page="${number}"]`)!.getAttribute("visibility") === "visible";
                if (shown) requestAnimationFrame(() => done(performance.now() - start));
                else requestAnimationFrame(look);
              };
              requestAnimationFrame(look);
            }),
          key,
        ),
      );
    }
    print(`a page turn, loaded ahead, two frames included: ${times.map((k) => k.toFixed(0)).join(", ")} ms`);
  });

  step("corrects a pin, and the alignment goes through it", async () => {
    await page.goto(`${server.url}/#/correct/${score.id}/${recording.id}`);
    await page.locator(".correct[data-ready]").waitFor();
    assert.deepEqual(await unnamed(page), []);
    const was = alignment.points.find((p) => p.bar === 12)!.time_s;
    const wanted = Math.round((was + 1.5) * 10) / 10;
    await page.getByLabel("Bar", { exact: true }).fill("12");
    await page.getByLabel("Time", { exact: true }).fill(String(wanted));
    await page.getByRole("button", { name: "Pin", exact: true }).click();
    await page.getByText("Saved.").waitFor();
    const after: AlignmentRecord = await api(`/alignments/${score.id}/${recording.id}?wait=60`);
    assert.deepEqual(after.corrections.pins.map((p) => p.bar), [12]);
    const begins = after.points.find((p) => p.bar === 12)!.time_s;
    assert.ok(Math.abs(begins - wanted) <= 0.3, `bar 12 begins at ${begins}, pinned to ${wanted}, was ${was}`);
    await page.getByRole("button", { name: "Remove the pin at bar 12" }).click();
    await page.waitForFunction(() => document.querySelectorAll(".anchors li").length === 0);
  });

  step("sets the order of sections, and finds it automatically again", async () => {
    const last = Math.max(...alignment.points.map((p) => p.bar ?? 0));
    await page.getByRole("button", { name: "Sections" }).click();
    await page.getByLabel("Order").fill(`3-${last - 1}`);
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByText("Saved.").waitFor();
    const corrected: AlignmentRecord = await api(`/alignments/${score.id}/${recording.id}?wait=60`);
    assert.deepEqual(corrected.corrections.sections, [[3, last - 1]]);
    const bars = corrected.points.map((p) => p.bar ?? 0);
    assert.deepEqual([Math.min(...bars), Math.max(...bars)], [3, last - 1]);
    assert.deepEqual(corrected.sections.map((k) => [k.first_bar, k.last_bar]), [[3, last - 1]]);
    await page.getByRole("list").filter({ hasText: `bars 3–${last - 1}` }).waitFor();
    await page.getByLabel("Order").fill(`1-${last + 500}`);
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByRole("alert").filter({ hasText: "not a range of bars" }).waitFor();
    await page.getByRole("button", { name: "Find automatically" }).click();
    await page.waitForFunction(() => ![...document.querySelectorAll("button")].some((b) => b.textContent === "Find automatically"));
    const reset: AlignmentRecord = await api(`/alignments/${score.id}/${recording.id}?wait=60`);
    assert.deepEqual(reset.corrections, { pins: [], sections: [] });
    assert.deepEqual(reset.points, alignment.points);
  });

  step("corrects a barline by keys, and undoes it", async () => {
    await page.getByRole("button", { name: "Boxes" }).click();
    // First with the mouse; that is undone.
    const [line, [, y0, , y1]] = [pages[0]!.systems[1]!.bars[0]![1], pages[0]!.systems[1]!.box];
    const grip = await page.evaluate(
      ([x, y]) => {
        const p = new DOMPoint(x, y).matrixTransform(document.querySelector<SVGGElement>('.overlay g[data-page="1"]')!.getScreenCTM()!);
        return { x: p.x, y: p.y };
      },
      [line, (y0 + y1) / 2] as const,
    );
    await page.mouse.move(grip.x, grip.y);
    await page.mouse.down();
    await page.mouse.move(grip.x + 12, grip.y, { steps: 4 });
    await page.mouse.up();
    const dragged = Number(await page.locator(".edit-line.edit-held").getAttribute("x1"));
    assert.ok(dragged > line + 0.005 && dragged < line + 0.06, `${line} became ${dragged}`);
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    assert.ok(await page.getByRole("button", { name: "Save the page" }).isDisabled());
    await page.getByRole("button", { name: /^System 2,/ }).click();
    await page.getByRole("button", { name: "Barline 2" }).click();
    for (let k = 0; k < 3; k++) await page.keyboard.press("ArrowRight");
    await page.getByRole("button", { name: "Save the page" }).click();
    await page.getByText("Saved.").waitFor();
    const changed = (await api<ScorePages>(`/documents/${score.id}/pages`)).pages[0]!;
    assert.ok(changed.corrected);
    const [was, is] = [pages[0]!.systems[1]!.bars[0]![1], changed.systems[1]!.bars[0]![1]];
    assert.ok(Math.abs(is - was - 0.006) < 0.0005, `${was} to ${is}`);
    await page.getByRole("button", { name: "Undo all corrections" }).click();
    await page.waitForFunction(() => !document.body.textContent?.includes("Undo all corrections"));
  });

  step("searches with an excerpt", async () => {
    const start = 20;
    const excerpt = await excerptOf(page, `${server.url}/api/v1/documents/${recording.id}/audio`, start, 15);
    const file = join(server.folder, "excerpt.wav");
    writeFileSync(file, excerpt);
    await page.goto(`${server.url}/#/find`);
    await page.locator(".find input[type=file]").setInputFiles(file);
    await page.locator(".query").waitFor();
    await page.waitForFunction(() => !document.querySelector(".query-state"));
    const result = page.locator(".result").first();
    await result.waitFor({ state: "attached" });
    assert.equal(await result.getAttribute("data-id"), score.id);
    // Results of low confidence are folded.
    for (const fold of await page.locator(".nearest:not([open]) > summary").all()) await fold.click();
    const line = result.locator(".passage img").first();
    await line.evaluate((img: HTMLImageElement) => img.decode());
    await result.getByRole("button", { name: /^Play from/ }).first().click();
    await result.getByRole("button", { name: /^Play from/, pressed: true }).waitFor();
    assert.deepEqual(await unnamed(page), []);
  });

  step("searches with a region of a page", async () => {
    await page.goto(`${server.url}/#/find?score=${score.id}&page=1`);
    await page.getByRole("button", { name: "Search with this system" }).waitFor();
    const asked = page.waitForResponse((r) => r.url().includes("/find/region"));
    await page.getByRole("combobox", { name: "System" }).selectOption("1/3");
    await page.getByRole("button", { name: "Search with this system" }).click();
    assert.ok((await asked).ok());
    await page.waitForFunction(() => !document.querySelector(".query-state"));
    await page.locator(".result, .not-here").first().waitFor();
  });

  step("says that a recording has no score in the library", async () => {
    const file = join(server.folder, "noise.wav");
    writeFileSync(file, noise(12));
    await page.goto(`${server.url}/#/find`);
    const answered = page.waitForResponse((r) => r.url().includes("/api/v1/find"));
    await page.locator(".find input[type=file]").setInputFiles(file);
    await answered;
    await page.waitForFunction(() => !document.querySelector(".query-state"));
    await page.getByRole("heading", { name: "Not in your library" }).waitFor();
  });

  for (const [format, proves] of [
    ["csv", (bytes: Buffer) => assert.match(bytes.toString(), /^time_s,page,system,x,bar\n\d/)],
    ["json", (bytes: Buffer) => assert.ok((JSON.parse(bytes.toString()) as AlignmentRecord).points.length > 100)],
    ["iiif", (bytes: Buffer) => assert.equal((JSON.parse(bytes.toString()) as { type: string }).type, "Manifest")],
    ["mei", (bytes: Buffer) => assert.match(bytes.toString(), /<when [\s\S]*<\/mei>/)],
    ["mp4", (bytes: Buffer) => assert.equal(bytes.subarray(4, 8).toString(), "ftyp")],
  ] as const)
    step(`exports ${format}`, async () => {
      if (!(await page.getByRole("dialog").isVisible())) {
        await page.goto(`${server.url}/#/play/${score.id}/${recording.id}`);
        await page.locator(`.player[data-ready="${recording.id}"]`).waitFor();
        const button = page.getByRole("button", { name: "Export" });
        if (!(await button.isVisible())) await page.getByRole("button", { name: "More", exact: true }).click();
        await button.click();
      }
      const coming = page.waitForEvent("download", { timeout: 2 * TIMEOUT });
      await page.locator(`.export[data-format="${format}"] .export-start`).click();
      const file = await (await coming).path();
      proves(readFileSync(file));
    });

  step("works on a telephone", async () => {
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
    // A tap on a bar plays from it.
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
    await small.waitForFunction((bar) => document.querySelector<SVGElement>(".overlay .cursor")!.dataset.bar === String(bar), number);
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

  step("sends requests to its own server only, and logs no errors", () => {
    assert.deepEqual(foreign, []);
    assert.deepEqual(unexpected(errors), []);
  });
});

const print = (text: string) => console.log(`    ${text}`);

/** Returns the controls without a name for screen readers. */
const unnamed = (page: Page) =>
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
const smallTargets = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("button, select, input:not([type=checkbox]), .menu-link")]
      .filter((e) => e.checkVisibility() && !e.closest("[hidden]") && e.tabIndex >= 0)
      .map((e) => ({ e, r: e.getBoundingClientRect() }))
      .filter(({ e, r }) => r.width > 0 && (r.width < 24 || r.height < (e.matches("[type=range]") ? 16 : 24)))
      .map(({ e, r }) => `${e.outerHTML.slice(0, 80)} ${r.width.toFixed(0)} x ${r.height.toFixed(0)}`),
  );
