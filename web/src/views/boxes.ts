/** Correcting what was read from a page: drag the edges of systems and their bar lines, or move them by keys. */

import type { ScorePage } from "../api";
import { button, h, put, renew, s } from "../dom";
import {
  addLine,
  addSystem,
  type Draft,
  drafted,
  type Edge,
  type Grip,
  gripAt,
  moveEdge,
  moveLine,
  record,
  removeLine,
  removeSystem,
} from "../music/edit";
import type { Box } from "../music/types";
import type { Sheet, Spot } from "../player/sheet";
import { t } from "../strings";

const REACH = 9; // px around a handle
const NUDGE = 0.002; // of the page at each press of an arrow key

export interface BoxesEditor {
  grips(spot: Spot): boolean;
  drag(from: Spot, to: Spot, end: boolean): void;
  click(spot: Spot): void;
  hover(spot: Spot | null): void;
  turned(page: number): void;
  close(): void;
}

interface BoxActions {
  save: (page: number, systems: ReturnType<typeof record>) => void;
  undo: (page: number) => void;
}

export function boxesEditor(panel: HTMLElement, sheet: Sheet, pages: readonly ScorePage[], actions: BoxActions): BoxesEditor {
  const layer = s("g", { class: "edit" });
  let page = 1;
  let drafts: Draft[] = [];
  let history: Draft[][] = [];
  let grip: Grip | null = null;
  let before: Draft[] | null = null; // at the beginning of a drag
  let adding: "line" | "system" | null = null;
  let frame: Box | null = null;

  const reach = () => {
    const r = sheet.windowRect(page, [0, 0, 1, 1]);
    return { x: REACH / r.width, y: REACH / r.height };
  };

  function change(next: Draft[]): void {
    history.push(drafts);
    drafts = next;
    draw();
    list();
  }

  function draw(): void {
    const shown = (k: number, more: Partial<{ edge: Edge; line: number }>) =>
      grip?.system === k && Object.entries(more).every(([name, value]) => (grip as unknown as Record<string, unknown>)[name] === value);
    layer.replaceChildren();
    drafts.forEach(({ box: [x0, y0, x1, y1], lines }, k) => {
      put(layer, s("rect", { x: x0, y: y0, width: x1 - x0, height: y1 - y0, class: grip?.system === k ? "edit-box edit-chosen" : "edit-box" }));
      const edges: Record<Edge, [number, number, number, number]> = {
        left: [x0, y0, x0, y1],
        top: [x0, y0, x1, y0],
        right: [x1, y0, x1, y1],
        bottom: [x0, y1, x1, y1],
      };
      for (const [edge, [a, b, c, d]] of Object.entries(edges))
        if (shown(k, { edge: edge as Edge })) put(layer, s("line", { x1: a, y1: b, x2: c, y2: d, class: "edit-held", "vector-effect": "non-scaling-stroke" }));
      lines.forEach((x, line) =>
        put(layer, s("line", { x1: x, x2: x, y1: y0, y2: y1, class: shown(k, { line }) ? "edit-line edit-held" : "edit-line", "vector-effect": "non-scaling-stroke" })),
      );
    });
    if (frame) {
      const [x0, y0, x1, y1] = frame;
      put(layer, s("rect", { x: x0, y: y0, width: x1 - x0, height: y1 - y0, class: "edit-box edit-chosen" }));
    }
    const place = sheet.layers[page - 1];
    if (place && layer.parentNode !== place) place.append(layer);
  }

  function list(): void {
    const changed = history.length > 0;
    const chosen = grip ? drafts[grip.system] : null;
    const line = grip && "line" in grip ? grip.line : null;
    renew(
      panel,
      h("p", { class: "small muted" }, t("boxes.hint")),
      h(
        "ul",
        { class: "systems" },
        drafts.map((draft, k) =>
          h(
            "li",
            {},
            h(
              "button",
              { type: "button", class: "system-choice", "aria-pressed": String(grip?.system === k), onclick: () => choose({ system: k, edge: "left" }) },
              t("boxes.system", { system: k + 1, n: Math.max(draft.lines.length - 1, 0) }),
            ),
            button("remove", t("boxes.removeSystem", { system: k + 1 }), () => {
              grip = null;
              change(removeSystem(drafts, k));
            }),
          ),
        ),
      ),
      chosen &&
        grip &&
        h(
          "div",
          { class: "handles", role: "group", "aria-label": t("boxes.handles", { system: grip.system + 1 }), onkeydown: nudge },
          (["left", "top", "right", "bottom"] as const).map((edge) => handle(t(`boxes.${edge}`), { system: grip?.system ?? 0, edge })),
          chosen.lines.map((_, k) => handle(t("boxes.line", { n: k + 1 }), { system: grip?.system ?? 0, line: k })),
          line !== null && button("remove", t("boxes.removeLine"), () => dropLine(), { text: true }),
        ),
      h(
        "div",
        { class: "group" },
        button("add", t("boxes.addLine"), () => start("line"), { text: true, pressed: adding === "line" }),
        button("add", t("boxes.addSystem"), () => start("system"), { text: true, pressed: adding === "system" }),
      ),
      h(
        "div",
        { class: "group" },
        h("button", { type: "button", class: "button button-main", disabled: !changed, onclick: () => actions.save(page, record(drafts)) }, t("boxes.save")),
        h("button", { type: "button", class: "button", disabled: !changed, onclick: undo }, t("boxes.undo")),
        pages[page - 1]?.corrected && button(null, t("boxes.takeBack"), () => actions.undo(page)),
      ),
    );
  }

  function handle(label: string, to: Grip): HTMLElement {
    const same = grip && JSON.stringify(grip) === JSON.stringify(to);
    return h("button", { type: "button", class: "handle", "aria-pressed": String(Boolean(same)), onclick: () => choose(to) }, label);
  }

  function choose(to: Grip): void {
    grip = to;
    draw();
    list();
    panel.querySelector<HTMLElement>(".handle[aria-pressed=true]")?.focus();
  }

  function start(what: "line" | "system"): void {
    adding = adding === what ? null : what;
    list();
  }

  function undo(): void {
    drafts = history.pop() ?? drafts;
    grip = null;
    draw();
    list();
  }

  function dropLine(): void {
    if (!grip || !("line" in grip)) return;
    const { system, line } = grip;
    grip = { system, edge: "left" };
    change(removeLine(drafts, system, line));
  }

  function moved(from: readonly Draft[], to: Grip, spot: { x: number; y: number }): Draft[] {
    if ("line" in to) return moveLine(from, to.system, to.line, spot.x);
    return moveEdge(from, to.system, to.edge, to.edge === "left" || to.edge === "right" ? spot.x : spot.y);
  }

  /** Arrow keys move what is chosen, Delete takes a bar line away. */
  function nudge(event: KeyboardEvent): void {
    const steps: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.key === "Delete" || event.key === "Backspace") return dropLine();
    const step = steps[event.key];
    const draft = grip && drafts[grip.system];
    if (!step || !grip || !draft) return;
    event.preventDefault();
    const [x0, y0, x1, y1] = draft.box;
    const at = "line" in grip ? { x: draft.lines[grip.line] ?? x0, y: y0 } : { x: grip.edge === "right" ? x1 : x0, y: grip.edge === "bottom" ? y1 : y0 };
    const by = NUDGE * (event.shiftKey ? 5 : 1);
    const held = grip;
    change(moved(drafts, held, { x: at.x + step[0] * by, y: at.y + step[1] * by }));
    panel.querySelector<HTMLElement>(".handle[aria-pressed=true]")?.focus();
  }

  const systemUnder = (spot: Spot) => drafts.findIndex(({ box: [x0, y0, x1, y1] }) => spot.x >= x0 && spot.x <= x1 && spot.y >= y0 && spot.y <= y1);

  return {
    grips(spot) {
      if (spot.page !== page) return false;
      if (adding === "system") return true;
      const found = adding ? null : gripAt(drafts, spot.x, spot.y, reach());
      if (!found) return false;
      grip = found;
      before = drafts;
      draw();
      list();
      return true;
    },
    drag(from, to, end) {
      if (to.page !== page) return;
      if (adding === "system") {
        frame = [Math.min(from.x, to.x), Math.min(from.y, to.y), Math.max(from.x, to.x), Math.max(from.y, to.y)];
        if (end) {
          const box = frame;
          frame = null;
          adding = null;
          if (box[2] - box[0] > 0.05 && box[3] - box[1] > 0.01) change(addSystem(drafts, box));
        }
        return draw();
      }
      if (!grip || !before) return;
      const next = moved(before, grip, to);
      if (end) {
        drafts = before;
        before = null;
        change(next);
      } else {
        drafts = next;
        draw();
      }
    },
    click(spot) {
      if (spot.page !== page) return;
      const system = systemUnder(spot);
      if (adding === "line" && system >= 0) {
        adding = null;
        change(addLine(drafts, system, spot.x));
      } else if (system >= 0) choose(gripAt(drafts, spot.x, spot.y, reach()) ?? { system, edge: "left" });
    },
    hover(spot) {
      const found = spot && spot.page === page && !adding ? gripAt(drafts, spot.x, spot.y, reach()) : null;
      const canvas = sheet.viewer.canvas as HTMLElement;
      canvas.style.cursor = adding ? "crosshair" : !found ? "" : "line" in found || found.edge === "left" || found.edge === "right" ? "ew-resize" : "ns-resize";
    },
    turned(number) {
      page = number;
      drafts = drafted(pages[number - 1]?.systems ?? []);
      history = [];
      grip = null;
      draw();
      list();
    },
    close() {
      layer.remove();
      (sheet.viewer.canvas as HTMLElement | null)?.style.removeProperty("cursor");
    },
  };
}
