/** The loop of the player: set by keys, by dragging over bars, or on the waveform. */

import type { Spot } from "../../media/sheet";
import { type Loop, MIN_LOOP } from "../../music/loop";
import { placeAt, spanOfBars } from "../../music/timeline";
import { barUnder } from "./position";
import type { PlayerState } from "./state";

/** Horizontal distance, as a fraction of the page, below which a drag within one bar is a click. */
const MIN_DRAG = 0.01;
/** s; the bar at the edge of a loop is looked up this far inside it. */
const INSIDE = 0.05;

/** Marks the bars between two spots; at the end of the drag they become the loop. */
export function dragLoop(state: PlayerState, from: Spot, to: Spot, end: boolean): void {
  const { marks, sound } = state;
  let [first, last] = [barUnder(state, from), barUnder(state, to)];
  if (!first || !last || !marks) return;
  if (last.number < first.number) [first, last] = [last, first];
  if (first === last && Math.abs(from.x - to.x) < MIN_DRAG) return;
  marks.setBars(first, last);
  if (!end) return;
  const span = spanOfBars(state.timeline, first, last, sound.time);
  if (span) sound.setLoop({ start: span[0], end: span[1] });
  else marks.setBars(null, null);
}

/** Shows a loop, or that there is none, on the pages and on its button. */
export function showLoop(state: PlayerState, loop: Loop | null): void {
  const { bars, marks, timeline, transport } = state;
  transport.setLoop(loop);
  if (!marks) return;
  if (!loop) return marks.setBars(null, null);
  const first = placeAt(timeline, loop.start + INSIDE)?.bar;
  const last = placeAt(timeline, loop.end - INSIDE)?.bar;
  if (first && last && first <= last) marks.setBars(bars[first - 1] ?? null, bars[last - 1] ?? null);
}

/** Loops the current bar, or ends the loop. */
export function toggleLoop(state: PlayerState): void {
  const { bars, sound, timeline } = state;
  if (sound.loop) return sound.setLoop(null);
  const bar = bars[(placeAt(timeline, sound.time)?.bar ?? 0) - 1];
  const span = bar && spanOfBars(timeline, bar, bar, sound.time);
  if (span) sound.setLoop({ start: span[0], end: span[1] });
}

/** Moves the start or the end of the loop to the current time. */
export function setLoopEdge(state: PlayerState, edge: "start" | "end"): void {
  const { sound } = state;
  const { start, end } = sound.loop ?? { start: 0, end: sound.duration };
  const loop = edge === "end" ? { start, end: sound.time } : { start: sound.time, end };
  if (loop.end - loop.start > MIN_LOOP) sound.setLoop(loop);
}
