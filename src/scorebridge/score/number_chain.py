"""Which of the numbers read at the beginnings of systems are bar numbers: those that count bars.

A digit above a staff may be a fingering, a rehearsal mark, an octave sign. Bar numbers rise from
system to system by about the number of bars between. So the best chain through all readings of a
score is sought, by dynamic programming: a reading is worth more the clearer it is and the better it
fits the one before; a system may be left out; a movement may begin anew with 1. What is read
doubtfully is decided by its neighbours. Where few systems carry a number, only exact fits and clear
numbers count.

The weights are log-odds, about: a clear reading in the right place is worth `SEEN`.

Cost: 0.1 ms a system.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

SEEN = 1.0
LONG = 0.5  # more, of a clear number that is too long to be a fingering
CLARITY = 0.6  # weight of a reading's log-probability
EXACT, NEAR, OFF = 2.0, 1.0, 0.9  # worth of a step: as counted; else NEAR - OFF * log(1 + error)
AFTER_PICKUP = 1.7  # worth of the step from a movement's beginning that counts its pickup as no bar
PLAUSIBLE = -0.4  # least worth of a step of `STEP_RATIO` times the bars counted
STEP_RATIO = (0.35, 2.5)
LOOSE = -0.7  # least worth of a step to a clear number: barlines may not be printed
MAX_STEP = 20  # bars a system, of such a step
MAX_UNDIVIDED = 20  # bars of a system of one or two, for a plausible step: few print barlines
FIRST = -0.3  # a 1 at the beginning of a movement
NEW_MOVEMENT = -2.0
INDENTED = 1.0  # a system that begins further right than others speaks for a new movement
EXCERPT = -0.6  # the first reading of a score that does not begin with bar 1
BREAK = -3.5  # a reading that continues nothing
LOOK_BACK = 15  # systems
MIN_SHARE = 0.4  # of systems that carry a number, below which exact fits or clear numbers count
MIN_CLEAR = (10, 0.7)  # the least number, and probability, of a number that is no stray digit
CERTAIN = (100, 0.7)  # likewise, of a number that nothing needs to support
MIN_LEGIBLE = 0.4  # probability of the clearest number of a chain, at least
MIN_FIRST = 0.8  # probability of a digit that counts bars from a movement's beginning
MAX_ERROR = 0.12  # of the bars counted, and one: numbers of two digits may be so far from it
MIN_CLEAR_SHARE = 0.08  # of systems, below which even these must be exact: every tenth bar has one


BARELY, NEARLY, EXACTLY = range(3)


@dataclass(frozen=True, slots=True)
class SystemReadings:
    """What matters of a system."""

    readings: tuple[tuple[int, float], ...]
    """The numbers that may be printed at its beginning, each with its probability."""
    bars: int
    """Bars found in it."""
    is_indented: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place where the number of a bar is known."""

    system: int
    """Index of the system whose first bar it is."""
    number: int
    is_printed: bool
    """Whether it is read there; else a movement begins, which prints none."""


@dataclass(frozen=True, slots=True)
class _Link:
    worth: float
    anchors: tuple[Anchor, ...]
    """What this reading adds."""
    before: tuple[int, int] | None
    """System and reading that it continues; (system, -1): the best chain before that system."""
    fit: int
    """How it fits the one before: `BARELY`, `NEARLY`, `EXACTLY`."""
    is_clear: bool
    """Whether it is read clearly, and too long to be a fingering."""
    is_certain: bool
    """Whether it is clear and of three digits: few other things are."""
    is_legible: bool
    is_first: bool = False
    """Whether it counts from a movement's beginning."""


def chain_of(systems: Sequence[SystemReadings]) -> list[Anchor]:
    """The numbers that count bars, and where movements begin without one; [] where there are none.

    systems : of a whole score, or of part of one, in reading order.
    """
    before = [0]
    for system in systems:
        before.append(before[-1] + system.bars)
    links: list[list[_Link]] = []
    best: list[tuple[float, tuple[int, int] | None]] = [(0.0, None)]  # before each system
    for k, system in enumerate(systems):
        links.append([_best_link(k, r, systems, before, links, best) for r in system.readings])
        top = max(((link.worth, (k, m)) for m, link in enumerate(links[k])), default=best[-1])
        best.append(max(top, best[-1], key=lambda pair: pair[0]))
    chosen: list[_Link] = []
    at = best[-1][1]
    while at is not None:
        link = links[at[0]][at[1]]
        chosen.append(link)
        at = link.before if link.before is None or link.before[1] >= 0 else best[link.before[0]][1]
    return _supported(chosen[::-1], systems)


