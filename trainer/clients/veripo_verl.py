r"""The verifier as the reward function of verl: r_a + r_f, by the rules of VerIPO Studio.

    VERIPO_URL=http://127.0.0.1:8077 VERIPO_TOKEN=… python3 -m verl.trainer.main_ppo … \
        reward.custom_reward_function.path=/path/to/veripo_verl.py \
        reward.custom_reward_function.name=compute_score

The truth is `reward_model.ground_truth` of a row, from which and from `extra_info.question` (the words that the model
was asked, if there are any) the verifier guesses the kind and the options; or, better, `ground_truth` is JSON of a
whole question: {"kind": "regression", "prompt": "How far …?", "options": [], "truth": "3.5"}.

Reward managers that score a batch at a time take `compute_score_batched` for the name: one request instead of many.
VERIPO_URL may name several verifiers, parted by commas; VERIPO_GZIP=1 packs what is sent over a slow network. Training
waits for a verifier that is away, at most VERIPO_GIVE_UP_SECONDS (600). Under Ray, give the variables in `env_vars`.
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


# --- verl ---


def compute_score(
    data_source: str,
    solution_str: str,
    ground_truth: object,
    extra_info: Mapping[str, object] | None = None,
    **_: object,
) -> dict[str, float]:
    """Scores one response; `score` is r_a + r_f, the others are logged.

    Raises:
        VerifierError: as `score`, and when the verifier failed on the response, since verl knows no missing reward.
    """
    return compute_score_batched([data_source], [solution_str], [ground_truth], [extra_info])[0]


def compute_score_batched(
    data_sources: Sequence[str],
    solution_strs: Sequence[str],
    ground_truths: Sequence[object],
    extra_infos: Sequence[Mapping[str, object] | None],
    **_: object,
) -> list[dict[str, float]]:
    """Scores responses in one request: as `compute_score`, in order."""
    rows: list[Row] = []
    for solution, truth, extra in zip(solution_strs, ground_truths, extra_infos, strict=True):
        asked = (extra or {}).get("question")
        prompt = asked if isinstance(asked, str) else ""
        rows.append(
            {"query": prompt + solution, "prompt": prompt, "label": as_label(truth), "finish_reason": "unknown"}
        )
    verdicts = [verdict for verdict in score(rows) if verdict is not None]
    if len(verdicts) < len(rows):
        raise VerifierError(f"The verifier failed on {len(rows) - len(verdicts)} responses; its log says why")
    return [
        {
            "score": float(verdict["reward"]),
            "accuracy": float(verdict["accuracy"]),
            "format": float(verdict["format"]),
            "inconsistent": float(verdict["consistency"] == "inconsistent"),
            "repetition": float(verdict["repetition"]),
        }
        for verdict in verdicts
    ]
