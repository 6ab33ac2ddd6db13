/**
 * Every text of the app, by key. A translation is a file like `en.ts` that is added to `CATALOGUES`;
 * a key that it lacks is shown in English. `{name}` in a text stands for a value. A text with
 * grammatical numbers is a record by the categories of `Intl.PluralRules`; `{n}` chooses one.
 */

import { en } from "./en";
import type { Text } from "./types";

export type Key = keyof typeof en;
export type Catalogue = Partial<Record<Key, Text>>;

const CATALOGUES: Record<string, Catalogue> = { en };

const wanted = typeof navigator === "undefined" ? ["en"] : navigator.languages;
const chosen = wanted.map((tag) => tag.split("-")[0] as string).find((tag) => tag in CATALOGUES) ?? "en";
const plurals = new Intl.PluralRules(chosen);

/** The language in use, as a tag such as "en". */
export const language = (): string => chosen;

/** Returns the text of a key with its values. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const text: Text = CATALOGUES[chosen]?.[key] ?? en[key];
  const form = typeof text === "string" ? text : (text[plurals.select(Number(values.n))] ?? text.other);
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
