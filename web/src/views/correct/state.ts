/** The state of one open correction view. The parts of the view are functions that take it. */

import type { AlignmentRecord, DocumentRecord, ScorePage } from "../../api";
import type { Marks } from "../../media/marks";
import type { Sheet } from "../../media/sheet";
import type { Sound } from "../../media/sound";
import type { Bar } from "../../music/bars";
import type { Timeline } from "../../music/timeline";
import type { AnchorsPanel } from "./anchors";
import type { BoxesEditor } from "./boxes";

export const TOOLS = ["anchors", "sections", "boxes"] as const;
export type Tool = (typeof TOOLS)[number];

/** The elements of the view that change. */
export interface CorrectElements {
  /** `data-ready` is set when the view can be used, `data-tool` is the tool, `data-version` that of the alignment. */
  readonly root: HTMLElement;
  readonly stage: HTMLElement;
  readonly pageNumber: HTMLElement;
  readonly tabs: readonly HTMLButtonElement[];
  readonly panel: HTMLElement;
  readonly status: HTMLElement;
  readonly band: HTMLElement;
  readonly time: HTMLElement;
}

export interface CorrectState {
  readonly score: DocumentRecord;
  /** Id of the recording; without one only the boxes of the pages can be corrected. */
  readonly recording: string | null;
  readonly elements: CorrectElements;
  readonly sound: Sound;

  /** The pages as the server has them; `bars` and `sheet` with its `marks` are made from them. */
  pages: readonly ScorePage[];
  bars: readonly Bar[];
  sheet: Sheet;
  marks: Marks;

  /** `null` until it is there; `timeline` has no points then. */
  alignment: AlignmentRecord | null;
  timeline: Timeline;

  tool: Tool;
  /** The panel of the tool in use: one of the two, or neither for the sections. */
  anchors: AnchorsPanel | null;
  boxes: BoxesEditor | null;
  /** Whether the view is closed: answers that arrive later change nothing. */
  closed: boolean;
}
