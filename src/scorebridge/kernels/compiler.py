"""Compiles the kernels of a module to LLVM assembly, by Numba.

A kernel module marks its entry points with `kernel` and its helpers with `numba.njit`. Kernels
allocate nothing: all arrays, scratch space too, are arguments. So the code needs none of
Numba's runtime. `alignment` and `retrieval` wrap the kernels in functions that allocate.
`python -m scorebridge.kernels` writes the assembly that ships.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numba
from llvmlite import binding as llvm
from numba import types

from scorebridge.kernels.target import optimize, source_digest, target_machine

NUMBA_TYPES = {"f4": types.float32, "f8": types.float64, "i4": types.int32, "i8": types.int64}
NUMBA_TYPES["u1"] = types.uint8
FASTMATH = {"nsz", "contract", "reassoc"}  # sums may be reordered; infinities and NaN stay exact
RUNTIME = r"numba_gil_ensure|numba_gil_release|NRT_MemInfo_call_dtor"
"""Functions of Numba's runtime that are named in the code of raised exceptions and of freed arrays,
neither of which a kernel has."""
NEW_ATTRIBUTES = r"\bnocreateundeforpoison "  # of LLVM 22; llvmlite 0.45 has LLVM 20


@dataclass(frozen=True, slots=True)
class Kernel:
    """One entry point of a kernel module."""

    function: Callable[..., None]
    types: tuple[str, ...]
    """Of each argument: "f4", "f8", "i4", "i8" or "u1", with "[:]" or "[:,:]" for arrays. Numbers
    are "f8" or "i8"."""
    fastmath: bool


def kernel(kinds: str, fastmath: bool = False) -> Callable[[Callable[..., None]], Kernel]:
    """Mark a function as a kernel. kinds : `Kernel.types` with spaces between them."""
    return lambda function: Kernel(function, tuple(kinds.split()), fastmath)


def compile_module(module: str) -> tuple[dict[str, Any], str]:
    """Compile all kernels of `scorebridge.kernels.<module>` to LLVM assembly.

    Returns
    -------
    header : the symbol and the types of each kernel, the symbols to define before linking, and
        `source`, the digest of the module; plain JSON.
    assembly : text, for any 64-bit processor when Numba runs with `NUMBA_OPT=0`.
    """
    parts = {
        name: value
        for name, value in vars(import_module(f"scorebridge.kernels.{module}")).items()
        if isinstance(value, Kernel)
    }
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    whole = llvm.parse_assembly("")
    for name, part in parts.items():
        symbol, assembly = _assembly(part)
        text = re.sub(rf"@({RUNTIME})\b", r"@scorebridge_\1", assembly)
        code = llvm.parse_assembly(text.replace(symbol, name))
        whole.triple, whole.data_layout = code.triple, code.data_layout
        whole.link_in(code)
    for value in (*whole.functions, *whole.global_variables):
        if not value.is_declaration and value.name not in parts:
            value.linkage = "internal"
    optimize(whole, target_machine(), level=1)
    declared = [f.name for f in whole.functions if f.is_declaration]
    declared += [v.name for v in whole.global_variables if v.is_declaration]
    header = {
        "source": source_digest(module),
        "kernels": {name: list(part.types) for name, part in parts.items()},
        "python": sorted(n for n in declared if n.startswith("Py")),
        "unreachable": sorted(n for n in declared if n.startswith("scorebridge_")),
    }
    return header, re.sub(NEW_ATTRIBUTES, "", str(whole))


def _assembly(one: Kernel) -> tuple[str, str]:
    """Symbol and LLVM assembly of a C function that takes each array as pointer and shape."""
    parameters, arguments, native = [], [], []
    for k, kind in enumerate(one.types):
        dtype, bracket, axes = kind.partition("[")
        if not bracket:
            parameters.append(f"a{k}")
            arguments.append(f"a{k}")
            native.append(NUMBA_TYPES[dtype])
            continue
        shape = [f"a{k}_{axis}" for axis in range(1 + axes.count(","))]
        parameters += [f"a{k}", *shape]
        arguments.append(f"carray(a{k}, ({', '.join(shape)},))")
        native += [types.CPointer(NUMBA_TYPES[dtype]), *[types.int64] * len(shape)]
    source = f"def entry({', '.join(parameters)}):\n    body({', '.join(arguments)})\n"
    options: dict[str, Any] = {"error_model": "numpy"}
    if one.fastmath:
        options["fastmath"] = FASTMATH
    names = {"carray": numba.carray, "body": numba.njit(**options)(one.function)}
    exec(source, names)
    compiled = numba.cfunc(types.void(*native), **options)(names["entry"])
    return compiled.native_name, compiled.inspect_llvm()
