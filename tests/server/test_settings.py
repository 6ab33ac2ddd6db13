"""Settings: what opens the library is refused; the worker gets the rest."""

from pathlib import Path

import pytest

from scorebridge.errors import UsageError
from scorebridge.server.settings import (
    ServerLimits,
    ServerSettings,
    ServerTiming,
    choose_token,
    is_loopback,
)

TOKEN = "a-token-of-some-length"


def test_settings_that_would_open_the_library_are_refused() -> None:
    with pytest.raises(UsageError, match="--token"):
        ServerSettings(Path("x"), host="0.0.0.0")
    with pytest.raises(UsageError, match="at least 16"):
        ServerSettings(Path("x"), token="short")
    ServerSettings(Path("x"), host="::1")


def test_a_token_is_made_only_where_one_is_needed() -> None:
    assert choose_token("127.0.0.1", None) is None
    assert choose_token("127.0.0.1", TOKEN) == choose_token("0.0.0.0", TOKEN) == TOKEN
    made = choose_token("0.0.0.0", None)
    assert made and len(made) >= 16 and made != choose_token("0.0.0.0", None)


def test_the_worker_gets_limits_and_timing_but_no_token() -> None:
    settings = ServerSettings(
        Path("/some/library"),
        host="0.0.0.0",
        token=TOKEN,
        limits=ServerLimits(max_pages=7),
        timing=ServerTiming(restart_delays_s=(1.0, 2.0)),
    )
    text = settings.to_json()
    assert TOKEN not in text and "\n" not in text
    read = ServerSettings.from_json(text)
    assert (read.library, read.limits, read.timing) == (
        settings.library,
        settings.limits,
        settings.timing,
    )
    assert is_loopback(read.host) and read.token is None
