/** The library: all documents, their links and the confidence of each link. */

import "../../styles/library.css";
import * as api from "../../api";
import { filterDocuments, type KindFilter, type LinkFilter } from "../../document-filter";
import { append, button, dialog, h, icon, setChildren, toast } from "../../dom";
import { formatTime } from "../../format";
import * as jobs from "../../jobs";
import { address, go } from "../../router";
import { t } from "../../strings";
import { add } from "../../uploads";
import { confidenceMark } from "../confidence-mark";
import type { View } from "../view";
import { uploadsPanel } from "./uploads-panel";
import { virtualList } from "./virtual-list";

/** The waveform is a mask, so that its colour follows the theme. */
function waveform(id: string): HTMLElement {
  const wave = h("span", { class: "thumb-wave" });
  wave.style.maskImage = `url("${api.thumbnailUrl(id)}")`;
  return wave;
}

/** Returns the address of the player for a document and its best link. */
const playerOf = (d: api.DocumentRecord) =>
  d.kind === "score"
    ? address({ view: "play", score: d.id, recording: d.links[0]?.id ?? null })
    : address({ view: "play", score: d.links[0]?.id ?? null, recording: d.id });

// These stay when the view is closed and opened again.
let words = "";
let shown: KindFilter = "all";
let filter: LinkFilter = "any";
let all: api.DocumentRecord[] = [];

