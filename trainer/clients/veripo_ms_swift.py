r"""The verifier as a reward of ms-swift: r_a + r_f, by the rules of VerIPO Studio.

    VERIPO_URL=http://127.0.0.1:8077 VERIPO_TOKEN=… swift rlhf --rlhf_type grpo … \
        --external_plugins veripo_ms_swift.py --reward_funcs veripo

A row of the data set has the truth in `solution` (`<answer>B</answer>`, `B`, `3.5`), from which and from the last
user message the verifier guesses the kind and the options; or, better, a whole question in `veripo_question`:
{"kind": "regression", "prompt": "How far …?", "options": [], "truth": "3.5"} (an object, or its JSON).

VERIPO_URL may name several verifiers, parted by commas; VERIPO_GZIP=1 packs what is sent over a slow network. Training
waits for a verifier that is away, at most VERIPO_GIVE_UP_SECONDS (600). Needs nothing but ms-swift.
"""

from __future__ import annotations

import gzip
import http.client
import itertools
import json
import math
import os
import random
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

try:
    from swift.rewards import ORM, orms  # type: ignore[import-not-found]
except ImportError:  # before ms-swift 4
    from swift.plugin import ORM, orms  # type: ignore[import-not-found]


class Row(TypedDict):
    """One response as the verifier is told of it."""

    query: str  # prompt and response together
    prompt: str
    label: str  # the truth, or JSON of a whole question: {"kind", "prompt", "options", "truth"}
    finish_reason: str  # "length" where the token limit cut the response off, "stop", or "unknown"


# --- The same in every client of this folder; each is one file, so that one file is all a node needs. ---

URLS = [url.strip().rstrip("/") for url in os.environ.get("VERIPO_URL", "http://127.0.0.1:8077").split(",")]
TOKEN = os.environ.get("VERIPO_TOKEN")
GIVE_UP_SECONDS = float(os.environ.get("VERIPO_GIVE_UP_SECONDS", "600"))
PACK = os.environ.get("VERIPO_GZIP") == "1"

ANSWER_SECONDS = 120.0
MOST_ITEMS = 512
MOST_CHARS = 8_000_000
LATER = frozenset({408, 425, 429, 500, 502, 503, 504})


class VerifierError(RuntimeError):
    """The verifier refuses the request, or did not answer for too long; the message says which."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token to somewhere that nobody named."""

    def redirect_request(self, *_: object) -> None:
        """Makes the answer an error."""


# The verifier is where VERIPO_URL says: no proxy of the surroundings.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())
_turns = itertools.count(random.randrange(1_000))


def score(rows: Sequence[Row]) -> list[dict[str, Any] | None]:
    """One verdict per row, in order; None where the verifier itself failed, which is no reward of 0.

    Raises:
        VerifierError: it refuses the request (a wrong token, no truth), or was away for VERIPO_GIVE_UP_SECONDS.
    """
    verdicts: list[dict[str, Any] | None] = []
    batch: list[Row] = []
    chars = 0
    for row in rows:
        size = len(row["query"]) + len(row["prompt"])
        if batch and (len(batch) == MOST_ITEMS or chars + size > MOST_CHARS):
            verdicts += _score_batch(batch)
            batch, chars = [], 0
        batch.append(row)
        chars += size
    return verdicts + _score_batch(batch) if batch else verdicts


def as_label(value: object) -> str:
    """The truth as text, or a whole question as JSON, without the empty fields that tables fill in."""
    if isinstance(value, Mapping):
        value = {name: field for name, field in value.items() if field is not None}
    return value if isinstance(value, str) else json.dumps(value, default=list)


def _score_batch(rows: Sequence[Row]) -> list[dict[str, Any] | None]:
    answer = _ask(
        {
            "query": [row["query"] for row in rows],
            "prompts": [row["prompt"] for row in rows],
            "labels": [row["label"] for row in rows],
            "finish_reasons": [row["finish_reason"] for row in rows],
        }
    )
    verdicts = answer.get("verdicts")
    if not isinstance(verdicts, list) or len(verdicts) != len(rows):
        raise VerifierError(f"The verifier was asked about {len(rows)} responses and answered in another form")
    if not all(math.isfinite(verdict["reward"]) for verdict in verdicts):
        raise VerifierError("The verifier answered with a reward that is no number")
    failed = {failure["index"] for failure in answer.get("failures", [])}
    return [None if index in failed else verdict for index, verdict in enumerate(verdicts)]


