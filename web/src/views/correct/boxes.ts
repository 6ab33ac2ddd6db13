/** The editor of boxes: systems, their edges and their barlines, moved with the pointer or with keys. */

import type { ScorePage } from "../../api";
import { button, h, setChildrenKeepingFocus, svg } from "../../dom";
import type { Sheet, Spot } from "../../media/sheet";
import {
  addLine,
  addSystem,
  type Draft,
  type Grip,
  gripAt,
  moveEdge,
  moveLine,
  removeLine,
  removeSystem,
  toDrafts,
  toRecords,
} from "../../music/page-edit";
import type { Box } from "../../music/types";
import { t } from "../../strings";
import { drawBoxes } from "./boxes-layer";

/** px around an edge or a barline in which the pointer grips it. */
const GRIP_PX = 9;
/** Fraction of the page that an arrow key moves a part; with Shift five times that. */
const KEY_STEP = 0.002;
/** Fractions of width and height below which a drawn system is too small to be one. */
const MIN_DRAWN = { width: 0.05, height: 0.01 };

const EDGES = ["left", "top", "right", "bottom"] as const;
const ARROWS: Record<string, [x: number, y: number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** What the sheet reports to the editor. */
export interface BoxesEditor {
  /** Returns whether a drag from a spot edits, and grips what is there. */
  grips(spot: Spot): boolean;
  drag(from: Spot, to: Spot, end: boolean): void;
  click(spot: Spot): void;
  hover(spot: Spot | null): void;
  turned(page: number): void;
  close(): void;
}

interface BoxesActions {
  save: (page: number, systems: ReturnType<typeof toRecords>) => void;
  /** Takes back all corrections of a page. */
  reset: (page: number) => void;
}

interface BoxesState {
  readonly panel: HTMLElement;
  readonly sheet: Sheet;
  readonly pages: readonly ScorePage[];
  readonly actions: BoxesActions;
  readonly layer: SVGGElement;
  page: number;
  /** The systems of the page as edited, and as they were before each change. */
  drafts: Draft[];
  history: Draft[][];
  /** The part that is chosen. */
  grip: Grip | null;
  /** The systems when the drag began; `null` when nothing is dragged. */
  beforeDrag: Draft[] | null;
  /** What the next click or drag adds. */
  adding: "line" | "system" | null;
  /** The system that is being drawn. */
  frame: Box | null;
}

export function boxesEditor(panel: HTMLElement, sheet: Sheet, pages: readonly ScorePage[], actions: BoxesActions): BoxesEditor {
  const layer = svg("g", { class: "edit" });
  const state: BoxesState = { panel, sheet, pages, actions, layer, page: 1, drafts: [], history: [], grip: null, beforeDrag: null, adding: null, frame: null };
  return {
    grips: (spot) => spot.page === state.page && beginDrag(state, spot),
    drag: (from, to, end) => to.page === state.page && (state.adding === "system" ? drawSystem(state, from, to, end) : dragGrip(state, to, end)),
    click: (spot) => spot.page === state.page && clickOn(state, spot),
    hover: (spot) => showPointer(state, spot && spot.page === state.page ? spot : null),
    turned(page) {
      Object.assign(state, { page, drafts: toDrafts(pages[page - 1]?.systems ?? []), history: [], grip: null });
      show(state);
    },
    close() {
      layer.remove();
      canvasOf(sheet)?.style.removeProperty("cursor");
    },
  };
}

/** OpenSeadragon has no canvas any more when the sheet is destroyed. */
const canvasOf = (sheet: Sheet) => sheet.viewer.canvas as HTMLElement | null;

function show(state: BoxesState): void {
  draw(state);
  showPanel(state);
}

function draw(state: BoxesState): void {
  const { drafts, frame, grip, layer, page, sheet } = state;
  drawBoxes(layer, drafts, grip, frame);
  const parent = sheet.layers[page - 1];
  if (parent && layer.parentNode !== parent) parent.append(layer);
}

function change(state: BoxesState, drafts: Draft[]): void {
  state.history.push(state.drafts);
  state.drafts = drafts;
  show(state);
}

function undo(state: BoxesState): void {
  state.drafts = state.history.pop() ?? state.drafts;
  state.grip = null;
  show(state);
}

function choose(state: BoxesState, grip: Grip): void {
  state.grip = grip;
  show(state);
  focusHandle(state);
}

const focusHandle = ({ panel }: BoxesState) => panel.querySelector<HTMLElement>(".handle[aria-pressed=true]")?.focus();

function removeChosenLine(state: BoxesState): void {
  const { drafts, grip } = state;
  if (!grip || !("line" in grip)) return;
  state.grip = { system: grip.system, edge: "left" };
  change(state, removeLine(drafts, grip.system, grip.line));
}

/** Returns the systems with a part moved to a point of the page. */
function moved(drafts: readonly Draft[], grip: Grip, { x, y }: { x: number; y: number }): Draft[] {
  if ("line" in grip) return moveLine(drafts, grip.system, grip.line, x);
  return moveEdge(drafts, grip.system, grip.edge, grip.edge === "left" || grip.edge === "right" ? x : y);
}

// The panel

function showPanel(state: BoxesState): void {
  const { actions, adding, drafts, grip, page } = state;
  const changed = state.history.length > 0;
  const chosen = grip && drafts[grip.system];
  const start = (what: "line" | "system") => {
    state.adding = adding === what ? null : what;
    showPanel(state);
  };
  setChildrenKeepingFocus(
    state.panel,
    h("p", { class: "small muted" }, t("boxes.hint")),
    h("ul", { class: "systems" }, drafts.map((draft, k) => systemRow(state, draft, k))),
    chosen && grip && handles(state, chosen, grip),
    h(
      "div",
      { class: "group" },
      button("add", t("boxes.addLine"), () => start("line"), { text: true, pressed: adding === "line" }),
      button("add", t("boxes.addSystem"), () => start("system"), { text: true, pressed: adding === "system" }),
    ),
    h(
      "div",
      { class: "group" },
      h("button", { type: "button", class: "button button-main", disabled: !changed, onclick: () => actions.save(page, toRecords(drafts)) }, t("boxes.save")),
      h("button", { type: "button", class: "button", disabled: !changed, onclick: () => undo(state) }, t("boxes.undo")),
      state.pages[page - 1]?.corrected && button(null, t("boxes.takeBack"), () => actions.reset(page)),
    ),
  );
}

function systemRow(state: BoxesState, draft: Draft, index: number): HTMLElement {
  const pressed = String(state.grip?.system === index);
  const name = t("boxes.system", { system: index + 1, n: Math.max(draft.lines.length - 1, 0) });
  return h(
    "li",
    {},
    h("button", { type: "button", class: "system-choice", "aria-pressed": pressed, onclick: () => choose(state, { system: index, edge: "left" }) }, name),
    button("remove", t("boxes.removeSystem", { system: index + 1 }), () => {
      state.grip = null;
      change(state, removeSystem(state.drafts, index));
    }),
  );
}

/** The parts of the chosen system, each a button that arrow keys move. */
function handles(state: BoxesState, draft: Draft, { system, ...part }: Grip): HTMLElement {
  const handle = (label: string, grip: Grip, pressed: boolean) =>
    h("button", { type: "button", class: "handle", "aria-pressed": String(pressed), onclick: () => choose(state, grip) }, label);
  const edge = "edge" in part ? part.edge : null;
  const line = "line" in part ? part.line : null;
  return h(
    "div",
    { class: "handles", role: "group", "aria-label": t("boxes.handles", { system: system + 1 }), onkeydown: (event: KeyboardEvent) => moveByKey(state, event) },
    EDGES.map((name) => handle(t(`boxes.${name}`), { system, edge: name }, name === edge)),
    draft.lines.map((_, k) => handle(t("boxes.line", { n: k + 1 }), { system, line: k }, k === line)),
    line !== null && button("remove", t("boxes.removeLine"), () => removeChosenLine(state), { text: true }),
  );
}

/** Arrow keys move the chosen part; Delete and Backspace remove a barline. */
function moveByKey(state: BoxesState, event: KeyboardEvent): void {
  const { drafts, grip } = state;
  if (event.key === "Delete" || event.key === "Backspace") return removeChosenLine(state);
  const step = ARROWS[event.key];
  const draft = grip && drafts[grip.system];
  if (!step || !draft) return;
  event.preventDefault();
  const [x0, y0, x1, y1] = draft.box;
  const from =
    "line" in grip ? { x: draft.lines[grip.line] ?? x0, y: y0 } : { x: grip.edge === "right" ? x1 : x0, y: grip.edge === "bottom" ? y1 : y0 };
  const by = KEY_STEP * (event.shiftKey ? 5 : 1);
  change(state, moved(drafts, grip, { x: from.x + step[0] * by, y: from.y + step[1] * by }));
  focusHandle(state);
}

// The pointer

/** Distance in page fractions at which the pointer grips a part. */
function reach({ page, sheet }: BoxesState): { x: number; y: number } {
  const { width, height } = sheet.windowRect(page, [0, 0, 1, 1]);
  return { x: GRIP_PX / width, y: GRIP_PX / height };
}

function beginDrag(state: BoxesState, spot: Spot): boolean {
  if (state.adding === "system") return true;
  const grip = state.adding ? null : gripAt(state.drafts, spot.x, spot.y, reach(state));
  if (!grip) return false;
  state.grip = grip;
  state.beforeDrag = state.drafts;
  show(state);
  return true;
}

function drawSystem(state: BoxesState, from: Spot, to: Spot, end: boolean): void {
  const box: Box = [Math.min(from.x, to.x), Math.min(from.y, to.y), Math.max(from.x, to.x), Math.max(from.y, to.y)];
  state.frame = end ? null : box;
  if (end) {
    state.adding = null;
    if (box[2] - box[0] > MIN_DRAWN.width && box[3] - box[1] > MIN_DRAWN.height) return change(state, addSystem(state.drafts, box));
    return show(state);
  }
  draw(state);
}

function dragGrip(state: BoxesState, to: Spot, end: boolean): void {
  const { beforeDrag, grip } = state;
  if (!grip || !beforeDrag) return;
  const drafts = moved(beforeDrag, grip, to);
  if (end) {
    state.drafts = beforeDrag;
    state.beforeDrag = null;
    change(state, drafts);
  } else {
    state.drafts = drafts;
    draw(state);
  }
}

function clickOn(state: BoxesState, spot: Spot): void {
  const { drafts } = state;
  const system = drafts.findIndex(({ box: [x0, y0, x1, y1] }) => spot.x >= x0 && spot.x <= x1 && spot.y >= y0 && spot.y <= y1);
  if (system < 0) return;
  if (state.adding === "line") {
    state.adding = null;
    change(state, addLine(drafts, system, spot.x));
  } else choose(state, gripAt(drafts, spot.x, spot.y, reach(state)) ?? { system, edge: "left" });
}

/** Shows by the pointer what a drag from here would do. */
function showPointer(state: BoxesState, spot: Spot | null): void {
  const canvas = canvasOf(state.sheet);
  const grip = spot && !state.adding ? gripAt(state.drafts, spot.x, spot.y, reach(state)) : null;
  const across = grip && ("line" in grip || grip.edge === "left" || grip.edge === "right");
  if (canvas) canvas.style.cursor = state.adding ? "crosshair" : !grip ? "" : across ? "ew-resize" : "ns-resize";
}
