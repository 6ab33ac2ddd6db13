"""MSMD's splits: which piece is for training, validation and test in the papers' experiments.

The Multimodal Sheet Music Dataset is engraved from Mutopia; its pieces come from `mutopia`. Here
are the revised lists `all` (467 pieces), `bach` (172) and `bach_out` (467).
"""

from __future__ import annotations

from pathlib import Path

from scorebridge_lab.errors import LabError
from scorebridge_lab.home import data
from scorebridge_lab.sources import container
from scorebridge_lab.sources.remote import Remote, Repository, Use

CITATION = (
    "M. Dorfer, J. Hajič jr., A. Arzt, H. Frostel, G. Widmer, Learning Audio-Sheet Music"
    " Correspondences for Cross-Modal Retrieval and Piece Identification, TISMIR 1(1), 2018,"
    " https://github.com/CPJKU/msmd"
)
LICENCE = "CC BY-NC-SA 4.0 (the lists)"
USE: Use = "papers"
LISTS = Remote(
    name="msmd_splits",
    folder="scores/splits",
    repositories=(Repository("CPJKU/msmd", "11b9981b9737eb4311874130382cff8bcbaed916"),),
    rooted=False,
)
REMOTES = (LISTS,)
SPLITS = ("all", "bach", "bach_out")
DROPPED = (  # of the papers' 100 test pieces, what the revised `all` split leaves out
    "BachJS__BWV817__bach-french-suite-6-polonaise",
    *(
        f"Traditional__traditioner_af_swenska_folk_dansar.{k}"
        f"__traditioner_af_swenska_folk_dansar.{k}"
        for k in ("1.16", "1.18", "1.9", "3.1", "3.5")
    ),
)


def splits(root: Path | None = None, remote: Remote = LISTS) -> dict[str, dict[str, str]]:
    """For each split: piece name to part ('train', 'valid', 'test').

    Raises LabError where the lists are not there.
    """
    place = remote.container(root or data())
    return {
        name: read_split(container.read(place, f"{name}_split.yaml").decode(), f"{name}_split.yaml")
        for name in SPLITS
    }


def read_split(text: str, name: str = "split") -> dict[str, str]:
    """Piece name to part, from a split file: `part:` lines, each followed by `- name` lines.

    name : of the file, for the error. Raises LabError for any other line.
    """
    parts: dict[str, str] = {}
    part = None
    for line in text.splitlines():
        if line.startswith("- ") and part:
            parts[line[2:].strip()] = part
        elif line.rstrip().endswith(":"):
            part = line.strip().rstrip(":")
        elif line.strip():
            raise LabError(f"{name}: not a split file (line {line!r})")
    return parts
