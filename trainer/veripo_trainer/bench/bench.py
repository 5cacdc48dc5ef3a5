"""One run of the benchmark: its questions and clips, and the stages of the method."""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from veripo_trainer.bench.plan import (
    MAX_NEW_TOKENS,
    PAIR_SETTINGS,
    Sizes,
    dpo_settings,
    grpo_settings,
    rollout_settings,
    sft_settings,
)
from veripo_trainer.bench.studio import Studio
from veripo_trainer.contract import Demonstration, Question
from veripo_trainer.engine.dpo import train_dpo
from veripo_trainer.engine.grpo import train_grpo
from veripo_trainer.engine.rollouts import Group, sample_groups, score_groups
from veripo_trainer.engine.run import Recorder, Run, mean
from veripo_trainer.engine.sft import train_sft
from veripo_trainer.policy import Policy
from veripo_trainer.video import write_clip
from veripo_trainer.world import Item, make_items, question_of

Cost = dict[str, list[float]]


@dataclass
class Bench:
    """One run with one seed.

    Attributes:
        seed: from which everything follows.
        sizes: how much of everything.
        folder: clips and work files.
        studio: judges and pairs.
        items: every question that was made, by id.
        costs: processor seconds per GRPO question and per DPO pair, one figure per stage.
    """

    seed: int
    sizes: Sizes
    folder: Path
    studio: Studio
    items: dict[str, Item] = field(default_factory=dict)
    costs: Cost = field(default_factory=lambda: {"grpo": [], "dpo": []})

    # --- Questions ------------------------------------------------------------------------------------------------

    def questions(self, split: str, count: int) -> list[Question]:
        """Video questions with a clip of their own each, written to disk."""
        found = []
        for item in make_items(split, count, seed=self.seed):
            media = f"{random.Random(item.id).getrandbits(256):064x}"
            write_clip(item.scene, self.folder / media)
            self.items[item.id] = item
            found.append(question_of(item, media))
        return found

    def text_questions(self, split: str, count: int) -> list[Question]:
        """Text-only questions."""
        items = list(make_items(split, count, seed=self.seed, text_only=True))
        self.items |= {item.id: item for item in items}
        return [question_of(item, None) for item in items]

    # --- Stages ---------------------------------------------------------------------------------------------------

    def run(self, policy: Policy, seed: int) -> tuple[Run, Recorder]:
        """A job without a service."""
        recorder = Recorder()
        work = Path(tempfile.mkdtemp(dir=self.folder))
        return Run(policy, recorder, lambda sha: self.folder / sha, seed, work), recorder

    def imitate(
        self,
        job: tuple[Run, Recorder],
        name: str,
        shown: Sequence[Demonstration],
        steps: int,
        *,
        learning_rate: float = 1e-3,
        global_batch: int = 32,
    ) -> None:
        """SFT for a number of steps."""
        run, recorder = job
        began = clock()
        train_sft(
            run,
            shown,
            sft_settings(steps=steps, shown=len(shown), learning_rate=learning_rate, global_batch=global_batch),
        )
        last = recorder.metrics[-1].values
        say(name, began, f"{steps} steps, loss {last['loss']:.4f}, token accuracy {last['tokenAccuracy']:.3f}")

    def explore(self, policy: Policy, name: str, questions: Sequence[Question], steps: int, *, seed: int) -> float:
        """GRPO for a number of steps of 64 samples; returns its processor seconds."""
        run, recorder = self.run(policy, self.seed + seed)
        began = clock()
        train_grpo(run, questions, grpo_settings(steps=steps, questions=len(questions)), self.studio.score)
        spent = clock()[0] - began[0]
        first, last = ([m.values for m in recorder.metrics][at] for at in (slice(None, 5), slice(-5, None)))
        rewards = [mean([values["reward"] for values in part]) for part in (first, last)]
        sampling = sum(m.values["sampleSeconds"] or 0 for m in recorder.metrics)
        training = sum(m.values["trainSeconds"] or 0 for m in recorder.metrics)
        say(
            name,
            began,
            f"{steps} steps, reward {rewards[0]:.3f} -> {rewards[1]:.3f}, sampling {sampling:.0f} s, "
            f"training {training:.0f} s",
        )
        self.costs["grpo"].append(spent / (steps * 8))
        return spent

    def align(self, policy: Policy, name: str, questions: Sequence[Question], *, seed: int) -> float:
        """Rollouts, pairs by the studio, DPO; returns the processor seconds of all three."""
        run, _ = self.run(policy, self.seed + seed)
        began = clock()
        found = self.studio.pairs(self.sample(run, questions, samples=8), PAIR_SETTINGS, seed=self.seed)
        if not found:
            say(name, began, "the studio proposes no pair: no question has both a good and a bad response")
            return clock()[0] - began[0]
        run, recorder = self.run(policy, self.seed + seed)
        sampled = clock()
        epochs = self.sizes.dpo_epochs
        result = train_dpo(run, [pair for _, pair in found], dpo_settings(epochs=epochs))
        self.costs["dpo"].append((clock()[0] - sampled[0]) / (len(found) * epochs))
        kinds = Counter(kind for kind, _ in found)
        counts = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        last = recorder.metrics[-1].values
        say(
            name,
            began,
            f"{result['steps']:.0f} steps, {len(found)} pairs ({counts}), margin {last['margin']:.3f}, "
            f"rollouts {sampled[0] - began[0]:.0f} s of processor",
        )
        return clock()[0] - began[0]

    def sample(self, run: Run, questions: Sequence[Question], *, samples: int) -> list[Group]:
        """Groups at temperature 1, judged by the studio."""
        groups = sample_groups(
            run,
            questions,
            rollout_settings(),
            samples=samples,
            max_new_tokens=MAX_NEW_TOKENS,
            temperature=1.0,
            top_p=1.0,
            step=10_000,
        )
        return score_groups(list(groups), self.studio.score)


def clock() -> tuple[float, float]:
    """Processor seconds of this process and seconds of the clock. The first is what a shared machine can compare."""
    return time.process_time(), time.monotonic()


def say(name: str, began: tuple[float, float], text: str) -> None:
    """A line about a stage."""
    cpu, wall = (now - then for now, then in zip(clock(), began, strict=True))
    print(f"{name}: {text}; {cpu:.0f} s of processor, {wall:.0f} s of clock", flush=True)
