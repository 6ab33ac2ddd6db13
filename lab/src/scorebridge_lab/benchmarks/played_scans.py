"""Scans played from the kern of the very edition, in every order of its sections; cached.

Each piece is played once through the print ("straight"), in the order of its list of sections
("repeats") and in that without repeats ("norep", where that differs from both: voltas are skipped),
at the written tempo, on a piano that training never hears. Sound and ground truth are stored in the
lab's home, vectors there under the encoder's name.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scorebridge.audio import spectrogram as audio
from scorebridge.encode.documents import encode_spectrum
from scorebridge.encode.encoder import Encoder
from scorebridge.types import Encoded
from scorebridge_lab.benchmarks.cached import restore, save
from scorebridge_lab.benchmarks.kern import read_print
from scorebridge_lab.benchmarks.played import KernSource, play, read_source
from scorebridge_lab.benchmarks.scan_ground_truth import Inside, noteheads_inside
from scorebridge_lab.errors import LabError
from scorebridge_lab.home import home, save_arrays
from scorebridge_lab.perform.synthesize import UNSEEN_FONT, render

ORDERS: dict[str, str | None] = {"straight": None, "norep": "norep", "repeats": ""}
"""Name of an order, and the list of sections in the kern file."""


@dataclass(frozen=True)
class PlayedScan:
    """What no encoder changes: the source, and a spectrogram of each order."""

    source: KernSource
    inside: Inside
    spectra: dict[str, NDArray[np.float32]]
    """Order to spectrogram."""


def cache_path(scan: Path) -> Path:
    """File of a scan's sound and ground truth, whether it exists or not."""
    return home() / "alignment" / "sources" / f"{scan.parent.name}__{scan.stem}.npz"


def make_played_scan(scan: Path) -> None:
    """Reads the kern, plays it in all its orders, and stores the result.

    Raises LabError where the kern marks no line breaks or cannot be read.
    """
    kern = scan.with_suffix(".krn")
    source = read_source(kern)
    if not source.print.breaks:
        raise LabError("its kern marks no line breaks")
    try:
        inside = noteheads_inside(kern, source)
    except LabError:  # of three staves: bars alone, their noteheads evenly spaced
        inside = {}
    arrays: dict[str, NDArray] = {
        "events": source.events,
        "quarters": source.quarters,
        "seconds": source.seconds,
        "bars": np.array(list(inside), np.int64),
        "counts": np.array([len(times) for times, _ in inside.values()], np.int64),
        "times": np.concatenate([times for times, _ in inside.values()] or [np.zeros(0)]),
        "widths": np.concatenate([widths for _, widths in inside.values()] or [np.zeros(0)]),
    }
    done: list[list[tuple[float, float]]] = []
    for order, name in ORDERS.items():
        stretches = source.print.stretches(name)
        if stretches in done:
            continue
        done.append(stretches)
        samples = render(play(source, name).events, UNSEEN_FONT, 0)
        arrays[f"spectrum_{order}"] = audio.spectrogram(samples).astype(np.float16)
    save_arrays(cache_path(scan), print=np.array(str(kern)), **arrays)


def played_scan(scan: Path) -> PlayedScan:
    """The sound and ground truth of a scan, made where they are missing."""
    if not cache_path(scan).exists():
        make_played_scan(scan)
    with np.load(cache_path(scan)) as stored:
        print_ = read_print(Path(str(stored["print"])))
        ends = np.cumsum(stored["counts"])[:-1]
        times, widths = np.split(stored["times"], ends), np.split(stored["widths"], ends)
        inside = dict(zip(stored["bars"].tolist(), zip(times, widths, strict=True), strict=False))
        spectra = {
            name.removeprefix("spectrum_"): stored[name].astype(np.float32)
            for name in stored.files
            if name.startswith("spectrum_")
        }
        source = KernSource(print_, stored["events"], stored["quarters"], stored["seconds"])
    return PlayedScan(source, inside, spectra)


def encode_orders(scan: Path, played: PlayedScan, encoder: Encoder) -> dict[str, Encoded]:
    """The recording of each order as vectors, from the cache where they are there."""
    recordings = {}
    for order, spectrum in played.spectra.items():
        name = f"{scan.parent.name}__{scan.stem}.{order}.npz"
        path = home() / "alignment" / encoder.info.name / name
        if not path.exists():
            save(encode_spectrum(spectrum, encoder), path)
        recordings[order] = restore(path)
    return recordings
