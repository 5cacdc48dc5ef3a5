"""The jobs on disk and in memory: what was asked, where each stands, and the one place that changes it."""

from __future__ import annotations

import shutil
import threading
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import Field

from veripo_trainer.contract import FINAL_STATES, Job, Message, Name, State, StateBody, Time, job_adapter
from veripo_trainer.event_log import EventLog
from veripo_trainer.job_dir import sync_path, write_json
from veripo_trainer.service.errors import ServiceError
from veripo_trainer.service.log_reader import LogReader


class JobRecord(Message):
    """`state.json`: where a job stands. The event log tells the same as a story; this is what a restart begins from."""

    state: State
    order: int
    """Queue order: lower starts first."""
    attempt: int = Field(default=1, ge=1)
    """The attempt that is queued, runs or ran."""
    device: Name | None = None
    cancel_requested: bool = False
    error: str | None = None
    created_at: Time
    started_at: Time | None = None
    finished_at: Time | None = None
    last_seq: int = 0
    """Of a finished job, as are the next three: reading a long log for every list would take too long."""
    step: int | None = None
    steps: int | None = None
    rollouts: int = 0
    losses: int = 0
    """How often in a row the engine was found dead at a start of the service, without having gone forward."""
    losses_at_seq: int = 0
    """Length of the log at the last of them."""


class Secrets(Message):
    """`secrets.json`, mode 0600."""

    reward_token: str | None = None


@dataclass
class Entry:
    """One job in memory."""

    job: Job
    folder: Path
    record: JobRecord
    log: EventLog
    reader: LogReader

    @property
    def final(self) -> bool:
        """Whether nothing will happen to it by itself any more."""
        return self.record.state in FINAL_STATES


class Records:
    """All jobs. Every change goes to disk first, under one lock; entries are replaced in place."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lock = threading.RLock()
        self._entries: dict[uuid.UUID, Entry] = {}

    def load(self) -> None:
        """Read all jobs; drop what a killed service had not finished creating.

        Raises:
            ValueError: a job's file cannot be read; its path is in the text.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        for path in sorted(self.folder.iterdir()):
            if path.name.startswith(".new-"):
                shutil.rmtree(path)
            elif (path / "state.json").is_file():
                entry = _load(path)
                self._entries[entry.job.id] = entry

    def all(self) -> list[Entry]:
        """Every job, in the order they were asked for."""
        with self.lock:
            return sorted(self._entries.values(), key=lambda entry: (entry.record.created_at, entry.record.order))

    def get(self, job_id: uuid.UUID) -> Entry:
        """One job.

        Raises:
            ServiceError: `not_found`.
        """
        entry = self._entries.get(job_id)
        if entry is None:
            raise ServiceError("not_found", f"This trainer has no job {job_id}.")
        return entry

    def find(self, job_id: uuid.UUID) -> Entry | None:
        """One job, or None."""
        return self._entries.get(job_id)

    def queued(self) -> list[Entry]:
        """Queued jobs, the next one first."""
        found = [entry for entry in self.all() if entry.record.state == "queued"]
        return sorted(found, key=lambda entry: entry.record.order)

    def running(self) -> list[Entry]:
        """Jobs with an engine."""
        return [entry for entry in self.all() if entry.record.state == "running"]

    def create(self, job: Job, reward_token: str | None) -> Entry:
        """Queue a new job; it is there whole or not at all. The caller holds the lock and has checked the id."""
        folder = self.folder / str(job.id)
        building = self.folder / f".new-{job.id}"
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir()
        write_json(building / "job.json", job)
        write_json(building / "secrets.json", Secrets(reward_token=reward_token))
        record = JobRecord(state="queued", order=self.next_order(), created_at=now())
        write_json(building / "state.json", record)
        EventLog(building / "events.jsonl").append(StateBody(state="queued", attempt=1))
        building.rename(folder)
        sync_path(self.folder)
        entry = _entry(job, folder, record)
        self._entries[job.id] = entry
        return entry

    def change(self, entry: Entry, **changes: object) -> JobRecord:
        """Replace fields of a record, on disk and then in memory."""
        with self.lock:
            record = JobRecord.model_validate({**dict(entry.record), **changes})
            write_json(entry.folder / "state.json", record)
            entry.record = record
            return record

    def finish(self, entry: Entry, state: State, error: str | None, at: datetime) -> None:
        """Enter a final state, of which the log already tells, and let go of what only a living job needs."""
        last = entry.log.summary
        kept = {"last_seq": last.last_seq, "step": last.step, "steps": last.steps, "rollouts": last.rollouts}
        self.change(entry, state=state, error=error, finished_at=at, **kept)
        entry.log = EventLog(entry.folder / "events.jsonl")

    def next_order(self) -> int:
        """An order behind all others."""
        return 1 + max((entry.record.order for entry in self._entries.values()), default=0)


def read_reward_token(folder: Path) -> str | None:
    """The token that rewards are asked with."""
    return Secrets.model_validate_json((folder / "secrets.json").read_bytes()).reward_token


def write_reward_token(folder: Path, token: str | None) -> None:
    """Replace the token; the next attempt uses it."""
    write_json(folder / "secrets.json", Secrets(reward_token=token))


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def _load(folder: Path) -> Entry:
    try:
        job = job_adapter.validate_json((folder / "job.json").read_bytes())
        record = JobRecord.model_validate_json((folder / "state.json").read_bytes())
    except (OSError, ValueError) as error:
        raise ValueError(f"The job in {folder} cannot be read: {error}") from error
    return _entry(job, folder, record)


def _entry(job: Job, folder: Path, record: JobRecord) -> Entry:
    path = folder / "events.jsonl"
    return Entry(job, folder, record, EventLog(path), LogReader(path))
