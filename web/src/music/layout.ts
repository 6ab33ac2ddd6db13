/** The layout of the pages: one at a time, two side by side, or all in one strip. The unit is the page width. */

export type Mode = "page" | "spread" | "strip";

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Layout {
  mode: Mode;
  /** Rectangle of each page; pages of different turns overlap, except in a strip. */
  pages: Rect[];
  /** Index of the turn of each page: the pages that are shown together. In a strip each page is a turn. */
  turnOf: number[];
  /** The rectangle to show at each turn. */
  turns: Rect[];
}

/** Page widths between two pages. */
const GUTTER = 0.02;

/** Returns the layout of pages of the given sizes in px. */
export function layOutPages(mode: Mode, sizes: readonly { width: number; height: number }[]): Layout {
  const heights = sizes.map((s) => s.height / s.width);
  if (mode === "strip") {
    let y = 0;
    const pages = heights.map((height) => {
      const rect = { x: 0, y, width: 1, height };
      y += height + GUTTER;
      return rect;
    });
    return { mode, pages, turnOf: pages.map((_, k) => k), turns: pages };
  }
  const perTurn = mode === "spread" ? 2 : 1;
  const pages: Rect[] = [];
  const turnOf: number[] = [];
  const turns: Rect[] = [];
  for (let k = 0; k < heights.length; k += perTurn) {
    const here = heights.slice(k, k + perTurn);
    const tallest = Math.max(...here);
    here.forEach((height, i) => {
      pages.push({ x: i * (1 + GUTTER), y: (tallest - height) / 2, width: 1, height });
      turnOf.push(turns.length);
    });
    // A single last page stays on the left half.
    turns.push({ x: 0, y: 0, width: perTurn === 2 ? 2 + GUTTER : 1, height: tallest });
  }
  return { mode, pages, turnOf, turns };
}

/** Returns the page of `turn` (in a strip: any page) under a point of the layout, and the place on it in page fractions. */
export function pageAt(
  layout: Layout,
  turn: number,
  x: number,
  y: number,
): { page: number; x: number; y: number } | null {
  for (let k = 0; k < layout.pages.length; k++) {
    if (layout.mode !== "strip" && layout.turnOf[k] !== turn) continue;
    const r = layout.pages[k] as Rect;
    if (x >= r.x && x <= r.x + r.width && y >= r.y && y <= r.y + r.height)
      return { page: k + 1, x: (x - r.x) / r.width, y: (y - r.y) / r.height };
  }
  return null;
}
