/** What people type: sections as ranges of bars, times. */

import { type Bar, barNamed, nameOf } from "./bars";

/** Returns "1-16, 1-16, 17-32" as pairs of counted bars; throws `RangeError` with the part that is not valid. */
export function parseSections(text: string, bars: readonly Bar[]): [number, number][] {
  return text
    .split(/[,;\n]+/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const names = part.split(/\s*[-–—]\s*/);
      const first = barNamed(bars, names[0] ?? "");
      const last = barNamed(bars, names.at(-1) ?? "");
      if (!first || !last || names.length > 2 || last.number < first.number) throw new RangeError(part);
      return [first.number, last.number];
    });
}

export const formatSections = (sections: readonly (readonly [number, number])[], bars: readonly Bar[]): string =>
  sections.map(([a, b]) => (a === b ? nameOf(bars, a) : `${nameOf(bars, a)}–${nameOf(bars, b)}`)).join(", ");

/** Returns "1:02.5" or "62.5" in seconds, `null` for any other text. */
export function parseTime(text: string): number | null {
  const match = /^(?:(\d+):)?(?:(\d+):)?(\d+(?:[.,]\d+)?)$/.exec(text.trim());
  if (!match) return null;
  const [, a, b, rest] = match;
  const seconds = Number((rest as string).replace(",", "."));
  return b === undefined ? Number(a ?? 0) * 60 + seconds : Number(a) * 3600 + Number(b) * 60 + seconds;
}
