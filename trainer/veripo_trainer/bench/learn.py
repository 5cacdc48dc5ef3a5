"""Does it learn? The method on moving-shapes, several seeds, and the table of what changed.

    python -m veripo_trainer.bench.learn --seeds 0 1 2 --out FOLDER [--threads 2]

For every seed a base policy is made, then two iterations: GRPO on video, rollouts judged and paired by the studio's own
verifier and pair builder, DPO. Beside them GRPO alone for as much processor time. Held-out questions are sampled at
temperature 1 and judged twice: by the studio's verifier, and by the world's own truth, which curated nothing.

What is finished is kept in the folder, and a second run goes on from there. The table is printed as Markdown.
"""

from __future__ import annotations

import argparse
import copy
import json
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from veripo_trainer.bench.base import keep, make_base
from veripo_trainer.bench.bench import Bench
from veripo_trainer.bench.measure import Measured, measure
from veripo_trainer.bench.plan import Sizes
from veripo_trainer.bench.report import Figures, report
from veripo_trainer.bench.studio import Studio
from veripo_trainer.engine.run import mean
from veripo_trainer.policy import Policy


def learn(bench: Bench, out: Path) -> Figures:
    """The whole comparison with one seed. The base and the policies of both iterations are kept in `out`."""
    began = time.process_time()
    base = make_base(bench, out)
    base_seconds = time.process_time() - began
    sizes = bench.sizes
    held_out = bench.questions("held-out", sizes.held_out)
    rows: list[Measured] = []

    def see(policy: Policy, name: str) -> None:
        rows.append(measure(bench, policy, name, held_out))

    see(base, "base")
    policy, spent = clone(base), 0.0
    for k in (1, 2):
        questions = bench.questions(f"grpo-{k}", sizes.grpo_questions)
        spent += bench.explore(policy, f"GRPO {k}", questions, sizes.grpo_steps, seed=2 * k)
        see(policy, f"GRPO {k}")
        spent += bench.align(policy, f"DPO {k}", bench.questions(f"pairs-{k}", sizes.pair_questions), seed=2 * k + 1)
        see(policy, f"DPO {k}")
        keep(policy, out / f"seed-{bench.seed}-iteration-{k}")

    alone = clone(base)
    cost = mean(bench.costs["grpo"])
    steps = max(1, round(spent / (cost * 8)))
    fresh = bench.questions("grpo-alone", steps * 8)
    bench.explore(alone, "GRPO alone", fresh, steps, seed=9)
    see(alone, "GRPO alone")
    return Figures(
        seed=bench.seed,
        rows=rows,
        grpo_question_seconds=cost,
        dpo_pair_seconds=mean(bench.costs["dpo"]),
        base_seconds=base_seconds,
        seconds=time.process_time() - began,
    )


def clone(policy: Policy) -> Policy:
    """A copy of the weights."""
    return Policy(copy.deepcopy(policy.model), policy.tokenizer)


def run_seed(seed: int, sizes: Sizes, out: Path) -> Figures:
    """The figures of a seed: those in the folder, or new ones."""
    path = out / f"learn-{seed}.json"
    if path.is_file():
        return Figures.read(json.loads(path.read_text()))
    with tempfile.TemporaryDirectory() as folder, Studio() as studio:
        figures = learn(Bench(seed, sizes, Path(folder), studio), out)
    path.write_text(json.dumps(asdict(figures), indent=1))
    return figures


def _sizes(arguments: argparse.Namespace, parser: argparse.ArgumentParser) -> Sizes:
    sizes = Sizes().scaled(arguments.size)
    changes: list[str] = arguments.set
    for change in changes:
        name, _, count = change.partition("=")
        if name not in vars(sizes):
            parser.error(f"{name} is none of {', '.join(vars(sizes))}")
        setattr(sizes, name, int(count))
    return sizes


def main(argv: list[str] | None = None) -> None:
    """Parses the command line, runs, prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and figures")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--size", type=float, default=1.0, help="share of steps and questions")
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=COUNT", help="one of the sizes, e.g. grpo_steps=20"
    )
    arguments: Any = parser.parse_args(argv)
    sizes = _sizes(arguments, parser)
    torch.set_num_threads(arguments.threads)
    arguments.out.mkdir(parents=True, exist_ok=True)
    print(report([run_seed(seed, sizes, arguments.out) for seed in arguments.seeds]))


if __name__ == "__main__":
    main()
