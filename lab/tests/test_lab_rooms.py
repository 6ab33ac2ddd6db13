"""The rooms of the lab stand in one order: each imports only rooms before it."""

from __future__ import annotations

import ast
from pathlib import Path

import scorebridge_lab

ROOT = Path(scorebridge_lab.__file__).parent
GROUND = ("errors", "home", "workers", "metrics", "spectra")
ORDER = (
    *GROUND,
    "sources",
    "engrave",
    "perform",
    "augment",
    "dataset",
    "nets",
    "losses",
    "training",
    "benchmarks",
    "evaluate",
    "export",
    "demo",
    "cli",
    "papers",
    "__main__",
)


def imported(path: Path) -> set[str]:
    """Modules that a file imports, at its top or in a function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def room_of(path: Path) -> str:
    """The room of a file, or its name on the ground floor."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[0]


def test_rooms_import_only_rooms_before_them():
    for path in ROOT.rglob("*.py"):
        room = room_of(path)
        if room == "__init__":
            continue
        assert room in ORDER, f"{path}: the order does not list this room"
        for module in imported(path):
            if not module.startswith("scorebridge_lab."):
                continue
            other = module.split(".")[1]
            assert ORDER.index(other) <= ORDER.index(room), f"{path} imports {module}"


def test_studies_are_imported_by_nobody():
    for path in ROOT.rglob("*.py"):
        assert not any(m.split(".")[0] == "studies" for m in imported(path)), path


def test_modules_are_short():
    for path in ROOT.rglob("*.py"):
        assert len(path.read_text().splitlines()) <= 500, path
