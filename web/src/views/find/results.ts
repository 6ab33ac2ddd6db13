/** The results of a search, each with the matching systems of the page and a button to hear them. */

import * as api from "../../api";
import { announce, button, h, icon, setChildren } from "../../dom";
import { formatTime } from "../../format";
import { levelOf } from "../../music/confidence";
import type { Box } from "../../music/types";
import { address } from "../../router";
import { t } from "../../strings";
import { confidenceMark } from "../confidence-mark";

/** The sound and the pictures of a query, where the browser has them. */
export interface QueryMedia {
  /** URL of the sound of the query. */
  sound: string | null;
  /** URL of the picture of the query: a photo or a scan of one page. */
  picture: string | null;
  /** Degrees clockwise by which that picture stands upright. */
  rotation?: number;
  /** IIIF URL of a page of the query, where the query is in the library. */
  iiif?: (page: number) => string;
}

/** Passages that are shown of each result. */
const MAX_PASSAGES = 3;

let audio: HTMLAudioElement | null = null;
let playing: HTMLButtonElement | null = null;

export function stopPlaying(): void {
  audio?.pause();
  audio = null;
  if (playing) setPressed(playing, false);
  playing = null;
}

function setPressed(control: HTMLButtonElement, on: boolean): void {
  control.querySelector("svg")?.replaceWith(icon(on ? "pause" : "play"));
  control.setAttribute("aria-pressed", String(on));
}

/** Plays `source` between two times in seconds; a second press stops it. */
function playAt(control: HTMLButtonElement, source: string, from: number, to: number | undefined): void {
  const again = playing === control;
  stopPlaying();
  if (again) return;
  const sound = new Audio(source);
  sound.dataset.from = String(from);
  sound.addEventListener("loadedmetadata", () => (sound.currentTime = from), { once: true });
  sound.addEventListener("timeupdate", () => to !== undefined && sound.currentTime >= to && audio === sound && stopPlaying());
  sound.addEventListener("ended", () => audio === sound && stopPlaying());
  audio = sound;
  playing = control;
  setPressed(control, true);
  control.dataset.playing = String(from);
  void sound.play().catch(() => audio === sound && stopPlaying());
}

export function showResults(place: HTMLElement, findings: api.Findings, media: QueryMedia, final: boolean): void {
  const { results, found, query } = findings;
  const likely = results.filter((hit) => levelOf(hit.confidence) !== "low");
  const first = likely.length || !found ? likely : results.slice(0, 1);
  const rest = results.filter((hit) => !first.includes(hit)).slice(0, 5);
  const nothing = final && !found && !likely.length;
  const turned = { ...media, rotation: query.rotations?.["1"] ?? 0 };
  const heading = found ? t("find.found", { n: first.length }) : t("find.perhaps");
  // The results are long: screen readers say the outcome only.
  if (nothing) announce(t("find.notHere"));
  else if (final) announce([heading, ...first.map((hit) => hit.title)].join(". "));
  const cards = (hits: api.Hit[]) => h("ol", { class: "results" }, hits.map((hit) => card(hit, query, turned)));
  setChildren(
    place,
    !final && h("p", { class: "small muted" }, t("find.first")),
    nothing &&
      h(
        "div",
        { class: "not-here" },
        h("h2", {}, t("find.notHere")),
        h("p", { class: "muted" }, t(query.kind === "recording" ? "find.notHereScore" : "find.notHereRecording")),
      ),
    first.length > 0 && h("h2", {}, heading),
    cards(first),
    rest.length > 0 && h("details", { class: "nearest" }, h("summary", {}, t("find.nearest", { n: rest.length })), cards(rest)),
  );
}

