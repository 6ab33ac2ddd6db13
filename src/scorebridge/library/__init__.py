"""The collection on disk: documents and their vectors; add, find, align, correct, verify, renew."""

from scorebridge.library.adding import AddReport
from scorebridge.library.checking import Problem
from scorebridge.library.functions import align, find
from scorebridge.library.library import Library
from scorebridge.library.links import LinkReport
from scorebridge.library.renewing import RenewReport

__all__ = ["AddReport", "Library", "LinkReport", "Problem", "RenewReport", "align", "find"]
