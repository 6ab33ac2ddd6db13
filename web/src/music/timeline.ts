/**
 * The map from the time of a recording to a place in the score and back, by the points of an alignment.
 *
 * Points are about 0.25 s apart, in the order of time. Between two points of one system the place is
 * interpolated. From one system to the next it moves at an even pace to the end of the first and from
 * the start of the second. At a jump (a repeat, a cut) it stays until the next point. Finding the place
 * of a time is one binary search.
 */

import { type Bar, reach } from "./bars";
import type { PageRecord, Place, Point } from "./types";

/** s; between points that are further apart there is no music of the score. */
const MAX_GAP = 2;
/** Page widths per second; a faster move is a jump. */
const MAX_SPEED = 1;

export interface Timeline {
  points: readonly Point[];
  /** Start and end of the music in each system, by page and system, in reading order. */
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

/** Returns the index of the last point at or before `time`, or -1. */
export function lastBefore(points: readonly Point[], time: number): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle] as Point).time_s <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Returns the place at `time`; before and after the music its first and last place, `null` without points. */
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

/** Returns how the music goes from a point to the next. */
function step(timeline: Timeline, a: Point, b: Point): "within" | "onward" | "jump" {
  const far = (b.time_s - a.time_s) * MAX_SPEED;
  if (b.time_s - a.time_s > MAX_GAP) return "jump";
  if (a.page === b.page && a.system === b.system) return b.x >= a.x && b.x - a.x <= far ? "within" : "jump";
  const before = timeline.systems.get(key(a.page, a.system));
  const after = timeline.systems.get(key(b.page, b.system));
  if (!before || after?.order !== before.order + 1) return "jump";
  return Math.max(before.to - a.x, 0) + Math.max(b.x - after.from, 0) <= far ? "onward" : "jump";
}

/** Returns a place with its bar: by the bars of the system, or that of the point where the system has none. */
function placed(timeline: Timeline, page: number, system: number, x: number, known: number | null): Place {
  const inside = timeline.bars.filter((b) => b.page === page && b.system === system);
  const bar = (inside.findLast((b) => b.box[0] <= x) ?? inside[0])?.number ?? known;
  return { page, system, x, bar };
}

/** Returns all times at which the music passes `x` of a system, ascending. */
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

/** Returns the fraction of the way from `a` to `b` in the next system at which x is passed; `leaving` if x is in the system of `a`. */
function crossing(timeline: Timeline, a: Point, b: Point, x: number, leaving: boolean): number {
  const to = timeline.systems.get(key(a.page, a.system))?.to ?? a.x;
  const from = timeline.systems.get(key(b.page, b.system))?.from ?? b.x;
  const [left, entered] = [Math.max(to - a.x, 0), Math.max(b.x - from, 0)];
  if (leaving) return x > a.x && x <= to && left > 0 ? (x - a.x) / (left + entered) : -1;
  if (x > b.x) return -1;
  return left + entered > 0 ? Math.max((left + Math.max(x - from, 0)) / (left + entered), 1e-9) : 1;
}

/** Returns all times at which a bar begins, ascending; where the music starts or lands within the bar, that time. */
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

/** Returns the nearest of `times` to `now`, `null` if there is none. */
export function nearest(times: readonly number[], now: number): number | null {
  return times.reduce<number | null>((best, t) => (best === null || Math.abs(t - now) < Math.abs(best - now) ? t : best), null);
}

/** Returns start and end of a passage of bars, in the pass nearest to `now`; `null` where it is not played. */
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

/** Returns the time in `next`, another recording of the score, of the bar at `now` in `timeline`, in the same pass through a repeat. */
export function samePlace(timeline: Timeline, now: number, next: Timeline): number {
  const number = placeAt(timeline, now)?.bar;
  const bar = number ? timeline.bars[number - 1] : undefined;
  if (!bar || !next.points.length) return 0;
  const pass = Math.max(timesOfBar(timeline, bar).filter((time) => time <= now + 0.01).length - 1, 0);
  const times = timesOfBar(next, bar);
  return times[Math.min(pass, times.length - 1)] ?? next.points[Math.max(lastBefore(next.points, now), 0)]?.time_s ?? 0;
}

/** Returns the start of the bar before or after the bar at `time`, in the order of the recording. */
export function neighbourBar(timeline: Timeline, time: number, direction: 1 | -1): number | null {
  const begins = barBegins(timeline);
  if (direction > 0) return begins.find((t) => t > time + 0.05) ?? null;
  // Soon after the start of a bar the bar before is meant, later the bar itself.
  return begins.findLast((t) => t < time - 0.6) ?? begins[0] ?? null;
}

const cachedBegins = new WeakMap<Timeline, number[]>();

/** Returns all times at which a bar begins, ascending. */
export function barBegins(timeline: Timeline): number[] {
  let begins = cachedBegins.get(timeline);
  if (!begins) {
    begins = timeline.bars.flatMap((bar) => timesOfBar(timeline, bar)).sort((a, b) => a - b);
    cachedBegins.set(timeline, begins);
  }
  return begins;
}
