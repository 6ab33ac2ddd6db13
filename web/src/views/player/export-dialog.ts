/** The dialog that exports the alignment of a pair as a file. */

import * as api from "../../api";
import { button, dialog, h, icon, setChildren } from "../../dom";
import * as jobs from "../../jobs";
import { t } from "../../strings";

const FORMATS: api.ExportFormat[] = ["csv", "json", "iiif", "mei", "mp4"];

export function exportDialog(score: string, recording: string, title: string): void {
  const rows = FORMATS.map((format) => {
    const state = h("div", { class: "export-state small muted", role: "status" });
    const start = button("save", t("export.make", { format: t(`export.${format}`) }), () => void make(), { class: "export-start" });
    const row = h(
      "li",
      { class: "export", "data-format": format },
      h("div", {}, h("strong", {}, t(`export.${format}`)), h("p", { class: "small muted" }, t(`export.${format}.hint`)), state),
      start,
    );

    async function make(): Promise<void> {
      start.disabled = true;
      const bar = h("progress", { max: 1, "aria-label": t("export.making") });
      const text = h("span", {}, t("export.making"));
      setChildren(state, text, bar);
      try {
        await jobs.waitForResult(
          () => api.prepareExport(score, recording, format),
          (job) => {
            bar.value = job.progress;
            text.textContent = job.message || t("export.making");
          },
        );
        const link = h("a", { href: api.exportUrl(score, recording, format), download: "" }, icon("save"), t("export.again"));
        setChildren(state, link);
        link.click();
      } catch (error) {
        setChildren(state, h("span", { class: "bad" }, (error as Error).message));
      }
      start.disabled = false;
    }
    return row;
  });
  dialog(t("export.title", { title }), t("close"), h("ul", { class: "dialog-body exports" }, rows));
}
