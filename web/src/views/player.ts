/** The player: the score and the sound, and the place where they meet. */

import * as api from "../api";
import { announce, h, swap, toast } from "../dom";
import * as jobs from "../jobs";
import { type Bar, barAt, numberBars } from "../music/bars";
import { levelOf, stretches } from "../music/confidence";
import type { Mode } from "../music/layout";
import type { Loop } from "../music/loop";
import {
  lastBefore,
  makeTimeline,
  nearest,
  neighbourBar,
  placeAt,
  spanOfBars,
  type Timeline,
  timesOfBar,
} from "../music/timeline";
import { showBand } from "../player/band";
import { listen, showKeys } from "../player/keys";
import { Marks } from "../player/marks";
import { Sheet, type Spot } from "../player/sheet";
import { Sound } from "../player/sound";
import { type Choice, makeTransport, RATES } from "../player/transport";
import { address, go, type Route } from "../router";
import { t } from "../strings";
import { remember, remembered } from "../theme";
import { exportDialog } from "./export";
import type { View } from "./view";

const MODE = "scorebridge.mode";
const REST = 4000; // ms after the reader moved the page by hand before it follows the music again
const MODES: Mode[] = ["page", "spread", "strip"];

export async function playerView(main: HTMLElement, route: Extract<Route, { view: "play" }>): Promise<View> {
  const [score, pages] = route.score
    ? await Promise.all([api.document_(route.score), api.pages(route.score).then((r) => r.pages)])
    : [null, []];
  const bars = numberBars(pages);
  let recording = route.recording;
  let timeline: Timeline = makeTimeline([], pages, bars);
  let handled = Number.NEGATIVE_INFINITY; // when the reader last moved the page
  let lastBar: number | null = null;
  let closed = false;

  const stage = h("div", { class: "stage", role: "group", "aria-label": t("player.score") });
  const transport = makeTransport({
    play: () => sound.toggle(),
    bar: toBar,
    rate: setRate,
    loop: toggleLoop,
    mode: setMode,
    recording: switchTo,
    fullScreen: toggleFull,
    correct: () => score && go({ view: "correct", score: score.id, recording }),
    exporting: () => score && recording && exportDialog(score.id, recording, score.title),
    findSpan: () => {
      const { start, end } = sound.loop ?? { start: sound.time, end: Math.min(sound.time + 10, sound.duration) };
      if (recording && end > start) go({ view: "find", recording, from: start, to: end });
    },
    help: showKeys,
  });
  const title = h("h1", { class: "player-title" }, score?.title ?? t("player.noScoreTitle"));
  const facts = h("span", { class: "small muted" });
  const head = h("div", { class: "player-head" }, title, facts);
  document.getElementById("bar-slot")?.replaceChildren(head); // the pages need the height
  const root = h("div", { class: "player" }, stage, transport.element);
  swap(main, root);

  const sound = new Sound(transport.wave, {
    time: follow,
    state: () => transport.playing(sound.playing),
    loop: showLoop,
    error: (message) => toast(t("player.soundFailed", { message }), "error", t("close")),
  });
  const sheet = pages.length
    ? new Sheet(stage, pages, startMode(), {
        click: (spot) => clickBar(spot),
        drag: dragBars,
        hover: (spot) => marks?.point(spot ? barOf(spot) : null),
        turned: (turn) => announce(t("player.turned", { page: (sheet?.layout.turnOf.indexOf(turn) ?? 0) + 1, n: pages.length })),
        moved: () => (handled = performance.now()),
      })
    : null;
  const marks = sheet && new Marks(sheet, pages, bars);
  if (!sheet) swap(stage, h("p", { class: "empty" }, t("player.noScore")));
  if (sheet) transport.mode(sheet.layout.mode);
  transport.rate(1);
  transport.recordings(choices(), recording);

  function startMode(): Mode {
    const kept = remembered(MODE) as Mode | null;
    if (kept && MODES.includes(kept)) return kept;
    return pages.length > 1 && innerWidth > innerHeight * 1.25 ? "spread" : "page";
  }

  function choices(): Choice[] {
    const list: Choice[] = (score?.links ?? []).map((k) => ({ ...k }));
    if (recording && !list.some((c) => c.id === recording)) list.push({ id: recording, title: t("player.thisRecording"), confidence: null });
    return list;
  }

  /** The sound, its band and the alignment of one recording. `at` tells where to stand once that is known. */
  async function open(id: string, at: (timeline: Timeline) => number, play: boolean): Promise<void> {
    recording = id;
    transport.say(t("player.loading"));
    const aligning = score
      ? jobs.settled(() => api.alignment(score.id, id), (job) => transport.say(job.message || t("player.aligning")))
      : Promise.resolve(null);
    const record = api.document_(id);
    const found = await aligning.catch((error: Error) => {
      toast(error.message, "error", t("close"));
      return null;
    });
    if (closed || recording !== id) return;
    timeline = makeTimeline(found?.points ?? [], pages, bars);
    const sections = found?.sections.length ?? 0;
    await sound.load(id, at(timeline), play);
    if (closed || recording !== id) return;
    const { title: name } = await record;
    const doubtful = found !== null && levelOf(found.confidence) === "low";
    swap(facts, name, sections > 1 && ` · ${t("player.sections", { n: sections })}`, doubtful && h("span", { class: "bad" }, ` · ${t("player.doubtful")}`));
    if (doubtful) toast(t("player.doubtful"), "info", t("close"));
    document.title = `${score?.title ?? name} · Scorebridge`;
    showBand(transport.band, found ? stretches(found, sound.duration) : [], sound.duration);
    transport.say(score && !timeline.points.length ? t("player.noMatch") : "");
    follow(sound.time);
    root.dataset.ready = id;
  }

  /** Everything that moves with the sound. */
  function follow(time: number): void {
    const place = placeAt(timeline, time);
    transport.time(time, sound.duration, place?.bar ?? null, pages.length > 1 ? (place?.page ?? null) : null);
    const box = marks?.place(place) ?? null;
    if (!place || !box || !sheet) return;
    root.dataset.time = time.toFixed(3);
    if (performance.now() - handled > REST) {
      sheet.show(place.page, sheet.layout.mode !== "strip" || !sound.playing);
      sheet.reveal(place.page, [Math.max(place.x - 0.1, 0), box[1], Math.min(place.x + 0.1, 1), box[3]]);
    }
    if (place.bar !== lastBar && !sound.playing) announce(t("player.barPage", { bar: place.bar ?? "?", page: place.page }));
    lastBar = place.bar;
  }

  function barOf(spot: Spot): Bar | null {
    return barAt(pages, bars, spot.page, spot.x, spot.y);
  }

  function clickBar(spot: Spot): void {
    const bar = barOf(spot);
    const time = bar && nearest(timesOfBar(timeline, bar), sound.time);
    if (time === null || time === undefined) {
      if (bar && timeline.points.length) announce(t("player.notPlayed", { bar: bar.number }));
      return;
    }
    handled = Number.NEGATIVE_INFINITY;
    sound.seek(time);
    void sound.play();
  }

  function dragBars(from: Spot, to: Spot, end: boolean): void {
    let [first, last] = [barOf(from), barOf(to)];
    if (!first || !last || !marks) return;
    if (last.number < first.number) [first, last] = [last, first];
    if (first === last && Math.abs(from.x - to.x) < 0.01) return;
    marks.span(first, last);
    if (!end) return;
    const span = spanOfBars(timeline, first, last, sound.time);
    if (span) sound.setLoop({ start: span[0], end: span[1] });
    else marks.span(null, null);
  }

  function showLoop(loop: Loop | null): void {
    transport.loop(loop);
    if (!loop || !marks) return marks?.span(null, null);
    const inside = (time: number) => placeAt(timeline, time)?.bar ?? null;
    const [first, last] = [inside(loop.start + 0.05), inside(loop.end - 0.05)];
    if (first && last && first <= last) marks.span(bars[first - 1] ?? null, bars[last - 1] ?? null);
  }

  /** Loop the bar that sounds, or end the loop. */
  function toggleLoop(): void {
    if (sound.loop) return sound.setLoop(null);
    const bar = bars[(placeAt(timeline, sound.time)?.bar ?? 0) - 1];
    const span = bar && spanOfBars(timeline, bar, bar, sound.time);
    if (span) sound.setLoop({ start: span[0], end: span[1] });
  }

  function loopEdge(end: boolean): void {
    const now = sound.time;
    const loop = end ? { start: sound.loop?.start ?? 0, end: now } : { start: now, end: sound.loop?.end ?? sound.duration };
    if (loop.end - loop.start > 0.2) sound.setLoop(loop);
  }

  function toBar(direction: 1 | -1): void {
    const time = neighbourBar(timeline, sound.time, direction);
    handled = Number.NEGATIVE_INFINITY;
    sound.seek(time ?? sound.time + 5 * direction);
  }

  function setRate(rate: number): void {
    const value = Math.round(Math.min(Math.max(rate, RATES.least), RATES.most) * 100) / 100;
    sound.rate = value;
    transport.rate(value);
  }

  function setMode(mode: Mode): void {
    if (!sheet) return;
    remember(MODE, mode);
    sheet.setMode(mode);
    transport.mode(mode);
    handled = Number.NEGATIVE_INFINITY;
    follow(sound.time);
  }

  function toggleFull(): void {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void root.requestFullscreen().catch(() => root.classList.toggle("player-full"));
  }

  /** Another recording of the same score: same bar, same pass, same share of the bar. */
  function switchTo(id: string): void {
    if (id === recording) return;
    const was = timeline;
    const now = sound.time;
    const place = placeAt(was, now);
    const bar = place?.bar ? bars[place.bar - 1] : undefined;
    const playing = sound.playing;
    const at = (next: Timeline): number => {
      if (!bar || !next.points.length) return 0;
      const before = timesOfBar(was, bar);
      const pass = Math.max(before.filter((time) => time <= now + 0.01).length - 1, 0);
      const times = timesOfBar(next, bar);
      return times[Math.min(pass, times.length - 1)] ?? next.points[Math.max(lastBefore(next.points, now), 0)]?.time_s ?? 0;
    };
    void open(id, at, playing).catch(failed);
    if (score) history.replaceState(null, "", address({ view: "play", score: score.id, recording: id }));
    transport.recordings(choices(), id);
  }

  function nextRecording(): void {
    const list = choices();
    const next = list[(list.findIndex((c) => c.id === recording) + 1) % list.length];
    if (next) switchTo(next.id);
  }

  function failed(error: Error): void {
    transport.say("");
    if (!closed) toast(error.message, "error", t("close"));
  }

  const forget = listen({
    toggle: () => sound.toggle(),
    bar: toBar,
    seconds: (by) => sound.seek(sound.time + by),
    page: (direction) => {
      handled = performance.now();
      if (sheet?.layout.mode === "strip") sheet.scroll(0.85 * direction);
      else sheet?.step(direction);
    },
    ends: (end) => sound.seek(end ? (timeline.points.at(-1)?.time_s ?? sound.duration) : 0),
    speed: (by) => setRate(by === 0 ? 1 : sound.rate + by * RATES.step),
    loop: toggleLoop,
    loopStart: () => loopEdge(false),
    loopEnd: () => loopEdge(true),
    clear: () => sound.setLoop(null),
    view: () => sheet && setMode(MODES[(MODES.indexOf(sheet.layout.mode) + 1) % MODES.length] as Mode),
    full: toggleFull,
    recording: nextRecording,
    zoom: (factor) => sheet?.zoom(factor),
    help: showKeys,
  });

  const first = (line: Timeline): number => {
    if (route.time !== undefined) return route.time;
    const bar = route.bar ? bars[route.bar - 1] : undefined;
    return (bar && timesOfBar(line, bar)[0]) ?? 0;
  };
  if (recording) void open(recording, first, false).catch(failed);
  else transport.say(t("player.noRecording"));

  return {
    title: score?.title ?? t("player.noScoreTitle"),
    close() {
      closed = true;
      forget();
      head.remove();
      sound.destroy();
      sheet?.destroy();
    },
  };
}
