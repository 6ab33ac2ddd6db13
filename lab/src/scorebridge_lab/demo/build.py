"""Rebuilds the demonstration collection from its LilyPond sources.

Each piece is engraved with its own staff size and paper, degraded as a scan of its own kind, and
played: tempo bends, phrases, hands not quite together, a slower end, another room for each. Scores
and recordings are numbered apart, so that only `truth.json` links them.

    python -m scorebridge_lab.demo.build [--demo demo] [--only NAME ...]

Needs the programs `fluidsynth` and Debian's `fluid-soundfont-gm`.
About 40 s of work for all on one core. Equal sources give the same pictures and sounds.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray
from PIL import Image

from scorebridge.audio.spectrogram import SAMPLE_RATE
from scorebridge_lab.augment.scan import degrade, tint
from scorebridge_lab.demo.pieces import PIECES, Piece
from scorebridge_lab.engrave.lilypond import program
from scorebridge_lab.engrave.lilypond_midi import read_midi
from scorebridge_lab.errors import LabError
from scorebridge_lab.perform.performance import Manner, perform
from scorebridge_lab.perform.synthesize import TRAINING_FONT, render

MANNER = Manner(tempo=(0.92, 1.06), bend=0.06, ritardando=0.8, jitter=0.009, dynamics=9, pedal=0.3)
EXCERPT = ("bach_jesu_joy", 21.0)  # the piece that is aligned; s at which the excerpt begins
MAX_BYTES = 8_000_000  # of scores and recordings together

WRAPPER = r"""\version "2.24.0"
#(set-global-staff-size {staff})
\header {{ tagline = ##f }}
\paper {{
  #(set-paper-size "{paper}")
  left-margin = {margin}\mm right-margin = {margin}\mm top-margin = {margin}\mm
  bottom-margin = {margin}\mm indent = {margin}\mm ragged-last-bottom = ##f ragged-bottom = ##f
  system-system-spacing.stretchability = 40
}}
\include "{source}"
"""


def build(demo: Path, only: Sequence[str] = ()) -> None:
    """Makes all files of the collection in `demo` (or those of the sources named in `only`)."""
    for piece in PIECES:
        if only and piece.source not in only:
            continue
        # The name is the seed: other pieces do not change this one.
        rng = np.random.default_rng(list(piece.source.encode()))
        with tempfile.TemporaryDirectory() as folder:
            pages, events = engrave(piece, demo / "sources", Path(folder))
        space = piece.staff / 4 / 72 * piece.dpi  # px between staff lines
        scans = [degrade(page, piece.look, rng, space) for page in pages]
        score, recording = demo / "scores" / piece.score, demo / "recordings" / piece.recording
        for path in (score, recording):
            path.parent.mkdir(parents=True, exist_ok=True)
        write_score(score, piece, scans)
        played, _ = perform(events, rng, replace(MANNER, tempo=(piece.tempo * 0.97, piece.tempo)))
        sound = record(render(played, TRAINING_FONT, piece.program), piece, rng)
        write_recording(recording, sound)
        sizes = f"{score.stat().st_size // 1000} + {recording.stat().st_size // 1000} kB"
        length = f"{len(pages)} pages, {len(sound) / SAMPLE_RATE:.0f} s"
        print(f"{piece.source}: {score.name} and {recording.name}, {length}, {sizes}", flush=True)
    write_ground_truth(demo)
    files = [f for name in ("scores", "recordings") for f in (demo / name).iterdir()]
    total = sum(f.stat().st_size for f in files)
    print(f"{len(files)} files, {total / 1e6:.1f} MB")
    if total > MAX_BYTES:
        raise LabError(f"{demo}: {total} bytes; keep it below {MAX_BYTES} by lower qualities.")


def engrave(piece: Piece, sources: Path, folder: Path) -> tuple[list[NDArray[np.uint8]], Any]:
    """Pages (grey, `piece.dpi`) and what sounds (`EVENT` records), by way of `folder`."""
    wrapper = folder / "page.ly"
    wrapper.write_text(
        WRAPPER.format(
            staff=piece.staff,
            paper=piece.paper,
            margin=piece.margin,
            source=(sources / f"{piece.source}.ly").resolve(),
        )
    )
    command = [str(program()), "-l", "WARN", "--png", f"-dresolution={piece.dpi}", wrapper.name]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode or "warning" in done.stderr:
        raise LabError(f"{piece.source}.ly: LilyPond: {done.stderr.strip()[-1000:]}")
    # Page 10 and beyond would sort wrongly; no piece has so many.
    pages = [np.asarray(Image.open(p).convert("L")) for p in sorted(folder.glob("page*.png"))]
    return pages, read_midi(folder / "page.midi").events


def write_score(path: Path, piece: Piece, pages: Sequence[NDArray[np.uint8]]) -> None:
    """Stores scanned pages (grey) in the piece's form, without dates: same input, same file."""
    images = [Image.fromarray(page) for page in pages]
    if piece.form in ("colour-pdf", "jpeg"):
        images = [Image.fromarray(tint(page, (38, 30, 26), (238, 225, 196))) for page in pages]
    if piece.look.bilevel is not None:
        images = [image.convert("1", dither=Image.Dither.NONE) for image in images]
    first, rest, dpi = images[0], images[1:], (piece.dpi, piece.dpi)
    quality = piece.look.quality or 75
    match piece.form:
        case "tiff":
            first.save(path, compression="group4", save_all=True, append_images=rest, dpi=dpi)
        case "png":
            first.save(path, optimize=True, dpi=dpi)
        case "jpeg":
            first.save(path, quality=quality, dpi=dpi)
        case _:
            date = time.gmtime(0)
            dates: dict[str, Any] = {"creationDate": date, "modDate": date}
            more: dict[str, Any] = {
                "save_all": True,
                "append_images": rest,
                "resolution": piece.dpi,
            }
            if piece.look.bilevel is None:
                more["quality"] = quality
            first.save(path, "PDF", title="", **more, **dates)


def record(
    samples: NDArray[np.float32], piece: Piece, rng: np.random.Generator
) -> NDArray[np.float32]:
    """The piano in a room, recorded by a microphone: float32 [n] at `SAMPLE_RATE`."""
    sounding = np.flatnonzero(np.abs(samples) > 1e-4)
    samples = samples[: sounding[-1] + SAMPLE_RATE // 2] if len(sounding) else samples
    seconds = 0.5 + 2 * piece.room
    time_s = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    echo = rng.standard_normal(len(time_s)) * np.exp(-6.9 * time_s / seconds)
    echo = np.convolve(echo, np.ones(6) / 6, "same")  # air and walls absorb high frequencies
    echo *= piece.room / np.sqrt(np.sum(echo**2))
    size = 1 << (len(samples) + len(echo)).bit_length()
    wet = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(echo, size))
    sound = np.pad(samples, (0, len(echo))) + wet[: len(samples) + len(echo)]
    sound *= 0.7 / np.abs(sound).max()
    silence = np.zeros(int(rng.uniform(0.2, 1.5) * SAMPLE_RATE))
    sound = np.concatenate([silence, sound])
    return (sound + piece.hiss * rng.standard_normal(len(sound))).astype(np.float32)


def write_recording(path: Path, samples: NDArray[np.float32]) -> None:
    """Writes Ogg Vorbis or MP3, by the path's ending, at a low bitrate."""
    kind = {".ogg": ("OGG", "VORBIS"), ".mp3": ("MP3", "MPEG_LAYER_III")}[path.suffix]
    # libsndfile fails on minutes of Vorbis written at once, and breaks MP3 written in parts.
    part = SAMPLE_RATE if path.suffix == ".ogg" else len(samples)
    options = {"format": kind[0], "subtype": kind[1], "compression_level": 0.8}
    with soundfile.SoundFile(path, "w", SAMPLE_RATE, 1, **options) as file:
        for k in range(0, len(samples), part):
            file.write(samples[k : k + part])


def write_ground_truth(demo: Path) -> None:
    """Writes `truth.json`: the score of each recording, with title and composer."""
    pairs = []
    for piece in PIECES:
        text = (demo / "sources" / f"{piece.source}.ly").read_text("utf-8")
        header = dict(re.findall(r'^  (\w+) = "(.*)"$', text, re.MULTILINE))
        about = {"title": header["title"], "composer": header["composer"], "source": piece.source}
        files = {"score": f"scores/{piece.score}", "recording": f"recordings/{piece.recording}"}
        pairs.append(files | about)
    pairs.sort(key=lambda pair: pair["score"])
    shown = next(p for p in PIECES if p.source == EXCERPT[0])
    excerpt = {"recording": f"recordings/{shown.recording}", "start_s": EXCERPT[1]}
    text = json.dumps({"pairs": pairs, "excerpt": excerpt}, indent=2, ensure_ascii=False)
    (demo / "truth.json").write_text(text + "\n", "utf-8")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Rebuild the demonstration collection.")
    parser.add_argument("--demo", type=Path, default=Path("demo"))
    parser.add_argument("--only", nargs="*", default=[], help="sources to rebuild, without ending")
    given = parser.parse_args()
    build(given.demo, given.only)


if __name__ == "__main__":
    main()
