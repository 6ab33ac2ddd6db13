"""Layout and drawing of a piece, independent of the engraver.

All lengths are in staff spaces; LilyPond's points and Verovio's units are derived from them. The
defaults are the page of the papers: A4 at LilyPond's default staff, 7 px between staff lines on a
page 835 px wide.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

PAGE = 119.3  # page width of the papers in staff spaces: A4 and a staff of 20 points
VEROVIO_FONTS = ("Leipzig", "Bravura", "Leland", "Gootville", "Petaluma")
OPTIONAL = ("slur", "dynam", "hairpin", "pedal", "dir", "tempo", "fing", "mNum", "artic", "verse")
"""Marks that an edition may omit without changing a note: Verovio's names of their groups."""

HIDE_CHANCES = (0.15, 0.2, 0.2, 0.3, 0.3, 0.3, 0.3, 0.3, 0.1, 0.5)
"""Share of random styles without each of `OPTIONAL`."""


@dataclass(frozen=True)
class Style:
    """Lengths are in staff spaces."""

    page_width: float = PAGE
    page_height: float = 168.7
    margin_x: float = 2.8
    margin_y: float = 2.8
    font: str = "Leipzig"
    """One of `VEROVIO_FONTS`; LilyPond always uses Emmentaler."""
    spacing: float = 1.0
    """Factor on the engraver's horizontal spacing."""
    proportion: float = 0.6
    """0: equal space for all notes; 1: space proportional to duration."""
    staff_gap: float = 6.0
    """Minimum distance between the staves of a system."""
    system_gap: float = 4.0
    staff_line: float = 0.075
    ledger_line: float = 0.125
    stem: float = 0.1
    barline: float = 0.15
    thick_barline: float = 0.5
    beam: float = 0.5
    slur: float = 0.3
    """Maximum thickness of slurs and ties."""
    grace: float = 0.75
    """Size of grace notes relative to other notes."""
    bar_numbers: int = 0
    """-1: none; 0: at the beginning of each system; n: at every n-th bar."""
    title: bool = False
    fingering: float = 0.0
    """Share of noteheads with an added digit; fingering of the source stays unless hidden."""
    pedal: float = 0.0
    """Share of bars with an added pedal mark."""
    hide: tuple[str, ...] = ()
    """Those of `OPTIONAL` that are not printed."""
    breaks: str = "auto"
    """'auto', or 'encoded': the line breaks of the source."""

    @classmethod
    def random(cls, rng: np.random.Generator) -> Style:
        """A random style within the range of printed piano music."""
        width = float(rng.uniform(92, 148))
        heavy = float(rng.normal(0, 1))  # line widths of one edition go together

        def stroke(usual: float, share: float = 0.25) -> float:
            return usual * float(np.exp(share * (0.7 * heavy + 0.7 * rng.normal())))

        hidden = tuple(
            str(name)
            for name, chance in zip(OPTIONAL, HIDE_CHANCES, strict=True)
            if rng.random() < chance
        )
        return cls(
            page_width=width,
            page_height=width * float(rng.uniform(1.2, 1.5)),
            margin_x=float(rng.uniform(2, 11)),
            margin_y=float(rng.uniform(3, 12)),
            font=str(rng.choice(VEROVIO_FONTS, p=[0.3, 0.25, 0.25, 0.15, 0.05])),
            spacing=float(np.exp(rng.normal(0, 0.22))),
            proportion=float(rng.uniform(0.45, 0.72)),
            staff_gap=float(rng.uniform(4, 8.5)),
            system_gap=float(rng.uniform(2, 7)),
            staff_line=float(np.clip(stroke(0.095), 0.07, 0.15)),
            ledger_line=float(np.clip(stroke(0.14), 0.06, 0.25)),
            stem=float(np.clip(stroke(0.11), 0.06, 0.2)),
            barline=float(np.clip(stroke(0.16), 0.08, 0.35)),
            thick_barline=float(np.clip(stroke(0.5), 0.3, 0.8)),
            beam=float(np.clip(stroke(0.5, 0.12), 0.36, 0.62)),
            slur=float(np.clip(stroke(0.25), 0.12, 0.4)),
            grace=float(rng.uniform(0.6, 0.8)),
            bar_numbers=int(rng.choice([-1, 0, 1, 5, 10], p=[0.3, 0.4, 0.1, 0.15, 0.05])),
            title=bool(rng.random() < 0.4),
            fingering=float(rng.choice([0, rng.uniform(0.03, 0.35)], p=[0.6, 0.4])),
            pedal=float(rng.choice([0, rng.uniform(0.2, 1)], p=[0.8, 0.2])),
            hide=hidden,
        )
