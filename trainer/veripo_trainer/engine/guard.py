"""The model sees the video: proved at the first step of every job, since training blind raises no error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import torch

from veripo_trainer.engine.run import EngineError, Run
from veripo_trainer.policy import Policy, Row

# Logits of an untrained model already move by tenths; what is smaller than this is rounding.
LEAST_MOVE = 1e-4


class SightGuard:
    """Watches the first gradient pass over rows with a video, and then steps aside."""

    def __init__(self, run: Run) -> None:
        """Takes the job whose policy is watched."""
        self._run = run
        self._done = False

    @contextmanager
    def watch(self, rows: Sequence[Row]) -> Iterator[None]:
        """Around forward and backward of one micro-batch.

        Raises:
            EngineError: the visual tower took no part in the pass, its weights got no gradient although they are
                trained, or showing nothing instead of the video changes no logit.
        """
        shown = [row for row in rows if row.prompt.media]
        if self._done or not shown:
            yield
            return
        policy, calls = self._run.policy, self._run.policy.visual_calls
        move = logit_move(policy, shown[0])
        if not move > LEAST_MOVE:
            raise EngineError("The model does not see the video: its answers are the same without it")
        calls = policy.visual_calls
        yield
        if policy.visual_calls == calls:
            raise EngineError("The model trains blind: its visual tower took no part in the gradient pass")
        trained = [weight for weight in policy.model.model.visual.parameters() if weight.requires_grad]
        if trained and all(weight.grad is None for weight in trained):
            raise EngineError("The model trains blind: no gradient reached its visual tower")
        if trained and not any(weight.grad is not None and bool(weight.grad.any()) for weight in trained):
            return  # every advantage was 0, so that nothing had a gradient: the next pass will tell
        how = "its visual tower is trained" if trained else "its visual tower is frozen"
        self._run.log(f"The model sees the video: without it, logits move by up to {move:.3g}; {how}")
        self._done = True


def logit_move(policy: Policy, row: Row) -> float:
    """The largest change of a logit when the row's video is replaced by mean grey."""
    with policy.evaluating():
        seen, _, mask = policy.response_logits([row])
        blank, _, _ = policy.response_logits([row], blank=True)
    words = torch.isfinite(seen) & mask.unsqueeze(-1)
    return float((seen - blank)[words].abs().max())
