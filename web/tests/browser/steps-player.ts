/** Steps in the player: play, follow, click, loop, switch recordings, turn pages. */
import assert from "node:assert/strict";
import type { AlignmentRecord, ScorePages } from "../../src/api";
import { alignment, api, found, LATER, other, page, pages, print, recording, score, server, step, unnamed } from "./visit";

export function playerSteps(): void {
  step("opens the player", async () => {
    await page.locator(".row-score .row-name > a", { hasText: "scan_05" }).click();
    await page.locator(".player[data-ready]").waitFor();
    await page.goto(`${server.url}/#/play/${score.id}/${recording.id}`);
    await page.locator(`.player[data-ready="${recording.id}"]`).waitFor();
    found({
      alignment: await api<AlignmentRecord>(`/alignments/${score.id}/${recording.id}?wait=60`),
      pages: (await api<ScorePages>(`/documents/${score.id}/pages`)).pages,
    });
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
}
