"""The training world: every work engraved, played, recorded and packed, with a manifest.

    scorebridge lab data build mutopia polish lieder songs
    scorebridge lab data build --folder MY_SCORES

One folder a source in `packed/`; one child process a work, with a time limit. What is there is
not made again; failures are kept by cause and tried again by the next call. A file depends on
the work, the edition and the settings alone, so two builds with equal settings are equal byte by
byte, whatever order they were made in.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from rich.progress import track

from scorebridge.audio.spectrogram import FRAME_RATE
from scorebridge.errors import LabError, UsageError
from scorebridge.lab.augment.scan import capture, draw_scan, on_paper, print_ink
from scorebridge.lab.data import pack as packing
from scorebridge.lab.data.work import Work
from scorebridge.lab.engrave.engravers import Engraver, engrave, engravers_of
from scorebridge.lab.engrave.engraving import Engraving
from scorebridge.lab.engrave.style import Style
from scorebridge.lab.perform import MANNERS
from scorebridge.lab.synthesize import preload
from scorebridge.lab.workers import run_isolated

FORM = 2  # of the world: told apart in the manifest, raised when what is built changes
TIME_LIMIT = 1800.0  # s a work, engraving and all performances, also on a busy machine
LONGEST = 1500  # s of nominal music in one work; beyond it is a collection, and a hang


@dataclass(frozen=True)
class World:
    """What decides a build, saved beside it."""

    seed: int = 1
    performances: int = 3
    manner: str = "human"
    """One of `perform.MANNERS`."""
    editions: int = 1
    """Engravings of each work, each in its own style, each with its own performances."""
    lilypond: float = 0.0
    """Share of MusicXML works that LilyPond sets; its own sources it always sets."""
    styled: float = 0.6
    """Share of LilyPond sources whose own layout gives way to a random style."""
    printed: float = 0.5
    """Share of pages with ink and paper of old prints."""
    width: tuple[int, int] = (835, 1250)
    """px across a page when strips are cut from it."""


def build(
    works: Sequence[Work],
    out: Path,
    pianos: Path,
    world: World | None = None,
    workers: int = 2,
    limit: int = 0,
) -> dict[str, Any]:
    """Build `works` into `out`; returns the manifest, which is also `out`/manifest.json.

    pianos : folder of sampled pianos. limit : only so many works, drawn by their names (0: all).
    Raises UsageError where `out` was built with other settings.
    """
    world = world or World()
    settings = out / "settings.json"
    if settings.exists() and json.loads(settings.read_text()) != _plain(world):
        raise UsageError(f"{out}: built with other settings ({settings}). Take another folder.")
    out.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps(_plain(world), indent=1))
    works = sorted(works, key=lambda w: zlib.crc32(w.name.encode()))[: limit or None]
    jobs = [
        (work, edition)
        for work in works
        for edition in range(world.editions)
        if not (out / file_name(work, edition)).exists()
    ]
    preload(pianos)
    ledger = out / "failures.json"
    failures: dict[str, str] = json.loads(ledger.read_text()) if ledger.exists() else {}

    def make(job: tuple[Work, int]) -> int:
        return make_one(job[0], job[1], world, pianos, out)

    started = time.monotonic()
    runs = run_isolated(make, jobs, workers, TIME_LIMIT)
    for (work, edition), _, error in track(runs, works[0].source if works else "", len(jobs)):
        name = file_name(work, edition)
        failures.pop(name, None)
        if error is not None:
            failures[name] = error
        ledger.write_text(json.dumps(failures, indent=1, sort_keys=True))
    return write_manifest(works, out, world, time.monotonic() - started)


def _plain(world: World) -> dict[str, Any]:
    return json.loads(json.dumps({"form": FORM, **asdict(world)}))


def file_name(work: Work, edition: int) -> str:
    """Name of the packed file of one edition."""
    return f"{work.name}.npz" if edition == 0 else f"{work.name}@{edition + 1}.npz"


def make_one(work: Work, edition: int, world: World, pianos: Path, out: Path) -> int:
    """Engrave, play and pack one edition of one work; returns the number of its pairs."""
    seed = zlib.crc32(f"{world.seed}/{work.source}/{work.name}/{edition}".encode())
    rng = np.random.default_rng(seed)
    engraving = engrave_work(work, rng, world)
    if float(engraving.events["onset"].max()) > LONGEST:
        raise LabError(f"longer than {LONGEST} s")
    if rng.random() < world.printed:
        engraving = old_print(engraving, rng)
    packed = packing.pack(engraving, seed, world.performances, MANNERS[world.manner], pianos=pianos)
    packing.save(packed, out / file_name(work, edition))
    return len(packed.columns)


def engrave_work(work: Work, rng: np.random.Generator, world: World) -> Engraving:
    """A work on paper, in a style and by an engraver drawn at random."""
    style, width = Style.random(rng), int(rng.integers(world.width[0], world.width[1] + 1))
    chance, own = rng.random(), rng.random() >= world.styled
    with tempfile.TemporaryDirectory() as folder:
        path = work.unpack(Path(folder))
        able = engravers_of(path)
        engraver: Engraver | None = able[0] if able else None
        if len(able) > 1:
            engraver = "lilypond" if chance < world.lilypond else "verovio"
        kept = None if able == ("lilypond",) and own else style
        return engrave(path, kept, engraver, f"{work.source}/{work.name}", width, work.keep)


def old_print(engraving: Engraving, rng: np.random.Generator) -> Engraving:
    """The same pages in worn type on old paper; nothing moves."""
    strength = float(rng.uniform(0.3, 1))
    scan = draw_scan(rng, strength)
    # At a strip's size thinned staff lines would vanish, which they do in no real print.
    spread = strength * float(rng.uniform(-0.15, 1.0))
    scan = replace(scan, spread=spread, flakes=scan.flakes / 2)
    pages = []
    for number, page in enumerate(engraving.pages):
        on = engraving.systems[engraving.systems["page"] == number]
        space = float(np.median(on["staff_space"])) if len(on) else 7.0
        paper = on_paper(print_ink(page, scan, rng, space), scan, rng, space)
        pages.append(capture(paper, scan, rng, space))
    return replace(engraving, pages=pages)


def write_manifest(
    works: Sequence[Work], out: Path, world: World, seconds: float
) -> dict[str, Any]:
    """Count what was built, by source and licence, with a hash of every file."""
    by_name = {file_name(w, e): w for w in works for e in range(world.editions)}
    files, pairs, sound, columns = {}, 0, 0, 0
    licences: Counter[str] = Counter()
    for name, work in sorted(by_name.items()):
        path = out / name
        if not path.exists():
            continue
        files[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        packed = packing.load(path)
        pairs += len(packed.columns)
        sound += sum(len(s) for s in packed.specs)
        columns += packed.strip.shape[1]
        licences[work.licence] += 1
    ledger = out / "failures.json"
    failures = json.loads(ledger.read_text()) if ledger.exists() else {}
    failures = {name: text for name, text in failures.items() if name in by_name}
    manifest = {
        "source": works[0].source if works else "",
        "settings": _plain(world),
        "works": len(works),
        "pieces": len({by_name[n].name for n in files}),
        "files": len(files),
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


def cause_of(text: str) -> str:
    """An error's text without the file it names, so that equal causes count together."""
    words = [w for w in text.split() if "/" not in w]
    return " ".join(words)[:100]
