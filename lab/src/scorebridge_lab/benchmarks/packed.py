"""Evaluation sets made of packed pieces: `msmd-test` and the `crowd`.

msmd-test  MSMD's 100 test pieces of the papers, engraved by LilyPond, one performance at the
           written tempo on the piano that training never hears.
crowd      up to 3,000 engraved documents with a rendered recording each: Lieder and Polish
           keyboard pieces (Verovio), Mutopia's (LilyPond). None is in another set: what overlaps
           with evaluation pieces is left out. First one edition of every work, then second
           editions (another style or engraver) while there are fewer than 3,000. Encoders that
           ship train on these works, so they are distractors and never queries (`crowd.py`).

A crowd is what was packed when the set was built: it is named by the hash in its manifest, and
`lab data sets crowd --fresh` takes what has been packed since.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from scorebridge_lab.dataset.msmd import msmd_set
from scorebridge_lab.errors import LabError
from scorebridge_lab.home import home
from scorebridge_lab.manifest import keep_manifest, manifest_of
from scorebridge_lab.sources.registry import works_of
from scorebridge_lab.sources.work import work_name

VERSIONS = {"msmd-test": 1, "crowd": 1}
SIZE = 3000  # documents of the crowd
SOURCES = {"lieder": "lieder", "polish": "polish", "mutopia": "mutopia", "msmd-train": "mutopia"}
ENGRAVERS = {"lieder": "Verovio", "polish": "Verovio", "mutopia": "LilyPond"}
# Works of the scanned volumes and recordings, wherever a source may have them.
TAKEN = (
    r"chopin.*(op|opus)[-_. ]*(10|25|28|64)(\D|$)",
    r"schubert.*(899|op[-_. ]*90(\D|$))",
    r"schumann.*(op|opus)[-_. ]*68(\D|$)",
    r"mozart.*(kv?[-_. ]*(265|279|28[0-4]|309|31[01]|33[0-3]|457|533|545|570|576))(\D|$)",
    r"bwv[-_. ]*(84[678]|988|924a)",
    r"gymnop",
    r"joplin",
)


def is_taken(words: str) -> bool:
    """Whether a piece's composer, title and name say that it is in another evaluation set."""
    return any(re.search(pattern, words.lower()) for pattern in TAKEN)


def editions(files: Iterable[Path]) -> list[list[Path]]:
    """Files by edition: first editions of all works, then second ones; each sorted.

    A work that is packed in two folders (Mutopia's pieces, MSMD's) counts once, the other file
    as another edition.
    """
    by_work: dict[tuple[str, str], list[Path]] = {}
    for path in sorted(files):
        by_work.setdefault((SOURCES[path.parent.name], work_name(path.name)), []).append(path)
    most = max(map(len, by_work.values()), default=0)
    return [[f[k] for f in by_work.values() if len(f) > k] for k in range(most)]


def choose(files: Iterable[Path], size: int = SIZE) -> list[Path]:
    """The crowd's files: one edition of each work, then further ones, at most `size`."""
    found: list[Path] = []
    for rank in editions(files):
        found += rank[: size - len(found)]
    return found


def crowd_files() -> list[Path]:
    """Files of the set `crowd` as it was last built, built now where it was not."""
    manifest = manifest_of("crowd")
    if not manifest.exists():
        describe("crowd")
    names = json.loads(manifest.read_text())["sha256"]
    return [home() / "packed" / name for name in names]


def _crowd() -> list[Path]:
    folders = [home() / "packed" / name for name in SOURCES]
    files = [p for folder in folders for p in sorted(folder.glob("*.npz"))]
    listed = [w for name in ("lieder", "polish", "mutopia") for w in works_of(name)]
    allowed = {
        w.name for w in listed if w.train and not is_taken(f"{w.composer} {w.title} {w.name}")
    }
    found = choose(p for p in files if work_name(p.name) in allowed)
    if not found:
        raise LabError(f"{home() / 'packed'}: no packed pieces. Make them: lab data build")
    return found


def _msmd_test() -> list[Path]:
    return sorted(msmd_set("test").glob("*.npz"))


SETS = {"msmd-test": _msmd_test, "crowd": _crowd}


def describe(name: str, fresh: bool = False) -> dict[str, Any]:
    """Build a set where needed, and say what is in it: also `sets`/NAME/manifest.json.

    fresh : take the crowd anew from what is packed by now.
    """
    kept = name == "crowd" and manifest_of(name).exists() and not fresh
    files = crowd_files() if kept else SETS[name]()
    named = {str(p.relative_to(home() / "packed")): p for p in files}
    more = _kinds(files) if name == "crowd" else {}
    return keep_manifest(name, VERSIONS[name], len(files), len(files), named, more)


def _kinds(files: Sequence[Path]) -> dict[str, Any]:
    ranks = editions(files)
    sources = Counter(SOURCES[f.parent.name] for f in files)
    engravers: Counter[str] = Counter()
    for source, count in sources.items():
        engravers[ENGRAVERS[source]] += count
    return {
        "wanted": SIZE,
        "works": len(ranks[0]),
        "further editions": sum(map(len, ranks[1:])),
        "sources": dict(sources),
        "engravers": dict(engravers),
    }
