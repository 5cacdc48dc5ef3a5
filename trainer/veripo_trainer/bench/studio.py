"""The studio's own verifier and pair builder, as a child process: the benchmark is curated by what people use."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from veripo_trainer.contract import Pair, Question
from veripo_trainer.engine.rewards import Scored, Verdict
from veripo_trainer.engine.rollouts import Group

ROOT = Path(__file__).parents[3]
PROGRAM = ROOT / "trainer" / "bench" / "studio-verifier.ts"


class Studio:
    """A running verifier. Use it in a `with`, so that the process ends."""

    def __init__(self) -> None:
        node = ROOT / "node_modules" / ".bin" / "node"
        if not node.exists():
            raise FileNotFoundError(f"{node} is not there: run `npm ci` in the studio first")
        self._process = subprocess.Popen(
            [str(node), "--import", "tsx", str(PROGRAM)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "NODE_OPTIONS": ""},
        )

    def __enter__(self) -> Studio:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait(timeout=30)

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("The studio's verifier ended")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def score(self, items: Sequence[Scored]) -> list[Verdict]:
        """A `Scorer`."""
        request = {
            "op": "score",
            "items": [
                {
                    "question": _question(item.question),
                    "response": item.response,
                    "finish_reason": item.finish_reason,
                    "think_tokens": item.think_tokens,
                }
                for item in items
            ],
        }
        return [Verdict.model_validate(verdict) for verdict in self._ask(request)["verdicts"]]

    def pairs(self, groups: Sequence[Group], settings: dict[str, Any], *, seed: int) -> list[tuple[str, Pair]]:
        """The pairs that the studio proposes for the groups under its pair settings, each with its type."""
        by_id = {group.question.id: group.question for group in groups}
        request = {
            "op": "pairs",
            "seed": seed,
            "settings": settings,
            "groups": [
                {
                    "question": _question(group.question) | {"id": group.question.id},
                    "samples": [
                        {"response": text, "finish_reason": each.finish_reason, "think_tokens": think}
                        for each, text, think in zip(group.samples, group.texts, group.think_tokens, strict=True)
                    ],
                }
                for group in groups
            ],
        }
        return [
            (
                str(found["type"]),
                Pair(
                    **by_id[found["question_id"]].model_dump(),
                    pair_id=f"{found['question_id']}/{found['pair_id']}",
                    chosen=found["chosen"],
                    rejected=found["rejected"],
                ),
            )
            for found in self._ask(request)["pairs"]
        ]


def _question(question: Question) -> dict[str, Any]:
    return {
        "kind": question.kind,
        "prompt": question.prompt,
        "options": question.options,
        "truth": question.truth,
    }
