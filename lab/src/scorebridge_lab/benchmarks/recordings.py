"""The set `recordings`: real recordings and their scans or engravings, among all scans and volumes.

14 of the 15 real recordings (K. 265 has neither scan nor source). Where a recording has no scan,
its score is the engraving of a Mutopia piece. Engravings and volumes become multi-page TIFFs, made
once and stored in the lab's home.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from PIL import Image

from scorebridge_lab.benchmarks.document_sets import Documents, DocumentSet, scan_pieces
from scorebridge_lab.dataset.msmd import engrave_pieces
from scorebridge_lab.engrave.engraving import Engraving
from scorebridge_lab.errors import LabError
from scorebridge_lab.home import atomic_path, data, home
from scorebridge_lab.sources.mutopia import MsmdPiece, msmd_pieces
from scorebridge_lab.sources.recordings import RECORDINGS
from scorebridge_lab.sources.remote import works_of_table

# Recordings without a scan here, and the Mutopia piece (by MSMD's name) that is their engraving.
ENGRAVED = {
    "wtc1_bwv846_prelude_ishizaka.ogg": "BachJS__BWV846__wtk1-prelude1",
    "wtc1_bwv846_fugue_ishizaka.ogg": "BachJS__BWV846__wtk1-fugue1",
    "wtc1_bwv847_prelude_ishizaka.ogg": "BachJS__BWV847__bwv847a",
    "wtc1_bwv848_prelude_ishizaka.ogg": "BachJS__BWV848__bwv848a",
    "wtc1_bwv848_fugue_ishizaka.ogg": "BachJS__BWV848__bwv848b",
    "goldberg_bwv988_aria_da_capo_ishizaka.ogg": "BachJS__BWV988__bwv-988-aria",
    "goldberg_bwv988_var12_ishizaka.mp3": "BachJS__BWV988__bwv-988-v12",
    "goldberg_bwv988_var01_ishizaka.ogg": "BachJS__BWV988__bwv-988-v01",
    "satie_gymnopedie1_alciatore.m4a": "SatieE__gymnopedie_1__gymnopedie_1",
    "bach_bwv924a_msmdrec.m4a": "BachJS__BWV924a__bach-prelude-bwv924a",
}
SCANNED = {
    "joplin_mapleleaf_roll1916.m4a": "joplin/mapleleaf",
    "mozart_kv331_var1_msmdrec.m4a": "mozart_sonatas_AMA1878/sonata11-1b",
    "chopin_op28_11_SMD.wav": "dinoscore/Chopin_Frdric_Preludes_Op.28",
    "chopin_op64_1_upright_phone.ogg": "dinoscore/Chopin_Frdric_Waltzes_Op.64",
}
EngravePieces = Callable[[list[MsmdPiece], Path], object]
"""Engraves pieces into a folder."""


def documents(stride: int = 1, limit: int = 0) -> Documents:
    """Builds the set where it is missing, see `DocumentSet.make`. Raises LabError."""
    root, folder = data(), home() / "sets" / "recordings"
    folder.mkdir(parents=True, exist_ok=True)
    scores = scan_pieces(root)
    names = [f"{p.parent.name}/{p.stem}" for p in scores]
    for volume in sorted(p for p in (root / "scans" / "dinoscore").iterdir() if p.is_dir()):
        target = folder / f"{volume.name}.tif"
        if not target.exists():
            files = sorted(volume.glob("*.tif"), key=lambda p: int(p.stem.split("_")[1]))
            _write_tiff((Image.open(f).convert("1") for f in files), target)
        scores.append(target)
        names.append(f"dinoscore/{volume.name}")
    engraved = home() / "engraved" / "msmd"
    missing = [n for n in ENGRAVED.values() if not (folder / f"{n}.tif").exists()]
    engrave_missing(missing, engraved, partial(msmd_pieces, root))
    owners, sounds = [], []
    for row in (row["file"] for row in works_of_table(RECORDINGS)):
        name = SCANNED.get(row) or ENGRAVED.get(row)
        if name is None:
            continue  # K. 265 var. 1: neither a scan nor a source to engrave
        if row in ENGRAVED:
            target = folder / f"{name}.tif"
            if not target.exists():
                pages = Engraving.load(engraved / f"{name}.npz").pages
                _write_tiff((Image.fromarray(p) for p in pages), target)
            if name not in names:
                scores.append(target)
                names.append(name)
        owners.append(names.index(name))
        sounds.append(str(root / "recordings" / row))
    volumes = frozenset(k for k, name in enumerate(names) if name.startswith("dinoscore/"))
    found = Documents(tuple(map(str, scores)), tuple(sounds), tuple(owners), volumes)
    return found.subset(stride, limit)


def _engrave(pieces: list[MsmdPiece], folder: Path) -> None:
    # Standard output belongs to the figures (--json).
    engrave_pieces(pieces, folder, log=partial(print, file=sys.stderr))


def engrave_missing(
    names: Sequence[str],
    folder: Path,
    pieces: Callable[[], list[MsmdPiece]],
    engrave: EngravePieces = _engrave,
) -> None:
    """Engraves the named pieces of Mutopia that `folder` lacks.

    A set is complete or it is an error: raises LabError where one could not be engraved.
    """
    missing = [n for n in names if not (folder / f"{n}.npz").exists()]
    if not missing:
        return
    engrave([p for p in pieces() if p.name in missing], folder)
    left = [n for n in missing if not (folder / f"{n}.npz").exists()]
    if left:
        raise LabError(f"{folder}: not engraved: {', '.join(left)} (failures.json names the cause)")


def _write_tiff(pages: Iterator[Image.Image], target: Path) -> None:
    first, *rest = list(pages)
    with atomic_path(target) as temporary:
        first.save(temporary, "TIFF", save_all=True, append_images=rest, compression="tiff_lzw")


SET = DocumentSet(
    "recordings", 1, "14 real recordings among 115 scans, volumes and engravings", documents
)
