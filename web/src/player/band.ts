/** The band under the waveform: how sure it is, bar by bar, that the place on the page is right. */

import { h, swap } from "../dom";
import { clock, percent } from "../format";
import { shares, type Stretch } from "../music/confidence";
import { t } from "../strings";

const NAMES = { sure: "place.sure", unsure: "place.unsure", low: "place.low", none: "place.none" } as const;

/** Fill the band with the stretches of a recording of `duration` seconds. */
export function showBand(band: HTMLElement, list: readonly Stretch[], duration: number): void {
  const parts = list.map(({ start, end, level, confidence }) => {
    const range = `${clock(start)}–${clock(end)}`;
    const part = h("span", {
      class: `band-part band-${level}`,
      title: level === "none" ? `${range}: ${t(NAMES.none)}` : t("place.chance", { range, level: t(NAMES[level]), share: percent(confidence) }),
    });
    part.style.left = `${(100 * start) / duration}%`;
    part.style.width = `${(100 * (end - start)) / duration}%`;
    return part;
  });
  swap(band, parts);
  band.setAttribute("role", "img");
  band.setAttribute("aria-label", inWords(list));
}

/** The same in a sentence. */
export function inWords(list: readonly Stretch[]): string {
  if (!list.some((k) => k.level !== "none")) return t("place.none");
  const share = shares(list);
  return t("place.shares", { sure: percent(share.sure), unsure: percent(share.unsure), low: percent(share.low) });
}
