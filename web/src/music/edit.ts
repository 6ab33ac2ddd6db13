/** Correcting a page: systems, their edges and their bar lines. Every function returns a new list. */

import type { Box, SystemRecord } from "./types";

export interface Draft {
  box: Box;
  staves: Box[];
  /** x of each bar line, rising; n lines make n - 1 bars. */
  lines: number[];
}

export type Edge = "left" | "top" | "right" | "bottom";
const AT: Record<Edge, 0 | 1 | 2 | 3> = { left: 0, top: 1, right: 2, bottom: 3 };

const SAME = 0.002; // of the page width: bar lines nearer than this are one
const LEAST = 0.01; // of the page: no system is smaller

export const drafted = (systems: readonly SystemRecord[]): Draft[] =>
  systems.map(({ box, staves, bars }) => ({ box: [...box], staves: staves.map((k) => [...k] as Box), lines: linesOf(bars) }));

/** Bar lines from bars: both ends of each, once. */
export function linesOf(bars: readonly [number, number][]): number[] {
  const ends = bars.flat().sort((a, b) => a - b);
  return ends.filter((x, k) => k === 0 || x - (ends[k - 1] as number) > SAME);
}

/** Bars between bar lines. */
export const barsOf = (lines: readonly number[]): [number, number][] =>
  lines.slice(1).map((x, k) => [lines[k] as number, x]);

/** What the server takes, in reading order. */
export const record = (drafts: readonly Draft[]) =>
  [...drafts]
    .sort((a, b) => a.box[1] + a.box[3] - b.box[1] - b.box[3])
    .map(({ box, staves, lines }) => ({ box, staves, bars: barsOf(lines) }));

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);

/** Move one edge of a system; its staves go along, its bar lines stay within it. */
export function moveEdge(drafts: readonly Draft[], index: number, edge: Edge, to: number): Draft[] {
  return change(drafts, index, (draft) => {
    const box: Box = [...draft.box];
    const k = AT[edge];
    box[k] = k < 2 ? clamp(to, 0, (box[k + 2] as number) - LEAST) : clamp(to, (box[k - 2] as number) + LEAST, 1);
    return { box, staves: fitted(draft.staves, draft.box, box), lines: draft.lines.map((x) => clamp(x, box[0], box[2])) };
  });
}

/** Staves of one box put into another, at the same shares of its height. */
function fitted(staves: readonly Box[], from: Box, to: Box): Box[] {
  const y = (value: number) => to[1] + ((value - from[1]) / (from[3] - from[1])) * (to[3] - to[1]);
  return staves.map((k) => [to[0], y(k[1]), to[2], y(k[3])]);
}

/** Move a bar line, not past its neighbours. */
export function moveLine(drafts: readonly Draft[], index: number, line: number, to: number): Draft[] {
  return change(drafts, index, (draft) => {
    const low = (draft.lines[line - 1] ?? draft.box[0] - SAME) + SAME;
    const high = (draft.lines[line + 1] ?? draft.box[2] + SAME) - SAME;
    return { ...draft, lines: draft.lines.map((x, k) => (k === line ? clamp(to, low, high) : x)) };
  });
}

export function addLine(drafts: readonly Draft[], index: number, x: number): Draft[] {
  return change(drafts, index, (draft) => {
    if (draft.lines.some((line) => Math.abs(line - x) <= SAME)) return draft;
    return { ...draft, lines: [...draft.lines, clamp(x, draft.box[0], draft.box[2])].sort((a, b) => a - b) };
  });
}

export function removeLine(drafts: readonly Draft[], index: number, line: number): Draft[] {
  return change(drafts, index, (draft) => ({ ...draft, lines: draft.lines.filter((_, k) => k !== line) }));
}

/** A new system; its staves stand as in the first one of the page, or as a piano's where there is none. */
export function addSystem(drafts: readonly Draft[], box: Box): Draft[] {
  const like = drafts[0];
  const staves = like
    ? fitted(like.staves, like.box, box)
    : fitted([[0, 0, 1, 0.38], [0, 0.62, 1, 1]], [0, 0, 1, 1], box);
  return [...drafts, { box, staves, lines: [box[0], box[2]] }].sort((a, b) => a.box[1] - b.box[1]);
}

export const removeSystem = (drafts: readonly Draft[], index: number): Draft[] => drafts.filter((_, k) => k !== index);

function change(drafts: readonly Draft[], index: number, make: (draft: Draft) => Draft): Draft[] {
  return drafts.map((draft, k) => (k === index ? make(draft) : draft));
}

export type Grip = { system: number; edge: Edge } | { system: number; line: number };

/** What lies under a pointer: a bar line first, then an edge, within `reach` (fractions of width and height). */
export function gripAt(drafts: readonly Draft[], x: number, y: number, reach: { x: number; y: number }): Grip | null {
  for (const [system, { box, lines }] of drafts.entries()) {
    if (y < box[1] - reach.y || y > box[3] + reach.y || x < box[0] - reach.x || x > box[2] + reach.x) continue;
    const inside = y > box[1] + reach.y && y < box[3] - reach.y;
    if (inside) {
      const near = lines.map((at, line) => ({ line, far: Math.abs(at - x) })).sort((a, b) => a.far - b.far)[0];
      if (near && near.far <= reach.x) return { system, line: near.line };
    }
    if (Math.abs(y - box[1]) <= reach.y) return { system, edge: "top" };
    if (Math.abs(y - box[3]) <= reach.y) return { system, edge: "bottom" };
    if (Math.abs(x - box[0]) <= reach.x) return { system, edge: "left" };
    if (Math.abs(x - box[2]) <= reach.x) return { system, edge: "right" };
  }
  return null;
}

/** "1-16, 1-16, 17-32" as pairs of bars; raises `RangeError` naming the part that cannot be. */
export function parseSections(text: string, last: number): [number, number][] {
  return text
    .split(/[,;\n]+/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const match = /^(\d+)(?:\s*[-–—]\s*(\d+))?$/.exec(part);
      const first = Number(match?.[1]);
      const end = Number(match?.[2] ?? match?.[1]);
      if (!match || first < 1 || end < first || end > last) throw new RangeError(part);
      return [first, end];
    });
}

export const writeSections = (sections: readonly (readonly [number, number])[]): string =>
  sections.map(([a, b]) => (a === b ? String(a) : `${a}–${b}`)).join(", ");

/** "1:02.5" or "62.5" in seconds, `null` for anything else. */
export function parseTime(text: string): number | null {
  const match = /^(?:(\d+):)?(?:(\d+):)?(\d+(?:[.,]\d+)?)$/.exec(text.trim());
  if (!match) return null;
  const [, a, b, rest] = match;
  const seconds = Number((rest as string).replace(",", "."));
  return b === undefined ? Number(a ?? 0) * 60 + seconds : Number(a) * 3600 + Number(b) * 60 + seconds;
}
