/** What people type: sections as ranges of bars, times. */

/** Returns "1-16, 1-16, 17-32" as pairs of bars from 1 to `last`; throws `RangeError` with the part that is not valid. */
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

export const formatSections = (sections: readonly (readonly [number, number])[]): string =>
  sections.map(([a, b]) => (a === b ? String(a) : `${a}–${b}`)).join(", ");

/** Returns "1:02.5" or "62.5" in seconds, `null` for any other text. */
export function parseTime(text: string): number | null {
  const match = /^(?:(\d+):)?(?:(\d+):)?(\d+(?:[.,]\d+)?)$/.exec(text.trim());
  if (!match) return null;
  const [, a, b, rest] = match;
  const seconds = Number((rest as string).replace(",", "."));
  return b === undefined ? Number(a ?? 0) * 60 + seconds : Number(a) * 3600 + Number(b) * 60 + seconds;
}
