/** The place where the music is: the cursor follows the sound, a click on a bar or a key moves it. */

import { announce } from "../../dom";
import type { Spot } from "../../media/sheet";
import { type Bar, barAt, nameOf } from "../../music/bars";
import { nearest, neighbourBar, placeAt, timesOfBar } from "../../music/timeline";
import { t } from "../../strings";
import type { PlayerState } from "./state";

/** ms for which the page stays where the reader moved it before it follows the music again. */
const FOLLOW_PAUSE = 4000;

/** Shows the place of a time in seconds: cursor, clock, page. Called at every frame while the sound plays. */
export function follow(state: PlayerState, time: number): void {
  const { bars, marks, pages, sheet, sound } = state;
  const place = placeAt(state.timeline, time);
  const bar = place?.bar ? nameOf(bars, place.bar) : null;
  state.transport.setTime(time, sound.duration, bar, pages.length > 1 ? (place?.page ?? null) : null);
  const box = marks?.setCursor(place) ?? null;
  if (!place || !box || !sheet) return;
  state.root.dataset.time = time.toFixed(3);
  if (performance.now() - state.pageMovedAt > FOLLOW_PAUSE) {
    sheet.show(place.page, sheet.layout.mode !== "strip" || !sound.playing);
    sheet.reveal(place.page, [Math.max(place.x - 0.1, 0), box[1], Math.min(place.x + 0.1, 1), box[3]]);
  }
  if (place.bar !== state.lastBar && !sound.playing) announce(t("player.barPage", { bar: bar ?? "?", page: place.page }));
  state.lastBar = place.bar;
}

/** Lets the page follow the music from now on, also when the reader has just moved it. */
export function followAgain(state: PlayerState): void {
  state.pageMovedAt = Number.NEGATIVE_INFINITY;
}

export function pageMoved(state: PlayerState): void {
  state.pageMovedAt = performance.now();
}

export function barUnder(state: PlayerState, spot: Spot): Bar | null {
  return barAt(state.pages, state.bars, spot.page, spot.x, spot.y);
}

/** Plays from the bar at a spot, in the pass nearest to now. */
export function playFrom(state: PlayerState, spot: Spot): void {
  const { sound, timeline } = state;
  const bar = barUnder(state, spot);
  if (!bar) return;
  const time = nearest(timesOfBar(timeline, bar), sound.time);
  if (time === null) {
    if (timeline.points.length) announce(t("player.notPlayed", { bar: bar.name }));
    return;
  }
  followAgain(state);
  sound.seek(time);
  void sound.play();
}

/** Goes to the previous or next bar; without an alignment 5 s back or on. */
export function stepBar(state: PlayerState, direction: 1 | -1): void {
  const { sound } = state;
  followAgain(state);
  sound.seek(neighbourBar(state.timeline, sound.time, direction) ?? sound.time + 5 * direction);
}

export function stepPage(state: PlayerState, direction: 1 | -1): void {
  const { sheet } = state;
  pageMoved(state);
  if (sheet?.layout.mode === "strip") sheet.scroll(0.85 * direction);
  else sheet?.step(direction);
}

export function goToStart(state: PlayerState): void {
  state.sound.seek(0);
}

/** Goes to the last time of the alignment, or to the end of the recording. */
export function goToEnd(state: PlayerState): void {
  state.sound.seek(state.timeline.points.at(-1)?.time_s ?? state.sound.duration);
}

/** The time in seconds at which a bar is first played, by its number; 0 where it is not. */
export function firstTimeOf(state: PlayerState, number: number | undefined): number {
  const bar = number === undefined ? undefined : state.bars[number - 1];
  return (bar && timesOfBar(state.timeline, bar)[0]) ?? 0;
}
