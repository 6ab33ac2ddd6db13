/** The shell: head, views, files dropped anywhere. */

import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/views.css";
import { announce, button, h, swap, toast } from "./dom";
import * as jobs from "./jobs";
import { address, parse, type Route } from "./router";
import { language, t } from "./strings";
import { applyTheme, switchTheme } from "./theme";
import { add, adopt, busy, filesOf, onUploads, uploads } from "./uploads";
import { libraryView } from "./views/library";
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
swap(
  bar,
  h("a", { class: "wordmark", href: address({ view: "library" }), "aria-label": "Scorebridge" }, h("img", { src: "icon.svg", alt: "" }), h("span", {}, "Scorebridge")),
  h("nav", { "aria-label": t("views") }, links),
  h("div", { id: "bar-slot" }),
  adding,
  button("theme", t("theme"), switchTheme),
);

let view: View | null = null;
let asked = 0;

/** The views that need the big libraries are loaded when they are first opened. */
async function open(host: HTMLElement, route: Route): Promise<View> {
  switch (route.view) {
    case "library":
      return libraryView(host);
    case "find":
      return (await import("./views/find")).findView(host, route);
    case "play":
      return (await import("./views/player")).playerView(host, route);
    case "correct":
      return (await import("./views/correct")).correctView(host, route);
  }
}

async function show(): Promise<void> {
  const mine = ++asked;
  const route = parse(location.hash);
  view?.close();
  view = null;
  for (const box of document.querySelectorAll("dialog")) box.close(); // of the view that goes
  // Each view has a place of its own: one that comes late fills what nobody sees.
  const host = h("div", { class: "view" });
  swap(main, host);
  document.body.dataset.view = route.view;
  for (const link of links)
    if (link.dataset.view === route.view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  const wait = setTimeout(() => host.childElementCount || swap(host, h("p", { class: "waiting muted", role: "status" }, t("opening"))), 150);
  try {
    const opened = await open(host, route);
    if (mine !== asked) return opened.close();
    view = opened;
    document.title = route.view === "library" ? "Scorebridge" : `${opened.title} · Scorebridge`;
    if (mine > 1) main.focus({ preventScroll: true });
  } catch (error) {
    if (mine !== asked) return;
    swap(
      host,
      h(
        "div",
        { class: "column" },
        h("h1", {}, t("failed")),
        h("p", { role: "alert" }, (error as Error).message),
        h("p", {}, button(null, t("again"), () => void show())),
      ),
    );
  } finally {
    clearTimeout(wait);
  }
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
  void filesOf(event.dataTransfer).then((files) => {
    if (view?.drop) return view.drop(files);
    add(files);
    if (files.length && document.body.dataset.view !== "library") toast(t("drop.added", { n: files.length }), "info", t("close"));
  });
});

onUploads(() => {
  const all = uploads();
  const working = all.filter(busy).length;
  const text = working ? t("uploads.adding", { done: all.length - working, n: all.length }) : "";
  if (adding.textContent === text) return; // a region that is written again is read again
  const failed = all.filter((upload) => upload.state === "failed").length;
  if (!text) announce([t("uploads.added", { n: all.length - failed }), failed && t("uploads.failures", { n: failed })].filter(Boolean).join(", "));
  adding.hidden = !text;
  adding.textContent = text;
});
jobs.onJob(adopt);
jobs.connect();
void show();
