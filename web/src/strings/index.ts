/**
 * Every word that is shown, by key. A translation is one more file like `en.ts`, added to
 * `CATALOGUES`; what it lacks is shown in English. `{name}` stands for a value; a text in
 * several grammatical numbers is a record by the categories of `Intl.PluralRules`,
 * chosen by `{n}`.
 */

import { en } from "./en";

export type Text = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);
export type Key = keyof typeof en;
export type Catalogue = Partial<Record<Key, Text>>;

const CATALOGUES: Record<string, Catalogue> = { en };

const wanted = typeof navigator === "undefined" ? ["en"] : navigator.languages;
const chosen = wanted.map((tag) => tag.split("-")[0] as string).find((tag) => tag in CATALOGUES) ?? "en";
const plurals = new Intl.PluralRules(chosen);

export const language = (): string => chosen;

export function t(key: Key, values: Record<string, string | number> = {}): string {
  const text: Text = CATALOGUES[chosen]?.[key] ?? en[key];
  const form = typeof text === "string" ? text : (text[plurals.select(Number(values.n))] ?? text.other);
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
