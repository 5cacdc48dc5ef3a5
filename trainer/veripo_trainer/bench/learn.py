"""Does it learn? One run of the method on moving-shapes, and the table of what changed.

    python -m veripo_trainer.bench.learn --seed 0 [--size 1.0] [--out FOLDER]

A base policy is made (text first, then video, then a cold start on noisy demonstrations). Then two iterations: GRPO on
video, rollouts judged and paired by the studio's own verifier and pair builder, DPO. Beside it, GRPO alone for as much
processor time. Held-out questions are sampled at temperature 1 and judged twice: by the studio's verifier, and by the
world's own truth, which curated nothing.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import random
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from veripo_trainer.bench.studio import Studio
from veripo_trainer.contract import (
    Demonstration,
    DpoSettings,
    Frames,
    GrpoSettings,
    Question,
    RolloutSettings,
    SftSettings,
)
from veripo_trainer.engine.dpo import train_dpo
from veripo_trainer.engine.grpo import train_grpo
from veripo_trainer.engine.rollouts import Group, sample_groups, score_groups
from veripo_trainer.engine.run import Recorder, Run, mean
from veripo_trainer.engine.sft import train_sft
from veripo_trainer.policy import Policy
from veripo_trainer.tiny import build_config, build_model, build_tokenizer
from veripo_trainer.video import write_clip
from veripo_trainer.world import (
    WATCH,
    Item,
    good_response,
    judge,
    make_items,
    noisy_response,
    question_of,
    tokenizer_corpus,
    tokenizer_phrases,
    watch_response,
)

FRAMES = Frames(min_pixels=3136, max_pixels=3136)
MAX_NEW_TOKENS = 128  # a reflection holds two chains


@dataclass
class Sizes:
    """How much of everything; `scaled` makes a shorter run."""

    text_steps: int = 60
    video_clips: int = 1600
    watch_steps: int = 350
    video_steps: int = 80
    cold_steps: int = 50
    held_out: int = 200
    held_out_samples: int = 2
    grpo_questions: int = 160
    grpo_steps: int = 30
    pair_questions: int = 100
    dpo_epochs: int = 3

    def scaled(self, share: float) -> Sizes:
        """The same with fewer steps and questions."""
        values = {name: max(1, round(value * share)) for name, value in vars(self).items()}
        return Sizes(**{**values, "held_out_samples": self.held_out_samples, "dpo_epochs": self.dpo_epochs})


@dataclass
class Bench:
    """One run with one seed."""

    seed: int
    sizes: Sizes
    folder: Path
    studio: Studio
    items: dict[str, Item] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)
    costs: dict[str, float] = field(default_factory=dict)

    def questions(self, split: str, count: int) -> list[Question]:
        """Video questions with a clip of their own each, written to disk."""
        found = []
        for item in make_items(split, count, seed=self.seed):
            media = f"{random.Random(item.id).getrandbits(256):064x}"
            write_clip(item.scene, self.folder / media)
            self.items[item.id] = item
            found.append(question_of(item, media))
        return found

    def text_questions(self, count: int) -> list[Question]:
        """Text-only questions."""
        items = list(make_items("train", count, seed=self.seed, text_only=True))
        self.items |= {item.id: item for item in items}
        return [question_of(item, None) for item in items]

    def run(self, policy: Policy, seed: int) -> tuple[Run, Recorder]:
        """A job without a service."""
        recorder = Recorder()
        work = Path(tempfile.mkdtemp(dir=self.folder))
        return Run(policy, recorder, lambda sha: self.folder / sha, seed, work), recorder

    def good(self, questions: Sequence[Question]) -> list[Demonstration]:
        """Careful answers."""
        return [
            Demonstration(**q.model_dump(), response=good_response(self.items[q.id].scene, self.items[q.id].asked))
            for q in questions
        ]

    def noisy(self, questions: Sequence[Question]) -> list[Demonstration]:
        """Answers as people and models write them."""
        rng = random.Random(f"noise {self.seed}")
        return [
            Demonstration(
                **q.model_dump(), response=noisy_response(self.items[q.id].scene, self.items[q.id].asked, rng)[0]
            )
            for q in questions
        ]

    # --- Stages ---------------------------------------------------------------------------------------------------

    def imitate(self, policy: Policy, name: str, shown: Sequence[Demonstration], steps: int, **changes: Any) -> None:  # noqa: ANN401
        """SFT for a number of steps."""
        batch = changes.get("global_batch", 32)
        settings = SftSettings.model_validate(
            {
                "frames": FRAMES,
                "learning_rate": 1e-3,
                "warmup_steps": 20,
                "global_batch": batch,
                "micro_batch": 64,
                "max_steps": steps,
                "epochs": -(-steps * batch // len(shown)),
                "adam_beta2": 0.98,
                **changes,
            }
        )
        run, recorder = self.run(policy, self.seed)
        began = _clock()
        train_sft(run, shown, settings)
        last = recorder.metrics[-1].values
        self.say(name, began, steps, f"loss {last['loss']:.4f}, token accuracy {last['tokenAccuracy']:.3f}")

    def explore(self, policy: Policy, name: str, questions: Sequence[Question], steps: int) -> float:
        """GRPO for a number of steps of 64 samples; returns its processor seconds."""
        settings = GrpoSettings(
            frames=FRAMES,
            learning_rate=1e-4,
            warmup_steps=3,
            global_batch=64,
            question_batch=8,
            samples_per_question=8,
            micro_batch=64,
            max_new_tokens=MAX_NEW_TOKENS,
            max_steps=steps,
            epochs=-(-steps * 8 // len(questions)),
            loss_type="grpo",
            adam_beta2=0.98,
        )
        run, recorder = self.run(policy, self.seed + len(self.rows))
        began = _clock()
        train_grpo(run, questions, settings, self.studio.score)
        first, last = ([m.values for m in recorder.metrics][at] for at in (slice(None, 5), slice(-5, None)))
        reward = [mean([values["reward"] for values in part]) for part in (first, last)]
        self.say(name, began, steps, f"reward {reward[0]:.3f} -> {reward[1]:.3f}")
        self.costs.setdefault("grpo", (_clock()[0] - began[0]) / (steps * 8))
        return _clock()[0] - began[0]

    def align(self, policy: Policy, name: str, questions: Sequence[Question]) -> float:
        """Rollouts, pairs by the studio, DPO; returns its processor seconds."""
        run, recorder = self.run(policy, self.seed + len(self.rows))
        began = _clock()
        groups = self.sample(run, questions, samples=8)
        found = self.studio.pairs(groups, seed=self.seed)
        kinds = Counter(kind for kind, _ in found)
        paired = _clock()
        if not found:
            self.say(name, began, 0, "the studio proposes no pair: no question has both a good and a bad response")
            return _clock()[0] - began[0]
        settings = DpoSettings(
            frames=FRAMES,
            learning_rate=5e-5,
            warmup_steps=2,
            global_batch=32,
            micro_batch=64,
            epochs=self.sizes.dpo_epochs,
            beta=0.1,
            nll_weight=0.1,
            adam_beta2=0.98,
        )
        pairs = [pair for _, pair in found]
        result = train_dpo(run, pairs, settings)
        last = recorder.metrics[-1].values
        counts = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        self.say(name, began, int(result["steps"]), f"{len(pairs)} pairs ({counts}); margin {last['margin']:.3f}")
        self.costs.setdefault("dpo", (_clock()[0] - paired[0]) / (len(pairs) * self.sizes.dpo_epochs))
        return _clock()[0] - began[0]

    def sample(self, run: Run, questions: Sequence[Question], *, samples: int) -> list[Group]:
        """Groups at temperature 1, judged by the studio."""
        settings = RolloutSettings(frames=FRAMES, micro_batch=128, max_new_tokens=MAX_NEW_TOKENS)
        groups = sample_groups(
            run,
            questions,
            settings,
            samples=samples,
            max_new_tokens=MAX_NEW_TOKENS,
            temperature=1.0,
            top_p=1.0,
            step=10_000,
        )
        return score_groups(list(groups), self.studio.score)

    def measure(self, policy: Policy, name: str, questions: Sequence[Question]) -> dict[str, Any]:
        """One row of the table, from held-out questions."""
        run, _ = self.run(policy, 12_345)
        groups = self.sample(run, questions, samples=self.sizes.held_out_samples)
        texts = [(group, text) for group in groups for text in group.texts]
        verdicts = [verdict for group in groups for verdict in group.verdicts or []]
        world = [judge(self.items[group.question.id], text) for group, text in texts]
        decided = [verdict.consistency for verdict in verdicts if verdict.consistency != "undetermined"]
        row = {
            "policy": name,
            "accuracy": mean([float(verdict.correct) for verdict in verdicts]),
            "inconsistent": mean([float(each == "inconsistent") for each in decided]),
            "both": mean([float(v.correct and v.consistency == "consistent") for v in verdicts]),
            "worldAccuracy": mean([float(each.correct) for each in world]),
            "worldInconsistent": mean([float(not each.consistent) for each in world if each.consistent is not None]),
            "worldBoth": mean([float(each.correct and each.consistent is True) for each in world]),
            "worldSees": mean([float(each.sees) for each in world if each.sees is not None]),
            "thinkTokens": mean([tokens for group in groups for tokens in group.think_tokens]),
            "wellFormed": mean([float(verdict.well_formed) for verdict in verdicts]),
            "samples": len(texts),
        }
        self.rows.append(row)
        print(
            "  " + "  ".join(f"{k} {v:.3f}" if isinstance(v, float) else f"{k} {v}" for k, v in row.items()), flush=True
        )
        return row

    def say(self, name: str, began: tuple[float, float], steps: int, text: str) -> None:
        """A line about a stage."""
        cpu, wall = (now - then for now, then in zip(_clock(), began, strict=True))
        self.costs[name] = cpu
        print(f"{name}: {steps} steps, {cpu:.0f} s of processor, {wall:.0f} s of clock; {text}", flush=True)


def _clock() -> tuple[float, float]:
    """Processor seconds of this process and seconds of the clock. The first is what a shared machine can compare."""
    return time.process_time(), time.monotonic()


def clone(policy: Policy) -> Policy:
    """A copy of the weights."""
    return Policy(copy.deepcopy(policy.model), policy.tokenizer)


def make_base(bench: Bench, out: Path | None) -> Policy:
    """The base policy: sees and reads, binds letters to options, and has bad habits.

    With `out`, every finished stage is kept there and not made again.
    """
    tokenizer = build_tokenizer(tokenizer_corpus(), tokenizer_phrases())
    policy = Policy(build_model(build_config(tokenizer, width=128, layers=4), seed=bench.seed), tokenizer)
    sizes = bench.sizes
    texts = bench.good(bench.text_questions(max(64, sizes.text_steps * 16)))
    videos = bench.questions("train", sizes.video_clips)
    # Some text stays in, so that options are not forgotten while the eyes open.
    some_text = texts[: len(videos) // 5]
    watched = [
        shown.model_copy(update={"turn": WATCH, "response": watch_response(bench.items[shown.id].scene)})
        for shown in bench.good(videos)
    ]
    stages: list[tuple[str, Sequence[Demonstration], int, dict[str, Any]]] = [
        ("activation on text", texts, sizes.text_steps, {"global_batch": 64}),
        # Colour is seen at once, what moves where only after a plateau: two halves, so that a stopped run loses less.
        ("watching", [*watched, *some_text], sizes.watch_steps, {}),
        ("watching on", [*watched, *some_text], sizes.watch_steps, {}),
        ("activation on video", [*bench.good(videos), *some_text], sizes.video_steps, {"learning_rate": 5e-4}),
        ("cold start", bench.noisy(videos), sizes.cold_steps, {"learning_rate": 3e-4}),
    ]
    for number, (name, shown, steps, changes) in enumerate(stages, start=1):
        folder = out / f"seed-{bench.seed}-{number}" if out else None
        if folder and folder.is_dir():
            policy = Policy.load(folder, dtype=torch.float32)
            continue
        bench.imitate(policy, name, shown, steps, **changes)
        if folder:
            keep(policy, folder)
    return policy


def keep(policy: Policy, folder: Path) -> None:
    """Writes a checkpoint; it is there whole or not at all."""
    unfinished = folder.with_name(f".{folder.name}")
    unfinished.mkdir(parents=True, exist_ok=True)
    policy.save(unfinished)
    unfinished.rename(folder)


def learn(bench: Bench, base: Policy, out: Path | None) -> dict[str, Any]:
    """The whole comparison; returns its figures. With `out`, the policies of the two iterations are kept there."""
    sizes = bench.sizes
    held_out = bench.questions("held-out", sizes.held_out)
    questions = bench.questions("grpo", sizes.grpo_questions)
    first, second = (bench.questions(f"pairs-{k}", sizes.pair_questions) for k in (1, 2))
    bench.measure(base, "base", held_out)

    policy = clone(base)
    spent = 0.0
    for k, pair_questions in ((1, first), (2, second)):
        spent += bench.explore(policy, f"GRPO {k}", questions, sizes.grpo_steps)
        bench.measure(policy, f"after GRPO {k}", held_out)
        policy = clone(policy)
        spent += bench.align(policy, f"DPO {k}", pair_questions)
        bench.measure(policy, f"after DPO {k}", held_out)
        if out and not (out / f"seed-{bench.seed}-iteration-{k}").is_dir():
            keep(policy, out / f"seed-{bench.seed}-iteration-{k}")

    alone = clone(base)
    steps = max(1, round(spent / (bench.costs["grpo"] * 8)))
    bench.explore(alone, "GRPO alone", questions, steps)
    bench.measure(alone, "GRPO alone, same time", held_out)
    ratio = bench.costs["grpo"] / bench.costs.get("dpo", math.nan)
    print(f"One GRPO question costs as much as {ratio:.1f} DPO pairs")
    return {"seed": bench.seed, "rows": bench.rows, "costs": bench.costs, "grpoOverDpo": ratio}


def table(figures: dict[str, Any]) -> str:
    """The rows as Markdown."""
    names = ("accuracy", "inconsistent", "both", "worldAccuracy", "worldInconsistent", "worldBoth", "thinkTokens")
    lines = [f"| policy | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    for row in figures["rows"]:
        cells = [f"{row[name]:.1f}" if name == "thinkTokens" else f"{100 * row[name]:.1f} %" for name in names]
        lines.append(f"| {row['policy']} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Parses the command line, runs, prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--size", type=float, default=1.0, help="share of steps and questions")
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=COUNT", help="one of the sizes, e.g. grpo_steps=20"
    )
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--out",
        type=Path,
        help="folder for the stages of the base policy, which are not made again, and for the figures",
    )
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    sizes = Sizes().scaled(arguments.size)
    for change in arguments.set:
        name, _, count = change.partition("=")
        if name not in vars(sizes):
            parser.error(f"{name} is none of {', '.join(vars(sizes))}")
        setattr(sizes, name, int(count))
    with tempfile.TemporaryDirectory() as folder, Studio() as studio:
        bench = Bench(arguments.seed, sizes, Path(folder), studio)
        figures = learn(bench, make_base(bench, arguments.out), arguments.out)
    print(table(figures))
    if arguments.out:
        (arguments.out / f"learn-{arguments.seed}.json").write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
