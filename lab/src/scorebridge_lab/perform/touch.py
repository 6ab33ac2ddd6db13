"""Expressive details of a performance: asynchrony, dynamics, articulation, ornaments, pedal.

All functions take and return `PLAYED` records in played seconds. `source` is the number of the
note in the score, so that the time of every notehead stays known.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorebridge_lab.engrave.engraving import MARK_KINDS
from scorebridge_lab.perform.manner import Manner

PLAYED = np.dtype(
    [
        ("onset", "f8"),  # s
        ("duration", "f8"),  # s
        ("pitch", "u1"),  # MIDI
        ("velocity", "u1"),
        ("source", "i4"),  # number of the event in the score; -1: not written
        ("turn", "i4"),  # number of the stretch in which it is played
    ]
)
WIDE_CHORD = 17  # semitones from which a chord may be rolled
MIN_DURATION = 0.06  # s


def marked(
    marks: NDArray[Any], kinds: tuple[str, ...], onset: NDArray[Any], pitch: NDArray[Any]
) -> NDArray[np.bool_]:
    """Whether a note has a mark of the given kinds; onsets are nominal seconds."""
    wanted = np.isin(marks["kind"], [MARK_KINDS.index(k) for k in kinds])
    out = np.zeros(len(onset), bool)
    keys = np.round(onset, 2)
    for mark in marks[wanted]:
        hit = np.abs(keys - mark["onset"]) < 0.012
        if mark["pitch"]:
            hit &= pitch == mark["pitch"]
        out |= hit
    return out


def chords(keys: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Indices of the notes of each onset, in order; notes of one chord have equal `keys`."""
    order = np.argsort(keys, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(keys[order])) + 1)


def loosen(
    notes: NDArray[Any],
    groups: list[NDArray[np.int64]],
    rolled: NDArray[np.bool_],
    manner: Manner,
    rng: np.random.Generator,
) -> None:
    """Move notes against their chord: jitter, a leading melody, rolled chords."""
    lead = rng.uniform(-0.3, 1) * manner.lead
    jitter = manner.jitter * (rng.uniform(0.5, 1.5) if manner.lead else 1.0)
    notes["onset"] += jitter * rng.standard_normal(len(notes))
    for group in groups:
        if len(group) < 2:
            continue
        pitch = notes["pitch"][group].astype(int)
        top = group[np.argmax(pitch)]
        notes["onset"][top] -= lead * rng.uniform(0.3, 1.7)
        low = pitch[pitch < 60]
        wide = len(low) > 1 and low.max() - low.min() >= WIDE_CHORD
        chance = manner.roll if wide else 0.04 * manner.roll
        if manner.roll and (rolled[group].any() or (len(group) > 2 and rng.random() < chance)):
            step = rng.uniform(0.02, 0.06)
            spread = np.argsort(np.argsort(pitch)) * step
            notes["onset"][group] += spread - rng.choice([0.0, 1.0]) * spread.max()


def shape(
    notes: NDArray[Any],
    groups: list[NDArray[np.int64]],
    written: NDArray[np.int64],
    accents: NDArray[np.bool_],
    manner: Manner,
    rng: np.random.Generator,
) -> None:
    """Set velocities: sections, phrases, melody, bass and inner voices, accents, noise."""
    at = notes["onset"]
    end = float(at.max(initial=1.0))

    def curve(period: float) -> NDArray[np.float64]:
        knots = np.arange(0, end + 2 * period, period)
        return np.interp(at, knots, rng.standard_normal(len(knots)))

    loud = rng.uniform(48, 82) + manner.dynamics * (curve(rng.uniform(2, 5)) + 0.7 * curve(20.0))
    loud += 0.6 * (written.astype(float) - 80)
    over, under = rng.uniform(3, 13), rng.uniform(0, 7)
    for group in groups:
        if len(group) > 1:
            order = group[np.argsort(notes["pitch"][group])]
            loud[order[-1]] += over
            loud[order[1:-1]] -= under
        else:
            loud[group] += 0.5 * over
    loud += 12 * accents + 5 * rng.standard_normal(len(notes))
    notes["velocity"] = np.clip(loud, 15, 122).astype(np.uint8)


def articulate(
    notes: NDArray[Any],
    short: NDArray[np.bool_],
    bound: NDArray[np.bool_],
    rng: np.random.Generator,
) -> None:
    """How long keys are held: the player's touch, shorter under dots, joined under slurs."""
    usual = rng.uniform(0.4, 1.02)
    share = usual + 0.08 * rng.standard_normal(len(notes))
    share = np.where(bound, rng.uniform(0.95, 1.1, len(notes)), share)
    share = np.where(short, rng.uniform(0.25, 0.6, len(notes)), share)
    notes["duration"] = np.maximum(MIN_DURATION, notes["duration"] * np.clip(share, 0.2, 1.15))


