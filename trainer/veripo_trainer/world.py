"""Moving-shapes: a world small enough that everything about it is known.

One coloured shape moves over a mid-grey ground for four seconds. Questions ask for its colour, its shape, where it
goes and how far; the truth is what was drawn. Everything follows from a seed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from veripo_trainer.contract import Demonstration, Question

SIZE = 56
FRAME_COUNT = 8
FPS = 2
# The mean of CLIP's normalisation: to the model the ground is about 0, and the shape is all there is to see.
GROUND = (122, 117, 104)
COLOURS: dict[str, tuple[int, int, int]] = {
    "red": (220, 40, 40),
    "green": (40, 180, 60),
    "blue": (50, 80, 230),
    "yellow": (240, 215, 50),
}
SHAPES = ("circle", "square", "triangle", "cross")
DIRECTIONS: dict[str, tuple[int, int]] = {"up": (0, -1), "down": (0, 1), "left": (-1, 0), "right": (1, 0)}
# Far enough that most movements cross from one 28-pixel token into the next: those are learnt first.
DISTANCES = (9, 18, 27, 36)
RADIUS = 8
# How many times finer than a pixel edges are drawn, so that slow movement shows.
FINER = 4
# Middles of the fine pixels, from the edge of the picture.
FINE = (np.arange(SIZE * FINER) + 0.5) / FINER

Topic = Literal["colour", "shape", "direction", "distance"]
TOPICS: tuple[Topic, ...] = ("colour", "shape", "direction", "distance")
ASKS: dict[Topic, str] = {
    "colour": "What colour is the shape?",
    "shape": "Which shape is it?",
    "direction": "Which way does it move?",
    "distance": "How many pixels does it move?",
}
# The studio's own words for how to reply (`lib/domain/pairs/user-turn.ts`): exported pairs and questions carry them.
INSTRUCTION = "Think step by step between <think> and </think>, then answer between <answer> and </answer>."
ANSWER_FORMS = {
    "choice": "Give only the letter of the option in the answer block.",
    "regression": "Give only the number in the answer block.",
}
# The studio's bridges between a wrong thinking and a right one, so that a reflection is cheap to write.
BRIDGES = (
    "Wait, let me check this again before I answer.",
    "Hold on, something does not fit here. Let me go back and look at it once more.",
    "Hmm, that conclusion came too fast. Let me think it through again.",
    "Let me double-check this. I may have made a mistake above.",
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What happens in one clip. `start` is the middle of the shape in the first frame, pixels from the top left."""

    colour: str
    shape: str
    direction: str
    distance: int
    start: tuple[int, int]

    def value(self, topic: Topic) -> str:
        """The truth about `topic`, in words."""
        return str(getattr(self, topic))


def draw_scene(rng: random.Random) -> Scene:
    """A scene whose shape stays within the picture."""
    direction, distance = rng.choice(list(DIRECTIONS)), rng.choice(DISTANCES)
    start = tuple(_start(rng, step, distance) for step in DIRECTIONS[direction])
    return Scene(rng.choice(list(COLOURS)), rng.choice(SHAPES), direction, distance, (start[0], start[1]))


def _start(rng: random.Random, step: int, distance: int) -> int:
    low, high = RADIUS + 1, SIZE - RADIUS - 1
    if step > 0:
        return rng.randint(low, high - distance)
    return rng.randint(low + distance, high) if step < 0 else rng.randint(low, high)


def render(scene: Scene) -> npt.NDArray[np.uint8]:
    """The frames of a scene: (8, 56, 56, 3), RGB."""
    (dx, dy), (x, y) = DIRECTIONS[scene.direction], scene.start
    frames = []
    for index in range(FRAME_COUNT):
        gone = scene.distance * index / (FRAME_COUNT - 1)
        cover = _cover(scene.shape, x + dx * gone, y + dy * gone)[..., None]
        frames.append(cover * np.array(COLOURS[scene.colour]) + (1 - cover) * np.array(GROUND))
    return np.stack(frames).round().astype(np.uint8)


def _cover(shape: str, x: float, y: float) -> npt.NDArray[np.float64]:
    """How much of each pixel the shape covers, in [0, 1]. (56, 56)."""
    covered = np.zeros((SIZE, SIZE))
    # Only around the shape: the rest of the picture stays ground.
    columns, rows = (slice(max(0, int(at) - RADIUS - 1), min(SIZE, int(at) + RADIUS + 2)) for at in (x, y))
    across, down = (FINE[at.start * FINER : at.stop * FINER] for at in (columns, rows))
    across, down = across[None, :] - x, down[:, None] - y
    if shape == "circle":
        inside = across**2 + down**2 <= (RADIUS - 0.5) ** 2
    elif shape == "square":
        inside = (abs(across) <= RADIUS) & (abs(down) <= RADIUS)
    elif shape == "triangle":
        inside = (abs(down) <= RADIUS) & (abs(across) <= (down + RADIUS) / 2)
    else:
        arm = RADIUS / 5
        inside = ((abs(across) <= arm) | (abs(down) <= arm)) & (abs(across) <= RADIUS) & (abs(down) <= RADIUS)
    size = (rows.stop - rows.start, FINER, columns.stop - columns.start, FINER)
    covered[rows, columns] = inside.reshape(size).mean(axis=(1, 3))
    return covered


