/** Telling where the music is: a bar pinned to a time, the order in which sections are played. */

import type { AlignmentRecord, Pin } from "../api";
import { button, h, swap } from "../dom";
import { clock } from "../format";
import { parseSections, parseTime, writeSections } from "../music/edit";
import { t } from "../strings";

export interface PinsPanel {
  element: HTMLElement;
  /** Take this bar for the next pin. */
  choose(bar: number): void;
  time(now: number): void;
}

interface PinActions {
  bars: number;
  now: () => number;
  listen: (pin: Pin) => void;
  change: (pins: Pin[]) => void;
}

export function pinsPanel(pins: readonly Pin[], actions: PinActions): PinsPanel {
  let taken = false; // the time field was written in, so the sound does not move it
  const bar = h("input", { type: "number", class: "field", id: "pin-bar", min: 1, max: actions.bars, required: true });
  const time = h("input", { type: "text", class: "field numbers", id: "pin-time", inputmode: "decimal", required: true, oninput: () => (taken = true) });
  const now = button(null, t("pins.now"), () => {
    taken = false;
    time.value = clock(actions.now(), true);
  });
  const problem = h("p", { class: "small bad", role: "alert" });
  const form = h(
    "form",
    {
      class: "form",
      onsubmit: (event: SubmitEvent) => {
        event.preventDefault();
        const at = taken ? parseTime(time.value) : actions.now();
        const number = Number(bar.value);
        if (at === null || !(number >= 1 && number <= actions.bars)) {
          problem.textContent = t("pins.problem", { n: actions.bars });
          return;
        }
        const near = pins.filter((pin) => Math.abs(pin.time_s - at) > 0.2);
        actions.change([...near, { time_s: Math.round(at * 1000) / 1000, bar: number }].sort((a, b) => a.time_s - b.time_s));
      },
    },
    h("label", { for: "pin-bar" }, t("pins.bar")),
    bar,
    h("label", { for: "pin-time" }, t("pins.time")),
    h("div", { class: "group" }, time, now),
    problem,
    h("button", { type: "submit", class: "button button-main" }, t("pins.set")),
  );
  const list = h("ul", { class: "pins" });
  swap(
    list,
    pins.map((pin) => {
      const name = t("pins.one", { bar: pin.bar, time: clock(pin.time_s, true) });
      return h(
        "li",
        {},
        h("span", { class: "numbers" }, name),
        button("play", t("pins.listen", { bar: pin.bar }), () => actions.listen(pin)),
        button("remove", t("pins.remove", { bar: pin.bar }), () => actions.change(pins.filter((k) => k !== pin))),
      );
    }),
  );
  return {
    element: h("div", {}, h("p", { class: "small muted" }, t("pins.hint")), form, pins.length > 0 && h("h2", {}, t("pins.list")), list),
    choose(number) {
      bar.value = String(number);
    },
    time(seconds) {
      if (!taken) time.value = clock(seconds, true);
    },
  };
}

export function sectionsPanel(alignment: AlignmentRecord | null, bars: number, change: (sections: [number, number][]) => void): HTMLElement {
  const given = alignment?.corrections.sections ?? [];
  const found = (alignment?.sections ?? []).flatMap((k) => (k.first_bar && k.last_bar ? [[k.first_bar, k.last_bar] as const] : []));
  const text = h("textarea", { class: "field", id: "sections", rows: 3, placeholder: writeSections(found), "aria-describedby": "sections-hint" }, writeSections(given));
  const problem = h("p", { class: "small bad", role: "alert" });
  return h(
    "form",
    {
      class: "form",
      onsubmit: (event: SubmitEvent) => {
        event.preventDefault();
        try {
          change(parseSections(text.value, bars));
        } catch (error) {
          problem.textContent = t("sections.problem", { part: (error as Error).message, n: bars });
        }
      },
    },
    h("p", { class: "small muted", id: "sections-hint" }, t("sections.hint")),
    h("label", { for: "sections" }, t("sections.order")),
    text,
    problem,
    h(
      "div",
      { class: "group" },
      h("button", { type: "submit", class: "button button-main" }, t("sections.apply")),
      given.length > 0 && button(null, t("sections.reset"), () => change([])),
    ),
    h("h2", {}, t("sections.played")),
    h(
      "ol",
      { class: "pins" },
      (alignment?.sections ?? []).map((k) =>
        h("li", { class: "numbers" }, `${clock(k.start_s, true)}–${clock(k.end_s, true)}`, h("span", { class: "muted" }, k.first_bar ? t("sections.bars", { first: k.first_bar, last: k.last_bar ?? "?" }) : "")),
      ),
    ),
  );
}
