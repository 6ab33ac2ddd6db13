"""`scorebridge-lab ship | card | calibrate`: what leaves training."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from scorebridge_lab.cli.shared import console
from scorebridge_lab.training.packed_sources import PACKED, packed_folders


def ship(
    run: Path,
    target: Path,
    *,
    name: str,
    about: Path | None = None,
    also: Annotated[tuple[Path, ...], Parameter(consume_multiple=True, negative=())] = (),
    eight_bits: Annotated[bool, Parameter(negative=())] = False,
    data: Annotated[tuple[str, ...], Parameter(consume_multiple=True, negative=())] = PACKED,
) -> int:
    """Export a run of our pair as an encoder that the product loads.

    Parameters
    ----------
    run
        Its folder, or its name in the lab's home.
    target
        Folder of the encoder.
    name
        Of the encoder.
    about
        JSON added to the card.
    also
        Further runs of our pair; the mean of all their weights is shipped.
    eight_bits
        Products in whole numbers of 8 bits, two to three times as fast on processors.
    data
        Packed sources whose windows set the ranges of those, as for `train`.
    """
    from scorebridge_lab.export.eight_bit import training_windows
    from scorebridge_lab.export.weights import ship as export
    from scorebridge_lab.home import run_folder

    windows = training_windows(packed_folders(data)) if eight_bits else None
    facts = json.loads(about.read_text()) if about else {}
    others = [run_folder(other) for other in also]
    export(run_folder(run), target, name, facts, windows, others)
    console.print(f"shipped: {target}", markup=False)
    return 0


def card(model: Path, *files: Path) -> int:
    """Put figures into an encoder's card: the output of `evaluate ... --json`, a file each.

    Parameters
    ----------
    model
        Folder of the encoder.
    files
        The card names figures by the file's name without its suffix.
    """
    from scorebridge_lab.export.card import add_figures

    add_figures(model, files)
    console.print(f"{model / 'card.json'}: {len(files)} evaluations", markup=False)
    return 0


def calibrate(
    *, model: str | None = None, pieces: int = 240, seed: int = 0, same: float | None = None
) -> int:
    """Fit the confidences of an encoder on packed training pieces; minutes on one core.

    Writes `confidence.json` beside its networks.

    Parameters
    ----------
    model
        Folder of the encoder, by default the one that ships.
    pieces
        At most so many, evenly spaced over all that are packed.
    seed
        Of everything that is drawn at random.
    same
        Likeness from which two documents are of one work; where it is not given, measured on
        half as many packed pieces that have two performances.
    """
    from scorebridge.encode.calibration import GENERIC, save_calibration
    from scorebridge.encode.encoder import MODELS
    from scorebridge.encode.runtime import OpenVinoEncoder
    from scorebridge_lab.export.calibrate import calibrate as fit
    from scorebridge_lab.export.calibrate import subjects

    folder = MODELS / (model or "default")
    # A calibration of an earlier version, which the fit replaces, must not keep it from loading.
    encoder = OpenVinoEncoder(folder if folder.is_dir() else Path(model or ""), calibration=GENERIC)
    twice = subjects(encoder, pieces // 2, seed, performances=2) if same is None else ()
    calibration = fit(subjects(encoder, pieces, seed), seed, same, twice)
    path = save_calibration(calibration, encoder.folder)
    console.print(f"calibrated: {path}, accept {calibration.accept}, same {calibration.same}")
    for name, value in calibration.about.items():
        console.print(f"  {name}: {value}", markup=False, highlight=False)
    return 0
