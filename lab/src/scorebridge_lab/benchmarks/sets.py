"""Evaluation sets of whole documents: scans and recordings that belong together, as files.

scans-straight  115 scans (Mozart, Joplin) x audio made from the kern of the very
                edition at its written tempo, repeats not played, on a piano that
                training never hears.
scans-human     the same 115 scans and the 28 pieces of three volumes (`volumes.py`) x human
                performances of ASAP, at most three of a piece, by another piano that training
                never hears, each in a simulated room of its own; repeats as each player took
                them. ASAP's beats say which bar sounds when.
recordings      14 of the 15 real recordings (K. 265 has neither scan nor source) x their
                scan, else their engraving, among all scans and volumes.

What is expensive (rendering, page reading) is made once and kept in the lab's home.
"""

from __future__ import annotations

import csv
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import soundfile
from PIL import Image
from rich.progress import track

from scorebridge.audio.spectrogram import FRAME_RATE, SAMPLE_RATE, WINDOW_FRAMES
from scorebridge.score.strips import WINDOW_WIDTH
from scorebridge.types import Encoded
from scorebridge_lab.augment.room import Room
from scorebridge_lab.augment.sound import Recording, record
from scorebridge_lab.benchmarks.labelled_volumes import PARTS, Part, write_part
from scorebridge_lab.engrave.engraving import Engraving
from scorebridge_lab.engrave.lilypond import build
from scorebridge_lab.engrave.verovio import UNMARKED_TEMPO, events_of
from scorebridge_lab.errors import LabError
from scorebridge_lab.home import data, home, in_one_step
from scorebridge_lab.manifest import keep_manifest
from scorebridge_lab.perform.synthesize import CONCERT_FONT, UNSEEN_FONT, render, render_file
from scorebridge_lab.sources.mutopia import read_pieces
from scorebridge_lab.workers import run_isolated

PER_PIECE = 3  # human performances of a piece at most: some have one, some twenty-five
SILENT = 0.003  # of the peak, 50 dB down
SCAN_FOLDERS = ("mozart_sonatas_AMA1878", "joplin")
# Recordings without a scan here: the Mutopia piece that is their engraving. MSMD's name.
ENGRAVED = {
    "wtc1_bwv846_prelude_ishizaka.ogg": "BachJS__BWV846__wtk1-prelude1",
    "wtc1_bwv846_fugue_ishizaka.ogg": "BachJS__BWV846__wtk1-fugue1",
    "wtc1_bwv847_prelude_ishizaka.ogg": "BachJS__BWV847__bwv847a",
    "wtc1_bwv848_prelude_ishizaka.ogg": "BachJS__BWV848__bwv848a",
    "wtc1_bwv848_fugue_ishizaka.ogg": "BachJS__BWV848__bwv848b",
    "goldberg_bwv988_aria_da_capo_ishizaka.ogg": "BachJS__BWV988__bwv-988-aria",
    "goldberg_bwv988_var12_ishizaka.mp3": "BachJS__BWV988__bwv-988-v12",
    "goldberg_bwv988_var01_ishizaka.ogg": "BachJS__BWV988__bwv-988-v01",
    "satie_gymnopedie1_alciatore.m4a": "SatieE__gymnopedie_1__gymnopedie_1",
    "bach_bwv924a_msmdrec.m4a": "BachJS__BWV924a__bach-prelude-bwv924a",
}
SCANNED = {
    "joplin_mapleleaf_roll1916.m4a": "joplin/mapleleaf",
    "mozart_kv331_var1_msmdrec.m4a": "mozart_sonatas_AMA1878/sonata11-1b",
    "chopin_op28_11_SMD.wav": "dinoscore/Chopin_Frdric_Preludes_Op.28",
    "chopin_op64_1_upright_phone.ogg": "dinoscore/Chopin_Frdric_Waltzes_Op.64",
}


@dataclass(frozen=True)
class Linked:
    """Documents of both kinds and which belong together."""

    scores: tuple[str, ...]
    recordings: tuple[str, ...]
    score_of: tuple[int, ...]
    """For each recording, the index of its score."""
    volumes: frozenset[int] = frozenset()
    """Scores that hold many pieces, of which a recording plays one."""


def scan_pieces(root: Path) -> list[Path]:
    """The 115 scans that have a kern of the same edition."""
    found = [
        pdf
        for folder in SCAN_FOLDERS
        for pdf in sorted((root / "scans" / folder).glob("*.pdf"))
        if pdf.with_suffix(".krn").exists()
    ]
    if not found:
        raise LabError(f"{root / 'scans'}: no scans with kern there")
    return found


