"""Compiled kernels: the assembly that ships, the stored object code, and the way without both."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from scorebridge.kernels.compiler import compile_module
from scorebridge.kernels.loading import (
    MODULES,
    cache_folders,
    load_from,
    object_code,
    shipped,
)
from scorebridge.kernels.target import HOME


def spread(kernels) -> list[float]:
    """Scores of two documents, of which the first has two matches on one diagonal."""
    scores = np.zeros(2)
    scratch = np.empty(64, np.int64), np.empty(64, np.float32), np.empty(64, np.int64)
    owner, bins = np.array([[0, 1], [0, 1]]), np.array([[3, 1], [3, 8]])
    kernels.fullest_bins(owner, bins, np.ones((2, 2), np.float32), scores, *scratch)
    return scores.tolist()


@pytest.mark.parametrize("module", MODULES)
def test_the_shipped_assembly_is_of_the_present_source(module: str) -> None:
    assert shipped(module), "run `make kernels`"


def test_numba_and_the_shipped_assembly_compute_the_same(tmp_path: Path) -> None:
    header, assembly = compile_module("offset_counts")
    given = shipped("offset_counts")
    assert given and given[0]["kernels"] == header["kernels"]
    assert object_code(assembly)
    assert spread(load_from("offset_counts", [tmp_path])) == [2.0, 1.0]


def test_object_code_is_stored_once_and_a_damaged_copy_is_replaced(tmp_path: Path) -> None:
    assert spread(load_from("offset_counts", [tmp_path])) == [2.0, 1.0]
    (stored,) = tmp_path.iterdir()
    whole = stored.read_bytes()
    (tmp_path / "offset_counts-0000.kernel").write_bytes(b"of an older version")
    stored.write_bytes(whole[: len(whole) // 2])
    assert spread(load_from("offset_counts", [tmp_path])) == [2.0, 1.0]
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [whole]


def test_the_first_folder_that_can_be_written_stores_the_code(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    for folders in ([blocked, tmp_path / "b"], [blocked]):
        assert spread(load_from("offset_counts", folders)) == [2.0, 1.0]
    assert len(list((tmp_path / "b").iterdir())) == 1


def test_folders_follow_the_environment() -> None:
    assert cache_folders({"SCOREBRIDGE_KERNEL_CACHE": "x"}) == [Path("x")]
    own, user = cache_folders({"XDG_CACHE_HOME": "/c", "LOCALAPPDATA": "/c"})
    assert (own, user) == (HOME / "__pycache__", Path("/c/scorebridge"))


def test_arrays_of_another_type_are_refused(tmp_path: Path) -> None:
    kernels = load_from("offset_counts", [tmp_path])
    with pytest.raises(TypeError, match="C-contiguous int64 arrays of 2 axes"):
        kernels.fullest_bins(*[np.zeros(4)] * 7)
    with pytest.raises(ValueError, match="shorter"):
        kernels.fullest_bins(np.zeros((2, 2), np.int64))


def test_a_changed_source_is_compiled_by_numba_and_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """As a developer has it: no assembly of this source is there."""
    with caplog.at_level(logging.WARNING):
        kernels = load_from("offset_counts", [tmp_path], ship=lambda _: None)
    assert spread(kernels) == [2.0, 1.0]
    assert "Compiling the offset_counts kernels (once, about" in caplog.text


def test_searching_imports_no_numba() -> None:
    program = (
        "import sys, numpy as np\n"
        "from scorebridge.alignment.dtw import match\n"
        "from scorebridge.retrieval import find\n"
        "match(np.zeros((3, 4), np.float32))\n"
        "assert 'llvmlite' in sys.modules and 'numba' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
