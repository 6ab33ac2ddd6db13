"""`scorebridge-lab evaluate`: the commands that print figures, collected."""

from __future__ import annotations

from cyclopts import App

from scorebridge_lab.cli import (
    evaluate_alignment,
    evaluate_direction,
    evaluate_finding,
    evaluate_pages,
    evaluate_retrieval,
)

app = App(name="evaluate", help="Print the figures of an encoder or of the page reader.")
for _command in (
    evaluate_retrieval.snippets,
    evaluate_retrieval.bars,
    evaluate_retrieval.robustness,
    evaluate_finding.pieces,
    evaluate_finding.fragments,
    evaluate_finding.ensembles,
    evaluate_finding.rejection,
    evaluate_finding.links,
    evaluate_alignment.alignment,
    evaluate_alignment.following,
    evaluate_pages.layout,
    evaluate_direction.direction,
    evaluate_pages.parts,
):
    app.command(_command)
