/** The confidence band under the waveform. */

import { h, swap } from "../dom";
import { clock, percent } from "../format";
import { shares, type Stretch } from "../music/confidence";
import { t } from "../strings";

const NAMES = { sure: "confidence.sure", unsure: "confidence.unsure", low: "confidence.low", none: "confidence.none" } as const;

/** Fill the band with the stretches of a recording of `duration` seconds. */
export function showBand(band: HTMLElement, list: readonly Stretch[], duration: number): void {
  const parts = list.map(({ start, end, level, confidence }) => {
    const range = `${clock(start)}–${clock(end)}`;
    const part = h("span", {
      class: `band-part band-${level}`,
      title: level === "none" ? `${range}: ${t(NAMES.none)}` : `${range}: ${t(NAMES[level])} (${percent(confidence)})`,
    });
    part.style.left = `${(100 * start) / duration}%`;
    part.style.width = `${(100 * (end - start)) / duration}%`;
    return part;
  });
  swap(band, parts);
  const share = shares(list);
  band.setAttribute("role", "img");
  band.setAttribute(
    "aria-label",
    list.some((k) => k.level !== "none")
      ? t("confidence.band", { sure: percent(share.sure), unsure: percent(share.unsure), low: percent(share.low) })
      : t("confidence.none"),
  );
}
