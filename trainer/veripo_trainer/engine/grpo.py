"""GRPO: sample groups, have them scored, and move towards what was better than its group."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor

from veripo_trainer.contract import GrpoSettings, Question
from veripo_trainer.engine.guard import SightGuard
from veripo_trainer.engine.order import epoch_order, micro_batches
from veripo_trainer.engine.rewards import Scorer
from veripo_trainer.engine.rollouts import Group, rollout_bodies, sample_groups, score_groups
from veripo_trainer.engine.run import EngineError, Run, mean
from veripo_trainer.engine.trainee import Trainee
from veripo_trainer.engine.training import Keeper
from veripo_trainer.losses import group_advantages, policy_loss, token_entropy, token_logprobs
from veripo_trainer.policy import Policy, Row


@dataclass(frozen=True)
class Experience:
    """One response to learn from. Log-probabilities are per token, (T,), nats."""

    row: Row
    advantage: float
    is_masked: bool
    old: Tensor | None = None
    reference: Tensor | None = None


def train_grpo(
    run: Run,
    questions: Sequence[Question],
    settings: GrpoSettings,
    scorer: Scorer,
    *,
    resume: Path | None = None,
    load_reference: Callable[[], Policy] | None = None,
) -> dict[str, float]:
    """Trains `run.policy` on the questions; returns figures of the whole job.

    One turn: sample `question_batch` groups, score them, and take one optimizer step per `global_batch` responses,
    `num_iterations` times over. Checkpoints lie between turns.

    Raises:
        EngineError: no question can be shown or scored, the guard finds a blind model, or the verifier is gone.
        StoppedError: the job was asked to stop; a resumable checkpoint lies at the last finished turn.
    """
    usable = [question for question in questions if question.truth.strip()]
    if len(usable) < len(questions):
        run.log(f"{len(questions) - len(usable)} questions have no truth and are left out", level="warning")
    if not usable:
        raise EngineError("No question has a truth to score against")

    per_turn = math.ceil(
        min(settings.question_batch, len(usable)) * settings.samples_per_question / settings.global_batch
    )
    turns = math.ceil(len(usable) / settings.question_batch) * settings.epochs
    total = turns * per_turn * settings.num_iterations
    total = min(total, settings.max_steps or total)
    trainee = Trainee(run, settings, total_steps=total)
    keeper = Keeper(run, trainee, settings, resume)
    reference = trainee.reference(load_reference) if settings.beta else None
    guard = SightGuard(run)
    rollouts = 0
    began = time.monotonic()

    for turn in range(keeper.turns_done, turns):
        if trainee.step_count >= total:
            break
        keeper.stop_if_asked()
        epoch, at = divmod(turn, math.ceil(len(usable) / settings.question_batch))
        order = epoch_order(run.seed, epoch, len(usable))
        batch = [usable[i] for i in order[at * settings.question_batch : (at + 1) * settings.question_batch]]
        groups, figures = _explore(run, batch, settings, scorer, trainee.step_count)
        rollouts += sum(len(group.samples) for group in groups)
        if groups:
            _learn(run, trainee, groups, settings, reference, guard, figures, total)
        keeper.finish_turn(turn + 1)

    if len(run.failed) == len({question.id for question in usable}):
        raise EngineError("None of the questions can be shown to the model")
    keeper.finish(total)
    return {"rollouts": rollouts, "seconds": time.monotonic() - began, "steps": trainee.step_count}


def _explore(
    run: Run, batch: Sequence[Question], settings: GrpoSettings, scorer: Scorer, step: int
) -> tuple[list[Group], dict[str, float]]:
    """Samples and scores a turn's questions; returns its groups and what the charts show of them."""
    began = time.monotonic()
    groups = list(
        sample_groups(
            run,
            batch,
            settings,
            samples=settings.samples_per_question,
            max_new_tokens=settings.max_new_tokens,
            temperature=settings.temperature,
            top_p=settings.top_p,
            step=step,
        )
    )
    sampled = time.monotonic()
    groups = score_groups(groups, scorer)
    verdicts = [verdict for group in groups for verdict in group.verdicts or []]
    samples = [each for group in groups for each in group.samples]
    figures = {
        "sampleSeconds": sampled - began,
        "rewardSeconds": time.monotonic() - sampled,
        "samplesPerSecond": len(samples) / max(1e-9, sampled - began),
        "reward": mean([verdict.reward for verdict in verdicts]),
        "accuracy": mean([verdict.accuracy for verdict in verdicts]),
        "format": mean([verdict.format for verdict in verdicts]),
        "consistent": mean([verdict.parts["consistent"] for verdict in verdicts]),
        "repetition": mean([verdict.repetition for verdict in verdicts]),
        "totalTokens": mean([len(each.ids) for each in samples]),
        "thinkTokens": mean([tokens for group in groups for tokens in group.think_tokens]),
        "cutOff": mean([float(each.finish_reason == "length") for each in samples]),
    }
    return groups, figures


