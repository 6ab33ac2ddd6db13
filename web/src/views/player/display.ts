/** How the player shows the score and plays the sound: page layout, full screen, speed. */

import type { Mode } from "../../music/layout";
import { loadSetting, saveSetting } from "../../settings";
import { follow, followAgain } from "./position";
import type { PlayerState } from "./state";
import { SPEED } from "./transport";

const MODE_SETTING = "scorebridge.mode";
const MODES: Mode[] = ["page", "spread", "strip"];

/** The layout that the reader chose last; else two pages where the window is wide enough for them. */
export function initialMode(pages: number): Mode {
  const saved = loadSetting(MODE_SETTING) as Mode | null;
  if (saved && MODES.includes(saved)) return saved;
  return pages > 1 && innerWidth > innerHeight * 1.25 ? "spread" : "page";
}

export function setMode(state: PlayerState, mode: Mode): void {
  if (!state.sheet) return;
  saveSetting(MODE_SETTING, mode);
  state.sheet.setMode(mode);
  state.transport.setMode(mode);
  followAgain(state);
  follow(state, state.sound.time);
}

export function nextMode(state: PlayerState): void {
  if (state.sheet) setMode(state, MODES[(MODES.indexOf(state.sheet.layout.mode) + 1) % MODES.length] as Mode);
}

export function toggleFullScreen(state: PlayerState): void {
  if (document.fullscreenElement) void document.exitFullscreen();
  // Browsers without full screen for elements get the window filled instead.
  else void state.root.requestFullscreen().catch(() => state.root.classList.toggle("player-full"));
}

/** Sets the speed (1 is the original), rounded to percent and within what the control offers. */
export function setSpeed(state: PlayerState, speed: number): void {
  const value = Math.round(Math.min(Math.max(speed, SPEED.min), SPEED.max) * 100) / 100;
  state.sound.rate = value;
  state.transport.setSpeed(value);
}
