/** The confidence that a score and a recording belong together: as number, word and colour. */

import { h } from "../dom";
import { formatPercent } from "../format";
import { levelOf } from "../music/confidence";
import { t } from "../strings";

export function confidenceMark(confidence: number): HTMLElement {
  const level = levelOf(confidence);
  return h(
    "span",
    { class: `confidence confidence-${level === "low" ? "none" : level}`, title: t("confidence.hint", { level: t(`confidence.${level}`) }) },
    t("confidence.match", { share: formatPercent(confidence) }),
    h("span", { class: "unseen" }, ` (${t(`confidence.${level}`)})`),
  );
}
