"""Payloads survive the queue, and the three kinds of query are told apart."""

import json

import pytest
from pydantic import ValidationError

from scorebridge.server import payloads
from scorebridge.server.payloads import Payload

ID = "ab" * 32


@pytest.mark.parametrize(
    "payload",
    [
        payloads.AddUpload("x.png", ID, "étude.png"),
        payloads.CorrectPage(ID, 2, [{"box": [0.0, 0.0, 1.0, 1.0]}]),
        payloads.CorrectPage(ID, 2, None),
        payloads.CorrectPage(ID, 2, None, 270),
        payloads.FindByFile("x.png", ID, 10, "align"),
        payloads.FindByRegion(ID, 1, [0.0, 0.0, 1.0, 1.0], 10, "align"),
        payloads.FindBySpan(ID, 1.5, 3.0, 10, "align"),
        payloads.UpdateLinks(),
        payloads.AlignPair(ID, ID, {"pins": [], "sections": []}),
        payloads.ExportPair(ID, ID, "iiif", "http://localhost/api/v1"),
    ],
)
def test_a_payload_comes_back_from_json(payload: Payload) -> None:
    record = json.loads(json.dumps(payloads.to_record(payload)))
    assert payloads.from_record(payloads.kind_of(payload), record) == payload


def test_a_damaged_payload_is_an_error() -> None:
    with pytest.raises(ValidationError):
        payloads.from_record("find", {"document": ID})
