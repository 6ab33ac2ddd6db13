/** Bars of a score, numbered barline to barline from 1 through the printed score, and what lies under a pointer. */

import type { Box, PageRecord, SystemRecord } from "./types";

export interface Bar {
  number: number;
  page: number;
  system: number;
  /** Barline to barline, and the height of the system. */
  box: Box;
}

/** All bars in reading order. */
export function numberBars(pages: readonly PageRecord[]): Bar[] {
  const bars: Bar[] = [];
  for (const page of pages)
    for (const system of page.systems)
      for (const [x0, x1] of system.bars)
        bars.push({
          number: bars.length + 1,
          page: page.page,
          system: system.system,
          box: [x0, system.box[1], x1, system.box[3]],
        });
  return bars;
}

/**
 * The system under a point of a page: the one whose height, stretched half way to its
 * neighbours, holds y (staves do not reach as far as the notes do). `null` on a page without any.
 */
export function systemAt(page: PageRecord, x: number, y: number): SystemRecord | null {
  let best: SystemRecord | null = null;
  let least = Infinity;
  for (const system of page.systems) {
    const [x0, y0, x1, y1] = system.box;
    const far = Math.max(y0 - y, y - y1, 0) + Math.max(x0 - x, x - x1, 0);
    if (far < least) [best, least] = [system, far];
  }
  return best;
}

/** The bar under a point of a page; left of the first bar (at the clef) counts to it, right of the last to that. */
export function barAt(pages: readonly PageRecord[], bars: readonly Bar[], page: number, x: number, y: number): Bar | null {
  const record = pages.find((p) => p.page === page);
  const system = record && systemAt(record, x, y);
  if (!system) return null;
  const inside = bars.filter((b) => b.page === page && b.system === system.system);
  return inside.findLast((b) => b.box[0] <= x) ?? inside[0] ?? null;
}

/** Fraction of the page at which the music of a system begins and ends. */
export function reach(system: SystemRecord): [number, number] {
  const first = system.bars[0];
  const last = system.bars.at(-1);
  return [first ? first[0] : system.box[0], last ? last[1] : system.box[2]];
}
