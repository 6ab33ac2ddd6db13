/** Keyboard shortcuts of the player. Shortcuts of a single letter can be switched off (WCAG 2.1.4). */

import { dialog, h } from "../../dom";
import { loadSetting, saveSetting } from "../../settings";
import { type Key, t } from "../../strings";

export interface KeyActions {
  toggle: () => void;
  bar: (direction: 1 | -1) => void;
  seconds: (by: number) => void;
  page: (direction: 1 | -1) => void;
  start: () => void;
  end: () => void;
  /** Steps up or down; 0 is the original speed. */
  speed: (steps: number) => void;
  loop: () => void;
  loopStart: () => void;
  loopEnd: () => void;
  clear: () => void;
  mode: () => void;
  fullScreen: () => void;
  recording: () => void;
  zoom: (factor: number) => void;
  help: () => void;
}

const SETTING = "scorebridge.keys";
const lettersOn = () => loadSetting(SETTING) !== "off";

/** Keys and what they do, for the dialog; in the order of the handler. */
const LISTING: [string[], Key][] = [
  [["key.space"], "player.playPause"],
  [["←", "→"], "keys.bars"],
  [["Shift ←", "Shift →"], "keys.seconds"],
  [["Page ↑", "Page ↓"], "keys.pages"],
  [["Home", "End"], "keys.ends"],
  [["L"], "keys.loop"],
  [["[", "]"], "keys.loopEnds"],
  [["Esc"], "keys.clear"],
  [["–", "+"], "keys.speed"],
  [["0"], "player.speedReset"],
  [["R"], "keys.recording"],
  [["V"], "keys.view"],
  [["F"], "player.fullScreen"],
  [["Ctrl +", "Ctrl –"], "keys.zoom"],
  [["?"], "player.keys"],
];

/** Listens for shortcuts until the returned function is called. */
export function listen(actions: KeyActions): () => void {
  const onKey = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (document.querySelector("dialog[open]") || target.closest("input, select, textarea")) return;
    const modified = event.ctrlKey || event.metaKey;
    const handled = modified ? withControl(event.key, actions) : plain(event, target, actions);
    if (handled) event.preventDefault();
  };
  addEventListener("keydown", onKey);
  return () => removeEventListener("keydown", onKey);
}

function withControl(key: string, actions: KeyActions): boolean {
  if (key === "+" || key === "=") actions.zoom(1.25);
  else if (key === "-") actions.zoom(0.8);
  else return false;
  return true;
}

function plain(event: KeyboardEvent, target: HTMLElement, actions: KeyActions): boolean {
  if (event.altKey) return false;
  switch (event.key) {
    case " ":
      if (target.closest("button, a, summary")) return false;
      actions.toggle();
      return true;
    case "ArrowLeft":
    case "ArrowRight": {
      const direction = event.key === "ArrowLeft" ? -1 : 1;
      if (event.shiftKey) actions.seconds(5 * direction);
      else actions.bar(direction);
      return true;
    }
    case "PageUp":
      actions.page(-1);
      return true;
    case "PageDown":
      actions.page(1);
      return true;
    case "Home":
      actions.start();
      return true;
    case "End":
      actions.end();
      return true;
    case "Escape":
      actions.clear();
      return true;
  }
  if (!lettersOn() && event.key !== "?") return false;
  const letters: Record<string, () => void> = {
    l: actions.loop,
    "[": actions.loopStart,
    "]": actions.loopEnd,
    "-": () => actions.speed(-1),
    "+": () => actions.speed(1),
    "=": () => actions.speed(1),
    "0": () => actions.speed(0),
    r: actions.recording,
    v: actions.mode,
    f: actions.fullScreen,
    "?": actions.help,
  };
  const action = letters[event.key.toLowerCase()];
  action?.();
  return action !== undefined;
}

/** Shows all shortcuts, with the switch for single letters. */
export function showKeys(): void {
  const checkbox = h("input", {
    type: "checkbox",
    checked: lettersOn(),
    onchange: () => saveSetting(SETTING, checkbox.checked ? "on" : "off"),
  });
  dialog(
    t("player.keys"),
    t("close"),
    h(
      "div",
      { class: "dialog-body" },
      h(
        "dl",
        { class: "keys" },
        LISTING.map(([keys, label]) => [
          h("dt", {}, keys.map((key) => h("kbd", {}, key.startsWith("key.") ? t(key as Key) : key))),
          h("dd", {}, t(label)),
        ]).flat(),
      ),
      h("label", { class: "check" }, checkbox, t("keys.letters")),
    ),
  );
}
