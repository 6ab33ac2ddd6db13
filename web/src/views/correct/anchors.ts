/** The panel of anchors: bars that the reader fixes to a time. The app calls them pins, and so does the API. */

import type { Anchor } from "../../api";
import { button, h } from "../../dom";
import { formatTime } from "../../format";
import { type Bar, barNamed, nameOf } from "../../music/bars";
import { parseTime } from "../../music/parse";
import { t } from "../../strings";
import { ends } from "./sections";

/** s; a new anchor replaces those that are nearer than this. */
const MIN_DISTANCE = 0.2;

export interface AnchorsPanel {
  element: HTMLElement;
  /** Takes a bar for the next anchor. */
  choose(bar: Bar): void;
  /** Takes a time in seconds for the next anchor, unless the reader has typed one. */
  setTime(seconds: number): void;
}

interface AnchorActions {
  /** Those of the score. */
  bars: readonly Bar[];
  /** Returns the time of the sound in seconds. */
  now: () => number;
  listen: (anchor: Anchor) => void;
  change: (anchors: Anchor[]) => void;
}

export function anchorsPanel(anchors: readonly Anchor[], actions: AnchorActions): AnchorsPanel {
  let typed = false; // whether the time is the reader's, not the sound's
  const bar = h("input", { type: "text", class: "field numbers", id: "anchor-bar", autocomplete: "off", required: true });
  const time = h("input", { type: "text", class: "field numbers", id: "anchor-time", inputmode: "decimal", required: true, oninput: () => (typed = true) });
  const now = button(null, t("anchors.now"), () => {
    typed = false;
    time.value = formatTime(actions.now(), true);
  });
  const problem = h("p", { class: "small bad", role: "alert" });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const at = typed ? parseTime(time.value) : actions.now();
    const named = barNamed(actions.bars, bar.value);
    if (at === null || !named) {
      problem.textContent = t("anchors.problem", ends(actions.bars));
      return;
    }
    const others = anchors.filter((anchor) => Math.abs(anchor.time_s - at) > MIN_DISTANCE);
    const added = { time_s: Math.round(at * 1000) / 1000, bar: named.number };
    actions.change([...others, added].sort((a, b) => a.time_s - b.time_s));
  };
  const form = h(
    "form",
    { class: "form", onsubmit: submit },
    h("label", { for: "anchor-bar" }, t("anchors.bar")),
    bar,
    h("label", { for: "anchor-time" }, t("anchors.time")),
    h("div", { class: "group" }, time, now),
    problem,
    h("button", { type: "submit", class: "button button-main" }, t("anchors.set")),
  );
  return {
    element: h("div", {}, h("p", { class: "small muted" }, t("anchors.hint")), form, anchors.length > 0 && h("h2", {}, t("anchors.list")), list(anchors, actions)),
    choose(chosen) {
      bar.value = chosen.name;
    },
    setTime(seconds) {
      if (!typed) time.value = formatTime(seconds, true);
    },
  };
}

function list(anchors: readonly Anchor[], actions: AnchorActions): HTMLElement {
  return h(
    "ul",
    { class: "anchors" },
    anchors.map((anchor) => {
      const bar = Number.isInteger(anchor.bar) ? nameOf(actions.bars, anchor.bar) : anchor.bar;
      return h(
        "li",
        {},
        h("span", { class: "numbers" }, t("anchors.one", { bar, time: formatTime(anchor.time_s, true) })),
        button("play", t("anchors.listen", { bar }), () => actions.listen(anchor)),
        button("remove", t("anchors.remove", { bar }), () => actions.change(anchors.filter((one) => one !== anchor))),
      );
    }),
  );
}
