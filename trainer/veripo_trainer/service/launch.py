"""Becomes an engine: `python -m veripo_trainer.service.launch JOB_DIR ATTEMPT ARGUMENT…`.

Writes its process id into the job folder and replaces itself. The id is therefore on disk before the engine's first
instruction, and a service that is killed at any moment finds the engine it had just started.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from veripo_trainer.service.process_file import ProcessFile, attempt_mark, write_process_file


def main() -> None:
    """Write `process.json` and become the engine."""
    folder, attempt, *arguments = sys.argv[1:]
    write_process_file(Path(folder), ProcessFile(pid=os.getpid(), attempt=int(attempt)))
    print(attempt_mark(int(attempt)), flush=True)
    try:
        os.execvp(arguments[0], arguments)
    except OSError as error:
        sys.exit(f"The engine {arguments[0]} cannot be started: {error.strerror}")


if __name__ == "__main__":
    main()
