"""The collection on disk: documents, vectors; add, remove, verify."""

from scorebridge.library.adding import AddReport
from scorebridge.library.checking import Problem
from scorebridge.library.library import Library, align, find

__all__ = ["AddReport", "Library", "Problem", "align", "find"]
