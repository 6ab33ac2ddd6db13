"""How a piece is laid out and drawn: one set of habits, which each engraver translates.

All lengths are staff spaces, so that a habit means the same to LilyPond (points, from the staff
size) and to Verovio (units of half a staff space). The defaults are the papers' page: A4 at
LilyPond's default staff, 7 px between staff lines where the page is 835 px wide.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

PAGE = 119.3  # staff spaces across the papers' page: A4 and a staff of 20 points
VEROVIO_FONTS = ("Leipzig", "Bravura", "Leland", "Gootville", "Petaluma")
OPTIONAL = ("slur", "dynam", "hairpin", "pedal", "dir", "tempo", "fing", "mNum", "artic", "verse")
"""What an edition may leave out without any note changing; Verovio's names of the groups."""


@dataclass(frozen=True)
class Style:
    """Lengths in staff spaces unless it says otherwise."""

    page_width: float = PAGE
    page_height: float = 168.7
    margin_x: float = 2.8
    margin_y: float = 2.8
    font: str = "Leipzig"
    """One of `VEROVIO_FONTS`; LilyPond has Emmentaler alone, in cuts that go with the size."""
    spacing: float = 1.0
    """How loosely notes stand, 1 as the engraver thinks best."""
    proportion: float = 0.6
    """0 all notes equally far apart, 1 as long as they last."""
    staff_gap: float = 6.0
    """Least distance between the staves of a system."""
    system_gap: float = 4.0
    staff_line: float = 0.075
    ledger_line: float = 0.125
    stem: float = 0.1
    barline: float = 0.15
    thick_barline: float = 0.5
    beam: float = 0.5
    slur: float = 0.3
    """Greatest thickness of slurs and ties."""
    grace: float = 0.75
    """Size of grace notes to that of others."""
    bar_numbers: int = 0
    """-1 none, 0 at the beginning of each system, n every n-th bar."""
    title: bool = False
    fingering: float = 0.0
    """Share of noteheads that get a digit; the source's own fingering stays unless hidden."""
    pedal: float = 0.0
    """Share of bars that get a pedal mark."""
    hide: tuple[str, ...] = ()
    """What of `OPTIONAL` is not printed."""
    breaks: str = "auto"
    """'auto', or 'encoded': where the source marks line breaks."""

    @classmethod
    def random(cls, rng: np.random.Generator) -> Style:
        """A style drawn from what printed piano music shows."""
        width = float(rng.uniform(92, 148))
        heavy = float(rng.normal(0, 1))  # an engraver with a broad pen draws everything broad

        def stroke(usual: float, share: float = 0.25) -> float:
            return usual * float(np.exp(share * (0.7 * heavy + 0.7 * rng.normal())))

        hidden = tuple(
            str(name)
            for name, chance in zip(
                *(OPTIONAL, (0.15, 0.2, 0.2, 0.3, 0.3, 0.3, 0.3, 0.3, 0.1, 0.5)), strict=True
            )
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
