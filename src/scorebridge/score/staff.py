"""A staff as found on a page, and what is known of it while the page is searched."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scorebridge.score.staff_lines import LineFit, Stretch


@dataclass(frozen=True, slots=True)
class Staff:
    """Level lines. All in px of the page; y = top + slope * (x - middle) for the top line."""

    x0: float
    x1: float
    top: float
    """y of the top line at x = (x0 + x1) / 2."""
    space: float
    """Distance between neighbouring lines; of a single line, the page's usual one."""
    slope: float
    quality: float
    """Mean comb along the staff, about 0.3 (poor) to 1 (perfect)."""
    lines: int = 5
    """Five of notes, one of percussion, four of chant, six of tablature."""

    def y(self, x: float, line: float = 0.0) -> float:
        """y of line 0 (top) to `lines` - 1 (bottom) at column x."""
        return self.top + self.slope * (x - (self.x0 + self.x1) / 2) + line * self.space

    @property
    def bottom(self) -> float:
        """y of the last line at x = (x0 + x1) / 2; `top` of a single line."""
        return self.top + (self.lines - 1) * self.space


@dataclass(frozen=True, slots=True)
class Found:
    """A staff with the lines that it was found by."""

    staff: Staff
    stretch: Stretch
    """Its first line."""
    fit: LineFit

    @classmethod
    def between(cls, x0: float, x1: float, stretch: Stretch, fit: LineFit) -> Found:
        """The staff of fitted lines that end at columns x0 and x1."""
        top, lines = fit.y((x0 + x1) / 2), len(fit.visible)
        quality = float(fit.visible.mean())
        return cls(Staff(x0, x1, top, fit.space, fit.slope, quality, lines), stretch, fit)

    @property
    def depth(self) -> float:
        """px from the first line to the last."""
        return (self.staff.lines - 1) * self.staff.space

    def with_ends(self, x0: float, x1: float) -> Found:
        """The same lines with other ends."""
        staff = replace(self.staff, x0=x0, x1=x1, top=self.staff.y((x0 + x1) / 2))
        return Found(staff, self.stretch, self.fit)
