r"""The verifier as the reward function of OpenRLHF: r_a + r_f, by the rules of VerIPO Studio.

    VERIPO_URL=http://127.0.0.1:8077 VERIPO_TOKEN=… python3 -m openrlhf.cli.train_ppo_ray … \
        --reward.remote_url /path/to/veripo_openrlhf.py --data.label_key label

A label is the truth (`B`, `3.5`), from which and from the prompt the verifier guesses the kind and the options; or,
better, JSON of a whole question: {"kind": "regression", "prompt": "How far …?", "options": [], "truth": "3.5"}.

Without this file, --reward.remote_url may name the verifier itself, http://token:TOKEN@HOST:8077/api/v1/rewards. This
file waits longer for a verifier that is away (VERIPO_GIVE_UP_SECONDS, 600), takes several addresses in VERIPO_URL,
parted by commas, and packs what it sends with VERIPO_GZIP=1. Under Ray, give the variables in `env_vars`.
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
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    import torch


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


# --- OpenRLHF ---


def reward_func(
    queries: Sequence[str], prompts: Sequence[str], labels: Sequence[object], **_: object
) -> dict[str, Any]:
    """Scores responses.

    Args:
        queries: prompt and response together, as decoded.
        prompts: the prompts alone.
        labels: the data set's label column.

    Returns:
        `rewards` r_a + r_f for the advantage, (B,); `scores` r_a in [0, 1] for dynamic filtering, (B,); and
        `extra_logs` to plot, a tensor (B,) each.

    Raises:
        VerifierError: as `score`, and when the verifier failed on a response, since OpenRLHF knows no missing reward.
    """
    import torch  # not before it is needed: a node that only scores has none

    rows: list[Row] = [
        {"query": query, "prompt": prompt, "label": as_label(label), "finish_reason": "unknown"}
        for query, prompt, label in zip(queries, prompts, labels, strict=True)
    ]
    verdicts = [verdict for verdict in score(rows) if verdict is not None]
    if len(verdicts) < len(rows):
        raise VerifierError(f"The verifier failed on {len(rows) - len(verdicts)} responses; its log says why")

    def tensor(read: Callable[[dict[str, Any]], float]) -> torch.Tensor:
        return torch.tensor([read(verdict) for verdict in verdicts], dtype=torch.float32)

    return {
        "rewards": tensor(lambda verdict: verdict["reward"]),
        "scores": tensor(lambda verdict: verdict["accuracy"]),
        "extra_logs": {
            "accuracy": tensor(lambda verdict: verdict["accuracy"]),
            "format": tensor(lambda verdict: verdict["format"]),
            "inconsistent": tensor(lambda verdict: float(verdict["consistency"] == "inconsistent")),
            "repetition": tensor(lambda verdict: verdict["repetition"]),
            "think_tokens": tensor(lambda verdict: verdict["think_tokens"]),
        },
    }
