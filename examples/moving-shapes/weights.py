"""Weights of the example, in half the bytes: the base policy, and what a recorded run ended with.

    python examples/moving-shapes/weights.py base FOLDER [--seed 0] [--stages FOLDER]
    python examples/moving-shapes/weights.py round CHECKPOINT FOLDER

`base` makes the base policy by the stages of the benchmark (`veripo_trainer.bench.base`); with `--stages`, finished
ones are kept there and not made again. Weights are rounded to bfloat16, before anything is trained from them: what lies
here is what the recorded run began with. Needs the trainer's Python environment.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "trainer"))

import torch  # noqa: E402 - found only now

from veripo_trainer.bench.base import make_base  # noqa: E402
from veripo_trainer.bench.bench import Bench  # noqa: E402
from veripo_trainer.bench.plan import Sizes  # noqa: E402
from veripo_trainer.bench.studio import Studio  # noqa: E402
from veripo_trainer.policy import Policy  # noqa: E402


def keep_rounded(policy: Policy, folder: Path) -> None:
    """Writes the policy with weights of 16 bits; the folder is replaced."""
    shutil.rmtree(folder, ignore_errors=True)
    policy.move(torch.bfloat16).save(folder)
    for path in folder.iterdir():
        path.chmod(0o644)


def make(folder: Path, seed: int, stages: Path | None) -> None:
    """Makes the base policy."""
    with tempfile.TemporaryDirectory() as work, Studio() as studio:
        out = stages or Path(work) / "stages"
        out.mkdir(parents=True, exist_ok=True)
        keep_rounded(make_base(Bench(seed, Sizes(), Path(work), studio), out), folder)


def main() -> None:
    """Parses the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=2)
    commands = parser.add_subparsers(dest="command", required=True)
    base = commands.add_parser("base")
    base.add_argument("folder", type=Path)
    base.add_argument("--seed", type=int, default=0)
    base.add_argument("--stages", type=Path)
    rounding = commands.add_parser("round")
    rounding.add_argument("checkpoint", type=Path)
    rounding.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    if arguments.command == "base":
        make(arguments.folder, arguments.seed, arguments.stages)
    else:
        keep_rounded(Policy.load(arguments.checkpoint, dtype=torch.float32), arguments.folder)


if __name__ == "__main__":
    main()
