"""The event log of a job: `events.jsonl`, one event per line, written by the engine and the service at once.

Promises, whatever is killed and whenever:

- `seq` is 1, 2, 3 … without a gap; line n holds seq n.
- A line that a killed writer left half-written is cut off by the next writer and was never shown by a reader.
- What a reader saw is on disk: writers hold the lock until `fsync` returned, readers take the size under the lock.
- One event per key (see `event_key`): a step that is run again after a crash logs nothing twice.
"""

from __future__ import annotations

import fcntl
import json
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from veripo_trainer.contract import Body, Event, event_adapter, format_time

_CHUNK_BYTES = 1 << 20


class EventLogDamagedError(Exception):
    """A complete line is no event of the expected seq: the disk lost or changed it, and nothing is guessed."""


@dataclass
class LogSummary:
    """What the lines so far add up to; kept up to date by every append and refresh."""

    last_seq: int = 0
    step: int | None = None
    steps: int | None = None
    rollouts: int = 0
    attempt: int = 0
    state: Mapping[str, Any] | None = None
    """The last `state` event."""
    result: Mapping[str, Any] | None = None
    last_error: str | None = None
    """The last `error` line of the present attempt."""
    checkpoints: list[str] = field(default_factory=list)
    """Names in the order they were published."""

    def add(self, event: Mapping[str, Any]) -> None:
        """Take one event, as JSON, into account."""
        self.last_seq = event["seq"]
        match event.get("type"):
            case "state":
                self.state = event
                if event["attempt"] != self.attempt:
                    self.attempt, self.last_error = event["attempt"], None
            case "metric":
                self.step = event["step"]
                self.steps = event.get("steps") if event.get("steps") is not None else self.steps
            case "rollout":
                self.rollouts += 1
            case "log" if event.get("level") == "error":
                self.last_error = event["message"]
            case "checkpoint":
                self.checkpoints.append(event["name"])
            case "result":
                self.result = event


def event_key(event: Mapping[str, Any]) -> str | None:
    """What an event (as JSON) is about: a log holds the first event of a key and drops the later ones.

    Lines for people (`log`) have no key: two equal ones are two.
    """
    match event["type"]:
        case "state":
            return f"state/{event['attempt']}/{event['state']}"
        case "metric":
            return f"metric/{event['phase']}/{event['step']}"
        case "rollout":
            return f"rollout/{event['step']}/{event['sample']}/{event['questionId']}"
        case "checkpoint":
            return f"checkpoint/{event['name']}"
        case "result":
            return "result"
    return None


class EventLog:
    """Appends to and reads one `events.jsonl`. Safe between processes and threads."""

    def __init__(self, path: Path) -> None:
        """Read and write the log at `path`, which is created when it is not there. No file is kept open."""
        self.path = path
        self.summary = LogSummary()
        self._keys: set[str] = set()
        self._offset = 0  # bytes of complete lines taken into the summary
        self._mutex = threading.Lock()

    def append(self, body: Body) -> int | None:
        """Write one event and wait until it is on disk.

        Returns:
            Its seq, or None when the log already holds an event of the same key.
        """
        return self.append_all([body])[0]

    def append_all(self, bodies: Sequence[Body]) -> list[int | None]:
        """Write several events with one wait for the disk; see `append`.

        Raises:
            EventLogDamagedError: a line that was already there is no event.
            OSError: the disk is full or gone; lines that were cut short are removed by the next writer.
        """
        with self._mutex, _locked(self.path, fcntl.LOCK_EX) as file:
            self._catch_up(file, cut=True)
            seqs: list[int | None] = []
            lines = bytearray()
            added: list[dict[str, Any]] = []
            keys: set[str] = set()
            for body in bodies:
                raw = body.model_dump(mode="json", by_alias=True)
                key = event_key(raw)
                if key is not None and (key in self._keys or key in keys):
                    seqs.append(None)
                    continue
                seq = self.summary.last_seq + len(added) + 1
                event = {"seq": seq, "time": format_time(datetime.now(UTC)), **raw}
                lines += json.dumps(event, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace") + b"\n"
                added.append(event)
                seqs.append(seq)
                if key is not None:
                    keys.add(key)
            if added:
                _write_all(file, bytes(lines), self._offset)
                os.fsync(file)
                self._offset += len(lines)
                self._keys |= keys
                for event in added:
                    self.summary.add(event)
            return seqs

    def has(self, key: str) -> bool:
        """Whether an event of this key (see `event_key`) is logged, by whichever process."""
        self.refresh()
        return key in self._keys

    def refresh(self) -> LogSummary:
        """Take in what other processes wrote since, and return the summary."""
        with self._mutex, _locked(self.path, fcntl.LOCK_SH) as file:
            self._catch_up(file, cut=False)
            return self.summary

    def recover(self) -> LogSummary:
        """Cut off a half-written last line and return the summary. For a starting process; appends do it as well."""
        self.append_all([])
        return self.refresh()

    def read(self, after: int = 0) -> Iterator[Event]:
        """Every complete event with a seq above `after`, as it stands now."""
        with _locked(self.path, fcntl.LOCK_SH) as file:
            end = os.fstat(file).st_size
        with self.path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                end -= len(line)
                if end < 0 or not line.endswith(b"\n"):
                    return
                if number > after:
                    yield event_adapter.validate_json(line)

    def _catch_up(self, file: int, *, cut: bool) -> None:
        """Take in complete lines after `_offset`; with `cut`, remove what follows the last of them."""
        rest = b""
        position = self._offset
        while chunk := os.pread(file, _CHUNK_BYTES, position):
            position += len(chunk)
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                self._take(line)
                self._offset += len(line) + 1
        if rest and cut:
            os.ftruncate(file, self._offset)

    def _take(self, line: bytes) -> None:
        expected = self.summary.last_seq + 1
        try:
            event = json.loads(line)
            if event["seq"] != expected:
                raise EventLogDamagedError(f"{self.path} line {expected} holds seq {event['seq']}")
            key = event_key(event)
            self.summary.add(event)
        except (ValueError, KeyError, TypeError) as error:
            raise EventLogDamagedError(f"{self.path} line {expected} is no event: {error!r}") from error
        if key is not None:
            self._keys.add(key)


@contextmanager
def _locked(path: Path, mode: int) -> Iterator[int]:
    """Open the file and hold `flock` on it; the kernel releases it when the process dies."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, mode)
        yield file
    finally:
        os.close(file)


def _write_all(file: int, data: bytes, offset: int) -> None:
    view = memoryview(data)
    while view:
        written = os.pwrite(file, view, offset)
        view = view[written:]
        offset += written
