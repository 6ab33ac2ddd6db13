/** Corrections: anchors and the order of sections for a pair, boxes and barlines for a page. */

import "../../styles/sheet.css";
import "../../styles/transport.css";
import "../../styles/correct.css";
import * as api from "../../api";
import { button, h, setChildren, toast } from "../../dom";
import { describeConfidence } from "../../media/band";
import { Sound } from "../../media/sound";
import { numberBars } from "../../music/bars";
import { confidenceSpans } from "../../music/confidence";
import { makeTimeline } from "../../music/timeline";
import { address, go, type Route } from "../../router";
import { t } from "../../strings";
import type { View } from "../view";
import { type CorrectState, TOOLS } from "./state";
import { follow, loadAlignment, openSheet, useTool } from "./tools";

type CorrectRoute = Extract<Route, { view: "correct" }>;

export async function correctView(main: HTMLElement, route: CorrectRoute): Promise<View> {
  const [score, { pages }] = await Promise.all([api.getDocument(route.score), api.getPages(route.score)]);
  const state = makeState(main, score, pages, route.recording);
  openSheet(state, 1);
  useTool(state, state.tool);
  void loadSound(state).catch((error: Error) => toast(error.message, "error", t("close")));
  const onKey = (event: KeyboardEvent) => handleKey(state, event);
  addEventListener("keydown", onKey);
  return {
    title: t("correct.title", { title: score.title }),
    close() {
      state.closed = true;
      removeEventListener("keydown", onKey);
      state.sound.destroy();
      state.boxes?.close();
      state.sheet.destroy();
    },
  };
}

/** Builds the elements of the view into `main` and the state around them; the sheet is still to be opened. */
function makeState(main: HTMLElement, score: api.DocumentRecord, pages: readonly api.ScorePage[], recording: string | null): CorrectState {
  // The handlers run when the state is complete.
  const stage = h("div", { class: "stage", role: "group", "aria-label": t("player.score") });
  const pageNumber = h("span", { class: "numbers muted" });
  const tabs = TOOLS.map((tool) =>
    h("button", { type: "button", "data-tool": tool, disabled: tool !== "boxes" && !recording, onclick: () => useTool(state, tool) }, t(`correct.${tool}`)),
  );
  const panel = h("div", { class: "correct-tool" });
  const status = h("p", { class: "small muted", role: "status" });
  const wave = h("div", { class: "wave" });
  const band = h("div", { class: "band" });
  const play = button("play", t("player.play"), () => sound.toggle(), { class: "button-play" });
  const time = h("span", { class: "time numbers" });
  const root = h(
    "div",
    { class: "correct" },
    h(
      "div",
      { class: "correct-pages" },
      stage,
      h(
        "div",
        { class: "group pager" },
        button("previous", t("page.previous"), () => state.sheet.step(-1)),
        pageNumber,
        button("next", t("page.next"), () => state.sheet.step(1)),
      ),
    ),
    h(
      "aside",
      { class: "correct-side" },
      h("h1", {}, score.title),
      recording && h("a", { href: address({ view: "play", score: score.id, recording }) }, t("correct.back")),
      h("div", { class: "segments", role: "group", "aria-label": t("correct.what") }, tabs),
      panel,
      status,
    ),
    recording &&
      h(
        "section",
        { class: "transport", "aria-label": t("player.controls") },
        h("div", { class: "track" }, wave, band),
        h("div", { class: "controls" }, play, time),
      ),
  );
  setChildren(main, root);
  const sound = new Sound(wave, {
    time: (seconds) => follow(state, seconds),
    state: () => showPlaying(play, sound.playing),
    loop: () => {},
    error: (message) => toast(t("player.soundFailed", { message }), "error", t("close")),
  });
  const bars = numberBars(pages);
  const state = {
    score,
    recording,
    elements: { root, stage, pageNumber, tabs, panel, status, band, time },
    sound,
    pages,
    bars,
    alignment: null,
    timeline: makeTimeline([], pages, bars),
    tool: recording ? "anchors" : "boxes",
    anchors: null,
    boxes: null,
    closed: false,
  } as Omit<CorrectState, "sheet" | "marks"> as CorrectState;
  return state;
}

function showPlaying(play: HTMLButtonElement, playing: boolean): void {
  const name = t(playing ? "player.pause" : "player.play");
  if (play.getAttribute("aria-label") === name) return;
  setChildren(play, ...button(playing ? "pause" : "play", name, () => {}).childNodes);
  play.setAttribute("aria-label", name);
}

/** Loads the recording and its alignment; then the view is ready. */
async function loadSound(state: CorrectState): Promise<void> {
  const { elements, recording, sound } = state;
  if (recording) {
    await sound.load(recording);
    await loadAlignment(state);
    if (state.closed) return;
    elements.status.textContent = state.alignment ? describeConfidence(confidenceSpans(state.alignment, sound.duration)) : "";
    useTool(state, state.tool);
  }
  elements.root.dataset.ready = "yes";
}

/** Space plays and pauses, Escape goes back to the player; not while a control has the focus. */
function handleKey({ recording, score, sound }: CorrectState, event: KeyboardEvent): void {
  if ((event.target as HTMLElement).closest("input, select, textarea, button, a, dialog")) return;
  if (event.key === " ") {
    sound.toggle();
    event.preventDefault();
  } else if (event.key === "Escape") go({ view: "play", score: score.id, recording });
}
