"""The server against its own description, asked by schemathesis. The long form:

schemathesis --config-file tests/server/schemathesis.toml run http://127.0.0.1:8765/api/v1/openapi.json
"""

from pathlib import Path

import pytest
import schemathesis
from conftest import Live
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

CONFIG = SchemathesisConfig.from_path(Path(__file__).with_name("schemathesis.toml"))


@pytest.fixture(scope="module")
def described(live: Live):
    """The description, as the server gives it."""
    return schemathesis.openapi.from_url(f"{live.address}api/v1/openapi.json", config=CONFIG)


schema = schemathesis.pytest.from_fixture("described")


@schema.exclude(path_regex="/events$").parametrize()
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
def test_answers_are_as_described(case: schemathesis.Case) -> None:
    case.call_and_validate(timeout=90)
