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

    The curriculum of the method: options and reading from text, then seeing, then both at once on video, and a cold
    start on demonstrations of the kind that people and models write. Binding a letter to its option is learnt from
    text, and hardly at all from video. Seeing needs scenes that never come twice: of 1,600 clips a policy learns the
    clips.
    """
    tokenizer = build_tokenizer(tokenizer_corpus(), tokenizer_phrases())
    policy = Policy(build_model(build_config(tokenizer, width=128, layers=4), seed=bench.seed), tokenizer)
    for name, stage in (("drill", _drill), ("text", _read), ("watch", _watch), ("video", _bind), ("cold", _cold)):
        folder = out / f"seed-{bench.seed}-{name}"
        if folder.is_dir():
            policy = Policy.load(folder, dtype=torch.float32)
            continue
        stage(bench, policy)
        keep(policy, folder)
    return policy


def _drill(bench: Bench, policy: Policy) -> None:
    """Letters are bound to options many at a time: from one in forty words, as in an answer, it takes far longer."""
    steps, rng = bench.sizes.drill_steps, random.Random(f"drill {bench.seed}")
    shown = [drill_of(f"drill-{index:05d}", rng) for index in range(steps * 32)]
    bench.imitate(bench.run(policy, bench.seed), "drill", shown, steps, learning_rate=2e-3)


def _read(bench: Bench, policy: Policy) -> None:
    """Questions whose scene is put into words."""
    steps = bench.sizes.text_steps
    shown = _good(bench, bench.text_questions("train", steps * 32))
    bench.imitate(bench.run(policy, bench.seed), "text", shown, steps)


def _watch(bench: Bench, policy: Policy) -> None:
    """Every scene is new. Some text stays in, so that options are not forgotten while the eyes open."""
    steps = bench.sizes.watch_steps
    scenes = list(make_items("watch", steps * 28, seed=bench.seed))
    bench.items |= {item.id: item for item in scenes}
    watched = [
        Demonstration(
            **question_of(item, f"{random.Random(item.id).getrandbits(256):064x}").model_dump() | {"turn": WATCH},
            response=watch_response(item.scene),
        )
        for item in scenes
    ]
    text = _good(bench, bench.text_questions("watch", steps * 4))
    run, recorder = bench.run(policy, bench.seed)
    drawn = DrawnRun(policy, recorder, run.file_of, bench.seed, run.work)
    drawn.bench = bench
    bench.imitate((drawn, recorder), "watch", [*watched, *text], steps)


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