function card(hit: api.Hit, query: api.Findings["query"], media: QueryMedia): HTMLElement {
  const isScore = hit.kind === "score";
  const first = hit.passages[0];
  const open = isScore
    ? address({ view: "play", score: hit.id, recording: query.id ?? null, time: query.id ? first?.query_start_s : undefined })
    : address({ view: "play", score: query.id ?? null, recording: hit.id, time: first?.start_s });
  const opener = h("a", { href: open }, hit.title);
  // A query that is not in the library cannot be played: the player opens the best link instead.
  if (!query.id)
    void api.getDocument(hit.id).then((d) => {
      const best = d.links[0]?.id ?? null;
      opener.href = isScore
        ? address({ view: "play", score: hit.id, recording: best })
        : address({ view: "play", score: best, recording: hit.id, time: first?.start_s });
    }, () => {});
  return h(
    "li",
    { class: "result", "data-id": hit.id },
    h("header", {}, h("h3", {}, opener), confidenceMark(hit.confidence)),
    h(
      "div",
      { class: "passages" },
      hit.passages.slice(0, MAX_PASSAGES).map((passage) => passageOf(hit, passage, isScore, media)),
    ),
    hit.passages.length > MAX_PASSAGES && h("p", { class: "small muted" }, t("find.morePassages", { n: hit.passages.length - MAX_PASSAGES })),
  );
}

function passageOf(hit: api.Hit, passage: api.Passage, isScore: boolean, media: QueryMedia): HTMLElement {
  const [from, to] = isScore ? [passage.query_start_s, passage.query_end_s] : [passage.start_s, passage.end_s];
  const source = isScore ? media.sound : api.audioUrl(hit.id);
  const where = t("find.systemName", { page: passage.page, system: passage.system });
  const when = from === undefined ? "" : `${formatTime(from, true)}–${formatTime(to ?? from, true)}`;
  const listen =
    source && from !== undefined
      ? button("play", t("find.playAt", { time: formatTime(from, true) }), () => playAt(listen as HTMLButtonElement, source, from, to), {
          class: "passage-play",
          pressed: false,
        })
      : null;
  return h(
    "figure",
    { class: "passage" },
    passagePicture(hit, passage, isScore, media),
    h("figcaption", {}, listen, h("span", { class: "small muted numbers" }, when ? `${where} · ${when}` : where)),
  );
}

/** Shows the systems of a passage, from the page that was found or from the page of the query. */
function passagePicture(hit: api.Hit, passage: api.Passage, isScore: boolean, media: QueryMedia): HTMLElement | null {
  const [x0, y0, x1, y1] = passage.box;
  const more = (y1 - y0) * 0.3;
  const box: Box = [Math.max(x0 - 0.01, 0), Math.max(y0 - more, 0), Math.min(x1 + 0.01, 1), Math.min(y1 + more, 1)];
  const alt = t("find.lines", { page: passage.page, system: passage.system });
  if (isScore) return h("img", { src: api.cropUrl(api.apiUrl(`/iiif/${hit.id}-${passage.page}`), box, 1100), alt, loading: "lazy" });
  if (media.iiif) return h("img", { src: api.cropUrl(media.iiif(passage.page), box, 1100), alt, loading: "lazy" });
  return media.picture && passage.page === 1 ? cropPicture(media.picture, box, alt, media.rotation ?? 0) : null;
}

/** Shows a part of a picture that the browser has; the box is that of the picture turned clockwise by `rotation`. */
function cropPicture(url: string, [x0, y0, x1, y1]: Box, alt: string, rotation: number): HTMLElement {
  const canvas = h("canvas", { role: "img", "aria-label": alt });
  const picture = new Image();
  picture.onload = () => {
    const { naturalWidth, naturalHeight } = picture;
    const [w, hgt] = rotation % 180 ? [naturalHeight, naturalWidth] : [naturalWidth, naturalHeight];
    const scale = Math.min(1, 1100 / ((x1 - x0) * w));
    canvas.width = Math.max(Math.round((x1 - x0) * w * scale), 1);
    canvas.height = Math.max(Math.round((y1 - y0) * hgt * scale), 1);
    const context = canvas.getContext("2d");
    context?.scale(scale, scale);
    context?.translate((0.5 - x0) * w, (0.5 - y0) * hgt);
    context?.rotate((rotation * Math.PI) / 180);
    context?.drawImage(picture, -naturalWidth / 2, -naturalHeight / 2);
  };
  picture.onerror = () => canvas.remove();
  picture.src = url;
  return canvas;
}
