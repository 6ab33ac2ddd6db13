"""Typefaces whose digits and letters are drawn into pages: fonts of Debian packages, if installed.

    apt-get install --no-install-recommends PACKAGE ...    # those of `PACKAGES`

They are only drawn with; no font is copied into what ships. All may be used so: their licences are
the SIL Open Font License, the GPL with the font exception, Apache-2.0, the GUST font licence, and
those of Bitstream Vera and of URW++ (AGPL with the font exception).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PIL import ImageFont

from scorebridge_lab.errors import LabError

FONTS = Path("/usr/share/fonts")
PACKAGES = {
    "fonts-dejavu-core": "DejaVu",
    "fonts-liberation": "Liberation",
    "fonts-freefont-ttf": "Free",
    "fonts-urw-base35": "",
    "fonts-linuxlibertine": "Lin",
    "fonts-sil-gentium": "Gentium",
    "fonts-sil-charis": "Charis",
    "fonts-crosextra-carlito": "Carlito",
    "fonts-crosextra-caladea": "Caladea",
    "fonts-lato": "Lato",
    "fonts-oldstandard": "OldStandard",
    "fonts-open-sans": "OpenSans",
    "fonts-gfs-didot": "GFSDidot",
    "fonts-gfs-bodoni-classic": "GFSBodoni",
    "fonts-cmu": "cmun",
    "fonts-ebgaramond": "EBGaramond",
    "fonts-comic-neue": "ComicNeue",
}
"""Package, and how the names of its files begin; those of URW++ are `URW`."""
URW = ("C059", "NimbusRoman", "NimbusSans", "NimbusMono", "P052", "URW")
UNUSUAL = ("Math", "Hairline", "Thin", "LinBiolinum_K", "LinLibertine_DR", "Mono", "cmunvt")
"""Parts of names of files whose digits no score prints, or that have none."""
MIN_TYPEFACES = 20


@cache
def typefaces(folder: Path = FONTS) -> tuple[Path, ...]:
    """Font files of `PACKAGES` below a folder, in order of name.

    Raises LabError where fewer than `MIN_TYPEFACES` are installed.
    """
    starts = (*(start for start in PACKAGES.values() if start), *URW)
    found = {
        path.name: path
        for suffix in ("*.ttf", "*.otf")
        for path in folder.rglob(suffix)
        if path.name.startswith(starts) and not any(part in path.name for part in UNUSUAL)
    }
    if len(found) < MIN_TYPEFACES:
        raise LabError(
            f"{folder}: {len(found)} typefaces are too few to learn digits from. Install the"
            f" packages {' '.join(PACKAGES)}."
        )
    return tuple(found[name] for name in sorted(found))


@cache
def font_of(path: Path, size: int) -> ImageFont.FreeTypeFont:
    """A font at a size in px."""
    return ImageFont.truetype(str(path), size)
