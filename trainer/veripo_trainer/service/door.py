"""Everything that is checked before a job is queued, so that it does not fail an hour later for a reason known now."""

from __future__ import annotations

from itertools import islice

from veripo_trainer.contract import (
    BuiltModel,
    CheckpointModel,
    Demonstration,
    DpoJob,
    EvalJob,
    GrpoJob,
    Job,
    LocalModel,
    Pair,
    Question,
    Reward,
    RolloutJob,
    SftJob,
)
from veripo_trainer.job_dir import UnsafeWeightsError, check_weights, read_lines
from veripo_trainer.service.config import Config, reward_origin_allowed
from veripo_trainer.service.errors import ServiceError, format_bytes
from veripo_trainer.service.files import FileStore
from veripo_trainer.service.machine import disk_space, engine_fault
from veripo_trainer.service.messages import Device
from veripo_trainer.service.records import Entry, Records, write_reward_token

MAX_DATA_BYTES = 512 << 20
_MAX_MISSING = 1000


def submit_job(
    job: Job, *, config: Config, records: Records, files: FileStore, devices: list[Device] | None
) -> tuple[Entry, bool]:
    """Queue a job, or find the same one.

    Args:
        job: the request.
        config: what the operator allows.
        records: the jobs.
        files: the uploaded files.
        devices: what there is; None while that is not known.

    Returns:
        The job, and whether it is new. A repeat may bring another reward token, which the next attempt uses.

    Raises:
        ServiceError: `conflict` for another job under the same id; else what is missing or refused, in a sentence.
    """
    token, plain = _without_token(job)
    known = records.find(job.id)
    if known is None:
        _check(plain, config=config, records=records, files=files, devices=devices)
    with records.lock:
        known = records.find(job.id)
        if known is None:
            return records.create(plain, token), True
        if known.job != plain:
            raise ServiceError("conflict", f"The id {job.id} already belongs to another job. Take a new id.")
        if token is not None:
            write_reward_token(known.folder, token)
        return known, False


def _without_token(job: Job) -> tuple[str | None, Job]:
    reward: Reward | None = None if isinstance(job, (DpoJob, SftJob)) else job.reward
    if reward is None or reward.token is None or isinstance(job, (DpoJob, SftJob)):
        return None, job
    return reward.token.get_secret_value(), job.model_copy(update={"reward": reward.model_copy(update={"token": None})})


def _check(job: Job, *, config: Config, records: Records, files: FileStore, devices: list[Device] | None) -> None:
    if job.engine not in config.engines:
        raise ServiceError("invalid", f"This trainer has no engine {job.engine}, only {', '.join(config.engines)}.")
    fault = engine_fault(config.engines[job.engine])
    if fault is not None:
        raise ServiceError("invalid", f"The engine {job.engine} cannot run here. {fault}")
    if devices is not None and job.device is not None and job.device not in [device.name for device in devices]:
        names = ", ".join(device.name for device in devices)
        raise ServiceError("invalid", f"This trainer has no device {job.device}, only {names}.")
    if not isinstance(job, (DpoJob, SftJob)) and job.reward is not None:
        if not reward_origin_allowed(config, job.reward.url):
            raise ServiceError(
                "invalid",
                f"This trainer may not ask {job.reward.url} for rewards. Its operator allows other machines by "
                "VERIPO_TRAINER_REWARD_ORIGINS.",
            )
    unfinished = sum(not entry.final for entry in records.all())
    if unfinished >= config.max_unfinished_jobs:
        raise ServiceError("busy", f"{unfinished} jobs are unfinished, as many as this trainer takes. Try again later.")
    free = disk_space(config.data).free_bytes
    if free < config.min_free_disk_bytes:
        raise ServiceError(
            "no_space",
            f"The trainer's disk has {format_bytes(free)} free, less than the "
            f"{format_bytes(config.min_free_disk_bytes)} it keeps.",
        )
    _check_model(job, config, records)
    _check_data(job, files)


def _check_model(job: Job, config: Config, records: Records) -> None:
    match job.model:
        case BuiltModel():
            return
        case LocalModel():
            folder = config.models / job.model.name
            missing = f"This trainer has no model {job.model.name}."
        case CheckpointModel():
            parent = records.find(job.model.job)
            if parent is None:
                raise ServiceError("invalid", f"This trainer has no job {job.model.job} to take a checkpoint from.")
            folder = parent.folder / "checkpoints" / job.model.name
            missing = f"Job {job.model.job} has no checkpoint {job.model.name}."
    if not folder.is_dir():
        raise ServiceError("invalid", missing)
    try:
        check_weights(folder)
    except UnsafeWeightsError as error:
        raise ServiceError("invalid", f"{error}.") from error


def _check_data(job: Job, files: FileStore) -> None:
    """Parse every line and look for every clip."""
    line_type: type[Question]
    match job:
        case GrpoJob() | RolloutJob() | EvalJob():
            name, line_type = job.data.questions, Question
        case DpoJob():
            name, line_type = job.data.pairs, Pair
        case SftJob():
            name, line_type = job.data.demonstrations, Demonstration
    size = files.size(name)
    if size is None:
        raise ServiceError("missing_files", "The data file of the job has not been uploaded.", [name])
    if size > MAX_DATA_BYTES:
        raise ServiceError("too_large", f"A data file may have at most {format_bytes(MAX_DATA_BYTES)}.")
    missing: dict[str, None] = {}
    seen: set[str] = set()
    try:
        for line in read_lines(files.path(name), line_type):
            key = line.pair_id if isinstance(line, Pair) else line.id
            if key in seen and not isinstance(line, Demonstration):
                raise ServiceError("invalid", f"The data file holds {key} twice.")
            seen.add(key)
            if line.media is not None and line.media not in missing and files.size(line.media) is None:
                missing[line.media] = None
    except ValueError as error:
        raise ServiceError("invalid", f"{_short(error)}") from error
    if not seen:
        raise ServiceError("invalid", "The data file is empty: there is nothing to train on.")
    if missing:
        text = f"{len(missing)} of the clips have not been uploaded."
        raise ServiceError("missing_files", text, list(islice(missing, _MAX_MISSING)))


def _short(error: ValueError) -> str:
    lines = [line.strip() for line in str(error).splitlines() if "errors.pydantic.dev" not in line]
    return " ".join(lines)[:1000]
