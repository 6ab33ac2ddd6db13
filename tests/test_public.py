"""What `import scorebridge` offers, what it costs, and where it can be imported."""

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import scorebridge
from scorebridge import errors

SOURCE = Path(scorebridge.__file__).parent


def run(code: str) -> str:
    return subprocess.check_output([sys.executable, "-c", code], text=True)


def test_all_names_are_there_and_documented() -> None:
    assert scorebridge.__all__ == sorted(scorebridge.__all__) == dir(scorebridge)
    for name in scorebridge.__all__:
        value = getattr(scorebridge, name)
        if name != "__version__":
            assert value.__name__ == name and inspect.getdoc(value)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        scorebridge.nothing  # noqa: B018  # pyright: ignore[reportAttributeAccessIssue]


def test_what_type_checkers_see_is_what_there_is() -> None:
    tree = ast.parse((SOURCE / "__init__.py").read_text("utf-8"))
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    imports = [node for node in block.body if isinstance(node, ast.ImportFrom)]
    seen = {alias.name: node.module for node in imports for alias in node.names}
    assert seen == scorebridge._MODULE_OF
    assert set(seen) == set(scorebridge.__all__) - {"__version__"}
    assert (SOURCE / "py.typed").is_file()


def test_every_error_is_public() -> None:
    tree = {name for name, value in vars(errors).items() if inspect.isclass(value)}
    tree = {name for name in tree if issubclass(getattr(errors, name), errors.ScorebridgeError)}
    assert tree <= set(scorebridge.__all__)


def test_importing_loads_nothing() -> None:
    loaded = set(run("import scorebridge, sys; print(*sys.modules)").split())
    assert not {"numpy", "lance", "openvino", "cv2", "torch", "pydantic"} & loaded
    commands = set(run("import scorebridge.cli.main, sys; print(*sys.modules)").split())
    assert not {"numpy", "lance", "pydantic", "filelock", "rich.progress"} & commands
    light = "import scorebridge, sys; scorebridge.UsageError; print(*sys.modules)"
    assert "numpy" not in run(light).split()


def test_modules_import_without_what_only_unix_has() -> None:
    """As on Windows: no `fcntl`, `resource` or `pwd`, and no fork server."""
    names = [
        ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
        for path in sorted(SOURCE.rglob("*.py"))
        if path.name not in ("__main__.py", "__init__.py")
    ]
    code = f"""
import importlib, multiprocessing, sys
for name in ("fcntl", "resource", "grp", "pwd"):
    sys.modules[name] = None
multiprocessing.get_all_start_methods = lambda: ["spawn"]
for name in {names!r}:
    importlib.import_module(name)
print("done")
"""
    assert run(code) == "done\n"


def test_no_module_imports_the_lab_or_a_room_above_it() -> None:
    """Ground floor, then score and audio, encode, search and retrieval and alignment, library,
    export beside it, and the two doors, command line and server."""
    rooms = [{"score", "audio"}, {"encode"}, {"search", "retrieval", "alignment"}]
    rooms += [{"library", "export"}, {"server", "cli"}]
    height = {path.stem: 0 for path in SOURCE.glob("*.py")} | {"kernels": 0}
    height |= {name: n for n, names in enumerate(rooms, 1) for name in names}
    height["testing"] = height["encode"]
    del height["__init__"], height["__main__"]
    for path in SOURCE.rglob("*.py"):
        room = path.relative_to(SOURCE).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            assert not module.startswith("scorebridge_lab"), path
            if room not in height or not module.startswith("scorebridge."):
                continue
            other = module.split(".")[1]
            assert height[other] <= height[room], f"{path} imports {module}"
