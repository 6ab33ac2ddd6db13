/** What is drawn on the pages while music sounds: the cursor, the bar it is in, the bar under the pointer, the loop. */

import { s } from "../dom";
import type { Bar } from "../music/bars";
import type { Box, PageRecord, Place } from "../music/types";
import type { Sheet } from "./sheet";

const ABOVE = 0.25; // of a system's height: how far marks reach over and under its outer lines

/** The box of a system or a bar, stretched up and down to hold what stands outside the staves. */
export function stretched([x0, y0, x1, y1]: Box, share = ABOVE): Box {
  const more = (y1 - y0) * share;
  return [x0, Math.max(y0 - more, 0), x1, Math.min(y1 + more, 1)];
}

export class Marks {
  private readonly cursor = s("line", { class: "cursor", "vector-effect": "non-scaling-stroke" });
  private readonly bar = s("rect", { class: "mark-now" });
  private readonly pointed = s("rect", { class: "mark-pointed" });
  private loop: SVGRectElement[] = [];
  private shown: { page: number; system: number } | null = null;

  constructor(
    private readonly sheet: Sheet,
    private readonly pages: readonly PageRecord[],
    private readonly bars: readonly Bar[],
  ) {}

  /** Put the cursor; returns the box of its system. */
  place(place: Place | null): Box | null {
    if (!place) {
      this.cursor.remove();
      this.bar.remove();
      this.shown = null;
      return null;
    }
    const system = this.pages[place.page - 1]?.systems.find((k) => k.system === place.system);
    if (!system) return null;
    const box = stretched(system.box);
    if (this.shown?.page !== place.page || this.shown.system !== place.system) {
      this.sheet.layers[place.page - 1]?.append(this.bar, this.cursor);
      this.cursor.setAttribute("y1", String(box[1]));
      this.cursor.setAttribute("y2", String(box[3]));
      this.shown = place;
    }
    // The line itself stays, its place is a transform: nothing is laid out anew at each frame.
    this.cursor.setAttribute("transform", `translate(${place.x} 0)`);
    this.cursor.dataset.page = String(place.page);
    this.cursor.dataset.system = String(place.system);
    this.cursor.dataset.x = place.x.toFixed(5);
    this.cursor.dataset.bar = String(place.bar ?? "");
    const bar = place.bar === null ? null : this.bars[place.bar - 1];
    if (bar && bar.page === place.page && bar.system === place.system) put(this.bar, stretched(bar.box));
    else put(this.bar, [0, 0, 0, 0]);
    return box;
  }

  /** The bar under the pointer. */
  point(bar: Bar | null): void {
    if (!bar) this.pointed.remove();
    else {
      put(this.pointed, stretched(bar.box));
      this.sheet.layers[bar.page - 1]?.prepend(this.pointed);
    }
  }

  /** The bars of the loop. */
  span(first: Bar | null, last: Bar | null): void {
    for (const mark of this.loop) mark.remove();
    this.loop = [];
    if (!first || !last) return;
    for (const bar of this.bars.slice(first.number - 1, last.number)) {
      const mark = s("rect", { class: "mark-loop" });
      put(mark, stretched(bar.box));
      this.sheet.layers[bar.page - 1]?.prepend(mark);
      this.loop.push(mark);
    }
  }
}

function put(rect: SVGRectElement, [x0, y0, x1, y1]: Box): void {
  rect.setAttribute("x", String(x0));
  rect.setAttribute("y", String(y0));
  rect.setAttribute("width", String(Math.max(x1 - x0, 0)));
  rect.setAttribute("height", String(Math.max(y1 - y0, 0)));
}
