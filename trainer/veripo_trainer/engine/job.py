"""One job of the service: reads its model and data, picks the algorithm, publishes its checkpoints."""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable
from pathlib import Path

import torch
from transformers.utils import logging as transformers_logging

from veripo_trainer.contract import (
    BuiltModel,
    Demonstration,
    DpoJob,
    EvalJob,
    GrpoJob,
    Pair,
    Question,
    ResultBody,
    Reward,
    RolloutBody,
    RolloutEvent,
    RolloutJob,
    SftJob,
)
from veripo_trainer.engine.dpo import train_dpo
from veripo_trainer.engine.grpo import train_grpo
from veripo_trainer.engine.rewards import HttpScorer
from veripo_trainer.engine.run import EngineError, Run, peak_memory_bytes
from veripo_trainer.engine.sampling_jobs import sample_questions
from veripo_trainer.engine.sft import train_sft
from veripo_trainer.job_dir import JobContext, list_checkpoints, publish_checkpoint, read_lines
from veripo_trainer.policy import Policy
from veripo_trainer.tiny import build_config, build_model, build_tokenizer
from veripo_trainer.world import tokenizer_corpus, tokenizer_phrases


class JobCheckpoints:
    """Publishes checkpoints of a job, and drops old resumable ones."""

    def __init__(self, context: JobContext, keep: int) -> None:
        """Keeps the last `keep` resumable checkpoints, and the final one."""
        self._context = context
        self._keep = keep

    def save(self, name: str, step: int, write: Callable[[Path], None], *, resumable: bool, final: bool) -> None:
        """See `Checkpoints`."""
        built = self._context.folder / "checkpoints" / f".{name}"
        shutil.rmtree(built, ignore_errors=True)
        built.mkdir(parents=True)
        write(built)
        publish_checkpoint(self._context, built, name=name, step=step, resumable=resumable, final=final)
        old = [folder for manifest, folder in list_checkpoints(self._context.folder) if manifest.resumable]
        for folder in old[: -self._keep]:
            shutil.rmtree(folder)


def load_policy(context: JobContext, folder: Path | None) -> Policy:
    """The policy in `folder`, or where that is None the one that the job builds from configuration."""
    wanted = context.job.settings.dtype
    on_gpu = context.device == "cuda"
    dtype = torch.bfloat16 if wanted == "bfloat16" or (wanted == "auto" and on_gpu) else torch.float32
    if folder is not None:
        return Policy.load(folder, dtype=dtype)
    built = context.job.model
    if not isinstance(built, BuiltModel):
        raise EngineError("The model has no folder")
    tokenizer = build_tokenizer(tokenizer_corpus(), tokenizer_phrases())
    model = build_model(build_config(tokenizer, width=built.width, layers=built.layers), seed=built.seed)
    return Policy(model, tokenizer).move(dtype)


def do_job(context: JobContext, should_stop: Callable[[], bool]) -> ResultBody:
    """Does the job and returns its result, which is not logged yet.

    Raises:
        EngineError: with a sentence for the person who started the job.
        StoppedError: it was asked to stop.
    """
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    job = context.job
    base = context.model_folder(job.model)
    resumable = context.resumable_checkpoint()
    resume = resumable[1] if resumable else None
    is_lora = not isinstance(job, RolloutJob | EvalJob) and job.settings.tuning == "lora"
    # Adapters go on from the base they were made for; their optimizer file holds them.
    policy = load_policy(context, base if is_lora or resume is None else resume)
    policy.source = base
    policy.move(torch.device(context.device))
    keep = 1 if isinstance(job, RolloutJob | EvalJob) else job.settings.keep_checkpoints
    run = Run(
        policy=policy,
        emit=context.log.append_all,
        file_of=context.file,
        seed=job.seed,
        work=context.work,
        checkpoints=JobCheckpoints(context, keep),
        should_stop=should_stop,
    )
    run.log(f"{job.kind} on {context.device}: {sum(p.numel() for p in policy.model.parameters()):,} parameters")

    def scorer(reward: Reward) -> HttpScorer:
        return HttpScorer(
            reward,
            context.reward_token,
            warn=lambda message: run.log(message, level="warning"),
            should_stop=should_stop,
        )

    def load_base() -> Policy:
        return load_policy(context, base)

    trains = True
    match job:
        case GrpoJob():
            questions = list(read_lines(context.file(job.data.questions), Question))
            reload = load_base if resume and not is_lora else None
            values = train_grpo(run, questions, job.settings, scorer(job.reward), resume=resume, load_reference=reload)
        case DpoJob():
            pairs = list(read_lines(context.file(job.data.pairs), Pair))
            values = train_dpo(run, pairs, job.settings, resume=resume, load_reference=load_base)
        case SftJob():
            shown = list(read_lines(context.file(job.data.demonstrations), Demonstration))
            values = train_sft(run, shown, job.settings, resume=resume)
        case RolloutJob() | EvalJob():
            trains = False
            questions = list(read_lines(context.file(job.data.questions), Question))
            asked = scorer(job.reward) if job.reward else None
            samples = job.settings.samples_per_question if isinstance(job, RolloutJob) else 1
            values = sample_questions(run, questions, job.settings, asked, known=_answered(context, samples))
    values |= {"failedQuestions": len(run.failed), "peakMemoryBytes": peak_memory_bytes(policy.device)}
    return ResultBody(
        checkpoint="final" if trains else None,
        values={name: value if math.isfinite(value) else None for name, value in values.items()},
    )


def _answered(context: JobContext, samples: int) -> list[RolloutBody]:
    """Answers that an earlier attempt logged, of questions of which none is missing."""
    by_question: dict[str, list[RolloutBody]] = {}
    for event in context.log.read():
        if isinstance(event, RolloutEvent):
            by_question.setdefault(event.question_id, []).append(event)
    return [body for bodies in by_question.values() if len(bodies) == samples for body in bodies]
