/**
 * A long list of which only the rows near the window exist, so that 5,000 rows cost as much as twenty.
 * All rows have the height that the style sheet gives as `--row`.
 */

import { h } from "../../dom";

/** Rows that exist above and below the window. */
const OVERSCAN = 6;

export interface VirtualList<T> {
  element: HTMLElement;
  show(items: readonly T[]): void;
  close(): void;
}

export function virtualList<T extends { id: string }>(label: string, render: (item: T) => HTMLElement): VirtualList<T> {
  const element = h("ul", { class: "rows", "aria-label": label });
  const rows = new Map<string, { item: T; row: HTMLElement }>();
  let items: readonly T[] = [];
  let pending = 0;

  function draw(): void {
    pending = 0;
    const height = Number.parseFloat(getComputedStyle(element).getPropertyValue("--row")) || 80;
    element.style.height = `${items.length * height}px`;
    const top = -element.getBoundingClientRect().top;
    // A list that has become short may still be scrolled beyond its end: its end is drawn then.
    const seen = Math.ceil(innerHeight / height) + 1;
    const start = Math.min(Math.max(Math.floor(top / height), 0), Math.max(items.length - seen, 0));
    const first = Math.max(start - OVERSCAN, 0);
    const last = Math.min(start + seen + OVERSCAN, items.length);
    const focused = element.contains(document.activeElement) ? document.activeElement?.closest("li") : null;
    const wanted = new Set<string>();
    let before: HTMLElement | null = null;
    for (let k = first; k < last; k++) {
      const item = items[k] as T;
      wanted.add(item.id);
      let known = rows.get(item.id);
      if (known?.item !== item) {
        known?.row.remove();
        known = { item, row: h("li", {}, render(item)) };
        rows.set(item.id, known);
      }
      const { row } = known;
      row.setAttribute("aria-setsize", String(items.length));
      row.setAttribute("aria-posinset", String(k + 1));
      row.style.transform = `translateY(${k * height}px)`;
      // The rows are in reading order in the document, as keyboards and screen readers need it.
      const next: Element | null = before ? before.nextElementSibling : element.firstElementChild;
      if (next !== row) element.insertBefore(row, next);
      before = row;
    }
    for (const [id, { row }] of rows)
      if (!wanted.has(id) && row !== focused) {
        row.remove();
        rows.delete(id);
      }
  }

  const soon = () => {
    pending ||= requestAnimationFrame(draw);
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  return {
    element,
    show(list) {
      items = list;
      draw();
    },
    close() {
      cancelAnimationFrame(pending);
      removeEventListener("scroll", soon);
      removeEventListener("resize", soon);
    },
  };
}
