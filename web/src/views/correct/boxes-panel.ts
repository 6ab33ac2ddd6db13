/** The panel beside the boxes: the systems of the page, the parts of the one that is chosen, what can be done with them. */

import { type Child, button, h } from "../../dom";
import { type Draft, type Grip, removeLine, removeSystem, setKind, setPrinted } from "../../music/page-edit";
import { addStaff, joinSystems, removeStaff, splitSystem, yBeside } from "../../music/staff-edit";
import type { StaffKind } from "../../music/types";
import { t } from "../../strings";

const EDGES = ["left", "top", "right", "bottom"] as const;
const KINDS: readonly StaffKind[] = ["standard", "percussion", "chant", "tablature"];
const TURNS = [270, 180, 90] as const;

/** What the next click or drag on the page adds. */
export type Adding = "line" | "staff" | "system";
/** Degrees clockwise. */
export type Turn = (typeof TURNS)[number];

export interface PanelState {
  readonly drafts: Draft[];
  readonly grip: Grip | null;
  readonly adding: Adding | null;
  /** Whether there is something to save, and to undo. */
  readonly changed: boolean;
  /** Whether the page has corrections that can be taken back. */
  readonly corrected: boolean;
}

export interface PanelActions {
  choose(grip: Grip): void;
  /** Takes the systems as changed, and chooses a part of them. */
  change(drafts: Draft[], grip: Grip | null): void;
  add(what: Adding): void;
  moveByKey(event: KeyboardEvent): void;
  turn(by: Turn): void;
  save(): void;
  undo(): void;
  reset(): void;
}

/** Returns the contents of the panel. */
export function boxesPanel(state: PanelState, actions: PanelActions): Child[] {
  const { adding, changed, corrected, drafts, grip } = state;
  const chosen = grip && drafts[grip.system];
  const add = (what: Adding, label: string) => button("add", label, () => actions.add(what), { text: true, pressed: adding === what });
  return [
    h("p", { class: "small muted" }, t("boxes.hint")),
    h("ul", { class: "systems" }, drafts.map((draft, k) => systemRow(state, actions, draft, k))),
    chosen && grip && handles(chosen, grip, actions),
    chosen && grip && systemTools(state, actions, chosen, grip),
    h("div", { class: "group group-small" }, add("line", t("boxes.addLine")), add("staff", t("boxes.addStaff")), add("system", t("boxes.addSystem"))),
    h(
      "div",
      { class: "group group-small", role: "group", "aria-label": t("boxes.turn") },
      // A turned page is read again: boxes that are not saved would be lost.
      TURNS.map((by) => disable(button(`turn${by}`, t(`boxes.turn${by}`), () => actions.turn(by), { text: true }), changed)),
    ),
    h(
      "div",
      { class: "group" },
      h("button", { type: "button", class: "button button-main", disabled: !changed, onclick: () => actions.save() }, t("boxes.save")),
      disable(button(null, t("boxes.undo"), () => actions.undo()), !changed),
      corrected && button(null, t("boxes.takeBack"), () => actions.reset()),
    ),
  ];
}

function disable(control: HTMLButtonElement, disabled: boolean): HTMLButtonElement {
  control.disabled = disabled;
  return control;
}

function systemRow({ drafts, grip }: PanelState, actions: PanelActions, draft: Draft, index: number): HTMLElement {
  const pressed = String(grip?.system === index);
  const name = t("boxes.system", { system: index + 1, n: Math.max(draft.lines.length - 1, 0) });
  return h(
    "li",
    {},
    h("button", { type: "button", class: "system-choice", "aria-pressed": pressed, onclick: () => actions.choose({ system: index, edge: "left" }) }, name),
    button("remove", t("boxes.removeSystem", { system: index + 1 }), () => actions.change(removeSystem(drafts, index), null)),
  );
}

/** The parts of the chosen system, each a button that arrow keys move. */
function handles(draft: Draft, grip: Grip, actions: PanelActions): HTMLElement {
  const { system } = grip;
  const same = (other: Grip) => JSON.stringify(other) === JSON.stringify(grip);
  const handle = (label: string, to: Grip) =>
    h("button", { type: "button", class: "handle", "aria-pressed": String(same(to)), onclick: () => actions.choose(to) }, label);
  return h(
    "div",
    { class: "handles", role: "group", "aria-label": t("boxes.handles", { system: system + 1 }), onkeydown: (event: KeyboardEvent) => actions.moveByKey(event) },
    EDGES.map((edge) => handle(t(`boxes.${edge}`), { system, edge })),
    draft.staves.map((_, staff) => handle(t("boxes.staff", { n: staff + 1 }), { system, staff })),
    draft.lines.map((_, line) => handle(t("boxes.line", { n: line + 1 }), { system, line })),
  );
}

/** What can be done with the chosen system, and with the staff or barline that is chosen in it. */
function systemTools({ drafts }: PanelState, actions: PanelActions, draft: Draft, grip: Grip): HTMLElement {
  const { system } = grip;
  const tool = (label: string, action: () => void) => button(null, label, action);
  const staff = "staff" in grip ? grip.staff : null;
  const beside = (side: "above" | "below") => {
    const from = staff ?? (side === "above" ? 0 : draft.staves.length - 1);
    const made = addStaff(drafts, system, yBeside(draft, from, side));
    actions.change(made.drafts, { system, staff: made.staff });
  };
  return h(
    "div",
    { class: "system-tools" },
    staff !== null && kindField(draft.kinds[staff] ?? "standard", (kind) => actions.change(setKind(drafts, system, staff, kind), grip)),
    printedField(draft.printed ?? "", (printed) => actions.change(setPrinted(drafts, system, printed), grip)),
    h(
      "div",
      { class: "group group-small" },
      tool(t("boxes.staffAbove"), () => beside("above")),
      tool(t("boxes.staffBelow"), () => beside("below")),
      staff !== null &&
        draft.staves.length > 1 &&
        tool(t("boxes.removeStaff"), () => actions.change(removeStaff(drafts, system, staff), { system, staff: Math.max(staff - 1, 0) })),
      staff !== null &&
        staff > 0 &&
        tool(t("boxes.split"), () => actions.change(splitSystem(drafts, system, staff), { system: system + 1, edge: "left" })),
      system + 1 < drafts.length && tool(t("boxes.join"), () => actions.change(joinSystems(drafts, system), { system, edge: "left" })),
      "line" in grip && tool(t("boxes.removeLine"), () => actions.change(removeLine(drafts, system, grip.line), { system, edge: "left" })),
    ),
  );
}

function kindField(kind: StaffKind, change: (kind: StaffKind) => void): HTMLElement {
  const options = KINDS.map((name) => h("option", { value: name, selected: name === kind }, t(`boxes.kind.${name}`)));
  const onchange = (event: Event) => change((event.target as HTMLSelectElement).value as StaffKind);
  return h("label", {}, t("boxes.kind"), h("select", { class: "field", "aria-label": t("boxes.kind"), onchange }, options));
}

function printedField(printed: string, change: (printed: string) => void): HTMLElement {
  const onchange = (event: Event) => change((event.target as HTMLInputElement).value.replace(/\D/g, "").slice(0, 5));
  const attributes = { class: "field", inputmode: "numeric", value: printed, placeholder: t("boxes.printedHint"), "aria-label": t("boxes.printed"), onchange };
  return h("label", {}, t("boxes.printed"), h("input", attributes));
}
