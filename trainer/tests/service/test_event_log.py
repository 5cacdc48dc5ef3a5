from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from veripo_trainer.contract import LogBody, MetricBody, ResultBody, RolloutBody, StateBody
from veripo_trainer.event_log import EventLog, EventLogDamagedError
from veripo_trainer.service.log_reader import LogReader

WRITER = """
import sys
from pathlib import Path
from veripo_trainer.contract import LogBody, MetricBody
from veripo_trainer.event_log import EventLog
log = EventLog(Path(sys.argv[1]))
print("ready", flush=True)
for step in range(int(sys.argv[2])):
    log.append_all([LogBody(message=sys.argv[3] + "x" * 500), MetricBody(step=step, values={})])
"""


def writer(path: Path, steps: int, name: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(steps), name], stdout=subprocess.PIPE)


def metric(step: int) -> MetricBody:
    return MetricBody(step=step, values={"loss": 0.5})


def rollout(step: int, sample: int) -> RolloutBody:
    return RolloutBody(
        **{"step": step, "question_id": "q", "sample": sample, "response": "a\u2028b \U0001f3ac"},
        **{"finish_reason": "stop", "prompt_tokens": 1, "total_tokens": 1, "temperature": 1.0},
    )


def test_seqs_are_line_numbers_and_keys_are_kept_once(tmp_path: Path) -> None:
    log = EventLog(tmp_path / "events.jsonl")
    assert log.append(StateBody(state="queued", attempt=1)) == 1
    assert log.append_all([metric(1), rollout(1, 0), rollout(1, 0), metric(1)]) == [2, 3, None, None]
    again = EventLog(tmp_path / "events.jsonl")
    assert again.append_all([metric(1), metric(2), LogBody(message="x"), LogBody(message="x")]) == [None, 4, 5, 6]
    assert again.append(ResultBody()) == 7
    assert log.has("metric/train/2") and not log.has("metric/train/3")
    assert [event.seq for event in log.read(after=4)] == [5, 6, 7]
    assert (log.summary.step, log.summary.rollouts, log.summary.last_seq) == (2, 1, 7)
    lines = (tmp_path / "events.jsonl").read_bytes().split(b"\n")
    assert [json.loads(line)["seq"] for line in lines[:-1]] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("torn", [b"{", b'{"seq":2,"type":"metric"', b"\0\0\0", '{"seq":2,"m":"ä'.encode()[:-1]])
def test_a_torn_line_is_cut_and_never_read(tmp_path: Path, torn: bytes) -> None:
    path = tmp_path / "events.jsonl"
    EventLog(path).append(metric(1))
    whole = path.read_bytes()
    path.write_bytes(whole + torn)
    log = EventLog(path)
    assert [event.seq for event in log.read()] == [1]
    assert LogReader(path).read(0, 100) == (whole, 1)
    assert log.recover().last_seq == 1
    assert path.read_bytes() == whole
    assert log.append(metric(2)) == 2


@pytest.mark.parametrize("line", [b"no json\n", b'{"seq":5,"type":"result"}\n', b'{"type":"result"}\n', b"[]\n"])
def test_damage_in_the_middle_is_said_and_not_mended(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "events.jsonl"
    EventLog(path).append(metric(1))
    path.write_bytes(path.read_bytes() + line)
    with pytest.raises(EventLogDamagedError, match="line 2"):
        EventLog(path).append(metric(2))
    assert path.read_bytes().endswith(line)


def test_two_processes_write_one_log(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    first, second = writer(path, 60, "first"), writer(path, 90, "second")
    assert (first.wait(), second.wait()) == (0, 0)
    events = list(EventLog(path).read())
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    steps = [event.step for event in events if event.type == "metric"]
    assert sorted(steps) == list(range(90))
    assert len(events) - len(steps) == 150


def test_a_killed_writer_leaves_a_whole_log(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    for round_ in range(4):
        killed = writer(path, 100_000, f"round{round_}")
        assert killed.stdout is not None and killed.stdout.readline() == b"ready\n"
        time.sleep(0.05 + 0.037 * round_)
        os.kill(killed.pid, signal.SIGKILL)
        killed.wait()
        log = EventLog(path)
        log.append(LogBody(message="after the kill"))
        assert [event.seq for event in log.read()] == list(range(1, log.summary.last_seq + 1))


def test_a_reader_finds_any_seq(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    log = EventLog(path)
    log.append_all([LogBody(message="m" * (number % 97)) for number in range(3000)])
    log.append(LogBody(message="long " * 3000))
    lines = path.read_bytes().splitlines(keepends=True)
    reader = LogReader(path)
    for after in (0, 1, 511, 512, 513, 2999, 3000, 1024, 7):
        assert reader.read(after, 1 << 30) == (b"".join(lines[after:]), 3001)
    assert reader.read(3001, 100) == (b"", 3001)
    data, last = reader.read(100, 1000)
    assert data == b"".join(lines[100:last]) and 100 < last < 200
    assert reader.read(3000, 10) == (lines[3000], 3001)
    with pytest.raises(ValueError, match="ends at seq 3001"):
        reader.read(3002, 10)
