"""A job as a folder: what the service hands to an engine, and how an engine publishes checkpoints.

```
DATA/files/SHA256              uploaded files, by content
DATA/models/NAME/              base models that the operator put there
DATA/jobs/ID/job.json          the request
             state.json        the service's own record
             events.jsonl      the event log (`event_log`)
             output.log        what the engine printed
             checkpoints/NAME/ published checkpoints; a leading dot marks an unfinished one
             work/             the engine's own (caches); it may rely on it after a restart
```

The service starts an engine as `python -m MODULE JOB_DIR`, in its own process group. A second start on the same folder
goes on from the last resumable checkpoint. SIGTERM asks it to stop; SIGKILL follows. It ends a job well with a `result`
event, and badly by logging an `error` line that a person understands and exiting with any status but 0.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from veripo_trainer.contract import (
    BuiltModel,
    CheckpointBody,
    CheckpointModel,
    Job,
    LocalModel,
    Message,
    ModelRef,
    Name,
    Question,
    job_adapter,
)
from veripo_trainer.event_log import EventLog

ENV_DATA = "VERIPO_TRAINER_DATA"
ENV_MODELS = "VERIPO_TRAINER_MODELS"
ENV_DEVICE = "VERIPO_JOB_DEVICE"
ENV_REWARD_TOKEN = "VERIPO_REWARD_TOKEN"

MANIFEST = "veripo-checkpoint.json"
_PICKLES = frozenset({".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".joblib", ".npy", ".npz"})


Line = TypeVar("Line", bound=Question)


class UnsafeWeightsError(Exception):
    """A model folder holds something that could run code when loaded, or no weights at all."""


class Manifest(Message):
    """`veripo-checkpoint.json` inside a published checkpoint."""

    name: Name
    step: int
    resumable: bool
    final: bool
    bytes: int


@dataclass(frozen=True)
class JobContext:
    """Everything an engine needs to know about the job it was started for."""

    job: Job
    folder: Path
    files: Path
    models: Path
    device: str
    """`cpu` or `cuda` (one GPU is visible)."""
    reward_token: str | None
    log: EventLog

    @property
    def work(self) -> Path:
        """The engine's own folder, kept between attempts."""
        folder = self.folder / "work"
        folder.mkdir(exist_ok=True)
        return folder

    def file(self, sha256: str) -> Path:
        """Path of an uploaded file."""
        return self.files / sha256

    def model_folder(self, model: ModelRef) -> Path | None:
        """Folder of the weights to start from; None for a model built from configuration.

        Raises:
            FileNotFoundError: it is not there (any more).
            UnsafeWeightsError: see `check_weights`.
        """
        match model:
            case BuiltModel():
                return None
            case LocalModel():
                folder = self.models / model.name
            case CheckpointModel():
                folder = self.folder.parent / str(model.job) / "checkpoints" / model.name
        if not folder.is_dir():
            raise FileNotFoundError(f"The model folder {folder} is not there")
        check_weights(folder)
        return folder

    def resumable_checkpoint(self) -> tuple[int, Path] | None:
        """Step and folder of the latest resumable checkpoint of this very job, if any."""
        found = [entry for entry in list_checkpoints(self.folder) if entry[0].resumable]
        if not found:
            return None
        manifest, folder = max(found, key=lambda entry: entry[0].step)
        return manifest.step, folder


def open_job(folder: Path) -> JobContext:
    """Read the job in `folder`, with the places and secrets that the service put into the environment."""
    folder = folder.resolve()
    data = Path(os.environ.get(ENV_DATA) or folder.parent.parent)
    return JobContext(
        job=job_adapter.validate_json((folder / "job.json").read_bytes()),
        folder=folder,
        files=data / "files",
        models=Path(os.environ.get(ENV_MODELS) or data / "models"),
        device=os.environ.get(ENV_DEVICE, "cpu"),
        reward_token=os.environ.get(ENV_REWARD_TOKEN),
        log=EventLog(folder / "events.jsonl"),
    )


def read_lines(path: Path, model: type[Line]) -> Iterator[Line]:
    """Parse an uploaded NDJSON file line by line.

    Raises:
        ValueError: a line is not a `model`; its number is in the text.
    """
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.isspace():
                continue
            try:
                yield model.model_validate_json(line)
            except ValueError as error:
                raise ValueError(f"Line {number} of {path.name}: {error}") from error


def publish_checkpoint(
    context: JobContext, built: Path, *, name: Name, step: int, resumable: bool, final: bool = False
) -> Path:
    """Move a finished checkpoint folder into place and log it; afterwards it is there whole, or not at all.

    Args:
        context: the job.
        built: the folder just written, on the same disk (best `checkpoints/.NAME`). It is moved.
        name: the name it is known by; publishing a name again replaces nothing and drops `built`.
        step: optimiser steps behind these weights.
        resumable: it holds optimiser and sampler state as well.
        final: it is the result of the job.

    Raises:
        UnsafeWeightsError: it holds pickled files or no safetensors.
    """
    check_weights(built)
    target = context.folder / "checkpoints" / name
    target.parent.mkdir(exist_ok=True)
    size = sum(path.stat().st_size for path in built.rglob("*") if path.is_file())
    if target.exists():
        shutil.rmtree(built)
    else:
        manifest = Manifest(name=name, step=step, resumable=resumable, final=final, bytes=size)
        write_json(built / MANIFEST, manifest)
        for path in built.rglob("*"):
            sync_path(path)
        sync_path(built)
        built.rename(target)
        sync_path(target.parent)
    context.log.append(CheckpointBody(name=name, step=step, resumable=resumable, final=final, bytes=size))
    return target


def drop_checkpoint(folder: Path) -> None:
    """Remove a published checkpoint: it is gone at once for readers, whatever happens before its files are."""
    hidden = folder.with_name(f".dropped-{folder.name}")
    shutil.rmtree(hidden, ignore_errors=True)
    folder.rename(hidden)
    shutil.rmtree(hidden)


def list_checkpoints(folder: Path) -> list[tuple[Manifest, Path]]:
    """Published checkpoints of the job in `folder`, by step. A folder without a manifest is no checkpoint."""
    found: list[tuple[Manifest, Path]] = []
    root = folder / "checkpoints"
    for path in root.iterdir() if root.is_dir() else []:
        manifest = path / MANIFEST
        if not path.name.startswith(".") and manifest.is_file():
            found.append((Manifest.model_validate_json(manifest.read_bytes()), path))
    return sorted(found, key=lambda entry: (entry[0].step, entry[0].name))


def check_weights(folder: Path) -> None:
    """Refuse folders that hold pickled files or no safetensors.

    Raises:
        UnsafeWeightsError: with a sentence that names the file.
    """
    safe = False
    for path in folder.rglob("*"):
        if path.suffix.lower() in _PICKLES:
            raise UnsafeWeightsError(f"{folder.name} holds {path.name}: weights are read from safetensors only")
        safe = safe or path.suffix == ".safetensors"
    if not safe:
        raise UnsafeWeightsError(f"{folder.name} holds no .safetensors file")


def write_json(path: Path, value: BaseModel | object) -> None:
    """Replace a JSON file so that a reader, or a crash, sees the old or the new text and nothing between."""
    text = (
        value.model_dump_json(by_alias=True, indent=2)
        if isinstance(value, BaseModel)
        else json.dumps(value, indent=2, allow_nan=False)
    )
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    with unfinished.open("w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    sync_path(path.parent)


def sync_path(path: Path) -> None:
    """Wait until a file or folder (its names) is on disk."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
