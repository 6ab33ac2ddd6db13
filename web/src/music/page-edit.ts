/** Edits of a page: systems, their edges and their barlines. Each function returns a new list; units are page fractions. */

import type { Box, StaffGroup, StaffKind, SystemRecord } from "./types";

export interface Draft {
  box: Box;
  staves: Box[];
  /** x of each barline, ascending; n lines are n - 1 bars. */
  lines: number[];
  /** Of each staff. */
  kinds: StaffKind[];
  /** `null`: to be read from the page. */
  groups: StaffGroup[] | null;
  /** The number printed at its beginning, empty for none; `null`: to be read from the page. */
  printed: string | null;
}

export type Edge = "left" | "top" | "right" | "bottom";
const AT: Record<Edge, 0 | 1 | 2 | 3> = { left: 0, top: 1, right: 2, bottom: 3 };

/** Barlines that are nearer than this are one. */
const MIN_LINE_GAP = 0.002;
/** Minimum width and height of a system. */
const MIN_SIZE = 0.01;

export const toDrafts = (systems: readonly SystemRecord[]): Draft[] =>
  systems.map(({ box, staves, bars, staff_kinds, groups, printed_number }) => ({
    box: [...box],
    staves: staves.map((k) => [...k] as Box),
    lines: linesOf(bars),
    kinds: staves.map((_, k) => staff_kinds?.[k] ?? "standard"),
    groups: groups ?? null,
    printed: printed_number ?? null,
  }));

/** Returns the barlines of bars: both ends of each bar, without duplicates. */
export function linesOf(bars: readonly [number, number][]): number[] {
  const ends = bars.flat().sort((a, b) => a - b);
  return ends.filter((x, k) => k === 0 || x - (ends[k - 1] as number) > MIN_LINE_GAP);
}

/** Returns the bars between barlines. */
export const barsOf = (lines: readonly number[]): [number, number][] =>
  lines.slice(1).map((x, k) => [lines[k] as number, x]);

/** Returns the systems as the API takes them, in reading order. */
export const toRecords = (drafts: readonly Draft[]) =>
  [...drafts]
    .sort((a, b) => a.box[1] + a.box[3] - b.box[1] - b.box[3])
    .map(({ box, staves, lines, kinds, groups, printed }) => ({
      box,
      staves,
      bars: barsOf(lines),
      staff_kinds: kinds,
      ...(groups && { groups }),
      ...(printed !== null && { printed_number: printed }),
    }));

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);

/** Moves an edge of a system. Its staves are scaled with it, its barlines stay within it. */
export function moveEdge(drafts: readonly Draft[], index: number, edge: Edge, to: number): Draft[] {
  return change(drafts, index, (draft) => {
    const box: Box = [...draft.box];
    const k = AT[edge];
    box[k] = k < 2 ? clamp(to, 0, (box[k + 2] as number) - MIN_SIZE) : clamp(to, (box[k - 2] as number) + MIN_SIZE, 1);
    return { ...draft, box, staves: scaleStaves(draft.staves, draft.box, box), lines: draft.lines.map((x) => clamp(x, box[0], box[2])) };
  });
}

/** Scales staves from one box to another. */
function scaleStaves(staves: readonly Box[], from: Box, to: Box): Box[] {
  const y = (value: number) => to[1] + ((value - from[1]) / (from[3] - from[1])) * (to[3] - to[1]);
  return staves.map((k) => [to[0], y(k[1]), to[2], y(k[3])]);
}

/** Moves a barline, at most to its neighbours. */
export function moveLine(drafts: readonly Draft[], index: number, line: number, to: number): Draft[] {
  return change(drafts, index, (draft) => {
    const low = (draft.lines[line - 1] ?? draft.box[0] - MIN_LINE_GAP) + MIN_LINE_GAP;
    const high = (draft.lines[line + 1] ?? draft.box[2] + MIN_LINE_GAP) - MIN_LINE_GAP;
    return { ...draft, lines: draft.lines.map((x, k) => (k === line ? clamp(to, low, high) : x)) };
  });
}

export function addLine(drafts: readonly Draft[], index: number, x: number): Draft[] {
  return change(drafts, index, (draft) => {
    if (draft.lines.some((line) => Math.abs(line - x) <= MIN_LINE_GAP)) return draft;
    return { ...draft, lines: [...draft.lines, clamp(x, draft.box[0], draft.box[2])].sort((a, b) => a - b) };
  });
}

export function removeLine(drafts: readonly Draft[], index: number, line: number): Draft[] {
  return change(drafts, index, (draft) => ({ ...draft, lines: draft.lines.filter((_, k) => k !== line) }));
}

/** Adds a system. Its staves are placed as in the first system of the page, or as two staves where there is none. */
export function addSystem(drafts: readonly Draft[], box: Box): Draft[] {
  const like = drafts[0];
  const staves = like
    ? scaleStaves(like.staves, like.box, box)
    : scaleStaves([[0, 0, 1, 0.38], [0, 0.62, 1, 1]], [0, 0, 1, 1], box);
  const kinds: StaffKind[] = like ? like.kinds : staves.map(() => "standard");
  return [...drafts, { box, staves, lines: [box[0], box[2]], kinds, groups: null, printed: null }].sort((a, b) => a.box[1] - b.box[1]);
}

/** Changes the number that is printed at the beginning of a system; empty: none. */
export const setPrinted = (drafts: readonly Draft[], index: number, printed: string): Draft[] =>
  change(drafts, index, (draft) => ({ ...draft, printed }));

export const setKind = (drafts: readonly Draft[], index: number, staff: number, kind: StaffKind): Draft[] =>
  change(drafts, index, (draft) => ({ ...draft, kinds: draft.kinds.map((k, at) => (at === staff ? kind : k)) }));

export const removeSystem = (drafts: readonly Draft[], index: number): Draft[] => drafts.filter((_, k) => k !== index);

function change(drafts: readonly Draft[], index: number, make: (draft: Draft) => Draft): Draft[] {
  return drafts.map((draft, k) => (k === index ? make(draft) : draft));
}

/** A part of a system that can be moved; `system`, `line` and `staff` are indices from 0. */
export type Grip = { system: number; edge: Edge } | { system: number; line: number } | { system: number; staff: number };

/** Returns the part within `reach` of a point: a barline if there is one, else an edge. */
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
