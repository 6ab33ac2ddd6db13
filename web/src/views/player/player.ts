/** The player: the pages of a score, the sound of a recording, and the cursor where they meet. */

import "../../styles/sheet.css";
import "../../styles/transport.css";
import "../../styles/player.css";
import * as api from "../../api";
import { announce, h, setChildren, toast } from "../../dom";
import { Marks } from "../../media/marks";
import { Sheet } from "../../media/sheet";
import { Sound } from "../../media/sound";
import { numberBars } from "../../music/bars";
import { makeTimeline } from "../../music/timeline";
import { go, type Route } from "../../router";
import { t } from "../../strings";
import type { View } from "../view";
import { initialMode, nextMode, setMode, setSpeed, toggleFullScreen } from "./display";
import { exportDialog } from "./export-dialog";
import { listen, showKeys } from "./keys";
import { dragLoop, setLoopEdge, showLoop, toggleLoop } from "./looping";
import { barUnder, firstTimeOf, follow, goToEnd, goToStart, pageMoved, playFrom, stepBar, stepPage } from "./position";
import { nextRecording, openRecording, recordingChoices, switchRecording } from "./recording";
import type { PlayerState } from "./state";
import { makeTransport, SPEED, type Transport } from "./transport";

type PlayRoute = Extract<Route, { view: "play" }>;

export async function playerView(main: HTMLElement, route: PlayRoute): Promise<View> {
  const [score, pages] = route.score
    ? await Promise.all([api.getDocument(route.score), api.getPages(route.score).then((r) => r.pages)])
    : [null, []];
  const title = score?.title ?? t("player.noScoreTitle");
  const subtitle = h("span", { class: "small muted" });
  const head = h("div", { class: "player-head" }, h("h1", { class: "player-title" }, title), subtitle);
  document.getElementById("bar-slot")?.replaceChildren(head); // the pages need the height
  const state = makePlayer(main, score, pages, route.recording, subtitle);
  const stopListening = listenToKeys(state);
  if (route.recording) void openRecording(state, route.recording, () => route.time ?? firstTimeOf(state, route.bar), false);
  else state.transport.setStatus(t("player.noRecording"));
  return {
    title,
    close() {
      state.closed = true;
      stopListening();
      head.remove();
      state.sound.destroy();
      state.sheet?.destroy();
    },
  };
}

/** Builds the elements of the player into `main` and connects them with its state. */
function makePlayer(
  main: HTMLElement,
  score: api.DocumentRecord | null,
  pages: readonly api.ScorePage[],
  recording: string | null,
  subtitle: HTMLElement,
): PlayerState {
  const bars = numberBars(pages);
  const stage = h("div", { class: "stage", role: "group", "aria-label": t("player.score") });
  // The handlers run when the state is complete.
  const transport = connectedTransport(() => state);
  const root = h("div", { class: "player" }, stage, transport.element);
  setChildren(main, root);
  const sound = new Sound(transport.wave, {
    time: (time) => follow(state, time),
    state: () => transport.setPlaying(sound.playing),
    loop: (loop) => showLoop(state, loop),
    error: (message) => toast(t("player.soundFailed", { message }), "error", t("close")),
  });
  const sheet = pages.length ? connectedSheet(stage, pages, () => state) : null;
  if (!sheet) setChildren(stage, h("p", { class: "empty" }, t("player.noScore")));
  const undecided = pages.filter((page) => page.systems.length && (page.rotation_confidence ?? 1) < 0.5);
  if (undecided.length) toast(t("player.undecided", { pages: undecided.map((page) => page.page).join(", ") }));
  const state: PlayerState = {
    score,
    pages,
    bars,
    root,
    subtitle,
    transport,
    sound,
    sheet,
    marks: sheet && new Marks(sheet, pages, bars),
    recording,
    timeline: makeTimeline([], pages, bars),
    pageMovedAt: Number.NEGATIVE_INFINITY,
    lastBar: null,
    closed: false,
  };
  if (sheet) transport.setMode(sheet.layout.mode);
  transport.setSpeed(1);
  transport.setRecordings(recordingChoices(state), recording);
  return state;
}

function connectedTransport(state: () => PlayerState): Transport {
  return makeTransport({
    play: () => state().sound.toggle(),
    bar: (direction) => stepBar(state(), direction),
    speed: (speed) => setSpeed(state(), speed),
    loop: () => toggleLoop(state()),
    mode: (mode) => setMode(state(), mode),
    recording: (id) => switchRecording(state(), id),
    fullScreen: () => toggleFullScreen(state()),
    correct: () => {
      const { score, recording } = state();
      if (score) go({ view: "correct", score: score.id, recording });
    },
    export: () => {
      const { score, recording } = state();
      if (score && recording) exportDialog(score.id, recording, score.title);
    },
    find: () => findPassage(state()),
    help: showKeys,
  });
}

function connectedSheet(stage: HTMLElement, pages: readonly api.ScorePage[], state: () => PlayerState): Sheet {
  const sheet: Sheet = new Sheet(stage, pages, initialMode(pages.length), {
    click: (spot) => playFrom(state(), spot),
    drag: (from, to, end) => dragLoop(state(), from, to, end),
    hover: (spot) => state().marks?.setPointed(spot && barUnder(state(), spot)),
    turned: () => announce(t("player.turned", { page: sheet.firstPage(), n: pages.length })),
    moved: () => pageMoved(state()),
  });
  return sheet;
}

function listenToKeys(state: PlayerState): () => void {
  const { sheet, sound } = state;
  return listen({
    toggle: () => sound.toggle(),
    bar: (direction) => stepBar(state, direction),
    seconds: (by) => sound.seek(sound.time + by),
    page: (direction) => stepPage(state, direction),
    start: () => goToStart(state),
    end: () => goToEnd(state),
    speed: (steps) => setSpeed(state, steps === 0 ? 1 : sound.rate + steps * SPEED.step),
    loop: () => toggleLoop(state),
    loopStart: () => setLoopEdge(state, "start"),
    loopEnd: () => setLoopEdge(state, "end"),
    clear: () => sound.setLoop(null),
    mode: () => nextMode(state),
    fullScreen: () => toggleFullScreen(state),
    recording: () => nextRecording(state),
    zoom: (factor) => sheet?.zoom(factor),
    help: showKeys,
  });
}

/** Searches with the loop, or with the next 10 s. */
function findPassage({ recording, sound }: PlayerState): void {
  const { start, end } = sound.loop ?? { start: sound.time, end: Math.min(sound.time + 10, sound.duration) };
  if (recording && end > start) go({ view: "find", recording, from: start, to: end });
}
