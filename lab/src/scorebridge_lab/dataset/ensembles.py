"""Training pieces of every scoring: each staff cut alone, all parts played, exact pairs.

    scorebridge-lab data ensembles

A piece is one engraving of a work, or of a stretch of a long one, in a random style with the wear
of prints, and a few performances on instruments that are drawn anew each time
(`perform.instruments`) and recorded in rooms, on records, through codecs (`augment.sound`). Which
staves a sheet window shows is drawn in training: all, some, or a single part. The works that judge
(`page_works.is_set_aside`, and what its source says) go to a folder of their own and never train.
"""

from __future__ import annotations

import json
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scorebridge.audio.spectrogram import spectrogram
from scorebridge.score.strips import (
    MARGIN,
    STAFF_ROWS,
    STAFF_SPACE,
    WINDOW_WIDTH,
    cut_staff,
    pair_strip,
    paired,
)
from scorebridge_lab.augment.prints import PRINT_SCALE, library_print, old_print
from scorebridge_lab.augment.sound import draw_recording, record
from scorebridge_lab.dataset import pack as packing
from scorebridge_lab.dataset.pack import Packed, by_turns, frames_of
from scorebridge_lab.dataset.page_engravers import draw_style
from scorebridge_lab.dataset.page_works import SOURCES, PageWork, mixed
from scorebridge_lab.engrave.engraving import Engraving
from scorebridge_lab.engrave.verovio import UNMARKED_TEMPO, engrave_verovio
from scorebridge_lab.errors import LabError
from scorebridge_lab.home import home
from scorebridge_lab.perform.instruments import Player, by_group, draw_players, play_parts
from scorebridge_lab.perform.manner import ENSEMBLE, HUMAN
from scorebridge_lab.perform.performance import play
from scorebridge_lab.perform.synthesize import CONCERT_FONT, UNSEEN_FONT, preload, render
from scorebridge_lab.sources import lieder, polish_keyboard
from scorebridge_lab.spectra import quantise
from scorebridge_lab.workers import run_isolated

STAFF_SPACES = (5.5, 10.0)  # px of a page
MAX_MEASURES = 60  # of a piece; longer works are cut
MAX_SECONDS = 400  # of nominal music in a piece
FROM_START = 0.4  # share of the cut works that begin at their beginning
TIME_LIMIT = 150.0  # s a work
PRINTED, LIBRARY = 0.35, 0.25  # shares of works as old prints, and as libraries scan them
PIANO_SHARE = 3  # one work in so many is for piano


def folder(part: str) -> Path:
    """Where the packed pieces of "train" or "judge" lie."""
    return home() / "ensembles" / part


def piano_works() -> list[PageWork]:
    """Two staves: Polish keyboard music, and the pianos of the Lieder."""
    found = [*polish_keyboard.works(), *lieder.works()]
    return [PageWork(w, "piano") for w in found]


def works(seed: int = 0) -> list[PageWork]:
    """All works in the order in which they are built: groups take turns, every third a piano's."""
    sources = ("polish", "songs", "quartets", "orchestra")
    others = mixed([w for name in sources for w in SOURCES[name]()], seed)
    pianos = mixed(piano_works(), seed)
    out: list[PageWork] = []
    while others or pianos:
        out += [others.pop(0) for _ in range(min(len(others), PIANO_SHARE - 1))]
        out += [pianos.pop(0) for _ in range(min(len(pianos), 1))]
    return out


def build(
    jobs: Sequence[PageWork], pianos: Path, performances: int = 2, workers: int = 1, seed: int = 1
) -> Iterator[tuple[PageWork, str | None]]:
    """Builds what is not there yet; yields each work, and why it failed (None: it did not)."""
    missing = [job for job in jobs if not _file(job).exists()]
    preload(pianos)
    for engine in ("av", "resvg_py", "verovio"):  # imported once, not in each child
        import_module(engine)

    def make(job: PageWork) -> None:
        rng = np.random.default_rng([seed, zlib.crc32(job.file.stem.encode())])
        engraving = engraving_of(job, rng)
        judged = job.part == "judge"
        player = unheard(engraving, job.group, rng) if judged else None
        count = 1 if judged else performances
        packed = pack_ensemble(engraving, job.group, rng, count, pianos, player)
        packing.save(packed, _file(job))

    for job, _, error in run_isolated(make, missing, workers, TIME_LIMIT):
        yield job, error


