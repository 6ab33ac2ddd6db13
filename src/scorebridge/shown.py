"""Text from outside as it is shown: names of files, titles, and the messages of decoders.

A name may hold any character. Some act on a terminal, begin a new line, reverse the text after
them, or cannot be encoded: these are shown as escapes, such as `\\x1b`. A table program takes a
cell that begins with `=` for a formula.
"""

from __future__ import annotations

import re

_ACTING = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # control characters
    "\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"  # line ends and directions
    "\ud800-\udfff\ufeff\ufff9-\uffff"  # halves of characters, marks, no characters
    "\U000e0000-\U000e007f]"  # invisible tags
)
_FORMULA = ("=", "+", "-", "@")


def shown(text: object) -> str:
    """One line that shows `text`: whatever would act on a terminal is written as an escape."""
    return _ACTING.sub(_escaped, str(text))


def shown_lines(text: str) -> str:
    """The same for text of several lines."""
    return "\n".join(map(shown, text.splitlines()))


def table_cell(text: str) -> str:
    """Text as a cell of CSV: an apostrophe stands before what would be a formula."""
    line = shown(text)
    return f"'{line}" if line.lstrip().startswith(_FORMULA) else line


def shown_json(text: str) -> str:
    """JSON whose strings act on no terminal; it means the same."""
    return "\n".join(_ACTING.sub(_json_escaped, line) for line in text.split("\n"))


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code >= 0x10000:
        return f"\\U{code:08x}"
    short = {9: "\\t", 10: "\\n", 13: "\\r"}.get(code, f"\\x{code:02x}")
    return short if code < 0x100 else f"\\u{code:04x}"


def _json_escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def first_line(error: BaseException) -> str:
    """The first line of an error's text, without the paths of where native code was built."""
    return without_build_paths((str(error).strip().splitlines() or [repr(error)])[0])


def without_build_paths(text: str) -> str:
    """A message without places in the source of native code, such as `/build/x/y.rs:12:3`."""
    return _BUILD_PATH.sub("", text).strip()


_BUILD_PATH = re.compile(
    r",? location: Location \{[^}]*\}|,? backtrace: \w+"
    r"|,?\s*\(?(?:at |in |thrown at )?[^\s,()]*\.(?:rs|cc|cpp|cxx|hpp?|c)(?::\d+)+:?\)?"
)
