"""Evaluation sets made of packed pieces: `msmd-test`, `msmd-valid` and `distractors`.

msmd-test    MSMD's 100 test pieces of the papers, engraved by LilyPond, one performance at the
             written tempo on the piano that training never hears; `msmd-valid` in the same way.
distractors  up to 3,000 engraved documents with a rendered recording each: Lieder and Polish
             keyboard pieces (Verovio), Mutopia's (LilyPond). None is in another set: what overlaps
             with evaluation pieces is left out. First one edition of every work, then second
             editions (another style or engraver) while there are fewer than 3,000. Encoders that
             ship train on these works, so they are never queries (`distractors.py`).

The distractors are what was packed when the set was built: the hash in the manifest names them, and
`scorebridge-lab data sets distractors --fresh` chooses again.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scorebridge_lab.benchmarks.evaluation_set import manifest_path, write_manifest
from scorebridge_lab.dataset.msmd import msmd_set
from scorebridge_lab.errors import LabError
from scorebridge_lab.home import home
from scorebridge_lab.sources.registry import works_of
from scorebridge_lab.sources.work import work_name

MAX_DISTRACTORS = 3000  # documents
SOURCES = {"lieder": "lieder", "polish": "polish", "mutopia": "mutopia", "msmd-train": "mutopia"}
ENGRAVERS = {"lieder": "Verovio", "polish": "Verovio", "mutopia": "LilyPond"}
RESERVED = (
    r"chopin.*(op|opus)[-_. ]*(10|25|28|64)(\D|$)",
    r"schubert.*(899|op[-_. ]*90(\D|$))",
    r"schumann.*(op|opus)[-_. ]*68(\D|$)",
    r"mozart.*(kv?[-_. ]*(265|279|28[0-4]|309|31[01]|33[0-3]|457|533|545|570|576))(\D|$)",
    r"bwv[-_. ]*(84[678]|988|924a)",
    r"gymnop",
    r"joplin",
)
"""Works of the scanned volumes and recordings, in whatever source they are."""
Files = Callable[[bool], list[Path]]


@dataclass(frozen=True)
class PackedSet:
    """An `EvaluationSet` of packed pieces; each file holds a score and its recording."""

    name: str
    version: int
    about: str
    choose: Files
    """The packed files; True asks for pages of one width, as the papers' encoders take them."""
    fixed: bool = False
    """Whether the manifest decides which files belong to the set, once it is written."""

    def build(self, fresh: bool = False) -> None:
        """See `EvaluationSet`. fresh : choose the files of a fixed set again."""
        if not self.fixed:
            self.choose(False)
        elif fresh or not manifest_path(self.name).exists():
            self._write(self.choose(False))

    def files(self, by_page: bool = False) -> list[Path]:
        """The packed pieces.

        by_page : scaled by the page's width, see `encode.encoder.Encoder`.
        """
        if not self.fixed:
            return self.choose(by_page)
        self.build()
        names = json.loads(manifest_path(self.name).read_text())["sha256"]
        return [home() / "packed" / name for name in names]

    def scores(self) -> list[Path]:
        """See `EvaluationSet`."""
        return self.files()

    def recordings(self) -> list[Path]:
        """The same files: each holds both."""
        return self.files()

    def ground_truth(self) -> tuple[int, ...]:
        """For each recording, the index of its score."""
        return tuple(range(len(self.files())))

    def describe(self) -> dict[str, Any]:
        """See `EvaluationSet`."""
        return self._write(self.files())

    def _write(self, files: Sequence[Path]) -> dict[str, Any]:
        named = {str(p.relative_to(home() / "packed")): p for p in files}
        facts = composition(files) if self.fixed else {}
        return write_manifest(self, named, (len(files), len(files)), facts)


def is_reserved(words: str) -> bool:
    """Whether a piece's composer, title and name match a piece of another evaluation set."""
    return any(re.search(pattern, words.lower()) for pattern in RESERVED)


def editions(files: Iterable[Path]) -> list[list[Path]]:
    """Files by edition: first editions of all works, then second ones; each sorted.

    A work that is packed in two folders (Mutopia's pieces, MSMD's) counts once; the other file
    is another edition.
    """
    by_work: dict[tuple[str, str], list[Path]] = {}
    for path in sorted(files):
        by_work.setdefault((SOURCES[path.parent.name], work_name(path.name)), []).append(path)
    count = max(map(len, by_work.values()), default=0)
    return [[f[k] for f in by_work.values() if len(f) > k] for k in range(count)]


def choose(files: Iterable[Path], limit: int = MAX_DISTRACTORS) -> list[Path]:
    """One edition of each work, then further ones, at most `limit` files."""
    found: list[Path] = []
    for rank in editions(files):
        found += rank[: limit - len(found)]
    return found


def composition(files: Sequence[Path]) -> dict[str, Any]:
    """Works, further editions, sources and engravers of packed files, for the manifest."""
    ranks = editions(files)
    sources = Counter(SOURCES[f.parent.name] for f in files)
    engravers: Counter[str] = Counter()
    for source, count in sources.items():
        engravers[ENGRAVERS[source]] += count
    return {
        "wanted": MAX_DISTRACTORS,
        "works": len(ranks[0]) if ranks else 0,
        "further editions": sum(map(len, ranks[1:])),
        "sources": dict(sources),
        "engravers": dict(engravers),
    }


def _distractors(_: bool) -> list[Path]:
    folders = [home() / "packed" / name for name in SOURCES]
    files = [p for folder in folders for p in sorted(folder.glob("*.npz"))]
    if not files:
        raise LabError(
            f"{home() / 'packed'}: no packed pieces. Make them: scorebridge-lab data build"
        )
    listed = [w for name in ("lieder", "polish", "mutopia") for w in works_of(name)]
    allowed = {w.name for w in listed if not is_reserved(f"{w.composer} {w.title} {w.name}")}
    found = choose(p for p in files if work_name(p.name) in allowed)
    if not found:
        raise LabError(f"{home() / 'packed'}: every packed piece is in another evaluation set")
    return found


def _msmd(part: str) -> Files:
    return lambda by_page: sorted(msmd_set(part, by_page).glob("*.npz"))


MSMD_TEST = PackedSet(
    "msmd-test", 1, "MSMD's 100 test pieces, rebuilt, on the unseen piano", _msmd("test")
)
MSMD_VALID = PackedSet(
    "msmd-valid", 1, "MSMD's validation pieces, rebuilt, on the unseen piano", _msmd("valid")
)
DISTRACTORS = PackedSet(
    "distractors", 1, "up to 3,000 engraved and rendered pieces of no other set", _distractors, True
)
