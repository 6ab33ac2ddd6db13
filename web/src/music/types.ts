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

/** A staff of five lines, of one, of four, of six. */
export type StaffKind = "standard" | "percussion" | "chant" | "tablature";

/** Neighbouring staves that a brace or a bracket joins, counted from 1. */
export interface StaffGroup {
  kind: "brace" | "bracket";
  first: number;
  last: number;
}

export interface SystemRecord {
  system: number;
  box: Box;
  staves: Box[];
  bars: [number, number][];
  /** The editor's number of each bar. */
  numbers?: string[];
  /** The number printed at its beginning, empty if there is none. */
  printed_number?: string;
  staff_kinds?: StaffKind[];
  groups?: StaffGroup[];
  confidence: number;
}

export interface PageRecord {
  page: number;
  width: number;
  height: number;
  systems: SystemRecord[];
  /** Degrees clockwise by which the stored page is turned. */
  rotation?: number;
  /** How clearly the music shows which way is up, 0 to 1; below 0.5 undecided. */
  rotation_confidence?: number;
}

/** A place in the score. */
export interface Place {
  page: number;
  system: number;
  x: number;
  bar: number | null;
}
