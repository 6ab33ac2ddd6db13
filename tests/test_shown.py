"""Names from outside act on nothing that shows them."""

import json

from hypothesis import given
from hypothesis import strategies as st

from scorebridge.errors import InputError, UsageError
from scorebridge.shown import shown, shown_json, shown_lines, table_cell


def test_what_acts_is_escaped_and_the_rest_is_kept() -> None:
    assert shown("Étude №1 – 音楽 [x].pdf") == "Étude №1 – 音楽 [x].pdf"
    assert shown("a\x1b[2Jb\nc\x9b1m\u202egpj") == "a\\x1b[2Jb\\nc\\x9b1m\\u202egpj"
    assert shown("\udcff.wav").encode() == b"\\udcff.wav"
    assert shown_lines("one\n\x1b[2J") == "one\n\\x1b[2J"


@given(st.text())
def test_json_means_the_same(text: str) -> None:
    shown_text = shown_json(json.dumps({"a": text}, ensure_ascii=False, indent=1))
    assert json.loads(shown_text) == {"a": text}
    assert shown(shown_text.replace("\n", "")) == shown_text.replace("\n", "")
    shown_text.encode()


def test_cells_are_no_formulas() -> None:
    for text in ("=1+1", "+1", "-1", "@a", " =1"):
        assert table_cell(text).startswith("'")
    assert table_cell("12a") == "12a"


def test_errors_are_one_line() -> None:
    for error in (InputError("a\nb", "is\x1b[2J", "Do."), UsageError("a\nb")):
        assert "\n" not in str(error) and "\x1b" not in str(error)


def test_native_code_shows_no_build_paths() -> None:
    from scorebridge.shown import without_build_paths

    panic = 'Schema { message: "no such type: flOat", location: Location { file: "/b/w/types.rs",'
    panic += " line: 561, column: 26 }, backtrace: MaybeBacktrace }"
    assert without_build_paths(panic) == 'Schema { message: "no such type: flOat" }'
    assert without_build_paths("bad, /build/x/y.rs:12:3") == "bad"
