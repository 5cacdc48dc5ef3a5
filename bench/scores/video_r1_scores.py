"""Video-R1's rewards from its formulas, faults and all, in Python: `python video_r1_scores.py ROWS`.

Written for comparison with `lib/domain/scorers/video-r1.ts`, whose author had the same formulas and another language.
ROWS is a JSON list of {type, truth, response}; prints a JSON list of [accuracy, format].
"""

import json
import re
import sys
from pathlib import Path

from rouge_score import rouge_scorer

ROUGE = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=True)
EPSILON = 1e-9


def answer_in(text: str) -> str:
    """Inside of the first answer block."""
    found = re.search(r"<answer>\s*(.*?)\s*</answer>", text, re.DOTALL)
    return "" if found is None else found[1].strip()


def number(text: str) -> float | None:
    """The number a text is, commas taken out."""
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None


def numerical(answer: str, truth: str) -> float:
    """Equal to two decimals, if both or neither have a separator."""
    if any(mark in answer for mark in ".,") != any(mark in truth for mark in ".,"):
        return 0.0
    found, wanted = number(answer), number(truth)
    if found is None or wanted is None:
        return 0.0
    return float(round(found, 2) == round(wanted, 2))


def regression(answer: str, truth: str) -> float:
    """One less the relative distance; Python's max and min decide what NaN does."""
    found, wanted = number(answer), number(truth)
    if found is None or wanted is None:
        return 0.0
    distance = (abs(found - wanted) + EPSILON) / (abs(wanted) + EPSILON)
    return 1 - min(1.0, max(0.0, distance))


def edits(one: list[str], other: list[str]) -> int:
    """Levenshtein distance over words, one row at a time."""
    row = list(range(len(other) + 1))
    for i, word in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, against in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (word != against))
    return row[-1]


def transcript(answer: str, truth: str) -> float:
    """One less the word error rate."""
    words = truth.split()
    return max(0.0, min(1.0, 1 - edits(words, answer.split()) / max(1, len(words))))


def free_form(answer: str, truth: str) -> float:
    """Mean of the three F1 scores."""
    scores = ROUGE.score(truth, answer)
    return max(0.0, min(1.0, sum(score.fmeasure for score in scores.values()) / 3))


FORMULAS = {
    "multiple choice": lambda answer, truth: float(answer == truth),
    "numerical": numerical,
    "OCR": transcript,
    "free-form": free_form,
    "regression": regression,
}
FORMAT = re.compile(r"<think>.*?</think>\s*<answer>.*?</answer>", re.DOTALL)


def main() -> None:
    """Reads the rows and prints the rewards."""
    rewards = []
    for row in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")):
        formula = FORMULAS.get(row["type"], lambda *_: 0.0)
        accuracy = formula(answer_in(row["response"]), row["truth"].strip())
        rewards.append([accuracy, float(FORMAT.fullmatch(row["response"]) is not None)])
    json.dump(rewards, sys.stdout)


if __name__ == "__main__":
    main()
