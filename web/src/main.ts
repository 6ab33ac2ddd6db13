/** The shell: the head of the page, the views, files dropped anywhere. */

import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/controls.css";
import { announce, button, h, setChildren, toast } from "./dom";
import * as jobs from "./jobs";
import { address, parse, type Route } from "./router";
import { language, t } from "./strings";
import { applyTheme, switchTheme } from "./theme";
import { add, adopt, filesInDrop, isActive, onUploads, uploads } from "./uploads";
import type { View } from "./views/view";

applyTheme();
document.documentElement.lang = language();

const main = document.getElementById("main") as HTMLElement;
const bar = document.getElementById("bar") as HTMLElement;
const skip = document.querySelector(".skip") as HTMLAnchorElement;
skip.textContent = t("skip");
skip.addEventListener("click", (event) => {
  event.preventDefault(); // the fragment holds the view
  main.focus();
});

const links = (
  [
    ["library", "library.title"],
    ["find", "find.title"],
  ] as const
).map(([view, label]) => h("a", { href: address({ view }), "data-view": view }, t(label)));
const adding = h("a", { href: address({ view: "library" }), class: "small numbers adding", role: "status", hidden: true });
setChildren(
  bar,
  h(
    "a",
    { class: "wordmark", href: address({ view: "library" }), "aria-label": "Scorebridge" },
    h("img", { src: "icon.svg", alt: "" }),
    h("span", {}, "Scorebridge"),
  ),
  h("nav", { "aria-label": t("views") }, links),
  h("div", { id: "bar-slot" }),
  adding,
  button("theme", t("theme"), switchTheme),
);

/** The view on the screen; `null` while the next one opens. */
let view: View | null = null;
/** Number of the latest request for a view: a view that arrives after a later request is closed at once. */
let latest = 0;

/** Loads a view's code and styles on its first use, then opens it in `host`. */
async function open(host: HTMLElement, route: Route): Promise<View> {
  switch (route.view) {
    case "library":
      return (await import("./views/library/library")).libraryView(host);
    case "find":
      return (await import("./views/find/find")).findView(host, route);
    case "play":
      return (await import("./views/player/player")).playerView(host, route);
    case "correct":
      return (await import("./views/correct/correct")).correctView(host, route);
  }
}

async function show(): Promise<void> {
  const request = ++latest;
  const route = parse(location.hash);
  view?.close();
  view = null;
  for (const dialog of document.querySelectorAll("dialog")) dialog.close(); // they belong to the view that closes
  // Each view has an element of its own: one that arrives late fills an element that is not shown.
  const host = h("div", { class: "view" });
  setChildren(main, host);
  document.body.dataset.view = route.view;
  for (const link of links)
    if (link.dataset.view === route.view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  const waiting = setTimeout(() => host.childElementCount || setChildren(host, h("p", { class: "waiting muted", role: "status" }, t("opening"))), 150);
  try {
    const opened = await open(host, route);
    if (request !== latest) return opened.close();
    view = opened;
    document.title = route.view === "library" ? "Scorebridge" : `${opened.title} · Scorebridge`;
    if (request > 1) main.focus({ preventScroll: true });
  } catch (error) {
    if (request === latest) showFailure(host, error as Error);
  } finally {
    clearTimeout(waiting);
  }
}

function showFailure(host: HTMLElement, error: Error): void {
  setChildren(
    host,
    h(
      "div",
      { class: "column" },
      h("h1", {}, t("failed")),
      h("p", { role: "alert" }, error.message),
      h("p", {}, button(null, t("again"), () => void show())),
    ),
  );
}

addEventListener("hashchange", () => void show());

// Files may be dropped anywhere.
const veil = h("div", { class: "veil", hidden: true, "aria-hidden": "true" }, h("p", {}));
document.body.append(veil);
const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
addEventListener("dragover", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  (veil.firstElementChild as HTMLElement).textContent = t(view?.drop ? "drop.find" : "drop.add");
  veil.hidden = false;
});
addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) veil.hidden = true;
});
addEventListener("drop", (event) => {
  veil.hidden = true;
  if (!holdsFiles(event) || !event.dataTransfer) return;
  event.preventDefault();
  void filesInDrop(event.dataTransfer).then((files) => {
    if (view?.drop) return view.drop(files);
    add(files);
    if (files.length && document.body.dataset.view !== "library") toast(t("drop.added", { n: files.length }), "info", t("close"));
  });
});

/** Shows the progress of all uploads in the head, and announces their end. */
function showUploads(): void {
  const all = uploads();
  const active = all.filter(isActive).length;
  const text = active ? t("uploads.adding", { done: all.length - active, n: all.length }) : "";
  if (adding.textContent === text) return; // screen readers read a region again when it is written again
  const failed = all.filter((upload) => upload.state === "failed").length;
  if (!text) announce([t("uploads.added", { n: all.length - failed }), failed && t("uploads.failures", { n: failed })].filter(Boolean).join(", "));
  adding.hidden = !text;
  adding.textContent = text;
}

onUploads(showUploads);
jobs.onJob(adopt);
jobs.connect();
void show();
