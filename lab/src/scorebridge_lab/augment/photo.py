"""Photographs of pages, simulated in space, for the evaluation of page reading alone.

A page is a sheet bent about upright axes (an open book near its spine, a wave in loose paper). It
lies on a table under uneven light. A pinhole camera with the field of view of a telephone looks at
it from an angle. `scan.py`, which training uses, has no code in common with this module: it bends
pictures in the plane.

    sheet (arc length s, height t) -> place in space -> rotated by roll, pitch, yaw -> projected

Cost: 0.2 s for 3 megapixels, 0.8 s for 12.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

FOCAL = 0.75  # of the picture's long side: 26 mm on 36 mm film, a telephone's main camera
MARGIN = 0.06  # of the picture's sides left free around the page, about
STEPS = 400  # places along the sheet at which its bend is integrated
GRID = 12  # px between places of the photograph that are traced back to the sheet

Grey = NDArray[np.uint8]
Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Photo:
    """How a page is photographed. All zero: from straight above, flat, evenly lit."""

    yaw: float = 0.0  # degrees by which the camera stands to the right
    pitch: float = 0.0  # degrees by which it looks at the page from below
    roll: float = 0.0  # degrees by which it is turned
    spine: float = 0.0  # degrees by which the sheet rises at its left edge, as towards a spine
    reach: float = 0.15  # of the width over which that rise fades to 1/e
    wave: float = 0.0  # degrees of slope of a wave across the sheet
    megapixels: float = 8.0
    light: float = 0.0  # share of the light lost from the brightest corner to the darkest
    towards: float = 0.0  # radians: where that light comes from
    shadow: float = 0.0  # share of the light that a soft-edged shadow takes
    table: float = 90.0  # grey level around the page
    blur: float = 0.0  # px, standard deviation
    grain: float = 0.0  # grey levels
    quality: int = 85  # JPEG


def draw_photo(rng: np.random.Generator, strength: float = 1.0) -> Photo:
    """A random photograph with a perspective of up to 25 degrees times `strength`."""
    tilt, around = strength * rng.uniform(0, 25), rng.uniform(0, 2 * np.pi)
    return Photo(
        yaw=float(tilt * np.cos(around)),
        pitch=float(tilt * np.sin(around)),
        roll=float(strength * rng.normal(0, 2)),
        spine=float(strength * rng.uniform(0, 35) * (rng.random() < 0.5)),
        reach=float(rng.uniform(0.08, 0.25)),
        wave=float(strength * rng.uniform(0, 6) * (rng.random() < 0.5)),
        megapixels=float(rng.uniform(3, 12)),
        light=float(strength * rng.uniform(0, 0.5)),
        towards=float(rng.uniform(0, 2 * np.pi)),
        shadow=float(strength * rng.uniform(0, 0.5) * (rng.random() < 0.6)),
        table=float(rng.uniform(20, 200)),
        blur=float(strength * rng.uniform(0, 1.2)),
        grain=float(strength * rng.uniform(0, 8)),
        quality=int(rng.integers(60, 95)),
    )


@dataclass(frozen=True, slots=True)
class View:
    """A camera and a sheet: maps places of the page to places of the photograph."""

    photo: Photo
    shape: tuple[int, int]
    """Height and width of the photograph, px."""
    page: tuple[int, int]
    """Height and width of the flat page, px."""
    along: Points
    """[STEPS, 2]: x and z in space of the sheet along its width, in page widths."""
    distance: float
    shift: tuple[float, float]
    scale: float

    @classmethod
    def of(cls, page: tuple[int, int], photo: Photo) -> View:
        """The view from where a page of `page` px (height, width) fills the picture."""
        height, width = page
        tall = height >= width
        long = np.sqrt(photo.megapixels * 1e6 * 4 / 3)
        shape = (round(long), round(long * 3 / 4)) if tall else (round(long * 3 / 4), round(long))
        s = np.linspace(0, 1, STEPS)
        angle = np.radians(photo.spine) * np.exp(-s / photo.reach)
        angle = angle - np.radians(photo.wave) * np.sin(2 * np.pi * s)
        steps = np.stack([np.cos(angle), np.sin(angle)], 1) / (STEPS - 1)
        along = np.concatenate([np.zeros((1, 2)), np.cumsum(steps[1:], 0)])
        along -= along.mean(0)
        aspect = height / width
        # Far enough for the page to fit at the given focal length, then scaled to fill.
        distance = 1.15 * FOCAL * max(shape) / min(shape[1], shape[0] / aspect)
        view = cls(photo, shape, page, along, float(distance), (0.0, 0.0), 1.0)
        rim = np.array([[x, y] for x in np.linspace(0, width, 9) for y in (0, height)], float)
        seen = view.project(rim)
        low, high = seen.min(0), seen.max(0)
        scale = float((1 - 2 * MARGIN) * (np.array(shape[::-1]) / (high - low)).min())
        middle = (low + high) / 2 * scale
        shift = (shape[1] / 2 - float(middle[0]), shape[0] / 2 - float(middle[1]))
        return cls(photo, shape, page, along, float(distance), shift, scale)

    def project(self, points: Points) -> Points:
        """Map places of the flat page, [n, 2] px (x, y), to places of the photograph."""
        height, width = self.page
        s, t = points[:, 0] / width, (points[:, 1] - height / 2) / width
        at = np.linspace(0, 1, STEPS)
        x = np.interp(s, at, self.along[:, 0]) + np.where(s < 0, s, 0) + np.where(s > 1, s - 1, 0)
        z = np.interp(s, at, self.along[:, 1])
        space = np.stack([x, t, z], 1) @ self._turn().T
        depth = self.distance + space[:, 2]
        flat = space[:, :2] / depth[:, None] * FOCAL * max(self.shape)
        return flat * self.scale + self.shift

    def _turn(self) -> Points:
        yaw, pitch, roll = np.radians([self.photo.yaw, self.photo.pitch, self.photo.roll])
        about_y = np.array(
            [[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]]
        )
        about_x = np.array(
            [[1, 0, 0], [0, np.cos(pitch), np.sin(pitch)], [0, -np.sin(pitch), np.cos(pitch)]]
        )
        about_z = np.array(
            [[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]]
        )
        return about_z @ about_x @ about_y

    def trace(self, points: Points) -> Points:
        """Map places of the photograph, [n, 2] px, to the plane of the flat page."""
        height, width = self.page
        corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
        there = self.project(corners.astype(float)).astype(np.float32)
        near = cv2.getPerspectiveTransform(there, corners)

        def back(places: Points) -> Points:
            return cv2.perspectiveTransform(places[None], near)[0]

        # The homography of the corners is nearly right; iterate on its error.
        found = back(points)
        for _ in range(15):
            found = found + back(points) - back(self.project(found))
        return found


def photograph(image: Grey, photo: Photo, rng: np.random.Generator) -> tuple[Grey, View]:
    """Photograph a flat page, uint8 [height, width], 255 white; returns picture and view."""
    view = View.of((image.shape[0], image.shape[1]), photo)
    height, width = view.shape
    rows, columns = height // GRID + 2, width // GRID + 2
    x, y = np.meshgrid(np.arange(columns) * GRID, np.arange(rows) * GRID)
    back = view.trace(np.stack([x.ravel(), y.ravel()], 1).astype(float)).reshape(rows, columns, 2)
    maps = [_enlarged(back[..., k], (height, width)) for k in (0, 1)]
    source = _softened(image, view)
    table = photo.table + 6 * _clouds((height, width), 40, rng)
    seen = cv2.remap(
        source, maps[0] - 0.5, maps[1] - 0.5, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    ).astype(np.float32)
    inside = (maps[0] >= 0) & (maps[0] < image.shape[1])
    inside &= (maps[1] >= 0) & (maps[1] < image.shape[0])
    seen = np.where(inside, 20 + 0.85 * seen, table)
    seen *= _light(view, rng)
    if photo.blur:
        seen = cv2.GaussianBlur(seen, (0, 0), max(0.2, photo.blur))
    if photo.grain:
        seen = seen + photo.grain * rng.standard_normal(seen.shape, np.float32)
    stored = cv2.imencode(
        ".jpg", np.clip(seen, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, photo.quality]
    )[1]
    return np.asarray(cv2.imdecode(stored, cv2.IMREAD_GRAYSCALE), np.uint8), view


def _enlarged(coarse: Points, shape: tuple[int, int]) -> NDArray[np.float32]:
    """Interpolate values at every `GRID`-th px to every px."""
    y, x = (np.arange(n, dtype=np.float32) / GRID for n in shape)
    grid_x, grid_y = np.meshgrid(x, y)
    return cv2.remap(coarse.astype(np.float32), grid_x, grid_y, cv2.INTER_LINEAR)  # pyright: ignore


def _softened(image: Grey, view: View) -> Grey:
    """The page blurred to the resolution of the camera."""
    across = view.project(np.array([[0.0, 0.0], [image.shape[1], 0.0]]))
    shrink = float(np.linalg.norm(across[1] - across[0])) / image.shape[1]
    if shrink >= 1:
        return image
    return np.asarray(cv2.GaussianBlur(image, (0, 0), 0.45 / shrink), np.uint8)


def _light(view: View, rng: np.random.Generator) -> NDArray[np.float32]:
    """The share of light at each px: a gradient and a soft-edged shadow."""
    height, width = view.shape
    photo = view.photo
    x = np.linspace(-0.5, 0.5, width, dtype=np.float32)[None]
    y = np.linspace(-0.5, 0.5, height, dtype=np.float32)[:, None]
    side = np.cos(photo.towards) * x + np.sin(photo.towards) * y
    light = 1 - photo.light * (0.5 + 0.7 * side)
    if photo.shadow:  # a hand or the telephone itself: a half plane with a wavy, soft edge
        angle, where = rng.uniform(0, 2 * np.pi), rng.uniform(-0.2, 0.3)
        edge = np.cos(angle) * x + np.sin(angle) * y - where
        edge = edge + 0.04 * np.sin(9 * (np.cos(angle) * y - np.sin(angle) * x))
        light = light * (1 - photo.shadow / (1 + np.exp(-edge / rng.uniform(0.01, 0.06))))
    return np.asarray(light, np.float32)


def _clouds(shape: tuple[int, int], size: float, rng: np.random.Generator) -> NDArray[np.float32]:
    cells = (max(3, round(shape[0] / size)), max(3, round(shape[1] / size)))
    coarse = rng.standard_normal(cells, np.float32)
    return np.asarray(cv2.resize(coarse, shape[::-1], interpolation=cv2.INTER_CUBIC), np.float32)
