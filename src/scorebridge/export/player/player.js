/**
 * <score-player collection="collection.json">: plays a recording and turns the pages of its score.
 *
 * It reads IIIF manifests alone: the canvases of sound of performance manifests, the pages of score
 * manifests, and the annotations on the pages, whose bodies name stretches of that sound. Nothing
 * else is fetched, and nothing is stored. Ids are absolute; where the files lie elsewhere than
 * their ids say, addresses below the collection's own are taken from where it was found.
 */

const STYLE = `
  :host { display: flex; flex-direction: column; min-height: 20rem; font: 1rem/1.4 system-ui, sans-serif;
    color: #1c1b19; background: #f4f2ee; }
  [hidden] { display: none !important; }
  header, footer { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .75rem; padding: .5rem .75rem; }
  h1 { font-size: 1.05rem; margin: 0; flex: 1 1 10rem; overflow-wrap: anywhere; }
  audio { flex: 1 1 14rem; min-width: 0; height: 2.75rem; }
  button, select { font: inherit; min-height: 2.75rem; min-width: 2.75rem; padding: 0 .75rem; color: inherit;
    background: #fff; border: 1px solid #767069; border-radius: .4rem; max-width: 100%; }
  button:focus-visible, select:focus-visible, a:focus-visible, main:focus-visible { outline: 3px solid #0b57a4; outline-offset: 1px; }
  label { display: inline-flex; align-items: center; gap: .4rem; max-width: 100%; }
  main { flex: 1 1 0; min-height: 0; overflow: auto; text-align: center; background: #d9d5cd; }
  figure { position: relative; display: inline-block; margin: 0; background: #fff; cursor: pointer; line-height: 0; }
  figure img { display: block; max-width: 100vw; height: auto; }
  figure i { position: absolute; background: #ffd54a80; outline: 2px solid #8a5a00; pointer-events: none; }
  footer { font-size: .9rem; }
  footer p { margin: 0; }
  a { color: #0b4a8b; }
  .now { flex: 1 1 8rem; }
  .error { padding: 1rem; }
  @media (min-width: 48rem) { figure img { max-height: calc(100vh - 9rem); max-width: 100%; width: auto; } }
  @media (prefers-color-scheme: dark) {
    :host { color: #f0ede7; background: #201f1c; } main { background: #2d2b27; }
    button, select { background: #34322d; border-color: #9a948a; } a { color: #9cc7f5; } }
`;

