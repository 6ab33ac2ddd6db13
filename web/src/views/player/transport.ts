/** The controls under the pages: play, loop, speed, layout, recording, and the way to the other views. */

import { button, h, setChildren } from "../../dom";
import { formatPercent, formatTime } from "../../format";
import type { Mode } from "../../music/layout";
import type { Loop } from "../../music/loop";
import { t } from "../../strings";

export interface TransportActions {
  play: () => void;
  bar: (direction: 1 | -1) => void;
  speed: (speed: number) => void;
  loop: () => void;
  mode: (mode: Mode) => void;
  recording: (id: string) => void;
  fullScreen: () => void;
  correct: () => void;
  export: () => void;
  find: () => void;
  help: () => void;
}

export interface RecordingChoice {
  id: string;
  title: string;
  /** That it belongs to the score, 0 to 1; `null` where there is no link. */
  confidence: number | null;
}

/** Speeds that can be chosen; 1 is the original. */
export const SPEED = { min: 0.5, max: 1.5, step: 0.05 };

export function makeTransport(actions: TransportActions) {
  const wave = h("div", { class: "wave" });
  const band = h("div", { class: "band" });
  const play = button("play", t("player.play"), actions.play, { class: "button-play", key: t("key.space") });
  const timeText = h("span", { class: "time numbers" });
  const placeText = h("span", { class: "place small muted numbers" });
  const loop = button("loop", t("player.loop"), actions.loop, { pressed: false, key: "L" });
  const speedInput = h("input", {
    type: "range",
    class: "range",
    min: SPEED.min,
    max: SPEED.max,
    step: SPEED.step,
    value: 1,
    "aria-label": t("player.speed"),
    oninput: () => actions.speed(Number(speedInput.value)),
  });
  const speedText = h("button", { type: "button", class: "speed-text numbers", title: t("player.speedReset"), onclick: () => actions.speed(1) });
  const recordings = h("select", { class: "field", "aria-label": t("player.recording"), onchange: () => actions.recording(recordings.value) });
  const modes = (
    [
      ["page", "page", "player.onePage"],
      ["spread", "pages", "player.twoPages"],
      ["strip", "scroll", "player.continuous"],
    ] as const
  ).map(([mode, picture, label]) => ({ mode, element: button(picture, t(label), () => actions.mode(mode), { pressed: false, key: "V" }) }));
  const fullScreen = button("full", t("player.fullScreen"), actions.fullScreen, { key: "F" });
  const status = h("p", { class: "sound-status small", role: "status" });
  const more = h(
    "div",
    { class: "transport-more", id: "transport-more" },
    h("label", { class: "speed" }, h("span", { class: "small muted" }, t("player.speed")), speedInput, speedText),
    h("div", { class: "group", role: "group", "aria-label": t("player.view") }, modes.map((m) => m.element)),
    recordings,
    h(
      "div",
      { class: "group" },
      button("search", t("player.findSpan"), actions.find),
      button("edit", t("player.correct"), actions.correct),
      button("save", t("player.export"), actions.export),
      button("help", t("player.keys"), actions.help, { key: "?" }),
    ),
  );
  const opener = button("more", t("player.more"), () => {
    const open = element.classList.toggle("open");
    opener.setAttribute("aria-expanded", String(open));
  }, { class: "transport-opener" });
  opener.setAttribute("aria-controls", more.id);
  opener.setAttribute("aria-expanded", "false");
  const element = h(
    "section",
    { class: "transport", "aria-label": t("player.controls") },
    h("div", { class: "track" }, wave, band, status),
    h(
      "div",
      { class: "controls" },
      button("previous", t("player.previousBar"), () => actions.bar(-1), { key: "←" }),
      play,
      button("next", t("player.nextBar"), () => actions.bar(1), { key: "→" }),
      h("div", { class: "where" }, timeText, placeText),
      loop,
      fullScreen,
      opener,
      more,
    ),
  );

  return {
    element,
    wave,
    band,
    setStatus: (text: string) => setChildren(status, text),
    setPlaying(on: boolean) {
      const name = t(on ? "player.pause" : "player.play");
      if (play.getAttribute("aria-label") === name) return;
      setChildren(play, ...button(on ? "pause" : "play", name, actions.play).childNodes);
      play.setAttribute("aria-label", name);
      play.title = `${name} (${t("key.space")})`;
    },
    /** Times in seconds; `page` only where the score has several. */
    setTime(now: number, duration: number, bar: string | null, page: number | null) {
      timeText.textContent = `${formatTime(now)} / ${formatTime(duration)}`;
      placeText.textContent = bar === null ? "" : page === null ? t("player.bar", { bar }) : t("player.barPage", { bar, page });
    },
    setSpeed(value: number) {
      speedInput.value = String(value);
      speedText.textContent = formatPercent(value);
    },
    setLoop(value: Loop | null) {
      loop.setAttribute("aria-pressed", String(value !== null));
    },
    setMode(value: Mode) {
      for (const m of modes) m.element.setAttribute("aria-pressed", String(m.mode === value));
    },
    setRecordings(choices: readonly RecordingChoice[], chosen: string | null) {
      setChildren(
        recordings,
        choices.map(({ id, title, confidence }) => {
          const match = confidence === null ? "" : ` · ${t("confidence.match", { share: formatPercent(confidence) })}`;
          return h("option", { value: id, selected: id === chosen }, `${title}${match}`);
        }),
      );
      recordings.hidden = choices.length === 0;
      recordings.disabled = choices.length < 2;
    },
  };
}

export type Transport = ReturnType<typeof makeTransport>;
