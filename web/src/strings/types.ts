/** The types of the catalogues of texts. */

/** A text, or one text for each category of `Intl.PluralRules`. */
export type Text = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);
