"""The papers' data sets, rebuilt: engraved, played as they played, packed; and their splits.

msmd        P3 to P5. MSMD's pieces, pages of 835 px halved, ten performances (`PLAN`): three
            training pianos at the written tempo and twice each at 0.9 to 1.1 of it, and the
            piano that training never hears at the written tempo.
mozart      P2. Pages in full size, tempo 100 to 130 for 120. The paper's scores come from
            MuseScore and are not named; here 13 pieces of Mozart train, one validates, and 26 of
            Bach (well-tempered clavier), Beethoven, Haydn and Chopin in the paper's numbers test,
            all of them MSMD's.
nottingham  P1. One staff, one synthesiser, 136 bands at 31.25 frames a second. The split is ours
            (by the name's checksum: 70 % train, 10 % valid, 20 % test).

All audio is levelled (`audio.spectrogram`), which the papers do not do. About 6 s a piece.
"""

from __future__ import annotations

import re
import tempfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from rich.progress import track

from scorebridge.audio.spectrogram import FRAME_RATE, filterbank, level, magnitudes, spectrogram
from scorebridge.score.strips import MARGIN, PAGE_WIDTH, STRIP_HEIGHT
from scorebridge_lab.dataset.pack import Packed, save, sheet_side
from scorebridge_lab.engrave.engraving import Engraving
from scorebridge_lab.errors import LabError
from scorebridge_lab.home import data, home
from scorebridge_lab.papers.settings import PaperRun
from scorebridge_lab.perform.performance import P2, PAPER, STRAIGHT, Manner, perform
from scorebridge_lab.perform.synthesize import TRAINING_FONT, UNSEEN_FONT, render, render_sampled
from scorebridge_lab.sources import nottingham
from scorebridge_lab.sources.msmd import DROPPED
from scorebridge_lab.sources.mutopia import msmd_pieces
from scorebridge_lab.spectra import quantise
from scorebridge_lab.workers import run_isolated

SETS = ("msmd", "mozart", "nottingham")
# Piano and whether its tempo is varied, by index of the performance (see `settings`).
PIANOS = ("font", "upright", "grand")
PLAN = (*((p, varied) for varied in (False, True, True) for p in PIANOS), ("unseen", False))
TUNE_BANDS, TUNE_RATE = 136, 31.25  # P1 section 3.1
TUNE_FILTERS = (24, 8000.0)  # bands an octave and Hz that give 136 bands; P1 does not say
CHORD_SYMBOL = re.compile(r'"[^"\n]*"')  # of ABC
TUNE_TEMPO = 120.0  # quarters a minute
SPLITS = {"all": "all", "bach-only": "bach", "bach-out": "bach_out"}
WELL_TEMPERED = re.compile(r"BWV(84[6-9]|8[5-8]\d|89[0-3])")
P2_TEST = (("BachJS", 16), ("BeethovenLv", 5), ("HaydnFJ", 4))
P2_CHOPIN = "ChopinFF__O9__nocturne_in_b-flat_minor"  # op. 9 no. 1
P2_VALID = ("MozartWA__KV545__K545-1", "MozartWA__KV545__K545-3")  # the first that is engraved


def folder_of(name: str) -> Path:
    """Folder of the packed pieces of a set."""
    return home() / "papers" / name


def _play(
    engraving: Engraving,
    plan: Sequence[tuple[str, bool]],
    varied: Manner,
    seed: int,
    pianos: Path,
) -> list[tuple[NDArray[np.float32], NDArray[np.float64]]]:
    """Samples of each performance, and when each of the engraving's onsets sounds there.

    pianos : folder of sampled pianos; their folders' names sort as grand before upright.
    """
    rng = np.random.default_rng(seed)
    folders = sorted(p for p in pianos.iterdir() if p.is_dir())
    sampled = dict(zip(("grand", "upright"), folders, strict=False))
    onsets = np.unique(engraving.notes["onset"][np.isfinite(engraving.notes["onset"])])
    out = []
    for piano, free in plan:
        events, warp = perform(engraving.events, rng, varied if free else STRAIGHT)
        if piano in sampled:
            samples = render_sampled(events, sampled[piano])
        else:
            samples = render(events, UNSEEN_FONT if piano == "unseen" else TRAINING_FONT)
        out.append((samples, np.stack([onsets, warp(onsets)])))
    return out


def full_strip(engraving: Engraving, width: int) -> NDArray[np.uint8]:
    """The unrolled strip at twice the size of `pack.sheet_side`'s, [2 * STRIP_HEIGHT, 2 * width].

    Column c of that one is columns 2c and 2c + 1 of this one.
    """
    strips = []
    for system in engraving.systems:
        x0, x1, y0, y1 = (float(system[k]) for k in ("x0", "x1", "y0", "y1"))
        page = engraving.pages[int(system["page"])]
        scale = PAGE_WIDTH / page.shape[1]
        columns = 2 * round((x1 - x0) * scale + 2 * MARGIN)
        step = 0.5 / scale  # page px a column
        across = x0 - MARGIN / scale + step / 2 - 0.5
        down = (y0 + y1) / 2 - STRIP_HEIGHT * step + step / 2 - 0.5
        strips.append(
            cv2.warpAffine(
                page,
                np.array([[step, 0, across], [0, step, down]]),
                (columns, 2 * STRIP_HEIGHT),
                flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                borderValue=(255,),
            )
        )
    strip = np.concatenate(strips, 1)
    if strip.shape[1] != 2 * width:
        raise LabError(f"{engraving.name}: strips of {strip.shape[1]} and {width} px do not fit")
    return np.asarray(strip, np.uint8)


