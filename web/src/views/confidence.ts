/** How sure it is that a score and a recording belong together: as number, word and colour. */
import { h } from "../dom";
import { percent } from "../format";
import { levelOf } from "../music/confidence";
import { t } from "../strings";

const CLASSES = { sure: "sure", unsure: "unsure", low: "none", none: "none" } as const;

export function confidenceMark(confidence: number): HTMLElement {
  const level = levelOf(confidence);
  return h(
    "span",
    { class: `confidence confidence-${CLASSES[level]}`, title: t("confidence.hint", { level: t(`confidence.${level}`) }) },
    t("confidence.match", { share: percent(confidence) }),
    h("span", { class: "unseen" }, ` (${t(`confidence.${level}`)})`),
  );
}
