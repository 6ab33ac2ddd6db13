"""Configuration of the manual: Sphinx, MyST Markdown and the Furo theme. `make docs` builds it.

Every warning is an error (`-W`), and every reference has to resolve (`nitpicky`), so a
broken link, anchor, picture or Python name fails the build. Nothing is loaded from
another host: the theme uses the fonts of the system, and the search runs in the page.
"""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS))
sys.path.insert(0, str(DOCS.parent / "src"))
sys.path.insert(0, str(DOCS.parent / "lab" / "src"))

import generate  # noqa: E402

import scorebridge  # noqa: E402

project = "Scorebridge"
author = "the Scorebridge authors"
release = version = scorebridge.__version__
copyright = "the Scorebridge authors; Apache-2.0"

extensions = ["myst_parser", "sphinx.ext.autodoc"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["build"]
nitpicky = True
# Annotations name types of other packages, and a few types that are not part of the public API.
nitpick_ignore = [
    ("py:class", f"scorebridge.{name}")
    for name in (
        "library.page_corrections._range",
        "library.shelf.Shelf",
        "library.snapshot.Snapshot",
        "types.Page",
        "types.System",
    )
]
nitpick_ignore_regex = [("py:.*", r"(?!scorebridge\.).*")]

myst_enable_extensions = ["deflist", "fieldlist", "colon_fence", "attrs_inline"]
myst_heading_anchors = 3
suppress_warnings = ["misc.highlighting_failure"]  # JSON examples hold "…"

default_role = "code"  # in docstrings, as in Markdown
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
python_use_unqualified_type_names = True
add_module_names = False
maximum_signature_line_length = 88

html_theme = "furo"
html_title = "Scorebridge"
html_static_path = ["static"]
html_css_files = ["manual.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False

SECTION = re.compile(r"^(Parameters|Attributes)$")
ENTRY = re.compile(r"^(\w[\w, *]*) : (.*)$")


def fields(app, what, name, obj, options, lines: list[str]) -> None:
    """Turn our docstrings into reStructuredText: `name : text` of a parameter becomes a field, and
    a fenced block a literal one."""
    try:
        parameters = set(inspect.signature(obj).parameters)
    except (TypeError, ValueError):
        parameters = set()
    text = list(lines)
    lines.clear()
    section = fenced = False
    while text:
        line = text.pop(0)
        if line.strip() == "```":
            fenced = not fenced
            lines.extend(["::", ""] if fenced else [""])
        elif fenced:
            lines.append(f"    {line}")
        elif SECTION.match(line) and text and set(text[0]) == {"-"}:
            text.pop(0)
            section = True
        elif (entry := ENTRY.match(line)) and (section or entry[1] in parameters):
            if not section:
                lines.append("")
            section = True
            lines.append(f":param {entry[1]}: {entry[2]}")
        else:
            if section and line and not line.startswith(" "):
                section = False
                lines.append("")
            lines.append(line)


def unbroken(app, document: str, source: list[str]) -> None:
    """Keep the two figures of `.986 / .990` on one line."""
    source[0] = re.sub(r"(?<=\d) / (?=[.\d])", "\u00a0/\u00a0", source[0])


def setup(app) -> None:
    """Write the generated pages, and read docstrings as they are written here."""
    generate.write(DOCS / "reference")
    app.connect("source-read", unbroken)
    app.connect("autodoc-process-docstring", fields)
