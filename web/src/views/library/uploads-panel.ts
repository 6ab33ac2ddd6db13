/** The panel of files that are being added. */

import { button, h, setChildrenKeepingFocus } from "../../dom";
import { t } from "../../strings";
import { clearEnded, isActive, onUploads, type Upload, uploads } from "../../uploads";

/** Active files that are listed; the rest is counted. */
const MAX_SHOWN = 8;

export function uploadsPanel(): { element: HTMLElement; close: () => void } {
  const element = h("section", { class: "uploads", "aria-label": t("uploads.title") });
  let pending = 0;

  function line(upload: Upload): HTMLElement {
    const state =
      upload.state === "working"
        ? upload.message || t("uploads.working")
        : upload.state === "failed"
          ? upload.message
          : t(`uploads.${upload.state}` as const);
    return h(
      "li",
      { class: `upload upload-${upload.state}` },
      h("span", { class: "upload-title" }, upload.title),
      h("span", { class: "small muted upload-state" }, state),
      isActive(upload) && button("close", t("uploads.cancel", { title: upload.title }), upload.cancel),
      isActive(upload) &&
        h("progress", { max: 1, value: upload.state === "waiting" ? 0 : upload.progress, "aria-label": upload.title }),
    );
  }

  function draw(): void {
    pending = 0;
    const all = uploads();
    element.hidden = all.length === 0;
    if (!all.length) return;
    const working = all.filter(isActive).sort((a, b) => Number(a.state === "waiting") - Number(b.state === "waiting"));
    const failed = all.filter((u) => u.state === "failed");
    const ready = all.length - working.length - failed.length;
    const text = working.length ? t("uploads.adding", { done: ready, n: all.length }) : t("uploads.added", { n: ready });
    setChildrenKeepingFocus(
      element,
      h(
        "header",
        {},
        h("h2", {}, text),
        failed.length > 0 && h("span", { class: "small bad" }, t("uploads.failures", { n: failed.length })),
        working.length ? button(null, t("uploads.cancelAll"), () => working.forEach((u) => u.cancel())) : button(null, t("uploads.dismiss"), clearEnded),
      ),
      h("ul", {}, [...failed, ...working.slice(0, MAX_SHOWN)].map(line)),
      working.length > MAX_SHOWN && h("p", { class: "small muted" }, t("uploads.more", { n: working.length - MAX_SHOWN })),
    );
  }

  const soon = () => {
    pending ||= requestAnimationFrame(draw);
  };
  const forget = onUploads(soon);
  draw();
  return {
    element,
    close() {
      forget();
      cancelAnimationFrame(pending);
    },
  };
}
