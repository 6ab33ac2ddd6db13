"""MSMD's pieces as LilyPond sources: which piece is which file, and in which split.

Data set: Multimodal Sheet Music Dataset (Dorfer, Hajič jr., Arzt, Frostel, Widmer,
"Learning Audio-Sheet Music Correspondences for Cross-Modal Retrieval and Piece
Identification", TISMIR 2018), engraved from the Mutopia Project. Sources here: a
zip of the Mutopia files and a table that names each one's MSMD piece.
Licence: per piece, in the table (public domain, CC BY, CC BY-SA); the lists of the
splits are CC BY-NC-SA.
"""

from __future__ import annotations

import csv
import zipfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from scorebridge_lab.errors import LabError
from scorebridge_lab.home import data
from scorebridge_lab.sources.work import Work

SPLITS = ("all", "bach", "bach_out")
DROPPED = (  # of the papers' 100 test pieces, what the revised `all` split leaves out
    "BachJS__BWV817__bach-french-suite-6-polonaise",
    *(
        f"Traditional__traditioner_af_swenska_folk_dansar.{k}"
        f"__traditioner_af_swenska_folk_dansar.{k}"
        for k in ("1.16", "1.18", "1.9", "3.1", "3.5")
    ),
)


@dataclass(frozen=True)
class Piece:
    """One MSMD piece and where its LilyPond source lies in the zip."""

    name: str
    archive: Path
    main: str
    """The member of the archive to engrave."""
    members: tuple[str, ...]
    """All members of its folder, `main` among them."""
    licence: str
    composer: str
    title: str
    reserved: bool
    """True: overlaps with evaluation pieces, so no shipped model may train on it."""
    splits: dict[str, str] = field(default_factory=dict)
    """Split file ('all', 'bach', 'bach_out') to part ('train', 'valid', 'test')."""

    @property
    def part(self) -> str | None:
        """Part in the `all` split; the papers' six dropped test pieces count as 'test'."""
        return self.splits.get("all", "test" if self.name in DROPPED else None)

    def extract(self, folder: Path) -> Path:
        """Write the piece's files into `folder`; returns the path of the main file there."""
        with zipfile.ZipFile(self.archive) as archive:
            for member in self.members:
                archive.extract(member, folder)
        return folder / self.main


def read_split(path: Path) -> dict[str, str]:
    """Piece name to part, from a split file: `part:` lines, each followed by `- name` lines."""
    parts: dict[str, str] = {}
    part = None
    for line in path.read_text().splitlines():
        if line.startswith("- ") and part:
            parts[line[2:].strip()] = part
        elif line.rstrip().endswith(":"):
            part = line.strip().rstrip(":")
        elif line.strip():
            raise LabError(f"{path}: not a split file (line {line!r})")
    return parts


def read_pieces(root: Path | None = None) -> list[Piece]:
    """All MSMD pieces of the table whose source file is in the archive, sorted by name.

    Raises LabError where the data is not there.
    """
    scores = (root or data()) / "scores"
    archive, table = scores / "mutopia.zip", scores / "mutopia.csv"
    if not (archive.exists() and table.exists()):
        raise LabError(
            f"{scores}: mutopia.zip and mutopia.csv are not there. "
            "Set SCOREBRIDGE_DATA to the folder that holds scores/."
        )
    splits = {s: read_split(scores / "splits" / f"{s}_split.yaml") for s in SPLITS}
    with zipfile.ZipFile(archive) as opened:
        names = [n for n in opened.namelist() if not n.endswith("/")]
    pieces = []
    with table.open(newline="") as file:
        for row in csv.DictReader(file):
            members = tuple(n for n in names if n == row["file"] or n.startswith(row["file"] + "/"))
            for name in filter(None, row["msmd_names"].split(";")):
                main = find_main(name, members)
                if main is None:
                    continue
                pieces.append(
                    Piece(
                        name=name,
                        archive=archive,
                        main=main,
                        members=members,
                        licence=row["licence"],
                        composer=row["composer"],
                        title=row["title"],
                        reserved=row["reserved"] == "yes",
                        splits={s: splits[s][name] for s in SPLITS if name in splits[s]},
                    )
                )
    return sorted(pieces, key=lambda p: p.name)


def find_main(name: str, members: tuple[str, ...]) -> str | None:
    """The member that an MSMD name means: its last part is the file's stem."""
    stem = name.split("__")[-1]
    fitting = [m for m in members if PurePosixPath(m).suffix == ".ly"]
    exact = [m for m in fitting if PurePosixPath(m).stem == stem]
    if exact:
        return min(exact, key=lambda m: (m.count("/"), m))
    return fitting[0] if len(fitting) == 1 else None


def papers_test(pieces: list[Piece]) -> list[Piece]:
    """The 100 test pieces of the papers: the revised `all` split's and the six dropped ones."""
    return [p for p in pieces if p.part == "test"]


def works(root: Path | None = None) -> list[Work]:
    """Every piece of the archive, MSMD's and the others, sorted by name.

    `train` is False for what overlaps with evaluation pieces and for MSMD's validation and test
    parts. Raises LabError where the data is not there.
    """
    pieces = read_pieces(root)
    found = [
        Work(
            name=piece.name,
            source="mutopia",
            path=piece.archive,
            main=piece.main,
            members=piece.members,
            licence=piece.licence,
            composer=piece.composer,
            title=piece.title,
            train=piece.part not in ("test", "valid") and not piece.reserved,
        )
        for piece in pieces
    ]
    return sorted(found + _others(root, {p.main for p in pieces}), key=lambda w: w.name)


def _others(root: Path | None, known: set[str]) -> list[Work]:
    """Pieces of the archive that are not in MSMD."""
    scores = (root or data()) / "scores"
    archive = scores / "mutopia.zip"
    with zipfile.ZipFile(archive) as opened:
        names = [n for n in opened.namelist() if not n.endswith("/")]
    out = []
    with (scores / "mutopia.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if not row["msmd_names"]]
    for row in rows:
        members = tuple(n for n in names if n == row["file"] or n.startswith(row["file"] + "/"))
        main = find_main(PurePosixPath(row["file"]).stem, members)
        if main is None or main in known:
            continue
        out.append(
            Work(
                name="__".join(PurePosixPath(main).with_suffix("").parts[1:]),
                source="mutopia",
                path=archive,
                main=main,
                members=members,
                licence=row["licence"],
                composer=row["composer"],
                title=row["title"],
                train=row["reserved"] != "yes",
            )
        )
    return out
