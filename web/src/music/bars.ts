/** The bars of a score, numbered from 1, barline to barline, through the printed score. */

import type { Box, PageRecord, SystemRecord } from "./types";

export interface Bar {
  number: number;
  page: number;
  system: number;
  /** From barline to barline, with the height of the system. */
  box: Box;
}

/** Returns all bars in reading order. */
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
 * Returns the system nearest to a point of a page, since notes reach beyond the box of their
 * system; `null` on a page without systems.
 */
export function systemAt(page: PageRecord, x: number, y: number): SystemRecord | null {
  let best: SystemRecord | null = null;
  let minDistance = Infinity;
  for (const system of page.systems) {
    const [x0, y0, x1, y1] = system.box;
    const distance = Math.max(y0 - y, y - y1, 0) + Math.max(x0 - x, x - x1, 0);
    if (distance < minDistance) [best, minDistance] = [system, distance];
  }
  return best;
}

/** Returns the bar under a point of a page; the clef belongs to the first bar, the right margin to the last. */
export function barAt(pages: readonly PageRecord[], bars: readonly Bar[], page: number, x: number, y: number): Bar | null {
  const record = pages.find((p) => p.page === page);
  const system = record && systemAt(record, x, y);
  if (!system) return null;
  const inside = bars.filter((b) => b.page === page && b.system === system.system);
  return inside.findLast((b) => b.box[0] <= x) ?? inside[0] ?? null;
}

/** Returns the x, in page fractions, at which the music of a system begins and ends. */
export function reach(system: SystemRecord): [number, number] {
  const first = system.bars[0];
  const last = system.bars.at(-1);
  return [first ? first[0] : system.box[0], last ? last[1] : system.box[2]];
}
