"""The staves of a printed page, in systems; looked for twice where some may be missing.

Where the systems of a page differ, or its lines are faint, staves may have been missed. Ink is then
taken anew, with all that is darker than the paper beside it (`ink.soft_ink_of`), and the reading
with more staves counts, unless its systems are less alike. 0.1 s a page, twice that if again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorebridge.score.barlines import Classifiers, StaffBarlines, staff_barlines
from scorebridge.score.braces import Brace, find_braces
from scorebridge.score.grouping import group_staves, joined_staves
from scorebridge.score.missing_staves import missing_staves
from scorebridge.score.staves import Staff, find_staves

FAINT_QUALITY = 0.7  # mean of a page's staves, below which faint lines may be missing


@dataclass(frozen=True, slots=True)
class PageStaves:
    """The staves that are seen in some ink of a page."""

    ink: NDArray[np.uint8]
    """[height, width], 1 is ink."""
    barlines: StaffBarlines
    staves: Sequence[Staff]
    """All of them, from top to bottom."""
    braces: Sequence[Brace]
    groups: Sequence[Sequence[Staff]]
    """The systems from top to bottom."""

    @property
    def is_doubtful(self) -> bool:
        """Whether staves may be missing: systems differ, or lines are faint."""
        qualities = [s.quality for group in self.groups for s in group]
        if not qualities:
            return False
        return self._uneven > 0 or float(np.mean(qualities)) < FAINT_QUALITY

    def better(self, other: PageStaves) -> PageStaves:
        """The one with more staves, if its systems are no less alike; else this."""
        counts = (sum(len(group) for group in s.groups) for s in (self, other))
        fewer = next(counts) >= next(counts) or self._seen >= other._seen
        return self if fewer or other._uneven > self._uneven else other

    @property
    def _uneven(self) -> int:
        """Systems of another size than most of the page."""
        sizes = Counter(len(group) for group in self.groups)
        return len(self.groups) - max(sizes.values(), default=0)

    @property
    def _seen(self) -> float:
        """The visible length of all staves, in staff spaces."""
        return sum(s.quality * (s.x1 - s.x0) / s.space for g in self.groups for s in g)


def page_staves(
    ink: NDArray[np.uint8],
    leans: Sequence[float],
    classifiers: Classifiers | None,
    min_quality: float,
) -> PageStaves:
    """The staves of at least `min_quality` in the ink of a printed page, in systems.

    ink : uint8 [height, width], 1 is ink. leans : dx/dy of barlines that are tried. classifiers :
    of barlines; None: geometry alone.
    """
    barlines = staff_barlines(ink, leans, classifiers)

    def grouped(staves: Sequence[Staff]) -> PageStaves:
        braces = find_braces(ink, staves)
        joined = joined_staves(ink, staves, braces, barlines, leans)
        return PageStaves(ink, barlines, staves, braces, group_staves(staves, joined, barlines))

    found = grouped([s for s in find_staves(ink) if s.quality >= min_quality])
    more = missing_staves(ink, found.groups, leans)
    return grouped(sorted([*found.staves, *more], key=lambda s: s.top)) if more else found
