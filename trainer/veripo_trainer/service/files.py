"""Uploaded files, named by the SHA-256 of their content. A name that is there is whole."""

from __future__ import annotations

import hashlib
import os
import shutil
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

from anyio import to_thread

from veripo_trainer.job_dir import sync_path
from veripo_trainer.service.errors import ServiceError, format_bytes
from veripo_trainer.service.machine import disk_space

_SPACE_CHECK_BYTES = 64 << 20
_WRITE_BYTES = 1 << 20


class FileStore:
    """The folder `files/`; unfinished uploads lie in `files/.incoming/` and are dropped at the next start."""

    def __init__(self, folder: Path, *, max_file_bytes: int, min_free_disk_bytes: int) -> None:
        self.folder = folder
        self.max_file_bytes = max_file_bytes
        self.min_free_disk_bytes = min_free_disk_bytes
        self._incoming = folder / ".incoming"

    def prepare(self) -> None:
        """Create the folders and drop what a killed service left half-uploaded."""
        shutil.rmtree(self._incoming, ignore_errors=True)
        self._incoming.mkdir(parents=True)

    def path(self, sha256: str) -> Path:
        """Where a file of this (checked) name lies."""
        return self.folder / sha256

    def size(self, sha256: str) -> int | None:
        """Bytes of a stored file; None when it is not there."""
        try:
            return self.path(sha256).stat().st_size
        except FileNotFoundError:
            return None

    async def put(self, sha256: str, chunks: AsyncIterator[bytes], announced: int | None) -> tuple[int, bool]:
        """Store a stream under its hash.

        A file that is already there is read and checked all the same, because a client that is answered before it has
        sent everything takes the closed connection for a failure.

        Args:
            sha256: the hash the client promised.
            chunks: the body.
            announced: its Content-Length, if any.

        Returns:
            Bytes, and whether the file is new.

        Raises:
            ServiceError: too large, no space, or other content than promised; nothing is kept then.
        """
        self._check_size(announced or 0)
        self._check_space(announced or 0)
        known = self.size(sha256)
        part = self._incoming / uuid.uuid4().hex
        digest = hashlib.sha256()
        size, since_check = 0, 0
        try:
            with part.open("xb") as file:
                pending = bytearray()
                async for chunk in chunks:
                    size += len(chunk)
                    since_check += len(chunk)
                    self._check_size(size)
                    if since_check > _SPACE_CHECK_BYTES:
                        self._check_space(0)
                        since_check = 0
                    pending += chunk
                    if len(pending) >= _WRITE_BYTES:
                        await to_thread.run_sync(_take, digest, file.fileno(), bytes(pending), known is None)
                        pending.clear()
                await to_thread.run_sync(_take, digest, file.fileno(), bytes(pending), known is None)
                if digest.hexdigest() != sha256:
                    raise ServiceError(
                        "invalid", f"The content's SHA-256 is {digest.hexdigest()}, not {sha256}. Nothing was kept."
                    )
                if known is None:
                    await to_thread.run_sync(os.fsync, file.fileno())
            if known is None:
                part.rename(self.path(sha256))
                await to_thread.run_sync(sync_path, self.folder)
        finally:
            part.unlink(missing_ok=True)
        return size, known is None

    def _check_size(self, size: int) -> None:
        if size > self.max_file_bytes:
            raise ServiceError("too_large", f"A file may have at most {format_bytes(self.max_file_bytes)} here.")

    def _check_space(self, needed: int) -> None:
        free = disk_space(self.folder).free_bytes
        if free - needed < self.min_free_disk_bytes:
            raise ServiceError(
                "no_space",
                f"The trainer's disk has {format_bytes(free)} free; {format_bytes(needed)} more would leave less than "
                f"the {format_bytes(self.min_free_disk_bytes)} it keeps.",
            )


def _take(digest: hashlib._Hash, file: int, data: bytes, keep: bool) -> None:
    digest.update(data)
    view = memoryview(data) if keep else memoryview(b"")
    while view:
        view = view[os.write(file, view) :]
