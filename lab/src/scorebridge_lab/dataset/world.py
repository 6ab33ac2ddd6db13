"""The training world: every work engraved, played, recorded and packed, with a manifest.

    scorebridge-lab data build mutopia polish lieder songs
    scorebridge-lab data build --folder MY_SCORES

One folder a source in `packed/`; one child process a work, with a time limit. What is there is
not made again; failures are kept by cause and tried again by the next call. A file depends on
the work, the edition and the settings alone, so two builds with equal settings are equal byte by
byte, whatever order they were made in.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from rich.progress import track

from scorebridge.audio.spectrogram import FRAME_RATE
from scorebridge.errors import UsageError
from scorebridge_lab.augment.prints import FINE, library_print, old_print
from scorebridge_lab.dataset import pack as packing
from scorebridge_lab.engrave.engravers import Engraver, engrave, engravers_of
from scorebridge_lab.engrave.engraving import Engraving
from scorebridge_lab.engrave.style import Style
from scorebridge_lab.errors import LabError
from scorebridge_lab.perform.performance import MANNERS
from scorebridge_lab.perform.synthesize import preload
from scorebridge_lab.sources.work import Work, file_name, work_name
from scorebridge_lab.workers import cause_of, run_isolated

FORM = 4  # of the world: told apart in the manifest, raised when what is built changes
TIME_LIMIT = 1800.0  # s a work, engraving and all performances, also on a busy machine
LONGEST = 1500  # s of nominal music in one work; beyond it is a collection, and a hang


@dataclass(frozen=True)
class World:
    """What decides a build, saved beside it."""

    seed: int = 1
    performances: int = 3
    manner: str = "human"
    """One of `perform.MANNERS`."""
    lilypond: float = 0.0
    """Share of MusicXML works that LilyPond sets; its own sources it always sets."""
    styled: float = 0.6
    """Share of LilyPond sources whose own layout gives way to a random style."""
    printed: float = 0.5
    """Share of pages with ink and paper of old prints."""
    width: tuple[int, int] = (835, 1250)
    """px across a page when strips are cut from it."""
    library: float = 0.0
    """Share of works from broad plates, scanned black and white, on pages twice as wide."""


@dataclass(frozen=True)
class Counts:
    """What one file holds that cannot be seen from it, and what it cost."""

    pages: int
    notes: int
    """Noteheads."""
    places: int
    engraving_s: float
    """Processor seconds, with old print."""
    sound_s: float
    """Processor seconds for all performances."""


def build(
    works: Sequence[Work],
    out: Path,
    pianos: Path,
    world: World | None = None,
    workers: int = 2,
    limit: int = 0,
    editions: int = 1,
) -> dict[str, Any]:
    """Build `works` into `out`; returns the manifest of all that is there (`out`/manifest.json).

    pianos : folder of sampled pianos. limit : only so many works, drawn by their names (0: all).
    editions : engravings of each work, each in its own style, each with its own performances;
        what is there already stays.
    Raises UsageError where `out` was built with other settings.
    """
    world = world or World()
    settings = out / "settings.json"
    # A folder older than a setting was built with that setting's default.
    if settings.exists() and _plain(World()) | json.loads(settings.read_text()) != _plain(world):
        raise UsageError(f"{out}: built with other settings ({settings}). Take another folder.")
    out.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps(_plain(world), indent=1))
    chosen = sorted(works, key=lambda w: zlib.crc32(w.name.encode()))[: limit or None]
    jobs = [
        (work, edition)
        for work in chosen
        for edition in range(editions)
        if not (out / file_name(work, edition)).exists()
    ]
    preload(pianos)
    for engine in ("av", "resvg_py", "verovio"):  # once, instead of half a second in each child
        import_module(engine)
    failures, counts = failures_of(out), counts_of(out)

    def make(job: tuple[Work, int]) -> Counts:
        return make_one(job[0], job[1], world, pianos, out)

    started = time.monotonic()
    runs = run_isolated(make, jobs, workers, TIME_LIMIT)
    for (work, edition), made, error in track(runs, works[0].source if works else "", len(jobs)):
        name = file_name(work, edition)
        failures.pop(name, None)
        if error is not None:
            failures[name] = error
        else:
            counts[name] = asdict(made)
            (out / "counts.json").write_text(json.dumps(counts, sort_keys=True))
        (out / "failures.json").write_text(json.dumps(failures, indent=1, sort_keys=True))
    return write_manifest(works, out, world, time.monotonic() - started)


def _plain(world: World) -> dict[str, Any]:
    return json.loads(json.dumps({"form": FORM, **asdict(world)}))


def failures_of(folder: Path) -> dict[str, str]:
    """What failed when a folder was built, by file name."""
    ledger = folder / "failures.json"
    return json.loads(ledger.read_text()) if ledger.exists() else {}


def counts_of(folder: Path) -> dict[str, dict[str, Any]]:
    """`Counts` of the files of a built folder, by name; files of earlier versions have none."""
    ledger = folder / "counts.json"
    return json.loads(ledger.read_text()) if ledger.exists() else {}


def make_one(work: Work, edition: int, world: World, pianos: Path, out: Path) -> Counts:
    """Engrave, play and pack one edition of one work."""
    begun = _worked()
    seed = zlib.crc32(f"{world.seed}/{work.source}/{work.name}/{edition}".encode())
    rng = np.random.default_rng(seed)
    engraving = edition_of(work, rng, world)
    if float(engraving.events["onset"].max()) > LONGEST:
        raise LabError(f"longer than {LONGEST} s")
    engraved = _worked()
    packed = packing.pack(engraving, seed, world.performances, MANNERS[world.manner], pianos=pianos)
    packing.save(packed, out / file_name(work, edition))
    times = (round(engraved - begun, 2), round(_worked() - engraved, 2))
    return Counts(len(engraving.pages), len(engraving.notes), len(packed.columns), *times)


def _worked() -> float:
    """Processor seconds of this process and the programs that it called."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def edition_of(work: Work, rng: np.random.Generator, world: World) -> Engraving:
    """A work as some edition prints it and somebody scanned it."""
    # From a generator of its own, so that style and music stay what they are without libraries.
    library = rng.spawn(1)[0].random() < world.library
    engraving = engrave_work(work, rng, world, FINE if library else 1)
    if library:
        return library_print(engraving, rng)
    return old_print(engraving, rng) if rng.random() < world.printed else engraving


