"""What a starting service makes of folders that a kill left between two writes. In this process: the kill is on disk."""

from __future__ import annotations

import os
import signal
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support import DATA, ENGINE, is_running, sha256, wait_for

from veripo_trainer.contract import BuiltModel, LogBody, QuestionData, ResultBody, RolloutJob, StateBody
from veripo_trainer.event_log import EventLog
from veripo_trainer.service.config import Config
from veripo_trainer.service.engine_process import EngineProcess
from veripo_trainer.service.records import Entry, Records
from veripo_trainer.service.supervisor import Supervisor
from veripo_trainer.service.trainer import Trainer

HELPER = """
import os, subprocess, sys, time
# A helper that holds the lock on: forked, as data loaders are, so that it has every open file of its parent.
if os.fork() == 0:
    open(sys.argv[1] + "/helper", "w").write(str(os.getpid()))
    time.sleep(600)
time.sleep(0.1)
os._exit(3)
"""


def config(data: Path) -> Config:
    return Config(
        data=data,
        token="0123456789abcdef",
        models=data / "models",
        devices=("cpu",),
        engines={
            "small": (sys.executable, str(ENGINE)),
            "helper": (sys.executable, "-c", HELPER),
            "missing": ("/nonexistent/engine",),
        },
        min_free_disk_bytes=0,
        stop_grace_seconds=0.3,
        tick_seconds=0.02,
    )


def queue(data: Path, title: str, engine: str = "small", **record: object) -> uuid.UUID:
    """A job on disk, before any service runs there."""
    (data / "files").mkdir(parents=True, exist_ok=True)
    (data / "files" / sha256(DATA)).write_bytes(DATA)
    records = Records(data / "jobs")
    records.load()
    job = RolloutJob(
        id=uuid.uuid4(),
        engine=engine,
        model=BuiltModel(),
        data=QuestionData(questions=sha256(DATA)),
        title=title,
    )
    records.change(records.create(job, None), **record)
    return job.id


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], Trainer]]:
    started: list[Trainer] = []

    def begin() -> Trainer:
        started.append(Trainer(config(tmp_path)))
        started[-1].start()
        return started[-1]

    yield begin
    for trainer in started:
        trainer.stop()


def finished(trainer: Trainer, job: uuid.UUID) -> Entry:
    wait_for(lambda: trainer.records.get(job).final)
    return trainer.records.get(job)


def states(data: Path, job: uuid.UUID) -> list[tuple[int, str]]:
    events = EventLog(data / "jobs" / str(job) / "events.jsonl").read()
    return [(event.attempt, event.state) for event in events if event.type == "state"]


Start = Callable[[], Trainer]


@pytest.mark.parametrize(
    ("name", "logged", "state", "attempt", "told"),
    [
        (
            "killed before the engine started",
            [],
            "succeeded",
            2,
            [(1, "queued"), (2, "queued"), (2, "running"), (2, "succeeded")],
        ),
        (
            "killed after the event of a failure",
            [
                StateBody(state="running", attempt=1),
                StateBody(state="failed", attempt=1, error="The clip is broken."),
            ],
            "failed",
            1,
            [(1, "queued"), (1, "running"), (1, "failed")],
        ),
        (
            "killed after the event of a new attempt",
            [StateBody(state="running", attempt=1), StateBody(state="queued", attempt=2)],
            "succeeded",
            2,
            [(1, "queued"), (1, "running"), (2, "queued"), (2, "running"), (2, "succeeded")],
        ),
        (
            "killed after the engine's last word",
            [StateBody(state="running", attempt=1), ResultBody()],
            "succeeded",
            1,
            [(1, "queued"), (1, "running"), (1, "succeeded")],
        ),
        (
            "killed after the engine said what was wrong",
            [StateBody(state="running", attempt=1), LogBody(level="error", message="No memory.")],
            "failed",
            1,
            [(1, "queued"), (1, "running"), (1, "failed")],
        ),
    ],
)
def test_half_done_steps_are_done(
    tmp_path: Path,
    start: Start,
    name: str,
    logged: list[StateBody | ResultBody | LogBody],
    state: str,
    attempt: int,
    told: list[tuple[int, str]],
) -> None:
    job = queue(tmp_path, "steps=2", state="running", device="cpu")
    EventLog(tmp_path / "jobs" / str(job) / "events.jsonl").append_all(logged)
    entry = finished(start(), job)
    assert (entry.record.state, entry.record.attempt) == (state, attempt), name
    assert states(tmp_path, job) == told