const first = (texts) => Object.values(texts ?? {})[0]?.[0] ?? "";
const list = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const clock = (s) => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, "0")}`;

/** The canvas, box (px) and stretch (s) of an address with a media fragment. */
export function fragment(address) {
  const [canvas, rest = ""] = String(address).split("#");
  const parts = new URLSearchParams(rest);
  const numbers = (name) => parts.get(name)?.split(",").map(Number);
  return { canvas, box: numbers("xywh"), time: numbers("t") };
}

/** Recordings with their pages and bars, from manifests. `at` maps addresses to where they are. */
export function piecesOf(manifests, at = (address) => address) {
  const sounds = new Map(), pages = [];
  for (const manifest of manifests) {
    for (const canvas of manifest.items ?? []) {
      const body = list(canvas.items?.[0]?.items?.[0]?.body)[0];
      if (["Sound", "Video"].includes(body?.type)) {
        sounds.set(canvas.id, {
          title: first(canvas.label) || first(manifest.label), work: first(manifest.label), url: at(body.id),
          duration: canvas.duration, visits: [], pages: [], manifest: manifest.id,
          attribution: list(manifest.requiredStatement?.value?.none ?? manifest.requiredStatement?.value?.en), rights: manifest.rights,
        });
      } else if (body?.type === "Image" && canvas.width) {
        pages.push({ id: canvas.id, url: at(body.id), width: canvas.width, height: canvas.height, label: first(canvas.label), canvas, score: manifest.id, work: first(manifest.label) });
      }
    }
  }
  for (const page of pages) {
    const inline = list(page.canvas.annotations).flatMap((one) => one.items ?? []);
    for (const annotation of inline) {
      const bodies = list(annotation.body);
      const text = bodies.find((body) => body.type === "TextualBody")?.value ?? first(annotation.label);
      const { box } = fragment(annotation.target?.id ?? annotation.target);
      for (const body of bodies) {
        const { canvas, time } = fragment(body.id ?? "");
        const sound = sounds.get(canvas);
        if (sound && time && box) {
          sound.visits.push({ start: time[0], end: time[1], page, box, text });
          sound.score = page.score;
        }
      }
    }
  }
  for (const sound of sounds.values()) {
    sound.visits.sort((a, b) => a.start - b.start);
    sound.pages = pages.filter((page) => page.score === sound.score);
  }
  return [...sounds.values()].filter((sound) => sound.visits.length);
}

/** The last visit that begins at or before a time, -1 if there is none. */
export function visitAt(visits, time) {
  let low = 0, high = visits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (visits[middle].start <= time + 0.01) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Where an address lies, if what has the id `id` was found at `found`. */
export function relocated(id, found) {
  const stem = id.slice(0, id.lastIndexOf("/") + 1), base = found.slice(0, found.lastIndexOf("/") + 1);
  return (address) => (stem && address?.startsWith(stem) ? base + address.slice(stem.length) : address);
}

async function read(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} is not there (${answer.status}).`);
  return answer.json();
}

/** All manifests below a collection, or the one manifest. */
async function manifestsOf(address, at) {
  const record = await read(address);
  if (record.type !== "Collection") return { record, manifests: [record], at: at ?? relocated(record.id, address) };
  const here = at ?? relocated(record.id, address);
  const below = await Promise.all((record.items ?? []).map((item) => manifestsOf(here(item.id), here)));
  return { record, manifests: below.flatMap((one) => one.manifests), at: here };
}

const Element = globalThis.HTMLElement ?? class {};

class ScorePlayer extends Element {
  async connectedCallback() {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.innerHTML = `<style>${STYLE}</style>
      <header><h1></h1><label id="choice" hidden>Recording <select></select></label></header>
      <main tabindex="0" aria-label="Page of the score"><figure><img alt=""><i hidden></i></figure></main>
      <footer><audio controls preload="metadata"></audio>
        <button id="back" aria-label="Bar before">&#9664;</button><button id="on" aria-label="Next bar">&#9654;</button>
        <p class="now"></p><p class="links"></p></footer>`;
    this.find = (what) => root.querySelector(what);
    this.audio = this.find("audio");
    const query = new URLSearchParams(location.search);
    const named = query.get("collection") ?? this.getAttribute("collection") ?? "collection.json";
    this.address = new URL(named, document.baseURI).href;
    try {
      const { record, manifests, at } = await manifestsOf(this.address);
      this.at = at;
      this.pieces = piecesOf(manifests, at);
      if (!this.pieces.length) throw new Error("There is no recording with bars in these manifests.");
      this.start(first(record.label), Number(query.get("recording") ?? 0));
    } catch (error) {
      const text = Object.assign(document.createElement("p"), { className: "error", textContent: String(error.message ?? error) });
      text.setAttribute("role", "alert");
      this.find("main").replaceChildren(text);
    }
  }