def _render_kern(job: tuple[Path, Path]) -> None:
    kern, target = job
    samples = render(events_of(kern, UNMARKED_TEMPO), UNSEEN_FONT, 0)
    samples = samples / np.abs(samples).max() * 0.9
    with in_one_step(target) as temporary:
        soundfile.write(temporary, samples, SAMPLE_RATE, format="FLAC")


def scans_straight() -> Linked:
    """Build (or find) the set `scans-straight`."""
    root, folder = data(), home() / "sets" / "scans-straight"
    folder.mkdir(parents=True, exist_ok=True)
    scans = scan_pieces(root)
    targets = [folder / f"{p.parent.name}__{p.stem}.flac" for p in scans]
    jobs = [
        (scan.with_suffix(".krn"), target)
        for scan, target in zip(scans, targets, strict=True)
        if not target.exists()
    ]
    for (kern, target), _, error in track(run_isolated(_render_kern, jobs), "rendering", len(jobs)):
        if error:
            raise LabError(f"{kern} to {target}: {error}")
    return Linked(tuple(map(str, scans)), tuple(map(str, targets)), tuple(range(len(scans))))


def performances(root: Path) -> dict[str, list[str]]:
    """Pieces of ASAP that are scanned here, and for each the members of its performances.

    Keys are `volumes.Part.name`, or the name of a Mozart scan.
    """
    archive = root / "performances" / "asap.zip"
    if not archive.exists():
        raise LabError(f"{archive}: not there. It is part of the source data (SCOREBRIDGE_DATA).")
    with zipfile.ZipFile(archive) as opened:
        members = sorted(
            n for n in opened.namelist() if n.endswith(".mid") and "midi_score" not in n
        )
    mozart = {
        f"Mozart/Piano_Sonatas/{int(n)}-{k}": f"sonata{n}-{k}"
        for n, k in (("08", 1), ("11", 3), ("12", 1), ("12", 2), ("12", 3))
    }
    wanted = {part.name: part.name for part in PARTS} | mozart
    found: dict[str, list[str]] = {}
    for member in members:
        piece = str(PurePosixPath(member).parent).removeprefix("asap/").removesuffix("_no_repeat")
        if piece in wanted:
            found.setdefault(wanted[piece], []).append(member)
    return found


def _render_performance(job: tuple[Path, str, Path]) -> None:
    archive, member, target = job
    rng = np.random.default_rng(zlib.crc32(member.encode()))
    room = Recording(
        tilt_db=float(rng.normal(0, 1)),
        room=Room.random(rng),
        wet=float(rng.uniform(0.2, 0.5)),
        noise_db=float(rng.uniform(35, 55)),
    )
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(archive) as opened:
        samples = render_file(Path(opened.extract(member, folder)), CONCERT_FONT)
    # The files go on for up to half a minute after the last note.
    heard = np.flatnonzero(np.abs(samples) > SILENT * np.abs(samples).max())
    samples = samples[: heard[-1] + SAMPLE_RATE]
    temporary = target.with_suffix(".partial")
    soundfile.write(temporary, record(samples, room, rng), SAMPLE_RATE, format="FLAC")
    temporary.replace(target)


@dataclass(frozen=True)
class Performed:
    """One recording of `scans-human`."""

    piece: str
    """`volumes.Part.name`, or the name of a Mozart scan."""
    member: str
    """Its MIDI file in ASAP's archive."""
    recording: Path
    score: Path


def human_performances() -> list[Performed]:
    """The recordings of `scans-human` and what they play; nothing is made."""
    root, folder = data(), home() / "sets" / "scans-human"
    scores = {p.stem: p for p in scan_pieces(root)}
    scores |= {part.name: _part_file(folder, part) for part in PARTS}
    found = []
    for piece, members in performances(root).items():
        most = min(PER_PIECE, len(members))
        for k in np.linspace(0, len(members) - 1, most).round().astype(int):
            stem = "__".join(PurePosixPath(members[k]).with_suffix("").parts[1:])
            found.append(Performed(piece, members[k], folder / f"{stem}.flac", scores[piece]))
    return found


def _part_file(folder: Path, part: Part) -> Path:
    return folder / f"{part.name.replace('/', '__')}.tif"


def scans_human() -> Linked:
    """Build (or find) the set `scans-human`."""
    root, folder = data(), home() / "sets" / "scans-human"
    folder.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        target = _part_file(folder, part)
        if not target.exists():
            write_part(part, root / "scans" / "dinoscore", target)
    scores = [*scan_pieces(root), *(_part_file(folder, part) for part in PARTS)]
    played = human_performances()
    archive = root / "performances" / "asap.zip"
    jobs = [(archive, p.member, p.recording) for p in played if not p.recording.exists()]
    runs = run_isolated(_render_performance, jobs, limit_s=900)
    for (_, member, _), _, error in track(runs, "rendering", len(jobs)):
        if error:
            raise LabError(f"{member}: {error}")
    return Linked(
        tuple(map(str, scores)),
        tuple(str(p.recording) for p in played),
        tuple(scores.index(p.score) for p in played),
    )


