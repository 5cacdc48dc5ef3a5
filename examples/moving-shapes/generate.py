"""Writes moving-shapes to a folder: clips, question files for the studio, and data files for the trainer.

    python examples/moving-shapes/generate.py FOLDER [--seed 0] [--train 256] [--held-out 96] [--text 256]
    python examples/moving-shapes/generate.py FOLDER --example [--seed 0]

The second writes only the question sets of the recorded run, with their clips. The same seed writes the same bytes.
Needs the trainer's Python environment.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "trainer"))

from veripo_trainer.contract import Demonstration, Question  # noqa: E402 - found only now
from veripo_trainer.video import write_clip  # noqa: E402
from veripo_trainer.world import Item, drill_of, good_response, make_items, noisy_response, question_of  # noqa: E402

# Of each question set of the recorded run.
VIDEO_QUESTIONS = 128
TEXT_QUESTIONS = 32


def studio_line(item: Item, split: str) -> str:
    """A line of the studio's own format, version 1 (`docs/formats.md`)."""
    asked = item.asked
    return json.dumps(
        {
            "veripo": 1,
            "type": "question",
            "key": item.id,
            "prompt": asked.prompt,
            "kind": asked.kind,
            "options": list(asked.options),
            "truth": asked.truth,
            "modality": "video" if item.clip else "text",
            "mediaPath": f"videos/{item.clip}" if item.clip else None,
            "split": split,
            "source": "moving-shapes",
        },
        separators=(",", ":"),
    )


def write_example(folder: Path, *, seed: int) -> None:
    """The two question sets of the recorded run, `questions/NAME.ndjson`, and their clips under `videos/`.

    None of their questions is one that the base policy was made with: those are of the split `train`.
    """
    for part in ("videos", "questions"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for name, split in (("moving-shapes", "loop"), ("held-out", "held-out")):
        items = [
            *make_items(split, VIDEO_QUESTIONS, seed=seed),
            *make_items(split, TEXT_QUESTIONS, seed=seed, text_only=True),
        ]
        for item in items:
            if item.clip:
                write_clip(item.scene, folder / "videos" / item.clip)
        shown = "train" if split == "loop" else split
        (folder / "questions" / f"{name}.ndjson").write_text("".join(f"{studio_line(item, shown)}\n" for item in items))


def write_set(
    folder: Path, split: str, count: int, *, seed: int, text_only: bool = False
) -> list[tuple[Item, Question]]:
    """Clips under `videos/` and the two question files of one set; returns what is in them."""
    name = f"{split}-text" if text_only else split
    found: list[tuple[Item, Question]] = []
    for item in make_items(split, count, seed=seed, text_only=text_only):
        media = None
        if item.clip:
            path = folder / "videos" / item.clip
            write_clip(item.scene, path)
            media = hashlib.sha256(path.read_bytes()).hexdigest()
        found.append((item, question_of(item, media)))
    (folder / f"{name}.ndjson").write_text("".join(f"{studio_line(item, split)}\n" for item, _ in found))
    (folder / "trainer" / f"{name}.ndjson").write_text(_lines(question for _, question in found))
    return found


def _lines(messages: Iterator[Question]) -> str:
    return "".join(f"{message.model_dump_json(by_alias=True)}\n" for message in messages)


def write_world(folder: Path, *, seed: int, train: int, held_out: int, text: int) -> None:
    """Everything; the folder is made if it is not there."""
    for part in ("videos", "trainer"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    videos = write_set(folder, "train", train, seed=seed)
    write_set(folder, "held-out", held_out, seed=seed)
    texts = write_set(folder, "train", text, seed=seed, text_only=True)
    rng = random.Random(f"noise {seed}")
    for name, shown in (("activation-text", texts), ("activation-video", videos)):
        good = (
            Demonstration(**question.model_dump(), response=good_response(item.scene, item.asked))
            for item, question in shown
        )
        (folder / "trainer" / f"{name}.ndjson").write_text(_lines(good))
    noisy = (
        Demonstration(**question.model_dump(), response=noisy_response(item.scene, item.asked, rng)[0])
        for item, question in videos
    )
    (folder / "trainer" / "cold-start.ndjson").write_text(_lines(noisy))
    drills = (drill_of(f"drill-{index:05d}", rng) for index in range(text))
    (folder / "trainer" / "activation-drill.ndjson").write_text(_lines(drills))


def main() -> None:
    """Parses the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--train", type=int, default=256, help="video questions to train on, one clip each")
    parser.add_argument("--held-out", type=int, default=96, help="video questions that are never trained on")
    parser.add_argument("--text", type=int, default=256, help="questions without a clip, for the first activation")
    parser.add_argument("--example", action="store_true", help="only the question sets of the recorded run")
    arguments = parser.parse_args()
    if arguments.example:
        write_example(arguments.folder, seed=arguments.seed)
        return
    write_world(
        arguments.folder, seed=arguments.seed, train=arguments.train, held_out=arguments.held_out, text=arguments.text
    )


if __name__ == "__main__":
    main()