export async function libraryView(main: HTMLElement): Promise<View> {
  const panel = uploadsPanel();
  const list = virtualList<api.DocumentRecord>(t("library.documents"), row);
  const empty = h("div", {});
  const counts = h("p", { class: "muted numbers", role: "status" });
  const files = h("input", { type: "file", multiple: true, hidden: true, onchange: () => picked(files) });
  const folder = h("input", { type: "file", multiple: true, webkitdirectory: true, hidden: true, onchange: () => picked(folder) });
  const search = h("input", {
    type: "search",
    class: "field",
    placeholder: t("library.search"),
    "aria-label": t("library.search"),
    value: words,
    oninput: () => {
      words = search.value;
      draw();
    },
  });
  const kinds = (["all", "score", "recording"] as const).map((kind) =>
    h("button", { type: "button", "data-kind": kind, onclick: () => { shown = kind; draw(); } }, t(`library.kind.${kind}`)),
  );
  const states = h(
    "select",
    { class: "field", "aria-label": t("library.filter"), onchange: () => { filter = states.value as LinkFilter; draw(); } },
    (["any", "linked", "unlinked", "uncertain"] as const).map((f) => h("option", { value: f, selected: f === filter }, t(`library.filter.${f}`))),
  );
  const tools = h(
    "div",
    { class: "tools" },
    h("div", { class: "search" }, icon("search"), search),
    h("div", { class: "segments", role: "group", "aria-label": t("library.kinds") }, kinds),
    states,
  );
  setChildren(
    main,
    h(
      "div",
      { class: "column library" },
      h(
        "header",
        { class: "view-head" },
        h("div", {}, h("h1", {}, t("library.title")), counts),
        h(
          "div",
          { class: "actions" },
          button("add", t("library.addFiles"), () => files.click(), { text: true, class: "button-main" }),
          button(null, t("library.addFolder"), () => folder.click()),
          files,
          folder,
        ),
      ),
      panel.element,
      tools,
      empty,
      list.element,
    ),
  );

  function picked(input: HTMLInputElement): void {
    add([...(input.files ?? [])].filter((file) => !file.name.startsWith(".")));
    input.value = "";
  }

  function row(d: api.DocumentRecord): HTMLElement {
    const thumb = d.kind === "score" ? h("img", { src: api.thumbnailUrl(d.id), alt: "", loading: "lazy", decoding: "async" }) : waveform(d.id);
    const size = d.kind === "score" ? t("library.pages", { n: d.pages ?? 0 }) : formatTime(d.duration_s ?? 0);
    const links = h("div", { class: "row-links" });
    const best = d.links[0];
    if (best) {
      append(
        links,
        h("a", { href: playerOf(d), class: "row-link" }, icon("play"), h("span", {}, best.title)),
        confidenceMark(best.confidence),
        d.links.length > 1 && h("span", { class: "small muted" }, t("library.moreLinks", { n: d.links.length - 1 })),
      );
    } else append(links, h("span", { class: "confidence confidence-none" }, t("library.unlinked")));
    return h(
      "article",
      { class: `row row-${d.kind}` },
      h("a", { class: "thumb", href: playerOf(d), tabindex: "-1", "aria-hidden": "true" }, thumb),
      h(
        "div",
        { class: "row-name" },
        h("a", { href: playerOf(d) }, d.title),
        h("span", { class: "small muted numbers" }, `${t(`library.one.${d.kind}`)} · ${size} · ${d.name}`),
      ),
      links,
      button("more", t("library.actions", { title: d.title }), () => actions(d)),
    );
  }

  function actions(d: api.DocumentRecord): void {
    const close = () => box.close();
    const then = (action: () => void) => () => {
      close();
      action();
    };
    const box = dialog(
      d.title,
      t("close"),
      h(
        "div",
        { class: "dialog-body menu" },
        h("p", { class: "small muted path" }, d.path.endsWith(d.name) ? d.path : d.name), // the path of an upload ends in its content id
        d.links.map((link) =>
          h(
            "a",
            {
              class: "menu-link",
              href: address(d.kind === "score" ? { view: "play", score: d.id, recording: link.id } : { view: "play", score: link.id, recording: d.id }),
              onclick: close,
            },
            icon("play"),
            h("span", {}, link.title),
            confidenceMark(link.confidence),
          ),
        ),
        d.kind === "score" && button("edit", t("library.correct"), then(() => go({ view: "correct", score: d.id, recording: d.links[0]?.id ?? null })), { text: true }),
        d.kind === "score" && button("region", t("library.region"), then(() => go({ view: "find", score: d.id, page: 1 })), { text: true }),
        h("a", { class: "button", href: api.fileUrl(d.id), download: "" }, icon("save"), t("library.download")),
        button("remove", t("library.remove"), then(() => void remove(d)), { text: true, class: "danger" }),
      ),
    );
  }

  async function remove(d: api.DocumentRecord): Promise<void> {
    if (!confirm(t("library.removeSure", { title: d.title }))) return;
    try {
      await api.removeDocument(d.id);
      await load();
    } catch (error) {
      toast((error as Error).message, "error", t("close"));
    }
  }

  function draw(): void {
    for (const kind of kinds) kind.setAttribute("aria-pressed", String(kind.dataset.kind === shown));
    const chosen = filterDocuments(all, words, shown, filter);
    const scores = all.filter((d) => d.kind === "score").length;
    const unlinked = all.filter((d) => !d.links.length).length;
    counts.textContent = all.length
      ? [
          t("library.scores", { n: scores }),
          t("library.recordings", { n: all.length - scores }),
          unlinked ? t("library.unlinkedCount", { n: unlinked }) : "",
          chosen.length < all.length ? t("library.shown", { n: chosen.length }) : "",
        ]
          .filter(Boolean)
          .join(" · ")
      : "";
    tools.hidden = all.length === 0;
    if (!all.length) {
      setChildren(
        empty,
        h(
          "div",
          { class: "welcome" },
          h("p", { class: "welcome-lead" }, t("library.empty")),
          h("p", { class: "muted" }, t("library.emptyHint")),
        ),
      );
    } else setChildren(empty, !chosen.length && h("p", { class: "empty" }, t("library.nothing")));
    list.show(chosen);
  }

  let loading = false;
  let again = false;
  async function load(): Promise<void> {
    if (loading) {
      again = true; // changes come in bursts: one more request covers all that arrive meanwhile
      return;
    }
    loading = true;
    try {
      do {
        again = false;
        const before = new Map(all.map((d) => [d.id, d]));
        // Unchanged documents stay the same objects, so that their rows are not built again.
        all = (await api.getDocuments()).map((d) => {
          const known = before.get(d.id);
          return known && JSON.stringify(known) === JSON.stringify(d) ? known : d;
        });
        draw();
      } while (again);
    } finally {
      loading = false;
    }
  }

  if (all.length) draw();
  await load();
  const forget = jobs.onLibrary(() => void load().catch((error: Error) => toast(error.message, "error", t("close"))));
  return {
    title: t("library.title"),
    close() {
      forget();
      panel.close();
      list.close();
    },
  };
}