def _as_tiff(pages: Iterator[Image.Image], target: Path) -> None:
    first, *rest = list(pages)
    temporary = target.with_suffix(".partial")
    first.save(temporary, "TIFF", save_all=True, append_images=rest, compression="tiff_lzw")
    temporary.replace(target)


def recordings() -> Linked:
    """Build (or find) the set `recordings`: engravings and volumes become multi-page TIFFs."""
    root, folder = data(), home() / "sets" / "recordings"
    folder.mkdir(parents=True, exist_ok=True)
    scores = scan_pieces(root)
    names = [f"{p.parent.name}/{p.stem}" for p in scores]
    for volume in sorted(p for p in (root / "scans" / "dinoscore").iterdir() if p.is_dir()):
        target = folder / f"{volume.name}.tif"
        if not target.exists():
            files = sorted(volume.glob("*.tif"), key=lambda p: int(p.stem.split("_")[1]))
            _as_tiff((Image.open(f).convert("1") for f in files), target)
        scores.append(target)
        names.append(f"dinoscore/{volume.name}")
    engraved = home() / "engraved" / "msmd"
    _engrave(root, [n for n in ENGRAVED.values() if not (folder / f"{n}.tif").exists()], engraved)
    owners, sounds = [], []
    with (root / "recordings" / "manifest.csv").open() as file:
        rows = [row["file"] for row in csv.DictReader(file)]
    for row in rows:
        name = SCANNED.get(row)
        if name is None:
            name = ENGRAVED.get(row)
            if name is None:
                continue  # K. 265 var. 1: neither a scan nor a source to engrave
            target = folder / f"{name}.tif"
            if not target.exists():
                pages = Engraving.load(engraved / f"{name}.npz").pages
                _as_tiff((Image.fromarray(p) for p in pages), target)
            if name not in names:
                scores.append(target)
                names.append(name)
        owners.append(names.index(name))
        sounds.append(str(root / "recordings" / row))
    volumes = frozenset(k for k, name in enumerate(names) if name.startswith("dinoscore/"))
    return Linked(tuple(map(str, scores)), tuple(sounds), tuple(owners), volumes)


def _engrave(root: Path, names: Sequence[str], out: Path) -> None:
    """Engrave pieces of Mutopia that are not there yet: a set is whole or it is an error."""
    missing = [n for n in names if not (out / f"{n}.npz").exists()]
    if not missing:
        return
    # To stderr: a figure's --json owns stdout.
    say = partial(print, file=sys.stderr)
    build([p for p in read_pieces(root) if p.name in missing], out, say=say)
    left = [n for n in missing if not (out / f"{n}.npz").exists()]
    if left:
        raise LabError(f"{out}: not engraved: {', '.join(left)} (failures.json there says why)")


SETS = {
    "scans-straight": scans_straight,
    "scans-human": scans_human,
    "recordings": recordings,
}
VERSIONS = {"scans-straight": 1, "scans-human": 2, "recordings": 1}
"""Raised whenever a set's documents or links change, so that figures can be told apart."""


def describe(name: str) -> dict[str, Any]:
    """Build a set where needed, and say what is in it: also `sets`/NAME/manifest.json."""
    linked = SETS[name]()
    files = [Path(path) for path in (*linked.scores, *linked.recordings)]
    links = [
        [Path(sound).name, Path(linked.scores[owner]).name]
        for sound, owner in zip(linked.recordings, linked.score_of, strict=True)
    ]
    return keep_manifest(
        name,
        VERSIONS[name],
        len(linked.scores),
        len(linked.recordings),
        {path.name: path for path in files},
        {"links": links},
    )


def fragment(whole: Encoded, start: float, stop: float) -> Encoded:
    """The windows of `whole` that lie fully between the shares `start` and `stop` of its extent."""
    margin = WINDOW_FRAMES / FRAME_RATE / 2 if whole.kind == "recording" else WINDOW_WIDTH / 2
    low, high = start * whole.extent, stop * whole.extent
    inside = (whole.positions >= low + margin - 1e-3) & (whole.positions <= high - margin + 1e-3)
    if not inside.any():
        inside[np.abs(whole.positions - (low + high) / 2).argmin()] = True
    return whole.where(inside)
