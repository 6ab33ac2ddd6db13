/**
 * From recording time to a place in the score and back, over the points of an alignment.
 *
 * Points lie about 0.25 s apart and are in the order of time. Between two of one system
 * the place moves evenly; from one system into the next it runs off the one and into the
 * other at an even pace; at a jump (a repeat, a cut) it waits for the next point.
 * Every look-up costs one binary search.
 */

import { type Bar, reach } from "./bars";
import type { PageRecord, Place, Point } from "./types";

/** Points further apart than this (seconds) are two stretches of music with something else between. */
const GAP = 2;
/** Page widths per second; no music is read faster, so what moves faster is a jump. */
const FASTEST = 1;

export interface Timeline {
  points: readonly Point[];
  /** Reach of the music in each system, by page and system, in reading order. */
  systems: Map<string, { order: number; from: number; to: number }>;
  bars: readonly Bar[];
}

const key = (page: number, system: number) => `${page}/${system}`;

export function makeTimeline(points: readonly Point[], pages: readonly PageRecord[], bars: readonly Bar[]): Timeline {
  const systems = new Map<string, { order: number; from: number; to: number }>();
  for (const page of pages)
    for (const system of page.systems) {
      const [from, to] = reach(system);
      systems.set(key(page.page, system.system), { order: systems.size, from, to });
    }
  return { points, systems, bars };
}

/** Index of the last point at or before `time`, or -1. */
export function lastBefore(points: readonly Point[], time: number): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle] as Point).time_s <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Where the music is at `time`; before and after the music, its first and last place. `null` without points. */
export function placeAt(timeline: Timeline, time: number): Place | null {
  const { points } = timeline;
  const k = lastBefore(points, time);
  const a = points[Math.max(k, 0)];
  const b = points[k + 1];
  if (!a) return null;
  if (k < 0 || !b) return placed(timeline, a.page, a.system, a.x, a.bar);
  const share = (time - a.time_s) / (b.time_s - a.time_s);
  switch (step(timeline, a, b)) {
    case "within":
      return placed(timeline, a.page, a.system, a.x + share * (b.x - a.x), a.bar);
    case "onward": {
      const before = timeline.systems.get(key(a.page, a.system));
      const after = timeline.systems.get(key(b.page, b.system));
      const left = Math.max((before?.to ?? a.x) - a.x, 0);
      const entered = Math.max(b.x - (after?.from ?? b.x), 0);
      const way = share * (left + entered);
      if (left + entered > 0 ? way < left : share < 0.5) return placed(timeline, a.page, a.system, a.x + way, a.bar);
      return placed(timeline, b.page, b.system, b.x - (left + entered - way), b.bar);
    }
    case "jump":
      return placed(timeline, a.page, a.system, a.x, a.bar);
  }
}

/** What lies between two neighbouring points. */
function step(timeline: Timeline, a: Point, b: Point): "within" | "onward" | "jump" {
  const far = (b.time_s - a.time_s) * FASTEST;
  if (b.time_s - a.time_s > GAP) return "jump";
  if (a.page === b.page && a.system === b.system) return b.x >= a.x && b.x - a.x <= far ? "within" : "jump";
  const before = timeline.systems.get(key(a.page, a.system));
  const after = timeline.systems.get(key(b.page, b.system));
  if (!before || after?.order !== before.order + 1) return "jump";
  return Math.max(before.to - a.x, 0) + Math.max(b.x - after.from, 0) <= far ? "onward" : "jump";
}

/** A place with its bar: found from the bars where there are any, else the one the point has. */
function placed(timeline: Timeline, page: number, system: number, x: number, known: number | null): Place {
  const inside = timeline.bars.filter((b) => b.page === page && b.system === system);
  const bar = (inside.findLast((b) => b.box[0] <= x) ?? inside[0])?.number ?? known;
  return { page, system, x, bar };
}

