"""`scorebridge-lab evaluate` commands about finding: pieces, fragments, rejection and links."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Annotated, Any, Literal

from cyclopts import Parameter
from rich.table import Table

from scorebridge_lab.cli.options import Options
from scorebridge_lab.cli.shared import console, print_json, print_rows

DEFAULT = Options()
Method = Literal["align", "votes", "votes-best", "votes-all", "constellation", "dtw", "sdtw"]
Lengths = Annotated[tuple[float, ...], Parameter(consume_multiple=True, negative=())]


def pieces(
    *,
    methods: Annotated[tuple[Method, ...], Parameter(consume_multiple=True, negative=())] = (
        "votes",
        "align",
    ),
    lengths: Lengths = (30.0, 10.0),
    options: Options = DEFAULT,
) -> int:
    """Identification of whole documents and of fragments, by any method (P4's table I).

    Parameters
    ----------
    methods
        Of ranking documents.
    lengths
        Of the fragments, in seconds.
    """
    from scorebridge_lab.benchmarks.document_sets import DocumentSet
    from scorebridge_lab.benchmarks.encoded import encode_set
    from scorebridge_lab.benchmarks.packed import PackedSet
    from scorebridge_lab.evaluate.identification import evaluate

    used = ("sets", "distractors", "stride", "limit", "model", "as_json", "failures")
    options.only("pieces", *used)
    sets = options.chosen("scans-straight", DocumentSet, PackedSet)
    encoder = options.encoder()
    others = options.encode_distractors(encoder)
    rows, failed = [], []
    for one in sets:
        material = encode_set(encoder, one, options.stride, options.limit)
        more, lines = evaluate(encoder, material, others, methods, lengths)
        label = f"{one.name}: " if len(sets) > 1 else ""
        rows += [replace(row, what=label + row.what) for row in more]
        failed += [label + line for line in lines]
    name = encoder.info.name
    title = f"{', '.join(one.name for one in sets)}{options.among}, {name}"
    print_rows(title, rows, options.as_json, {"encoder": name, "failures": failed})
    _print_failures(failed, options)
    return 0


def fragments(
    *,
    method: Method = "align",
    count: int = 300,
    sizes: Annotated[tuple[int, ...], Parameter(consume_multiple=True, negative=())] = (
        100,
        300,
        1000,
        3000,
    ),
    options: Options = DEFAULT,
) -> int:
    """Fragments of 3-80 s and of 2 bars to 8 systems (P4's table II), sizes (its figure 3).

    Parameters
    ----------
    method
        Of ranking documents.
    count
        Fragments of each length, drawn at random.
    sizes
        Documents of the collections; those that need more distractors are left out.
    """
    from scorebridge_lab.benchmarks.document_sets import DocumentSet
    from scorebridge_lab.benchmarks.encoded import encode_set
    from scorebridge_lab.evaluate.fragments import figure, table

    used = ("sets", "distractors", "stride", "limit", "model", "seed", "as_json", "failures")
    options.only("fragments", *used)
    one, encoder = options.one("scans-straight", DocumentSet), options.encoder()
    material = encode_set(encoder, one, options.stride, options.limit)
    others = options.encode_distractors(encoder)
    rows, failed = table(material, others, method, count, options.seed)
    points = figure(material, others, method, count, sizes, options.seed) if others else []
    lines = [
        {"direction": p.direction, "documents": p.documents, "seconds": p.seconds}
        | p.figures.asdict()
        for p in points
    ]
    name = encoder.info.name
    extra = {"encoder": name, "sizes": lines, "failures": failed}
    print_rows(f"{one.name}{options.among}, {name}", rows, options.as_json, extra)
    _print_failures(failed, options)
    if points and not options.as_json:
        shown = Table("", "documents", "queries", "R@1", "MRR", "s a query")
        for p in points:
            figures = (f"{p.figures.r1:.3f}", f"{p.figures.mrr:.3f}", f"{p.seconds:.3f}")
            shown.add_row(p.direction, str(p.documents), str(p.figures.queries), *figures)
        console.print(shown)
    return 0


def ensembles(*, lengths: Lengths = (30.0, 10.0), options: Options = DEFAULT) -> int:
    """Identification by kind of scoring, on works that judge and sounds never trained on.

    Parameters
    ----------
    lengths
        Of the fragments, in seconds.
    """
    from scorebridge_lab.benchmarks.evaluation_set import thinned
    from scorebridge_lab.dataset.ensembles import folder
    from scorebridge_lab.evaluate.ensembles import encode_works, table

    options.only("ensembles", "stride", "limit", "model", "as_json")
    encoder = options.encoder()
    files = thinned(sorted(folder("judge").glob("*.npz")), options.stride, options.limit)
    works = encode_works(encoder, files)
    name = encoder.info.name
    title = f"{len(works)} works of every scoring, {name}"
    print_rows(title, table(works, encoder, lengths), options.as_json, {"encoder": name})
    return 0


def rejection(*, lengths: Lengths = (30.0, 10.0), options: Options = DEFAULT) -> int:
    """Half of the queries have no counterpart: ROC, false accepts, calibration error.

    Parameters
    ----------
    lengths
        Of the fragments, in seconds.
    """
    from scorebridge_lab.benchmarks.document_sets import DocumentSet
    from scorebridge_lab.benchmarks.encoded import encode_set
    from scorebridge_lab.benchmarks.packed import PackedSet
    from scorebridge_lab.evaluate.identification import queries_of
    from scorebridge_lab.evaluate.rejection import rejection as evaluate

    used = ("sets", "distractors", "stride", "limit", "model", "as_json", "failures")
    options.only("rejection", *used)
    sets = options.chosen("scans-straight", DocumentSet, PackedSet)
    encoder = options.encoder()
    calibration, others = encoder.info.calibration, options.encode_distractors(encoder)
    found = []
    for one in sets:
        material = encode_set(encoder, one, options.stride, options.limit)
        for asked in queries_of(material, lengths):
            row = evaluate(asked, others.among(asked.direction), calibration)
            found.append(replace(row, what=f"{one.name}: {row.what}") if len(sets) > 1 else row)
    name = encoder.info.name
    if options.as_json:
        record = {"encoder": name, "accept": calibration.accept}
        print_json(record | {"rows": [asdict(row) for row in found]})
        return 0
    heads = ("", "", "queries", "ROC area", "false accepts", "found", "wrong", "error", "chance")
    names = ", ".join(one.name for one in sets)
    table = Table(*heads, title=f"{names}{options.among}, {name}, {calibration.accept:.2f}")
    for r in found:
        figures = (r.area, r.false_accepts, r.found, r.wrong, r.error, r.by_chance[0])
        table.add_row(r.what, r.direction, str(r.questions), *(f"{v:.3f}" for v in figures))
    console.print(table)
    _print_failures([f"{r.what} {r.direction}: {line}" for r in found for line in r.false], options)
    return 0


def links(*, options: Options = DEFAULT) -> int:
    """Link all scores and recordings of a set among distractors: precision and recall."""
    from scorebridge_lab.benchmarks.document_sets import DocumentSet
    from scorebridge_lab.benchmarks.encoded import encode_set
    from scorebridge_lab.benchmarks.packed import PackedSet
    from scorebridge_lab.evaluate.link_precision import link_set

    used = ("sets", "distractors", "stride", "limit", "model", "as_json", "failures")
    options.only("links", *used)
    one, encoder = options.one("scans-straight", DocumentSet, PackedSet), options.encoder()
    material = encode_set(encoder, one, options.stride, options.limit)
    others, accept = options.encode_distractors(encoder), encoder.info.calibration.accept
    found = link_set(material, others, encoder.info.calibration)
    precision, recall = found.at(accept)
    record: dict[str, Any] = {
        "pairs": found.pairs,
        "distractors": len(others),
        "threshold": accept,
        "precision": precision,
        "recall": recall,
        "precision at recall .95": found.precision_at(0.95),
    }
    if options.as_json:
        print_json({"encoder": encoder.info.name, **record})
        return 0
    for name, value in record.items():
        console.print(f"{name}: {value:.4f}" if isinstance(value, float) else f"{name}: {value}")
    _print_failures(found.failures(material, accept), options)
    return 0


def _print_failures(lines: list[str], options: Options) -> None:
    if options.failures and not options.as_json:
        print("\n".join(lines))
