"""Rewards come from the verifier. A verifier that is silent is waited for; nothing trains on zeros in its place."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from typing import Annotated, NamedTuple, Protocol

import httpx
from pydantic import BaseModel, Field, ValidationError

from veripo_trainer.contract import Question, Reward
from veripo_trainer.engine.run import EngineError, StoppedError

BATCH = 256
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 30.0
# Answers that mean "later": everything else below 500 means that asking again gives the same.
RETRIED_STATUS = frozenset({408, 425, 429})


class Scored(NamedTuple):
    """What the verifier is told: a question, a response to it, and how sampling ended."""

    question: Question
    response: str
    finish_reason: str
    think_tokens: int | None


class Verdict(BaseModel):
    """The part of a verdict that training and its charts need; `extra` parts of the answer are ignored."""

    reward: Annotated[float, Field(allow_inf_nan=False)]
    accuracy: float = 0.0
    format: float = 0.0
    correct: bool = False
    well_formed: bool = False
    consistency: str = "undetermined"
    concluded: str | None = None
    repetition: float = 0.0
    repetitive: bool = False
    length: str = "in_range"

    @property
    def parts(self) -> dict[str, float | None]:
        """By name, as a rollout event carries them."""
        consistent = {"consistent": 1.0, "inconsistent": 0.0}.get(self.consistency)
        return {
            "accuracy": self.accuracy,
            "format": self.format,
            "consistent": consistent,
            "repetition": self.repetition,
        }


class _Answer(BaseModel):
    verdicts: list[Verdict]


class Scorer(Protocol):
    """Anything that scores responses, in order."""

    def __call__(self, items: Sequence[Scored]) -> list[Verdict]:
        """One verdict per item."""


class HttpScorer:
    """The studio's reward API. Waits for a verifier that is down, and gives up in words."""

    def __init__(
        self,
        reward: Reward,
        token: str | None,
        *,
        warn: Callable[[str], None],
        should_stop: Callable[[], bool] = lambda: False,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Takes the reward settings of a job, its token, and where to say that it waits."""
        self._reward = reward
        self._warn = warn
        self._should_stop = should_stop
        self._sleep = sleep
        # The verifier is where the job says: no proxy of the surroundings, no redirect to elsewhere with the token.
        self._client = httpx.Client(
            headers={"authorization": f"Bearer {token}"} if token else {},
            timeout=reward.timeout_seconds,
            follow_redirects=False,
            trust_env=False,
            transport=transport,
        )

    def __call__(self, items: Sequence[Scored]) -> list[Verdict]:
        """One verdict per item.

        Raises:
            EngineError: the verifier refuses the request, or did not answer for `give_up_seconds`.
            StoppedError: the job was asked to stop while waiting.
        """
        verdicts: list[Verdict] = []
        for at in range(0, len(items), BATCH):
            verdicts += self._score(items[at : at + BATCH])
        return verdicts

    def _score(self, items: Sequence[Scored]) -> list[Verdict]:
        body = {"items": [_item(item) for item in items]}
        params = {"version": self._reward.verifier_version} if self._reward.verifier_version else {}
        began, wait = time.monotonic(), FIRST_WAIT_SECONDS
        while True:
            fault = ""
            try:
                response = self._client.post(self._reward.url, json=body, params=params)
                if response.status_code == httpx.codes.OK:
                    return _verdicts(response, len(items))
                fault = f"status {response.status_code}"
                if response.status_code < 500 and response.status_code not in RETRIED_STATUS:
                    raise EngineError(f"The verifier refuses the rollouts: {fault}, {response.text[:300]}")
            except httpx.TransportError as error:
                fault = str(error) or type(error).__name__
            waited = time.monotonic() - began
            if waited + wait > self._reward.give_up_seconds:
                raise EngineError(f"The verifier did not answer for {waited:.0f} seconds: {fault}")
            self._warn(f"The verifier does not answer ({fault}); training pauses and asks again in {wait:.1f} seconds")
            self._pause(wait * random.uniform(0.8, 1.2))
            wait = min(2 * wait, LONGEST_WAIT_SECONDS)

    def _pause(self, seconds: float) -> None:
        """Sleeps in short naps, so that a cancelled job does not wait for a dead verifier."""
        while seconds > 0:
            if self._should_stop():
                raise StoppedError
            self._sleep(min(seconds, 0.5))
            seconds -= 0.5


def _item(item: Scored) -> dict[str, object]:
    question = item.question
    return {
        "question": {
            "kind": question.kind,
            "prompt": question.prompt,
            "options": question.options,
            "truth": question.truth,
        },
        "response": item.response,
        "finish_reason": item.finish_reason,
        "think_tokens": item.think_tokens,
    }


def _verdicts(response: httpx.Response, count: int) -> list[Verdict]:
    try:
        verdicts = _Answer.model_validate_json(response.content).verdicts
    except ValidationError as error:
        raise EngineError(f"The verifier answers in another form: {error.errors()[0]['msg']}") from error
    if len(verdicts) != count:
        raise EngineError(f"The verifier was asked about {count} rollouts and answered about {len(verdicts)}")
    return verdicts
