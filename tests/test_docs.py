"""The manual is true: what there is is documented, and what is documented is there and runs.

The pages of the command line and of REST are generated from the code; here they count as
documentation only where they carry a help text.
"""

from __future__ import annotations

import ast
import importlib.util
import inspect
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import scorebridge
from scorebridge import errors

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
LAB = ROOT / "lab" / "src" / "scorebridge_lab"
CODE = [ROOT / "src" / "scorebridge", LAB]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
NUMBER = re.compile(r"\d+\.\d+|\d+")
TOLERANCE = 0.11  # of a printed decimal, which differs a little between processors
VARIABLE = re.compile(r"\bSCOREBRIDGE_[A-Z_]+\b")

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def _load_generator():
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["generate"] = module
    spec.loader.exec_module(module)
    return module


generate = _load_generator()
HAS_LAB = importlib.util.find_spec("scorebridge_lab") is not None
APPS = [
    pytest.param("scorebridge", generate.product, id="scorebridge"),
    pytest.param("scorebridge-lab", generate.lab, id="scorebridge-lab", marks=pytest.mark.lab),
]


def pages() -> list[Path]:
    """The pages of the manual that people write, and the README."""
    written = (p for p in DOCS.rglob("*.md") if p.name not in generate.PAGES)
    return [ROOT / "README.md", *sorted(written)]


def text(path: Path) -> str:
    return path.read_text("utf-8")


# What there is is documented.


@pytest.mark.parametrize(("name", "app"), APPS)
def test_every_command_and_option_has_a_help_text(name, app):
    missing = []
    for command in generate.commands(app(), name):
        if not command.help:
            missing.append(command.name)
        missing += [
            f"{command.name} {' '.join(option.names)}"
            for option in command.options
            if not option.help
        ]
    assert not missing


def test_every_operation_and_record_of_rest_is_on_its_page():
    schema = generate.openapi()
    page = generate.rest_page(schema)
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            assert f"## {method.upper()} {path}\n" in page
            assert operation.get("description"), f"{method} {path} has no description"
    for record in schema["components"]["schemas"]:
        assert f"### {record}\n" in page


def test_environment_variables_are_those_of_the_code():
    used = {name for code in CODE for p in code.rglob("*.py") for name in VARIABLE.findall(text(p))}
    documented = set(VARIABLE.findall(text(DOCS / "reference" / "environment.md")))
    assert documented - {"SCOREBRIDGE_URL"} == used


def test_every_error_is_documented():
    page = text(DOCS / "reference" / "errors.md")
    classes = [c for _, c in inspect.getmembers(errors, inspect.isclass)]
    own = [c for c in classes if issubclass(c, errors.ScorebridgeError)]
    assert own
    assert not [c.__name__ for c in own if f"| `{c.__name__}` |" not in page or not c.__doc__]


def test_every_public_name_is_documented():
    page = text(DOCS / "reference" / "python.md")
    names = [name for name in scorebridge.__all__ if not name.startswith("__")]
    assert not [n for n in names if not re.search(rf":: scorebridge\.{n}$|`{n}`", page, re.M)]
    assert not [n for n in names if not inspect.getdoc(getattr(scorebridge, n))]


def _rooms_of_the_page(heading: str) -> list[str]:
    """Rooms of a table of the architecture page, in its order: `score`, `types`."""
    table = text(DOCS / "explanation" / "architecture.md").split(f"## {heading}\n")[1]
    rows = re.findall(r"^\| (`.*?) \|", table.split("\n## ")[0], re.M)
    return [n.removesuffix(".py") for row in rows for n in re.findall(r"`([\w.]+)/?`", row)]


def _rooms_of_the_code(code: Path) -> set[str]:
    folders = {p.name for p in code.iterdir() if (p / "__init__.py").is_file()}
    return folders | {p.stem for p in code.glob("*.py") if not p.stem.startswith("__")}


