"""The clients of other trainers against the running verifier: the same rewards as the studio's own tests demand."""

from __future__ import annotations

import http.server
import importlib.util
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import torch

ROOT = Path(__file__).parents[2]
CLIENTS = ROOT / "trainer" / "clients"
NODE = ROOT / "node_modules" / ".bin" / "node"
TOKEN = "a-token-of-many-letters"
BATCH = json.loads((ROOT / "fixtures" / "verifier-batch.json").read_text())["rows"]
REWARDS = [row["reward"] for row in BATCH]

needs_node = pytest.mark.skipif(not NODE.exists(), reason="node_modules is not there: run `npm ci` in the studio first")


class Verifier:
    """`npm run verifier` on a free port."""

    def __init__(self, folder: Path, *options: str) -> None:
        token = folder / "token"
        token.write_text(TOKEN + "\n")
        loader = ["--conditions=react-server", "--import", "tsx", "scripts/verifier.ts"]
        self.process = subprocess.Popen(
            [str(NODE), *loader, "--port", "0", "--token-file", str(token), *options],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "NODE_OPTIONS": "", "LOG_LEVEL": "error"},
        )
        assert self.process.stdout
        said = self.process.stdout.readline()
        found = re.search(r"listens on (\S+)", said)
        assert found, said + self.process.stdout.read()
        self.url = found[1]

    def close(self) -> None:
        """Ends it as a scheduler would, and waits."""
        self.process.terminate()
        assert self.process.wait(timeout=20) == 0


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Verifier]:
    running = Verifier(tmp_path_factory.mktemp("verifier"))
    yield running
    running.close()


@pytest.fixture(autouse=True)
def swift(monkeypatch: pytest.MonkeyPatch) -> dict[str, type]:
    """What a plugin of ms-swift imports: the base class and the table that it registers in."""

    class ORM:
        def __init__(self, args: object = None, **_: object) -> None:
            self.args = args

    orms: dict[str, type] = {}
    rewards = ModuleType("swift.rewards")
    vars(rewards).update(ORM=ORM, orms=orms)
    monkeypatch.setitem(sys.modules, "swift", ModuleType("swift"))
    monkeypatch.setitem(sys.modules, "swift.rewards", rewards)
    return orms


