"""`python -m veripo_trainer.engine JOB_DIR`: does one job and writes what happens into its event log."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from veripo_trainer.contract import LogBody
from veripo_trainer.job_dir import UnsafeWeightsError, open_job

EXIT_STOPPED = 143  # as a process that SIGTERM ended
EXIT_FAILED = 1


def main(arguments: Sequence[str]) -> int:
    """Does the job in the folder named by the only argument; returns the exit status."""
    if len(arguments) != 1:
        print("usage: python -m veripo_trainer.engine JOB_DIR", file=sys.stderr)
        return 2
    stopped = False

    def stop(_signal: int, _frame: object) -> None:
        nonlocal stopped
        stopped = True

    signal.signal(signal.SIGTERM, stop)
    context = open_job(Path(arguments[0]))
    if context.log.has("result"):
        return 0

    # Only now: the libraries take seconds to load.
    import torch

    from veripo_trainer.engine.job import do_job
    from veripo_trainer.engine.run import EngineError, StoppedError

    # One core stays with the verifier, whose answers training waits for: threads of torch that wait for each other
    # beside a busy neighbour cost several times what they gain.
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS") or max(1, min(4, (os.cpu_count() or 1) - 1))))
    try:
        context.log.append(do_job(context, lambda: stopped))
    except StoppedError:
        context.log.append(LogBody(message="Stopped between steps"))
        return EXIT_STOPPED
    except Exception as error:
        traceback.print_exc()
        if isinstance(error, torch.OutOfMemoryError):
            message = f"The device is out of memory; lower microBatch. {error}"
        elif isinstance(error, EngineError | UnsafeWeightsError | FileNotFoundError | ValueError):
            message = str(error)
        else:
            message = f"{type(error).__name__}: {error}"
        context.log.append(LogBody(level="error", message=message[:20_000]))
        return EXIT_FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
