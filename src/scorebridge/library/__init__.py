"""The collection on disk: documents, vectors; add, remove, verify."""

from scorebridge.library.library import AddReport, Library, Problem, align, find

__all__ = ["AddReport", "Library", "Problem", "align", "find"]
