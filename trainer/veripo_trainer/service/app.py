"""The HTTP API over a `Trainer`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any
from uuid import UUID

from anyio import to_thread
from fastapi import Depends, FastAPI, Path, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, StreamingResponse
from fastapi.security import HTTPBearer
from starlette.requests import ClientDisconnect

from veripo_trainer import __version__
from veripo_trainer.contract import Job, Sha256
from veripo_trainer.service.door import submit_job
from veripo_trainer.service.engine_process import EngineProcess
from veripo_trainer.service.errors import ServiceError
from veripo_trainer.service.gate import Gate, failure_response
from veripo_trainer.service.messages import CheckpointList, Failure, FileStatus, Health, Info, JobList, JobStatus
from veripo_trainer.service.trainer import Trainer

_READ_BYTES = 1 << 20
_POLL_SECONDS = 0.2
_HEARTBEAT_SECONDS = 15.0
_NDJSON = "application/x-ndjson"

_bearer = HTTPBearer(auto_error=False, description="The token that the trainer was started with.")
_failures: dict[int | str, dict[str, Any]] = {
    status: {"model": Failure, "description": text}
    for status, text in {401: "No or wrong token", 404: "Not there", 422: "Refused, in a sentence"}.items()
}


def create_app(trainer: Trainer) -> FastAPI:
    """The API of one trainer, which must have been started and is stopped with the server."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await to_thread.run_sync(trainer.stop)

    app = FastAPI(
        title="VerIPO trainer",
        version=__version__,
        description="Runs GRPO, DPO, SFT, sampling and evaluation jobs for VerIPO Studio.",
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        separate_input_output_schemas=False,
    )
    _add_errors(app)
    app.add_middleware(Gate, token=trainer.config.token)
    signed_in = [Depends(_bearer)]  # for the document; `Gate` checks the token before anything is read

    @app.get("/v1/health", operation_id="getHealth")
    async def get_health() -> Health:
        """Whether the service answers."""
        return Health()

    @app.get("/v1/info", operation_id="getInfo", dependencies=signed_in, responses=_failures)
    def get_info() -> Info:
        """Devices, engines, versions, limits, disk and memory."""
        return trainer.info()

    @app.put(
        "/v1/files/{sha256}",
        operation_id="putFile",
        dependencies=signed_in,
        responses={
            **_failures,
            201: {"model": FileStatus, "description": "Stored"},
            413: {"model": Failure, "description": "Too large"},
            507: {"model": Failure, "description": "No space"},
        },
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
            }
        },
    )
    async def put_file(sha256: Annotated[Sha256, Path()], request: Request, response: Response) -> FileStatus:
        """Store a file under the SHA-256 of its content. Repeating it changes nothing."""
        announced = request.headers.get("content-length", "")
        length = int(announced) if announced.isdecimal() else None
        try:
            size, created = await trainer.files.put(sha256, request.stream(), length)
        except ClientDisconnect as error:
            raise ServiceError("invalid", "The upload was cut off; nothing was kept.") from error
        response.status_code = 201 if created else 200
        return FileStatus(sha256=sha256, bytes=size)

    @app.get("/v1/files/{sha256}", operation_id="getFile", dependencies=signed_in, responses=_failures)
    @app.head("/v1/files/{sha256}", operation_id="headFile", dependencies=signed_in, responses=_failures)
    def get_file(sha256: Annotated[Sha256, Path()]) -> FileStatus:
        """Whether a file is stored, and how large it is."""
        size = trainer.files.size(sha256)
        if size is None:
            raise ServiceError("not_found", f"This trainer has no file {sha256}.")
        return FileStatus(sha256=sha256, bytes=size)

    @app.post(
        "/v1/jobs",
        operation_id="postJob",
        dependencies=signed_in,
        responses={
            **_failures,
            201: {"model": JobStatus, "description": "Queued"},
            409: {"model": Failure, "description": "Another job has this id, or files are missing"},
            429: {"model": Failure, "description": "Too many unfinished jobs"},
            507: {"model": Failure, "description": "No space"},
        },
    )
    def post_job(job: Job, response: Response) -> JobStatus:
        """Queue a job. The client chooses its id: repeating the request is the same job."""
        supervisor = trainer.supervisor
        devices = supervisor.devices if supervisor.devices_ready else None
        entry, created = submit_job(
            job, config=trainer.config, records=trainer.records, files=trainer.files, devices=devices
        )
        supervisor.wake()
        response.status_code = 201 if created else 200
        return trainer.status(entry)

    @app.get("/v1/jobs", operation_id="listJobs", dependencies=signed_in, responses=_failures)
    def list_jobs() -> JobList:
        """All jobs, the newest first."""
        return JobList(jobs=trainer.statuses(trainer.records.all()[::-1]))

    @app.get("/v1/jobs/{job_id}", operation_id="getJob", dependencies=signed_in, responses=_failures)
    def get_job(job_id: UUID) -> JobStatus:
        """Where a job stands."""
        return trainer.status(trainer.records.get(job_id))

    @app.post("/v1/jobs/{job_id}/cancel", operation_id="cancelJob", dependencies=signed_in, responses=_failures)
    def cancel_job(job_id: UUID) -> JobStatus:
        """Ask for the end of a job: SIGTERM, and SIGKILL after a while. A finished job stays as it is."""
        entry = trainer.records.get(job_id)
        trainer.supervisor.cancel(entry)
        return trainer.status(entry)

    @app.post(
        "/v1/jobs/{job_id}/resume",
        operation_id="resumeJob",
        dependencies=signed_in,
        responses={**_failures, 409: {"model": Failure, "description": "It has succeeded"}},
    )
    def resume_job(job_id: UUID) -> JobStatus:
        """Queue a failed or cancelled job again, to go on from its last resumable checkpoint."""
        entry = trainer.records.get(job_id)
        trainer.supervisor.resume(entry)
        return trainer.status(entry)

    @app.get(
        "/v1/jobs/{job_id}/events",
        operation_id="getEvents",
        dependencies=signed_in,
        response_class=StreamingResponse,
        responses={
            **_failures,
            200: {"description": "One event per line; empty lines keep the connection alive"},
            409: {"model": Failure, "description": "The log is shorter than `after`: this is not the trainer you knew"},
        },
    )
    async def get_events(
        job_id: UUID,
        after: Annotated[int, Query(ge=0, description="The last seq you have; 0 for all")] = 0,
        follow: Annotated[bool, Query(description="Stay until the job is finished")] = False,
    ) -> StreamingResponse:
        """Events with a seq above `after`, oldest first."""
        entry = trainer.records.get(job_id)
        try:
            await to_thread.run_sync(entry.reader.read, after, 1)
        except ValueError as error:
            raise ServiceError("rewound", str(error)) from error

        async def lines() -> AsyncIterator[bytes]:
            seq, quiet = after, 0.0
            while True:
                final = entry.final  # asked before reading: the last event is logged before the state is final
                data, seq = await to_thread.run_sync(entry.reader.read, seq, _READ_BYTES)
                if data:
                    quiet = 0.0
                    yield data
                elif not follow or final or trainer.stopping:
                    return
                else:
                    await asyncio.sleep(_POLL_SECONDS)
                    quiet += _POLL_SECONDS
                    if quiet >= _HEARTBEAT_SECONDS:
                        quiet = 0.0
                        yield b"\n"

        return StreamingResponse(lines(), media_type=_NDJSON, headers={"cache-control": "no-store"})

    @app.get(
        "/v1/jobs/{job_id}/output",
        operation_id="getOutput",
        dependencies=signed_in,
        response_class=PlainTextResponse,
        responses=_failures,
    )
    def get_output(job_id: UUID) -> PlainTextResponse:
        """The last lines that the engine printed, for finding out why it failed."""
        entry = trainer.records.get(job_id)
        return PlainTextResponse(EngineProcess(entry.folder, entry.record.attempt).output_tail())

    @app.get("/v1/checkpoints", operation_id="listCheckpoints", dependencies=signed_in, responses=_failures)
    def list_checkpoints() -> CheckpointList:
        """All published checkpoints, by job and step."""
        return CheckpointList(checkpoints=trainer.checkpoints())

    return app


def _add_errors(app: FastAPI) -> None:
    @app.exception_handler(ServiceError)
    async def refuse(_: Request, error: ServiceError) -> JSONResponse:
        return failure_response(error)

    @app.exception_handler(RequestValidationError)
    async def refuse_input(_: Request, error: RequestValidationError) -> JSONResponse:
        # The input itself is left out: it may hold the reward token.
        faults = [
            f"{'.'.join(str(part) for part in fault['loc'][1:]) or 'body'}: {fault['msg']}" for fault in error.errors()
        ]
        return failure_response(ServiceError("invalid", "; ".join(faults[:20])))
