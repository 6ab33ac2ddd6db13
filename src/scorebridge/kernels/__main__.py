"""`python -m scorebridge.kernels` writes the LLVM assembly that ships (`make kernels`)."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from scorebridge.kernels.compiler import compile_module
from scorebridge.kernels.loading import MODULES
from scorebridge.kernels.target import HOME


def main() -> None:
    """Write the assembly of every kernel module beside it, unoptimized for any processor."""
    plain = {
        "NUMBA_OPT": "0",
        "NUMBA_CPU_NAME": "generic",
        "NUMBA_CPU_FEATURES": "",
        "PYTHONHASHSEED": "0",  # fixes the order of flags in the text
    }
    if any(os.environ.get(name) != value for name, value in plain.items()):
        environment = {**os.environ, **plain}
        command = [sys.executable, "-m", "scorebridge.kernels"]
        raise SystemExit(subprocess.run(command, env=environment, check=False).returncode)
    for module in MODULES:
        header, assembly = compile_module(module)
        (HOME / f"{module}.ll").write_text(f"; {json.dumps(header)}\n{assembly}", "utf-8")


if __name__ == "__main__":
    main()
