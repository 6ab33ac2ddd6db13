/** Queries from devices: ten seconds from the microphone, a photo from the camera. */

import { button, dialog, h, setChildren } from "../../dom";
import { t } from "../../strings";

const SECONDS = 10;

/** Records from the microphone and shows the level and the remaining time; returns `null` if the reader closes the dialog. */
export async function recordAudio(): Promise<File | null> {
  if (!navigator.mediaDevices?.getUserMedia) throw new Error(t("find.noDevices"));
  let stream: MediaStream;
  try {
    // These filters are made for speech and distort music.
    stream = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    });
  } catch (error) {
    throw new Error(t("find.microphoneRefused", { message: (error as Error).message }));
  }
  const recorder = new MediaRecorder(stream);
  const parts: Blob[] = [];
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const wave = new Float32Array(analyser.fftSize);
  const level = h("div", { class: "level" }, h("span", {}));
  const left = h("p", { class: "countdown numbers" }, String(SECONDS));
  let cancelled = false;
  const box = dialog(
    t("find.listening"),
    t("close"),
    h(
      "div",
      { class: "dialog-body listening" },
      left,
      level,
      h("p", { class: "muted small" }, t("find.listeningHint")),
      button(null, t("find.listenedEnough"), () => recorder.state !== "inactive" && recorder.stop(), { class: "button-main" }),
    ),
  );
  box.addEventListener("close", () => {
    if (recorder.state === "inactive") return;
    cancelled = true;
    recorder.stop();
  });
  return new Promise((resolve) => {
    const start = performance.now();
    let frame = 0;
    const tick = () => {
      const gone = (performance.now() - start) / 1000;
      analyser.getFloatTimeDomainData(wave);
      const loud = Math.sqrt(wave.reduce((sum, v) => sum + v * v, 0) / wave.length);
      (level.firstElementChild as HTMLElement).style.width = `${Math.min(Math.max(100 + 1.6 * 20 * Math.log10(loud + 1e-5), 0), 100)}%`;
      left.textContent = String(Math.max(Math.ceil(SECONDS - gone), 0));
      if (gone >= SECONDS && recorder.state !== "inactive") recorder.stop();
      else frame = requestAnimationFrame(tick);
    };
    // A hidden window has no frames, but the recording must end.
    const timer = setTimeout(() => recorder.state !== "inactive" && recorder.stop(), (SECONDS + 0.5) * 1000);
    recorder.ondataavailable = (event) => parts.push(event.data);
    recorder.onstop = () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      for (const track of stream.getTracks()) track.stop();
      void context.close();
      box.close();
      const type = recorder.mimeType.split(";")[0] || "audio/webm";
      const name = `${t("find.takeName")}.${type.includes("mp4") ? "m4a" : type.includes("ogg") ? "ogg" : "webm"}`;
      resolve(!cancelled && parts.length ? new File(parts, name, { type }) : null);
    };
    recorder.start();
    tick();
  });
}

/** Takes a photo with the camera; returns `null` if the reader closes the dialog. */
export async function takePhoto(): Promise<File | null> {
  // The camera app of a phone focuses better than a video stream.
  if (matchMedia("(pointer: coarse)").matches || !navigator.mediaDevices?.getUserMedia) return pickPhoto();
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: "environment", width: { ideal: 2560 }, height: { ideal: 1920 } },
    });
  } catch {
    return pickPhoto(); // no camera, or not allowed: the reader can choose a picture
  }
  const video = h("video", { playsinline: true, autoplay: true, muted: true, class: "viewfinder" });
  video.srcObject = stream;
  return new Promise((resolve) => {
    let file: File | null = null;
    const shoot = button("camera", t("find.shoot"), () => void snap(), { text: true, class: "button-main" });
    const box = dialog(t("find.camera"), t("close"), h("div", { class: "dialog-body" }, video, shoot));
    async function snap(): Promise<void> {
      const canvas = h("canvas", { width: video.videoWidth, height: video.videoHeight });
      canvas.getContext("2d")?.drawImage(video, 0, 0);
      const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.92));
      if (blob) file = new File([blob], `${t("find.photoName")}.jpg`, { type: "image/jpeg" });
      box.close();
    }
    box.addEventListener("close", () => {
      for (const track of stream.getTracks()) track.stop();
      setChildren(box);
      resolve(file);
    });
  });
}

function pickPhoto(): Promise<File | null> {
  return new Promise((resolve) => {
    const input = h("input", { type: "file", accept: "image/*", capture: "environment", hidden: true });
    input.addEventListener("change", () => resolve(input.files?.[0] ?? null));
    input.addEventListener("cancel", () => resolve(null));
    document.body.append(input);
    input.click();
    input.remove();
  });
}
