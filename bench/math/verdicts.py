"""Prints what Python's math_verify says of pairs: `python math_verdicts.py PAIRS`, a JSON list of [truth, answer].

A text without mathematical delimiters stands between dollar signs, as a truth in a data set would; prose, boxes and
plain currency are given as they are. Prints a JSON list of [verdict, truth as read, answer as read].
"""

import json
import logging
import re
import sys
from pathlib import Path

from math_verify import parse, verify

DELIMITED = re.compile(r"\\boxed|\\\(|\\\[|(?<!\\)\$|\b(?:answer|is|the)\b")


def delimited(text: str) -> str:
    """The text as math_verify expects it."""
    return text if DELIMITED.search(text) else f"${text}$"


def main() -> None:
    """Reads the pairs and prints the verdicts."""
    logging.disable(logging.CRITICAL)
    verdicts = []
    for truth, answer in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")):
        gold, found = parse(delimited(truth)), parse(delimited(answer))
        verdicts.append([bool(verify(gold, found)), str(gold)[:80], str(found)[:80]])
    json.dump(verdicts, sys.stdout)


if __name__ == "__main__":
    main()
