/** The band under the waveform: the confidence, bar by bar, that the place on the page is right. */

import { h, setChildren } from "../dom";
import { formatPercent, formatTime } from "../format";
import { type ConfidenceSpan, levelShares } from "../music/confidence";
import { t } from "../strings";

const NAMES = { high: "place.high", medium: "place.medium", low: "place.low", none: "place.none" } as const;

/** Draws the spans of a recording of `duration` seconds into the band. */
export function drawConfidenceBand(band: HTMLElement, spans: readonly ConfidenceSpan[], duration: number): void {
  const parts = spans.map(({ start, end, level, confidence }) => {
    const range = `${formatTime(start)}–${formatTime(end)}`;
    const part = h("span", {
      class: `band-part band-${level}`,
      title: level === "none" ? `${range}: ${t(NAMES.none)}` : t("place.chance", { range, level: t(NAMES[level]), share: formatPercent(confidence) }),
    });
    part.style.left = `${(100 * start) / duration}%`;
    part.style.width = `${(100 * (end - start)) / duration}%`;
    return part;
  });
  setChildren(band, parts);
  band.setAttribute("role", "img");
  band.setAttribute("aria-label", describeConfidence(spans));
}

/** Describes the spans in a sentence, for screen readers. */
export function describeConfidence(spans: readonly ConfidenceSpan[]): string {
  if (!spans.some((span) => span.level !== "none")) return t("place.none");
  const { high, medium, low } = levelShares(spans);
  return t("place.shares", { high: formatPercent(high), medium: formatPercent(medium), low: formatPercent(low) });
}