/** Every time at which the music passes `x` of a system, in order. */
export function timesAt(timeline: Timeline, page: number, system: number, x: number): number[] {
  const times: number[] = [];
  const here = (p: Point) => p.page === page && p.system === system;
  for (const [a, b] of pairs(timeline.points)) {
    if (!here(a) && !here(b)) continue;
    const how = step(timeline, a, b);
    if (how === "jump") continue;
    const share = how === "within" ? (x - a.x) / (b.x - a.x) : crossing(timeline, a, b, x, here(a));
    if (share > 0 && share <= 1) times.push(a.time_s + share * (b.time_s - a.time_s));
  }
  return times;
}

function pairs(points: readonly Point[]): [Point, Point][] {
  return points.slice(1).map((b, k) => [points[k] as Point, b]);
}

/** At what share of the way from `a` into the next system, to `b`, x is passed: of the one that is left, or of the next. */
function crossing(timeline: Timeline, a: Point, b: Point, x: number, leaving: boolean): number {
  const to = timeline.systems.get(key(a.page, a.system))?.to ?? a.x;
  const from = timeline.systems.get(key(b.page, b.system))?.from ?? b.x;
  const [left, entered] = [Math.max(to - a.x, 0), Math.max(b.x - from, 0)];
  if (leaving) return x > a.x && x <= to && left > 0 ? (x - a.x) / (left + entered) : -1;
  if (x > b.x) return -1;
  return left + entered > 0 ? Math.max((left + Math.max(x - from, 0)) / (left + entered), 1e-9) : 1;
}

/** Every time at which a bar begins; where the music begins or lands in the middle of it, that time. */
export function timesOfBar(timeline: Timeline, bar: Bar): number[] {
  const inside = (p: Point) =>
    p.page === bar.page && p.system === bar.system && p.x >= bar.box[0] && p.x < bar.box[2];
  const [first] = timeline.points;
  const landings = pairs(timeline.points).filter(([a, b]) => inside(b) && step(timeline, a, b) === "jump");
  const times = [
    ...(first && inside(first) ? [first.time_s] : []),
    ...landings.map(([, b]) => b.time_s),
    ...timesAt(timeline, bar.page, bar.system, bar.box[0]),
  ];
  return times.sort((a, b) => a - b);
}

/** The one of `times` nearest to `now`. */
export function nearest(times: readonly number[], now: number): number | null {
  return times.reduce<number | null>((best, t) => (best === null || Math.abs(t - now) < Math.abs(best - now) ? t : best), null);
}

/** Start and end in seconds of a passage of bars, in the pass nearest to `now`. `null` where it is not played. */
export function spanOfBars(timeline: Timeline, first: Bar, last: Bar, now: number): [number, number] | null {
  const start = nearest(timesOfBar(timeline, first), now);
  if (start === null) return null;
  const following = timeline.bars[last.number];
  const ends = [
    ...(following ? timesOfBar(timeline, following) : []),
    ...timesAt(timeline, last.page, last.system, last.box[2]),
  ].filter((t) => t > start + 0.05);
  const end = ends.length ? Math.min(...ends) : timeline.points.at(-1)?.time_s;
  return end !== undefined && end > start ? [start, end] : null;
}

/** The beginning of the bar before or after the one that sounds at `time`, in the order of the recording. */
export function neighbourBar(timeline: Timeline, time: number, direction: 1 | -1): number | null {
  const begins = barBegins(timeline);
  if (direction > 0) return begins.find((t) => t > time + 0.05) ?? null;
  // Within the first moments of a bar one goes to the bar before, later to its own beginning.
  return begins.findLast((t) => t < time - 0.6) ?? begins[0] ?? null;
}

const known = new WeakMap<Timeline, number[]>();

/** All moments at which a bar begins, in the order of the recording. */
export function barBegins(timeline: Timeline): number[] {
  let begins = known.get(timeline);
  if (!begins) {
    begins = timeline.bars.flatMap((bar) => timesOfBar(timeline, bar)).sort((a, b) => a - b);
    known.set(timeline, begins);
  }
  return begins;
}
