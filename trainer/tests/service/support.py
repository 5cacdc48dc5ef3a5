"""A real service process, to be talked to over HTTP and killed."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

TOKEN = "a-token-for-the-tests-only"
ENGINE = Path(__file__).with_name("small_engine.py")
QUESTION = {"id": "q1", "turn": "Which?", "prompt": "Which?", "kind": "choice", "options": ["a", "b"], "truth": "A"}
DATA = (json.dumps(QUESTION) + "\n").encode()
FINAL = ("succeeded", "failed", "cancelled")


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Service:
    """`veripo-trainer` in a process of its own, over one data folder that outlives it."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.data = data
        self.port = free_port()
        self.environment = {
            **os.environ,
            "VERIPO_TRAINER_TOKEN": TOKEN,
            "VERIPO_TRAINER_DEVICES": "cpu",
            "VERIPO_TRAINER_MIN_FREE_DISK_GIB": "0",
            "VERIPO_TRAINER_STOP_GRACE_SECONDS": "0.5",
            "VERIPO_TRAINER_ENGINES": json.dumps(
                {"small": [sys.executable, str(ENGINE)], "absent": ["/nonexistent/engine"]}
            ),
            **environment,
        }
        self.http = httpx.Client(
            base_url=f"http://127.0.0.1:{self.port}", headers={"authorization": f"Bearer {TOKEN}"}, timeout=20
        )
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *, wait: bool = True) -> Service:
        log = (self.data.parent / "service.log").open("ab")
        arguments = [
            *(sys.executable, "-m", "veripo_trainer.service.main"),
            *("--port", str(self.port), "--data", str(self.data)),
        ]
        self.process = subprocess.Popen(arguments, env=self.environment, stdout=log, stderr=log)
        log.close()
        if wait:
            self.wait_ready()
        return self

    def wait_ready(self) -> None:
        def ready() -> bool:
            assert self.process is not None and self.process.poll() is None, self.log_text()
            try:
                return self.http.get("/v1/health").status_code == 200
            except httpx.TransportError:
                return False

        wait_for(ready)

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        """Signal the service alone and wait for its end; its engines stay unless it ends them itself."""
        assert self.process is not None
        self.process.send_signal(number)
        self.process.wait()

    def close(self) -> None:
        """End everything that this service and those before it on the folder started."""
        self.http.close()
        if self.process is not None and self.process.poll() is None:
            self.kill(signal.SIGTERM)
        for path in self.data.glob("jobs/*/process.json"):
            kill_engine(path.parent)

    def log_text(self) -> str:
        return (self.data.parent / "service.log").read_text()

    def upload(self, data: bytes) -> str:
        name = sha256(data)
        self.http.put(f"/v1/files/{name}", content=data).raise_for_status()
        return name

    def job(self, title: str = "", **changes: object) -> dict[str, Any]:
        """A request for the small engine, its data uploaded."""
        return {
            **{"id": str(uuid.uuid4()), "kind": "rollout", "engine": "small", "model": {"source": "built"}},
            **{"data": {"questions": self.upload(DATA)}, "title": title},
            **changes,
        }

    def submit(self, title: str = "", **changes: object) -> str:
        job = self.job(title, **changes)
        answer = self.http.post("/v1/jobs", json=job)
        assert answer.status_code == 201, answer.text
        return str(job["id"])

    def status(self, job: str) -> dict[str, Any]:
        answer: dict[str, Any] = self.http.get(f"/v1/jobs/{job}").raise_for_status().json()
        return answer

    def events(self, job: str, after: int = 0) -> list[dict[str, Any]]:
        text = self.http.get(f"/v1/jobs/{job}/events", params={"after": after}).raise_for_status().text
        return [json.loads(line) for line in text.splitlines()]

    def wait_final(self, job: str) -> dict[str, Any]:
        wait_for(lambda: self.status(job)["state"] in FINAL)
        return self.status(job)

    def folder(self, job: str) -> Path:
        return self.data / "jobs" / job

    def wait_held(self, job: str, hold: int) -> None:
        """Until the engine waits in step `hold`, so that the step before it is logged."""
        self.wait_step(job, hold - 1)
        wait_for(lambda: (self.folder(job) / "work").exists())

    def go(self, job: str) -> None:
        (self.folder(job) / "work").mkdir(exist_ok=True)
        (self.folder(job) / "work" / "go").touch()

    def wait_step(self, job: str, step: int) -> None:
        wait_for(lambda: (self.status(job)["progress"]["step"] or 0) >= step)


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)


def engine_pid(folder: Path) -> int:
    return int(json.loads((folder / "process.json").read_text())["pid"])


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def kill_engine(folder: Path) -> None:
    """End the engine of a job, if the process of that id still is one."""
    pid = engine_pid(folder)
    try:
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:
        return
    if str(folder).encode() in arguments:
        os.killpg(pid, signal.SIGKILL)


def assert_whole(events: list[dict[str, Any]], steps: int) -> None:
    """Nothing lost, nothing twice: seq without gaps, every step's metric and rollouts exactly once."""
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    metrics = [event["step"] for event in events if event["type"] == "metric"]
    rollouts = [(event["step"], event["sample"]) for event in events if event["type"] == "rollout"]
    assert metrics == list(range(1, steps + 1))
    assert rollouts == [(step, sample) for step in range(1, steps + 1) for sample in range(2)]
    assert sum(event["type"] == "result" for event in events) == 1
    states = [(event["attempt"], event["state"]) for event in events if event["type"] == "state"]
    assert len(states) == len(set(states))
    assert events[-1]["type"] == "state" and events[-1]["state"] == "succeeded"
