/** The three tools of the correction view, and the requests that save what they change. */

import * as api from "../../api";
import { setChildren, setChildrenKeepingFocus, toast } from "../../dom";
import { formatTime } from "../../format";
import * as jobs from "../../jobs";
import { drawConfidenceBand } from "../../media/band";
import { Marks } from "../../media/marks";
import { Sheet, type Spot } from "../../media/sheet";
import { barAt, numberBars } from "../../music/bars";
import { confidenceSpans } from "../../music/confidence";
import { makeTimeline, placeAt, timesOfBar } from "../../music/timeline";
import { t } from "../../strings";
import { anchorsPanel } from "./anchors";
import { boxesEditor } from "./boxes";
import { sectionsPanel } from "./sections";
import type { CorrectState, Tool } from "./state";

/** Shows the pages of the state on a new sheet, with `page` in front. */
export function openSheet(state: CorrectState, page: number): void {
  state.sheet?.destroy();
  setChildren(state.elements.stage);
  const sheet = new Sheet(state.elements.stage, state.pages, "page", {
    click: (spot) => (state.tool === "boxes" ? state.boxes?.click(spot) : chooseBar(state, spot)),
    drag: (from, to, end) => state.boxes?.drag(from, to, end),
    hover: (spot) => (state.tool === "boxes" ? state.boxes?.hover(spot) : state.marks.setPointed(spot && barUnder(state, spot))),
    turned: () => showPageNumber(state),
  });
  sheet.draws = (_, spot) => state.tool === "boxes" && (state.boxes?.grips(spot) ?? false);
  sheet.show(page);
  state.sheet = sheet;
  state.marks = new Marks(sheet, state.pages, state.bars);
  showPageNumber(state);
}

function showPageNumber(state: CorrectState): void {
  const page = state.sheet.firstPage();
  state.elements.pageNumber.textContent = t("page.of", { page, n: state.pages.length });
  state.boxes?.turned(page);
}

/** Opens the panel of a tool; what was begun with the tool before is dropped. */
export function useTool(state: CorrectState, tool: Tool): void {
  const { elements, marks, sound } = state;
  state.tool = tool;
  state.boxes?.close();
  state.boxes = null;
  state.anchors = null;
  for (const tab of elements.tabs) tab.setAttribute("aria-pressed", String(tab.dataset.tool === tool));
  elements.root.dataset.tool = tool;
  marks.setPointed(null);
  marks.setBars(null, null);
  follow(state, sound.time);
  if (tool === "anchors") openAnchors(state);
  else if (tool === "sections") openSections(state);
  else openBoxes(state);
}

function openAnchors(state: CorrectState): void {
  const { sound } = state;
  state.anchors = anchorsPanel(state.alignment?.corrections.pins ?? [], {
    bars: state.bars,
    now: () => sound.time,
    listen: (anchor) => {
      sound.seek(Math.max(anchor.time_s - 1, 0));
      void sound.play();
    },
    change: (pins) => void saveAlignment(state, { pins, sections: state.alignment?.corrections.sections ?? [] }),
  });
  setChildrenKeepingFocus(state.elements.panel, state.anchors.element);
}

function openSections(state: CorrectState): void {
  const panel = sectionsPanel(
    state.alignment,
    state.bars,
    (sections) => void saveAlignment(state, { pins: state.alignment?.corrections.pins ?? [], sections }),
  );
  setChildrenKeepingFocus(state.elements.panel, panel);
}

function openBoxes(state: CorrectState): void {
  const { id } = state.score;
  state.boxes = boxesEditor(state.elements.panel, state.sheet, state.pages, {
    save: (page, systems) => void savePage(state, () => api.correctPage(id, page, { systems, rotation: rotationOf(state, page) })),
    turn: (page, by) => void savePage(state, () => api.correctPage(id, page, { rotation: (rotationOf(state, page) + by) % 360 })),
    reset: (page) => void savePage(state, () => api.resetPage(id, page)),
  });
  state.boxes.turned(state.sheet.firstPage());
}

