/** Correcting: pins and the order of sections for a pair, boxes and bar lines for a page. */

import * as api from "../api";
import { button, h, renew, swap, toast } from "../dom";
import { clock } from "../format";
import * as jobs from "../jobs";
import { type Bar, barAt, numberBars } from "../music/bars";
import { stretches } from "../music/confidence";
import { makeTimeline, placeAt, type Timeline, timesOfBar } from "../music/timeline";
import { inWords, showBand } from "../player/band";
import { Marks } from "../player/marks";
import { Sheet, type Spot } from "../player/sheet";
import { Sound } from "../player/sound";
import { address, go, type Route } from "../router";
import { t } from "../strings";
import { boxesEditor, type BoxesEditor } from "./boxes";
import { pinsPanel, type PinsPanel, sectionsPanel } from "./pins";
import type { View } from "./view";

type Tool = "pins" | "sections" | "boxes";

export async function correctView(main: HTMLElement, route: Extract<Route, { view: "correct" }>): Promise<View> {
  const [score, first] = await Promise.all([api.document_(route.score), api.pages(route.score)]);
  const recording = route.recording;
  let pages = first.pages;
  let bars: Bar[] = numberBars(pages);
  let timeline: Timeline = makeTimeline([], pages, bars);
  let alignment: api.AlignmentRecord | null = null;
  let tool: Tool = recording ? "pins" : "boxes";
  let closed = false;

  const stage = h("div", { class: "stage", role: "group", "aria-label": t("player.score") });
  const wave = h("div", { class: "wave" });
  const band = h("div", { class: "band" });
  const play = button("play", t("player.play"), () => sound.toggle(), { class: "button-play" });
  const time = h("span", { class: "time numbers" });
  const status = h("p", { class: "small muted", role: "status" });
  const where = h("span", { class: "numbers muted" });
  const panel = h("div", { class: "correct-tool" });
  const tabs = (["pins", "sections", "boxes"] as const).map((name) =>
    h("button", { type: "button", "data-tool": name, disabled: name !== "boxes" && !recording, onclick: () => use(name) }, t(`correct.${name}`)),
  );
  const root = h(
    "div",
    { class: "correct" },
    h("div", { class: "correct-pages" }, stage, h("div", { class: "group pager" }, button("previous", t("page.previous"), () => sheet.step(-1)), where, button("next", t("page.next"), () => sheet.step(1)))),
    h(
      "aside",
      { class: "correct-side" },
      h("h1", {}, score.title),
      recording && h("a", { href: address({ view: "play", score: score.id, recording }) }, t("correct.back")),
      h("div", { class: "segments", role: "group", "aria-label": t("correct.what") }, tabs),
      panel,
      status,
    ),
    recording && h("section", { class: "transport", "aria-label": t("player.controls") }, h("div", { class: "track" }, wave, band), h("div", { class: "controls" }, play, time)),
  );
  swap(main, root);

  const sound = new Sound(wave, {
    time: follow,
    state: () => {
      const name = t(sound.playing ? "player.pause" : "player.play");
      if (play.getAttribute("aria-label") !== name) {
        swap(play, ...button(sound.playing ? "pause" : "play", name, () => {}).childNodes);
        play.setAttribute("aria-label", name);
      }
    },
    loop: () => {},
    error: (message) => toast(t("player.soundFailed", { message }), "error", t("close")),
  });

  let marks: Marks;
  let sheet: Sheet;
  let editor: BoxesEditor | null = null;
  let pins: PinsPanel | null = null;

  function makeSheet(page: number): void {
    sheet?.destroy();
    swap(stage);
    sheet = new Sheet(stage, pages, "page", {
      click: (spot) => (tool === "boxes" ? editor?.click(spot) : chooseBar(spot)),
      drag: (from, to, end) => editor?.drag(from, to, end),
      hover: (spot) => (tool === "boxes" ? editor?.hover(spot) : marks.point(spot ? barAt(pages, bars, spot.page, spot.x, spot.y) : null)),
      turned: tell,
    });
    sheet.draws = (_, spot) => tool === "boxes" && (editor?.grips(spot) ?? false);
    sheet.show(page);
    marks = new Marks(sheet, pages, bars);
    tell();
  }

  function tell(): void {
    where.textContent = t("page.of", { page: sheet.firstPage(), n: pages.length });
    editor?.turned(sheet.firstPage());
  }

  function use(name: Tool): void {
    tool = name;
    for (const tab of tabs) tab.setAttribute("aria-pressed", String(tab.dataset.tool === name));
    editor?.close();
    editor = null;
    pins = null;
    marks.point(null);
    marks.span(null, null);
    follow(sound.time);
    root.dataset.tool = name;
    if (name === "pins") {
      pins = pinsPanel(alignment?.corrections.pins ?? [], {
        now: () => sound.time,
        bars: bars.length,
        listen: (pin) => {
          sound.seek(Math.max(pin.time_s - 1, 0));
          void sound.play();
        },
        change: (list) => void correct({ pins: list, sections: alignment?.corrections.sections ?? [] }),
      });
      renew(panel, pins.element);
    } else if (name === "sections") {
      renew(
        panel,
        sectionsPanel(alignment, bars.length, (list) => void correct({ pins: alignment?.corrections.pins ?? [], sections: list })),
      );
    } else {
      editor = boxesEditor(panel, sheet, pages, {
        save: (page, systems) => void pageChange(() => api.correctPage(score.id, page, systems)),
        undo: (page) => void pageChange(() => api.uncorrectPage(score.id, page)),
      });
      editor.turned(sheet.firstPage());
    }
  }

  /** A click on a bar: it is what the next pin is about, and the sound goes there. */
  function chooseBar(spot: Spot): void {
    const bar = barAt(pages, bars, spot.page, spot.x, spot.y);
    if (!bar) return;
    marks.span(bar, bar);
    if (tool === "pins") pins?.choose(bar.number);
    const at = timesOfBar(timeline, bar)[0];
    if (!sound.playing && at !== undefined && tool === "sections") sound.seek(at);
  }

  function follow(now: number): void {
    time.textContent = `${clock(now, true)} / ${clock(sound.duration)}`;
    const place = placeAt(timeline, now);
    marks?.place(tool === "boxes" ? null : place);
    pins?.time(now);
    if (place && sound.playing && tool !== "boxes") sheet.show(place.page);
  }

  async function correct(corrections: api.Corrections): Promise<void> {
    if (!recording) return;
    status.textContent = t("correct.following");
    try {
      const made = await api.correctAlignment(score.id, recording, corrections);
      if ("done" in made) take(made.done);
      else {
        await jobs.finished(made.job, (job) => (status.textContent = job.message || t("correct.following")));
        take(await jobs.settled(() => api.alignment(score.id, recording)));
      }
      status.textContent = t("correct.kept");
      root.dataset.version = alignment?.version;
    } catch (error) {
      status.textContent = "";
      toast((error as Error).message, "error", t("close"));
    }
    use(tool);
  }

  async function pageChange(ask: () => Promise<api.Answer<unknown>>): Promise<void> {
    status.textContent = t("correct.saving");
    try {
      const answer = await ask();
      if ("job" in answer) await jobs.finished(answer.job, (job) => (status.textContent = job.message || t("correct.saving")));
      pages = (await api.pages(score.id)).pages;
      bars = numberBars(pages);
      const page = sheet.firstPage();
      editor?.close();
      editor = null;
      makeSheet(page);
      await align();
      status.textContent = t("correct.kept");
    } catch (error) {
      status.textContent = "";
      toast((error as Error).message, "error", t("close"));
    }
    use(tool);
  }

  function take(record: api.AlignmentRecord): void {
    alignment = record;
    timeline = makeTimeline(record.points, pages, bars);
    showBand(band, stretches(record, sound.duration), sound.duration);
    follow(sound.time);
  }

  async function align(): Promise<void> {
    if (!recording) return;
    const record = await jobs.settled(() => api.alignment(score.id, recording), (job) => (status.textContent = job.message || t("player.aligning")));
    if (!closed) take(record);
  }

  makeSheet(1);
  use(tool);
  if (recording) {
    void sound
      .load(recording)
      .then(align)
      .then(() => {
        if (closed) return;
        status.textContent = alignment ? inWords(stretches(alignment, sound.duration)) : "";
        use(tool);
        root.dataset.ready = "yes";
      })
      .catch((error: Error) => toast(error.message, "error", t("close")));
  } else root.dataset.ready = "yes";

  const onKey = (event: KeyboardEvent) => {
    if ((event.target as HTMLElement).closest("input, select, textarea, button, a, dialog")) return;
    if (event.key === " ") {
      sound.toggle();
      event.preventDefault();
    } else if (event.key === "Escape") go({ view: "play", score: score.id, recording });
  };
  addEventListener("keydown", onKey);
  return {
    title: t("correct.title", { title: score.title }),
    close() {
      closed = true;
      removeEventListener("keydown", onKey);
      sound.destroy();
      editor?.close();
      sheet.destroy();
    },
  };
}
