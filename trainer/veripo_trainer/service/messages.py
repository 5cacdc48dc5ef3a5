"""What the API answers; what it is asked and what jobs log is in `veripo_trainer.contract`."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import Field

from veripo_trainer.contract import Job, JobKind, Message, Name, Sha256, State, Time


class Space(Message):
    """Bytes of a disk or of main memory."""

    total_bytes: int
    free_bytes: int


class Device(Message):
    """Something that runs one job at a time."""

    name: Name
    kind: Literal["cpu", "cuda"]
    model: str
    memory_bytes: int | None
    """Of the GPU itself; null for the CPU, or unknown."""


class DeviceStatus(Device):
    """A device and the job on it."""

    job: UUID | None


class EngineStatus(Message):
    """An engine and whether it can run here."""

    name: Name
    available: bool
    reason: str | None
    """What is missing; null when available."""


class Limits(Message):
    """What this trainer refuses or ends, in bytes and counts."""

    max_file_bytes: int
    max_data_bytes: int
    """Of a questions, demonstrations or pairs file."""
    max_request_bytes: int
    """Of any body that is not a file."""
    max_unfinished_jobs: int
    min_free_disk_bytes: int
    """Below it, files and jobs are refused and running jobs end."""
    max_memory_bytes: int | None
    """Main memory of one job; null where it cannot be measured."""


class Info(Message):
    """What this trainer is and has."""

    protocol: int
    version: str
    trainer_id: UUID
    """Of this data folder: another id at the same address is another trainer, which knows none of the jobs."""
    python: str
    platform: str
    packages: dict[str, str]
    started_at: Time
    devices_ready: bool
    """False for the first seconds, while torch is asked; jobs wait in the queue."""
    devices: list[DeviceStatus]
    engines: list[EngineStatus]
    models: list[Name]
    limits: Limits
    disk: Space
    memory: Space | None
    queued: int
    running: int


class Progress(Message):
    """How far a job is; null where nothing says so yet."""

    step: int | None
    steps: int | None
    rollouts: int


class JobStatus(Message):
    """A job and where it stands."""

    job: Job
    """As it was asked for, without the reward token."""
    state: State
    attempt: int = Field(ge=1)
    device: Name | None
    """The device it runs or ran on."""
    queue_position: int | None
    """0 is the next to start; null when not queued."""
    waiting_for: str | None
    """Why a queued job does not start, in a sentence."""
    cancel_requested: bool
    progress: Progress
    last_seq: int
    error: str | None
    created_at: Time
    started_at: Time | None
    """Of the present attempt."""
    finished_at: Time | None


class JobList(Message):
    """All jobs, the newest first."""

    jobs: list[JobStatus]


class CheckpointStatus(Message):
    """Weights that a job published; name it as `{"source": "checkpoint", "job": …, "name": …}`."""

    job: UUID
    kind: JobKind
    name: Name
    step: int
    resumable: bool
    final: bool
    bytes: int
    created_at: Time


class CheckpointList(Message):
    """All checkpoints, by job and step."""

    checkpoints: list[CheckpointStatus]


class FileStatus(Message):
    """A stored file."""

    sha256: Sha256
    bytes: int


class Health(Message):
    """The service answers; the only answer that needs no token."""

    status: Literal["ok"] = "ok"


class Failure(Message):
    """Any refusal."""

    code: Literal[
        "unauthorized", "not_found", "invalid", "conflict", "missing_files", "too_large", "no_space", "busy", "rewound"
    ]
    message: str
    """A sentence for people."""
    missing: list[Sha256] = Field(default_factory=list)
    """Files to upload first, for `missing_files`; at most 1000 of them."""