const rotationOf = ({ pages }: CorrectState, page: number) => pages[page - 1]?.rotation ?? 0;

/** Marks the bar that is clicked: the next anchor is for it; with the sections the sound goes there. */
function chooseBar(state: CorrectState, spot: Spot): void {
  const bar = barUnder(state, spot);
  if (!bar) return;
  state.marks.setBars(bar, bar);
  state.anchors?.choose(bar);
  const time = timesOfBar(state.timeline, bar)[0];
  if (state.tool === "sections" && !state.sound.playing && time !== undefined) state.sound.seek(time);
}

const barUnder = (state: CorrectState, spot: Spot) => barAt(state.pages, state.bars, spot.page, spot.x, spot.y);

/** Shows a time in seconds: clock, cursor, time of the next anchor, page. */
export function follow(state: CorrectState, time: number): void {
  const { elements, sound, tool } = state;
  elements.time.textContent = `${formatTime(time, true)} / ${formatTime(sound.duration)}`;
  const place = placeAt(state.timeline, time);
  state.marks.setCursor(tool === "boxes" ? null : place);
  state.anchors?.setTime(time);
  if (place && sound.playing && tool !== "boxes") state.sheet.show(place.page);
}

/** Fetches the alignment of the pair, if there is a recording. */
export async function loadAlignment(state: CorrectState): Promise<void> {
  const { recording, score } = state;
  if (!recording) return;
  const record = await jobs.waitForResult(() => api.getAlignment(score.id, recording), showProgress(state, t("player.aligning")));
  if (!state.closed) showAlignment(state, record);
}

function showAlignment(state: CorrectState, record: api.AlignmentRecord): void {
  const { elements, sound } = state;
  state.alignment = record;
  state.timeline = makeTimeline(record.points, state.pages, state.bars);
  drawConfidenceBand(elements.band, confidenceSpans(record, sound.duration), sound.duration);
  follow(state, sound.time);
}

async function saveAlignment(state: CorrectState, corrections: api.Corrections): Promise<void> {
  const { elements, recording, score } = state;
  if (!recording) return;
  await save(state, t("correct.following"), async () => {
    const answer = await api.correctAlignment(score.id, recording, corrections);
    if ("job" in answer) await jobs.waitForJob(answer.job, showProgress(state, t("correct.following")));
    const record = "done" in answer ? answer.done : await jobs.waitForResult(() => api.getAlignment(score.id, recording));
    if (state.closed) return;
    showAlignment(state, record);
    elements.root.dataset.version = record.version;
  });
}

/** Saves a page with `ask`, then shows the pages as they were read again. */
async function savePage(state: CorrectState, ask: () => Promise<api.Answer<unknown>>): Promise<void> {
  await save(state, t("correct.saving"), async () => {
    const answer = await ask();
    if ("job" in answer) await jobs.waitForJob(answer.job, showProgress(state, t("correct.saving")));
    const { pages } = await api.getPages(state.score.id);
    if (state.closed) return;
    state.pages = pages;
    state.bars = numberBars(pages);
    state.boxes?.close();
    state.boxes = null;
    openSheet(state, state.sheet.firstPage());
    await loadAlignment(state);
  });
}

/** Runs `change` with its progress in the status line, then opens the tool in use again. */
async function save(state: CorrectState, progress: string, change: () => Promise<void>): Promise<void> {
  const { status } = state.elements;
  status.textContent = progress;
  try {
    await change();
    status.textContent = t("correct.saved");
  } catch (error) {
    status.textContent = "";
    toast((error as Error).message, "error", t("close"));
  }
  if (!state.closed) useTool(state, state.tool);
}

const showProgress = (state: CorrectState, text: string) => (job: api.Job) => {
  state.elements.status.textContent = job.message || text;
};
