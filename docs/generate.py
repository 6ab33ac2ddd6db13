"""Write the pages of the manual that come from the code: the command lines and REST.

    python docs/generate.py [FOLDER]

The pages are not committed. `conf.py` writes them at the beginning of every build, and
`tests/test_docs.py` checks that each option in them carries a help text.
"""

from __future__ import annotations

import ast
import json
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cyclopts import App

HERE = Path(__file__).resolve().parent
PAGES = ("command-line.md", "lab-command-line.md", "rest-operations.md", "modules.md")
METHODS = ("get", "post", "put", "delete")

COMMANDS_INTRO = """# Command line

Every command of `scorebridge`, generated from the code. `scorebridge COMMAND --help` prints the
same. [Exit codes](errors.md#exit-codes) and [environment variables](environment.md) have pages of
their own.
"""
LAB_INTRO = """# Command line of the lab

Every command of `scorebridge-lab`, generated from the code. The lab is a package of its own;
[how to install it](../how-to/evaluate-on-your-own-data.md#with-the-lab).
"""
REST_INTRO = """# REST: every operation

Generated from the OpenAPI description of the server, which it serves at `/api/v1/openapi.json`.
[How to use it](rest.md) shows the records with examples. Beside the answers listed here, every
operation may answer 400, 401, 403, 422, 503 or 507 with an [ErrorRecord](#errorrecord);
[what they mean](errors.md#over-rest).
"""
MODULES_INTRO = """# Modules

Every module with its first line, generated from the code.
[Architecture](../explanation/architecture.md) shows how they belong together.
"""
COMMON = ("400", "401", "403", "422", "503", "507")  # statuses that every operation may answer
MEANINGS = {
    "200": "done",
    "202": "taken; the job that does it",
    "204": "done",
    "303": "elsewhere",
    "404": "no such thing",
    "408": "too slow",
    "409": "the document has no such thing",
    "413": "too large",
    "415": "of no known type",
    "416": "outside the file",
    "429": "too many at once",
}


@dataclass(frozen=True, slots=True)
class Option:
    """One argument or option of a command, as its help shows it."""

    names: tuple[str, ...]
    help: str
    default: str
    choices: tuple[str, ...]
    environment: tuple[str, ...]
    required: bool


@dataclass(frozen=True, slots=True)
class Command:
    """One command."""

    name: str
    """With those it belongs to: `scorebridge-lab data build`."""
    help: str
    options: tuple[Option, ...]


def product() -> App:
    """The command line of the product."""
    from scorebridge.cli.main import app

    return app


def lab() -> App:
    """The command line of the lab; its modules import torch only when a command runs."""
    from scorebridge_lab.cli.main import app

    return app


def commands(app: App, name: str) -> Iterator[Command]:
    """All commands of `app`, which is called `name`, in the order of their definition."""
    if app.default_command is not None:
        yield Command(name, _plain(app.help), tuple(_options(app)))
    for word in app:
        below = app[word]
        if not word.startswith("-") and below.show:
            yield from commands(below, f"{name} {word}")


def _options(app: App) -> Iterator[Option]:
    for argument in app.assemble_argument_collection(parse_docstring=True):
        parameter = argument.parameter
        if not argument.show:
            continue
        default = argument.field_info.default
        shown = "" if default in (argument.field_info.empty, None, (), "", False) else default
        if isinstance(shown, tuple):
            shown = " ".join(map(str, shown))
        positional = argument.index is not None
        name = argument.field_info.name.upper()
        yield Option(
            names=(name,) if positional else tuple(n for n in argument.names if _typed(n)),
            help=_plain(parameter.help or ""),
            default=str(shown),
            choices=tuple(argument.get_choices() or ()),
            environment=tuple(parameter.env_var or ()),
            required=bool(argument.required),
        )


def _typed(name: str) -> bool:
    """Whether a person would type this form of an option."""
    return not name.startswith("--empty-")


def command_page(app: App, name: str, intro: str) -> str:
    """The page of the command line `name`."""
    lines = [intro]
    for command in commands(app, name):
        lines += [f"## {command.name}", "", f"{command.help}", ""]
        for option in command.options:
            lines += _option_lines(option)
    return "\n".join(lines) + "\n"


def _option_lines(option: Option) -> list[str]:
    notes = []
    if option.required:
        notes.append("Required.")
    if option.choices:
        notes.append("One of " + ", ".join(f"`{c}`" for c in option.choices) + ".")
    if option.default:
        notes.append(f"Default: `{option.default}`.")
    if option.environment:
        notes.append("Variable: " + ", ".join(f"`{v}`" for v in option.environment) + ".")
    text = " ".join([_sentence(option.help), *notes]).strip() or "-"
    return [", ".join(f"`{name}`" for name in option.names), f": {text}", ""]


