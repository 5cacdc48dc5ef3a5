"""Rollouts: groups of responses with what the model saw, their rewards, and the events that tell the studio."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from veripo_trainer.contract import BaseSettings, Question, RolloutBody
from veripo_trainer.engine.rewards import Scored, Scorer, Verdict
from veripo_trainer.engine.run import Run
from veripo_trainer.policy import Policy, Prompt
from veripo_trainer.sampling import Sample, row_seed, sample


@dataclass(frozen=True)
class Group:
    """The samples of one question, and their verdicts where a verifier was asked."""

    question: Question
    prompt: Prompt
    samples: list[Sample]
    texts: list[str]
    think_tokens: list[int | None]
    verdicts: list[Verdict] | None = None


def sample_groups(
    run: Run,
    questions: Sequence[Question],
    settings: BaseSettings,
    *,
    samples: int,
    max_new_tokens: int,
    temperature: float,
    top_p: float,
    step: int,
) -> Iterator[Group]:
    """Samples every question whose clip can be shown, as many at once as a micro batch holds.

    `step` and the question's id make the seeds: a step that is run again after a crash draws the same responses.
    """
    prompts = [(question, prompt) for question in questions if (prompt := run.prompt(question, settings))]
    # Prompts of like length together: they are padded to the longest.
    prompts.sort(key=lambda entry: len(entry[1].ids))
    at_once = max(1, settings.micro_batch // samples)
    for at in range(0, len(prompts), at_once):
        chunk = prompts[at : at + at_once]
        seeds = [[row_seed(run.seed, step, question.id, index) for index in range(samples)] for question, _ in chunk]
        drawn = sample(
            run.policy,
            [prompt for _, prompt in chunk],
            seeds,
            max_new_tokens=max_new_tokens,
            temperature=temperature,
            top_p=top_p,
        )
        for (question, prompt), group in zip(chunk, drawn, strict=True):
            texts = [run.policy.decode(each.ids) for each in group]
            think = [count_thinking(run.policy, text, settings) for text in texts]
            yield Group(question, prompt, group, texts, think)


def count_thinking(policy: Policy, text: str, settings: BaseSettings) -> int | None:
    """Tokens between the think tags, by the policy's own tokenizer; to the end where they never close."""
    _, opened, rest = text.partition(settings.think_open)
    if not opened:
        return None
    return len(policy.response(rest.partition(settings.think_close)[0])) - 1  # the end token is no thinking


def score_groups(groups: Sequence[Group], scorer: Scorer) -> list[Group]:
    """Asks the verifier about all groups whose question has a truth, in one go."""
    asked = [group for group in groups if group.question.truth.strip()]
    items = [
        Scored(group.question, text, each.finish_reason, think)
        for group in asked
        for each, text, think in zip(group.samples, group.texts, group.think_tokens, strict=True)
    ]
    verdicts = iter(scorer(items) if items else [])
    scored = {id(group): [next(verdicts) for _ in group.samples] for group in asked}
    return [Group(g.question, g.prompt, g.samples, g.texts, g.think_tokens, scored.get(id(g))) for g in groups]


def rollout_bodies(
    group: Group, *, step: int, temperature: float, advantages: Sequence[float] | None = None
) -> list[RolloutBody]:
    """The events of a group, with the frames and times that the model really saw."""
    media = group.prompt.media
    seen = {}
    if media:
        height, width = media.pixels.shape[2:]
        seen = {
            "frame_indices": list(media.sample.indices),
            "frame_times": list(media.sample.times),
            "frame_size": (height, width),
            "video_tokens": media.grid.tokens,
        }
    bodies = []
    for index, each in enumerate(group.samples):
        verdict = group.verdicts[index] if group.verdicts else None
        bodies.append(
            RolloutBody(
                step=step,
                question_id=group.question.id,
                sample=index,
                response=group.texts[index],
                finish_reason=each.finish_reason,
                prompt_tokens=len(group.prompt.ids),
                total_tokens=len(each.ids),
                think_tokens=group.think_tokens[index],
                temperature=temperature,
                reward=verdict.reward if verdict else None,
                rewards=verdict.parts if verdict else {},
                advantage=advantages[index] if advantages is not None else None,
                **seen,
            )
        )
    return bodies
