import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { barAt, numberBars } from "../../src/music/bars";
import { confidenceSpans, levelShares } from "../../src/music/confidence";
import { layOutPages, pageAt } from "../../src/music/layout";
import { jumpBack, makeLoop } from "../../src/music/loop";
import { barBegins, lastBefore, makeTimeline, nearest, neighbourBar, placeAt, spanOfBars, timesAt, timesOfBar } from "../../src/music/timeline";
import type { PageRecord, Point } from "../../src/music/types";

/** Two pages of two systems of four bars, from x = 0.1 to 0.9. */
const pages: PageRecord[] = [1, 2].map((page) => ({
  page,
  width: 1000,
  height: 1400,
  systems: [1, 2].map((system) => ({
    system,
    box: [0.1, 0.2 * system, 0.9, 0.2 * system + 0.1],
    staves: [],
    bars: [0, 1, 2, 3].map((k) => [0.1 + 0.2 * k, 0.3 + 0.2 * k] as [number, number]),
    confidence: 1,
  })),
}));
const bars = numberBars(pages);

/** One bar lasts 2 s; `order` names the bars that are played. A point each 0.25 s, as the aligner gives them. */
function played(order: number[]): Point[] {
  const points: Point[] = [];
  for (let k = 0; k <= order.length * 8 - 1; k++) {
    const time = k * 0.25;
    const bar = bars[(order[Math.floor(time / 2)] as number) - 1]!;
    const x = bar.box[0] + ((time % 2) / 2) * 0.2;
    points.push({ time_s: time, page: bar.page, system: bar.system, x, bar: bar.number });
  }
  return points;
}

const straight = makeTimeline(played([...Array(16).keys()].map((k) => k + 1)), pages, bars);
const repeated = makeTimeline(played([1, 2, 3, 4, 1, 2, 3, 4, 5, 6, 7, 8]), pages, bars);
const near = (a: number | null | undefined, b: number, within = 1e-9) =>
  assert.ok(a !== null && a !== undefined && Math.abs(a - b) <= within, `${a} is not ${b}`);

describe("place at a time", () => {
  it("moves evenly within a system, at any moment", () => {
    for (let time = 0; time < 8; time += 0.037) {
      const place = placeAt(straight, time)!;
      near(place.x, 0.1 + 0.1 * time, 1e-9);
      assert.equal(place.bar, Math.floor(time / 2 + 1e-9) + 1);
    }
  });
  it("runs off one system and into the next, also over the page", () => {
    // Bar 9 is the first of page 2 and begins at 16 s: the points are 15.75 s and 16 s.
    assert.equal(placeAt(straight, 15.99)!.page, 1);
    near(placeAt(straight, 15.99)!.x, 0.899);
    assert.deepEqual({ ...placeAt(straight, 16), x: 0 }, { page: 2, system: 1, x: 0, bar: 9 });
  });
  it("crosses at an even pace when the points lie on either side", () => {
    const points = straight.points.filter((p) => p.time_s !== 8).map((p) => ({ ...p }));
    const line = makeTimeline(points, pages, bars);
    near(placeAt(line, 7.9)!.x, 0.89);
    assert.equal(placeAt(line, 7.9)!.system, 1);
    assert.equal(placeAt(line, 8.1)!.system, 2);
    near(placeAt(line, 8.1)!.x, 0.11);
    near(timesOfBar(line, bars[4]!)[0], 8);
  });
  it("waits at a jump and stays at the ends", () => {
    assert.equal(placeAt(repeated, 7.9)!.bar, 4);
    assert.equal(placeAt(repeated, 8)!.bar, 1);
    assert.equal(placeAt(straight, -1)!.bar, 1);
    assert.equal(placeAt(straight, 999)!.bar, 16);
    assert.equal(placeAt(makeTimeline([], pages, bars), 1), null);
  });
  it("finds the point before by the same rule as a walk through all", () => {
    for (const time of [-1, 0, 0.1, 0.25, 7.99, 8, 40])
      assert.equal(lastBefore(straight.points, time), straight.points.findLastIndex((p) => p.time_s <= time));
  });
});

describe("times of a place", () => {
  it("is the inverse of the place at a time", () => {
    for (const bar of bars)
      for (const share of [0.1, 0.5, 0.9]) {
        const x = bar.box[0] + share * 0.2;
        const times = timesAt(straight, bar.page, bar.system, x).filter((time) => placeAt(straight, time)!.bar === bar.number);
        assert.ok(times.length <= 1);
        if (bar.number < 16 || share < 0.8) near(placeAt(straight, times[0]!)!.x, x, 1e-6);
      }
  });
  it("knows every pass through a repeated bar", () => {
    assert.deepEqual(timesOfBar(repeated, bars[0]!), [0, 8]);
    assert.deepEqual(timesOfBar(repeated, bars[2]!).map((x) => Math.round(x * 1e6) / 1e6), [4, 12]);
    near(timesOfBar(repeated, bars[4]!)[0], 16);
    assert.deepEqual(timesOfBar(repeated, bars[12]!), []);
    assert.equal(nearest([0, 8], 5), 8);
    assert.equal(nearest([], 5), null);
  });
  it("does not take a bar for played when the music lands behind it", () => {
    const line = makeTimeline(played([1, 2, 7, 8, 9]), pages, bars);
    assert.deepEqual(timesOfBar(line, bars[4]!), []);
    near(timesOfBar(line, bars[6]!)[0], 4);
  });
  it("takes the pass around now for a span of bars", () => {
    const [first, last] = [bars[1]!, bars[2]!];
    const rounded = (now: number) => spanOfBars(repeated, first, last, now)!.map((x) => Math.round(x * 1000) / 1000);
    assert.deepEqual(rounded(1), [2, 6]);
    assert.deepEqual(rounded(11), [10, 14]);
    assert.equal(spanOfBars(repeated, bars[12]!, bars[13]!, 0), null);
  });
  it("ends a span that ends with the section at the end of its last bar", () => {
    const [start, end] = spanOfBars(repeated, bars[3]!, bars[3]!, 6)!;
    near(start, 6);
    assert.ok(end > 7.5 && end <= 18.001, String(end));
  });
  it("steps from bar to bar in the order of the recording", () => {
    assert.equal(barBegins(repeated).length, 12);
    near(neighbourBar(repeated, 7, 1), 8);
    near(neighbourBar(repeated, 8.1, -1), 6);
    near(neighbourBar(repeated, 9, -1), 8);
    assert.equal(neighbourBar(repeated, 23, 1), null);
  });
});

