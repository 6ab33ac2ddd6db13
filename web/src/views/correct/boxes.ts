/** The editor of boxes: systems, their edges, staves and barlines, moved with the pointer or with keys. */

import type { ScorePage } from "../../api";
import { setChildrenKeepingFocus, svg } from "../../dom";
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
  toDrafts,
  toRecords,
} from "../../music/page-edit";
import { addStaff, moveStaff, removeStaff } from "../../music/staff-edit";
import type { Box } from "../../music/types";
import { drawBoxes } from "./boxes-layer";
import { type Adding, boxesPanel, type Turn } from "./boxes-panel";

/** px around an edge or a barline in which the pointer grips it. */
const GRIP_PX = 9;
/** Fraction of the page that an arrow key moves a part; with Shift five times that. */
const KEY_STEP = 0.002;
/** Fractions of width and height below which a drawn system is too small to be one. */
const MIN_DRAWN = { width: 0.05, height: 0.01 };

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
  /** Turns a page, which is then read again. */
  turn: (page: number, by: Turn) => void;
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
  adding: Adding | null;
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

/** Removes the barline or the staff that is chosen. */
function removeChosen(state: BoxesState): void {
  const { drafts, grip } = state;
  if (!grip || "edge" in grip) return;
  state.grip = { system: grip.system, edge: "left" };
  change(state, "line" in grip ? removeLine(drafts, grip.system, grip.line) : removeStaff(drafts, grip.system, grip.staff));
}

/** Returns the systems with a part moved to a point of the page. */
function moved(drafts: readonly Draft[], grip: Grip, { x, y }: { x: number; y: number }): Draft[] {
  if ("line" in grip) return moveLine(drafts, grip.system, grip.line, x);
  if ("staff" in grip) return moveStaff(drafts, grip.system, grip.staff, y);
  return moveEdge(drafts, grip.system, grip.edge, grip.edge === "left" || grip.edge === "right" ? x : y);
}

// The panel

function showPanel(state: BoxesState): void {
  const { actions, adding, drafts, grip, history, page, pages, panel } = state;
  const shown = { drafts, grip, adding, changed: history.length > 0, corrected: pages[page - 1]?.corrected ?? false };
  const contents = boxesPanel(shown, {
    choose: (next) => choose(state, next),
    change(next, chosen) {
      state.grip = chosen;
      change(state, next);
    },
    add(what) {
      state.adding = adding === what ? null : what;
      showPanel(state);
    },
    moveByKey: (event) => moveByKey(state, event),
    turn: (by) => actions.turn(page, by),
    save: () => actions.save(page, toRecords(drafts)),
    undo: () => undo(state),
    reset: () => actions.reset(page),
  });
  setChildrenKeepingFocus(panel, ...contents);
}

/** Arrow keys move the chosen part; Delete and Backspace remove a barline or a staff. */
function moveByKey(state: BoxesState, event: KeyboardEvent): void {
  const { drafts, grip } = state;
  if (event.key === "Delete" || event.key === "Backspace") return removeChosen(state);
  const step = ARROWS[event.key];
  const draft = grip && drafts[grip.system];
  if (!step || !draft) return;
  event.preventDefault();
  const from = pointOf(draft, grip);
  const by = KEY_STEP * (event.shiftKey ? 5 : 1);
  change(state, moved(drafts, grip, { x: from.x + step[0] * by, y: from.y + step[1] * by }));
  focusHandle(state);
}

/** Where a part is, at the coordinates that move it. */
function pointOf({ box: [x0, y0, x1, y1], lines, staves }: Draft, grip: Grip): { x: number; y: number } {
  if ("line" in grip) return { x: lines[grip.line] ?? x0, y: y0 };
  if ("staff" in grip) {
    const [, top, , bottom] = staves[grip.staff] ?? [x0, y0, x1, y1];
    return { x: x0, y: (top + bottom) / 2 };
  }
  return { x: grip.edge === "right" ? x1 : x0, y: grip.edge === "bottom" ? y1 : y0 };
}

// The pointer

/** Distance in page fractions at which the pointer grips a part. */
function reach({ page, sheet }: BoxesState): { x: number; y: number } {
  const { width, height } = sheet.windowRect(page, [0, 0, 1, 1]);
  return { x: GRIP_PX / width, y: GRIP_PX / height };
}

function beginDrag(state: BoxesState, spot: Spot): boolean {
  if (state.adding === "system") return true;
  const grip = state.adding ? null : gripAt(state.drafts, spot.x, spot.y, reach(state)) ?? chosenStaffAt(state, spot);
  if (!grip) return false;
  state.grip = grip;
  state.beforeDrag = state.drafts;
  show(state);
  return true;
}

/** The staff that is chosen, if the pointer is on it: then it is dragged, else the page. */
function chosenStaffAt({ drafts, grip }: BoxesState, { x, y }: Spot): Grip | null {
  if (!grip || !("staff" in grip)) return null;
  const [x0, y0, x1, y1] = drafts[grip.system]?.staves[grip.staff] ?? [1, 1, 0, 0];
  return x >= x0 && x <= x1 && y >= y0 && y <= y1 ? grip : null;
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
  if (state.adding === "staff") return addStaffAt(state, spot);
  const system = drafts.findIndex(({ box: [x0, y0, x1, y1] }) => spot.x >= x0 && spot.x <= x1 && spot.y >= y0 && spot.y <= y1);
  if (system < 0) return;
  if (state.adding === "line") {
    state.adding = null;
    change(state, addLine(drafts, system, spot.x));
  } else choose(state, gripAt(drafts, spot.x, spot.y, reach(state)) ?? { system, edge: "left" });
}

/** Adds a staff where the page is clicked, to the system that is chosen or else to the nearest. */
function addStaffAt(state: BoxesState, { y }: Spot): void {
  const { drafts, grip } = state;
  const far = ({ box: [, y0, , y1] }: Draft) => Math.max(y0 - y, y - y1, 0);
  const nearest = drafts.reduce((best, draft, k) => (far(draft) < far(drafts[best] as Draft) ? k : best), 0);
  const system = grip?.system ?? nearest;
  if (!drafts[system]) return;
  state.adding = null;
  const made = addStaff(drafts, system, y);
  state.grip = { system, staff: made.staff };
  change(state, made.drafts);
}

/** Shows by the pointer what a drag from here would do. */
function showPointer(state: BoxesState, spot: Spot | null): void {
  const canvas = canvasOf(state.sheet);
  const grip = spot && !state.adding ? gripAt(state.drafts, spot.x, spot.y, reach(state)) ?? chosenStaffAt(state, spot) : null;
  const across = grip && ("line" in grip || ("edge" in grip && (grip.edge === "left" || grip.edge === "right")));
  if (canvas) canvas.style.cursor = state.adding ? "crosshair" : !grip ? "" : across ? "ew-resize" : "ns-resize";
}
