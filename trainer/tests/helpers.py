"""A small policy, clips on disk and a scorer that needs no network."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import torch
from transformers import PreTrainedTokenizerFast

from veripo_trainer.contract import Demonstration, Frames, Pair, Question
from veripo_trainer.engine.rewards import Scored, Verdict
from veripo_trainer.engine.run import Recorder, Run
from veripo_trainer.policy import Policy
from veripo_trainer.tiny import build_config, build_model, build_tokenizer
from veripo_trainer.video import write_clip
from veripo_trainer.world import (
    Item,
    good_response,
    judge,
    make_items,
    question_of,
    tokenizer_corpus,
    tokenizer_phrases,
)

TINY_FRAMES = Frames(min_pixels=3136, max_pixels=3136)


@cache
def tokenizer() -> PreTrainedTokenizerFast:
    return build_tokenizer(tokenizer_corpus(), tokenizer_phrases())


def small_policy(seed: int = 0, *, width: int = 64, layers: int = 2) -> Policy:
    model = build_model(build_config(tokenizer(), width=width, layers=layers), seed=seed)
    return Policy(model, tokenizer())


class World:
    """Some questions of moving-shapes with their clips in a folder; a clip's id is made of the name of its file."""

    def __init__(self, folder: Path, count: int, *, text_only: bool = False) -> None:
        self.folder = folder
        self.items: dict[str, Item] = {}
        for index, item in enumerate(make_items("test", count, seed=0, text_only=text_only)):
            media = None
            if item.clip:
                media = f"{index:064x}"
                write_clip(item.scene, folder / media)
            self.items[item.id] = item
            setattr(self, f"_{index}", media)
        self.questions = [
            question_of(item, None if text_only else f"{index:064x}") for index, item in enumerate(self.items.values())
        ]

    def demonstrations(self) -> list[Demonstration]:
        return [
            Demonstration(**question.model_dump(), response=good_response(item.scene, item.asked))
            for question, item in zip(self.questions, self.items.values(), strict=True)
        ]

    def pairs(self) -> list[Pair]:
        return [
            Pair(
                **question.model_dump(),
                pair_id=f"pair-{question.id}",
                chosen=good_response(item.scene, item.asked),
                rejected="<think>It is a guess.</think>\n<answer>Z</answer>",
            )
            for question, item in zip(self.questions, self.items.values(), strict=True)
        ]

    def score(self, items: Sequence[Scored]) -> list[Verdict]:
        """The world's own judgement; a token of partial credit makes an untrained policy's rewards differ."""
        verdicts = []
        for item in items:
            judgement = judge(self.items[item.question.id], item.response)
            partial = (sum(item.response.encode()) % 7) / 70
            verdicts.append(Verdict(reward=float(judgement.correct) + partial, accuracy=float(judgement.correct)))
        return verdicts

    def run(
        self,
        policy: Policy,
        work: Path,
        *,
        seed: int = 0,
        should_stop: Callable[[], bool] = lambda: False,
        checkpoints: "Folder | None" = None,
    ) -> tuple[Run, Recorder]:
        recorder = Recorder()
        work.mkdir(parents=True, exist_ok=True)
        run = Run(policy, recorder, lambda sha: self.folder / sha, seed, work, checkpoints, should_stop)
        return run, recorder


class Folder:
    """Checkpoints as plain folders."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.saved: list[str] = []

    def save(self, name: str, step: int, write: Callable[[Path], None], *, resumable: bool, final: bool) -> None:
        folder = self.root / name
        folder.mkdir(parents=True)
        write(folder)
        self.saved.append(name)


def weights(policy: Policy) -> torch.Tensor:
    return torch.cat([weight.detach().flatten() for weight in policy.model.parameters()])


__all__ = ["Folder", "Question", "TINY_FRAMES", "World", "small_policy", "tokenizer", "weights"]
