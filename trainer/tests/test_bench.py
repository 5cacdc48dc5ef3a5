"""The benchmark's parts that need no training: what its table says, and what its data shows."""

import json
import random
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import torch
from helpers import TINY_FRAMES, World, small_policy

from veripo_trainer.bench.base import DrawnRun
from veripo_trainer.bench.bench import Bench
from veripo_trainer.bench.measure import Measured
from veripo_trainer.bench.plan import Sizes, dpo_settings, grpo_settings, sft_settings
from veripo_trainer.bench.report import Figures, report
from veripo_trainer.contract import BaseSettings, Pair
from veripo_trainer.engine.dpo import _by_length
from veripo_trainer.engine.run import Recorder
from veripo_trainer.world import DRILL, drill_of

POLICIES = ("base", "GRPO 1", "DPO 1", "GRPO 2", "DPO 2", "GRPO alone")


def row(policy: str, **changes: object) -> Measured:
    sees = dict.fromkeys(("colour", "shape", "direction", "distance", "all"), 0.9)
    shares = {"accuracy": 0.5, "inconsistent": 0.2, "both": 0.4, "well_formed": 1.0}
    world = {"world_accuracy": 0.5, "world_inconsistent": 0.2, "world_both": 0.4}
    others: dict[str, Any] = {"sees": sees, "think_tokens": 40.0, "samples": 8, **changes}
    return Measured(**{"policy": policy, **shares, **world, **others})


def figures(seed: int, **changes: dict[str, float]) -> Figures:
    rows = [row(name, **changes.get(name.replace(" ", "_"), {})) for name in POLICIES]
    return Figures(seed, rows, grpo_question_seconds=0.14, dpo_pair_seconds=0.02, base_seconds=1, seconds=2)


def aim_line(text: str, name: str) -> list[str]:
    line = next(line for line in text.splitlines() if line.startswith(f"| {name}"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_the_median_of_the_seeds_meets_an_aim_or_not() -> None:
    gains = (0.58, 0.61, 0.75)
    text = report([figures(seed, GRPO_1={"accuracy": gain}) for seed, gain in enumerate(gains)])
    name, aim, *values, median, met, world = aim_line(text, "GRPO 1 against base")
    assert (aim, values) == ("≥ +10.0 points", ["+8.0 points", "+11.0 points", "+25.0 points"])
    assert (median, met, world) == ("+11.0 points", "yes", "+0.0 points")


@pytest.mark.parametrize(
    ("name", "changes", "value", "met"),
    [
        ("DPO 1 against GRPO 1: inconsistency", {"DPO_1": {"inconsistent": 0.14}}, "30 %", "yes"),
        ("DPO 2 against GRPO 2: inconsistency", {"DPO_2": {"inconsistent": 0.15}}, "25 %", "no"),
        ("DPO 1 against GRPO 1: accuracy", {"DPO_1": {"accuracy": 0.47}}, "-3.0 points", "no"),
        ("DPO 2 against GRPO 2: length", {"DPO_2": {"think_tokens": 39.0}}, "-1.0 tokens", "no"),
        ("DPO 2 against base", {"DPO_2": {"both": 0.66}}, "+26.0 points", "yes"),
        ("DPO 2 against GRPO alone", {}, "+0.0 points", "no"),
        ("seconds of a GRPO question", {}, "7.0", "yes"),
    ],
)
def test_each_aim(name: str, changes: dict[str, dict[str, float]], value: str, met: str) -> None:
    cells = aim_line(report([figures(0, **changes)]), name)
    assert (cells[3], cells[4]) == (value, met)


def test_figures_are_the_same_after_writing_and_reading() -> None:
    written = json.loads(json.dumps(asdict(figures(3))))
    assert Figures.read(written) == figures(3)


def test_a_drill_gives_every_option_its_letter() -> None:
    drill = drill_of("drill", random.Random(1))
    options = {value: letter for letter, value in re.findall(r"^([A-F])\. (\w+)$", drill.turn, re.MULTILINE)}
    bound = re.findall(r"(\w+) \(([A-F])\)\.", drill.response)
    assert (len(options), len(bound), drill.turn.endswith(DRILL)) == (6, 12, True)
    assert all(options[value] == letter for value, letter in bound)


def test_a_drawn_clip_is_the_one_of_the_file(world: World, tmp_path: Path) -> None:
    policy = small_policy()
    run = DrawnRun(policy, Recorder(), lambda sha: tmp_path / sha, 0, tmp_path)
    run.bench = Bench(0, Sizes(), tmp_path, studio=None, items=world.items)  # type: ignore[arg-type]
    read, _ = world.run(policy, tmp_path / "read")
    settings = BaseSettings(frames=TINY_FRAMES)
    for question in world.questions[:3]:
        drawn, from_file = run.clip(question, settings), read.clip(question, settings)
        assert (drawn.sample, drawn.grid) == (from_file.sample, from_file.grid)
        assert (drawn.pixels.float() - from_file.pixels.float()).abs().mean() < 5
    assert drawn.pixels.dtype == torch.uint8


def test_pairs_of_like_length_go_together(world: World) -> None:
    pairs = world.pairs()
    texts = [pair.chosen for pair in pairs]
    pairs = [
        Pair(**{**pair.model_dump(), "chosen": text * times})
        for pair, text, times in zip(pairs[:3], texts, (3, 1, 2), strict=False)
    ]
    assert _by_length(pairs) == [1, 2, 0]


def test_settings_take_as_many_steps_as_asked_for() -> None:
    assert sft_settings(steps=10, shown=40, learning_rate=1e-3).epochs * 40 >= 10 * 32
    assert grpo_settings(steps=40, questions=64).epochs * 64 >= 40 * 8
    assert dpo_settings(epochs=2).freeze_visual