def sustain(
    notes: NDArray[Any], changes: NDArray[np.float64], spans: list[tuple[float, float]]
) -> None:
    """Apply the pedal: a note that ends with the pedal down sounds until it is lifted.

    changes : played seconds at which the pedal is changed (just after the new harmony).
    spans : instead of `changes`, stretches in which it is down.
    """
    if spans:
        starts, stops = np.array(sorted(spans)).T
    elif len(changes) > 1:
        starts, stops = changes[:-1], changes[1:]
    else:
        return
    end = notes["onset"] + notes["duration"]
    k = np.clip(np.searchsorted(starts, end, side="right") - 1, 0, len(starts) - 1)
    down = (end >= starts[k]) & (end < stops[k])
    notes["duration"] = np.where(down, stops[k] - notes["onset"], notes["duration"])


def grace(notes: NDArray[Any], graces: NDArray[np.bool_], rng: np.random.Generator) -> None:
    """Move grace notes before their main note, so that they are audible."""
    order = np.argsort(notes["onset"], kind="stable")
    step = rng.uniform(0.06, 0.12)
    next_main, count = np.inf, 0
    for k in order[::-1]:
        if not graces[k]:
            next_main, count = float(notes["onset"][k]), 0
            continue
        if next_main - notes["onset"][k] < (count + 1) * step:
            count += 1
            moved = max(0.0, next_main - count * step)
            notes["onset"][k] = min(notes["onset"][k], moved)
            notes["duration"][k] = max(MIN_DURATION, min(notes["duration"][k], 1.5 * step))


def ornament(notes: NDArray[Any], kinds: dict[int, str], rng: np.random.Generator) -> NDArray[Any]:
    """Realise trills, mordents and turns; one of the notes has the `source` of the written one.

    kinds : index of a note to 'trill', 'mordent', 'prall' or 'turn'.
    """
    if not kinds:
        return notes
    extra: list[tuple] = []
    keep = np.ones(len(notes), bool)
    rate = rng.uniform(7, 12)
    for k, kind in kinds.items():
        note = notes[k]
        pitch, start = int(note["pitch"]), float(note["onset"])
        lasting, loud = float(note["duration"]), int(note["velocity"])
        up, down = _neighbour(notes, k, 1), _neighbour(notes, k, -1)
        step = min(1 / rate, lasting / 4)
        if step < 0.03:
            continue
        if kind == "trill":
            count = max(3, (int(lasting / step) - 1) // 2 * 2 + 1)
            tones = [pitch if j % 2 == 0 else up for j in range(count)]
            if rng.random() < 0.3:
                tones = [up, *tones]
        else:
            tones = {
                "mordent": [pitch, down, pitch],
                "prall": [pitch, up, pitch],
                "turn": [up, pitch, down, pitch],
            }[kind]
        keep[k] = False
        named = tones.index(pitch)
        for j, tone in enumerate(tones):
            last = j == len(tones) - 1
            held = max(MIN_DURATION, lasting - j * step) if last else step * 1.05
            source = int(note["source"]) if j == named else -1
            soft = int(np.clip(loud + rng.normal(0, 4) - 4 * (j > 0), 15, 122))
            extra.append((start + j * step, held, tone, soft, source, int(note["turn"])))
    return np.concatenate([notes[keep], np.array(extra, PLAYED)]) if extra else notes


def _neighbour(notes: NDArray[Any], k: int, way: int) -> int:
    """The next note above (1) or below (-1) in the scale of the notes around."""
    pitch = int(notes["pitch"][k])
    near = np.abs(notes["onset"] - notes["onset"][k]) < 8
    counts = np.bincount(notes["pitch"][near] % 12, minlength=12)
    whole, half = counts[(pitch + 2 * way) % 12], counts[(pitch + way) % 12]
    return int(np.clip(pitch + way * (2 if whole >= half else 1), 21, 108))


def slip(
    notes: NDArray[Any],
    groups: list[NDArray[np.int64]],
    manner: Manner,
    rng: np.random.Generator,
) -> NDArray[Any]:
    """Omit notes and play wrong ones, rarely; an onset never loses all its notes."""
    missing, wrong = rng.uniform(0, manner.missing), rng.uniform(0, manner.wrong)
    keep = np.ones(len(notes), bool)
    for group in groups:
        if len(group) > 1:
            drop = group[rng.random(len(group)) < missing]
            keep[drop[: len(group) - 1]] = False
    off = rng.random(len(notes)) < wrong
    shift = rng.choice([-2, -1, 1, 2], len(notes))
    pitch = np.clip(notes["pitch"].astype(int) + np.where(off, shift, 0), 21, 108)
    notes["pitch"] = pitch.astype(np.uint8)
    notes["source"] = np.where(off, -1, notes["source"])
    return notes[keep]


def release(notes: NDArray[Any]) -> NDArray[Any]:
    """Sort notes, and end a note where its key is struck again."""
    notes = np.sort(notes, order=["onset", "pitch"])
    for pitch in np.unique(notes["pitch"]):
        mine = np.flatnonzero(notes["pitch"] == pitch)
        room = np.diff(notes["onset"][mine])
        held = notes["duration"][mine]
        held[:-1] = np.minimum(held[:-1], np.maximum(0.02, room - 0.005))
        notes["duration"][mine] = held
    return notes
