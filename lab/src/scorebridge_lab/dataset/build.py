"""Build training data: engrave, play, record and pack every work, and write a manifest.

    scorebridge-lab data build mutopia polish lieder songs
    scorebridge-lab data build --folder MY_SCORES

Each source has one folder in `packed/`, each work one child process with a time limit. A file that
exists is not built again. Failures are stored with their cause, and the next call tries them again.
A file depends on the work, the edition and the settings alone: two builds with equal settings are
equal byte by byte, in whatever order they ran.
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
from scorebridge_lab.augment.prints import PRINT_SCALE, library_print, old_print
from scorebridge_lab.dataset import pack as packing
from scorebridge_lab.engrave.engravers import Engraver, engrave, engravers_of
from scorebridge_lab.engrave.engraving import Engraving
from scorebridge_lab.engrave.style import Style
from scorebridge_lab.errors import LabError
from scorebridge_lab.perform.performance import MANNERS
from scorebridge_lab.perform.synthesize import preload
from scorebridge_lab.sources.work import Work, file_name, work_name
from scorebridge_lab.workers import cause_of, run_isolated

FORMAT = 4  # version of the packed data; raised when the result of a build changes
TIME_LIMIT = 1800.0  # s a work, engraving and all performances, also on a busy machine
MAX_MUSIC = 1500  # s of nominal music in one work; longer ones are collections


@dataclass(frozen=True)
class BuildSettings:
    """What the result of a build depends on; stored beside it as `settings.json`."""

    seed: int = 1
    performances: int = 3
    manner: str = "human"
    """One of `perform.MANNERS`."""
    lilypond: float = 0.0
    """Share of MusicXML works that LilyPond engraves. It engraves all LilyPond sources."""
    styled: float = 0.6
    """Share of LilyPond sources whose own layout is replaced by a random style."""
    printed: float = 0.5
    """Share of works with the ink and paper of old prints."""
    width: tuple[int, int] = (835, 1250)
    """Range of the page width in px, from which strips are cut."""
    library: float = 0.0
    """Share of works with broad lines, scanned black and white, on pages twice as wide."""


@dataclass(frozen=True)
class Counts:
    """Counts and costs of one packed file that the file itself does not hold."""

    pages: int
    notes: int
    """Noteheads."""
    places: int
    engraving_s: float
    """Processor seconds for engraving and augmenting the pages."""
    sound_s: float
    """Processor seconds for all performances."""


def build_works(
    works: Sequence[Work],
    out: Path,
    pianos: Path,
    settings: BuildSettings | None = None,
    workers: int = 2,
    limit: int = 0,
    editions: int = 1,
) -> dict[str, Any]:
    """Build `works` into `out`; returns the manifest of the whole folder (`out`/manifest.json).

    Parameters
    ----------
    pianos : folder of sampled pianos.
    limit : maximum number of works, drawn by their names; 0: all.
    editions : engravings of each work, each in its own style and with its own performances.
        Editions that exist are not built again.

    Raises UsageError where `out` was built with other settings.
    """
    settings = settings or BuildSettings()
    stored = out / "settings.json"
    if stored.exists():
        # A folder older than a setting was built with that setting's default.
        before = _plain(BuildSettings()) | json.loads(stored.read_text())
        if before != _plain(settings):
            raise UsageError(f"{out}: built with other settings ({stored}). Use another folder.")
    out.mkdir(parents=True, exist_ok=True)
    stored.write_text(json.dumps(_plain(settings), indent=1))
    chosen = sorted(works, key=lambda w: zlib.crc32(w.name.encode()))[: limit or None]
    jobs = [
        (work, edition)
        for work in chosen
        for edition in range(editions)
        if not (out / file_name(work, edition)).exists()
    ]
    preload(pianos)
    for engine in ("av", "resvg_py", "verovio"):  # imported once, not in each child
        import_module(engine)
    failures, counts = failures_of(out), counts_of(out)

    def make(job: tuple[Work, int]) -> Counts:
        return build_one(job[0], job[1], settings, pianos, out)

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
    return _write_manifest(works, out, settings, time.monotonic() - started)


def _plain(settings: BuildSettings) -> dict[str, Any]:
    return json.loads(json.dumps({"form": FORMAT, **asdict(settings)}))


def failures_of(folder: Path) -> dict[str, str]:
    """Failures of a build: file name to error."""
    ledger = folder / "failures.json"
    return json.loads(ledger.read_text()) if ledger.exists() else {}


def counts_of(folder: Path) -> dict[str, dict[str, Any]]:
    """`Counts` of the files of a built folder, by name."""
    ledger = folder / "counts.json"
    return json.loads(ledger.read_text()) if ledger.exists() else {}


def build_one(work: Work, edition: int, settings: BuildSettings, pianos: Path, out: Path) -> Counts:
    """Engrave, play and pack one edition of one work."""
    begun = _worked()
    seed = zlib.crc32(f"{settings.seed}/{work.source}/{work.name}/{edition}".encode())
    rng = np.random.default_rng(seed)
    engraving = edition_of(work, rng, settings)
    if float(engraving.events["onset"].max()) > MAX_MUSIC:
        raise LabError(f"longer than {MAX_MUSIC} s")
    engraved = _worked()
    packed = packing.pack(
        engraving, seed, settings.performances, MANNERS[settings.manner], pianos=pianos
    )
    packing.save(packed, out / file_name(work, edition))
    times = (round(engraved - begun, 2), round(_worked() - engraved, 2))
    return Counts(len(engraving.pages), len(engraving.notes), len(packed.columns), *times)


def _worked() -> float:
    """Processor seconds of this process and the programs that it called."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def edition_of(work: Work, rng: np.random.Generator, settings: BuildSettings) -> Engraving:
    """Pages and music of one edition of a work, augmented as a scan of an old print."""
    # A generator of its own: style and music are the same with and without library prints.
    library = rng.spawn(1)[0].random() < settings.library
    engraving = engrave_work(work, rng, settings, PRINT_SCALE if library else 1)
    if library:
        return library_print(engraving, rng)
    return old_print(engraving, rng) if rng.random() < settings.printed else engraving


def engrave_work(
    work: Work, rng: np.random.Generator, settings: BuildSettings, times: int = 1
) -> Engraving:
    """Engrave a work in a random style, on pages `times` as wide as `settings.width`."""
    style = Style.random(rng)
    width = times * int(rng.integers(settings.width[0], settings.width[1] + 1))
    chance, own = rng.random(), rng.random() >= settings.styled
    with tempfile.TemporaryDirectory() as folder:
        path = work.unpack(Path(folder))
        able = engravers_of(path)
        engraver: Engraver | None = able[0] if able else None
        if len(able) > 1:
            engraver = "lilypond" if chance < settings.lilypond else "verovio"
        used = None if able == ("lilypond",) and own else style
        return engrave(path, used, engraver, f"{work.source}/{work.name}", width, work.keep)


def _write_manifest(
    works: Sequence[Work], out: Path, settings: BuildSettings, seconds: float
) -> dict[str, Any]:
    """Write and return the counts of a folder, by licence, with a hash of every file."""
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
        "settings": _plain(settings),
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
