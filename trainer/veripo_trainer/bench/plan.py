"""How much of everything the benchmark does, and with which settings. The studio's recorded run uses the same."""

from __future__ import annotations

from dataclasses import dataclass

from veripo_trainer.contract import DpoSettings, Frames, GrpoSettings, RolloutSettings, SftSettings

FRAMES = Frames(min_pixels=3136, max_pixels=3136)
MAX_NEW_TOKENS = 128  # a reflection holds two chains

# The studio's settings of pairs. A policy of a million parameters sees no more at its second look than at its first:
# from two passes over reflections it learns to begin with a wrong chain, and loses right answers.
PAIR_SETTINGS = {"types": {"reflection": False}}


@dataclass
class Sizes:
    """How much of everything; `scaled` makes a shorter run."""

    watch_steps: int = 550
    drill_steps: int = 300
    text_steps: int = 150
    video_clips: int = 1600
    video_steps: int = 80
    cold_steps: int = 60
    held_out: int = 200
    held_out_samples: int = 4
    grpo_questions: int = 240
    grpo_steps: int = 30
    pair_questions: int = 120
    dpo_epochs: int = 2

    def scaled(self, share: float) -> Sizes:
        """The same with fewer steps and questions."""
        values = {name: max(1, round(value * share)) for name, value in vars(self).items()}
        return Sizes(**{**values, "held_out_samples": self.held_out_samples, "dpo_epochs": self.dpo_epochs})


def sft_settings(*, steps: int, shown: int, learning_rate: float, global_batch: int = 32) -> SftSettings:
    """Imitation of `shown` demonstrations for a number of steps."""
    return SftSettings(
        frames=FRAMES,
        learning_rate=learning_rate,
        schedule="cosine",
        warmup_steps=20,
        global_batch=global_batch,
        micro_batch=32,
        max_steps=steps,
        epochs=-(-steps * global_batch // shown),
        adam_beta2=0.98,
    )


def grpo_settings(*, steps: int, questions: int) -> GrpoSettings:
    """Steps of eight questions with eight samples each."""
    return GrpoSettings(
        frames=FRAMES,
        learning_rate=1e-4,
        warmup_steps=3,
        global_batch=64,
        question_batch=8,
        samples_per_question=8,
        micro_batch=64,
        max_new_tokens=MAX_NEW_TOKENS,
        max_steps=steps,
        epochs=-(-steps * 8 // questions),
        loss_type="grpo",
        adam_beta2=0.98,
    )


def dpo_settings(*, epochs: int) -> DpoSettings:
    """Passes over a pair set."""
    return DpoSettings(
        frames=FRAMES,
        learning_rate=5e-5,
        warmup_steps=2,
        global_batch=32,
        micro_batch=16,
        epochs=epochs,
        beta=0.1,
        nll_weight=0.1,
        adam_beta2=0.98,
    )


def rollout_settings() -> RolloutSettings:
    """Eight samples per question, many at once."""
    return RolloutSettings(frames=FRAMES, micro_batch=128, max_new_tokens=MAX_NEW_TOKENS)
