"""The set `scans-human`: real scans and human performances of them.

The 115 scans of `scans-straight` and the 28 pieces of three volumes (`labelled_volumes.py`), with
performances of ASAP (Foscarin et al. 2020), at most three of a piece, rendered on a piano that
training never hears, each in a simulated room of its own; repeats as each player took them. ASAP's
beats give the bar that sounds (`human_ground_truth.py`). Made once and stored in the lab's home.
"""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np
import soundfile
from rich.progress import track

from scorebridge.audio.spectrogram import SAMPLE_RATE
from scorebridge_lab.augment.room import Room
from scorebridge_lab.augment.sound import Recording, record
from scorebridge_lab.benchmarks.document_sets import Documents, DocumentSet, scan_pieces
from scorebridge_lab.benchmarks.evaluation_set import thinned
from scorebridge_lab.benchmarks.labelled_volumes import PIECES, VolumePiece, write_piece
from scorebridge_lab.errors import LabError
from scorebridge_lab.home import atomic_path, data, home
from scorebridge_lab.perform.synthesize import CONCERT_FONT, render_file
from scorebridge_lab.sources import asap, container
from scorebridge_lab.workers import run_isolated

MAX_PER_PIECE = 3  # human performances: some pieces have one, some twenty-five
SILENCE = 0.003  # share of the peak, 50 dB down
ROOM_WET = (0.2, 0.5)  # share of reverberation
NOISE_DB = (35, 55)


@dataclass(frozen=True)
class Performed:
    """One recording of `scans-human`."""

    piece: str
    """`VolumePiece.name`, or the name of a Mozart scan."""
    member: str
    """Its MIDI file in ASAP's archive."""
    recording: Path
    score: Path


def performances(root: Path) -> dict[str, list[str]]:
    """Members of ASAP's performances by piece, of the pieces that are scanned here.

    Keys are `VolumePiece.name`, or the name of a Mozart scan.
    """
    members = sorted(work.main for work in asap.works(root))
    mozart = {
        f"Mozart/Piano_Sonatas/{int(n)}-{k}": f"sonata{n}-{k}"
        for n, k in (("08", 1), ("11", 3), ("12", 1), ("12", 2), ("12", 3))
    }
    wanted = {piece.name: piece.name for piece in PIECES} | mozart
    found: dict[str, list[str]] = {}
    for member in members:
        piece = str(PurePosixPath(member).parent).removeprefix("asap/").removesuffix("_no_repeat")
        if piece in wanted:
            found.setdefault(wanted[piece], []).append(member)
    return found


def human_performances() -> list[Performed]:
    """The recordings of the set and what they play; makes no file."""
    root, folder = data(), home() / "sets" / "scans-human"
    scores = {p.stem: p for p in scan_pieces(root)}
    scores |= {piece.name: _piece_file(folder, piece) for piece in PIECES}
    found = []
    for piece, members in performances(root).items():
        count = min(MAX_PER_PIECE, len(members))
        for k in np.linspace(0, len(members) - 1, count).round().astype(int):
            stem = "__".join(PurePosixPath(members[k]).with_suffix("").parts[1:])
            found.append(Performed(piece, members[k], folder / f"{stem}.flac", scores[piece]))
    return found


def documents(stride: int = 1, limit: int = 0) -> Documents:
    """Builds the set where it is missing, see `DocumentSet.make`. Raises LabError."""
    pieces = (_piece_file(home() / "sets" / "scans-human", piece) for piece in PIECES)
    scores = thinned([*scan_pieces(data()), *pieces], stride, limit)
    played = [one for one in human_performances() if one.score in scores]
    _write_pieces(scores)
    make_performances(played)
    return Documents(
        tuple(map(str, scores)),
        tuple(str(p.recording) for p in played),
        tuple(scores.index(p.score) for p in played),
    )


def make_performances(performed: Sequence[Performed]) -> None:
    """Writes the scores and recordings of performances that are missing. Raises LabError."""
    _write_pieces([one.score for one in performed])
    archive = asap.ASAP.container(data())
    jobs = [(archive, p.member, p.recording) for p in performed if not p.recording.exists()]
    runs = run_isolated(_render_performance, jobs, limit_s=900)
    for (_, member, _), _, error in track(runs, "rendering", len(jobs)):
        if error:
            raise LabError(f"{member}: {error}")


def _write_pieces(scores: Sequence[Path]) -> None:
    """Cuts the pieces of volumes among `scores` out of their volumes, where they are missing."""
    folder = home() / "sets" / "scans-human"
    pieces = {_piece_file(folder, piece): piece for piece in PIECES}
    for target in dict.fromkeys(scores):
        if target in pieces and not target.exists():
            write_piece(pieces[target], data() / "scans" / "dinoscore", target)


def _piece_file(folder: Path, piece: VolumePiece) -> Path:
    return folder / f"{piece.name.replace('/', '__')}.tif"


def _render_performance(job: tuple[Path, str, Path]) -> None:
    archive, member, target = job
    rng = np.random.default_rng(zlib.crc32(member.encode()))
    room = Recording(
        tilt_db=float(rng.normal(0, 1)),
        room=Room.random(rng),
        wet=float(rng.uniform(*ROOM_WET)),
        noise_db=float(rng.uniform(*NOISE_DB)),
    )
    with tempfile.TemporaryDirectory() as folder:
        container.extract(archive, (member,), Path(folder))
        samples = render_file(Path(folder) / member, CONCERT_FONT)
    # The files go on for up to half a minute after the last note.
    sounding = np.flatnonzero(np.abs(samples) > SILENCE * np.abs(samples).max())
    samples = samples[: sounding[-1] + SAMPLE_RATE]
    with atomic_path(target) as temporary:
        soundfile.write(temporary, record(samples, room, rng), SAMPLE_RATE, format="FLAC")


SET = DocumentSet(
    "scans-human",
    2,
    "115 scans and 28 pieces of volumes, with human performances of 26 of them",
    documents,
)
