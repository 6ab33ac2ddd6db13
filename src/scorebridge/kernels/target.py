"""The processor that kernels are compiled for, and what identifies their source."""

from __future__ import annotations

import hashlib
from pathlib import Path

from llvmlite import binding as llvm

HOME = Path(__file__).parent


def source_digest(module: str) -> str:
    """Sixteen hex digits that change with the source of a kernel module and of the compiler."""
    digest = hashlib.sha256()
    for file in (HOME / f"{module}.py", HOME / "compiler.py"):
        digest.update(file.read_text("utf-8").encode())
    return digest.hexdigest()[:16]


def target_machine() -> llvm.TargetMachine:
    """LLVM's description of this processor, with all its instructions."""
    return llvm.Target.from_default_triple().create_target_machine(
        cpu=llvm.get_host_cpu_name(),
        features=llvm.get_host_cpu_features().flatten(),
        opt=3,
        codemodel="jitdefault",
        jit=True,
    )


def optimize(code: llvm.ModuleRef, machine: llvm.TargetMachine, level: int) -> None:
    """Run LLVM's passes of an optimization level; loops are vectorized from level 2 on."""
    options = llvm.create_pipeline_tuning_options(speed_level=level)
    options.loop_vectorization = options.slp_vectorization = level > 1
    builder = llvm.create_pass_builder(machine, options)
    builder.getModulePassManager().run(code, builder)
