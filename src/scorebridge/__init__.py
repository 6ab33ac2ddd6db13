"""Scorebridge links recordings and sheet-music images that belong together.

    import scorebridge

    library = scorebridge.Library("my.library")
    library.add(["scans", "recordings"])
    for hit in scorebridge.find("excerpt.mp3", library=library):
        print(hit.rank, hit.title, hit.confidence)
    alignment = scorebridge.align("sonata.pdf", "sonata.flac")

Importing this package costs nothing: what is used is loaded when used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scorebridge.library import Library, align, find

__all__ = ["Library", "__version__", "align", "find"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name in ("Library", "align", "find"):
        return getattr(import_module("scorebridge.library"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
