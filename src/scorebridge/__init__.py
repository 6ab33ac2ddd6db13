"""Scorebridge links recordings and sheet-music images that belong together.

    import scorebridge

    library = scorebridge.Library("my.library")
    library.add(["scans", "recordings"])
    for hit in scorebridge.find("excerpt.mp3", library=library):
        print(hit.rank, hit.title, hit.confidence)
    alignment = scorebridge.align("sonata.pdf", "sonata.flac")

Importing this package loads nothing else: each name is loaded when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scorebridge.alignment.follow import Position
    from scorebridge.encode.calibration import Calibration
    from scorebridge.encode.encoder import Encoder, load_encoder
    from scorebridge.encode.info import EncoderInfo
    from scorebridge.errors import (
        AudioError,
        BusyError,
        InputError,
        LibraryError,
        LimitError,
        ModelError,
        ScorebridgeError,
        ScoreError,
        UsageError,
    )
    from scorebridge.library.adding import AddReport
    from scorebridge.library.checking import Problem
    from scorebridge.library.following import ScoreFollower
    from scorebridge.library.functions import align, find
    from scorebridge.library.library import Library
    from scorebridge.library.links import LinkReport
    from scorebridge.library.page_corrections import GivenPage, GivenSystem, PageCorrections
    from scorebridge.library.pair_corrections import PairCorrections
    from scorebridge.library.renewing import RenewReport
    from scorebridge.sandbox import Allowance
    from scorebridge.types import (
        AlignedPair,
        Alignment,
        Anchor,
        BarConfidence,
        BarRange,
        Candidates,
        Document,
        Encoded,
        Hit,
        Link,
        Metadata,
        Part,
        Passage,
        Place,
        Point,
        Section,
        StaffGroup,
    )

__version__ = "0.1.0"

_MODULES = {
    "scorebridge.alignment.follow": ("Position",),
    "scorebridge.encode.calibration": ("Calibration",),
    "scorebridge.encode.encoder": ("Encoder", "load_encoder"),
    "scorebridge.encode.info": ("EncoderInfo",),
    "scorebridge.errors": (
        "AudioError",
        "BusyError",
        "InputError",
        "LibraryError",
        "LimitError",
        "ModelError",
        "ScoreError",
        "ScorebridgeError",
        "UsageError",
    ),
    "scorebridge.library.adding": ("AddReport",),
    "scorebridge.library.checking": ("Problem",),
    "scorebridge.library.following": ("ScoreFollower",),
    "scorebridge.library.functions": ("align", "find"),
    "scorebridge.library.library": ("Library",),
    "scorebridge.library.links": ("LinkReport",),
    "scorebridge.library.page_corrections": ("GivenPage", "GivenSystem", "PageCorrections"),
    "scorebridge.library.pair_corrections": ("PairCorrections",),
    "scorebridge.library.renewing": ("RenewReport",),
    "scorebridge.sandbox": ("Allowance",),
    "scorebridge.types": (
        "AlignedPair",
        "Alignment",
        "Anchor",
        "BarConfidence",
        "BarRange",
        "Candidates",
        "Document",
        "Encoded",
        "Hit",
        "Link",
        "Metadata",
        "Part",
        "Passage",
        "Place",
        "Point",
        "Section",
        "StaffGroup",
    ),
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [
    "AddReport",
    "AlignedPair",
    "Alignment",
    "Allowance",
    "Anchor",
    "AudioError",
    "BarConfidence",
    "BarRange",
    "BusyError",
    "Calibration",
    "Candidates",
    "Document",
    "Encoded",
    "Encoder",
    "EncoderInfo",
    "GivenPage",
    "GivenSystem",
    "Hit",
    "InputError",
    "Library",
    "LibraryError",
    "LimitError",
    "Link",
    "LinkReport",
    "Metadata",
    "ModelError",
    "PageCorrections",
    "PairCorrections",
    "Part",
    "Passage",
    "Place",
    "Point",
    "Position",
    "Problem",
    "RenewReport",
    "ScoreError",
    "ScoreFollower",
    "ScorebridgeError",
    "Section",
    "StaffGroup",
    "UsageError",
    "__version__",
    "align",
    "find",
    "load_encoder",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_MODULE_OF[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
