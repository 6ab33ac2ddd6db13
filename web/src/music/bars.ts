/**
 * The bars of a score, counted from 1, barline to barline, through the printed score, and the numbers
 * that an editor gives them, which people read and type.
 */

import type { Box, PageRecord, SystemRecord } from "./types";

export interface Bar {
  /** Counts from 1, as the API does. */
  number: number;
  /** The editor's number, such as "12b"; in a score of several movements that each have it, "2/12b". */
  name: string;
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
      system.bars.forEach(([x0, x1], k) =>
        bars.push({
          number: bars.length + 1,
          name: system.numbers?.[k] ?? String(bars.length + 1),
          page: page.page,
          system: system.system,
          box: [x0, system.box[1], x1, system.box[3]],
        }),
      );
  tellMovementsApart(bars);
  return bars;
}

/** Puts the number of the movement before the names that several bars have. A movement begins where numbers fall. */
function tellMovementsApart(bars: Bar[]): void {
  const counts = new Map<string, number>();
  for (const { name } of bars) counts.set(name, (counts.get(name) ?? 0) + 1);
  let [movement, before] = [1, Number.NEGATIVE_INFINITY];
  for (const bar of bars) {
    const value = Number.parseInt(bar.name, 10);
    if (value < before) movement += 1;
    before = value;
    if ((counts.get(bar.name) ?? 0) > 1) bar.name = `${movement}/${bar.name}`;
  }
}

/** Returns the name of a bar that is counted; "?" where it is not known. */
export function nameOf(bars: readonly Bar[], number: number | null | undefined): string {
  return number ? (bars[number - 1]?.name ?? String(number)) : "?";
}

/** Returns the bar that people call so; without a movement the one in the first movement that has it. */
export function barNamed(bars: readonly Bar[], text: string): Bar | null {
  const name = text.trim();
  return bars.find((b) => b.name === name) ?? bars.find((b) => b.name.endsWith(`/${name}`)) ?? null;
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
