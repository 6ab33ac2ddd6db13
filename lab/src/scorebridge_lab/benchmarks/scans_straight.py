"""The set `scans-straight`: real scans and audio made from the kern of the very edition.

115 scans (Mozart, Joplin) and for each a recording at the written tempo, repeats not played, on
a piano that training never hears. Rendered once and stored in the lab's home.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile
from rich.progress import track

from scorebridge.audio.spectrogram import SAMPLE_RATE
from scorebridge_lab.benchmarks.document_sets import Documents, DocumentSet, scan_pieces
from scorebridge_lab.benchmarks.evaluation_set import thinned
from scorebridge_lab.engrave.verovio import UNMARKED_TEMPO, events_of
from scorebridge_lab.errors import LabError
from scorebridge_lab.home import atomic_path, data, home
from scorebridge_lab.perform.synthesize import UNSEEN_FONT, render
from scorebridge_lab.workers import run_isolated


def _render_kern(job: tuple[Path, Path]) -> None:
    kern, target = job
    samples = render(events_of(kern, UNMARKED_TEMPO), UNSEEN_FONT, 0)
    samples = samples / np.abs(samples).max() * 0.9
    with atomic_path(target) as temporary:
        soundfile.write(temporary, samples, SAMPLE_RATE, format="FLAC")


def documents(stride: int = 1, limit: int = 0) -> Documents:
    """Builds the set where it is missing, see `DocumentSet.make`. Raises LabError."""
    folder = home() / "sets" / "scans-straight"
    folder.mkdir(parents=True, exist_ok=True)
    scans = thinned(scan_pieces(data()), stride, limit)
    targets = [folder / f"{p.parent.name}__{p.stem}.flac" for p in scans]
    jobs = [
        (scan.with_suffix(".krn"), target)
        for scan, target in zip(scans, targets, strict=True)
        if not target.exists()
    ]
    for (kern, target), _, error in track(run_isolated(_render_kern, jobs), "rendering", len(jobs)):
        if error:
            raise LabError(f"{kern} to {target}: {error}")
    return Documents(tuple(map(str, scans)), tuple(map(str, targets)), tuple(range(len(scans))))


SET = DocumentSet(
    "scans-straight",
    1,
    "115 scans and audio from the kern of each edition, without repeats",
    documents,
)
