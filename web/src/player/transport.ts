/** The controls under the pages: play, speed, loop, the other recordings, the kind of view. */

import { button, h, swap } from "../dom";
import { clock, percent } from "../format";
import type { Mode } from "../music/layout";
import type { Loop } from "../music/loop";
import { t } from "../strings";

export interface TransportActions {
  play: () => void;
  bar: (direction: 1 | -1) => void;
  rate: (rate: number) => void;
  loop: () => void;
  mode: (mode: Mode) => void;
  recording: (id: string) => void;
  fullScreen: () => void;
  correct: () => void;
  exporting: () => void;
  findSpan: () => void;
  help: () => void;
}

export interface Choice {
  id: string;
  title: string;
  confidence: number | null;
}

export const RATES = { least: 0.5, most: 1.5, step: 0.05 };

export function makeTransport(actions: TransportActions) {
  const wave = h("div", { class: "wave" });
  const band = h("div", { class: "band" });
  const play = button("play", t("player.play"), actions.play, { class: "button-play", key: t("key.space") });
  const time = h("span", { class: "time numbers" });
  const place = h("span", { class: "place small muted numbers" });
  const loop = button("loop", t("player.loop"), actions.loop, { pressed: false, key: "L" });
  const rate = h("input", {
    type: "range",
    class: "range",
    min: RATES.least,
    max: RATES.most,
    step: RATES.step,
    value: 1,
    "aria-label": t("player.speed"),
    oninput: () => actions.rate(Number(rate.value)),
  });
  const rateOut = h("button", { type: "button", class: "rate-out numbers", title: t("player.speedReset"), onclick: () => actions.rate(1) });
  const recordings = h("select", { class: "field", "aria-label": t("player.recording"), onchange: () => actions.recording(recordings.value) });
  const modes = (
    [
      ["page", "page", "player.onePage"],
      ["spread", "pages", "player.twoPages"],
      ["strip", "scroll", "player.continuous"],
    ] as const
  ).map(([mode, picture, label]) => ({ mode, element: button(picture, t(label), () => actions.mode(mode), { pressed: false, key: "V" }) }));
  const full = button("full", t("player.fullScreen"), actions.fullScreen, { key: "F" });
  const status = h("p", { class: "sound-status small", role: "status" });
  const more = h(
    "div",
    { class: "transport-more", id: "transport-more" },
    h("label", { class: "speed" }, h("span", { class: "small muted" }, t("player.speed")), rate, rateOut),
    h("div", { class: "group", role: "group", "aria-label": t("player.view") }, modes.map((m) => m.element)),
    recordings,
    h(
      "div",
      { class: "group" },
      button("search", t("player.findSpan"), actions.findSpan),
      button("edit", t("player.correct"), actions.correct),
      button("save", t("player.export"), actions.exporting),
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
      h("div", { class: "where" }, time, place),
      loop,
      full,
      opener,
      more,
    ),
  );

  return {
    element,
    wave,
    band,
    say: (text: string) => swap(status, text),
    playing(on: boolean) {
      const name = t(on ? "player.pause" : "player.play");
      if (play.getAttribute("aria-label") === name) return;
      play.replaceWith(play);
      swap(play, ...button(on ? "pause" : "play", name, actions.play).childNodes);
      play.setAttribute("aria-label", name);
      play.title = `${name} (${t("key.space")})`;
    },
    time(now: number, duration: number, bar: number | null, page: number | null) {
      time.textContent = `${clock(now)} / ${clock(duration)}`;
      place.textContent = bar === null ? "" : page === null ? t("player.bar", { bar }) : t("player.barPage", { bar, page });
    },
    rate(value: number) {
      rate.value = String(value);
      rateOut.textContent = percent(value);
    },
    loop(value: Loop | null) {
      loop.setAttribute("aria-pressed", String(value !== null));
    },
    mode(value: Mode) {
      for (const m of modes) m.element.setAttribute("aria-pressed", String(m.mode === value));
    },
    recordings(list: readonly Choice[], chosen: string | null) {
      swap(
        recordings,
        list.map((c) =>
          h("option", { value: c.id, selected: c.id === chosen }, c.confidence === null ? c.title : `${c.title} · ${t("confidence.match", { share: percent(c.confidence) })}`),
        ),
      );
      recordings.hidden = list.length === 0;
      recordings.disabled = list.length < 2;
    },
  };
}

export type Transport = ReturnType<typeof makeTransport>;
