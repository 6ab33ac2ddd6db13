/** Where the pages lie: one at a time, two as in an open book, or all in one long strip. Units: page widths. */

export type Mode = "page" | "spread" | "strip";

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Layout {
  mode: Mode;
  /** Rectangle of each page; those of different turns lie on top of each other unless in a strip. */
  pages: Rect[];
  /** The turn (one view of the book) that each page is on; in a strip each page is its own. */
  turnOf: number[];
  /** What is to be seen at each turn. */
  turns: Rect[];
}

const GUTTER = 0.02; // of a page width, between pages

/** Lay out pages of the given pixel sizes. */
export function layOut(mode: Mode, sizes: readonly { width: number; height: number }[]): Layout {
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
    // A last single page keeps its half of the book.
    turns.push({ x: 0, y: 0, width: perTurn === 2 ? 2 + GUTTER : 1, height: tallest });
  }
  return { mode, pages, turnOf, turns };
}

/** The page under a point of the layout among those of `turn` (any in a strip), and where on it. */
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