def _best_link(
    k: int,
    reading: tuple[int, float],
    systems: Sequence[SystemReadings],
    before: Sequence[int],
    links: Sequence[Sequence[_Link]],
    best: Sequence[tuple[float, tuple[int, int] | None]],
) -> _Link:
    """The best chain that ends with this reading of system k."""
    number, probability = reading
    own = SEEN + CLARITY * math.log(max(probability, 1e-4))
    here = Anchor(k, number, True)
    first = best[k][1] is None
    clear = number >= MIN_CLEAR[0] and probability >= MIN_CLEAR[1]
    own += LONG if clear else 0.0
    legible = probability >= MIN_LEGIBLE
    certain = number >= CERTAIN[0] and probability >= CERTAIN[1]
    worth = best[k][0] + own + (EXCERPT if first else BREAK)
    options = [_Link(worth, (here,), (k, -1), BARELY, clear, certain, legible)]
    for j in range(max(0, k - LOOK_BACK), k):
        for m, (earlier, _) in enumerate(systems[j].readings):
            if number > earlier:
                counted = before[k] - before[j]
                step = _step(number - earlier, counted)
                if clear and number - earlier <= MAX_STEP * (k - j):
                    step = max(step, LOOSE)
                if counted <= 2 * (k - j) and number - earlier <= MAX_UNDIVIDED * (k - j):
                    step = max(step, PLAUSIBLE)
                worth = links[j][m].worth + own + step
                fit = _fit(number - earlier, counted)
                options.append(_Link(worth, (here,), (j, m), fit, clear, certain, legible))
    for j in range(max(0, k - LOOK_BACK), k + 1):  # a movement begins with system j
        counted = before[k] - before[j]
        if j == k and number != 1:
            continue
        cost = NEW_MOVEMENT + (INDENTED if systems[j].is_indented else 0.0) if j else 0.0
        step = _step(number - 1, counted) if j < k else FIRST
        fit = _fit(number - 1, counted)
        if j < k and 0 < number - 1 == counted - 1 and (j == 0 or systems[j].is_indented):
            step = AFTER_PICKUP
        start = (Anchor(j, 1, False),) if j < k else ()
        worth = best[j][0] + own + cost + step
        exact_first = probability >= MIN_FIRST
        link = _Link(worth, (*start, here), (j, -1), fit, clear, certain, legible, exact_first)
        options.append(link)
    return max(options, key=lambda link: link.worth)


def _step(step: int, counted: int) -> float:
    """What it is worth that a number is `step` higher than one `counted` bars before."""
    if step <= 0:
        return -math.inf
    error = abs(step - counted)
    if error == 0:
        return EXACT
    low, high = STEP_RATIO
    floor = PLAUSIBLE if low * counted <= step <= high * counted else -math.inf
    return max(NEAR - OFF * math.log(1 + error), floor)


def _fit(step: int, counted: int) -> int:
    error = abs(step - counted)
    if error == 0:
        return EXACTLY
    return NEARLY if error <= 1 + MAX_ERROR * counted else BARELY


def _supported(chosen: Sequence[_Link], systems: Sequence[SystemReadings]) -> list[Anchor]:
    """The anchors of a chain; without those that too few others support."""
    share = len(chosen) / max(1, sum(system.bars > 0 for system in systems))
    if not any(link.is_legible for link in chosen):
        return []
    if share >= MIN_SHARE:
        return [anchor for link in chosen for anchor in link.anchors]
    kept: list[Anchor] = []
    for k, link in enumerate(chosen):
        after = chosen[k + 1] if k + 1 < len(chosen) else None
        before = chosen[k - 1] if k else None
        if (
            _holds(before, link)
            or _holds(link, after)
            or link.is_certain
            or (link.is_first and link.fit == EXACTLY)
            or (link.is_clear and (link.fit == EXACTLY or share >= MIN_CLEAR_SHARE))
        ):
            kept += link.anchors
    return kept


def _holds(one: _Link | None, other: _Link | None) -> bool:
    """Whether two readings, the second of which continues the first, support each other."""
    if one is None or other is None or other.before is None or other.before[1] < 0:
        return False
    if other.fit == EXACTLY == one.fit:
        return True
    return other.fit >= NEARLY and one.anchors[-1].number >= MIN_CLEAR[0]
