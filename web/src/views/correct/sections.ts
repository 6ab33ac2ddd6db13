/** The panel of sections: the order in which the bars are played. */

import type { AlignmentRecord } from "../../api";
import { button, h } from "../../dom";
import { formatTime } from "../../format";
import { type Bar, nameOf } from "../../music/bars";
import { formatSections, parseSections } from "../../music/parse";
import { t } from "../../strings";

/** Returns the panel; `bars` are those of the score. An empty list to `change` lets the order be found. */
export function sectionsPanel(alignment: AlignmentRecord | null, bars: readonly Bar[], change: (sections: [number, number][]) => void): HTMLElement {
  const corrected = alignment?.corrections.sections ?? [];
  const played = alignment?.sections ?? [];
  const found = played.flatMap((k) => (k.first_bar && k.last_bar ? [[k.first_bar, k.last_bar] as const] : []));
  const text = h(
    "textarea",
    { class: "field", id: "sections", rows: 3, placeholder: formatSections(found, bars), "aria-describedby": "sections-hint" },
    formatSections(corrected, bars),
  );
  const problem = h("p", { class: "small bad", role: "alert" });
  return h(
    "form",
    {
      class: "form",
      onsubmit: (event: SubmitEvent) => {
        event.preventDefault();
        try {
          change(parseSections(text.value, bars));
        } catch (error) {
          problem.textContent = t("sections.problem", { part: (error as Error).message, ...ends(bars) });
        }
      },
    },
    h("p", { class: "small muted", id: "sections-hint" }, t("sections.hint")),
    h("label", { for: "sections" }, t("sections.order")),
    text,
    problem,
    h(
      "div",
      { class: "group" },
      h("button", { type: "submit", class: "button button-main" }, t("sections.apply")),
      corrected.length > 0 && button(null, t("sections.reset"), () => change([])),
    ),
    h("h2", {}, t("sections.played")),
    h(
      "ol",
      { class: "anchors" },
      played.map((k) =>
        h(
          "li",
          { class: "numbers" },
          `${formatTime(k.start_s, true)}–${formatTime(k.end_s, true)}`,
          h("span", { class: "muted" }, k.first_bar ? t("sections.bars", { first: nameOf(bars, k.first_bar), last: nameOf(bars, k.last_bar) }) : ""),
        ),
      ),
    ),
  );
}

/** The names of the first and the last bar. */
export const ends = (bars: readonly Bar[]): { first: string; last: string } => ({ first: nameOf(bars, 1), last: nameOf(bars, bars.length) });
