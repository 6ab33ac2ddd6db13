/** The choice of a region of a page: drawn, or a system by its number. */

import * as api from "../../api";
import { foldCase } from "../../document-filter";
import { append, button, h, setChildren, svg } from "../../dom";
import { Sheet } from "../../media/sheet";
import type { Box } from "../../music/types";
import { t } from "../../strings";

/** Shows the first page of each score, to choose one. */
export function scorePicker(scores: readonly api.DocumentRecord[], choose: (id: string) => void): HTMLElement {
  if (!scores.length) return h("p", { class: "empty" }, t("find.noScores"));
  const list = h("ul", { class: "tiles" });
  const show = (words: string) =>
    setChildren(
      list,
      scores
        .filter((d) => foldCase(d.title).includes(foldCase(words)))
        .slice(0, 60)
        .map((d) =>
          h(
            "li",
            {},
            h(
              "button",
              { type: "button", class: "tile", onclick: () => choose(d.id) },
              h("img", { src: api.thumbnailUrl(d.id), alt: "", loading: "lazy" }),
              h("span", { class: "small" }, d.title),
            ),
          ),
        ),
    );
  const search = h("input", { class: "field", type: "search", placeholder: t("library.search"), "aria-label": t("library.search"), oninput: () => show(search.value) });
  show("");
  return h("div", {}, h("h2", {}, t("find.chooseScore")), search, list);
}

/** Shows the pages of a score; `found` gets each region that is drawn or chosen. Returns a function that closes it. */
export function regionPicker(
  place: HTMLElement,
  record: api.DocumentRecord,
  pages: readonly api.ScorePage[],
  page: number,
  found: (page: number, box: Box) => void,
): () => void {
  const stage = h("div", { class: "stage stage-region", role: "group", "aria-label": record.title });
  const frame = svg("rect", { class: "mark-region" });
  const choice = h(
    "select",
    { class: "field", "aria-label": t("find.system") },
    pages.flatMap((p) => p.systems.map((k) => h("option", { value: `${p.page}/${k.system}` }, t("find.systemName", { page: p.page, system: k.system })))),
  );
  const where = h("span", { class: "numbers muted" });
  setChildren(
    place,
    h(
      "div",
      { class: "region-head" },
      h("h2", {}, record.title),
      h("p", { class: "small muted" }, t("find.draw")),
      h(
        "div",
        { class: "group" },
        button("previous", t("page.previous"), () => sheet.step(-1)),
        where,
        button("next", t("page.next"), () => sheet.step(1)),
      ),
      h("div", { class: "group" }, choice, button("search", t("find.searchSystem"), () => take(choice.value), { text: true })),
    ),
    stage,
  );
  const showPageNumber = () => (where.textContent = t("page.of", { page: sheet.firstPage(), n: pages.length }));
  const sheet: Sheet = new Sheet(stage, pages, "page", {
    drag: (from, to, end) => {
      if (from.page !== to.page) return;
      const box: Box = [Math.min(from.x, to.x), Math.min(from.y, to.y), Math.max(from.x, to.x), Math.max(from.y, to.y)];
      draw(from.page, box);
      if (end && box[2] - box[0] > 0.02 && box[3] - box[1] > 0.01) found(from.page, box);
    },
    turned: showPageNumber,
  });
  sheet.draws = () => true;
  sheet.show(page);
  showPageNumber();

  function draw(number: number, [x0, y0, x1, y1]: Box): void {
    for (const [name, value] of Object.entries({ x: x0, y: y0, width: x1 - x0, height: y1 - y0 })) frame.setAttribute(name, String(value));
    const layer = sheet.layers[number - 1];
    if (layer) append(layer, frame);
  }

  function take(value: string): void {
    const [number, system] = value.split("/").map(Number);
    const box = pages.find((p) => p.page === number)?.systems.find((k) => k.system === system)?.box;
    if (!number || !box) return;
    sheet.show(number);
    draw(number, box);
    found(number, box);
  }
  return () => sheet.destroy();
}
