/** Elements: making them, icons and buttons, messages and dialogs. */

type Value = string | number | boolean | null | undefined | EventListener | ((event: never) => void);
export type Child = Node | string | number | null | undefined | false;

const SVG = "http://www.w3.org/2000/svg";

/** Makes an HTML element. Attributes that are functions become listeners; `false`, `null` and `undefined` are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, Value> = {},
  ...children: (Child | Child[])[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), attributes, children);
}

/** Makes an SVG element, in the same way. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Record<string, Value> = {},
  ...children: (Child | Child[])[]
): SVGElementTagNameMap[K] {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill<T extends Element>(element: T, attributes: Record<string, Value>, children: (Child | Child[])[]): T {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.replace(/^on/, ""), value as EventListener);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, ...children);
  return element;
}

/** Appends children; `false`, `null` and `undefined` are left out. */
export function append(parent: Element, ...children: (Child | Child[])[]): void {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(child instanceof Node ? child : String(child));
  }
}

/** Replaces all children. */
export function setChildren(parent: Element, ...children: (Child | Child[])[]): void {
  parent.replaceChildren();
  append(parent, ...children);
}

/** Replaces all children of a panel. A focus within it goes to the new control of the same name, else to the first control. */
export function setChildrenKeepingFocus(parent: Element, ...children: (Child | Child[])[]): void {
  const named = (element: Element | null) => element?.getAttribute("aria-label") ?? element?.textContent;
  const held = parent.contains(document.activeElement) ? named(document.activeElement) : null;
  setChildren(parent, ...children);
  if (held === null) return;
  const controls = [...parent.querySelectorAll<HTMLElement>("a[href], button:enabled, input:enabled, select:enabled, textarea:enabled")];
  (controls.find((control) => named(control) === held) ?? controls[0])?.focus({ preventScroll: true });
}

/** Paths of the icons, 24 by 24, drawn in the colour of the text. */
const ICONS = {
  play: "M8 5.5v13l11-6.5z",
  pause: "M8 5h3v14H8zM14 5h3v14h-3z",
  next: "M9 5l7 7-7 7",
  previous: "M15 5l-7 7 7 7",
  loop: "M4 11V9a3 3 0 0 1 3-3h12m-3-3 3 3-3 3M20 13v2a3 3 0 0 1-3 3H5m3 3-3-3 3-3",
  full: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  page: "M6 3h12v18H6z",
  pages: "M3 4h8v16H3zM13 4h8v16h-8z",
  scroll: "M6 2v7h12V2M6 22v-7h12v7M3 12h18",
  add: "M12 5v14M5 12h14",
  search: "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.5 15.5 21 21",
  microphone: "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM6 11a6 6 0 0 0 12 0M12 17v4",
  camera: "M4 8h4l2-3h4l2 3h4v11H4zM12 10.5a3 3 0 1 1 0 6 3 3 0 0 1 0-6z",
  theme: "M12 3.5a8.5 8.5 0 1 0 0 17zM12 3.5a8.5 8.5 0 0 1 0 17",
  close: "M6 6l12 12M18 6 6 18",
  edit: "M4 20h4L19 9l-4-4L4 16z",
  save: "M12 4v11m-5-5 5 5 5-5M5 20h14",
  remove: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  region: "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M8 12h8",
  more: "M4.5 10.5h3v3h-3zM10.5 10.5h3v3h-3zM16.5 10.5h3v3h-3z",
  turn270: "M5 9h9a5 5 0 0 1 0 10h-4M5 9l4-4M5 9l4 4",
  turn180: "M7 4v16m-3-3 3 3 3-3M17 20V4m-3 3 3-3 3 3",
  turn90: "M19 9h-9a5 5 0 0 0 0 10h4M19 9l-4-4M19 9l-4 4",
  help: "M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 17.5v.5",
} as const;
export type IconName = keyof typeof ICONS;
const SOLID = new Set<IconName>(["play", "pause", "more"]);

/** Makes an icon. Screen readers skip it: the control around it has the name. */
export function icon(name: IconName): SVGSVGElement {
  const solid = SOLID.has(name);
  return svg(
    "svg",
    { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true", focusable: "false" },
    svg("path", {
      d: ICONS[name],
      fill: solid ? "currentColor" : "none",
      stroke: solid ? "none" : "currentColor",
      "stroke-width": "1.6",
      "stroke-linecap": "round",
      "stroke-linejoin": "round",
    }),
  );
}

/** Makes a button with an icon and a name; with `text`, or without an icon, the name is visible. */
export function button(
  name: IconName | null,
  label: string,
  action: (event: MouseEvent) => void,
  options: { text?: boolean; class?: string; pressed?: boolean; key?: string } = {},
): HTMLButtonElement {
  return h(
    "button",
    {
      type: "button",
      class: `button ${options.text || !name ? "" : "button-icon"} ${options.class ?? ""}`.trim(),
      "aria-label": options.text || !name ? null : label,
      title: options.text || !name ? options.key ?? null : options.key ? `${label} (${options.key})` : label,
      "aria-pressed": options.pressed === undefined ? null : String(options.pressed),
      onclick: action,
    },
    name && icon(name),
    (options.text || !name) && h("span", {}, label),
  );
}

/** Lets screen readers say a text that is not visible. */
export function announce(text: string): void {
  const region = document.getElementById("announcer");
  if (region) region.textContent = text;
}

/** Shows a message at the foot of the window; errors stay until they are closed. */
export function toast(text: string, kind: "info" | "error" = "info", closeLabel = "Close"): void {
  const tray = document.getElementById("toasts");
  if (!tray) return;
  const line = h("div", { class: `toast toast-${kind}`, role: kind === "error" ? "alert" : "status" }, h("span", {}, text));
  append(line, button("close", closeLabel, () => line.remove()));
  tray.append(line);
  if (kind === "info") setTimeout(() => line.remove(), 5000);
}

/** Opens a modal dialog with a heading; it is removed when it is closed. */
export function dialog(title: string, closeLabel: string, ...children: (Child | Child[])[]): HTMLDialogElement {
  const id = `dialog-${Math.random().toString(36).slice(2)}`;
  const element = h(
    "dialog",
    { class: "dialog", "aria-labelledby": id },
    h(
      "header",
      { class: "dialog-head" },
      h("h2", { id }, title),
      button("close", closeLabel, () => element.close()),
    ),
    ...children,
  );
  element.addEventListener("close", () => element.remove());
  element.addEventListener("click", (event) => event.target === element && element.close());
  document.body.append(element);
  element.showModal();
  return element;
}

/** Returns the nonce of the content security policy, for style elements that libraries add. */
export const nonce = (): string | undefined => document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
