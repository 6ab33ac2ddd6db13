/** Records of the API. Boxes and x are page fractions, origin top left; pages, systems and bars count from 1. */

export type Box = [x0: number, y0: number, x1: number, y1: number];

export interface Point {
  time_s: number;
  page: number;
  system: number;
  x: number;
  bar: number | null;
  confidence?: number;
}

export interface Section {
  start_s: number;
  end_s: number;
  first_bar: number | null;
  last_bar: number | null;
}

export interface SystemRecord {
  system: number;
  box: Box;
  staves: Box[];
  bars: [number, number][];
  /** The editor's number of each bar. */
  numbers?: string[];
  confidence: number;
}

export interface PageRecord {
  page: number;
  width: number;
  height: number;
  systems: SystemRecord[];
}

/** A place in the score. */
export interface Place {
  page: number;
  system: number;
  x: number;
  bar: number | null;
}