def _learn(
    run: Run,
    trainee: Trainee,
    groups: Sequence[Group],
    settings: GrpoSettings,
    reference: Callable[[], Policy] | None,
    guard: SightGuard,
    figures: dict[str, float],
    total: int,
) -> None:
    """Writes the rollouts down, then takes the turn's optimizer steps."""
    rewards = torch.tensor([verdict.reward for group in groups for verdict in group.verdicts or []])
    result = group_advantages(rewards, settings.samples_per_question, scale=settings.scale_rewards)
    advantages = result.values.view(len(groups), -1).tolist()
    step = trainee.step_count
    run.emit(
        [
            body
            for group, values in zip(groups, advantages, strict=True)
            for body in rollout_bodies(group, step=step, temperature=settings.temperature, advantages=values)
        ]
    )
    figures = {
        **figures,
        "rewardStd": float(result.group_std.nanmean()),
        "zeroVariance": float(result.zero_variance),
    }
    experiences = [
        Experience(Row(group.prompt, each.ids), value, settings.mask_truncated and each.finish_reason == "length")
        for group, values in zip(groups, advantages, strict=True)
        for each, value in zip(group.samples, values, strict=True)
    ]
    steps = [experiences[i : i + settings.global_batch] for i in range(0, len(experiences), settings.global_batch)]
    if len(steps) * settings.num_iterations > 1:
        # Later steps train a policy that has moved since it sampled: its own probabilities are written down now.
        steps = [_with_logprobs(run.policy, batch, settings, "old") for batch in steps]
    if reference:
        with trainee.referring(reference) as policy:
            steps = [_with_logprobs(policy, batch, settings, "reference") for batch in steps]
    for _ in range(settings.num_iterations):
        for batch in steps:
            if trainee.step_count >= total:
                return
            began = time.monotonic()
            values = _optimize(run, trainee, batch, settings, guard)
            seconds = time.monotonic() - began
            run.metric(trainee.step_count, total, {**figures, **values, "trainSeconds": seconds})


def _with_logprobs(policy: Policy, batch: Sequence[Experience], settings: GrpoSettings, name: str) -> list[Experience]:
    """The experiences with their log-probabilities under a policy, as `old` or `reference`."""
    found: list[Experience] = []
    with policy.evaluating():
        for micro in micro_batches(batch, settings.micro_batch):
            logits, tokens, _ = policy.response_logits([each.row for each in micro])
            logprobs = token_logprobs(logits, tokens, temperature=settings.temperature).cpu()
            found += [
                replace(each, **{name: values[: len(each.row.response)]})
                for each, values in zip(micro, logprobs, strict=True)
            ]
    return found


def _optimize(
    run: Run, trainee: Trainee, batch: Sequence[Experience], settings: GrpoSettings, guard: SightGuard
) -> dict[str, float]:
    """One optimizer step over a batch of responses; returns its figures."""
    policy = run.policy
    # A response without an advantage has no gradient unless the KL pulls at it, and need not be read again.
    taught = [each for each in batch if settings.beta or (each.advantage != 0 and not each.is_masked)]
    step_tokens = torch.tensor(sum(len(each.row.response) for each in batch if not each.is_masked))
    sums = dict.fromkeys(("loss", "kl", "approxKl", "clipFraction", "entropy"), 0.0)
    tokens = 0
    for micro in micro_batches(taught, settings.micro_batch):
        rows = [each.row for each in micro]
        with guard.watch(rows):
            logits, ids, mask = policy.response_logits(rows)
            logprobs = token_logprobs(logits, ids, temperature=settings.temperature)
            with torch.no_grad():
                entropy = token_entropy(logits, temperature=settings.temperature)
            mask = mask & ~torch.tensor([each.is_masked for each in micro], device=mask.device).unsqueeze(1)
            result = policy_loss(
                logprobs,
                _padded(micro, "old", logprobs) if micro[0].old is not None else logprobs.detach(),
                torch.tensor([each.advantage for each in micro], device=logprobs.device),
                mask,
                reference=_padded(micro, "reference", logprobs) if micro[0].reference is not None else None,
                loss_type=settings.loss_type,
                beta=settings.beta,
                clip_low=settings.clip_low,
                clip_high=settings.clip_high,
                max_tokens=settings.max_new_tokens,
                # Not the number of micro batches, so that one of another size changes nothing.
                accumulation=len(batch) / len(micro),
                step_tokens=step_tokens.to(logprobs.device),
            )
            result.loss.backward()  # type: ignore[no-untyped-call]
        count = int(result.tokens)
        tokens += count
        sums["loss"] += float(result.loss.detach())
        for name, value in (("kl", result.kl), ("approxKl", result.approx_kl), ("clipFraction", result.clip_fraction)):
            sums[name] += float(value) * count
        sums["entropy"] += float((entropy * mask).sum())
    values = {name: value if name == "loss" else value / max(1, tokens) for name, value in sums.items()}
    if not tokens:
        values["entropy"] = math.nan
    if not settings.beta:
        del values["kl"]
    return {**values, **trainee.step()}


def _padded(micro: Sequence[Experience], name: str, like: Tensor) -> Tensor:
    """The stored log-probabilities of a micro-batch, (B, T)."""
    padded = torch.zeros_like(like)
    for index, each in enumerate(micro):
        values = getattr(each, name)
        padded[index, : len(values)] = values
    return padded.detach()
