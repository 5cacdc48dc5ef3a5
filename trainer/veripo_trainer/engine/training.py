"""What the training loops share: going on from a checkpoint, keeping new ones, and stopping between turns."""

from __future__ import annotations

import json
import time
from pathlib import Path

from veripo_trainer.contract import TrainingSettings
from veripo_trainer.engine.run import Run, StoppedError
from veripo_trainer.engine.trainee import STATE_FILE, Trainee

TURNS_FILE = "turns.json"


class Keeper:
    """Keeps checkpoints of a training job, and finds its way back to them.

    A turn is the least that can be repeated: a batch of rollouts, or one optimizer step of SFT and DPO.
    """

    def __init__(self, run: Run, trainee: Trainee, settings: TrainingSettings, resume: Path | None) -> None:
        """Goes on from the checkpoint folder `resume`, where there is one."""
        self._run = run
        self._trainee = trainee
        self._every = settings.checkpoint_every
        self.turns_done = 0
        if resume:
            trainee.resume(resume)
            self.turns_done = int(json.loads((resume / TURNS_FILE).read_text())["turns"])
            run.log(f"Going on from step {trainee.step_count}")
        self._saved_step = trainee.step_count

    def stop_if_asked(self) -> None:
        """Between turns: when the job was asked to stop, saves where it stands.

        Raises:
            StoppedError: it was.
        """
        if not self._run.should_stop():
            return
        if self._trainee.step_count > self._saved_step:
            self._save()
        raise StoppedError

    def finish_turn(self, turns_done: int) -> None:
        """After a turn: saves when `checkpoint_every` steps have passed."""
        self.turns_done = turns_done
        if self._trainee.step_count - self._saved_step >= self._every:
            self._save()

    def finish(self, total: int) -> None:
        """After the last turn: publishes the weights that the job was for."""
        if self._run.checkpoints:
            self._run.checkpoints.save(
                "final",
                self._trainee.step_count,
                lambda folder: self._trainee.save(folder, resumable=False),
                resumable=False,
                final=True,
            )
        if self._trainee.step_count < total:
            self._run.log(f"{self._trainee.step_count} of {total} steps were taken", level="warning")

    def _save(self) -> None:
        step = self._trainee.step_count
        self._saved_step = step
        if not self._run.checkpoints:
            return
        began = time.monotonic()
        self._run.checkpoints.save(f"step-{step}", step, self._write, resumable=True, final=False)
        self._run.log(f"Checkpoint step-{step} took {time.monotonic() - began:.1f} seconds", level="debug")

    def _write(self, folder: Path) -> None:
        self._trainee.save(folder, resumable=True)
        assert (folder / STATE_FILE).is_file()
        (folder / TURNS_FILE).write_text(json.dumps({"turns": self.turns_done}))
