/** The panel of sections: the order in which the bars are played. */

import type { AlignmentRecord } from "../../api";
import { button, h } from "../../dom";
import { formatTime } from "../../format";
import { formatSections, parseSections } from "../../music/parse";
import { t } from "../../strings";

/** Returns the panel; `bars` is the number of bars of the score. An empty list to `change` lets the order be found. */
export function sectionsPanel(alignment: AlignmentRecord | null, bars: number, change: (sections: [number, number][]) => void): HTMLElement {
  const corrected = alignment?.corrections.sections ?? [];
  const played = alignment?.sections ?? [];
  const found = played.flatMap((k) => (k.first_bar && k.last_bar ? [[k.first_bar, k.last_bar] as const] : []));
  const text = h(
    "textarea",
    { class: "field", id: "sections", rows: 3, placeholder: formatSections(found), "aria-describedby": "sections-hint" },
    formatSections(corrected),
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
          problem.textContent = t("sections.problem", { part: (error as Error).message, n: bars });
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
          h("span", { class: "muted" }, k.first_bar ? t("sections.bars", { first: k.first_bar, last: k.last_bar ?? "?" }) : ""),
        ),
      ),
    ),
  );
}
