"""Two processes under torchrun train the very network that one process trains."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from scorebridge_lab.training.parallel import Processes  # noqa: E402

SCRIPT = """
import sys
from pathlib import Path

import torch
from torch import nn

from scorebridge_lab.losses.ranking import ranking
from scorebridge_lab.training.parallel import gather
from scorebridge_lab.training.loop import Loop, fit


class Task:
    def __init__(self):
        torch.manual_seed(0)
        self.model = nn.Sequential(nn.Linear(6, 8), nn.Tanh(), nn.Linear(8, 4))

    def describe(self):
        return {}, []

    def draw(self, step):
        return torch.randn(7, 2, 6, generator=torch.Generator().manual_seed(step))

    def loss(self, model, batch, world):
        mine = batch[world.share(len(batch))]
        x, y = (gather(model(mine[:, k]).float(), world, len(batch)) for k in (0, 1))
        return ranking(x, y, 0.7), {}

    def validate(self, model, device):
        return {}

    def finish(self, model, device):
        return {"weights": [p.tolist() for p in model.parameters()]}


loop = Loop(steps=6, epoch=100, learning_rate=0.1, optimiser="sgd", bf16=False)
fit(Task(), Path(sys.argv[1]), loop)
"""


def test_shares_cover_a_batch():
    for size in (1, 2, 3, 8):
        parts = [Processes(r, size).share(10) for r in range(size)]
        assert [k for p in parts for k in range(10)[p]] == list(range(10))


@pytest.mark.slow
def test_two_processes_train_what_one_trains(tmp_path: Path):
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    weights = []
    for name, launcher in (
        ("one", [sys.executable]),
        ("two", [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node", "2"]),
    ):
        extra = ["--standalone"] if name == "two" else []
        subprocess.run(
            [*launcher, *extra, str(script), str(tmp_path / name)],
            check=True,
            timeout=300,
            env={**os.environ, "OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""},
        )
        weights.append(json.loads((tmp_path / name / "result.json").read_text())["weights"])
    for a, b in zip(*weights, strict=True):
        torch.testing.assert_close(torch.tensor(a), torch.tensor(b), atol=1e-5, rtol=1e-4)