def pack_piece(engraving: Engraving, kind: str, seed: int, pianos: Path) -> Packed:
    """One piece of a set; the same seed gives the same bytes."""
    strip, columns, onsets = sheet_side(engraving, page_scale=True)
    if kind == "mozart":
        strip, columns = full_strip(engraving, strip.shape[1]), 2 * columns
    tune = kind == "nottingham"
    plan = PLAN[:1] if tune else PLAN
    rate = TUNE_RATE if tune else FRAME_RATE
    specs, frames = [], []
    for samples, (nominal, played) in _play(
        engraving, plan, P2 if kind == "mozart" else PAPER, seed, pianos
    ):
        if tune:
            spec = np.log10(1 + magnitudes(level(samples), rate, filterbank(*TUNE_FILTERS)))
        else:
            spec = spectrogram(samples)
        specs.append(quantise(spec))
        frames.append(np.round(np.interp(onsets, nominal, played) * rate).astype(np.int32))
    return Packed(engraving.name, strip, tuple(specs), columns, np.array(frames, np.int32))


def build(name: str, workers: int = 1, limit: int = 0) -> dict[str, str]:
    """Packs what is not packed yet; returns failures and causes.

    `msmd` and `mozart` start from the engravings of `scorebridge-lab data msmd`.
    limit : at most so many pieces are made (0: all).
    """
    root, out = data(), folder_of(name)

    def make(job: tuple[str, object]) -> int:
        piece, source = job
        engraving = _tune(source) if name == "nottingham" else Engraving.load(Path(str(source)))
        packed = pack_piece(engraving, name, zlib.crc32(piece.encode()), root / "pianos")
        save(packed, out / f"{piece}.npz")
        return len(packed.columns)

    jobs: list[tuple[str, object]]
    if name == "nottingham":
        jobs = [(w.name, w) for w in nottingham.works(root)]
    else:
        engraved = home() / "engraved" / "msmd"
        wanted = mozart_parts() if name == "mozart" else {p.name: "" for p in msmd_pieces(root)}
        jobs = [(n, p) for n in wanted if (p := engraved / f"{n}.npz").exists()]
        if not jobs:
            raise LabError(f"{engraved}: nothing engraved. First: scorebridge-lab data msmd")
    jobs = [(n, s) for n, s in jobs if not (out / f"{n}.npz").exists()]
    jobs = jobs[:limit] if limit else jobs
    failures = {}
    for (piece, _), _, error in track(run_isolated(make, jobs, workers), name, len(jobs)):
        if error is not None:
            failures[piece] = error
    return failures


def _tune(work: object) -> Engraving:
    from scorebridge_lab.engrave.engravers import engrave
    from scorebridge_lab.sources.work import Work

    assert isinstance(work, Work)
    with tempfile.TemporaryDirectory() as folder:
        path = work.unpack(Path(folder))
        # Melodies alone, as in P1; Verovio aborts on chord symbols within voltas.
        path.write_text(CHORD_SYMBOL.sub("", path.read_text()))
        return engrave(path, name=work.name, keep="tune", tempo=TUNE_TEMPO)


def mozart_parts() -> dict[str, str]:
    """P2's stand-in: piece to part, of what is engraved."""
    engraved = sorted(p.stem for p in (home() / "engraved" / "msmd").glob("*.npz"))
    mozart = [n for n in engraved if n.startswith("MozartWA")]
    valid = next((n for n in P2_VALID if n in mozart), None)
    parts = dict.fromkeys([n for n in mozart if n != valid][:13], "train")
    if valid:
        parts[valid] = "valid"
    for composer, count in P2_TEST:
        theirs = [n for n in engraved if n.startswith(composer)]
        if composer == "BachJS":
            theirs = [n for n in theirs if WELL_TEMPERED.search(n)]
        parts |= dict.fromkeys(theirs[:count], "test")
    if P2_CHOPIN in engraved:
        parts[P2_CHOPIN] = "test"
    return parts


def parts_of(run: PaperRun) -> dict[str, str]:
    """Piece to part ('train', 'valid', 'test') of a run's data set and split."""
    if run.data == "mozart":
        return mozart_parts()
    if run.data == "nottingham":
        shares = {p.stem: zlib.crc32(p.stem.encode()) % 10 for p in folder_of(run.data).glob("*")}
        return {n: "train" if k < 7 else "valid" if k < 8 else "test" for n, k in shares.items()}
    split = SPLITS[run.split]
    parts = {p.name: p.splits[split] for p in msmd_pieces() if split in p.splits}
    if run.split == "all":  # the papers' 100 test pieces
        parts |= dict.fromkeys(DROPPED, "test")
    return parts


def load_some(path: Path, performances: Sequence[int]) -> Packed:
    """A packed piece with these performances only, in this order."""
    with np.load(path) as stored:
        name = stored["name"].tobytes().decode()
        specs = tuple(stored[f"spec_{k}"] for k in performances)
        frames = stored["frames"][list(performances)]
        return Packed(name, stored["strip"], specs, stored["columns"], frames)


def packed_part(run: PaperRun, part: str) -> list[Path]:
    """The packed files of one part of a run's split, sorted by name; those that are there."""
    names = sorted(n for n, p in parts_of(run).items() if p == part)
    return [p for n in names if (p := folder_of(run.data) / f"{n}.npz").exists()]


def read_part(run: PaperRun, part: str, performances: Sequence[int] | None = None) -> list[Packed]:
    """The pieces of one part of a run's split, sorted by name.

    performances : by index; the run's own training ones by default.
    Raises LabError where none is packed.
    """
    chosen = run.performances if performances is None else performances
    pieces = [load_some(path, chosen) for path in packed_part(run, part)]
    if not pieces:
        raise LabError(
            f"{folder_of(run.data)}: no pieces of the part {part!r}."
            f" Build them first: scorebridge-lab papers data {run.data}"
        )
    return pieces
