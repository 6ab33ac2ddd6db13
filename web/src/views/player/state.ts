/** The state of one open player. The parts of the player are functions that take it. */

import type { DocumentRecord, ScorePage } from "../../api";
import type { Marks } from "../../media/marks";
import type { Sheet } from "../../media/sheet";
import type { Sound } from "../../media/sound";
import type { Bar } from "../../music/bars";
import type { Timeline } from "../../music/timeline";
import type { Transport } from "./transport";

export interface PlayerState {
  /** `null` when a recording is open without a score; `pages` and `bars` are empty then. */
  readonly score: DocumentRecord | null;
  readonly pages: readonly ScorePage[];
  readonly bars: readonly Bar[];

  /** The element of the view; `data-ready` is the recording that can be played, `data-time` the time shown. */
  readonly root: HTMLElement;
  /** The line beside the title: name of the recording, number of sections. */
  readonly subtitle: HTMLElement;
  readonly transport: Transport;
  readonly sound: Sound;
  /** `null` without a score. */
  readonly sheet: Sheet | null;
  readonly marks: Marks | null;

  /** Id of the recording that is open or being opened. */
  recording: string | null;
  /** Its alignment with the score; without points until the alignment is there. */
  timeline: Timeline;
  /** When the reader last moved the page by hand (`performance.now()`, ms); `-Infinity` follows the music at once. */
  pageMovedAt: number;
  /** The bar that was shown last. */
  lastBar: number | null;
  /** Whether the view is closed: answers that arrive later change nothing. */
  closed: boolean;
}
