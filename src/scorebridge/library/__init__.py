"""The collection on disk: documents, vectors; add, remove, verify, renew."""

from scorebridge.library.adding import AddReport
from scorebridge.library.checking import Problem
from scorebridge.library.library import Library, align, find
from scorebridge.library.renewing import RenewReport

__all__ = ["AddReport", "Library", "Problem", "RenewReport", "align", "find"]
