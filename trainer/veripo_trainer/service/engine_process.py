"""The process of one attempt at a job, whether this service started it or one before it did.

Liveness is a file lock and not a process id: the lock on `engine.lock` is inherited by the engine and released by the
kernel when the last process that holds it is gone. An id could belong to somebody else after a restart.
"""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from veripo_trainer.service.machine import group_memory_bytes
from veripo_trainer.service.process_file import attempt_mark, read_process_file

_TAIL_BYTES = 8192
_TAIL_LINES = 12


class EngineProcess:
    """Starts, watches and ends the engine of one attempt."""

    def __init__(self, folder: Path, attempt: int) -> None:
        self.folder = folder
        self.attempt = attempt
        self._child: subprocess.Popen[bytes] | None = None

    def start(self, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start the engine in its own process group, with its output going to `output.log`.

        Raises:
            OSError: it cannot be started, or one is running already.
        """
        lock = os.open(self.folder / "engine.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with (self.folder / "output.log").open("ab") as output:
                self._child = subprocess.Popen(
                    [
                        *(sys.executable, "-m", "veripo_trainer.service.launch"),
                        *(str(self.folder), str(self.attempt), *arguments),
                    ],
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    cwd=self.folder,
                    env=dict(environment),
                    pass_fds=(lock,),
                    start_new_session=True,
                )
        finally:
            os.close(lock)

    def alive(self) -> bool:
        """Whether any process of the attempt is there. A dead leader's helpers are ended, and count as dead then."""
        if not self._locked():
            return False
        if self._leader_gone():
            self.signal(signal.SIGKILL)
        return True

    def signal(self, number: signal.Signals) -> None:
        """Signal the whole process group; nothing when it is not known (yet) or gone."""
        group = self._group()
        if group is not None:
            with suppress(ProcessLookupError):
                os.killpg(group, number)

    def reap(self) -> int | None:
        """After `alive` said no: end what is left of the group and return the exit status (negative: the signal).

        None when another service started it, so that the status went elsewhere.
        """
        if self._child is None:
            return None
        with suppress(ProcessLookupError):
            os.killpg(self._child.pid, signal.SIGKILL)  # its id cannot be another's before it is waited for
        return self._child.wait()

    def memory_bytes(self) -> int:
        """Main memory of the whole group."""
        group = self._group()
        return 0 if group is None else group_memory_bytes(group)

    def output_tail(self) -> str:
        """The last lines this attempt printed, control characters dropped."""
        try:
            with (self.folder / "output.log").open("rb") as output:
                output.seek(0, os.SEEK_END)
                output.seek(max(0, output.tell() - _TAIL_BYTES))
                text = output.read().decode("utf-8", "replace")
        except FileNotFoundError:
            return ""
        text = text.rpartition(attempt_mark(self.attempt) + "\n")[2]
        lines = [line for line in text.splitlines() if line.strip()][-_TAIL_LINES:]
        return "\n".join("".join(char for char in line if char.isprintable() or char == "\t") for line in lines)

    def _group(self) -> int | None:
        if self._child is not None:
            return self._child.pid
        process = read_process_file(self.folder)
        return process.pid if process is not None and process.attempt == self.attempt else None

    def _leader_gone(self) -> bool:
        if self._child is not None:
            return self._child.poll() is not None
        group = self._group()
        if group is None:
            return False  # between the lock and `process.json`: a moment later it is known
        try:
            os.kill(group, 0)
        except ProcessLookupError:
            return True
        return False

    def _locked(self) -> bool:
        try:
            lock = os.open(self.folder / "engine.lock", os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(lock)
        return False