def _file(job: PageWork) -> Path:
    return folder(job.part) / f"{job.group.replace(' ', '-')}--{job.file.stem}.npz"


def engraving_of(job: PageWork, rng: np.random.Generator) -> Engraving:
    """A random edition of a work, or of a stretch of it."""
    style, further = draw_style(max(1, job.staves), rng)
    library = bool(rng.random() < LIBRARY)
    space = float(rng.uniform(*STAFF_SPACES)) * (PRINT_SCALE if library else 1)
    width = round(space * style.page_width)
    start = 0.0 if rng.random() < FROM_START else float(rng.random())
    with tempfile.TemporaryDirectory() as temporary:
        path = job.work.unpack(Path(temporary))
        engraving = engrave_verovio(
            path,
            style,
            UNMARKED_TEMPO,
            f"{job.work.source}/{job.work.name}",
            width,
            staves=(),
            keep=job.work.keep,
            further=further,
            measures=(MAX_MEASURES, start),
        )
    if float(engraving.events["onset"].max()) > MAX_SECONDS:
        raise LabError(f"longer than {MAX_SECONDS} s")
    if library:
        return library_print(engraving, rng)
    return old_print(engraving, rng) if rng.random() < PRINTED else engraving


@dataclass(frozen=True)
class StaffSides:
    """Every staff of an engraving unrolled, and the places of its pairs."""

    staves: NDArray[np.uint8]
    """[parts, STAFF_ROWS, width]."""
    columns: NDArray[np.int32]
    """[pairs]."""
    onsets: NDArray[np.float64]
    """[pairs], nominal s."""
    sounding: NDArray[np.bool_]
    """[parts, pairs], see `Packed`."""
    edges: NDArray[np.int64]
    """[systems + 1], see `Packed`."""


def unheard(
    engraving: Engraving, group: str, rng: np.random.Generator
) -> Callable[..., NDArray[np.float32]]:
    """A player for `pack_ensemble` with a sound font that training never hears.

    Instruments are those that the source names, else those of the kind of scoring; all in tune,
    not recorded. A piano is played by the font's piano.
    """
    font = UNSEEN_FONT if rng.random() < 0.5 else CONCERT_FONT
    programs = engraving.meta.get("programs", [])

    def play_unheard(
        events: NDArray[np.void], parts: NDArray[np.uint8], ranges: Sequence[tuple[float, float]]
    ) -> NDArray[np.float32]:
        if group == "piano":
            return render(events, font)
        chosen = by_group(rng, group, ranges)
        named = [p if p >= 0 else c for p, c in zip(programs, chosen, strict=False)]
        players = [Player(program, loud=0.7) for program in named or chosen]
        return play_parts(events, parts, players, rng, None, font)

    return play_unheard


