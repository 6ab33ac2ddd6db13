/** The search and the filters of the library. */

import type { DocumentRecord, Kind } from "./api";
import { HIGH_CONFIDENCE } from "./music/confidence";

export type KindFilter = "all" | Kind;
export type LinkFilter = "any" | "linked" | "unlinked" | "uncertain";

/** Returns a text without case and accents, so that "fur elise" finds "Für Elise". */
export const foldCase = (text: string) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase();

/** Returns the documents of a kind and a state of links that have all words in their title or file name. */
export function filterDocuments(
  all: readonly DocumentRecord[],
  words: string,
  shown: KindFilter,
  filter: LinkFilter,
): DocumentRecord[] {
  const parts = foldCase(words).split(/\s+/).filter(Boolean);
  return all.filter((d) => {
    if (shown !== "all" && d.kind !== shown) return false;
    const best = d.links[0]?.confidence;
    if (filter === "linked" && best === undefined) return false;
    if (filter === "unlinked" && best !== undefined) return false;
    if (filter === "uncertain" && (best === undefined || best >= HIGH_CONFIDENCE)) return false;
    if (!parts.length) return true;
    const name = foldCase(`${d.title} ${d.name}`);
    return parts.every((part) => name.includes(part));
  });
}
