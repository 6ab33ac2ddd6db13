/** One document of the library: its row, and the dialog of what can be done with it. */

import * as api from "../../api";
import { append, button, dialog, h, icon } from "../../dom";
import { formatTime } from "../../format";
import { address, go } from "../../router";
import { t } from "../../strings";
import { confidenceMark } from "../confidence-mark";

/** Returns the address of the player for a document and a link of it; without one it opens alone. */
const playerAddress = (document: api.DocumentRecord, link: api.Link | undefined) =>
  document.kind === "score"
    ? address({ view: "play", score: document.id, recording: link?.id ?? null })
    : address({ view: "play", score: link?.id ?? null, recording: document.id });

/** Makes the row of a document; `remove` removes it from the library. */
export function documentRow(document: api.DocumentRecord, remove: (document: api.DocumentRecord) => void): HTMLElement {
  const best = document.links[0];
  const href = playerAddress(document, best);
  const size = document.kind === "score" ? t("library.pages", { n: document.pages ?? 0 }) : formatTime(document.duration_s ?? 0);
  return h(
    "article",
    { class: `row row-${document.kind}` },
    h("a", { class: "thumb", href, tabindex: "-1", "aria-hidden": "true" }, thumbnail(document)),
    h(
      "div",
      { class: "row-name" },
      h("a", { href }, document.title),
      h("span", { class: "small muted numbers" }, `${t(`library.one.${document.kind}`)} · ${size} · ${document.name}`),
    ),
    linksOf(document, href),
    button("more", t("library.actions", { title: document.title }), () => showActions(document, remove)),
  );
}

function thumbnail({ id, kind }: api.DocumentRecord): HTMLElement {
  if (kind === "score") return h("img", { src: api.thumbnailUrl(id), alt: "", loading: "lazy", decoding: "async" });
  // The waveform is a mask, so that its colour follows the theme.
  const wave = h("span", { class: "thumb-wave" });
  wave.style.maskImage = `url("${api.thumbnailUrl(id)}")`;
  return wave;
}

function linksOf({ links }: api.DocumentRecord, href: string): HTMLElement {
  const element = h("div", { class: "row-links" });
  const best = links[0];
  if (best)
    append(
      element,
      h("a", { href, class: "row-link" }, icon("play"), h("span", {}, best.title)),
      confidenceMark(best.confidence),
      links.length > 1 && h("span", { class: "small muted" }, t("library.moreLinks", { n: links.length - 1 })),
    );
  else append(element, h("span", { class: "confidence confidence-none" }, t("library.unlinked")));
  return element;
}

/** Opens the dialog of a document: all links, the other views, its file, its removal. */
function showActions(document: api.DocumentRecord, remove: (document: api.DocumentRecord) => void): void {
  const { id, kind, links, name, path, title } = document;
  const close = () => box.close();
  const closing = (action: () => void) => () => {
    close();
    action();
  };
  const score = kind === "score";
  const box = dialog(
    title,
    t("close"),
    h(
      "div",
      { class: "dialog-body menu" },
      h("p", { class: "small muted path" }, path.endsWith(name) ? path : name), // the path of an upload ends in its content id
      links.map((link) =>
        h("a", { class: "menu-link", href: playerAddress(document, link), onclick: close }, icon("play"), h("span", {}, link.title), confidenceMark(link.confidence)),
      ),
      score && button("edit", t("library.correct"), closing(() => go({ view: "correct", score: id, recording: links[0]?.id ?? null })), { text: true }),
      score && button("region", t("library.region"), closing(() => go({ view: "find", score: id, page: 1 })), { text: true }),
      h("a", { class: "button", href: api.fileUrl(id), download: "" }, icon("save"), t("library.download")),
      button("remove", t("library.remove"), closing(() => remove(document)), { text: true, class: "danger" }),
    ),
  );
}