def engrave_work(work: Work, rng: np.random.Generator, world: World, times: int = 1) -> Engraving:
    """A work in a style and by an engraver drawn at random, on pages `times` as wide as usual."""
    style = Style.random(rng)
    width = times * int(rng.integers(world.width[0], world.width[1] + 1))
    chance, own = rng.random(), rng.random() >= world.styled
    with tempfile.TemporaryDirectory() as folder:
        path = work.unpack(Path(folder))
        able = engravers_of(path)
        engraver: Engraver | None = able[0] if able else None
        if len(able) > 1:
            engraver = "lilypond" if chance < world.lilypond else "verovio"
        kept = None if able == ("lilypond",) and own else style
        return engrave(path, kept, engraver, f"{work.source}/{work.name}", width, work.keep)


def write_manifest(
    works: Sequence[Work], out: Path, world: World, seconds: float
) -> dict[str, Any]:
    """Count what was built, by source and licence, with a hash of every file."""
    by_name = {w.name: w for w in works}
    files, pairs, sound, columns = {}, 0, 0, 0
    licences: Counter[str] = Counter()
    for path in sorted(out.glob("*.npz")):
        work = by_name.get(work_name(path.name))
        if work is None:
            continue
        files[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
        packed = packing.load(path)
        pairs += int((packed.frames >= 0).sum())
        sound += sum(len(s) for s in packed.specs)
        columns += packed.strip.shape[1]
        licences[work.licence] += 1
    failures = {n: text for n, text in failures_of(out).items() if work_name(n) in by_name}
    counts = [c for name, c in counts_of(out).items() if name in files]
    manifest = {
        "source": works[0].source if works else "",
        "settings": _plain(world),
        "works": len(works),
        "pieces": len(set(map(work_name, files))),
        "files": len(files),
        "pages": sum(c["pages"] for c in counts),
        "notes": sum(c["notes"] for c in counts),
        "pairs": pairs,
        "hours": round(sound / FRAME_RATE / 3600, 3),
        "strip_px": columns,
        "licences": dict(licences.most_common()),
        "failed": len(failures),
        "causes": dict(Counter(cause_of(t) for t in failures.values()).most_common()),
        "built_in_s": round(seconds, 1),
        "hash": hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest(),
        "sha256": files,
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1))
    return manifest
