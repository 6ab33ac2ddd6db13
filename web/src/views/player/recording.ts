/** The recording of the player: opening one, switching to another one of the same score. */

import * as api from "../../api";
import { h, setChildren, toast } from "../../dom";
import * as jobs from "../../jobs";
import { drawConfidenceBand } from "../../media/band";
import { confidenceSpans, levelOf } from "../../music/confidence";
import { makeTimeline, samePlace, type Timeline } from "../../music/timeline";
import { address } from "../../router";
import { t } from "../../strings";
import { follow } from "./position";
import type { PlayerState } from "./state";
import type { RecordingChoice } from "./transport";

/**
 * Loads the sound, the alignment and the confidence band of a recording. `startAt` returns the time in
 * seconds to start from, given the alignment; `play` starts the sound. Errors are shown as messages.
 */
export async function openRecording(state: PlayerState, id: string, startAt: (timeline: Timeline) => number, play: boolean): Promise<void> {
  try {
    await load(state, id, startAt, play);
  } catch (error) {
    state.transport.setStatus("");
    if (!state.closed) showError(error as Error);
  }
}

async function load(state: PlayerState, id: string, startAt: (timeline: Timeline) => number, play: boolean): Promise<void> {
  const { score, sound, transport } = state;
  const outdated = () => state.closed || state.recording !== id;
  state.recording = id;
  transport.setStatus(t("player.loading"));
  const record = api.getDocument(id);
  const alignment = score ? await align(state, score.id, id) : null;
  if (outdated()) return;
  state.timeline = makeTimeline(alignment?.points ?? [], state.pages, state.bars);
  await sound.load(id, startAt(state.timeline), play);
  if (outdated()) return;
  const { title } = await record;
  if (outdated()) return;
  showFacts(state, title, alignment);
  drawConfidenceBand(transport.band, alignment ? confidenceSpans(alignment, sound.duration) : [], sound.duration);
  transport.setStatus(score && !state.timeline.points.length ? t("player.noMatch") : "");
  follow(state, sound.time);
  state.root.dataset.ready = id;
}

/** Returns the alignment of a pair, or `null` with a message where there is none. */
async function align(state: PlayerState, score: string, recording: string): Promise<api.AlignmentRecord | null> {
  try {
    return await jobs.waitForResult(
      () => api.getAlignment(score, recording),
      (job) => state.transport.setStatus(job.message || t("player.aligning")),
    );
  } catch (error) {
    showError(error as Error);
    return null;
  }
}

function showFacts(state: PlayerState, title: string, alignment: api.AlignmentRecord | null): void {
  const sections = alignment?.sections.length ?? 0;
  const doubtful = alignment !== null && levelOf(alignment.confidence) === "low";
  setChildren(
    state.subtitle,
    title,
    sections > 1 && ` · ${t("player.sections", { n: sections })}`,
    doubtful && h("span", { class: "bad" }, ` · ${t("player.doubtful")}`),
  );
  if (doubtful) toast(t("player.doubtful"), "info", t("close"));
  document.title = `${state.score?.title ?? title} · Scorebridge`;
}

const showError = (error: Error) => toast(error.message, "error", t("close"));

/** The recordings that the score is linked with, and the open one. */
export function recordingChoices(state: PlayerState): RecordingChoice[] {
  const { score, recording } = state;
  const choices: RecordingChoice[] = (score?.links ?? []).map((link) => ({ ...link }));
  if (recording && !choices.some((choice) => choice.id === recording))
    choices.push({ id: recording, title: t("player.thisRecording"), confidence: null });
  return choices;
}

/** Opens another recording of the score at the same place: same bar, same pass through a repeat. */
export function switchRecording(state: PlayerState, id: string): void {
  if (id === state.recording) return;
  const { score, sound, timeline } = state;
  const now = sound.time;
  void openRecording(state, id, (next) => samePlace(timeline, now, next), sound.playing);
  if (score) history.replaceState(null, "", address({ view: "play", score: score.id, recording: id }));
  state.transport.setRecordings(recordingChoices(state), id);
}

export function nextRecording(state: PlayerState): void {
  const choices = recordingChoices(state);
  const next = choices[(choices.findIndex((choice) => choice.id === state.recording) + 1) % choices.length];
  if (next) switchRecording(state, next.id);
}