class Asked(NamedTuple):
    """A question about a scene, as the studio knows it.

    Attributes:
        topic: what it asks for.
        prompt: without options.
        options: texts without letters, in order; empty for the distance.
        truth: a letter, or a number of pixels.
    """

    topic: Topic
    prompt: str
    options: tuple[str, ...]
    truth: str

    @property
    def kind(self) -> Literal["choice", "regression"]:
        """How the studio compares answers to it."""
        return "choice" if self.options else "regression"

    @property
    def turn(self) -> str:
        """The user turn, in the studio's words."""
        return "\n".join([self.prompt, *self.lettered, f"{INSTRUCTION} {ANSWER_FORMS[self.kind]}"])

    @property
    def lettered(self) -> list[str]:
        """The lines of the options; none for the distance."""
        lines = [f"{letter}. {option}" for letter, option in zip("ABCD", self.options, strict=False)]
        return ["Options:", *lines] if lines else []

    def letter(self, value: str) -> str:
        """The letter of an option."""
        return "ABCD"[self.options.index(value)]


def ask(scene: Scene, topic: Topic, rng: random.Random, *, told: bool = False) -> Asked:
    """A question about `scene`, its options shuffled.

    Args:
        scene: what it is about.
        topic: what is asked for.
        rng: shuffles the options.
        told: for the text-only set: the scene is put into words, and there is nothing to watch.
    """
    prompt = f"{tell(scene)} {ASKS[topic]}" if told else ASKS[topic]
    if topic == "distance":
        return Asked(topic, prompt, (), str(scene.distance))
    values = {"colour": list(COLOURS), "shape": list(SHAPES), "direction": list(DIRECTIONS)}[topic]
    rng.shuffle(values)
    return Asked(topic, prompt, tuple(values), "ABCD"[values.index(scene.value(topic))])


def tell(scene: Scene) -> str:
    """The scene in words, as the text-only set gives it."""
    return f"A {scene.colour} {scene.shape} moves {scene.direction} by {scene.distance} pixels."


def chain(scene: Scene, asked: Asked) -> str:
    """The thinking that a careful watcher would write, without its conclusion."""
    value = scene.value(asked.topic)
    if asked.topic == "distance":
        return f"{seen(scene)} The question asks for the distance. The distance is {value}."
    found = f"The question asks for the {asked.topic}. The {asked.topic} of it is {placed(value, asked.letter(value))}"
    return f"{seen(scene)} {found}"


def placed(value: str, letter: str) -> str:
    """An option's text, then its letter: the value leads to the letter, as it does for a reader."""
    return f"{value} ({letter})."


def respond(thinking: str, concluded: str, answer: str) -> str:
    """A whole response in the studio's form."""
    return f"<think>{thinking} So the answer is {concluded}.</think>\n<answer>{answer}</answer>"


def good_response(scene: Scene, asked: Asked) -> str:
    """The careful thinking and the right answer."""
    return respond(chain(scene, asked), asked.truth, asked.truth)


WATCH = "What do you see?"


def watch_response(scene: Scene) -> str:
    """What a watcher says when nothing is asked: the beginning of every chain, for the activation on video."""
    return f"<think>{seen(scene)}</think>"


DRILL = "Where do these options stand?"
DRILL_LETTERS = "ABCDEF"


def drill_of(name: str, rng: random.Random) -> Demonstration:
    """A demonstration without anything to watch, in which letters are bound to values many times over.

    The values are drawn anew each time: if none came twice, it would be enough to know which letters are left.
    """
    from veripo_trainer.contract import Demonstration

    values = rng.sample([*COLOURS, *SHAPES, *DIRECTIONS], len(DRILL_LETTERS))
    lines = [f"{letter}. {value}" for letter, value in zip(DRILL_LETTERS, values, strict=True)]
    bound = [placed(value, DRILL_LETTERS[values.index(value)]) for value in rng.choices(values, k=12)]
    turn = "\n".join(["Options:", *lines, DRILL])
    response = f"<think> {' '.join(bound)}</think>"
    return Demonstration(id=name, turn=turn, prompt=DRILL, kind="text", modality="text", response=response)


def seen(scene: Scene) -> str:
    """The sentences about a scene with which every careful chain begins."""
    return f"I see a {scene.colour} {scene.shape}. It moves {scene.direction} by {scene.distance} pixels."


Noise = Literal["good", "short", "slip", "lucky", "blind", "broken"]
# What a cold start is made of. GRPO sees answers only: it cures slips and blindness, but not luck.
NOISE: dict[Noise, float] = {
    "good": 0.40,
    "short": 0.14,
    "slip": 0.16,
    "lucky": 0.18,
    "blind": 0.08,
    "broken": 0.04,
}


