/** The library: all documents, their links and the confidence of each link. */

import "../../styles/library.css";
import * as api from "../../api";
import { filterDocuments, type KindFilter, type LinkFilter } from "../../document-filter";
import { button, h, icon, setChildren, toast } from "../../dom";
import * as jobs from "../../jobs";
import { t } from "../../strings";
import { add } from "../../uploads";
import type { View } from "../view";
import { documentRow } from "./rows";
import { uploadsPanel } from "./uploads-panel";
import { type VirtualList, virtualList } from "./virtual-list";

/** What stays when the view is closed and opened again: the search, the filters, the documents. */
const saved = { words: "", kind: "all" as KindFilter, link: "any" as LinkFilter, documents: [] as readonly api.DocumentRecord[] };

/** The state of an open library. */
interface LibraryState {
  readonly counts: HTMLElement;
  readonly tools: HTMLElement;
  readonly kinds: readonly HTMLButtonElement[];
  /** What is shown in place of the list where it is empty. */
  readonly empty: HTMLElement;
  readonly list: VirtualList<api.DocumentRecord>;
  /** Whether the documents are being read, and whether they have changed meanwhile. */
  loading: boolean;
  outdated: boolean;
}

export async function libraryView(main: HTMLElement): Promise<View> {
  const panel = uploadsPanel();
  const kinds = (["all", "score", "recording"] as const).map((kind) =>
    h("button", { type: "button", "data-kind": kind, onclick: () => filter(state, { kind }) }, t(`library.kind.${kind}`)),
  );
  const state: LibraryState = {
    counts: h("p", { class: "muted numbers", role: "status" }),
    tools: h(
      "div",
      { class: "tools" },
      searchField((words) => filter(state, { words })),
      h("div", { class: "segments", role: "group", "aria-label": t("library.kinds") }, kinds),
      linkFilter((link) => filter(state, { link })),
    ),
    kinds,
    empty: h("div", {}),
    list: virtualList(t("library.documents"), (document) => documentRow(document, (removed) => void remove(state, removed))),
    loading: false,
    outdated: false,
  };
  setChildren(
    main,
    h(
      "div",
      { class: "column library" },
      h("header", { class: "view-head" }, h("div", {}, h("h1", {}, t("library.title")), state.counts), h("div", { class: "actions" }, addButtons())),
      panel.element,
      state.tools,
      state.empty,
      state.list.element,
    ),
  );
  if (saved.documents.length) draw(state);
  await load(state);
  const stopListening = jobs.onLibrary(() => void load(state).catch(showError));
  return {
    title: t("library.title"),
    close() {
      stopListening();
      panel.close();
      state.list.close();
    },
  };
}

const showError = (error: Error) => toast(error.message, "error", t("close"));

function searchField(changed: (words: string) => void): HTMLElement {
  const input = h("input", {
    type: "search",
    class: "field",
    placeholder: t("library.search"),
    "aria-label": t("library.search"),
    value: saved.words,
    oninput: () => changed(input.value),
  });
  return h("div", { class: "search" }, icon("search"), input);
}

function linkFilter(changed: (link: LinkFilter) => void): HTMLElement {
  const select = h(
    "select",
    { class: "field", "aria-label": t("library.filter"), onchange: () => changed(select.value as LinkFilter) },
    (["any", "linked", "unlinked", "uncertain"] as const).map((link) => h("option", { value: link, selected: link === saved.link }, t(`library.filter.${link}`))),
  );
  return select;
}

/** The buttons that add files and folders, with their inputs. */
function addButtons(): HTMLElement[] {
  const input = (attributes: { webkitdirectory?: boolean }) => {
    const element = h("input", {
      type: "file",
      multiple: true,
      hidden: true,
      ...attributes,
      onchange: () => {
        add([...(element.files ?? [])].filter((file) => !file.name.startsWith(".")));
        element.value = "";
      },
    });
    return element;
  };
  const files = input({});
  const folder = input({ webkitdirectory: true });
  return [
    button("add", t("library.addFiles"), () => files.click(), { text: true, class: "button-main" }),
    button(null, t("library.addFolder"), () => folder.click()),
    files,
    folder,
  ];
}

function filter(state: LibraryState, change: Partial<typeof saved>): void {
  Object.assign(saved, change);
  draw(state);
}

async function remove(state: LibraryState, document: api.DocumentRecord): Promise<void> {
  if (!confirm(t("library.removeSure", { title: document.title }))) return;
  try {
    await api.removeDocument(document.id);
    await load(state);
  } catch (error) {
    showError(error as Error);
  }
}

/** Shows the documents that the search and the filters leave. */
function draw(state: LibraryState): void {
  const { documents, kind, link, words } = saved;
  const filtered = filterDocuments(documents, words, kind, link);
  for (const button of state.kinds) button.setAttribute("aria-pressed", String(button.dataset.kind === kind));
  state.counts.textContent = countsOf(documents, filtered.length);
  state.tools.hidden = documents.length === 0;
  setChildren(state.empty, documents.length ? !filtered.length && h("p", { class: "empty" }, t("library.nothing")) : welcome());
  state.list.show(filtered);
}

function countsOf(documents: readonly api.DocumentRecord[], shown: number): string {
  if (!documents.length) return "";
  const scores = documents.filter((document) => document.kind === "score").length;
  const unlinked = documents.filter((document) => !document.links.length).length;
  const counts = [
    t("library.scores", { n: scores }),
    t("library.recordings", { n: documents.length - scores }),
    unlinked > 0 && t("library.unlinkedCount", { n: unlinked }),
    shown < documents.length && t("library.shown", { n: shown }),
  ];
  return counts.filter(Boolean).join(" · ");
}

const welcome = () =>
  h("div", { class: "welcome" }, h("p", { class: "welcome-lead" }, t("library.empty")), h("p", { class: "muted" }, t("library.emptyHint")));

/** Reads the documents. Changes come in bursts: one more request covers all that arrive meanwhile. */
async function load(state: LibraryState): Promise<void> {
  state.outdated = true;
  if (state.loading) return;
  state.loading = true;
  try {
    while (state.outdated) {
      state.outdated = false;
      const before = new Map(saved.documents.map((document) => [document.id, document]));
      // Unchanged documents stay the same objects, so that their rows are not built again.
      saved.documents = (await api.getDocuments()).map((document) => {
        const known = before.get(document.id);
        return known && JSON.stringify(known) === JSON.stringify(document) ? known : document;
      });
      draw(state);
    }
  } finally {
    state.loading = false;
  }
}
