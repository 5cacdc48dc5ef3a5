"""What every algorithm is handed, whoever started it: a job of the service, the benchmark or a test."""

from __future__ import annotations

import math
import resource
import sys
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import torch

from veripo_trainer.contract import BaseSettings, Body, LogBody, MetricBody, Question, RolloutBody
from veripo_trainer.frames import Clip, ClipError
from veripo_trainer.policy import Policy, Prompt
from veripo_trainer.video import read_clip, read_picture

Emit = Callable[[Sequence[Body]], object]

# Decoded frames that are kept between epochs.
MEDIA_CACHE_BYTES = 1 << 30


class StoppedError(Exception):
    """The job was asked to stop, and stands at a step from which it can go on."""


class EngineError(Exception):
    """The job can not go on; the message is for the person who started it."""


class Checkpoints(Protocol):
    """Where weights are put. `write` fills an empty folder."""

    def save(self, name: str, step: int, write: Callable[[Path], None], *, resumable: bool, final: bool) -> None:
        """Publishes a checkpoint: afterwards it is there whole, or not at all."""


@dataclass
class Run:
    """The surroundings of one job.

    Attributes:
        policy: the model to sample from or to train.
        emit: takes events; returns when they are on disk.
        file_of: path of an uploaded file.
        seed: from which every random number of the job follows.
        work: a folder that survives restarts.
        checkpoints: where to put weights; None keeps none.
        should_stop: asked between steps.
    """

    policy: Policy
    emit: Emit
    file_of: Callable[[str], Path]
    seed: int
    work: Path
    checkpoints: Checkpoints | None = None
    should_stop: Callable[[], bool] = lambda: False
    failed: dict[str, str] = field(default_factory=dict)
    _media: OrderedDict[str, Clip] = field(default_factory=OrderedDict)
    _media_bytes: int = 0

    def log(self, message: str, *, level: str = "info", question_id: str | None = None) -> None:
        """A line for people."""
        self.emit([LogBody.model_validate({"level": level, "message": message, "question_id": question_id})])

    def metric(self, step: int, steps: int | None, values: dict[str, float], *, phase: str = "train") -> None:
        """Numbers of a step; what is not finite becomes null."""
        finite = {name: value if math.isfinite(value) else None for name, value in values.items()}
        self.emit([MetricBody(step=step, steps=steps, phase=phase, values=finite)])

    def prompt(self, question: Question, settings: BaseSettings) -> Prompt | None:
        """What the model reads for a question; None when its clip can not be shown, which is logged once."""
        try:
            clip = self.clip(question, settings) if question.media else None
        except ClipError as error:
            if question.id not in self.failed:
                self.failed[question.id] = str(error)
                self.log(f"Question {question.id} is left out: {error}", level="warning", question_id=question.id)
            return None
        is_picture = question.modality == "image"
        return self.policy.prompt(question.turn, clip, system=settings.system_prompt, is_picture=is_picture)

    def clip(self, question: Question, settings: BaseSettings) -> Clip:
        """The frames of a question's clip as the model sees them, decoded once as long as memory lasts.

        Raises:
            ClipError: the clip can not be shown.
        """
        media = str(question.media)
        if media in self._media:
            self._media.move_to_end(media)
            return self._media[media]
        read = read_picture if question.modality == "image" else read_clip
        clip = self._media[media] = read(self.file_of(media), settings.frames)
        self._media_bytes += clip.pixels.numel()
        while self._media_bytes > MEDIA_CACHE_BYTES and len(self._media) > 1:
            self._media_bytes -= self._media.popitem(last=False)[1].pixels.numel()
        return clip


@dataclass
class Recorder:
    """An `Emit` that keeps everything in memory, for tests and benchmarks."""

    bodies: list[Body] = field(default_factory=list)

    def __call__(self, bodies: Sequence[Body]) -> None:
        """Keeps the events."""
        self.bodies.extend(bodies)

    @property
    def rollouts(self) -> list[RolloutBody]:
        """The responses so far."""
        return [body for body in self.bodies if isinstance(body, RolloutBody)]

    @property
    def metrics(self) -> list[MetricBody]:
        """The numbers so far."""
        return [body for body in self.bodies if isinstance(body, MetricBody)]

    @property
    def logs(self) -> list[LogBody]:
        """The lines so far."""
        return [body for body in self.bodies if isinstance(body, LogBody)]


def peak_memory_bytes(device: torch.device) -> int:
    """Most memory that was in use: the GPU's where there is one, else the process's."""
    if device.type == "cuda":
        return torch.cuda.max_memory_allocated(device)
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def mean(values: Sequence[float | None]) -> float:
    """Mean of what is there; NaN where nothing is."""
    present = [value for value in values if value is not None and not math.isnan(value)]
    return sum(present) / len(present) if present else math.nan
