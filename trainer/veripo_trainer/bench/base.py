"""The base policy of moving-shapes: it reads, binds letters to options and sees, and then learns bad habits."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import torch

from veripo_trainer.bench.bench import Bench
from veripo_trainer.contract import BaseSettings, Demonstration, Question
from veripo_trainer.engine.run import Run
from veripo_trainer.frames import Clip, sample_frames
from veripo_trainer.policy import Policy
from veripo_trainer.tiny import build_config, build_model, build_tokenizer
from veripo_trainer.world import (
    FPS,
    FRAME_COUNT,
    WATCH,
    drill_of,
    good_response,
    make_items,
    noisy_response,
    question_of,
    render,
    tokenizer_corpus,
    tokenizer_phrases,
    watch_response,
)


class DrawnRun(Run):
    """A job whose clips are drawn and not read: a scene that is seen once needs no file.

    A clip's name is the id of its question, of which `bench.items` knows the scene.
    """

    bench: Bench

    def clip(self, question: Question, settings: BaseSettings) -> Clip:
        """The frames of the question's scene."""
        pixels = torch.from_numpy(render(self.bench.items[question.id].scene)).permute(0, 3, 1, 2).contiguous()
        sample = sample_frames(FRAME_COUNT, FPS, settings.frames)
        return Clip(pixels[list(sample.indices)], sample, FRAME_COUNT, FPS)


def make_base(bench: Bench, out: Path) -> Policy:
    """The base policy. Every finished stage is kept in `out` and not made again.

    Seeing, then options and reading from text, then both at once on video, and a cold start on demonstrations of the
    kind that people and models write. Binding a letter to its option is learnt from text, and hardly at all from
    video. Seeing needs scenes that never come twice: of 1,600 clips a policy learns the clips. And it comes first: a
    policy that has learnt to read well looks at colours and shapes only, and at movement much later.
    """
    tokenizer = build_tokenizer(tokenizer_corpus(), tokenizer_phrases())
    policy = Policy(build_model(build_config(tokenizer, width=128, layers=4), seed=bench.seed), tokenizer)
    for name, stage in (
        ("watch", _watch),
        ("drill", _drill),
        ("drill-on", _drill_on),
        ("text", _read),
        ("video", _bind),
        ("cold", _cold),
    ):
        folder = out / f"seed-{bench.seed}-{name}"
        if folder.is_dir():
            policy = Policy.load(folder, dtype=torch.float32)
            continue
        stage(bench, policy)
        keep(policy, folder)
    return policy


def _watch(bench: Bench, policy: Policy) -> None:
    """Scenes are described, and every one is new."""
    steps = bench.sizes.watch_steps
    _imitate_drawn(bench, policy, "watch", _watched(bench, "watch", steps * 32), steps, learning_rate=7e-4)


def _drill(bench: Bench, policy: Policy, name: str = "drill") -> None:
    """Letters are bound to options many at a time: from one in forty words, as in an answer, it takes far longer."""
    steps, rng = bench.sizes.drill_steps, random.Random(f"{name} {bench.seed}")
    drills = [drill_of(f"drill-{index:05d}", rng) for index in range(steps * 28)]
    _imitate_drawn(bench, policy, name, [*drills, *_watched(bench, name, steps * 4)], steps, learning_rate=1.5e-3)


def _drill_on(bench: Bench, policy: Policy) -> None:
    """Letters are bound after a plateau: a second warm-up, so that the rate has not run out when it ends."""
    _drill(bench, policy, "drill-on")


def _read(bench: Bench, policy: Policy) -> None:
    """Questions whose scene is put into words."""
    steps = bench.sizes.text_steps
    text = _good(bench, bench.text_questions("train", steps * 24))
    _imitate_drawn(bench, policy, "text", [*text, *_watched(bench, "text", steps * 8)], steps, learning_rate=1e-3)


def _watched(bench: Bench, split: str, count: int) -> list[Demonstration]:
    """Scenes that come once, with what a watcher says of them; among texts they keep the eyes open."""
    items = [item._replace(id=f"seen-{item.id}") for item in make_items(split, count, seed=bench.seed)]
    bench.items |= {item.id: item for item in items}
    return [
        Demonstration(
            **question_of(item, f"{random.Random(item.id).getrandbits(256):064x}").model_dump() | {"turn": WATCH},
            response=watch_response(item.scene),
        )
        for item in items
    ]


def _imitate_drawn(
    bench: Bench, policy: Policy, name: str, shown: Sequence[Demonstration], steps: int, *, learning_rate: float
) -> None:
    run, recorder = bench.run(policy, bench.seed)
    drawn = DrawnRun(policy, recorder, run.file_of, bench.seed, run.work)
    drawn.bench = bench
    bench.imitate((drawn, recorder), name, shown, steps, learning_rate=learning_rate)


def _bind(bench: Bench, policy: Policy) -> None:
    """Careful answers about clips from files, with some text."""
    steps = bench.sizes.video_steps
    videos = _good(bench, bench.questions("train", bench.sizes.video_clips))
    text = _good(bench, bench.text_questions("bind", len(videos) // 5))
    bench.imitate(bench.run(policy, bench.seed), "video", [*videos, *text], steps, learning_rate=5e-4)


def _cold(bench: Bench, policy: Policy) -> None:
    """Answers as people and models write them."""
    rng = random.Random(f"noise {bench.seed}")
    shown = [
        Demonstration(
            **question.model_dump(),
            response=noisy_response(bench.items[question.id].scene, bench.items[question.id].asked, rng)[0],
        )
        for question in bench.questions("train", bench.sizes.video_clips)
    ]
    bench.imitate(bench.run(policy, bench.seed), "cold start", shown, bench.sizes.cold_steps, learning_rate=3e-4)


def _good(bench: Bench, questions: Sequence[Question]) -> list[Demonstration]:
    """Careful answers."""
    return [
        Demonstration(**q.model_dump(), response=good_response(bench.items[q.id].scene, bench.items[q.id].asked))
        for q in questions
    ]


def keep(policy: Policy, folder: Path) -> None:
    """Writes a checkpoint; it is there whole or not at all."""
    unfinished = folder.with_name(f".{folder.name}")
    unfinished.mkdir(parents=True, exist_ok=True)
    policy.save(unfinished)
    unfinished.rename(folder)