def _ask(message: dict[str, Any]) -> dict[str, Any]:
    """Sends a batch to the next of the addresses, and to the one behind it when that is away or busy."""
    body = json.dumps(message).encode()
    headers = {"content-type": "application/json"}
    if TOKEN:
        headers["authorization"] = f"Bearer {TOKEN}"
    if PACK:
        body, headers["content-encoding"] = gzip.compress(body, 1), "gzip"
    began, wait = time.monotonic(), 0.5
    while True:
        url = URLS[next(_turns) % len(URLS)]
        request = urllib.request.Request(f"{url}/api/v1/rewards", body, headers)
        pause = wait
        try:
            with _opener.open(request, timeout=ANSWER_SECONDS) as response:
                answer: dict[str, Any] = json.load(response)
                return answer
        except urllib.error.HTTPError as error:
            fault = f"status {error.code}, {error.read(2_000).decode(errors='replace')}"
            if error.code not in LATER:
                raise VerifierError(f"The verifier at {url} refuses the responses: {fault}") from error
            after = error.headers.get("retry-after", "")
            pause = max(wait, float(after)) if after.isdigit() else wait
        except (OSError, http.client.HTTPException, json.JSONDecodeError) as error:
            fault = str(error) or type(error).__name__
        waited = time.monotonic() - began
        if waited + pause > GIVE_UP_SECONDS:
            raise VerifierError(f"The verifier at {url} did not answer for {waited:.0f} seconds: {fault}")
        time.sleep(pause * random.uniform(0.8, 1.2))
        wait = min(2 * wait, 30.0)


# --- ms-swift ---


class VeripoReward(ORM):  # type: ignore[misc]
    """A reward in [0, 1.5] for each completion."""

    def __call__(
        self, completions: Sequence[str], solution: Sequence[Any] | None = None, **columns: object
    ) -> list[float | None]:
        """Scores this rank's completions; `columns` are the data set's and those that ms-swift adds, a list each.

        Returns:
            One reward per completion; None (which ms-swift leaves out of the mean) where the verifier failed on it.

        Raises:
            VerifierError: as `score`, and for a row that has neither a question nor a solution.
        """
        rows = [_row(text, at, solution, columns) for at, text in enumerate(completions)]
        return [None if verdict is None else float(verdict["reward"]) for verdict in score(rows)]


def _row(completion: str, at: int, solution: Sequence[Any] | None, columns: dict[str, object]) -> Row:
    question = _at(columns.get("veripo_question"), at)
    truth = _at(solution, at)
    if question is None and truth is None:
        raise VerifierError(f"Row {at} of the batch has no `solution` and no `veripo_question` to compare with")
    label = truth if question is None else question
    prompt = _last_user_text(_at(columns.get("messages"), at) or [])
    cut = _at(columns.get("is_truncated"), at) or _at(columns.get("finish_reason"), at) == "length"
    stopped = _at(columns.get("finish_reason"), at) == "stop"
    return {
        "query": prompt + completion,
        "prompt": prompt,
        "label": as_label(label),
        "finish_reason": "length" if cut else "stop" if stopped else "unknown",
    }


def _at(column: object, at: int) -> Any:  # noqa: ANN401 - a data set's column holds anything
    return column[at] if isinstance(column, Sequence) and at < len(column) else None


def _last_user_text(messages: Sequence[dict[str, Any]]) -> str:
    """The words of the last user message; its videos and images say nothing about the answer's kind."""
    content = next((message["content"] for message in reversed(messages) if message.get("role") == "user"), "")
    if isinstance(content, str):
        return content
    return "".join(part.get("text") or "" for part in content if isinstance(part, dict))


orms["veripo"] = VeripoReward
