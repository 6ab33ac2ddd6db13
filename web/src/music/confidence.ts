/** How sure the alignment is along the recording, in three steps that are told by more than colour. */

import type { Section } from "./types";

export type Level = "sure" | "unsure" | "low" | "none";

/** Bounds of the steps; below `SURE` a link counts as uncertain in the library too. */
export const SURE = 0.9;
export const UNSURE = 0.5;

export const levelOf = (confidence: number): Level => (confidence >= SURE ? "sure" : confidence >= UNSURE ? "unsure" : "low");

export interface Stretch {
  start: number;
  end: number;
  level: Level;
  /** Lowest confidence in it. */
  confidence: number;
}

interface Aligned {
  sections: readonly Section[];
  confidence: number;
  bar_confidence?: readonly { start_s: number; confidence: number }[];
}

/** The recording from 0 to `duration` in stretches of one level; `none` where no music was matched. */
export function stretches(alignment: Aligned, duration: number): Stretch[] {
  const marks = [...(alignment.bar_confidence ?? [])].sort((a, b) => a.start_s - b.start_s);
  const out: Stretch[] = [];
  const add = (start: number, end: number, level: Level, confidence: number) => {
    if (end <= start) return;
    const last = out.at(-1);
    if (last && last.level === level && Math.abs(last.end - start) < 1e-6) {
      last.end = end;
      last.confidence = Math.min(last.confidence, confidence);
    } else out.push({ start, end, level, confidence });
  };
  let now = 0;
  for (const section of [...alignment.sections].sort((a, b) => a.start_s - b.start_s)) {
    const [start, end] = [Math.max(section.start_s, now), Math.min(section.end_s, duration)];
    if (end <= start) continue;
    add(now, start, "none", 0);
    const inside = marks.filter((m) => m.start_s > start && m.start_s < end);
    const before = marks.findLast((m) => m.start_s <= start);
    const cuts = [{ start_s: start, confidence: before?.confidence ?? inside[0]?.confidence ?? alignment.confidence }, ...inside];
    cuts.forEach((cut, k) => add(cut.start_s, cuts[k + 1]?.start_s ?? end, levelOf(cut.confidence), cut.confidence));
    now = end;
  }
  add(now, duration, "none", 0);
  return out;
}

/** Share of the matched music at each level. */
export function shares(list: readonly Stretch[]): Record<"sure" | "unsure" | "low", number> {
  const total = { sure: 0, unsure: 0, low: 0 };
  for (const { start, end, level } of list) if (level !== "none") total[level] += end - start;
  const all = total.sure + total.unsure + total.low || 1;
  return { sure: total.sure / all, unsure: total.unsure / all, low: total.low / all };
}
