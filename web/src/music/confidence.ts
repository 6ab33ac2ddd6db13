/** The confidence of an alignment along the recording, in three levels. */

import type { Section } from "./types";

/** `none` is where no music of the score was found. */
export type Level = "high" | "medium" | "low" | "none";

/** Lower bounds of the levels. The library lists a link below the first as uncertain. */
export const HIGH_CONFIDENCE = 0.9;
const MEDIUM_CONFIDENCE = 0.5;

/** Returns the level of a confidence from 0 to 1. */
export const levelOf = (confidence: number): Level => (confidence >= HIGH_CONFIDENCE ? "high" : confidence >= MEDIUM_CONFIDENCE ? "medium" : "low");

/** Part of a recording with one level; times in seconds. */
export interface ConfidenceSpan {
  start: number;
  end: number;
  level: Level;
  /** Lowest confidence in the span, 0 to 1. */
  confidence: number;
}

/** The part of an alignment that is used here. */
interface Aligned {
  sections: readonly Section[];
  confidence: number;
  bar_confidence?: readonly { start_s: number; confidence: number }[];
}

/** Returns the recording from 0 to `duration` as spans of one level, without gaps. */
export function confidenceSpans(alignment: Aligned, duration: number): ConfidenceSpan[] {
  const marks = [...(alignment.bar_confidence ?? [])].sort((a, b) => a.start_s - b.start_s);
  const out: ConfidenceSpan[] = [];
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

/** Returns the share of each level in the time that has music of the score. */
export function levelShares(list: readonly ConfidenceSpan[]): Record<"high" | "medium" | "low", number> {
  const total = { high: 0, medium: 0, low: 0 };
  for (const { start, end, level } of list) if (level !== "none") total[level] += end - start;
  const all = total.high + total.medium + total.low || 1;
  return { high: total.high / all, medium: total.medium / all, low: total.low / all };
}
