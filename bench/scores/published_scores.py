"""Runs VerIPO's published calculate_score.py on rows, one at a time and all together, and prints what it gave.

Called by published-agreement.ts as `python published_scores.py SCRIPT ROWS`. The script only reads a file of
predictions and adds up `acc`; every row is handed to it as a file of its own. Its imports of `transformers` and `tqdm`
play no part in the score, and are stood in for. Prints JSON: {"rows": [score or null], "files": [{...}]}.
"""

import contextlib
import io
import json
import sys
import types
from pathlib import Path


def stand_in() -> None:
    """Puts the packages there that the script imports and does not need."""
    transformers = types.ModuleType("transformers")
    transformers.AutoTokenizer = object
    tqdm = types.ModuleType("tqdm")
    tqdm.tqdm = lambda items: items
    sys.modules.update(transformers=transformers, tqdm=tqdm)


def run_script(code: types.CodeType, rows: list[dict], path: str) -> tuple[float | None, str]:
    """The script's `acc` and what it printed; None where it raised."""
    text = json.dumps([{k: v for k, v in row.items() if k != "vsi"} for row in rows])
    scope = {"__name__": "__main__", "open": lambda *_: io.StringIO(text)}
    sys.argv = ["calculate_score.py", "--pred_path", path]
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            exec(code, scope)  # the published program, named by the person who runs this
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return None, ""
    return float(scope["acc"]), printed.getvalue().strip()


def main() -> None:
    """Reads the arguments and prints the scores."""
    stand_in()
    script, source = Path(sys.argv[1]), Path(sys.argv[2])
    code = compile(script.read_text(encoding="utf-8"), str(script), "exec")
    rows = json.loads(source.read_text(encoding="utf-8"))
    paths = {True: "vsi_bench.json", False: "predictions.json"}
    scores = [run_script(code, [row], paths[row["vsi"]])[0] for row in rows]
    files = []
    for vsi, path in paths.items():
        part = [row for row in rows if row["vsi"] is vsi]
        if part:
            acc, printed = run_script(code, part, path)
            files.append({"vsi": vsi, "acc": acc, "prints": printed})
    json.dump({"rows": scores, "files": files}, sys.stdout)


if __name__ == "__main__":
    main()
