/** The sound and its waveform: an audio element, whose clock everything follows, and wavesurfer.js to draw it. */

import WaveSurfer from "wavesurfer.js";
import RegionsPlugin, { type Region } from "wavesurfer.js/dist/plugins/regions.js";
import * as api from "../api";
import { nonce } from "../dom";
import { jumpBack, type Loop, makeLoop } from "../music/loop";
import { token } from "../theme";

export interface SoundEvents {
  /** Gets the time in seconds at each frame while the sound plays, and after each jump. */
  time: (seconds: number) => void;
  state: () => void;
  loop: (loop: Loop | null) => void;
  error: (message: string) => void;
}

/** Points of the waveform. */
const PEAKS = 2000;
/** s that a jump goes beyond its time, so that rounding does not show the bar before. */
const SEEK_OFFSET = 0.001;

/** A region is an element, so its colour can be the token itself. */
const LOOP_COLOUR = "var(--loop)";

export class Sound {
  readonly audio = new Audio();
  loop: Loop | null = null;
  duration = 0;
  private wave: WaveSurfer | null = null;
  private regions: ReturnType<typeof RegionsPlugin.create> | null = null;
  private region: Region | null = null;
  private placing = false; // whether the region that is being made shows a loop that is set already
  private frame = 0;
  private before = 0;
  private loaded = "";
  private readonly recolour = () => this.wave?.setOptions(this.colours());

  constructor(
    private readonly container: HTMLElement,
    private readonly events: SoundEvents,
  ) {
    this.audio.preload = "auto";
    this.container.before(this.audio); // in the page, so that browser controls and tests find it
    this.audio.preservesPitch = true;
    for (const name of ["play", "pause", "ended", "canplay", "waiting", "ratechange", "loadedmetadata"])
      this.audio.addEventListener(name, () => this.events.state());
    this.audio.addEventListener("play", () => this.run());
    this.audio.addEventListener("seeked", () => this.timeChanged());
    this.audio.addEventListener("timeupdate", () => this.timeChanged()); // background windows have no frames
    this.audio.addEventListener("error", () => this.events.error(this.audio.error?.message ?? ""));
    addEventListener("themechange", this.recolour);
  }

  /** Loads a recording and goes to `time` in seconds; `play` starts it. */
  async load(id: string, time = 0, play = false): Promise<void> {
    this.loaded = id;
    this.audio.pause();
    const { peaks, duration_s } = await api.getPeaks(id, PEAKS);
    if (this.loaded !== id) return;
    this.duration = duration_s;
    this.wave?.destroy();
    this.region = null;
    this.setLoop(null);
    const rate = this.audio.playbackRate;
    // The recording before is unloaded, so that the events awaited below are those of the new one.
    this.audio.removeAttribute("src");
    this.audio.load();
    this.regions = RegionsPlugin.create();
    this.wave = WaveSurfer.create({
      container: this.container,
      media: this.audio,
      url: api.audioUrl(id),
      peaks: [peaks],
      duration: duration_s,
      height: "auto",
      normalize: true,
      barWidth: 2,
      barGap: 1,
      barRadius: 1,
      cursorWidth: 2,
      hideScrollbar: true,
      plugins: [this.regions],
      cspNonce: nonce(),
      ...this.colours(),
    });
    const drawn = new Promise<void>((resolve) => this.wave?.once("ready", () => resolve()));
    this.regions.enableDragSelection({ color: LOOP_COLOUR });
    this.regions.on("region-created", (region) => {
      if (this.region !== region) this.region?.remove();
      this.region = region;
      if (!this.placing) this.setLoop(makeLoop(region.start, region.end, this.duration), false); // drawn by the reader
    });
    this.regions.on("region-updated", (region) => this.setLoop(makeLoop(region.start, region.end, this.duration), false));
    this.audio.defaultPlaybackRate = rate;
    this.audio.playbackRate = rate;
    await Promise.all([drawn, this.ready()]);
    if (this.loaded !== id) return;
    this.seek(time);
    if (play) await this.play();
  }

  destroy(): void {
    this.loaded = "";
    cancelAnimationFrame(this.frame);
    removeEventListener("themechange", this.recolour);
    this.audio.pause();
    this.wave?.destroy();
    this.audio.remove();
    this.audio.removeAttribute("src");
    this.audio.load();
  }

  get time(): number {
    return this.audio.currentTime;
  }

  get playing(): boolean {
    return !this.audio.paused && !this.audio.ended;
  }

  async play(): Promise<void> {
    if (this.loop && (this.time >= this.loop.end || this.time < this.loop.start)) this.seek(this.loop.start);
    try {
      await this.audio.play();
    } catch (error) {
      // A pause or another recording before the sound starts is not an error.
      if ((error as Error).name !== "AbortError") this.events.error((error as Error).message);
    }
  }

  toggle(): void {
    if (this.playing) this.audio.pause();
    else void this.play();
  }

  /** Goes to a time in seconds; a time outside of the loop ends the loop. */
  seek(seconds: number): void {
    const time = Math.min(Math.max(seconds, 0), Math.max(this.duration - 0.01, 0));
    if (this.loop && (time < this.loop.start - 0.01 || time > this.loop.end)) this.setLoop(null);
    this.before = time;
    const to = time > 0 ? time + SEEK_OFFSET : 0;
    this.audio.currentTime = to;
    this.wave?.setTime(to);
    this.events.time(time);
  }

  set rate(value: number) {
    this.audio.defaultPlaybackRate = value;
    this.audio.playbackRate = value;
  }

  get rate(): number {
    return this.audio.playbackRate;
  }

  /** Sets or ends the loop; `redraw` shows it on the waveform. */
  setLoop(loop: Loop | null, redraw = true): void {
    this.loop = loop;
    if (!loop) {
      this.region?.remove();
      this.region = null;
    } else if (redraw) {
      this.placing = true;
      const made = this.regions?.addRegion({ ...loop, color: LOOP_COLOUR, drag: true, resize: true });
      this.placing = false;
      if (this.region !== made) this.region?.remove();
      this.region = made ?? null;
    }
    if (loop && (this.time < loop.start || this.time > loop.end)) this.seek(loop.start);
    this.events.loop(loop);
  }

  private ready(): Promise<void> {
    return new Promise((resolve) => {
      if (this.audio.readyState >= HTMLMediaElement.HAVE_METADATA) return resolve();
      for (const name of ["loadedmetadata", "error"]) this.audio.addEventListener(name, () => resolve(), { once: true });
    });
  }

  /** Reports the time at each frame while the sound plays. */
  private run(): void {
    cancelAnimationFrame(this.frame);
    const next = () => {
      this.timeChanged();
      if (this.playing) this.frame = requestAnimationFrame(next);
    };
    next();
  }

  private timeChanged(): void {
    const now = this.time;
    const back = this.playing ? jumpBack(this.loop, this.before, now) : null;
    this.before = now;
    if (back !== null) this.seek(back);
    else this.events.time(now);
  }

  private colours() {
    return { waveColor: token("--wave"), progressColor: token("--accent"), cursorColor: token("--cursor") };
  }
}
