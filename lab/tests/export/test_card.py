"""Figures of evaluations in an encoder's card."""

import json
from pathlib import Path

import pytest

from scorebridge.encode.runtime import OpenVinoEncoder
from scorebridge_lab.errors import LabError
from scorebridge_lab.export.card import add_figures


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "model"
    path.mkdir()
    (path / "card.json").write_text(json.dumps({"name": "toy", "dim": 4, "figures": {"old": {}}}))
    for side in ("sheet", "audio"):
        (path / f"{side}.xml").write_text(f"<{side}/>")
    return path


def evaluation(path: Path, encoder: str, **record) -> Path:
    path.write_text(json.dumps({"encoder": encoder, **record}))
    return path


def test_figures_of_every_form_come_into_the_card(folder: Path, tmp_path: Path):
    name = OpenVinoEncoder(folder).info.name
    row = {"what": "10 s, align", "direction": "A2S", "queries": 3, "mrr": 0.51234, "r5": 1.0}
    files = [
        evaluation(
            tmp_path / "pieces.json",
            name,
            title="scans",
            rows=[row | {"mrr_95": [0.4, 0.625], "r1_95": None}],
            sizes=[{"direction": "A2S", "documents": n, "mrr": 0.5} for n in (100, 300)],
            failures=["x at rank 2"],
        ),
        evaluation(
            tmp_path / "bars.json",
            name,
            rows=[{"row": {"what": "bars", "figures": {"queries": 9}}, "in_piece": 0.25}],
        ),
        evaluation(tmp_path / "robust.json", name, curves={"tempo": [{"value": 0.5, "a2s": 0.75}]}),
        evaluation(tmp_path / "links.json", name, pairs=115, precision=1.0, errors={"near": 0.25}),
    ]
    add_figures(folder, files)
    card = json.loads((folder / "card.json").read_text())
    assert card["name"] == "toy"
    assert card["figures"] == {
        "old": {},
        "pieces": {
            "title": "scans",
            "10 s, align, A2S": "queries 3, mrr 0.5123 (0.4-0.625)",
            "A2S, 100 documents": "mrr 0.5",
            "A2S, 300 documents": "mrr 0.5",
        },
        "bars": {"bars": "in_piece 0.25, queries 9"},
        "robust": {"tempo, 0.5": "a2s 0.75"},
        "links": {"pairs": "115", "precision": "1", "errors": "near 0.25"},
    }


def test_figures_of_another_encoder_are_refused(folder: Path, tmp_path: Path):
    before = (folder / "card.json").read_text()
    with pytest.raises(LabError, match=r"other\.json: figures of toy-0, the card is of toy-"):
        add_figures(folder, [evaluation(tmp_path / "other.json", "toy-0", rows=[])])
    (tmp_path / "list.json").write_text("[]")
    for name in ("list.json", "none.json"):
        with pytest.raises(LabError, match=rf"{name}: not the JSON of an evaluation"):
            add_figures(folder, [tmp_path / name])
    assert (folder / "card.json").read_text() == before
