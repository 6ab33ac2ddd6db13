/** The marks on the pages: the cursor, its bar, the bar under the pointer, the bars of the loop. */

import { svg } from "../dom";
import type { Bar } from "../music/bars";
import type { Box, PageRecord, Place } from "../music/types";
import type { Sheet } from "./sheet";

/** Fraction of a system's height that marks reach above and below its outer lines. */
const MARGIN = 0.25;

/** Returns the box of a system or a bar with a margin for what stands above and below the staves. */
export function withMargin([x0, y0, x1, y1]: Box, margin = MARGIN): Box {
  const more = (y1 - y0) * margin;
  return [x0, Math.max(y0 - more, 0), x1, Math.min(y1 + more, 1)];
}

export class Marks {
  private readonly cursor = svg("line", { class: "cursor", "vector-effect": "non-scaling-stroke" });
  private readonly bar = svg("rect", { class: "mark-now" });
  private readonly pointed = svg("rect", { class: "mark-pointed" });
  private barMarks: SVGRectElement[] = [];
  private shown: { page: number; system: number } | null = null;

  constructor(
    private readonly sheet: Sheet,
    private readonly pages: readonly PageRecord[],
    private readonly bars: readonly Bar[],
  ) {}

  /** Shows the cursor at a place and returns the box of its system; `null` hides it. */
  setCursor(place: Place | null): Box | null {
    if (!place) {
      this.cursor.remove();
      this.bar.remove();
      this.shown = null;
      return null;
    }
    const system = this.pages[place.page - 1]?.systems.find((k) => k.system === place.system);
    if (!system) return null;
    const box = withMargin(system.box);
    if (this.shown?.page !== place.page || this.shown.system !== place.system) {
      this.sheet.layers[place.page - 1]?.append(this.bar, this.cursor);
      this.cursor.setAttribute("y1", String(box[1]));
      this.cursor.setAttribute("y2", String(box[3]));
      this.shown = place;
    }
    // The place of the line is a transform: a frame needs no layout.
    this.cursor.setAttribute("transform", `translate(${place.x} 0)`);
    this.cursor.dataset.page = String(place.page);
    this.cursor.dataset.system = String(place.system);
    this.cursor.dataset.x = place.x.toFixed(5);
    this.cursor.dataset.bar = String(place.bar ?? "");
    const bar = place.bar === null ? null : this.bars[place.bar - 1];
    if (bar && bar.page === place.page && bar.system === place.system) put(this.bar, withMargin(bar.box));
    else put(this.bar, [0, 0, 0, 0]);
    return box;
  }

  /** Marks the bar under the pointer. */
  setPointed(bar: Bar | null): void {
    if (!bar) this.pointed.remove();
    else {
      put(this.pointed, withMargin(bar.box));
      this.sheet.layers[bar.page - 1]?.prepend(this.pointed);
    }
  }

  /** Marks the bars from `first` to `last`: the loop, or the bar that is chosen. */
  setBars(first: Bar | null, last: Bar | null): void {
    for (const mark of this.barMarks) mark.remove();
    this.barMarks = [];
    if (!first || !last) return;
    for (const bar of this.bars.slice(first.number - 1, last.number)) {
      const mark = svg("rect", { class: "mark-loop" });
      put(mark, withMargin(bar.box));
      this.sheet.layers[bar.page - 1]?.prepend(mark);
      this.barMarks.push(mark);
    }
  }
}

function put(rect: SVGRectElement, [x0, y0, x1, y1]: Box): void {
  rect.setAttribute("x", String(x0));
  rect.setAttribute("y", String(y0));
  rect.setAttribute("width", String(Math.max(x1 - x0, 0)));
  rect.setAttribute("height", String(Math.max(y1 - y0, 0)));
}
