/** Edits of a page's staves: added, moved and removed, systems joined and split. Each function returns a new list; units are page fractions. */

import type { Draft } from "./page-edit";
import type { Box, StaffGroup } from "./types";

/** Height of a staff where there is none to take it from. */
const STAFF_HEIGHT = 0.02;
/** Share of the room between two staves that a staff added there may take. */
const SHARE = 0.6;
/** How far beside the staves of a system its outer barlines may stand. */
const ASIDE = 0.01;
/** Minimum room between two staves. */
const MIN_GAP = 0.001;

const middle = ([, y0, , y1]: Box) => (y0 + y1) / 2;
const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), Math.max(low, high));

/** Returns the systems with one in place of two: it has the staves of both, and the barlines of the one with more. */
export function joinSystems(drafts: readonly Draft[], index: number): Draft[] {
  const [upper, lower] = [drafts[index], drafts[index + 1]];
  if (!upper || !lower) return [...drafts];
  const box: Box = [Math.min(upper.box[0], lower.box[0]), upper.box[1], Math.max(upper.box[2], lower.box[2]), lower.box[3]];
  const count = upper.staves.length;
  const joined: Draft = {
    box,
    staves: [...upper.staves, ...lower.staves],
    lines: lower.lines.length > upper.lines.length ? lower.lines : upper.lines,
    kinds: [...upper.kinds, ...lower.kinds],
    groups: upper.groups && lower.groups && [...upper.groups, ...lower.groups.map((group) => shift(group, count))],
    printed: upper.printed,
  };
  return [...drafts.slice(0, index), joined, ...drafts.slice(index + 2)];
}

/** Returns the systems with two in place of one: the second begins with the staff `staff`, counted from 0. */
export function splitSystem(drafts: readonly Draft[], index: number, staff: number): Draft[] {
  const draft = drafts[index];
  if (!draft || staff < 1 || staff >= draft.staves.length) return [...drafts];
  const part = (from: number, to: number, printed: string | null): Draft => {
    const staves = draft.staves.slice(from, to);
    const [x0, x1] = [Math.min(...staves.map((k) => k[0])), Math.max(...staves.map((k) => k[2]))];
    return hull({
      box: [x0, 0, x1, 1],
      staves,
      lines: draft.lines.filter((x) => x >= x0 - ASIDE && x <= x1 + ASIDE),
      kinds: draft.kinds.slice(from, to),
      groups: draft.groups && draft.groups.filter((k) => k.first > from && k.last <= to).map((k) => shift(k, -from)),
      printed,
    });
  };
  const halves = [part(0, staff, draft.printed), part(staff, draft.staves.length, null)];
  return [...drafts.slice(0, index), ...halves, ...drafts.slice(index + 1)];
}

/** Returns the systems with one more staff, its middle at `y`, and its index from 0. */
export function addStaff(drafts: readonly Draft[], index: number, y: number): { drafts: Draft[]; staff: number } {
  const draft = drafts[index];
  if (!draft) return { drafts: [...drafts], staff: 0 };
  const staff = draft.staves.filter((k) => middle(k) < y).length;
  const near = draft.staves[Math.min(staff, draft.staves.length - 1)];
  const [above, below] = roomAt(draft, staff - 1, staff);
  const height = Math.min(near ? near[3] - near[1] : STAFF_HEIGHT, (below - above) * SHARE);
  const top = clamp(y - height / 2, above, below - height);
  const added: Box = [draft.box[0], top, draft.box[2], top + height];
  const moved = (at: number, from: number) => (at > from ? at + 1 : at);
  const made = hull({
    ...draft,
    staves: insert(draft.staves, staff, added),
    kinds: insert(draft.kinds, staff, draft.kinds[Math.min(staff, draft.kinds.length - 1)] ?? "standard"),
    groups: draft.groups && draft.groups.map((k) => ({ ...k, first: moved(k.first, staff), last: moved(k.last, staff) })),
  });
  return { drafts: replace(drafts, index, made), staff };
}

/** Returns where a staff that is added above or below another has its middle. */
export function yBeside(draft: Draft, staff: number, side: "above" | "below"): number {
  const here = draft.staves[staff];
  if (!here) return middle(draft.box);
  const other = draft.staves[side === "above" ? staff - 1 : staff + 1];
  if (other) return (middle(here) + middle(other)) / 2;
  const [first, second] = draft.staves;
  const step = first && second ? middle(second) - middle(first) : 2.5 * (here[3] - here[1]);
  return middle(here) + (side === "above" ? -step : step);
}

/** Returns the systems without a staff; the last one of a system stays. */
export function removeStaff(drafts: readonly Draft[], index: number, staff: number): Draft[] {
  const draft = drafts[index];
  if (!draft || draft.staves.length < 2) return [...drafts];
  const number = staff + 1;
  const groups = draft.groups
    ?.map((k) => ({ ...k, first: k.first > number ? k.first - 1 : k.first, last: k.last >= number ? k.last - 1 : k.last }))
    .filter((k) => k.first <= k.last);
  const without = <T>(list: readonly T[]) => list.filter((_, k) => k !== staff);
  return replace(drafts, index, hull({ ...draft, staves: without(draft.staves), kinds: without(draft.kinds), groups: groups ?? null }));
}

/** Returns the systems with the middle of a staff moved to `y`, at most to its neighbours. */
export function moveStaff(drafts: readonly Draft[], index: number, staff: number, y: number): Draft[] {
  const draft = drafts[index];
  const here = draft?.staves[staff];
  if (!draft || !here) return [...drafts];
  const [above, below] = roomAt(draft, staff - 1, staff + 1);
  const height = here[3] - here[1];
  const top = clamp(y - height / 2, above, below - height);
  const staves = draft.staves.map((k, at): Box => (at === staff ? [k[0], top, k[2], top + height] : k));
  return replace(drafts, index, hull({ ...draft, staves }));
}

/** Returns the y between which a staff may stand: below one staff and above another. */
const roomAt = (draft: Draft, above: number, below: number): [number, number] => [
  (draft.staves[above]?.[3] ?? -MIN_GAP) + MIN_GAP,
  (draft.staves[below]?.[1] ?? 1 + MIN_GAP) - MIN_GAP,
];

/** Returns a system whose box reaches from its first staff to its last. */
function hull(draft: Draft): Draft {
  const [first, last] = [draft.staves[0], draft.staves[draft.staves.length - 1]];
  return first && last ? { ...draft, box: [draft.box[0], first[1], draft.box[2], last[3]] } : draft;
}

const shift = (group: StaffGroup, by: number): StaffGroup => ({ ...group, first: group.first + by, last: group.last + by });
const insert = <T>(list: readonly T[], at: number, item: T): T[] => [...list.slice(0, at), item, ...list.slice(at)];
const replace = (drafts: readonly Draft[], index: number, draft: Draft): Draft[] => drafts.map((k, at) => (at === index ? draft : k));
