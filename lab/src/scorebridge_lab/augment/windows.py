"""Augmentation of batches of windows, on the training device.

Sheet: shift, scale, rotation, ink spread and loss, blur, contrast, noise, hard threshold.
Audio: shift, stretch, gain, equaliser, detuning, noise floor, frequency and time masks.
Each change has its own chance per window. About 40 ms for 128 pairs on one core.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from scorebridge.audio.spectrogram import BANDS, WINDOW_FRAMES
from scorebridge.score.strips import WINDOW_HEIGHT, WINDOW_WIDTH
from scorebridge_lab.spectra import SPEC_SCALE


@dataclass(frozen=True)
class Strength:
    """Maximum change of each kind. `NONE` only cuts the middle."""

    shift_x: float = 2.0  # strip px
    shift_y: float = 2.0
    scale: float = 0.06
    turn: float = 0.02  # rad
    ink: float = 1.0  # factor on the chances of all ink and paper changes
    shift_t: float = 0.7  # frames
    stretch: float = 0.2
    gain_db: float = 8.0
    equaliser_db: float = 9.0
    detune: float = 0.35  # bands of 75 cents
    noise: float = 1.0  # factor on the chances of noise and masks
    press: float = 0.0  # share of sheet windows like library scans
    live: float = 0.0  # share of audio windows like real recordings
    edge: float = 0.15  # share of windows that end in blank paper or silence


FULL = Strength()
LIKE_LIFE = Strength(press=0.7, live=0.7)  # most windows like real scans and recordings
MIXED = Strength(press=0.4, live=0.4)  # the shipped weights: both kinds of windows
PRECISE = replace(MIXED, shift_x=1.0, shift_t=0.4, stretch=0.1, edge=0.3)  # places exact to a note
NONE = Strength(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, edge=0)


def _uniform(n: int, low: float, high: float, like: Tensor) -> Tensor:
    return torch.rand(n, device=like.device) * (high - low) + low


def _some(x: Tensor, chance: float, change: Callable[[Tensor], Tensor]) -> Tensor:
    """Apply `change` to a random share of the windows."""
    rows = (torch.rand(len(x), device=x.device) < chance).nonzero().squeeze(1)
    if len(rows):
        x[rows] = change(x[rows])
    return x


def _amount(like: Tensor, maximum: float = 1.0) -> Tensor:
    """A random factor for each window, [n, 1, 1]."""
    return torch.rand(len(like), 1, 1, device=like.device) * maximum


def _resample(x: Tensor, theta: Tensor, height: int, width: int, mode: str = "bilinear") -> Tensor:
    """Sample [n, H, W] at `height` x `width` places; theta [n, 2, 3] in px about the middle."""
    return (_warp if x.device.type == "cpu" else _grid)(x, theta, height, width, mode)


def _grid(x: Tensor, theta: Tensor, height: int, width: int, mode: str) -> Tensor:
    tall, wide = x.shape[1:]
    theta = theta.clone()
    # affine_grid works in units of half the image; outputs span [-1, 1] as well.
    theta[:, 0, 0] *= width / wide
    theta[:, 0, 1] *= height / wide
    theta[:, 1, 0] *= width / tall
    theta[:, 1, 1] *= height / tall
    theta[:, 0, 2] *= 2 / wide
    theta[:, 1, 2] *= 2 / tall
    grid = functional.affine_grid(theta, [len(x), 1, height, width], align_corners=False)
    return functional.grid_sample(
        x.unsqueeze(1), grid, mode=mode, padding_mode="border", align_corners=False
    ).squeeze(1)


def _warp(x: Tensor, theta: Tensor, height: int, width: int, mode: str) -> Tensor:
    """`_grid` by OpenCV, four to seven times as fast on a CPU."""
    flags = (cv2.INTER_LINEAR if mode == "bilinear" else cv2.INTER_CUBIC) | cv2.WARP_INVERSE_MAP
    source, matrices = x.contiguous().numpy(), theta.double().numpy()
    middle_in = (np.array(source.shape[:0:-1]) - 1) / 2
    middle_out = (np.array([width, height]) - 1) / 2
    shift = matrices[:, :, 2] + middle_in - matrices[:, :, :2] @ middle_out
    matrices = np.concatenate([matrices[:, :, :2], shift[:, :, None]], 2)
    out = np.empty((len(source), height, width), np.float32)
    for image, matrix, target in zip(source, matrices, out, strict=True):
        cv2.warpAffine(image, matrix, (width, height), target, flags, cv2.BORDER_REPLICATE)
    return torch.from_numpy(out)


def _shift(x: Tensor, dy: int, dx: int) -> Tensor:
    return torch.roll(x, (dy, dx), (1, 2))


def _ink_spread(x: Tensor) -> Tensor:
    wide = torch.maximum(torch.maximum(x, _shift(x, 0, 1)), _shift(x, 1, 0))
    return x + _amount(x) * (wide - x)


def _ink_loss(x: Tensor) -> Tensor:
    around = (_shift(x, 0, 1) + _shift(x, 1, 0) + _shift(x, 0, -1) + _shift(x, -1, 0)) / 4
    return x + _amount(x) * (torch.minimum(x, around) - x)


def _blur(x: Tensor) -> Tensor:
    around = _shift(x, 0, 1) + _shift(x, 1, 0) + _shift(x, 0, -1) + _shift(x, -1, 0)
    return x + _amount(x) * ((2 * x + around) / 6 - x)


def _contrast(x: Tensor) -> Tensor:
    middle = 0.25 + _amount(x, 0.25)
    steep = torch.exp(math.log(3) + _amount(x, math.log(16 / 3)))
    return torch.sigmoid((x - middle) * steep)


def _press(x: Tensor) -> Tensor:
    """Broad, crisp black on white, like old prints scanned in black and white and downsampled.

    Windows of engravings have half the ink on staff lines, softer edges and greyer paper than those
    of real scans (`studies.realism`).
    """
    sides = (_shift(x, 1, 0) + _shift(x, -1, 0)) / 2
    rough = torch.randn_like(x)
    rough = (rough + _shift(rough, 0, 1) + _shift(rough, 0, -1)) / 1.73
    edge = (x * (1.2 - x)).clamp(min=0).sqrt()
    x = x + (0.2 + _amount(x, 0.4)) * (x - sides) + _amount(x, 0.08) * rough * edge
    x = (x * (1.4 + _amount(x, 1.0))).clamp(0, 1)
    around = _shift(x, 0, 1) + _shift(x, 1, 0) + _shift(x, 0, -1) + _shift(x, -1, 0)
    return x + _amount(x, 0.4) * ((4 * x + around) / 8 - x)


def _paper(x: Tensor) -> Tensor:
    return x + _amount(x, 0.25) * (1 - x)


def _grain(x: Tensor) -> Tensor:
    return x + _amount(x, 0.1) * torch.randn_like(x)


def _specks(x: Tensor) -> Tensor:
    return torch.maximum(x, (torch.rand_like(x) < 0.004).float())


def places_along(x: Tensor, axis: int) -> Tensor:
    """0, 1, 2 ... along axis 1 or 2 of [n, a, b], in a shape that broadcasts with it."""
    places = torch.arange(x.shape[axis], device=x.device)
    return places.view(1, -1, 1) if axis == 1 else places.view(1, 1, -1)


def _edge(x: Tensor, axis: int) -> Tensor:
    """Blank one end of an axis, up to near the middle."""
    places, length = places_along(x, axis), x.shape[axis]
    places = torch.where(_amount(x) < 0.5, places, length - 1 - places)
    return x.masked_fill(places < _amount(x, 0.45) * length, 0.0)


def sheet_windows(batch: Tensor, strength: Strength = FULL) -> Tensor:
    """uint8 [n, STRIP_HEIGHT, PAIR_COLUMNS], 255 white -> float [n, 80, 180], ink 1, paper 0."""
    n, s = len(batch), strength
    x = 1 - batch.float() / 255
    zoom = 1 + _uniform(n, -s.scale, s.scale, x)
    turn = _uniform(n, -s.turn, s.turn, x)
    pressed = torch.rand(n, device=x.device) < s.press if s.press else None
    if pressed is not None:
        turn[pressed] *= 0.3  # page reading straightens scans
    theta = torch.zeros(n, 2, 3, device=x.device)
    theta[:, 0, 0] = theta[:, 1, 1] = zoom
    theta[:, 0, 1], theta[:, 1, 0] = -turn, turn
    theta[:, 0, 2] = _uniform(n, -s.shift_x, s.shift_x, x)
    theta[:, 1, 2] = _uniform(n, -s.shift_y, s.shift_y, x)
    x = _resample(x, theta, WINDOW_HEIGHT, WINDOW_WIDTH)
    x = _some(x, s.edge, lambda part: _edge(part, 2))
    if pressed is None:
        return _aged(x, s.ink) if s.ink else x
    if pressed.any():
        x[pressed] = _press(x[pressed])
    if s.ink and not pressed.all():
        x[~pressed] = _aged(x[~pressed], s.ink)
    return x


def _aged(x: Tensor, chances: float) -> Tensor:
    """Changes of ink, paper and camera, each with its own chance."""
    for change, chance in (
        (_ink_spread, 0.3),
        (_ink_loss, 0.2),
        (_blur, 0.4),
        (_contrast, 0.4),
        (_paper, 0.3),
        (_grain, 0.35),
        (_specks, 0.12),
    ):
        x = _some(x, chance * chances, change)
    return x


def _equaliser(n: int, decibels: float, like: Tensor) -> Tensor:
    """Smooth random curves over the bands, factors on the magnitude [n, 1, BANDS]."""
    points = torch.randn(n, 1, 7, device=like.device) * decibels / 2
    curve = functional.interpolate(points, size=BANDS, mode="linear", align_corners=True)
    return torch.exp(curve * (math.log(10) / 20))


def _noise_floor(m: Tensor) -> Tensor:
    level = torch.exp(math.log(0.005) + _amount(m, math.log(0.25 / 0.005)))
    return m + level * _equaliser(len(m), 9.0, m) * torch.rand_like(m).add(0.3)


def _room(m: Tensor) -> Tensor:
    """Reverberation: an exponential tail over four frames (0.2 s)."""
    decay, tail = 0.2 + _amount(m, 0.55), m
    for k in range(1, 5):
        tail = torch.maximum(tail, functional.pad(m, (0, 0, k, 0))[:, :-k] * decay**k)
    return tail


def _roll_off(m: Tensor) -> Tensor:
    """Attenuate the treble by up to 14 dB in the highest band, as distant microphones do."""
    slope = torch.linspace(-1, 1, BANDS, device=m.device).clamp(min=0)
    return m * torch.exp(_amount(m, -14 * math.log(10) / 20) * slope)


def _mask(x: Tensor, axis: int, maximum: int) -> Tensor:
    places, start, width = places_along(x, axis), _amount(x, x.shape[axis]), _amount(x, maximum)
    return x.masked_fill((places >= start) & (places < start + width), 0.0)


def audio_windows(batch: Tensor, strength: Strength = FULL, pace: Tensor | None = None) -> Tensor:
    """uint8 [n, PAIR_FRAMES, BANDS] (see `spectra`) -> float [n, 84, 92], log10(1 + x).

    pace : [n], frames of the batch that one frame of a window spans; by default 1.
    """
    live = torch.rand(len(batch), device=batch.device) < strength.live
    pace = torch.ones(len(batch), device=batch.device) if pace is None else pace
    out = torch.empty(len(batch), WINDOW_FRAMES, BANDS, device=batch.device)
    for kind, rows in ((True, live), (False, ~live)):
        if rows.any():
            out[rows] = _sounds(batch[rows], strength, kind, pace[rows])
    return _some(out, strength.edge, lambda part: _edge(part, 1))


def _sounds(batch: Tensor, s: Strength, live: bool, pace: Tensor) -> Tensor:
    """Augment spectrograms. live : keep attacks crisp, treble soft, and mask nothing."""
    n = len(batch)
    x = batch.float() / SPEC_SCALE
    theta = torch.zeros(n, 2, 3, device=x.device)
    theta[:, 0, 0] = 1
    theta[:, 1, 1] = pace * torch.exp(_uniform(n, -s.stretch, s.stretch, x))
    theta[:, 0, 2] = _uniform(n, -s.detune, s.detune, x)
    theta[:, 1, 2] = _uniform(n, -s.shift_t, s.shift_t, x)
    # Straight lines between frames would soften attacks and partials by half a frame.
    x = _resample(x, theta, WINDOW_FRAMES, BANDS, "bicubic" if live else "bilinear")
    x = x.clamp(min=0) if live else x
    if not s.noise:
        return x
    m = torch.pow(10.0, x) - 1
    gain = torch.pow(10.0, _uniform(n, -s.gain_db, s.gain_db, x) / 20).view(-1, 1, 1)
    m = m * gain * _equaliser(n, s.equaliser_db, x)
    m = _some(m, 0.5 * s.noise, _noise_floor)
    m = _some(m, 0.35 * s.noise, _room)
    if live:
        return torch.log10(1 + _roll_off(m))
    x = torch.log10(1 + m)
    x = _some(x, 0.25 * s.noise, lambda part: _mask(part, 2, 12))
    return _some(x, 0.25 * s.noise, lambda part: _mask(part, 1, 10))