  start(title, chosen) {
    const choice = this.find("select");
    choice.append(...this.pieces.map((piece, k) => new Option(piece.work === piece.title ? piece.title : `${piece.work}: ${piece.title}`, k)));
    this.find("#choice").hidden = this.pieces.length < 2;
    choice.addEventListener("change", () => this.show(Number(choice.value)));
    for (const event of ["timeupdate", "seeking", "seeked", "loadedmetadata"]) this.audio.addEventListener(event, () => this.follow());
    this.audio.addEventListener("play", () => this.run());
    this.find("figure").addEventListener("click", (event) => this.click(event));
    this.find("#back").addEventListener("click", () => this.step(-1));
    this.find("#on").addEventListener("click", () => this.step(1));
    this.find("main").addEventListener("keydown", (event) => {
      if (event.key === " ") this.audio.paused ? this.audio.play() : this.audio.pause();
      else if (event.key === "ArrowLeft") this.step(-1);
      else if (event.key === "ArrowRight") this.step(1);
      else return;
      event.preventDefault();
    });
    this.show(this.pieces[chosen] ? chosen : 0);
  }

  show(k) {
    const piece = (this.piece = this.pieces[k]);
    this.find("select").value = String(k);
    const title = piece.work === piece.title ? piece.title : `${piece.work}, ${piece.title}`;
    this.find("h1").textContent = document.title = title;
    this.audio.src = piece.url;
    this.audio.setAttribute("aria-label", `Recording: ${piece.title}`);
    const links = [["IIIF", this.address]];
    if (piece.rights) links.push(["Rights", piece.rights]);
    this.find(".links").replaceChildren(...piece.attribution.flatMap((text) => [text, ". "]),
      ...links.flatMap(([text, href]) => [Object.assign(document.createElement("a"), { textContent: text, href }), " "]));
    this.visit = this.page = undefined;
    this.turn(piece.visits[0].page);
    this.follow();
    for (const page of piece.pages) new Image().src = page.url; // so that pages turn at once
  }

  run() {
    this.follow();
    if (!this.audio.paused && this.isConnected) requestAnimationFrame(() => this.run());
  }

  follow() {
    const { visits } = this.piece, k = visitAt(visits, this.audio.currentTime);
    const visit = visits[k], mark = this.find("i");
    const sounds = visit && this.audio.currentTime < visit.end + 0.05;
    mark.hidden = !sounds;
    if (!visit || this.visit === visit) return;
    this.visit = visit;
    this.turn(visit.page);
    const [x, y, w, h] = visit.box, { width, height } = visit.page;
    Object.assign(mark.style, { left: `${(100 * x) / width}%`, top: `${(100 * y) / height}%`, width: `${(100 * w) / width}%`, height: `${(100 * h) / height}%` });
    this.find(".now").textContent = visit.text;
    this.dataset.page = visit.page.label;
    const main = this.find("main"), box = mark.getBoundingClientRect(), view = main.getBoundingClientRect();
    if (sounds && (box.top < view.top || box.bottom > view.bottom)) main.scrollTop += box.top - view.top - view.height / 6;
  }

  turn(page) {
    if (this.page === page) return;
    this.page = page;
    Object.assign(this.find("img"), { src: page.url, width: page.width, height: page.height, alt: `${page.label} of ${this.piece.work}` });
  }

  /** To the bar that is clicked: the next time it is played, or the first. */
  click(event) {
    const box = this.find("img").getBoundingClientRect(), page = this.page;
    const x = ((event.clientX - box.left) / box.width) * page.width, y = ((event.clientY - box.top) / box.height) * page.height;
    const distance = ({ box: [left, top, w, h] }) => Math.max(left - x, x - left - w, 0) + Math.max(top - y, y - top - h, 0);
    const here = this.piece.visits.filter((visit) => visit.page === page);
    const nearest = Math.min(...here.map(distance));
    const times = here.filter((visit) => distance(visit) === nearest);
    const next = times.find((visit) => visit.start > this.audio.currentTime) ?? times[0];
    if (next) this.seek(next);
  }

  step(by) {
    const { visits } = this.piece, k = visitAt(visits, this.audio.currentTime) + by;
    this.seek(visits[Math.min(Math.max(k, 0), visits.length - 1)]);
  }

  seek(visit) {
    this.audio.currentTime = visit.start + 0.001;
    this.follow();
  }
}

if (globalThis.customElements) customElements.define("score-player", ScorePlayer);
