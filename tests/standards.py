"""Schemas of the standards that exports follow: not part of the project, so tests look for them.

`$SCOREBRIDGE_SCHEMAS`, else `../shared/schemas`, holds MEI's RelaxNG, the JSON schema of IIIF's
validator, and the JSON-LD contexts.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(
    os.environ.get("SCOREBRIDGE_SCHEMAS", Path(__file__).parents[2] / "shared" / "schemas")
)
CONTEXTS = {
    "http://iiif.io/api/presentation/3/context.json": "iiif_presentation_3_context.json",
    "http://www.w3.org/ns/anno.jsonld": "anno.jsonld",
    "http://iiif.io/api/image/3/context.json": "iiif_image_3_context.json",
}


def schema_file(name: str) -> Path:
    """A schema, or the test is skipped."""
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"{name} is not in {FOLDER} (SCOREBRIDGE_SCHEMAS names its folder)")
    return path


def presentation_flaws(record: Any) -> list[str]:
    """What the schema of IIIF's validator finds wrong."""
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    schema = json.loads(schema_file("iiif_presentation_3.json").read_text("utf-8"))
    return [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(record)]


def load_context(url: str, options: Any) -> dict[str, Any]:
    """The loader of PyLD: contexts from files, nothing from the network.

    Those of services that no record has are empty; IIIF's context names them all.
    """
    name = CONTEXTS.get(url)
    document = json.loads(schema_file(name).read_text("utf-8")) if name else {"@context": {}}
    return {"contextUrl": None, "documentUrl": url, "document": document}
