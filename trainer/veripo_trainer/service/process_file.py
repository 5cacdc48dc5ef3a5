"""`process.json`: which process runs a job, and the mark it leaves in its output. Kept free of heavy imports, because every launch reads this module."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple


class ProcessFile(NamedTuple):
    """A process, which leads its own group, and the attempt it was started for."""

    pid: int
    attempt: int


def write_process_file(folder: Path, process: ProcessFile) -> None:
    """Write it whole."""
    part = folder / ".process.json"
    part.write_text(json.dumps(process._asdict()), encoding="ascii")
    os.replace(part, folder / "process.json")


def read_process_file(folder: Path) -> ProcessFile | None:
    """Read it; None when there is none."""
    try:
        return ProcessFile(**json.loads((folder / "process.json").read_text(encoding="ascii")))
    except FileNotFoundError:
        return None


def attempt_mark(attempt: int) -> str:
    """The line in `output.log` at which the output of an attempt begins."""
    return f"--- attempt {attempt} ---"
