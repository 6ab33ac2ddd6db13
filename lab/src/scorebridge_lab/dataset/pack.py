"""Pack engraved pieces as training data: unrolled strips, spectrograms, exact pairs.

A piece is one `.npz` file of about 0.7 MB, so that a whole training set fits into memory as bytes.
A pair is a column of the unrolled strip and, for each performance, the frame at which the notes of
that column sound. There is one pair for each distinct onset of the piece (P3 section 3), and a
second one at the same column where a performance plays it twice (a repeat). Where a performance
omits a place, its frame is -1. Window positions follow the papers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorebridge.audio.spectrogram import FRAME_RATE, spectrogram
from scorebridge.score.strips import MARGIN, PAGE_WIDTH, STAFF_SPACE, cut_strip
from scorebridge_lab.augment.sound import draw_recording, record
from scorebridge_lab.engrave.engraving import Engraving
from scorebridge_lab.home import save_arrays
from scorebridge_lab.perform.performance import Manner, Performance, play
from scorebridge_lab.perform.piano import (
    PROGRAM_SHARES,
    PROGRAMS,
    Piano,
    draw_piano,
    draw_strings,
    play_on,
)
from scorebridge_lab.perform.synthesize import TRAINING_FONT, UNSEEN_FONT, render, render_sampled
from scorebridge_lab.spectra import quantise

STAVES = ("staves", "sounding", "edges")  # what pieces whose staves are cut alone have beside
NOWHERE = -1  # frame of a pair that a performance does not play
VOICES = (52, 53, 68, 71, 73, 40, 42)  # General MIDI: choirs, oboe, clarinet, flute, violin, cello
Player = Callable[[NDArray[Any], np.random.Generator, Path | None], NDArray[np.float32]]


@dataclass(frozen=True)
class Packed:
    """One packed piece, from which windows are cut."""

    name: str
    strip: NDArray[np.uint8]
    """[STRIP_HEIGHT, width]."""
    specs: tuple[NDArray[np.uint8], ...]
    """For each performance: [frames, BANDS], see `spectra`."""
    columns: NDArray[np.int32]
    """[pairs]: column of the unrolled strip."""
    frames: NDArray[np.int32]
    """[performances, pairs]: frame of each performance, or `NOWHERE`."""
    staves: NDArray[np.uint8] | None = None
    """[parts, STAFF_ROWS, width]: each staff of the full score cut alone (`dataset.ensembles`),
    blank where it is hidden; None where only `strip` was cut."""
    sounding: NDArray[np.bool_] | None = None
    """[parts, pairs]: whether the staff has notes within a window of the pair."""
    edges: NDArray[np.int64] | None = None
    """[systems + 1]: the columns at which systems begin and end; None where they are not known."""


def piano_staves(engraving: Engraving, number: int) -> tuple[float, float, int]:
    """y0 and y1 of the two lowest staves of a system, and the number of the upper one.

    A strip is centred on the piano, not on the voice above it.
    """
    system = engraving.systems[number]
    mine = engraving.staves[engraving.staves["system"] == number]
    if len(mine) <= 2:
        return float(system["y0"]), float(system["y1"]), 0
    mine = np.sort(mine, order="staff")[-2:]
    return float(mine[0]["y0"]), float(mine[1]["y1"]), int(mine[0]["staff"])


def sheet_side(
    engraving: Engraving, page_scale: bool = False
) -> tuple[NDArray[np.uint8], NDArray[np.int32], NDArray[np.float64]]:
    """The unrolled strip, and the column and the onset (nominal s) of each pair.

    page_scale : scale by the page width, as the papers do, instead of by the staff space.
    Returns uint8 [STRIP_HEIGHT, width], int32 [pairs], float64 [pairs].
    """
    strips, columns, onsets = [], [], []
    offset = 0
    for number, system in enumerate(engraving.systems):
        x0, x1 = float(system["x0"]), float(system["x1"])
        y0, y1, first_staff = piano_staves(engraving, number)
        space = float(system["staff_space"])
        page = engraving.pages[system["page"]]
        scale = PAGE_WIDTH / page.shape[1] if page_scale else STAFF_SPACE / space
        strip = cut_strip(page, (x0, y0, x1, y1), space, scale=scale if page_scale else None)
        notes = engraving.notes[engraving.notes["system"] == number]
        notes = notes[np.isfinite(notes["onset"]) & (notes["staff"] >= first_staff)]
        at = offset + (notes["x"] - x0) * scale + MARGIN
        strips.append(strip)
        columns.append(at)
        onsets.append(notes["onset"])
        offset += strip.shape[1]
    column, onset = np.concatenate(columns), np.concatenate(onsets)
    order = np.lexsort((column, onset.round(3)))
    column, onset = column[order], onset[order]
    # Noteheads of one onset are nearly above each other: the pair is at their median column.
    starts = np.flatnonzero(np.diff(onset.round(3), prepend=-1.0) > 0)
    middle = [np.median(part) for part in np.split(column, starts[1:])]
    return np.concatenate(strips, 1), np.round(middle).astype(np.int32), onset[starts]


def sung(engraving: Engraving) -> NDArray[np.bool_]:
    """Which events are on a staff above the two of the piano, bool [events]."""
    above = np.zeros(len(engraving.events), bool)
    if not len(engraving.staves) or int(engraving.staves["staff"].max()) < 2:
        return above
    first = {k: piano_staves(engraving, k)[2] for k in range(len(engraving.systems))}
    notes = engraving.notes[np.isfinite(engraving.notes["onset"])]
    voice = np.array([n["staff"] < first[int(n["system"])] for n in notes], bool)
    keys = {
        (round(float(n["onset"]), 3), int(n["pitch"]))
        for n, is_voice in zip(notes, voice, strict=True)
        if is_voice
    }
    for k, event in enumerate(engraving.events):
        above[k] = (round(float(event["onset"]), 3), int(event["pitch"])) in keys
    return above


def render_training(
    events: NDArray[Any], rng: np.random.Generator, pianos: Path | None
) -> NDArray[np.float32]:
    """Play on a random piano of those for training, in a random recording."""
    sound = play_on(events, draw_piano(rng, pianos))
    return record(sound, draw_recording(rng), rng, events["onset"])


def render_light(
    events: NDArray[Any], rng: np.random.Generator, pianos: Path | None
) -> NDArray[np.float32]:
    """`render_training` with sampled and modelled pianos alone, which need no program."""
    piano = draw_piano(rng, pianos)
    if piano.font is not None:
        piano = Piano(strings=draw_strings(rng), cents=piano.cents)
    how = draw_recording(rng)
    return record(play_on(events, piano), how, rng, events["onset"])


def render_plain(
    events: NDArray[Any], rng: np.random.Generator, pianos: Path | None
) -> NDArray[np.float32]:
    """Play on a training piano in tune, without a room (the MSMD training set)."""
    folders = sorted(p for p in pianos.iterdir() if p.is_dir()) if pianos else []
    if folders and rng.random() < 0.6:
        return render_sampled(events, folders[rng.integers(len(folders))])
    return render(events, TRAINING_FONT, int(rng.choice(PROGRAMS, p=PROGRAM_SHARES)))


def render_unseen(
    events: NDArray[Any], rng: np.random.Generator, pianos: Path | None
) -> NDArray[np.float32]:
    """Play on the piano of the test sets, which training never uses."""
    return render(events, UNSEEN_FONT, 0)


def with_voice(
    events: NDArray[Any],
    voice: NDArray[np.bool_],
    player: Player,
    rng: np.random.Generator,
    pianos: Path | None,
) -> NDArray[np.float32]:
    """The piano rendered by `player`, and the voice by a random voice or wind instrument."""
    piano = player(events[~voice], rng, pianos)
    if not voice.any():
        return piano
    song = render(events[voice], TRAINING_FONT, int(rng.choice(VOICES)))
    loud = np.float32(rng.uniform(0.5, 1.5) * np.std(piano) / max(1e-9, float(np.std(song))))
    out = np.zeros(max(len(piano), len(song)), np.float32)
    out[: len(piano)] += piano
    out[: len(song)] += loud * song
    return out


def frames_of(
    performance: Performance, engraving: Engraving, onsets: NDArray[np.float64]
) -> NDArray[np.int32]:
    """Frames of printed onsets, int32 [turns, pairs]: each time it is played, then `NOWHERE`."""
    times = np.sort(performance.struck(engraving.events, onsets), axis=0)  # NaN sorts to the end
    frames = np.round(np.nan_to_num(times, nan=0.0) * FRAME_RATE)
    return np.where(np.isfinite(times), frames, NOWHERE).astype(np.int32)


def pack(
    engraving: Engraving,
    seed: int,
    performances: int = 3,
    manner: Manner | None = None,
    player: Player = render_training,
    pianos: Path | None = None,
    page_scale: bool = False,
) -> Packed:
    """Cut strips, play performances and pair their places. The same seed gives the same bytes.

    Parameters
    ----------
    manner : of the performances; by default `Manner()`.
    player : renders the events of a performance as sound.
    pianos : folder of sampled pianos for the player.
    page_scale : as for `sheet_side`.
    """
    strip, columns, onsets = sheet_side(engraving, page_scale)
    voice = sung(engraving)
    rng = np.random.default_rng(seed)
    specs, passes = [], []
    for _ in range(performances):
        performance = play(
            engraving.events, rng, manner or Manner(), engraving.bars, engraving.marks
        )
        events = performance.events
        singing = (events["source"] >= 0) & voice[events["source"]]
        specs.append(quantise(spectrogram(with_voice(events, singing, player, rng, pianos))))
        passes.append(frames_of(performance, engraving, onsets))
    places, frames = by_turns(passes)
    return Packed(engraving.name, strip, tuple(specs), columns[places], frames)


def by_turns(passes: Sequence[NDArray[np.int32]]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Pairs of several performances: the place of each, and its frames, [performances, pairs].

    passes : of each performance, `frames_of`. First come all places that some performance plays,
    then those that one plays a second time, and so on.
    """
    turns, places = max(len(p) for p in passes), passes[0].shape[1]
    padded = [np.pad(p, ((0, turns - len(p)), (0, 0)), constant_values=NOWHERE) for p in passes]
    frames = np.stack(padded, 1).reshape(turns, len(passes), places)
    played = [np.flatnonzero((f >= 0).any(0)) for f in frames]
    found = [f[:, k] for f, k in zip(frames, played, strict=True)]
    return np.concatenate(played), np.concatenate(found, axis=1)


def save(packed: Packed, path: Path) -> None:
    """Write one piece, atomically."""
    save_arrays(
        path,
        name=np.frombuffer(packed.name.encode(), np.uint8),
        strip=packed.strip,
        columns=packed.columns,
        frames=packed.frames,
        **{f"spec_{k}": s for k, s in enumerate(packed.specs)},
        **{k: v for k in STAVES if (v := getattr(packed, k)) is not None},
    )


def performances_of(path: Path) -> int:
    """Number of performances in a packed file."""
    with np.load(path) as data:
        return len(data["frames"])


def load(path: Path) -> Packed:
    """Read a packed file."""
    with np.load(path) as data:
        specs = tuple(data[f"spec_{k}"] for k in range(len(data["frames"])))
        name = data["name"].tobytes().decode()
        more = {key: data[key] for key in STAVES if key in data.files}
        return Packed(name, data["strip"], specs, data["columns"], data["frames"], **more)