def noisy_response(scene: Scene, asked: Asked, rng: random.Random) -> tuple[str, Noise]:
    """A demonstration of the kind that people and models write: most are good, some are not.

    `short` skips the description; `slip` answers something else than its thinking concludes; `lucky` concludes wrong
    and answers right; `blind` describes another scene; `broken` never closes its thinking.
    """
    noise = rng.choices(list(NOISE), list(NOISE.values()))[0]
    thinking, truth = chain(scene, asked), asked.truth
    if noise == "short":
        value = scene.value(asked.topic)
        return respond(f"It is {value}.", truth, truth), noise
    if noise == "slip":
        return respond(thinking, truth, _other(asked, rng)), noise
    if noise == "lucky":
        return respond(thinking, _other(asked, rng), truth), noise
    if noise == "blind":
        other = draw_scene(rng)
        value = other.value(asked.topic)
        answer = asked.letter(value) if asked.options else value
        return respond(chain(other, asked), answer, answer), noise
    if noise == "broken":
        return f"<think>{thinking} So the answer is {truth}.\n<answer>{truth}</answer>", noise
    return respond(thinking, truth, truth), noise


def _other(asked: Asked, rng: random.Random) -> str:
    """An answer that is not the truth."""
    wrong = list("ABCD"[: len(asked.options)]) if asked.options else [str(value) for value in DISTANCES]
    wrong.remove(asked.truth)
    return rng.choice(wrong)


class Item(NamedTuple):
    """One question of a set with its scene. `clip` is the file's name; None for the text-only set."""

    id: str
    scene: Scene
    asked: Asked
    clip: str | None


def make_items(split: str, count: int, *, seed: int, text_only: bool = False) -> Iterator[Item]:
    """`count` questions of a split, topics in turn, each with a scene of its own.

    The splits draw from different streams; a scene may come up in both, since there are few of them, but its place
    and the order of its options do not.
    """
    rng = random.Random(f"{split} {seed} {text_only}")
    for index in range(count):
        scene = draw_scene(rng)
        asked = ask(scene, TOPICS[index % len(TOPICS)], rng, told=text_only)
        name = f"{split}-{'text-' if text_only else ''}{index:05d}"
        yield Item(name, scene, asked, None if text_only else f"{name}.mp4")


def question_of(item: Item, media: str | None) -> Question:
    """The item as a line of a trainer's question file. `media` is the sha256 of its clip."""
    # Here, so that drawing the world needs no message library.
    from veripo_trainer.contract import Question

    return Question(
        id=item.id,
        turn=item.asked.turn,
        prompt=item.asked.prompt,
        kind=item.asked.kind,
        options=list(item.asked.options),
        truth=item.asked.truth,
        modality="video" if media else "text",
        media=media,
    )


def tokenizer_corpus() -> Iterator[str]:
    """Texts in which every word of the world comes up, for the tokenizer."""
    rng = random.Random(0)
    for index in range(400):
        scene = draw_scene(rng)
        asked = ask(scene, TOPICS[index % len(TOPICS)], rng, told=index % 2 == 0)
        yield f"user\n{asked.turn}\nassistant\n{good_response(scene, asked)}"
        yield " ".join(BRIDGES)


def tokenizer_phrases() -> tuple[str, ...]:
    """What is one token each: the sentences that every prompt ends in, and the letter behind an option's text."""
    return (INSTRUCTION, *(f" {form}" for form in ANSWER_FORMS.values()), *(f" ({letter})" for letter in DRILL_LETTERS))


class Judgement(NamedTuple):
    """What the world itself says about a response, without any verifier.

    Attributes:
        correct: the answer is the truth.
        consistent: the thinking concludes what is answered; None where one of them is missing.
        sees: everything the thinking says about the scene is true; None where it says nothing.
    """

    correct: bool
    consistent: bool | None
    sees: bool | None


def judge(item: Item, response: str) -> Judgement:
    """Reads a response with the world's own truth. It knows the few sentences of this world and nothing else."""
    thinking, closed, rest = response.partition("</think>")
    if not closed:
        thinking, opened, rest = response.partition("<answer>")
        rest = opened + rest
    answer = rest.partition("<answer>")[2].partition("</answer>")[0].strip()
    # The last conclusion and the last description count: a reflection begins with wrong ones.
    concluded = _after_last(thinking, "So the answer is ").partition(".")[0].strip()
    right = described(item, thinking)
    return Judgement(
        correct=answer == item.asked.truth,
        consistent=concluded == answer if concluded and answer else None,
        sees=all(right.values()) if right else None,
    )


def described(item: Item, response: str) -> dict[Topic, bool]:
    """Which words of the last description are true, by topic; empty where nothing is described."""
    words = re.match(r"(\w+) (\w+)\. It moves (\w+) by (\d+) pixels", _after_last(response, "I see a "))
    return {topic: words[at] == item.scene.value(topic) for at, topic in enumerate(TOPICS, start=1)} if words else {}


def _after_last(text: str, mark: str) -> str:
    """What follows the last `mark`; nothing where there is none."""
    return text.rpartition(mark)[2] if mark in text else ""
