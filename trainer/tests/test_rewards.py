import json
from collections.abc import Callable

import httpx
import pytest

from veripo_trainer.contract import Question, Reward
from veripo_trainer.engine.rewards import BATCH, HttpScorer, Scored
from veripo_trainer.engine.run import EngineError, StoppedError

QUESTION = Question(id="q", turn="Which?", prompt="Which?", kind="choice", options=["a", "b"], truth="B")
ITEM = Scored(QUESTION, "<answer>B</answer>", "stop", 7)
REWARD = Reward(url="http://127.0.0.1:9/api/v1/rewards", verifier_version="3", give_up_seconds=10)


def answer(request: httpx.Request) -> httpx.Response:
    items = json.loads(request.content)["items"]
    verdicts = [{"reward": 1.5, "accuracy": 1, "consistency": "consistent", "new_field": 1} for _ in items]
    return httpx.Response(200, json={"verdicts": verdicts, "rewards": [1.5] * len(items)})


class Asked:
    """Replies in turn, the last one for ever; remembers what was asked and said."""

    def __init__(self, *replies: Callable[[httpx.Request], httpx.Response]) -> None:
        self.replies = list(replies)
        self.requests: list[httpx.Request] = []
        self.warnings: list[str] = []
        self.slept = 0.0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return (self.replies.pop(0) if len(self.replies) > 1 else self.replies[0])(request)

    def sleep(self, seconds: float) -> None:
        self.slept += seconds

    def scorer(self, token: str | None = "secret", should_stop: Callable[[], bool] = lambda: False) -> HttpScorer:
        return HttpScorer(
            REWARD,
            token,
            warn=self.warnings.append,
            should_stop=should_stop,
            transport=httpx.MockTransport(self),
            sleep=self.sleep,
        )


def status(code: int) -> Callable[[httpx.Request], httpx.Response]:
    return lambda _request: httpx.Response(code, text="no")


def down(_request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("connection refused")


def test_what_is_sent_and_read() -> None:
    asked = Asked(answer)
    verdicts = asked.scorer()([ITEM, ITEM])
    request = asked.requests[0]
    assert request.headers["authorization"] == "Bearer secret"
    assert request.url.params["version"] == "3"
    assert json.loads(request.content)["items"][0] == {
        "question": {"kind": "choice", "prompt": "Which?", "options": ["a", "b"], "truth": "B"},
        "response": "<answer>B</answer>",
        "finish_reason": "stop",
        "think_tokens": 7,
    }
    assert [verdict.reward for verdict in verdicts] == [1.5, 1.5]
    assert verdicts[0].parts == {"accuracy": 1, "format": 0, "consistent": 1, "repetition": 0}


def test_large_batches_are_parted() -> None:
    asked = Asked(answer)
    assert len(asked.scorer()([ITEM] * (2 * BATCH + 1))) == 2 * BATCH + 1
    assert len(asked.requests) == 3


@pytest.mark.parametrize("fault", [down, status(500), status(503), status(429)])
def test_a_verifier_that_is_away_is_waited_for(fault: Callable[[httpx.Request], httpx.Response]) -> None:
    asked = Asked(fault, fault, answer)
    assert asked.scorer()([ITEM])[0].reward == 1.5
    assert len(asked.warnings) == 2
    assert asked.slept > 0.8  # half a second, then one, each up to a fifth shorter


@pytest.mark.parametrize("code", [400, 401, 404, 302])
def test_a_refusal_is_not_repeated(code: int) -> None:
    asked = Asked(status(code))
    with pytest.raises(EngineError, match=f"refuses the rollouts: status {code}"):
        asked.scorer()([ITEM])
    assert len(asked.requests) == 1


def test_gives_up_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(down)
    clock = iter(range(0, 10_000, 4))
    monkeypatch.setattr("veripo_trainer.engine.rewards.time.monotonic", lambda: next(clock))
    with pytest.raises(EngineError, match="did not answer for .* seconds: connection refused"):
        asked.scorer()([ITEM])


def test_a_stopped_job_does_not_wait() -> None:
    with pytest.raises(StoppedError):
        Asked(down).scorer(should_stop=lambda: True)([ITEM])


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('{"verdicts": []}', "asked about 1 rollouts and answered about 0"),
        ('{"rewards": [1]}', "in another form"),
        ("not json", "in another form"),
        ('{"verdicts": [{"reward": null}]}', "in another form"),
        ('{"verdicts": [{"reward": NaN}]}', "in another form"),
    ],
)
def test_an_answer_that_is_none_is_never_a_reward(body: str, message: str) -> None:
    asked = Asked(lambda _request: httpx.Response(200, text=body))
    with pytest.raises(EngineError, match=message):
        asked.scorer()([ITEM])