describe("bars", () => {
  it("are numbered through the score in reading order", () => {
    assert.deepEqual(bars.map((b) => b.number), [...Array(16).keys()].map((k) => k + 1));
    assert.equal(bars[8]!.page, 2);
  });
  it("are found under the pointer, also beside and between the systems", () => {
    assert.equal(barAt(pages, bars, 1, 0.55, 0.25)!.number, 3);
    assert.equal(barAt(pages, bars, 1, 0.02, 0.25)!.number, 1);
    assert.equal(barAt(pages, bars, 1, 0.98, 0.25)!.number, 4);
    assert.equal(barAt(pages, bars, 2, 0.2, 0.34)!.number, 9);
    assert.equal(barAt(pages, bars, 2, 0.2, 0.37)!.number, 13);
    assert.equal(barAt(pages, bars, 3, 0.2, 0.3), null);
  });
});

describe("layout", () => {
  const sizes = [1400, 1400, 1200].map((height) => ({ width: 1000, height }));
  it("shows one page, two pages or a strip", () => {
    assert.deepEqual(layOutPages("page", sizes).turnOf, [0, 1, 2]);
    assert.deepEqual(layOutPages("spread", sizes).turnOf, [0, 0, 1]);
    const strip = layOutPages("strip", sizes);
    assert.ok(strip.pages[1]!.y > 1.4 && strip.pages[2]!.y > strip.pages[1]!.y + 1.4);
  });
  it("tells the page and the place under any point", () => {
    for (const mode of ["page", "spread", "strip"] as const) {
      const layout = layOutPages(mode, sizes);
      layout.pages.forEach((r, k) => {
        const spot = pageAt(layout, layout.turnOf[k]!, r.x + 0.25 * r.width, r.y + 0.75 * r.height)!;
        assert.equal(spot.page, k + 1);
        near(spot.x, 0.25, 1e-9);
        near(spot.y, 0.75, 1e-9);
      });
    }
    assert.equal(pageAt(layOutPages("page", sizes), 0, 2, 2), null);
  });
});

describe("loop", () => {
  it("is made from two times in any order, within the recording", () => {
    assert.deepEqual(makeLoop(5, 2, 10), { start: 2, end: 5 });
    assert.deepEqual(makeLoop(8, 20, 10), { start: 8, end: 10 });
    assert.equal(makeLoop(5, 5.1, 10), null);
  });
  it("goes back at its end and only there", () => {
    const loop = { start: 2, end: 5 };
    assert.equal(jumpBack(loop, 4.99, 5.01), 2);
    assert.equal(jumpBack(loop, 3, 4), null);
    assert.equal(jumpBack(loop, 6, 6.02), null);
    assert.equal(jumpBack(null, 4.99, 5.01), null);
  });
});

describe("confidence band", () => {
  const alignment = {
    sections: [
      { start_s: 1, end_s: 9, first_bar: 1, last_bar: 4 },
      { start_s: 9, end_s: 19, first_bar: 1, last_bar: 5 },
    ],
    confidence: 0.95,
    bar_confidence: [
      { start_s: 1, confidence: 0.95 },
      { start_s: 3, confidence: 0.97 },
      { start_s: 5, confidence: 0.7 },
      { start_s: 9, confidence: 0.3 },
      { start_s: 12, confidence: 0.92 },
    ],
  };
  it("covers the recording without gap or overlap", () => {
    const list = confidenceSpans(alignment, 20);
    assert.equal(list[0]!.start, 0);
    assert.equal(list.at(-1)!.end, 20);
    list.slice(1).forEach((k, i) => assert.equal(k.start, list[i]!.end));
    assert.deepEqual(list.map((k) => k.level), ["none", "high", "medium", "low", "high", "none"]);
    near(list[1]!.confidence, 0.95);
  });
  it("takes the whole's confidence where bars have none", () => {
    assert.deepEqual(confidenceSpans({ ...alignment, bar_confidence: undefined }, 19).map((k) => k.level), ["none", "high"]);
    assert.deepEqual(confidenceSpans({ sections: [], confidence: 0 }, 5), [{ start: 0, end: 5, level: "none", confidence: 0 }]);
  });
  it("sums to one", () => {
    const { high, medium, low } = levelShares(confidenceSpans(alignment, 20));
    near(high + medium + low, 1);
    near(medium, 4 / 18);
  });
});
