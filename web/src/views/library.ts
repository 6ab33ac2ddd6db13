/** The library: everything that was added, what belongs together, and how sure that is. */

import * as api from "../api";
import { button, dialog, h, icon, put, swap, toast } from "../dom";
import { clock } from "../format";
import * as jobs from "../jobs";
import { address, go } from "../router";
import { type Filter, select, type Shown } from "../select";
import { t } from "../strings";
import { add } from "../uploads";
import { virtualList } from "../virtual";
import { confidenceMark } from "./confidence";
import { uploadsPanel } from "./uploads";
import type { View } from "./view";

/** The waveform as a mask, so that it has the colour of light or dark. */
function waveform(id: string): HTMLElement {
  const wave = h("span", { class: "thumb-wave" });
  wave.style.maskImage = `url("${api.thumbnailOf(id)}")`;
  return wave;
}

/** The player's address for a document, with its best partner. */
const playerOf = (d: api.DocumentRecord) =>
  d.kind === "score"
    ? address({ view: "play", score: d.id, recording: d.links[0]?.id ?? null })
    : address({ view: "play", score: d.links[0]?.id ?? null, recording: d.id });

// Kept from visit to visit of this view.
let words = "";
let shown: Shown = "all";
let filter: Filter = "any";
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
    { class: "field", "aria-label": t("library.filter"), onchange: () => { filter = states.value as Filter; draw(); } },
    (["any", "linked", "unlinked", "uncertain"] as const).map((f) => h("option", { value: f, selected: f === filter }, t(`library.filter.${f}`))),
  );
  const tools = h(
    "div",
    { class: "tools" },
    h("div", { class: "search" }, icon("search"), search),
    h("div", { class: "segments", role: "group", "aria-label": t("library.kinds") }, kinds),
    states,
  );
  swap(
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
    const thumb = d.kind === "score" ? h("img", { src: api.thumbnailOf(d.id), alt: "", loading: "lazy", decoding: "async" }) : waveform(d.id);
    const size = d.kind === "score" ? t("library.pages", { n: d.pages ?? 0 }) : clock(d.duration_s ?? 0);
    const links = h("div", { class: "row-links" });
    const best = d.links[0];
    if (best) {
      put(
        links,
        h("a", { href: playerOf(d), class: "row-link" }, icon("play"), h("span", {}, best.title)),
        confidenceMark(best.confidence),
        d.links.length > 1 && h("span", { class: "small muted" }, t("library.moreLinks", { n: d.links.length - 1 })),
      );
    } else put(links, h("span", { class: "confidence confidence-none" }, t("library.unlinked")));
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
        h("p", { class: "small muted path" }, d.path.endsWith(d.name) ? d.path : d.name), // uploads lie under their content
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
        h("a", { class: "button", href: api.fileOf(d.id), download: "" }, icon("save"), t("library.download")),
        button("remove", t("library.remove"), then(() => void remove(d)), { text: true, class: "danger" }),
      ),
    );
  }

  async function remove(d: api.DocumentRecord): Promise<void> {
    if (!confirm(t("library.removeSure", { title: d.title }))) return;
    try {
      await api.remove(d.id);
      await load();
    } catch (error) {
      toast((error as Error).message, "error", t("close"));
    }
  }

  function draw(): void {
    for (const kind of kinds) kind.setAttribute("aria-pressed", String(kind.dataset.kind === shown));
    const chosen = select(all, words, shown, filter);
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
      swap(
        empty,
        h(
          "div",
          { class: "welcome" },
          h("p", { class: "welcome-lead" }, t("library.empty")),
          h("p", { class: "muted" }, t("library.emptyHint")),
        ),
      );
    } else swap(empty, !chosen.length && h("p", { class: "empty" }, t("library.nothing")));
    list.show(chosen);
  }

  let loading = false;
  let again = false;
  async function load(): Promise<void> {
    if (loading) {
      again = true; // changes come in bursts; one more look after this one sees them all
      return;
    }
    loading = true;
    try {
      do {
        again = false;
        const before = new Map(all.map((d) => [d.id, d]));
        // Rows of documents that did not change stay as they are.
        all = (await api.documents()).map((d) => {
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
