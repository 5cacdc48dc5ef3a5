"""A real engine process for the service's tests: it counts, logs and writes checkpoints as the contract asks.

What it does is in the job's title, e.g. `steps=20 die=7`; with `hold=5` it waits in step 5 until the test says `go`. It resumes from its last checkpoint, as any engine
must, and logs the steps after it again, which the event log must drop.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import struct
import sys
import time
from pathlib import Path

from veripo_trainer.contract import LogBody, MetricBody, Question, QuestionData, ResultBody, RolloutBody
from veripo_trainer.job_dir import JobContext, open_job, publish_checkpoint, read_lines

CHECKPOINT_EVERY = 5


def main() -> None:
    context = open_job(Path(sys.argv[1]))
    wish = dict(part.split("=") for part in context.job.title.split() if "=" in part)
    data = context.job.data
    asked = next(read_lines(context.file(data.questions), Question)).id if isinstance(data, QuestionData) else ""
    print(f"pid {os.getpid()} on {context.device}", flush=True)
    if "stubborn" in wish:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if "memory" in wish:
        hoard = bytearray(int(wish["memory"]) << 20)
        hoard[:: os.sysconf("SC_PAGE_SIZE")] = b"x" * len(hoard[:: os.sysconf("SC_PAGE_SIZE")])
    if "environment" in wish:
        print(json.dumps(dict(os.environ)), flush=True)
    resumed = context.resumable_checkpoint()
    first = resumed[0] + 1 if resumed else 1
    context.log.append(LogBody(message=f"from step {first}"))
    steps = int(wish.get("steps", "10"))
    for step in range(first, steps + 1):
        time.sleep(float(wish.get("delay", "0.01")))
        while step == int(wish.get("hold", "0")) and not (context.work / "go").exists():
            time.sleep(0.01)
        rollouts = [
            RolloutBody(
                step=step,
                question_id=asked,
                sample=sample,
                response=f"<think>{step}</think><answer>A</answer>",
                finish_reason="stop",
                prompt_tokens=3,
                total_tokens=5,
                temperature=1.0,
            )
            for sample in range(2 if asked else 0)
        ]
        context.log.append_all([*rollouts, MetricBody(step=step, steps=steps, values={"loss": 1 / step})])
        if step == int(wish.get("die", "0")):
            print("about to die", flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
        if step == int(wish.get("confess", "0")):
            context.log.append(LogBody(level="error", message="The clip of q1 cannot be decoded."))
            sys.exit(1)
        if step == int(wish.get("quit", "0")):
            return
        if step % CHECKPOINT_EVERY == 0 or step == steps:
            checkpoint(context, step, final=step == steps)
    context.log.append(ResultBody(checkpoint=f"step-{steps}", values={"rollouts": 2.0 * steps}))


def checkpoint(context: JobContext, step: int, *, final: bool) -> None:
    building = context.folder / "checkpoints" / f".step-{step}"
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    (building / "model.safetensors").write_bytes(struct.pack("<Q", 2) + b"{}")
    (building / "config.json").write_text("{}")
    publish_checkpoint(context, building, name=f"step-{step}", step=step, resumable=True, final=final)


if __name__ == "__main__":
    main()
