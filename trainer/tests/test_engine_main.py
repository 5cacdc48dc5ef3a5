"""`python -m veripo_trainer.engine JOB_DIR` as the service starts it, with a real verifier over HTTP."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from helpers import World, small_policy

from veripo_trainer.contract import CheckpointEvent, DpoSettings, LogEvent, MetricEvent, ResultEvent, RolloutEvent
from veripo_trainer.engine.__main__ import EXIT_FAILED, main
from veripo_trainer.engine.dpo import train_dpo
from veripo_trainer.event_log import EventLog

FRAMES = {"minPixels": 3136, "maxPixels": 3136}


class Verifier(BaseHTTPRequestHandler):
    """Answers with a reward that differs within a group; the first request finds it down."""

    asked = 0

    def do_POST(self) -> None:
        Verifier.asked += 1
        items = json.loads(self.rfile.read(int(self.headers["content-length"])))["items"]
        verdicts = [{"reward": (sum(item["response"].encode()) % 7) / 7} for item in items]
        body = json.dumps({"verdicts": verdicts}).encode()
        self.send_response(503 if Verifier.asked == 1 else 200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def verifier() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Verifier)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/rewards"
    server.shutdown()


class Data:
    """The service's data folder with the world's clips uploaded."""

    def __init__(self, root: Path, world: World) -> None:
        self.root = root
        (root / "files").mkdir()
        self.media: dict[str, str] = {}
        for question in world.questions:
            content = (world.folder / str(question.media)).read_bytes()
            self.media[str(question.media)] = self.upload(content)

    def upload(self, content: bytes) -> str:
        sha = hashlib.sha256(content).hexdigest()
        (self.root / "files" / sha).write_bytes(content)
        return sha

    def lines(self, messages: list) -> str:
        moved = [each.model_copy(update={"media": self.media[each.media]}) for each in messages]
        return self.upload("\n".join(each.model_dump_json(by_alias=True) for each in moved).encode())

    def job(self, number: int, **parts: Any) -> Path:  # noqa: ANN401 - JSON
        folder = self.root / "jobs" / str(UUID(int=number))
        folder.mkdir(parents=True)
        model = {"source": "built", "width": 64, "layers": 2}
        request = {"id": str(UUID(int=number)), "model": model, **parts}
        request["settings"] = {"frames": FRAMES, **parts["settings"]}
        (folder / "job.json").write_text(json.dumps(request))
        return folder


def start(folder: Path) -> "subprocess.Popen[str]":
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(Path(__file__).parents[1])}
    return subprocess.Popen(
        [sys.executable, "-m", "veripo_trainer.engine", str(folder)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def run(folder: Path) -> list[Any]:
    process = start(folder)
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 0, output
    return list(EventLog(folder / "events.jsonl").read())


def of(kind: type, events: list[Any]) -> list[Any]:
    return [event for event in events if isinstance(event, kind)]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, world: World) -> Data:
    return Data(tmp_path_factory.mktemp("data"), world)


def test_sft_then_grpo_from_its_checkpoint(data: Data, world: World, verifier: str) -> None:
    settings = {"learningRate": 1e-3, "globalBatch": 4, "microBatch": 4, "checkpointEvery": 100}
    shown = data.lines(world.demonstrations())
    sft = run(data.job(1, kind="sft", data={"demonstrations": shown}, settings={**settings, "maxSteps": 2}))
    assert [event.step for event in of(MetricEvent, sft)] == [1, 2]
    assert of(ResultEvent, sft)[0].checkpoint == "final"
    assert of(CheckpointEvent, sft)[0].final

    questions = data.lines(world.questions)
    sampling = {"samplesPerQuestion": 4, "questionBatch": 2, "maxNewTokens": 6, "globalBatch": 8, "maxSteps": 2}
    trained = {"source": "checkpoint", "job": str(UUID(int=1)), "name": "final"}
    job = data.job(
        2,
        kind="grpo",
        model=trained,
        data={"questions": questions},
        reward={"url": verifier},
        settings={**settings, **sampling},
    )
    grpo = run(job)
    assert len(of(RolloutEvent, grpo)) == 16
    assert len(of(MetricEvent, grpo)) == 2
    assert any("verifier does not answer" in event.message for event in of(LogEvent, grpo))
    assert of(ResultEvent, grpo)[0].values["rollouts"] == 16
    # A finished job that is started again does nothing.
    assert run(job) == grpo


def test_a_killed_job_goes_on_and_repeats_nothing(data: Data, world: World, tmp_path: Path) -> None:
    settings = {"learningRate": 1e-4, "globalBatch": 4, "microBatch": 4, "checkpointEvery": 2, "epochs": 10}
    pairs = data.lines(world.pairs())
    undisturbed, recorder = world.run(small_policy(), tmp_path)
    train_dpo(undisturbed, world.pairs(), DpoSettings.model_validate({"frames": FRAMES, **settings}))

    folder = data.job(11, kind="dpo", data={"pairs": pairs}, settings=settings)
    for sign in (signal.SIGKILL, signal.SIGTERM):
        process = start(folder)
        log = EventLog(folder / "events.jsonl")
        before = log.refresh().step or 0
        deadline = time.monotonic() + 90
        while (log.refresh().step or 0) < before + 3 and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(sign)
        process.communicate(timeout=60)
    events = run(folder)
    assert [event.step for event in of(MetricEvent, events)] == list(range(1, 21))
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert any("Going on from step" in event.message for event in of(LogEvent, events))
    for expected, found in zip(recorder.metrics, of(MetricEvent, events), strict=True):
        assert found.values["loss"] == pytest.approx(expected.values["loss"], abs=1e-5)
    assert [name for name in sorted(path.name for path in (folder / "checkpoints").iterdir()) if "final" in name]


def test_a_fault_is_said_in_words(data: Data, world: World) -> None:
    (data.root / "files" / ("0" * 64)).write_text('{"id": "q"}\n')
    folder = data.job(20, kind="sft", data={"demonstrations": "0" * 64}, settings={})
    assert main([str(folder)]) == EXIT_FAILED
    last = list(EventLog(folder / "events.jsonl").read())[-1]
    assert isinstance(last, LogEvent) and last.level == "error"
    assert "Line 1" in last.message