def staff_sides(engraving: Engraving) -> StaffSides:
    """Cut every staff of five lines. Raises LabError where these have no notes."""
    lined = engraving.staves["lines"] == 5
    count = 1 + int(engraving.staff_parts[lined].max(initial=0))
    columns, onsets, owners, offset = [], [], [], 0
    systems: list[NDArray[np.uint8]] = []
    widths: list[int] = []
    for number, system in enumerate(engraving.systems):
        page = engraving.pages[system["page"]]
        x0, x1, space = (float(system[k]) for k in ("x0", "x1", "staff_space"))
        here = np.flatnonzero((engraving.staves["system"] == number) & lined)
        wide = 0
        images: dict[int, NDArray[np.uint8]] = {}
        part_of: dict[int, int] = {}
        for k in here:
            staff, part = engraving.staves[k], int(engraving.staff_parts[k])
            images[part] = cut_staff(page, (x0, float(staff["y0"]), x1, float(staff["y1"])), space)
            part_of[int(staff["staff"])] = part
            wide = images[part].shape[1]
        cut = np.full((count, STAFF_ROWS, wide), 255, np.uint8)
        for part, image in images.items():
            cut[part] = image
        notes = engraving.notes[engraving.notes["system"] == number]
        notes = notes[np.isfinite(notes["onset"]) & np.isin(notes["staff"], list(part_of))]
        columns.append(offset + (notes["x"] - x0) * STAFF_SPACE / space + MARGIN)
        onsets.append(notes["onset"])
        owners.append([part_of[int(k)] for k in notes["staff"]])
        systems.append(cut)
        widths.append(wide)
        offset += wide
    column, onset = np.concatenate(columns), np.concatenate(onsets)
    owner = np.concatenate(owners).astype(int)
    if not len(column):
        raise LabError("no notes on staves of five lines")
    order = np.lexsort((column, onset.round(3)))
    starts = np.flatnonzero(np.diff(onset[order].round(3), prepend=-1.0) > 0)
    middle = np.array([np.median(part) for part in np.split(column[order], starts[1:])])
    sounding = np.zeros((count, len(middle)), bool)
    for part in range(count):
        mine = np.sort(column[owner == part])
        low, high = (
            np.searchsorted(mine, middle + side * WINDOW_WIDTH / 2) for side in (-0.9, 0.9)
        )
        sounding[part] = high > low
    return StaffSides(
        np.concatenate(systems, 2),
        np.round(middle).astype(np.int32),
        onset[order][starts],
        sounding,
        np.cumsum([0, *widths], dtype=np.int64),
    )


def whole_strip(staves: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The lowest strip of the full score, [STRIP_HEIGHT, width]: the piano's, the only staff's."""
    upper, lower = paired(len(staves))[-1]
    return pair_strip(staves[upper], None if lower is None else staves[lower])


def pack_ensemble(
    engraving: Engraving,
    group: str,
    rng: np.random.Generator,
    performances: int = 2,
    pianos: Path | None = None,
    player: Callable[..., NDArray[np.float32]] | None = None,
) -> Packed:
    """Cut staves, play performances and pair their places (see `pack.pack`).

    player : plays (events, parts, ranges) as sound; by default drawn and recorded anew each time.
    """
    sides = staff_sides(engraving)
    ranges = part_ranges(engraving)
    programs = engraving.meta.get("programs", [-1] * len(ranges))
    specs, passes = [], []
    for _ in range(performances):
        manner = HUMAN if group == "piano" else ENSEMBLE
        performance = play(engraving.events, rng, manner, engraving.bars, engraving.marks)
        events = performance.events
        parts = engraving.parts[np.maximum(events["source"], 0)]
        if player is not None:
            sound = player(events, parts, ranges)
        else:
            players = draw_players(rng, group, programs, ranges)
            dry = play_parts(events, parts, players, rng, pianos)
            how = draw_recording(rng)
            if players is not None:  # neither hammers nor pedals
                how = replace(how, hammer=0.0, pedal=0.0)
            sound = record(dry, how, rng, events["onset"])
        specs.append(quantise(spectrogram(sound)))
        passes.append(frames_of(performance, engraving, sides.onsets))
    places, frames = by_turns(passes)
    return Packed(
        engraving.name,
        whole_strip(sides.staves),
        tuple(specs),
        sides.columns[places],
        frames,
        sides.staves,
        sides.sounding[:, places],
        sides.edges,
    )


def part_ranges(engraving: Engraving) -> list[tuple[float, float]]:
    """Low and high pitch (MIDI) of each part."""
    out = []
    for part in range(1 + int(engraving.parts.max(initial=0))):
        pitch = engraving.events["pitch"][engraving.parts == part]
        out.append(tuple(np.quantile(pitch, (0.03, 0.97))) if len(pitch) else (60.0, 60.0))
    return out


def write_failures(failures: dict[str, str], place: Path) -> None:
    """Store why works failed, by name, beside what was built."""
    place.mkdir(parents=True, exist_ok=True)
    (place / "failures.json").write_text(json.dumps(failures, indent=1, sort_keys=True))
