"""Moves jobs through their states: one thread, one step at a time, each repeatable after a kill at any point.

Order matters everywhere here. A state event is written before `state.json`, and a second time does nothing (one event
per key); `state.json` is written before an engine starts. So a killed service finds either the old state, and does the
step again, or the new one.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
import uuid
from collections.abc import Callable
from datetime import datetime
from functools import partial

from veripo_trainer.contract import FINAL_STATES, State, StateBody
from veripo_trainer.event_log import EventLogDamagedError
from veripo_trainer.job_dir import ENV_DATA, ENV_DEVICE, ENV_MODELS, ENV_REWARD_TOKEN
from veripo_trainer.service.config import Config
from veripo_trainer.service.engine_process import EngineProcess
from veripo_trainer.service.errors import ServiceError, format_bytes
from veripo_trainer.service.machine import disk_space, named_device, probe_devices
from veripo_trainer.service.messages import Device
from veripo_trainer.service.records import Entry, JobRecord, Records, now, read_reward_token

_log = logging.getLogger(__name__)
_LIMITS_EVERY_SECONDS = 2.0
_AGAIN_SECONDS = 5.0
_MAX_LOSSES = 3
# What an engine inherits. Nothing else of the service's environment, and above all not its token.
_INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV", "TZ")
_INHERITED_PREFIXES = ("CUDA_", "NCCL_", "HF_", "OMP_", "MKL_", "TORCH", "PYTORCH_", "SSL_", "XDG_")


class _Watch:
    """What is known of a running job only while this service lives."""

    def __init__(self, process: EngineProcess) -> None:
        self.process = process
        self.asked_at: float | None = None
        self.ended_because: str | None = None
        self.limits_at = 0.0


class Supervisor:
    """Starts queued jobs, watches running ones and says how they ended."""

    def __init__(self, config: Config, records: Records) -> None:
        self.config = config
        self.records = records
        self.devices: list[Device] = [named_device(name) for name in config.devices or ()]
        self.devices_ready = config.devices is not None
        self._watches: dict[uuid.UUID, _Watch] = {}
        self._again_at: dict[uuid.UUID, float] = {}
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="supervisor", daemon=True)

    def start(self) -> None:
        """Take over what is there, then watch in the background."""
        for entry in self.records.all():
            if not entry.final:
                self._guard(entry, self._recover)
        if not self.devices_ready:
            threading.Thread(target=self._probe, name="probe", daemon=True).start()
        self._thread.start()

    def stop(self) -> None:
        """Stop watching. Running jobs are ended to be continued at the next start, or left, as configured."""
        self._stopping.set()
        self._wake.set()
        self._thread.join()
        if self.config.on_stop == "leave":
            return
        for watch in self._watches.values():
            watch.process.signal(signal.SIGTERM)
        deadline = time.monotonic() + self.config.stop_grace_seconds
        while any(watch.process.alive() for watch in self._watches.values()):
            if time.monotonic() > deadline:
                for watch in self._watches.values():
                    watch.process.signal(signal.SIGKILL)
            time.sleep(0.05)
        for entry in self.records.running():
            self._guard(entry, lambda entry: self._conclude(entry, interrupted=True))

    def wake(self) -> None:
        """Look at the queue now and not at the next tick."""
        self._wake.set()

    def cancel(self, entry: Entry) -> None:
        """Ask for the end of a job. It is on disk when this returns; a finished job stays as it is."""
        with self.records.lock:
            if not entry.final and not entry.record.cancel_requested:
                self.records.change(entry, cancel_requested=True)
        self.wake()

    def resume(self, entry: Entry) -> None:
        """Queue a failed or cancelled job again; it goes on from its last resumable checkpoint.

        Raises:
            ServiceError: `conflict`, when it has succeeded.
        """
        with self.records.lock:
            if not entry.final:
                return
            if entry.record.state == "succeeded":
                raise ServiceError("conflict", "This job has succeeded; there is nothing to resume.")
            self._requeue(entry, order=self.records.next_order(), losses=0)
        self.wake()

    def waiting_for(self, entry: Entry) -> str | None:
        """Why a queued job does not start, in a sentence; None when it is not queued or about to start."""
        if entry.record.state != "queued":
            return None
        if not self.devices_ready:
            return "The trainer is still asking which devices it has."
        if (low := self._low_disk()) is not None:
            return low
        wanted = entry.job.device
        busy = {running.record.device for running in self.records.running()}
        suitable = [device.name for device in self.devices if wanted in (None, device.name)]
        if not suitable:
            return f"This trainer has no device {wanted}."
        if all(name in busy for name in suitable):
            return f"Another job runs on {wanted or 'every device'}."
        return None

    # --- the loop -----------------------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            for entry in self.records.all():
                if not entry.final:
                    self._guard(entry, self._step)
            try:
                self._start_queued()
            except OSError:
                _log.exception("the queue; trying again at the next tick")
            self._wake.wait(self.config.tick_seconds)

    def _guard(self, entry: Entry, act: Callable[[Entry], None]) -> None:
        """One job's trouble must not stop the others: damage ends the job, anything else is tried again later."""
        if time.monotonic() < self._again_at.get(entry.job.id, 0.0):
            return
        try:
            act(entry)
        except EventLogDamagedError as error:
            _log.exception("job %s", entry.job.id)
            watch = self._watches.pop(entry.job.id, None)
            if watch is not None:
                watch.process.signal(signal.SIGKILL)
            with self.records.lock:
                text = f"The event log is damaged, so that the job cannot go on: {error}"
                self.records.finish(entry, "failed", text, now())
        except Exception:
            # A full disk as well as a fault of ours: a supervisor that ended by it would leave every job unwatched.
            _log.exception("job %s; trying again in %g seconds", entry.job.id, _AGAIN_SECONDS)
            self._again_at[entry.job.id] = time.monotonic() + _AGAIN_SECONDS

    def _step(self, entry: Entry) -> None:
        if entry.record.state == "queued":
            if entry.record.cancel_requested:
                self._finish(entry, "cancelled")
            return
        watch = self._watches.get(entry.job.id)
        if watch is None:
            self._recover(entry)
            return
        if not watch.process.alive():
            self._conclude(entry)
            return
        if entry.record.cancel_requested and watch.asked_at is None:
            self._ask_to_end(watch)
        at = time.monotonic()
        if watch.asked_at is not None and at - watch.asked_at > self.config.stop_grace_seconds:
            watch.process.signal(signal.SIGKILL)
        if watch.asked_at is None and at - watch.limits_at > _LIMITS_EVERY_SECONDS:
            watch.limits_at = at
            watch.ended_because = self._low_disk() or self._high_memory(watch.process)
            if watch.ended_because is not None:
                self._ask_to_end(watch)
        entry.log.refresh()

    def _ask_to_end(self, watch: _Watch) -> None:
        watch.asked_at = time.monotonic()
        watch.process.signal(signal.SIGTERM)

    def _recover(self, entry: Entry) -> None:
        """Adopt the engine of a job that another service left running, or find out what became of it."""
        if self._follow_log(entry) or entry.record.state == "queued":
            return
        process = EngineProcess(entry.folder, entry.record.attempt)
        self._watches[entry.job.id] = _Watch(process)
        if not process.alive():
            self._conclude(entry, interrupted=True)

    def _follow_log(self, entry: Entry) -> bool:
        """Finish a step of which a killed service had written the event and not yet the record; False if there is none."""
        told = entry.log.recover().state
        record = entry.record
        if told is not None and told["attempt"] == record.attempt and told["state"] in FINAL_STATES:
            self.records.finish(entry, told["state"], told["error"], datetime.fromisoformat(told["time"]))
            return True
        if told is not None and told["attempt"] > record.attempt:
            self._requeue(entry)
            return True
        return False

    def _conclude(self, entry: Entry, *, interrupted: bool = False) -> None:
        """Say how an attempt whose engine is gone has ended.

        Args:
            entry: the job.
            interrupted: the engine ended with the service or while no service watched, which is nobody's fault: go on
                from the last checkpoint, unless the engine itself said what was wrong.
        """
        with self.records.lock:  # a cancel that arrives meanwhile must find the job before or after, not between
            watch = self._watches.get(entry.job.id)
            status = watch.process.reap() if watch is not None else None
            summary = entry.log.recover()
            record = entry.record
            spoken = summary.last_error if summary.attempt == record.attempt else None
            if summary.result is not None:
                self._finish(entry, "succeeded")
            elif record.cancel_requested:
                self._finish(entry, "cancelled")
            elif watch is not None and watch.ended_because is not None:
                self._finish(entry, "failed", watch.ended_because)
            elif spoken is not None:
                self._finish(entry, "failed", spoken)
            elif interrupted and self._stopping.is_set():
                self._requeue(entry)
            elif interrupted:
                forward = summary.last_seq > record.losses_at_seq + 2  # more than the two state events of an attempt
                losses = 1 if forward else record.losses + 1
                if losses > _MAX_LOSSES:
                    text = f"The engine was found dead {losses} times in a row without having gone forward."
                    self._finish(entry, "failed", _with_output(text, watch))
                else:
                    self._requeue(entry, losses=losses, losses_at_seq=summary.last_seq)
            else:
                self._finish(entry, "failed", _with_output(_ending(status), watch))
            self._watches.pop(entry.job.id, None)

    def _finish(self, entry: Entry, state: State, error: str | None = None) -> None:
        record = entry.record
        error = None if error is None else error[:20_000]
        entry.log.append(StateBody(state=state, attempt=record.attempt, device=record.device, error=error))
        self.records.finish(entry, state, error, now())

    def _requeue(self, entry: Entry, **changes: object) -> None:
        attempt = entry.record.attempt + 1
        entry.log.append(StateBody(state="queued", attempt=attempt))
        fresh = JobRecord(state="queued", order=entry.record.order, attempt=attempt, created_at=entry.record.created_at)
        kept = {"losses": entry.record.losses, "losses_at_seq": entry.record.losses_at_seq}
        self.records.change(entry, **{**dict(fresh), **kept, **changes})

    # --- starting -----------------------------------------------------------------------------------------------

    def _start_queued(self) -> None:
        if not self.devices_ready or self._low_disk() is not None:
            return
        busy = {entry.record.device for entry in self.records.running()}
        for entry in self.records.queued():
            if self._stopping.is_set() or entry.record.cancel_requested:
                continue
            wanted = entry.job.device
            free = [d.name for d in self.devices if d.name not in busy and wanted in (None, d.name)]
            if free:
                self._guard(entry, partial(self._start, device=free[0]))
                if entry.record.state == "running":
                    busy.add(free[0])

    def _start(self, entry: Entry, device: str) -> None:
        with self.records.lock:
            if entry.record.cancel_requested:
                return
            attempt = entry.record.attempt
            entry.log.append(StateBody(state="running", attempt=attempt, device=device))
            process = EngineProcess(entry.folder, attempt)
            self._watches[entry.job.id] = _Watch(process)
            self.records.change(entry, state="running", device=device, started_at=now())
        arguments = self.config.engines.get(entry.job.engine)
        try:
            if arguments is None:
                raise FileNotFoundError(f"this trainer has no engine {entry.job.engine}")
            process.start([*arguments, str(entry.folder)], self._environment(entry, device))
        except OSError as error:
            self._finish(entry, "failed", f"The engine could not be started: {error}")
            self._watches.pop(entry.job.id, None)

    def _environment(self, entry: Entry, device: str) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if name in _INHERITED or name.startswith(_INHERITED_PREFIXES)
        }
        token = read_reward_token(entry.folder)
        kind, _, number = device.partition("-")
        visible = os.environ.get("CUDA_VISIBLE_DEVICES", "").split(",")
        # `cuda-1` is the second GPU that this service may see, which need not be the machine's second.
        index = visible[int(number)] if number and int(number) < len(visible) and visible[int(number)] else number
        return {
            **kept,
            **({ENV_REWARD_TOKEN: token} if token else {}),
            ENV_DATA: str(self.config.data),
            ENV_MODELS: str(self.config.models),
            ENV_DEVICE: kind,
            "CUDA_VISIBLE_DEVICES": index,
            "PYTHONUNBUFFERED": "1",
            # Everything the engine needs was put in place beforehand; a run must not change with what a hub serves today.
            "HF_HUB_OFFLINE": "1",
        }

    def _probe(self) -> None:
        self.devices = probe_devices()
        self.devices_ready = True
        self.wake()

    # --- limits -------------------------------------------------------------------------------------------------

    def _low_disk(self) -> str | None:
        free = disk_space(self.config.data).free_bytes
        if free >= self.config.min_free_disk_bytes:
            return None
        return (
            f"The trainer's disk has {format_bytes(free)} free, less than the "
            f"{format_bytes(self.config.min_free_disk_bytes)} it keeps. Free some space, then resume."
        )

    def _high_memory(self, process: EngineProcess) -> str | None:
        limit = self.config.max_memory_bytes
        used = 0 if limit is None else process.memory_bytes()
        if limit is None or used <= limit:
            return None
        return (
            f"The job used {format_bytes(used)} of main memory, more than the {format_bytes(limit)} that one job may "
            "use here. A smaller microBatch, fewer frames or fewer pixels need less."
        )


def _ending(status: int | None) -> str:
    if status is None:
        return "The engine process died."
    if status == 0:
        return "The engine process ended without a result."
    if status > 0:
        return f"The engine process ended with status {status}."
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = f"signal {-status}"
    hint = " The system kills so when memory runs out." if name == "SIGKILL" else ""
    return f"The engine process died of {name}.{hint}"


def _with_output(text: str, watch: _Watch | None) -> str:
    tail = watch.process.output_tail() if watch is not None else ""
    return f"{text} Its last lines:\n{tail}" if tail else f"{text} It printed nothing."
