"""DPO: prefer the chosen response of each pair of a frozen set, without leaving the policy that sampled them."""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from veripo_trainer.contract import DpoSettings, Pair
from veripo_trainer.engine.guard import SightGuard
from veripo_trainer.engine.order import by_length, epoch_order, micro_batches
from veripo_trainer.engine.run import EngineError, Run
from veripo_trainer.engine.trainee import Trainee
from veripo_trainer.engine.training import Keeper
from veripo_trainer.losses import preference_loss, sequence_logprob, token_logprobs
from veripo_trainer.policy import Policy, Row


class Sides(NamedTuple):
    """Both responses to one prompt. The two rows share the prompt, and so one encoding of its video."""

    chosen: Row
    rejected: Row


def train_dpo(
    run: Run,
    pairs: Sequence[Pair],
    settings: DpoSettings,
    *,
    resume: Path | None = None,
    load_reference: Callable[[], Policy] | None = None,
) -> dict[str, float]:
    """Trains `run.policy` on the pairs; returns figures of the whole job.

    The reference is the policy that training begins with. Its log-probabilities are computed once, before the first
    step, and kept in the job's work folder.

    Raises:
        EngineError: there is nothing to learn from, or the guard finds a blind model.
        StoppedError: the job was asked to stop.
    """
    if not pairs:
        raise EngineError("The pair set is empty")
    shown = [pair for pair in pairs if run.prompt(pair, settings)]
    if not shown:
        raise EngineError("None of the pairs can be shown to the model")
    per_epoch = math.ceil(len(shown) / settings.global_batch)
    total = min(per_epoch * settings.epochs, settings.max_steps or per_epoch * settings.epochs)
    trainee = Trainee(run, settings, total_steps=total)
    began = time.monotonic()
    reference = _reference(run, trainee, shown, settings, load_reference if resume else None)
    reference_seconds = time.monotonic() - began
    keeper = Keeper(run, trainee, settings, resume)
    guard = SightGuard(run)
    for turn in range(keeper.turns_done, total):
        keeper.stop_if_asked()
        epoch, at = divmod(turn, per_epoch)
        order = epoch_order(run.seed, epoch, len(shown))
        chosen = order[at * settings.global_batch : (at + 1) * settings.global_batch]
        step_began = time.monotonic()
        values = _align(run, trainee, [shown[i] for i in chosen], reference[chosen], settings, guard)
        run.metric(trainee.step_count, total, {**values, "trainSeconds": time.monotonic() - step_began})
        keeper.finish_turn(turn + 1)
    keeper.finish(total)
    return {
        "seconds": time.monotonic() - began,
        "referenceSeconds": reference_seconds,
        "steps": trainee.step_count,
        "pairs": len(shown),
    }


def _sides(run: Run, pair: Pair, settings: DpoSettings) -> Sides:
    prompt = run.prompt(pair, settings)
    if prompt is None:
        raise EngineError(f"The clip of pair {pair.pair_id} could be read before and can not be read now")
    limit = settings.max_response_tokens
    return Sides(*(Row(prompt, run.policy.response(text, max_tokens=limit)) for text in (pair.chosen, pair.rejected)))


def _by_length(pairs: Sequence[Pair]) -> list[int]:
    """Places of the pairs, shortest texts first: a reflection holds two chains, and others are not padded to it."""
    return by_length(range(len(pairs)), lambda index: max(len(pairs[index].chosen), len(pairs[index].rejected)))


def _reference(
    run: Run, trainee: Trainee, pairs: Sequence[Pair], settings: DpoSettings, load: Callable[[], Policy] | None
) -> Tensor:
    """Log-probability of both sides under the policy that training begins with. (pairs, 2), float32, nats."""
    digest = hashlib.sha256(settings.model_dump_json().encode())
    for pair in pairs:
        digest.update(pair.model_dump_json().encode())
    path = run.work / f"reference-{digest.hexdigest()[:16]}.safetensors"
    if path.is_file():
        return load_file(path)["logprobs"]
    # A fresh job still is its own reference; one that goes on without its cache reads the starting weights again.
    policy = load() if load else run.policy
    if load:
        policy.move(run.policy.device)
    logprobs = torch.empty(len(pairs), 2)
    with policy.evaluating():
        for micro in micro_batches(_by_length(pairs), max(1, settings.micro_batch // 2)):
            chosen, rejected, _ = _logprobs(policy, [_sides(run, pairs[i], settings) for i in micro])
            logprobs[list(micro)] = torch.stack([chosen, rejected], dim=1).float().cpu()
    unfinished = path.with_suffix(".unfinished")
    save_file({"logprobs": logprobs}, unfinished)
    unfinished.replace(path)
    run.log(f"Reference log-probabilities of {len(pairs)} pairs are cached")
    return logprobs


def _logprobs(policy: Policy, sides: Sequence[Sides]) -> tuple[Tensor, Tensor, Tensor]:
    """Summed log-probability of the chosen and the rejected sides, and the tokens of the chosen: each (B,)."""
    rows = [each.chosen for each in sides] + [each.rejected for each in sides]
    logits, tokens, mask = policy.response_logits(rows)
    chosen, rejected = sequence_logprob(token_logprobs(logits, tokens), mask).chunk(2)
    return chosen, rejected, mask.sum(-1).chunk(2)[0]


def _align(
    run: Run, trainee: Trainee, batch: Sequence[Pair], reference: Tensor, settings: DpoSettings, guard: SightGuard
) -> dict[str, float]:
    """One optimizer step over a batch of pairs; returns its figures."""
    names = ("loss", "sigmoid", "nll", "reward_chosen", "reward_rejected", "margin", "accuracy")
    sums = dict.fromkeys(names, 0.0)
    for micro in micro_batches(_by_length(batch), max(1, settings.micro_batch // 2)):
        sides = [_sides(run, batch[i], settings) for i in micro]
        with guard.watch([each.chosen for each in sides]):
            chosen, rejected, chosen_tokens = _logprobs(run.policy, sides)
            known = reference[list(micro)].to(chosen.device)
            result = preference_loss(
                chosen,
                rejected,
                known[:, 0],
                known[:, 1],
                beta=settings.beta,
                nll_weight=settings.nll_weight,
                chosen_tokens=chosen_tokens,
            )
            share = len(micro) / len(batch)
            (result.loss * share).backward()  # type: ignore[no-untyped-call]
        for name in names:
            sums[name] += float(getattr(result, name).detach()) * share
    figures = {
        "loss": sums["loss"],
        "sigmoid": sums["sigmoid"],
        "rewardChosen": sums["reward_chosen"],
        "rewardRejected": sums["reward_rejected"],
        "margin": sums["margin"],
        "accuracy": sums["accuracy"],
    }
    if settings.nll_weight:
        figures["nll"] = sums["nll"]
    return {**figures, **trainee.step()}