def rest_page(schema: dict[str, Any]) -> str:
    """The page of all operations of an OpenAPI description."""
    lines = [REST_INTRO]
    for path, operations in schema["paths"].items():
        for method in METHODS:
            if method in operations:
                lines += _operation(f"{method.upper()} {path}", operations[method])
    lines += ["## Records", "", "The types of the records, in JSON Schema.", ""]
    for name, record in schema["components"]["schemas"].items():
        lines += [f"### {name}", ""]
        if about := record.get("description"):
            lines += [_plain(about), ""]
        lines += ["| key | type | |", "|---|---|---|"]
        needed = record.get("required", [])
        for key, value in record.get("properties", {}).items():
            mark = "" if key in needed else "optional"
            note = ". ".join(t for t in (value.get("description", ""), mark) if t)
            lines.append(f"| `{key}` | {_type(value)} | {_cell(note)} |")
        lines.append("")
    return "\n".join(lines) + "\n"


def _operation(name: str, operation: dict[str, Any]) -> list[str]:
    lines = [f"## {name}", "", _plain(operation.get("description", "")), ""]
    body = operation.get("requestBody", {}).get("content", {})
    for kind, content in body.items():
        lines += [f"Body: `{kind}`, {_type(content.get('schema', {}))}.", ""]
    if parameters := operation.get("parameters"):
        lines += ["| parameter | in | type | default |", "|---|---|---|---|"]
        for one in parameters:
            schema = one["schema"]
            default = f"`{json.dumps(schema['default'])}`" if schema.get("default") else ""
            lines.append(f"| `{one['name']}` | {one['in']} | {_type(schema)} | {_cell(default)} |")
        lines.append("")
    lines += ["| status | answer |", "|---|---|"]
    for status, answer in sorted(operation["responses"].items()):
        if status in COMMON:
            continue
        kinds = [_type(c["schema"]) for c in answer.get("content", {}).values() if c.get("schema")]
        meaning = MEANINGS.get(status, answer.get("description", ""))
        lines.append(f"| {status} | {_cell(': '.join([meaning, *kinds]))} |")
    return [*lines, ""]


def _type(schema: dict[str, Any]) -> str:
    """A JSON Schema in a few words; records are links to their tables."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return " or ".join(_type(one) for one in schema[several])
    if "enum" in schema:
        return "one of " + ", ".join(f"`{value}`" for value in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    kind = schema.get("type", "any")
    if kind == "array":
        inner = schema.get("prefixItems")
        if inner:
            return "[" + ", ".join(_type(one) for one in inner) + "]"
        return f"list of {_type(schema.get('items', {}))}"
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and high is not None:
        return f"{kind}, {low:g} to {high:g}" if high < 1e9 else f"{kind}, at least {low:g}"
    return str(kind)


def openapi() -> dict[str, Any]:
    """The description of a server of an empty library."""
    from scorebridge.server.app import create_app
    from scorebridge.server.settings import ServerSettings

    with tempfile.TemporaryDirectory() as folder:
        return create_app(ServerSettings(Path(folder) / "library")).openapi()


def modules_page(root: Path) -> str:
    """The page of all modules of the product and of the lab."""
    lines = [MODULES_INTRO]
    for name, code in (("product", "src/scorebridge"), ("lab", "lab/src/scorebridge_lab")):
        lines += [f"## The {name}: `{code}`", ""]
        for folder in sorted({path.parent for path in (root / code).rglob("*.py")}):
            modules = sorted(p for p in folder.glob("*.py") if not p.stem.startswith("__"))
            if modules:
                here = folder.relative_to(root / code).as_posix()
                lines += [f"### {name}: `{here}/`" if here != "." else f"### {name}: top level", ""]
                lines += ["| module | |", "|---|---|"]
                lines += [f"| `{p.name}` | {_cell(_first_line(p))} |" for p in modules]
                lines.append("")
    return "\n".join(lines) + "\n"


def _first_line(path: Path) -> str:
    text = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return text.split("\n\n")[0].partition("\n")[0]


def write(folder: Path) -> None:
    """Write all generated pages into `folder`, touching only what changed."""
    texts = (
        command_page(product(), "scorebridge", COMMANDS_INTRO),
        command_page(lab(), "scorebridge-lab", LAB_INTRO),
        rest_page(openapi()),
        modules_page(HERE.parent),
    )
    for name, text in zip(PAGES, texts, strict=True):
        path = folder / name
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")


def _plain(text: str) -> str:
    """Help as Markdown: paragraphs kept, lines of one paragraph joined."""
    head = re.split(r"\n *Parameters\n *-+\n", text)[0]
    return "\n\n".join(" ".join(part.split()) for part in head.strip().split("\n\n"))


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if not text or text.endswith((".", "?", "!", ":")) else f"{text}."


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "reference")