def test_jobs_that_were_not_finished_being_made_are_dropped(tmp_path: Path, start: Start) -> None:
    (tmp_path / "jobs" / ".new-x").mkdir(parents=True)
    (tmp_path / "files" / ".incoming").mkdir(parents=True)
    (tmp_path / "files" / ".incoming" / "part").write_bytes(b"x")
    trainer = start()
    assert trainer.records.all() == []
    assert list((tmp_path / "files" / ".incoming").iterdir()) == []
    assert not (tmp_path / "jobs" / ".new-x").exists()


def test_a_job_that_gets_nowhere_is_not_tried_for_ever(tmp_path: Path, start: Start) -> None:
    job = queue(tmp_path, "steps=2", state="running", device="cpu", losses=3, losses_at_seq=1)
    entry = finished(start(), job)
    assert entry.record.state == "failed"
    assert "found dead 4 times in a row" in (entry.record.error or "")


def test_a_damaged_log_fails_its_job_and_no_other(tmp_path: Path, start: Start) -> None:
    damaged, sound = queue(tmp_path, "steps=2"), queue(tmp_path, "steps=2")
    path = tmp_path / "jobs" / str(damaged) / "events.jsonl"
    path.write_bytes(b"not an event\n" + path.read_bytes())
    trainer = start()
    assert "The event log is damaged" in (finished(trainer, damaged).record.error or "")
    assert finished(trainer, sound).record.state == "succeeded"


def test_trouble_with_one_job_leaves_the_others_watched(
    tmp_path: Path, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    troubled, sound = queue(tmp_path, "steps=2"), queue(tmp_path, "steps=2")
    unwatched = Supervisor._step

    def step(self: Supervisor, entry: Entry) -> None:
        if entry.job.id == troubled:
            raise OSError("no space left on device")
        unwatched(self, entry)

    monkeypatch.setattr(Supervisor, "_step", step)
    trainer = start()
    assert finished(trainer, sound).record.state == "succeeded"
    assert not trainer.records.get(troubled).final
    monkeypatch.undo()
    trainer.supervisor._again_at.clear()
    assert finished(trainer, troubled).record.state == "succeeded"


def test_an_engine_that_cannot_be_started_says_so(tmp_path: Path, start: Start) -> None:
    job = queue(tmp_path, "", engine="missing")
    entry = finished(start(), job)
    assert entry.record.state == "failed" and "/nonexistent/engine" in (entry.record.error or "")


def test_helpers_of_a_dead_engine_are_ended(tmp_path: Path, start: Start) -> None:
    job = queue(tmp_path, "", engine="helper")
    entry = finished(start(), job)
    assert "ended with status 3" in (entry.record.error or "")
    helper = int((entry.folder / "helper").read_text())
    wait_for(lambda: not is_running(helper))


def test_a_process_of_another_attempt_is_never_signalled(tmp_path: Path) -> None:
    """The id in an old `process.json` may be anybody's by now: here it is this very process's group."""
    (tmp_path / "process.json").write_text(f'{{"pid": {os.getpgid(0)}, "attempt": 1}}')
    process = EngineProcess(tmp_path, attempt=2)
    assert not process.alive()
    process.signal(signal.SIGKILL)
    assert EngineProcess(tmp_path, attempt=1).alive() is False
