"""Layout and order of a printed edition, read from its Humdrum kern file.

The kern files of the Mozart and Joplin scans mark the edition's own line breaks
(`!!LO:LB:g=original`) and name their sections (`*>A`), with the order in which they are
played (`*>[A,A,B,B]`) and the same without repeats (`*>norep[A,B]`). From these and the
lengths of the notes come, in quarters from the beginning of the print: when each bar
begins and ends, which system holds it, and which stretches are played in which order.
Nothing else of kern is read; notes and sound come from Verovio. 5 ms a file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from scorebridge_lab.errors import LabError

_BREAK = re.compile(r"!!LO:[LP]B:g=original")
_LIST = re.compile(r"\*>(\w*)\[([^\]]*)\]")
_LENGTH = re.compile(r"(\d+)(?:%(\d+))?(\.*)")


@dataclass(frozen=True, slots=True)
class PrintedBar:
    """What has notes between two printed barlines or line breaks, in quarters."""

    start: float
    end: float
    system: int
    """From 0 through the print."""


@dataclass(frozen=True, slots=True)
class Print:
    """The order of a printed edition. Times in quarters from the beginning, repeats once."""

    bars: tuple[PrintedBar, ...]
    end: float
    breaks: bool
    """Whether the file marks the edition's line breaks; without them all is one system."""
    sections: dict[str, tuple[float, float]]
    orders: dict[str, tuple[str, ...]]
    """Lists of sections by name: "" as played with repeats, "norep" without."""

    @property
    def systems(self) -> int:
        """Number of printed systems."""
        return self.bars[-1].system + 1

    def stretches(self, order: str | None) -> list[tuple[float, float]]:
        """The stretches of print in the order they are played; neighbours in print are joined.

        order : a key of `orders`; None, or a list that the file lacks: the print from begin to end.
        """
        names = self.orders.get(order) if order is not None else None
        if names is None:
            return [(0.0, self.end)]
        out: list[tuple[float, float]] = []
        for name in names:
            start, end = self.sections[name]
            if end <= start:
                continue
            if out and out[-1][1] == start:
                out[-1] = (out[-1][0], end)
            else:
                out.append((start, end))
        return out


def read_print(path: Path) -> Print:
    """Reads a kern file. Raises LabError where its sections and lists do not fit together."""
    kinds: list[str] = []
    now, ends = Fraction(0), set[Fraction]()
    bars: list[PrintedBar] = []
    system, start, breaks = 0, Fraction(0), False
    labels: list[tuple[str, Fraction]] = []
    orders: dict[str, tuple[str, ...]] = {}

    def close() -> bool:
        """End the bar that is open; whether it had notes."""
        nonlocal now, start
        now = max(ends, default=now)  # all voices have ended where a bar ends
        ends.clear()
        held = now > start
        if held:
            bars.append(PrintedBar(float(start), float(now), system))
        start = now
        return held

    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        fields = line.split("\t")
        head = fields[0]
        if _BREAK.match(line):
            breaks = True
            close()
            system += bool(bars) and bars[-1].system == system
        elif not line or head.startswith("!"):
            continue
        elif head.startswith("**"):
            kinds = fields
        elif head.startswith("*>"):
            if found := _LIST.match(head):
                orders[found[1]] = tuple(name for name in found[2].split(",") if name)
            else:
                at = max(ends, default=now)
                labels.append((head[2:], at))
        elif head.startswith("*"):
            kinds = _follow(kinds, fields)
        elif head.startswith("="):
            if "-" not in head:
                close()
        else:
            lengths = [
                length
                for kind, token in zip(kinds, fields, strict=False)
                if kind == "**kern" and token != "." and (length := _length(token))
            ]
            if lengths:  # grace notes alone take no time
                now = min((end for end in ends if end > now), default=now)
                ends |= {now + length for length in lengths}
    close()
    if not bars:
        raise LabError(f"{path}: no notes")
    sections: dict[str, tuple[float, float]] = {}
    for k, (name, at) in enumerate(labels):
        until = labels[k + 1][1] if k + 1 < len(labels) else now
        sections.setdefault(name, (float(at), float(until)))
    missing = {name for names in orders.values() for name in names} - set(sections)
    if missing:
        raise LabError(f"{path}: lists name sections that are not there: {sorted(missing)}")
    return Print(tuple(bars), float(now), breaks, sections, orders)


@dataclass(slots=True)
class BarSigns:
    """Repeat signs at a bar as it is printed."""

    opens: bool = False
    closes: bool = False


def printed_systems(kern: str) -> list[list[BarSigns]] | None:
    """The bars of each printed system, by the line breaks of a kern file; None: it marks none.

    A bar is what has notes or rests between two printed barlines or breaks: a pickup is a bar, a
    repeat sign within a bar makes two of it, and so does a line break.
    """
    systems: list[list[BarSigns]] = [[]]
    notes, opens, last = False, False, BarSigns()

    def close() -> None:
        nonlocal notes, opens, last
        if notes:
            last = BarSigns(opens)
            systems[-1].append(last)
            notes, opens = False, False

    for line in kern.splitlines():
        token = line.split("\t")[0]
        if _BREAK.match(line):
            close()
            systems.append([])
        elif token.startswith("=") and "-" not in token:
            close()
            last.closes |= ":|" in token
            opens |= "|:" in token
        elif line and line[0] not in "!*=":
            notes = True
    close()
    systems = [system for system in systems if system]
    return systems if len(systems) > 1 else None


def _follow(kinds: list[str], fields: list[str]) -> list[str]:
    """The kinds of spines after a line of interpretations: splits, joins, ends."""
    out: list[str] = []
    joining = False
    for kind, token in zip(kinds, fields, strict=False):
        if token == "*v":
            if not joining:
                out.append(kind)
            joining = True
            continue
        joining = False
        if token == "*^":
            out += [kind, kind]
        elif token != "*-":
            out.append(kind)
    return out


def _length(token: str) -> Fraction:
    """Quarters that a token of notes or rests lasts; 0 for grace notes."""
    if "q" in token.lower() and not token.startswith("*"):
        return Fraction(0)
    found = _LENGTH.search(token)
    if not found:
        return Fraction(0)
    number = found[1]
    if set(number) == {"0"}:  # 0 a breve, 00 a long
        length = Fraction(8) * 2 ** (len(number) - 1)
    else:
        length = Fraction(4 * int(found[2] or 1), int(number))
    dots = len(found[3])
    return length * (2 - Fraction(1, 2**dots))
