"""The commands of `scorebridge-lab evaluate` that judge encoders by their windows.

`evaluate.py` mounts them; those that judge finding and aligning stand there.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter
from rich.table import Table

from scorebridge_lab.cli.shared import AsJson, console, need_train, print_rows, with_interval
from scorebridge_lab.errors import LabError


def snippets(
    *,
    set: Literal["msmd-test", "msmd-valid"] = "msmd-test",
    candidates: Annotated[tuple[int, ...], Parameter(consume_multiple=True)] = (2000, 10000),
    model: str | None = None,
    as_json: AsJson = False,
    failures: bool = False,
) -> int:
    """Snippet retrieval on rebuilt MSMD, both ways, on the piano that training never hears.

    Parameters
    ----------
    failures : also say of what kind the errors are, audio to sheet among the most candidates.
    model : an encoder, or the folder of a papers' run, which is judged on its own test set with
        its own windows (see `lab evaluate paper`).
    """
    from scorebridge.encode.encoder import load_encoder

    if model is not None and is_run(model):
        return paper(Path(model), candidates=candidates[-1], as_json=as_json)
    from scorebridge_lab.evaluate.identification import snippets as evaluate

    encoder, rows, count = load_encoder(model), [], 0
    for number in candidates:
        count, more = evaluate(encoder, set.removeprefix("msmd-"), number)
        rows += more
    if failures:
        raise LabError("evaluate snippets: --failures is not available")
    print_rows(f"{set}, {count} pieces, {encoder.name}", rows, as_json, {"encoder": encoder.name})
    return 0


def bars(
    *,
    set: Literal["scans-straight", "scans-human"] = "scans-straight",
    every: int = 1,
    model: str | None = None,
    as_json: AsJson = False,
) -> int:
    """Retrieval bar by bar on the real scans, both ways, with intervals over pieces.

    Parameters
    ----------
    every : only every so-many-th scan, as query and as candidate.
    """
    from dataclasses import asdict

    from scorebridge.encode.encoder import load_encoder
    from scorebridge_lab.evaluate.bar_retrieval import evaluate

    encoder = load_encoder(model)
    found = evaluate(encoder, every, of=set)
    if as_json:
        print(json.dumps({"encoder": encoder.name, "rows": [asdict(f) for f in found]}, indent=1))
        return 0
    heads = ("", "bars", "pieces", "candidates", "R@1", "R@10", "R@25", "MRR", "in its piece")
    table = Table(*heads, title=f"bars, {set}, {encoder.name}; 95 % intervals over pieces")
    for f in found:
        r = f.row.figures
        first, mrr = with_interval(r.r1, r.r1_95), with_interval(r.mrr, r.mrr_95)
        counts = (str(r.queries), str(f.pieces), str(f.candidates))
        rest = (f"{r.r10:.3f}", f"{r.r25:.3f}", mrr, f"{f.in_piece:.3f}")
        table.add_row(f.row.direction, *counts, first, *rest)
    console.print(table)
    return 0


def is_run(model: str) -> bool:
    """Whether `--model` names the folder of a papers' run."""
    settings = Path(model) / "settings.json"
    try:
        return json.loads(settings.read_text()).get("kind") == "paper"
    except (OSError, ValueError):
        return False


def paper(
    run: Path,
    *,
    table: Literal["snippets", "pieces", "alignment"] = "snippets",
    candidates: int | None = None,
    as_json: AsJson = False,
) -> int:
    """A papers' run on its own test set with its own windows: the table that its paper prints.

    Parameters
    ----------
    run : its folder, or its name.
    table : snippets (P1 2, P2 2, P3 3, P5 1), pieces (P2 3, P3 4, P5 2), alignment (P2 figure 7).
    candidates : pairs among which snippets are searched; by default the paper's number.
    """
    need_train()
    from scorebridge_lab.home import run_folder
    from scorebridge_lab.papers import evaluate as evaluate_model

    settings, pair = evaluate_model.load_run(run_folder(run))
    test = evaluate_model.judged_pieces(settings)
    title = f"{settings.name}, {len(test)} test pieces"
    if table == "alignment":
        error = evaluate_model.alignment(pair, test)
        if as_json:
            print(json.dumps({"title": title, **vars(error)}, indent=1))
        else:
            console.print(
                f"{title}: median error in page widths, linear {error.linear:.3f},"
                f" DTW {error.dtw:.3f} ({error.places} places)"
            )
        return 0
    if table == "pieces":
        rows = evaluate_model.pieces(settings, pair, test)
    else:
        rows = evaluate_model.snippets(settings, pair, test, candidates)
    print_rows(title, rows, as_json)
    return 0