def _imports(path: Path, package: str) -> set[str]:
    """Rooms of `package` that a module imports, in functions too; types alone do not count."""
    tree = ast.parse(text(path))
    hidden = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    names = [
        name
        for node in ast.walk(tree)
        if id(node) not in hidden
        for name in (
            [f"{node.module}.{alias.name}" for alias in node.names]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    ]
    return {name.split(".")[1] for name in names if name.startswith(f"{package}.")}


@pytest.mark.parametrize(
    ("heading", "code"),
    [("The rooms of the product", CODE[0]), ("The rooms of the lab", CODE[1])],
    ids=["product", "lab"],
)
def test_architecture_shows_every_room_and_each_imports_only_those_above_it(heading, code):
    rooms = _rooms_of_the_page(heading)
    assert set(rooms) == _rooms_of_the_code(code)
    down = []
    for number, room in enumerate(rooms):
        below = set(rooms[number + 1 :])
        place = code / room
        for path in place.rglob("*.py") if place.is_dir() else [code / f"{room}.py"]:
            wrong = _imports(path, code.name) & below
            down += [f"{path.relative_to(code)} imports {name}" for name in sorted(wrong)]
    assert not down


# What is documented is there.


def _commands(name: str) -> dict[str, set[str]]:
    """The options of each command, all its spellings."""
    app = generate.product() if name == "scorebridge" else generate.lab()
    found = {name: {"--help", "--version"}}
    for command in generate.commands(app, name):
        options = {spelling for option in command.options for spelling in option.names}
        found[command.name] = options | {"--help"}
        group = command.name.rpartition(" ")[0]
        found.setdefault(group, {"--help"})
    return found


def _written_commands(page: str) -> Iterator[str]:
    """Commands in blocks, a line each, and in running text."""
    for language, block in BLOCK.findall(page):
        if language in ("", "sh"):
            yield from (line.split("#")[0].strip() for line in block.splitlines())
    running = BLOCK.sub("", page)
    yield from (" ".join(span.split()) for span in re.findall(r"`([^`]+)`", running))


@pytest.mark.parametrize(("name", "app"), APPS)
def test_commands_in_the_manual_exist_with_their_options(name, app):
    known = _commands(name)
    wrong = []
    for path in pages():
        for line in _written_commands(text(path)):
            words = line.replace("[", " ").replace("]", " ").split()
            if name not in words:
                continue
            words = words[words.index(name) :]
            plain = [w for w in words if re.fullmatch(r"[a-z][a-z-]*", w)]
            command = next((c for n in (3, 2, 1) if (c := " ".join(words[:n])) in known), words[0])
            if command == name and len(plain) > 1 and plain[1] == words[1]:
                wrong.append(f"{path.relative_to(ROOT)}: {line}")
            options = {w.split("=")[0] for w in words if w.startswith("--")}
            if unknown := options - known[command]:
                wrong.append(f"{path.relative_to(ROOT)}: {line}: {', '.join(unknown)}")
    assert not wrong


@pytest.mark.lab
def test_options_named_alone_in_the_manual_exist():
    known = set().union(*_commands("scorebridge").values(), *_commands("scorebridge-lab").values())
    wrong = []
    for path in pages():
        for span in re.findall(r"`(--[a-z][\w-]*)[^`]*`", BLOCK.sub("", text(path))):
            if span not in known:
                wrong.append(f"{path.relative_to(ROOT)}: {span}")
    assert not wrong


def test_links_of_the_readme_and_the_changelog_lead_somewhere():
    for path in (ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "lab" / "README.md"):
        links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text(path))
        broken = [x for x in links if "://" not in x and not (path.parent / x).exists()]
        assert not broken, path


def test_the_readme_is_short():
    assert 500 <= len(text(ROOT / "README.md").split()) <= 900


# What is documented runs.


def _examples(path: Path) -> list[tuple[str, str, str | None]]:
    """Language, source and printed output of each block that runs, in order."""
    blocks = BLOCK.findall(text(path))
    found = []
    for (language, source), after in zip(blocks, [*blocks[1:], ("", "")], strict=True):
        if language in ("sh", "python"):
            found.append((language, source, after[1] if after[0] == "text" else None))
    return found


def _run(language: str, source: str, capsys) -> str:
    from scorebridge.cli.main import run

    capsys.readouterr()
    if language == "python":
        exec(compile(source, "manual", "exec"), {})
    else:
        for line in source.splitlines():
            program, *words = shlex.split(line)
            if program == "scorebridge" and words != ["--version"]:
                assert run(words) == 0, line
    return capsys.readouterr().out


def _same(printed: str, documented: str) -> bool:
    lines = [[line.rstrip() for line in one.splitlines()] for one in (printed, documented)]
    lines = ["\n".join(one).strip("\n").splitlines() for one in lines]
    shapes = [[NUMBER.sub("#", line) for line in one] for one in lines]
    numbers = [[n for line in one for n in NUMBER.findall(line)] for one in lines]
    return shapes[0] == shapes[1] and all(
        a == b or ("." in a and abs(float(a) - float(b)) <= TOLERANCE)
        for a, b in zip(*numbers, strict=True)
    )


@pytest.mark.slow
def test_the_tutorial_and_the_readme_run_as_they_are_written(tmp_path, monkeypatch, capsys):
    (tmp_path / "demo").symlink_to(ROOT / "demo")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("SCOREBRIDGE_LIBRARY", raising=False)
    done: dict[str, str] = {}
    for language, source, documented in _examples(DOCS / "tutorial.md"):
        printed = _run(language, source, capsys)
        done.setdefault(source, printed)
        assert documented is None or _same(printed, documented), f"{source}\n{printed}"
    (tmp_path / "alignment.json").unlink()  # the README writes it as well, without --force
    checked = 0
    for language, source, documented in _examples(ROOT / "README.md"):
        source = source.removeprefix("pip install .\n")
        printed = done[source] if source in done else _run(language, source, capsys)
        checked += documented is not None
        assert documented is None or _same(printed, documented), f"{source}\n{printed}"
    assert checked >= 4


@pytest.mark.slow
@pytest.mark.lab
def test_the_site_builds_without_a_warning_and_loads_nothing_from_elsewhere(tmp_path):
    pytest.importorskip("sphinx")
    pytest.importorskip("furo")
    out = tmp_path / "site"
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-W", "--keep-going", "-q"]
    built = subprocess.run(
        [*command, "-d", str(tmp_path / "trees"), str(DOCS), str(out)],
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stderr
    loads = re.compile(r'<(?:script|img|link|iframe|source)\b[^>]*\b(?:src|href)="(?:https?:)?//')
    styles = re.compile(r"(?:url\(\s*['\"]?|@import\s+['\"])(?:https?:)?//")
    for page in out.rglob("*.html"):
        assert not loads.search(text(page)), page
    for sheet in out.rglob("*.css"):
        assert not styles.search(text(sheet)), sheet
