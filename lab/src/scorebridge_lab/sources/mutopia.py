"""Mutopia: LilyPond sources of 663 solo keyboard pieces, MSMD's pieces among them.

Some pieces overlap with the evaluation sets (use "judge"), and so do MSMD's validation and test
pieces. The table names each source's MSMD pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from scorebridge_lab.home import data
from scorebridge_lab.sources import container, msmd
from scorebridge_lab.sources.remote import Remote, Repository, Use, works_of_table
from scorebridge_lab.sources.work import Work

CITATION = (
    "The Mutopia Project, https://www.mutopiaproject.org,"
    " https://github.com/MutopiaProject/MutopiaProject"
)
LICENCE = "public domain, CC BY, CC BY-SA (each work names its own)"
USE: Use = "train"
REPOSITORY = Repository("MutopiaProject/MutopiaProject", "2144afd6f52d56c5b6995b8b589ef1268b3139f0")
KEYBOARD = Remote(
    name="mutopia",
    folder="scores/mutopia",
    repositories=(REPOSITORY,),
    archive="scores/mutopia.zip",
)
REMOTES = (KEYBOARD,)


@dataclass(frozen=True)
class MsmdPiece:
    """One MSMD piece and where its LilyPond source lies."""

    name: str
    path: Path
    """The archive or folder of sources."""
    main: str
    """The member to engrave."""
    members: tuple[str, ...]
    """All members of its folder, `main` among them."""
    licence: str
    composer: str
    title: str
    reserved: bool
    """Whether it overlaps with evaluation pieces; no shipped model trains on it then."""
    splits: dict[str, str] = field(default_factory=dict)
    """Split ('all', 'bach', 'bach_out') to part ('train', 'valid', 'test')."""

    @property
    def part(self) -> str | None:
        """Part in the `all` split; the papers' six dropped test pieces count as 'test'."""
        return self.splits.get("all", "test" if self.name in msmd.DROPPED else None)

    def extract(self, folder: Path) -> Path:
        """Write the piece's files into `folder`; returns the path of the main file there."""
        container.extract(self.path, self.members, folder)
        return folder / self.main


def msmd_pieces(
    root: Path | None = None, remote: Remote = KEYBOARD, lists: Remote = msmd.LISTS
) -> list[MsmdPiece]:
    """All MSMD pieces whose source file is known, sorted by name.

    Raises LabError where the data is not there.
    """
    root = root or data()
    place, splits = remote.container(root), msmd.splits(root, lists)
    pieces = []
    for row, members in _rows(remote):
        for name in filter(None, row["msmd_names"].split(";")):
            main = find_main(name, members)
            if main is None:
                continue
            pieces.append(
                MsmdPiece(
                    name=name,
                    path=place,
                    main=main,
                    members=members,
                    licence=row["licence"],
                    composer=row["composer"],
                    title=row["title"],
                    reserved=row["reserved"] == "yes",
                    splits={s: splits[s][name] for s in msmd.SPLITS if name in splits[s]},
                )
            )
    return sorted(pieces, key=lambda p: p.name)


def _rows(remote: Remote) -> list[tuple[dict[str, str], tuple[str, ...]]]:
    """Rows of the table of works, each with all members of its folder."""
    names = [remote.member(file.name) for file in remote.files()]
    return [(row, container.names_below(names, row["file"])) for row in works_of_table(remote)]


def find_main(name: str, members: Sequence[str]) -> str | None:
    """The member that an MSMD name means: its last part is the file's stem."""
    stem = name.split("__")[-1]
    fitting = [m for m in members if PurePosixPath(m).suffix == ".ly"]
    exact = [m for m in fitting if PurePosixPath(m).stem == stem]
    if exact:
        return min(exact, key=lambda m: (m.count("/"), m))
    return fitting[0] if len(fitting) == 1 else None


def papers_test(pieces: Sequence[MsmdPiece]) -> list[MsmdPiece]:
    """The 100 test pieces of the papers: the revised `all` split's and the six dropped ones."""
    return [p for p in pieces if p.part == "test"]


def works(
    root: Path | None = None, remote: Remote = KEYBOARD, lists: Remote = msmd.LISTS
) -> list[Work]:
    """Every piece, MSMD's and the others, sorted by name.

    Pieces that overlap with evaluation pieces, and MSMD's validation and test pieces, are for
    judging. Raises LabError where the data is not there.
    """
    root = root or data()
    pieces = msmd_pieces(root, remote, lists)
    found = [
        Work(
            name=piece.name,
            source="mutopia",
            path=piece.path,
            main=piece.main,
            members=piece.members,
            licence=piece.licence,
            composer=piece.composer,
            title=piece.title,
            use="judge" if piece.part in ("test", "valid") or piece.reserved else "train",
        )
        for piece in pieces
    ]
    others = _others(remote.container(root), remote, {p.main for p in pieces})
    return sorted(found + others, key=lambda w: w.name)


def _others(place: Path, remote: Remote, known: set[str]) -> list[Work]:
    """Pieces that are not in MSMD."""
    out = []
    for row, members in _rows(remote):
        if row["msmd_names"]:
            continue
        main = find_main(PurePosixPath(row["file"]).stem, members)
        if main is None or main in known:
            continue
        out.append(
            Work(
                name="__".join(PurePosixPath(main).with_suffix("").parts[1:]),
                source="mutopia",
                path=place,
                main=main,
                members=members,
                licence=row["licence"],
                composer=row["composer"],
                title=row["title"],
                use="judge" if row["reserved"] == "yes" else "train",
            )
        )
    return out
