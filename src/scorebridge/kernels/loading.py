"""Loads kernels as machine code, without Numba.

A kernel module such as `warping.py` is written for Numba. Importing Numba and compiling with it
costs more processor time than all else in a first search, so the package ships each module as LLVM
assembly (`warping.ll`, written by `make kernels`). llvmlite turns the assembly into object code
for the processor at hand once, and the object code is stored. `bench/start.py` prints what both
cost.

The name of stored code holds a digest of the module, of llvmlite's version and of the processor,
so code that does not fit is never loaded. The first writable folder of `cache_folders` stores the
code; where none is writable each process makes its own. If the assembly is not that of the
module's present source (a developer has changed it), Numba compiles the module.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import llvmlite
import numpy as np
from llvmlite import binding as llvm

from scorebridge.kernels.target import HOME, optimize, source_digest, target_machine

log = logging.getLogger(__name__)

MODULES = ("warping", "jumping", "local_runs", "offset_counts")
EXPECTED_SECONDS = 5  # of compiling one module by Numba on a laptop, for the message

Header = dict[str, Any]
"""What a kernel module needs beside its code:
kernels : the types of each kernel's arguments, as `compiler.Kernel.types`.
python, unreachable : symbols to define before linking, of Python and of Numba's runtime.
source : `source_digest` of the module."""

_lock = threading.Lock()
_loaded: dict[str, SimpleNamespace] = {}
_engines: list[Any] = []  # owners of the code in memory


def load(module: str) -> Any:
    """The kernels of `scorebridge.kernels.<module>`, functions as attributes of one object.

    A kernel takes C-contiguous arrays of exactly the declared type, and numbers. It writes its
    results into arrays that the caller passes, and releases the GIL while it runs.
    """
    kernels = _loaded.get(module)
    if kernels is None:
        with _lock:
            kernels = _loaded.get(module) or load_from(module, cache_folders(os.environ))
            _loaded[module] = kernels
    return kernels


def load_from(
    module: str,
    folders: Sequence[Path],
    ship: Callable[[str], tuple[Header, str] | None] | None = None,
) -> SimpleNamespace:
    """As `load`, with the code stored in the first of `folders` that has it or is writable.

    ship : what to use in place of `shipped`.
    """
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    name = f"{module}-{_fingerprint(module)}.kernel"
    for folder in folders:
        stored = _read(folder / name)
        if stored is not None:
            return _link(*stored)
    header, assembly = (ship or shipped)(module) or _compile(module)
    code = object_code(assembly)
    for folder in folders:
        if _write(folder / name, header, code):
            break
    return _link(header, code)


def cache_folders(environment: Mapping[str, str]) -> list[Path]:
    """Folders for object code, the preferred first.

    `$SCOREBRIDGE_KERNEL_CACHE` alone where it is set; else the package's own `__pycache__`, then
    the user's cache folder.
    """
    given = environment.get("SCOREBRIDGE_KERNEL_CACHE")
    if given:
        return [Path(given)]
    variable = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME"
    users = environment.get(variable) or os.path.expanduser("~/.cache")  # noqa: PTH111
    return [HOME / "__pycache__", Path(users) / "scorebridge"]


def shipped(module: str) -> tuple[Header, str] | None:
    """Header and LLVM assembly of a module; None where they are not of its present source."""
    try:
        first, _, assembly = (HOME / f"{module}.ll").read_text("utf-8").partition("\n")
        header = json.loads(first.removeprefix("; "))
    except (OSError, ValueError):
        return None
    return (header, assembly) if header["source"] == source_digest(module) else None


def object_code(assembly: str) -> bytes:
    """An object file for this processor from LLVM assembly."""
    machine = target_machine()
    code = llvm.parse_assembly(assembly)
    code.triple, code.data_layout = machine.triple, str(machine.target_data)
    optimize(code, machine, level=3)
    return machine.emit_object(code)


def _compile(module: str) -> tuple[Header, str]:
    log.warning("Compiling the %s kernels (once, about %d s) ...", module, EXPECTED_SECONDS)
    from scorebridge.kernels.compiler import compile_module

    return compile_module(module)


def _fingerprint(module: str) -> str:
    """Sixteen hex digits that change with everything that the object code depends on."""
    machine = (llvm.get_process_triple(), llvm.get_host_cpu_name())
    features = llvm.get_host_cpu_features().flatten()
    parts = (source_digest(module), llvmlite.__version__, *machine, features)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _read(file: Path) -> tuple[Header, bytes] | None:
    """Header and object code of a stored module; None where it is missing or damaged."""
    try:
        first, _, code = file.read_bytes().partition(b"\n")
        header = json.loads(first)
        whole = header["sha256"] == hashlib.sha256(code).hexdigest()
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return (header, code) if whole else None


def _write(file: Path, header: Header, code: bytes) -> bool:
    """Store a module in one step and remove its older code; False if the folder refuses."""
    temporary = file.with_suffix(f".{os.getpid()}")
    described = json.dumps({**header, "sha256": hashlib.sha256(code).hexdigest()})
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(described.encode() + b"\n" + code)
        temporary.replace(file)
        for old in file.parent.glob(f"{file.name.partition('-')[0]}-*.kernel"):
            if old != file:
                old.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _link(header: Header, code: bytes) -> SimpleNamespace:
    """The kernels in object code as Python functions."""
    for symbol in header["python"]:
        llvm.add_symbol(symbol, _address(symbol))
    for symbol in header["unreachable"]:
        llvm.add_symbol(symbol, _address("Py_FatalError"))
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), target_machine())
    engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    _engines.append(engine)
    return SimpleNamespace(
        **{
            name: _function(name, engine.get_function_address(name), types)
            for name, types in header["kernels"].items()
        }
    )


def _address(symbol: str) -> int:
    address = ctypes.cast(getattr(ctypes.pythonapi, symbol), ctypes.c_void_p).value
    assert address is not None
    return address


def _function(name: str, address: int, types: Sequence[str]) -> Callable[..., None]:
    """A kernel that takes NumPy arrays and numbers; types : as in `compiler.Kernel`."""
    parts = [
        (np.dtype(kind.partition("[")[0]), 1 + kind.count(",") if "[" in kind else 0)
        for kind in types
    ]
    native: list[Any] = []
    for dtype, axes in parts:
        number = ctypes.c_double if dtype.kind == "f" else ctypes.c_int64
        native += [ctypes.c_void_p, *[ctypes.c_int64] * axes] if axes else [number]
    call = ctypes.CFUNCTYPE(None, *native)(address)

    def flat(arguments: Sequence[Any]) -> Iterator[Any]:
        for (dtype, axes), value in zip(parts, arguments, strict=True):
            if not axes:
                yield value
                continue
            if value.dtype != dtype or value.ndim != axes or not value.flags.c_contiguous:
                raise TypeError(f"{name} needs C-contiguous {dtype} arrays of {axes} axes")
            yield value.ctypes.data
            yield from value.shape

    def run(*arguments: Any) -> None:
        call(*flat(arguments))

    run.__name__ = name
    return run
