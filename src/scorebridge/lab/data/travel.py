"""A world that travels: strips in four greys and the notes as numbers, under 60 MB.

Spectrograms are what makes a packed world heavy, so they stay at home; the notes of the
engraving, its bars and marks go along, and the sampled pianos (3.5 MB). At the other end
`arrive` plays and records them anew, as often as wanted, with the sampled and the modelled pianos:
that needs numpy alone, no engraver, no sound font, no network. Works are taken in a fixed random
order until the file is full.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.progress import track

from scorebridge.errors import LabError
from scorebridge.lab.data import pack as packing
from scorebridge.lab.data.work import Work
from scorebridge.lab.data.world import TIME_LIMIT, World, engrave_work
from scorebridge.lab.engrave.engraving import BAR, EVENT, MARK, Engraving
from scorebridge.lab.perform import MANNERS
from scorebridge.lab.workers import run_isolated

FORM = 1
GREYS = 4  # levels of a strip's pixels
STEP = 1000  # times are stored in ms


def depart(
    works: Sequence[Work],
    target: Path,
    pianos: Path,
    world: World | None = None,
    megabytes: float = 58.0,
    workers: int = 2,
) -> dict[str, Any]:
    """Write a travelling world; returns its manifest. pianos : folder of sampled pianos."""
    world = world or World()
    order = sorted(works, key=lambda w: zlib.crc32(w.name.encode()))

    def make(work: Work) -> bytes:
        rng = np.random.default_rng(zlib.crc32(f"{world.seed}/travel/{work.name}".encode()))
        return pack_light(engrave_work(work, rng, world))

    taken, licences, failed, pairs = [], {}, 0, 0
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_suffix(".partial")
    with temporary.open("wb") as raw, zipfile.ZipFile(raw, "w") as out:
        for path in sorted(p for p in pianos.rglob("*") if p.suffix in (".ogg", ".csv")):
            _add(out, f"pianos/{path.relative_to(pianos)}", path.read_bytes())
        runs = run_isolated(make, order, workers, TIME_LIMIT)
        for work, data, error in track(runs, "packing", len(order)):
            if error is not None:
                failed += 1
                continue
            if raw.tell() + len(data) > megabytes * 1e6 - 200_000:
                runs.close()
                break
            _add(out, f"pieces/{work.source}/{work.name}.npz", data)
            taken.append(work.name)
            licences[work.licence] = licences.get(work.licence, 0) + 1
            with np.load(io.BytesIO(data)) as table:
                pairs += len(table["columns"])
        manifest = {
            "form": FORM,
            "pieces": len(taken),
            "pairs": pairs,
            "failed": failed,
            "licences": licences,
            "seed": world.seed,
        }
        _add(out, "manifest.json", json.dumps(manifest, indent=1).encode())
    temporary.replace(target)
    return {**manifest, "bytes": target.stat().st_size}


def _add(out: zipfile.ZipFile, name: str, data: bytes) -> None:
    """One member with a fixed date, so that equal worlds are equal files."""
    out.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)


def pack_light(engraving: Engraving) -> bytes:
    """Strip, pairs, notes, bars and marks of one piece as a compressed `.npz`."""
    strip, columns, onsets = packing.sheet_side(engraving)
    levels = np.round(strip.T.astype(np.float32) / 255 * (GREYS - 1)).astype(np.uint8)
    bits = np.ascontiguousarray(levels).reshape(-1, 4)  # a byte holds four pixels of a column
    tight = bits[:, 0] | bits[:, 1] << 2 | bits[:, 2] << 4 | bits[:, 3] << 6
    file = io.BytesIO()
    np.savez_compressed(
        file,
        name=np.array(engraving.name),
        width=np.array(strip.shape[1]),
        strip=tight,
        columns=np.diff(columns, prepend=0).astype(np.int16 if _small(columns) else np.int32),
        onsets=np.diff(np.round(onsets * STEP), prepend=0).astype(np.int32),
        **{f"event_{k}": v for k, v in _events(engraving.events).items()},  # pyright: ignore[reportArgumentType]
        bars=np.round(np.stack([engraving.bars["onset"], engraving.bars["end"]]) * STEP).astype(
            np.int32
        ),
        bar_flags=np.stack([engraving.bars["repeat"], engraving.bars["ending"]]).astype(np.uint16),
        marks=np.round(np.stack([engraving.marks["onset"], engraving.marks["end"]]) * STEP).astype(
            np.int32
        ),
        mark_kinds=np.stack([engraving.marks[k] for k in ("kind", "staff", "pitch")]),
    )
    return file.getvalue()


def _small(columns: NDArray[np.int32]) -> bool:
    return bool(np.abs(np.diff(columns, prepend=0)).max(initial=0) < 32_000)


def _events(events: NDArray[Any]) -> dict[str, NDArray[Any]]:
    return {
        "onset": np.diff(np.round(events["onset"] * STEP), prepend=0).astype(np.int32),
        "duration": np.round(events["duration"] * STEP).astype(np.int32),
        "pitch": events["pitch"],
        "velocity": events["velocity"],
    }


def unpack_light(data: bytes) -> tuple[Engraving, NDArray[np.uint8], NDArray[Any], NDArray[Any]]:
    """What `pack_light` wrote: an engraving without pages, the strip, columns and onsets."""
    with np.load(io.BytesIO(data)) as table:
        width, tight = int(table["width"]), table["strip"]
        bits = np.stack([tight >> shift & 3 for shift in (0, 2, 4, 6)], 1).reshape(width, -1)
        strip = (bits * (255 // (GREYS - 1))).astype(np.uint8).T
        events = np.zeros(len(table["event_pitch"]), EVENT)
        events["onset"] = np.cumsum(table["event_onset"]) / STEP
        for name in ("duration", "pitch", "velocity"):
            events[name] = table[f"event_{name}"]
        events["duration"] /= STEP
        bars = np.zeros(table["bars"].shape[1], BAR)
        bars["onset"], bars["end"] = table["bars"] / STEP
        bars["repeat"], bars["ending"] = table["bar_flags"]
        marks = np.zeros(table["marks"].shape[1], MARK)
        marks["onset"], marks["end"] = table["marks"] / STEP
        marks["kind"], marks["staff"], marks["pitch"] = table["mark_kinds"]
        columns = np.cumsum(table["columns"].astype(np.int64)).astype(np.int32)
        onsets = np.cumsum(table["onsets"]) / STEP
        name = str(table["name"])
    none = np.zeros(0, EVENT)
    engraving = Engraving(name, [], none, none, events, {}, bars=bars, marks=marks)
    return engraving, strip, columns, onsets


def arrive(
    source: Path, out: Path, performances: int = 3, seed: int = 1, workers: int = 2
) -> dict[str, str]:
    """Play a travelling world into packed pieces in `out`/SOURCE; returns failures by piece."""
    if not source.exists():
        raise LabError(f"{source}: no such file. Make it where the sources are: lab data depart")
    with zipfile.ZipFile(source) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        if manifest["form"] != FORM:
            raise LabError(f"{source}: a travelling world of form {manifest['form']}, not {FORM}")
        members = [n for n in archive.namelist() if n.startswith("pieces/")]
        archive.extractall(out / "luggage", [n for n in archive.namelist() if "pianos/" in n])
    pianos = out / "luggage" / "pianos"
    pianos.mkdir(parents=True, exist_ok=True)

    def make(member: str) -> None:
        with zipfile.ZipFile(source) as archive:
            data = archive.read(member)
        key = zlib.crc32(f"{seed}/{member}".encode())
        packing.save(play_light(data, key, performances, pianos), _target(out, member))

    jobs = [m for m in members if not _target(out, m).exists()]
    failures = {}
    for member, _, error in track(
        run_isolated(make, jobs, workers, TIME_LIMIT), "playing", len(jobs)
    ):
        if error is not None:
            failures[member] = error
    return failures


def _target(out: Path, member: str) -> Path:
    return out / Path(member).relative_to("pieces")


def play_light(data: bytes, seed: int, performances: int, pianos: Path) -> packing.Packed:
    """Play what `pack_light` wrote, on pianos that need no sound font."""
    engraving, strip, columns, onsets = unpack_light(data)
    voice = np.zeros(len(engraving.events), bool)  # what is sung at home, the piano plays here
    return packing.played(
        *(engraving, strip, columns, onsets, voice),
        *(seed, performances, MANNERS["human"], packing.render_light, pianos),
    )