def robustness(
    *sweeps: Literal[
        "tempo",
        "noise",
        "reverberation",
        "detuning",
        "gain",
        "skew",
        "blur",
        "resolution",
        "staff size",
    ],
    model: str | None = None,
    pieces: int = 40,
    out: Path | None = None,
    as_json: AsJson = False,
) -> int:
    """MRR of an encoder against one disturbance of sound or page at a time (rebuilt MSMD test).

    Parameters
    ----------
    sweeps : all by default.
    pieces : so many of the 100 test pieces, evenly spaced.
    out : folder for a picture of each curve.
    """
    from scorebridge.encode.encoder import load_encoder
    from scorebridge_lab.engrave.engraving import Engraving
    from scorebridge_lab.evaluate.robustness import SWEEPS, draw, measure
    from scorebridge_lab.home import home
    from scorebridge_lab.sources.mutopia import papers_test, read_pieces

    folder = home() / "engraved" / "msmd"
    paths = [folder / f"{p.name}.npz" for p in papers_test(read_pieces())]
    paths = [p for p in paths if p.exists()]
    if not paths:
        raise LabError(f"{folder}: no test pieces engraved. First: scorebridge-lab data msmd test")
    step = max(1, len(paths) // pieces)
    material, encoder = [Engraving.load(p) for p in paths[::step][:pieces]], load_encoder(model)
    curves = {name: measure(encoder, material, name) for name in sweeps or SWEEPS}
    if out is not None:
        draw(curves, out)
    title = f"{encoder.name}, {len(material)} pieces"
    if as_json:
        rows = {name: [p.asdict() for p in points] for name, points in curves.items()}
        print(json.dumps({"encoder": encoder.name, "title": title, "curves": rows}, indent=1))
        return 0
    table = Table("disturbance", "value", "queries", "found", "A2S", "S2A", title=title)
    for name, points in curves.items():
        for p in points:
            unit = f"{p.value:g} {SWEEPS[name].unit}"
            table.add_row(
                *(name, unit, str(p.queries), f"{p.found:.2f}", f"{p.a2s:.3f}", f"{p.s2a:.3f}")
            )
    console.print(table)
    return 0


def vectors(
    *,
    model: str | None = None,
    candidates: int = 10_000,
    bank: str = "polish",
    as_json: AsJson = False,
) -> int:
    """What 8 bits, fewer axes and corrections against hubs do to snippet retrieval (MSMD test).

    Parameters
    ----------
    bank : packed source in the lab's home from which means, axes and hubs are learned.
    """
    from scorebridge.encode.encoder import is_paced, load_encoder
    from scorebridge_lab.dataset.msmd import msmd_set
    from scorebridge_lab.dataset.pairs import fixed_pairs, read_pieces
    from scorebridge_lab.home import home
    from studies.vectors import study

    encoder, test = load_encoder(model), read_pieces([msmd_set("test")])
    others = read_pieces([home() / "packed" / bank])
    if not others:
        raise LabError(f"{home() / 'packed' / bank}: nothing packed there. First: lab data build")
    paced = is_paced(encoder)
    known_sheet, known_audio, _ = fixed_pairs(others, 2000, paced=paced)
    sheet, audio, owner = fixed_pairs(test, candidates, paced=paced)
    rows = study(
        encoder.sheet(sheet),
        encoder.audio(audio),
        owner,
        (encoder.sheet(known_sheet), encoder.audio(known_audio)),
    )
    title, extra = f"{encoder.name}, {len(test)} pieces, bank {bank}", {"encoder": encoder.name}
    print_rows(title, rows, as_json, extra)
    return 0
