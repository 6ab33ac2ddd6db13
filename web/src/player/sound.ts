/** The sound and its waveform: one audio element that everything follows, wavesurfer.js to show it. */

import WaveSurfer from "wavesurfer.js";
import RegionsPlugin, { type Region } from "wavesurfer.js/dist/plugins/regions.js";
import * as api from "../api";
import { nonce } from "../dom";
import { type Loop, makeLoop, wrap } from "../music/loop";
import { token } from "../theme";

export interface SoundEvents {
  /** At each frame while it plays, and after each jump. */
  time: (seconds: number) => void;
  state: () => void;
  loop: (loop: Loop | null) => void;
  error: (message: string) => void;
}

const PEAKS = 2000;
/** Jumps aim this far behind the asked time, so that rounding never shows the bar before. */
const NUDGE = 0.001;

export class Sound {
  readonly audio = new Audio();
  loop: Loop | null = null;
  duration = 0;
  private wave: WaveSurfer | null = null;
  private regions: ReturnType<typeof RegionsPlugin.create> | null = null;
  private region: Region | null = null;
  private placing = false; // the region that is made now shows a loop, and does not ask for one
  private frame = 0;
  private before = 0;
  private loaded = "";
  private readonly recolour = () => this.wave?.setOptions(this.colours());

  constructor(
    private readonly container: HTMLElement,
    private readonly events: SoundEvents,
  ) {
    this.audio.preload = "auto";
    this.container.before(this.audio); // in the page, so that whoever looks for media finds it
    this.audio.preservesPitch = true;
    for (const name of ["play", "pause", "ended", "canplay", "waiting", "ratechange", "loadedmetadata"])
      this.audio.addEventListener(name, () => this.events.state());
    this.audio.addEventListener("play", () => this.run());
    this.audio.addEventListener("seeked", () => this.told());
    this.audio.addEventListener("timeupdate", () => this.told()); // background windows have no frames
    this.audio.addEventListener("error", () => this.events.error(this.audio.error?.message ?? ""));
    addEventListener("themechange", this.recolour);
  }

  /** Show and prepare a recording; it stands at `time` then, playing on if it played. */
  async load(id: string, time = 0, play = false): Promise<void> {
    this.loaded = id;
    this.audio.pause();
    const { peaks, duration_s } = await api.peaks(id, PEAKS);
    if (this.loaded !== id) return;
    this.duration = duration_s;
    this.wave?.destroy();
    this.region = null;
    this.setLoop(null);
    const rate = this.audio.playbackRate;
    // Nothing of the recording before is left: what is waited for below is the new one's.
    this.audio.removeAttribute("src");
    this.audio.load();
    this.regions = RegionsPlugin.create();
    this.wave = WaveSurfer.create({
      container: this.container,
      media: this.audio,
      url: api.audioOf(id),
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
    this.regions.enableDragSelection({ color: `${token("--accent")}33` });
    this.regions.on("region-created", (region) => {
      if (this.region !== region) this.region?.remove();
      this.region = region;
      if (!this.placing) this.setLoop(makeLoop(region.start, region.end, this.duration), false); // drawn by hand
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
      // A pause or another recording that comes before the sound starts is no failure.
      if ((error as Error).name !== "AbortError") this.events.error((error as Error).message);
    }
  }

  toggle(): void {
    if (this.playing) this.audio.pause();
    else void this.play();
  }

  /** Go to a time. Outside of the loop the loop ends. */
  seek(seconds: number): void {
    const time = Math.min(Math.max(seconds, 0), Math.max(this.duration - 0.01, 0));
    if (this.loop && (time < this.loop.start - 0.01 || time > this.loop.end)) this.setLoop(null);
    this.before = time;
    const to = time > 0 ? time + NUDGE : 0;
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

  /** Set or take away the loop; `redraw` shows it on the waveform. */
  setLoop(loop: Loop | null, redraw = true): void {
    this.loop = loop;
    if (!loop) {
      this.region?.remove();
      this.region = null;
    } else if (redraw) {
      this.placing = true;
      const made = this.regions?.addRegion({ ...loop, color: `${token("--accent")}33`, drag: true, resize: true });
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

  /** Follow the sound from frame to frame. */
  private run(): void {
    cancelAnimationFrame(this.frame);
    const next = () => {
      this.told();
      if (this.playing) this.frame = requestAnimationFrame(next);
    };
    next();
  }

  private told(): void {
    const now = this.time;
    const back = this.playing ? wrap(this.loop, this.before, now) : null;
    this.before = now;
    if (back !== null) this.seek(back);
    else this.events.time(now);
  }

  private colours() {
    return { waveColor: token("--wave"), progressColor: token("--accent"), cursorColor: token("--cursor") };
  }
}
