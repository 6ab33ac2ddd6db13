/** Finding: ask with a file, by ear, with a photo, with a region of a page or a span of a recording. */

import * as api from "../api";
import { button, h, type IconName, icon, swap, toast } from "../dom";
import { clock } from "../format";
import * as jobs from "../jobs";
import type { Box } from "../music/types";
import { go, type Route } from "../router";
import { t } from "../strings";
import { recordTake, takePhoto } from "./listen";
import { regionPicker, scorePicker } from "./region";
import { showResults, type Shown, stopPlaying } from "./results";
import type { View } from "./view";

export async function findView(main: HTMLElement, route: Extract<Route, { view: "find" }>): Promise<View> {
  const asked = h("section", { class: "asked", "aria-label": t("find.query"), hidden: true });
  const picker = h("section", { class: "picker", hidden: true });
  const answers = h("section", { class: "answers", "aria-label": t("find.results") });
  const input = h("input", {
    type: "file",
    hidden: true,
    onchange: () => {
      const file = input.files?.[0];
      input.value = "";
      if (file) byFile(file);
    },
  });
  const way = (name: IconName, label: string, hint: string, action: () => void, id: string) =>
    h(
      "button",
      { type: "button", class: "way", "data-way": id, onclick: action },
      icon(name),
      h("strong", {}, label),
      h("span", { class: "small muted" }, hint),
    );
  swap(
    main,
    h(
      "div",
      { class: "column find" },
      h("header", { class: "view-head" }, h("div", {}, h("h1", {}, t("find.title")), h("p", { class: "muted" }, t("find.lead")))),
      h(
        "div",
        { class: "ways" },
        way("add", t("find.file"), t("find.fileHint"), () => input.click(), "file"),
        way("microphone", t("find.microphone"), t("find.microphoneHint"), () => void byDevice(recordTake), "microphone"),
        way("camera", t("find.camera"), t("find.cameraHint"), () => void byDevice(takePhoto), "camera"),
        way("region", t("find.region"), t("find.regionHint"), () => void chooseScore(), "region"),
        input,
      ),
      picker,
      asked,
      answers,
    ),
  );

  let question = 0;
  let stop = new AbortController();
  const urls: string[] = [];
  let closePicker = () => {};

  /** Ask, and show answers as they come. */
  async function ask(query: api.Query, shown: Shown, what: (Node | string)[]): Promise<void> {
    const mine = ++question;
    stop.abort();
    stop = new AbortController();
    stopPlaying();
    const bar = h("progress", { "aria-label": t("find.searching") });
    const cancel = button("close", t("find.cancel"), () => stop.abort());
    asked.hidden = false;
    swap(asked, h("div", { class: "asked-what" }, what), h("div", { class: "asked-state" }, h("span", { class: "small muted" }, t("find.searching")), cancel, bar));
    swap(answers);
    const show = (findings: api.Findings, final: boolean) => mine === question && showResults(answers, findings, shown, final);
    try {
      const answer = await api.find(query);
      let findings: api.Findings;
      if ("done" in answer) findings = answer.done;
      else {
        const { job } = answer;
        stop.signal.addEventListener("abort", () => void api.cancel(job.id).catch(() => {}));
        const done = await jobs.finished(
          job,
          (now) => {
            if (now.progress > 0) bar.value = now.progress;
            if (now.result && !jobs.ended(now)) show(now.result as api.Findings, false);
          },
          stop.signal,
        );
        findings = done.result as api.Findings;
      }
      if (mine !== question) return;
      show(findings, true);
      asked.querySelector(".asked-state")?.remove();
    } catch (error) {
      if (mine !== question) return;
      asked.querySelector(".asked-state")?.remove();
      const { name, message } = error as Error;
      swap(answers, h("p", { class: name === "AbortError" ? "muted" : "bad", role: "alert" }, name === "AbortError" ? t("find.cancelled") : message));
    }
  }

  function byFile(file: File): void {
    hidePicker();
    const url = URL.createObjectURL(file);
    urls.push(url);
    const picture = /^image\//.test(file.type);
    const sound = /^(audio|video)\//.test(file.type);
    void ask({ file }, { clip: sound ? url : null, picture: picture ? url : null }, [
      picture ? h("img", { src: url, alt: "", class: "asked-picture" }) : sound ? h("audio", { src: url, controls: true, "aria-label": file.name }) : icon("page"),
      h("strong", {}, file.name),
    ]);
  }

  async function byDevice(device: () => Promise<File | null>): Promise<void> {
    try {
      const file = await device();
      if (file) byFile(file);
    } catch (error) {
      toast((error as Error).message, "error", t("close"));
    }
  }

  function hidePicker(): void {
    closePicker();
    closePicker = () => {};
    picker.hidden = true;
    swap(picker);
  }

  async function chooseScore(): Promise<void> {
    hidePicker();
    picker.hidden = false;
    const scores = (await api.documents()).filter((d) => d.kind === "score");
    swap(picker, scorePicker(scores, (id) => go({ view: "find", score: id, page: 1 })));
  }

  async function chooseRegion(id: string, page: number): Promise<void> {
    picker.hidden = false;
    const [record, { pages }] = await Promise.all([api.document_(id), api.pages(id)]);
    closePicker = regionPicker(picker, record, pages, page, (spot) => {
      const iiif = pages[spot.page - 1]?.iiif ?? "";
      void ask({ document: id, page: spot.page, box: spot.box }, { clip: null, picture: null, iiif: (p) => pages[p - 1]?.iiif ?? "" }, [
        h("img", { src: api.pictureOf(iiif, spot.box, 900), alt: "", class: "asked-picture" }),
        h("strong", {}, t("find.regionOf", { title: record.title, page: spot.page })),
      ]);
    });
  }

  async function bySpan(id: string, from: number, to: number): Promise<void> {
    const record = await api.document_(id);
    void ask({ document: id, start_s: from, end_s: to }, { clip: api.audioOf(id), picture: null }, [
      icon("play"),
      h("strong", {}, t("find.spanOf", { title: record.title, from: clock(from), to: clock(to) })),
    ]);
  }

  const failed = (error: Error) => toast(error.message, "error", t("close"));
  if (route.score) void chooseRegion(route.score, route.page ?? 1).catch(failed);
  else if (route.recording) void bySpan(route.recording, route.from ?? 0, route.to ?? (route.from ?? 0) + 10).catch(failed);

  return {
    title: t("find.title"),
    drop: (files) => files[0] && byFile(files[0]),
    close() {
      question++;
      stop.abort();
      stopPlaying();
      closePicker();
      for (const url of urls) URL.revokeObjectURL(url);
    },
  };
}

export type RegionSpot = { page: number; box: Box };