def load(name: str, monkeypatch: pytest.MonkeyPatch, url: str, **environment: str) -> ModuleType:
    """Loads a client as its trainer does: from its file, by the environment of its process."""
    for key in [key for key in os.environ if key.startswith("VERIPO_")]:
        monkeypatch.delenv(key)
    settings = {"VERIPO_URL": url, "VERIPO_TOKEN": TOKEN, "VERIPO_GIVE_UP_SECONDS": "20", **environment}
    for key, value in settings.items():
        monkeypatch.setenv(key, value)
    spec = importlib.util.spec_from_file_location(f"client_{name}", CLIENTS / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def open_rlhf_batch(times: int = 1) -> tuple[list[str], list[str], list[str]]:
    rows = BATCH * times
    queries = [f"{row['question']['prompt']}{row['response']}<|im_end|>" for row in rows]
    return queries, [row["question"]["prompt"] for row in rows], [json.dumps(row["question"]) for row in rows]


def rewards_of(module: ModuleType, times: int = 1) -> list[float]:
    rewards: list[float] = module.reward_func(*open_rlhf_batch(times))["rewards"].tolist()
    return rewards


@needs_node
class TestRunning:
    def test_openrlhf(self, verifier: Verifier, monkeypatch: pytest.MonkeyPatch) -> None:
        client = load("veripo_openrlhf", monkeypatch, verifier.url)
        answer = client.reward_func(*open_rlhf_batch(), extra="ignored")
        assert answer["rewards"].tolist() == pytest.approx(REWARDS)
        assert answer["rewards"].dtype == torch.float32
        assert answer["scores"].tolist()[:3] == [1.0, 0.0, 0.0]
        assert {name: log.shape for name, log in answer["extra_logs"].items()} == dict.fromkeys(
            ("accuracy", "format", "inconsistent", "repetition", "think_tokens"), (len(BATCH),)
        )
        assert answer["extra_logs"]["inconsistent"].tolist()[:2] == [0.0, 1.0]

    def test_ms_swift_with_whole_questions(
        self, verifier: Verifier, monkeypatch: pytest.MonkeyPatch, swift: dict[str, type]
    ) -> None:
        load("veripo_ms_swift", monkeypatch, verifier.url)
        reward = swift["veripo"](args=None)
        questions = [row["question"] if at % 2 else json.dumps(row["question"]) for at, row in enumerate(BATCH)]
        completions = [row["response"] for row in BATCH]
        assert reward(completions, veripo_question=questions, trainer_state=object()) == pytest.approx(REWARDS)

    def test_ms_swift_with_solutions_and_messages(
        self, verifier: Verifier, monkeypatch: pytest.MonkeyPatch, swift: dict[str, type]
    ) -> None:
        load("veripo_ms_swift", monkeypatch, verifier.url)
        asked = "<video>What is it?\nOptions:\nA. a cat\nB. a dog"
        parts = [{"type": "video", "video": "/x.mp4"}, {"type": "text", "text": asked}]
        said = {"role": "assistant", "content": "later"}
        completions = [
            "<think>It barks.</think><answer>B</answer>",
            "<think>It barks.</think><answer>A dog</answer>",
            "<think>It barks.</think><answer>A</answer>",
        ]
        rewards = swift["veripo"]()(
            completions,
            ["<answer>B</answer>", "B", "B"],
            messages=[
                [{"role": "system", "content": "Think."}, {"role": "user", "content": asked}, said],
                [{"role": "user", "content": parts}],
                [{"role": "user", "content": asked}],
            ],
        )
        assert rewards == [1.5, 1.5, 0.5]

    def test_ms_swift_says_how_sampling_ended(
        self, verifier: Verifier, monkeypatch: pytest.MonkeyPatch, swift: dict[str, type]
    ) -> None:
        load("veripo_ms_swift", monkeypatch, verifier.url)
        open_answers = ["<think>It barks.</think><answer>B"] * 3
        columns = {"finish_reason": ["stop", "length", None], "is_truncated": [False, False, True]}
        rewards = swift["veripo"]()(open_answers, ["B"] * 3, **columns)
        assert rewards == [1.0, 0.0, 0.0]

    def test_rows_without_a_truth_are_named(
        self, verifier: Verifier, monkeypatch: pytest.MonkeyPatch, swift: dict[str, type]
    ) -> None:
        client = load("veripo_ms_swift", monkeypatch, verifier.url)
        with pytest.raises(client.VerifierError, match="Row 1 of the batch has no `solution`"):
            swift["veripo"]()(["a", "b"], ["B", None])

    def test_verl(self, verifier: Verifier, monkeypatch: pytest.MonkeyPatch) -> None:
        client = load("veripo_verl", monkeypatch, verifier.url)
        truths = [json.dumps(row["question"]) for row in BATCH]
        solutions = [row["response"] for row in BATCH]
        batch = client.compute_score_batched(
            ["x"] * len(BATCH), solutions, truths, [None] * len(BATCH), extra="ignored"
        )
        assert [scored["score"] for scored in batch] == pytest.approx(REWARDS)
        assert [scored["inconsistent"] for scored in batch][:2] == [0.0, 1.0]
        asked = {"question": "What is it?\nOptions:\nA. a cat\nB. a dog", "index": 3}
        one = client.compute_score("x", "<think>It barks.</think><answer>A dog</answer>", "B", asked)
        assert (one["score"], one["accuracy"]) == (1.5, 1.0)

    def test_questions_that_went_through_tables(self, verifier: Verifier, monkeypatch: pytest.MonkeyPatch) -> None:
        client = load("veripo_verl", monkeypatch, verifier.url)
        question = {**BATCH[0]["question"], "options": tuple(BATCH[0]["question"]["options"]), "prompt": None}
        assert client.compute_score("x", BATCH[0]["response"], question)["score"] == 1.5

    def test_packed(self, verifier: Verifier, monkeypatch: pytest.MonkeyPatch) -> None:
        client = load("veripo_openrlhf", monkeypatch, verifier.url, VERIPO_GZIP="1")
        assert rewards_of(client) == pytest.approx(REWARDS)

    def test_large_batches_are_parted(self, verifier: Verifier, monkeypatch: pytest.MonkeyPatch) -> None:
        client = load("veripo_openrlhf", monkeypatch, verifier.url)
        asked: list[int] = []
        whole = client._ask
        monkeypatch.setattr(client, "_ask", lambda message: asked.append(len(message["query"])) or whole(message))
        assert rewards_of(client, 100) == pytest.approx(REWARDS * 100)
        assert asked == [512, 188]
        monkeypatch.setattr(client, "MOST_CHARS", 200)
        assert rewards_of(client) == pytest.approx(REWARDS)
        assert len(asked) > 3

    def test_half_a_surrogate_pair(self, verifier: Verifier, monkeypatch: pytest.MonkeyPatch) -> None:
        client = load("veripo_openrlhf", monkeypatch, verifier.url)
        query = "<think>\ud83c \x00 \u202e</think><answer>B</answer>"
        assert client.reward_func([query], [""], ["B"])["rewards"].tolist() == [1.5]

    @pytest.mark.parametrize("token", ["", "another-token-of-letters"])
    def test_a_wrong_token_is_not_tried_twice(
        self, verifier: Verifier, monkeypatch: pytest.MonkeyPatch, token: str
    ) -> None:
        client = load("veripo_openrlhf", monkeypatch, verifier.url, VERIPO_TOKEN=token)
        monkeypatch.setattr(client.time, "sleep", lambda _: pytest.fail("it waited"))
        with pytest.raises(client.VerifierError, match="refuses the responses: status 401"):
            rewards_of(client)

    def test_a_verifier_that_is_down_is_left_for_another(
        self, verifier: Verifier, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client = load("veripo_openrlhf", monkeypatch, f"http://127.0.0.1:1, {verifier.url}/")
        for _ in range(2):
            assert rewards_of(client) == pytest.approx(REWARDS)

    def test_a_busy_verifier_is_asked_again(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        running = Verifier(tmp_path, "--max-in-flight", "1")
        client = load("veripo_openrlhf", monkeypatch, running.url)
        pauses: list[float] = []
        rest = client.time.sleep
        monkeypatch.setattr(client.time, "sleep", lambda seconds: (pauses.append(seconds), rest(seconds)))
        results: dict[int, list[float]] = {}
        threads = [
            threading.Thread(target=lambda at=at: results.update({at: rewards_of(client, 70)})) for at in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert all(results[at] == pytest.approx(REWARDS * 70) for at in range(4))
        assert pauses and min(pauses) >= 0.8  # its Retry-After is one second, up to a fifth shorter
        monkeypatch.undo()
        running.close()


class Canned(http.server.BaseHTTPRequestHandler):
    """Answers in a row, for what a sound verifier never does."""

    answers: list[tuple[int, str]]

    def do_POST(self) -> None:  # noqa: N802 - the library's name
        self.rfile.read(int(self.headers["content-length"]))
        status, body = self.answers.pop(0)
        self.send_response(status)
        self.send_header("location", "http://127.0.0.1:1/")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def canned() -> Iterator[Callable[..., str]]:
    servers: list[http.server.ThreadingHTTPServer] = []

    def serve(*answers: tuple[int, str]) -> str:
        handler = type("Handler", (Canned,), {"answers": list(answers)})
        servers.append(http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def answer_of(**changes: object) -> str:
    verdict = {"reward": 1.5, "accuracy": 1, "format": 0.5, "consistency": "consistent", "repetition": 0}
    body: dict[str, Any] = {"verdicts": [{**verdict, "think_tokens": 3}], "failures": [], **changes}
    return json.dumps(body)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([(302, "")], "refuses the responses: status 302"),
        ([(400, "no")], "refuses the responses: status 400, no"),
        ([(200, answer_of(verdicts=[]))], "asked about 1 responses and answered in another form"),
        ([(200, '{"rewards": [1]}')], "in another form"),
        ([(200, '{"verdicts": [{"reward": NaN}]}')], "a reward that is no number"),
        ([(200, answer_of(failures=[{"index": 0, "reason": "x"}]))], "failed on 1 responses"),
    ],
)
def test_an_answer_that_is_none_is_never_a_reward(
    canned: Callable[..., str], monkeypatch: pytest.MonkeyPatch, answers: list[tuple[int, str]], words: str
) -> None:
    client = load("veripo_openrlhf", monkeypatch, canned(*answers))
    with pytest.raises(client.VerifierError, match=words):
        client.reward_func(["<answer>B</answer>"], [""], ["B"])


def test_what_is_away_is_waited_for(canned: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    client = load("veripo_openrlhf", monkeypatch, canned((503, "later"), (500, "x"), (200, "{"), (200, answer_of())))
    pauses: list[float] = []
    monkeypatch.setattr(client.time, "sleep", pauses.append)
    assert client.reward_func(["B"], [""], ["B"])["rewards"].tolist() == [1.5]
    assert [round(pause / wait) for pause, wait in zip(pauses, (0.5, 1, 2), strict=True)] == [1, 1, 1]


def test_it_gives_up_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    client = load("veripo_openrlhf", monkeypatch, "http://127.0.0.1:1", VERIPO_GIVE_UP_SECONDS="0.1")
    with pytest.raises(client.VerifierError, match="http://127.0.0.1:1 did not answer for 0 seconds: .*refused"):
        client.reward_func(["B"], [""], ["B"])


def test_a_failed_item_is_no_reward_for_ms_swift(
    canned: Callable[..., str], monkeypatch: pytest.MonkeyPatch, swift: dict[str, type]
) -> None:
    load("veripo_ms_swift", monkeypatch, canned((200, answer_of(failures=[{"index": 0, "reason": "x"}]))))
    assert swift["veripo"]()(["B"], ["B"]) == [None]


def test_no_rows_are_no_request(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load("veripo_openrlhf", monkeypatch, "http://127.0.0.1:1").score([]) == []


def test_what_the_clients_share_is_the_same() -> None:
    texts = [(CLIENTS / f"veripo_{name}.py").read_text() for name in ("ms_swift", "openrlhf", "verl")]
    shared = [re.search(r"\nclass Row.*?(?=\n# --- (?:ms-swift|OpenRLHF|verl) ---)", text, re.DOTALL) for text in texts]
    found = {match[0] for match in shared if match}
    assert all(shared) and len(found) == 1
    assert "def score(" in found.pop()
