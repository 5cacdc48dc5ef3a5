import json
import random
from pathlib import Path

import numpy as np
import pytest
from helpers import TINY_FRAMES, tokenizer

from veripo_trainer.video import read_clip, write_clip
from veripo_trainer.world import (
    BRIDGES,
    DIRECTIONS,
    GROUND,
    NOISE,
    Asked,
    Item,
    Scene,
    ask,
    good_response,
    judge,
    make_items,
    noisy_response,
    render,
    respond,
)

SCENE = Scene("blue", "circle", "down", 24, (28, 12))


def middle(frame: np.ndarray) -> tuple[float, float]:
    """Centre of what is not ground: x, y."""
    rows, columns = np.nonzero(np.abs(frame.astype(int) - GROUND).sum(-1) > 60)
    return float(columns.mean()), float(rows.mean())


@pytest.mark.parametrize("direction", list(DIRECTIONS))
def test_it_moves_where_and_as_far_as_it_is_said(direction: str) -> None:
    frames = render(Scene("red", "circle", direction, 20, (28, 28)))
    (x0, y0), (x1, y1) = middle(frames[0]), middle(frames[-1])
    dx, dy = DIRECTIONS[direction]
    assert (x1 - x0, y1 - y0) == (pytest.approx(20 * dx, abs=0.6), pytest.approx(20 * dy, abs=0.6))


def test_the_file_shows_the_scene(tmp_path: Path) -> None:
    write_clip(SCENE, tmp_path / "clip.mp4")
    clip = read_clip(tmp_path / "clip.mp4", TINY_FRAMES)
    assert (clip.frame_count, clip.fps, clip.sample.second_per_grid) == (8, 2.0, 1.0)
    seen = clip.pixels.permute(0, 2, 3, 1).numpy().astype(int)
    assert np.abs(seen - render(SCENE)).mean() < 5  # video levels and shared colour cost a little


def test_the_same_seed_gives_the_same_world(tmp_path: Path) -> None:
    assert list(make_items("train", 12, seed=3)) == list(make_items("train", 12, seed=3))
    assert list(make_items("train", 12, seed=3)) != list(make_items("held-out", 12, seed=3))
    for name in ("a", "b"):
        write_clip(SCENE, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_every_shape_stays_in_the_picture() -> None:
    for item in make_items("train", 60, seed=0):
        frames = render(item.scene).astype(int)
        for frame in frames[[0, -1]]:
            edge = np.concatenate([frame[0], frame[-1], frame[:, 0], frame[:, -1]])
            assert np.abs(edge - GROUND).max() <= 1


def test_questions() -> None:
    asked = ask(SCENE, "direction", random.Random(0))
    assert sorted(asked.options) == ["down", "left", "right", "up"]
    assert asked.options["ABCD".index(asked.truth)] == "down"
    assert asked.turn.splitlines()[:2] == ["Which way does it move?", "Options:"]
    far = ask(SCENE, "distance", random.Random(0), told=True)
    assert (far.kind, far.truth) == ("regression", "24")
    assert far.prompt == "A blue circle moves down by 24 pixels. How many pixels does it move?"


WORDS = json.loads((Path(__file__).parents[2] / "fixtures" / "turns.json").read_text())


@pytest.mark.parametrize("case", WORDS["turns"], ids=lambda case: str(case["name"]))
def test_the_user_turn_is_the_one_that_the_studio_sends(case: dict[str, object]) -> None:
    options = tuple(map(str, case["options"])) if isinstance(case["options"], list) else ()
    asked = Asked("colour", str(case["prompt"]), options, "A")
    assert (asked.kind, asked.turn) == (case["kind"], case["turn"])


def test_the_bridges_are_the_studios() -> None:
    assert list(BRIDGES) == WORDS["bridges"]


CHOICE = Item("q", SCENE, ask(SCENE, "direction", random.Random(0)), "q.mp4")
TRUTH = CHOICE.asked.truth
WRONG = "B" if TRUTH != "B" else "C"
SEEN = "I see a blue circle. It moves down by 24 pixels."


@pytest.mark.parametrize(
    ("name", "response", "expected"),
    [
        ("good", good_response(SCENE, CHOICE.asked), (True, True, True)),
        ("lucky", respond(SEEN, WRONG, TRUTH), (True, False, True)),
        ("slip", respond(SEEN, TRUTH, WRONG), (False, False, True)),
        ("blind", respond("I see a red circle. It moves up by 8 pixels.", WRONG, WRONG), (False, True, False)),
        ("short", respond("It is down.", TRUTH, TRUTH), (True, True, None)),
        ("no answer", f"<think>{SEEN} So the answer is {TRUTH}.</think>", (False, None, True)),
        ("no conclusion", f"<think>{SEEN}</think>\n<answer>{TRUTH}</answer>", (True, None, True)),
        (
            "a reflection ends with its second conclusion",
            respond(f"I see a red cross. So the answer is {WRONG}. Wait. {SEEN}", TRUTH, TRUTH),
            (True, True, True),
        ),
        ("nothing", "", (False, None, None)),
    ],
)
def test_judge(name: str, response: str, expected: tuple[bool, bool | None, bool | None]) -> None:
    assert tuple(judge(CHOICE, response)) == expected


def test_noise_comes_in_the_stated_shares() -> None:
    rng = random.Random(0)
    kinds = [noisy_response(SCENE, CHOICE.asked, rng)[1] for _ in range(4000)]
    for kind, share in NOISE.items():
        assert kinds.count(kind) / 4000 == pytest.approx(share, abs=0.03)


def test_a_chain_is_cheap_to_write() -> None:
    ids = tokenizer().encode(good_response(SCENE, CHOICE.asked))
    assert len(ids) < 50
    assert tokenizer().decode(ids) == good_response(SCENE, CHOICE.asked)
