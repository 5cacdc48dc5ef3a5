"""SFT: imitate demonstrations, the cold start before GRPO."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from pathlib import Path

import torch

from veripo_trainer.contract import Demonstration, SftSettings
from veripo_trainer.engine.guard import SightGuard
from veripo_trainer.engine.order import by_length, epoch_order, micro_batches
from veripo_trainer.engine.run import EngineError, Run
from veripo_trainer.engine.trainee import Trainee
from veripo_trainer.engine.training import Keeper
from veripo_trainer.losses import likelihood_loss, token_logprobs
from veripo_trainer.policy import Row


def train_sft(
    run: Run, demonstrations: Sequence[Demonstration], settings: SftSettings, *, resume: Path | None = None
) -> dict[str, float]:
    """Trains `run.policy` on the demonstrations; returns figures of the whole job.

    Raises:
        EngineError: there is nothing to imitate, or the guard finds a blind model.
        StoppedError: the job was asked to stop.
    """
    if not demonstrations:
        raise EngineError("There are no demonstrations")
    per_epoch = math.ceil(len(demonstrations) / settings.global_batch)
    total = min(per_epoch * settings.epochs, settings.max_steps or per_epoch * settings.epochs)
    trainee = Trainee(run, settings, total_steps=total)
    keeper = Keeper(run, trainee, settings, resume)
    guard = SightGuard(run)
    began = time.monotonic()
    for turn in range(keeper.turns_done, total):
        keeper.stop_if_asked()
        epoch, at = divmod(turn, per_epoch)
        order = epoch_order(run.seed, epoch, len(demonstrations))
        chosen = [demonstrations[i] for i in order[at * settings.global_batch : (at + 1) * settings.global_batch]]
        rows = [
            Row(prompt, run.policy.response(each.response, max_tokens=settings.max_response_tokens))
            for each in chosen
            if (prompt := run.prompt(each, settings))
        ]
        if rows:
            step_began = time.monotonic()
            values = _imitate(run, trainee, rows, settings, guard)
            run.metric(trainee.step_count, total, {**values, "trainSeconds": time.monotonic() - step_began})
        keeper.finish_turn(turn + 1)
    if not trainee.step_count:
        raise EngineError("None of the demonstrations can be shown to the model")
    keeper.finish(total)
    return {"seconds": time.monotonic() - began, "steps": trainee.step_count}


def _imitate(
    run: Run, trainee: Trainee, rows: Sequence[Row], settings: SftSettings, guard: SightGuard
) -> dict[str, float]:
    """One optimizer step."""
    policy = run.policy
    step_tokens = torch.tensor(sum(len(row.response) for row in rows))
    loss, right = 0.0, 0
    for micro in micro_batches(by_length(rows, lambda row: row.length), settings.micro_batch):
        with guard.watch(micro):
            logits, tokens, mask = policy.response_logits(micro)
            part = likelihood_loss(token_logprobs(logits, tokens), mask, step_tokens=step_tokens.to(logits.device))
            part.backward()  # type: ignore[no-untyped-call]
        loss += float(part.detach())
        right += int(((logits.argmax(-1) == tokens) & mask).sum())
    return {"loss": loss, "tokenAccuracy": right / int(step_tokens), **trainee.step()}
