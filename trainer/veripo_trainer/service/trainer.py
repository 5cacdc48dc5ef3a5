"""One running trainer: its folders, jobs and supervisor, and what it says about itself."""

from __future__ import annotations

import fcntl
import os
import platform
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from veripo_trainer import __version__
from veripo_trainer.contract import PROTOCOL_VERSION
from veripo_trainer.job_dir import list_checkpoints
from veripo_trainer.service.config import Config, ConfigError
from veripo_trainer.service.door import MAX_DATA_BYTES
from veripo_trainer.service.files import FileStore
from veripo_trainer.service.machine import disk_space, engine_fault, memory_space, packages
from veripo_trainer.service.messages import (
    CheckpointStatus,
    DeviceStatus,
    EngineStatus,
    Info,
    JobStatus,
    Limits,
    Progress,
)
from veripo_trainer.service.records import Entry, Records, now
from veripo_trainer.service.supervisor import Supervisor

MAX_REQUEST_BYTES = 1 << 20


class Trainer:
    """The parts of a trainer, put together."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.files = FileStore(
            config.data / "files",
            max_file_bytes=config.max_file_bytes,
            min_free_disk_bytes=config.min_free_disk_bytes,
        )
        self.records = Records(config.data / "jobs")
        self.supervisor = Supervisor(config, self.records)
        self.started_at = now()
        self.stopping = False
        self._lock: int | None = None
        self._packages = packages()
        self._id: uuid.UUID | None = None

    def start(self) -> None:
        """Take the data folder and go on with its jobs.

        Raises:
            ConfigError: another trainer has the folder, or it cannot be used.
        """
        try:
            self.config.data.mkdir(parents=True, exist_ok=True)
            self.config.models.mkdir(parents=True, exist_ok=True)
            lock = os.open(self.config.data / "service.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise ConfigError(f"The data folder {self.config.data} cannot be used: {error.strerror}") from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(lock)
            raise ConfigError(f"Another trainer is using {self.config.data}") from error
        self._lock = lock
        self._id = _trainer_id(self.config.data / "trainer-id")
        self.files.prepare()
        try:
            self.records.load()
        except ValueError as error:
            raise ConfigError(str(error)) from error
        self.supervisor.start()

    def stop(self) -> None:
        """Stop the supervisor and release the folder."""
        self.stopping = True
        self.supervisor.stop()
        if self._lock is not None:
            os.close(self._lock)

    def info(self) -> Info:
        """What this trainer is and has."""
        config = self.config
        running = {entry.record.device: entry.job.id for entry in self.records.running()}
        assert self._id is not None, "asked before start"
        return Info(
            protocol=PROTOCOL_VERSION,
            version=__version__,
            trainer_id=self._id,
            python=platform.python_version(),
            platform=platform.platform(),
            packages=self._packages,
            started_at=self.started_at,
            devices_ready=self.supervisor.devices_ready,
            devices=[DeviceStatus(**dict(device), job=running.get(device.name)) for device in self.supervisor.devices],
            engines=[_engine_status(name, arguments) for name, arguments in config.engines.items()],
            models=sorted(path.name for path in config.models.iterdir() if _is_model(path)),
            limits=Limits(
                max_file_bytes=config.max_file_bytes,
                max_data_bytes=MAX_DATA_BYTES,
                max_request_bytes=MAX_REQUEST_BYTES,
                max_unfinished_jobs=config.max_unfinished_jobs,
                min_free_disk_bytes=config.min_free_disk_bytes,
                max_memory_bytes=config.max_memory_bytes,
            ),
            disk=disk_space(config.data),
            memory=memory_space(),
            queued=len(self.records.queued()),
            running=len(running),
        )

    def status(self, entry: Entry) -> JobStatus:
        """Where one job stands."""
        return self.statuses([entry])[0]

    def statuses(self, entries: list[Entry]) -> list[JobStatus]:
        """Where jobs stand, in the given order."""
        position = {entry.job.id: index for index, entry in enumerate(self.records.queued())}
        return [self._status(entry, position.get(entry.job.id)) for entry in entries]

    def _status(self, entry: Entry, queue_position: int | None) -> JobStatus:
        record = entry.record
        told = record if entry.final else entry.log.refresh()
        return JobStatus(
            job=entry.job,
            state=record.state,
            attempt=record.attempt,
            device=record.device,
            queue_position=queue_position,
            waiting_for=self.supervisor.waiting_for(entry),
            cancel_requested=record.cancel_requested,
            progress=Progress(step=told.step, steps=told.steps, rollouts=told.rollouts),
            last_seq=told.last_seq,
            error=record.error,
            created_at=record.created_at,
            started_at=record.started_at,
            finished_at=record.finished_at,
        )

    def checkpoints(self) -> list[CheckpointStatus]:
        """All published checkpoints, by job and step."""
        return [
            CheckpointStatus(
                job=entry.job.id,
                kind=entry.job.kind,
                **dict(manifest),
                created_at=_modified(path),
            )
            for entry in self.records.all()
            for manifest, path in list_checkpoints(entry.folder)
        ]


def _engine_status(name: str, arguments: Sequence[str]) -> EngineStatus:
    fault = engine_fault(arguments)
    return EngineStatus(name=name, available=fault is None, reason=fault)


def _is_model(path: Path) -> bool:
    return not path.name.startswith(".") and (path / "config.json").is_file()


def _modified(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _trainer_id(path: Path) -> uuid.UUID:
    if not path.is_file():
        part = path.with_suffix(".new")
        part.write_text(str(uuid.uuid4()), encoding="ascii")
        part.replace(path)
    return uuid.UUID(path.read_text(encoding="ascii").strip())
