"""A `Style` as LilyPond settings.

Mutopia's sources often set page, staff size and spacing themselves. `restyle` removes these
settings from a source; the settings of the style are read before it.
"""

from __future__ import annotations

import re

from scorebridge_lab.engrave.style import Style

WIDTH_MM = 210.0  # of every page; only the ratio of staff size to page width matters
_GROBS = {"slur": ("Slur", "PhrasingSlur"), "dynam": ("DynamicText",), "hairpin": ("Hairpin",)}
_GROBS |= {"pedal": ("SustainPedal",), "dir": ("TextScript",), "tempo": ("MetronomeMark",)}
_GROBS |= {"fing": ("Fingering",), "verse": ("LyricText", "LyricHyphen", "LyricExtender")}


def settings_of(style: Style) -> str:
    """LilyPond settings of a style, to be read before the piece.

    Articulation is never hidden: LilyPond draws trills and fermatas as the same kind of script.
    """
    space_mm = WIDTH_MM / style.page_width
    points = 4 * space_mm / 0.3514598  # a staff is four spaces high; points of 1/72.27 inch
    line = 0.1  # staff spaces: LilyPond's own line thickness, near enough at every size
    grobs = [
        f"\\override StaffSymbol.thickness = #{style.staff_line / line:.3f}",
        f"\\override StaffSymbol.ledger-line-thickness = #'({style.ledger_line / line:.3f} . 0)",
        f"\\override Stem.thickness = #{style.stem / line:.3f}",
        f"\\override BarLine.hair-thickness = #{style.barline / line:.3f}",
        f"\\override BarLine.thick-thickness = #{style.thick_barline / line:.3f}",
        f"\\override Beam.beam-thickness = #{style.beam:.3f}",
        f"\\override Slur.thickness = #{style.slur / line / 2:.3f}",
        f"\\override Tie.thickness = #{style.slur / line / 2:.3f}",
        f"\\override SpacingSpanner.spacing-increment = #{1.2 * style.spacing:.3f}",
    ]
    for kind in style.hide:
        grobs += [f"\\override {grob}.stencil = ##f" for grob in _GROBS.get(kind, ())]
    if style.bar_numbers < 0 or "mNum" in style.hide:
        grobs.append("\\omit BarNumber")
    elif style.bar_numbers > 0:
        grobs.append("\\override BarNumber.break-visibility = #end-of-line-invisible")
        visible = f"(every-nth-bar-number-visible {style.bar_numbers})"
        grobs.append(f"barNumberVisibility = #{visible}")
    title = "" if style.title else "bookTitleMarkup = ##f scoreTitleMarkup = ##f"
    return f"""\\version "2.24.0"
#(set-global-staff-size {points:.3f})
\\paper {{
  paper-width = {WIDTH_MM:.1f}\\mm
  paper-height = {WIDTH_MM * style.page_height / style.page_width:.1f}\\mm
  left-margin = {style.margin_x * space_mm:.2f}\\mm
  right-margin = {style.margin_x * space_mm:.2f}\\mm
  top-margin = {style.margin_y * space_mm:.2f}\\mm
  bottom-margin = {style.margin_y * space_mm:.2f}\\mm
  system-system-spacing.padding = #{style.system_gap:.2f}
  oddHeaderMarkup = ##f evenHeaderMarkup = ##f
  {title}
}}
\\layout {{
  \\context {{ \\Score {" ".join(grobs)} }}
  \\context {{ \\PianoStaff
    \\override StaffGrouper.staff-staff-spacing.padding = #{max(0.5, style.staff_gap - 4):.2f}
  }}
}}
"""


def restyle(text: str) -> str:
    r"""Remove staff sizes and `\paper` blocks from a source."""
    text = re.sub(r"#\(set-(global-staff|default-paper)-size[^()]*\)", "", text)
    text = re.sub(r"#\(layout-set-staff-size[^()]*\)", "", text)
    out, at = [], 0
    for match in re.finditer(r"\\paper\s*\{", text):
        if match.start() < at:
            continue
        end = _closing(text, match.end())
        if end is None:
            break
        out.append(text[at : match.start()])
        at = end
    return "".join(out) + text[at:]


def _closing(text: str, start: int) -> int | None:
    """Index after the brace that closes the one before `start`, past comments and strings."""
    depth, k = 1, start
    while k < len(text):
        if text[k] == "%":
            k = text.find("\n", k)
            if k < 0:
                return None
        elif text[k] == '"':
            k = text.find('"', k + 1)
            if k < 0:
                return None
        elif text[k] in "{}":
            depth += 1 if text[k] == "{" else -1
            if not depth:
                return k + 1
        k += 1
    return None
