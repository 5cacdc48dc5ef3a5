"""Jobs that sample and train nothing: rollouts of a policy, and its evaluation."""

from __future__ import annotations

import time
from collections.abc import Sequence

from veripo_trainer.contract import EvalSettings, Question, RolloutBody, RolloutSettings
from veripo_trainer.engine.order import micro_batches
from veripo_trainer.engine.rewards import Scorer
from veripo_trainer.engine.rollouts import rollout_bodies, sample_groups, score_groups
from veripo_trainer.engine.run import EngineError, Run, StoppedError, mean


def sample_questions(
    run: Run,
    questions: Sequence[Question],
    settings: RolloutSettings | EvalSettings,
    scorer: Scorer | None,
    *,
    known: Sequence[RolloutBody] = (),
) -> dict[str, float]:
    """Answers every question; returns figures over all answers.

    Args:
        run: the job.
        questions: what is asked.
        settings: how answers are drawn; evaluation takes one greedy answer unless they say otherwise.
        scorer: the verifier; None scores nothing.
        known: answers that an earlier attempt logged: their questions are not asked again.

    Raises:
        EngineError: no question can be shown, or the verifier is gone.
        StoppedError: the job was asked to stop; what was answered is logged.
    """
    phase = "eval" if isinstance(settings, EvalSettings) else "rollout"
    answered = {body.question_id for body in known}
    asked = [question for question in questions if question.id not in answered]
    bodies = list(known)
    began = time.monotonic()
    batches = list(micro_batches(asked, settings.question_batch))
    for index, batch in enumerate(batches):
        if run.should_stop():
            raise StoppedError
        batch_began = time.monotonic()
        groups = list(
            sample_groups(
                run,
                batch,
                settings,
                samples=settings.samples_per_question,
                max_new_tokens=settings.max_new_tokens,
                temperature=settings.temperature,
                top_p=settings.top_p,
                step=0,
            )
        )
        if scorer:
            groups = score_groups(groups, scorer)
        fresh = [body for group in groups for body in rollout_bodies(group, step=0, temperature=settings.temperature)]
        # Questions whole: a question of which some samples were lost in a crash is asked again.
        run.emit(fresh)
        bodies += fresh
        seconds = time.monotonic() - batch_began
        values = {**_figures(bodies), "samplesPerSecond": len(fresh) / max(1e-9, seconds), "stepSeconds": seconds}
        run.metric(index + 1, len(batches), values, phase=phase)
    if questions and not bodies:
        raise EngineError("None of the questions can be shown to the model")
    return {**_figures(bodies), "rollouts": len(bodies), "seconds": time.monotonic() - began}


def _figures(bodies: Sequence[RolloutBody]) -> dict[str, float]:
    """Means over what was answered so far; what was not scored counts in none of the verifier's."""
    return {
        "reward": mean([body.reward for body in bodies]),
        "accuracy": mean([body.rewards.get("accuracy") for body in bodies]),
        "format": mean([body.rewards.get("format") for body in bodies]),
        "consistent": mean([body.rewards.get("consistent") for body in bodies]),
        "thinkTokens": mean([body.think_tokens for body in bodies]),
        "totalTokens": mean([body.total_tokens for body in bodies]),
        "cutOff": mean([float(body.finish_reason == "length") for body in bodies]),
    }
