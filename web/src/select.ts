/** Which documents of the library are asked for. */

import type { DocumentRecord, Kind } from "./api";
import { SURE } from "./music/confidence";

export type Shown = "all" | Kind;
export type Filter = "any" | "linked" | "unlinked" | "uncertain";

/** Letters without case and accents, so that "fur elise" finds "Für Elise". */
export const folded = (text: string) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase();

/** The documents that are asked for: every word in title or file name, of this kind, in this state. */
export function select(
  all: readonly DocumentRecord[],
  words: string,
  shown: Shown,
  filter: Filter,
): DocumentRecord[] {
  const parts = folded(words).split(/\s+/).filter(Boolean);
  return all.filter((d) => {
    if (shown !== "all" && d.kind !== shown) return false;
    const best = d.links[0]?.confidence;
    if (filter === "linked" && best === undefined) return false;
    if (filter === "unlinked" && best !== undefined) return false;
    if (filter === "uncertain" && (best === undefined || best >= SURE)) return false;
    if (!parts.length) return true;
    const name = folded(`${d.title} ${d.name}`);
    return parts.every((part) => name.includes(part));
  });
}
