"""Prints what Python's rouge_score gives for pairs: `python rouge_scores.py PAIRS`, a JSON list of [truth, answer].

The mean of ROUGE-1, 2 and L F1 with the stemmer on, as Video-R1's reward takes it. Prints a JSON list of numbers.
"""

import json
import sys
from pathlib import Path

from rouge_score import rouge_scorer


def main() -> None:
    """Reads the pairs and prints the scores."""
    names = ["rouge1", "rouge2", "rougeL"]
    scorer = rouge_scorer.RougeScorer(names, use_stemmer=True)
    pairs = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    means = []
    for truth, answer in pairs:
        scores = scorer.score(truth, answer)
        means.append(sum(scores[name].fmeasure for name in names) / 3)
    json.dump(means, sys.stdout)


if __name__ == "__main__":
    main()
