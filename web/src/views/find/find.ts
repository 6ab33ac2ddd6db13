/** Find: searches with a file, the microphone, a photo, a region of a page or a passage of a recording. */

import "../../styles/sheet.css";
import "../../styles/find.css";
import * as api from "../../api";
import { h, icon, type IconName, setChildren, toast } from "../../dom";
import { formatTime } from "../../format";
import { go, type Route } from "../../router";
import { t } from "../../strings";
import type { View } from "../view";
import { recordAudio, takePhoto } from "./capture";
import { regionPicker, scorePicker } from "./region";
import { stopPlaying } from "./results";
import { type FindState, search } from "./search";

type FindRoute = Extract<Route, { view: "find" }>;

/** s of a recording that are searched with where the address has no end. */
const PASSAGE = 10;

export async function findView(main: HTMLElement, route: FindRoute): Promise<View> {
  const state: FindState = {
    query: h("section", { class: "query", "aria-label": t("find.query"), hidden: true }),
    picker: h("section", { class: "picker", hidden: true }),
    results: h("section", { class: "answers", "aria-label": t("find.results") }),
    latest: 0,
    stop: new AbortController(),
    urls: [],
    closePicker: () => {},
  };
  setChildren(
    main,
    h(
      "div",
      { class: "column find" },
      h("header", { class: "view-head" }, h("div", {}, h("h1", {}, t("find.title")), h("p", { class: "muted" }, t("find.lead")))),
      methods(state),
      state.picker,
      state.query,
      state.results,
    ),
  );
  const from = route.from ?? 0;
  if (route.score) void findRegion(state, route.score, route.page ?? 1).catch(showError);
  else if (route.recording) void findPassage(state, route.recording, from, route.to ?? from + PASSAGE).catch(showError);
  return {
    title: t("find.title"),
    drop: (files) => files[0] && findFile(state, files[0]),
    close() {
      state.latest++;
      state.stop.abort();
      stopPlaying();
      state.closePicker();
      for (const url of state.urls) URL.revokeObjectURL(url);
    },
  };
}

const showError = (error: Error) => toast(error.message, "error", t("close"));

/** The four ways to make a query. */
function methods(state: FindState): HTMLElement {
  const input = h("input", {
    type: "file",
    hidden: true,
    onchange: () => {
      const file = input.files?.[0];
      input.value = "";
      if (file) findFile(state, file);
    },
  });
  const method = (id: string, name: IconName, label: string, hint: string, action: () => void) =>
    h(
      "button",
      { type: "button", class: "method", "data-method": id, onclick: action },
      icon(name),
      h("strong", {}, label),
      h("span", { class: "small muted" }, hint),
    );
  return h(
    "div",
    { class: "methods" },
    method("file", "add", t("find.file"), t("find.fileHint"), () => input.click()),
    method("microphone", "microphone", t("find.microphone"), t("find.microphoneHint"), () => void findCapture(state, recordAudio)),
    method("camera", "camera", t("find.camera"), t("find.cameraHint"), () => void findCapture(state, takePhoto)),
    method("region", "region", t("find.region"), t("find.regionHint"), () => void chooseScore(state)),
    input,
  );
}

/** Pictures that every browser shows; HEIC and TIFF few do. */
const SHOWN = /^image\/(avif|bmp|gif|jpeg|png|webp)$/;

/** Searches with a file; a sound can be heard, a picture seen. */
function findFile(state: FindState, file: File): void {
  hidePicker(state);
  const url = URL.createObjectURL(file);
  state.urls.push(url);
  const picture = SHOWN.test(file.type);
  const sound = /^(audio|video)\//.test(file.type);
  void search(state, { file }, { sound: sound ? url : null, picture: picture ? url : null }, [
    picture ? h("img", { src: url, alt: "", class: "query-picture" }) : sound ? h("audio", { src: url, controls: true, "aria-label": file.name }) : icon("page"),
    h("strong", {}, file.name),
  ]);
}

async function findCapture(state: FindState, capture: () => Promise<File | null>): Promise<void> {
  try {
    const file = await capture();
    if (file) findFile(state, file);
  } catch (error) {
    showError(error as Error);
  }
}

async function chooseScore(state: FindState): Promise<void> {
  hidePicker(state);
  state.picker.hidden = false;
  const scores = (await api.getDocuments()).filter((document) => document.kind === "score");
  setChildren(state.picker, scorePicker(scores, (id) => go({ view: "find", score: id, page: 1 })));
}

function hidePicker(state: FindState): void {
  state.closePicker();
  state.closePicker = () => {};
  state.picker.hidden = true;
  setChildren(state.picker);
}

/** Shows the pages of a score, and searches with each region that is chosen on them. */
async function findRegion(state: FindState, id: string, page: number): Promise<void> {
  state.picker.hidden = false;
  const [record, { pages }] = await Promise.all([api.getDocument(id), api.getPages(id)]);
  const iiif = (number: number) => pages[number - 1]?.iiif ?? "";
  state.closePicker = regionPicker(state.picker, record, pages, page, (number, box) => {
    void search(state, { document: id, page: number, box }, { sound: null, picture: null, iiif }, [
      h("img", { src: api.cropUrl(iiif(number), box, 900), alt: "", class: "query-picture" }),
      h("strong", {}, t("find.regionOf", { title: record.title, page: number })),
    ]);
  });
}

/** Searches with a passage of a recording, in seconds. */
async function findPassage(state: FindState, id: string, from: number, to: number): Promise<void> {
  const { title } = await api.getDocument(id);
  void search(state, { document: id, start_s: from, end_s: to }, { sound: api.audioUrl(id), picture: null }, [
    icon("play"),
    h("strong", {}, t("find.spanOf", { title, from: formatTime(from), to: formatTime(to) })),
  ]);
}
