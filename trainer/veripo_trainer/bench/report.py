"""The figures of several seeds as Markdown: what was aimed at, what was measured, and whether the one meets the other."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from veripo_trainer.bench.measure import Measured


@dataclass(frozen=True)
class Figures:
    """What one seed gave. Seconds are of the processor, all threads together.

    Attributes:
        seed: which.
        rows: the measured policies, in order of training.
        grpo_question_seconds: of one question with eight rollouts, sampled, judged and trained on.
        dpo_pair_seconds: of one pair in one pass, its share of the reference pass included.
        base_seconds: for the base policy; 0 where it was there already.
        seconds: for everything.
    """

    seed: int
    rows: list[Measured]
    grpo_question_seconds: float
    dpo_pair_seconds: float
    base_seconds: float
    seconds: float

    @staticmethod
    def read(written: dict[str, Any]) -> Figures:
        """From what `dataclasses.asdict` gave."""
        return Figures(**{**written, "rows": [Measured(**row) for row in written["rows"]]})

    def row(self, name: str) -> Measured:
        """The row of a policy."""
        return next(row for row in self.rows if row.policy == name)


class Aim(NamedTuple):
    """One line of the table.

    Attributes:
        name: what must show.
        at_least: the least that is aimed at, in the unit of `shown`.
        shown: how a value is written.
        value: by the studio's verifier.
        world: by the world's own truth; None where it has nothing to say.
        above: `at_least` itself is not enough.
    """

    name: str
    at_least: float
    shown: str
    value: Callable[[Figures], float]
    world: Callable[[Figures], float] | None = None
    above: bool = False

    def is_met(self, value: float) -> bool:
        """Whether a value is enough; to a millionth, as 1 - 0.14 / 0.2 is a little less than 0.3."""
        return value > self.at_least + 1e-6 if self.above else value >= self.at_least - 1e-6


def _gain(name: str, after: str, before: str) -> Callable[[Figures], float]:
    """By how many points a share grew."""
    return lambda each: 100 * (getattr(each.row(after), name) - getattr(each.row(before), name))


def _drop(name: str, after: str, before: str) -> Callable[[Figures], float]:
    """By how many percent of itself a share fell; NaN where there was nothing to fall."""

    def value(each: Figures) -> float:
        start = float(getattr(each.row(before), name))
        return 100 * (1 - getattr(each.row(after), name) / start) if start else math.nan

    return value


def _longer(after: str, before: str) -> Callable[[Figures], float]:
    return lambda each: each.row(after).think_tokens - each.row(before).think_tokens


def _aims() -> list[Aim]:
    points, percent = "{:+.1f} points", "{:.0f} %"
    aims = [
        Aim(
            "GRPO 1 against base: accuracy",
            10,
            points,
            _gain("accuracy", "GRPO 1", "base"),
            _gain("world_accuracy", "GRPO 1", "base"),
        )
    ]
    for k in (1, 2):
        dpo, grpo = f"DPO {k}", f"GRPO {k}"
        aims += [
            Aim(
                f"{dpo} against {grpo}: inconsistency down by, of itself",
                30,
                percent,
                _drop("inconsistent", dpo, grpo),
                _drop("world_inconsistent", dpo, grpo),
            ),
            Aim(
                f"{dpo} against {grpo}: accuracy",
                -2,
                points,
                _gain("accuracy", dpo, grpo),
                _gain("world_accuracy", dpo, grpo),
            ),
            Aim(f"{dpo} against {grpo}: length of thinking", 0, "{:+.1f} tokens", _longer(dpo, grpo)),
        ]
    return [
        *aims,
        Aim(
            "DPO 2 against base: correct and consistent",
            25,
            points,
            _gain("both", "DPO 2", "base"),
            _gain("world_both", "DPO 2", "base"),
        ),
        Aim(
            "DPO 2 against GRPO alone, same time: correct and consistent",
            0,
            points,
            _gain("both", "DPO 2", "GRPO alone"),
            _gain("world_both", "DPO 2", "GRPO alone"),
            above=True,
        ),
        Aim(
            "seconds of a GRPO question (8 rollouts) over seconds of a DPO pair",
            7,
            "{:.1f}",
            lambda each: each.grpo_question_seconds / each.dpo_pair_seconds,
        ),
    ]


def report(seeds: Sequence[Figures]) -> str:
    """Three tables: the aims, the policies (medians over the seeds), and the time."""
    return "\n\n".join([_aim_table(seeds), _policy_table(seeds), _time_table(seeds)])


def _aim_table(seeds: Sequence[Figures]) -> str:
    heads = ["what must show", "aim", *(f"seed {each.seed}" for each in seeds), "median", "met", "median by the world"]
    lines = []
    for aim in _aims():
        values = [aim.value(each) for each in seeds]
        median = statistics.median(values)
        bound = ("> " if aim.above else "≥ ") + aim.shown.format(aim.at_least)
        world = aim.shown.format(statistics.median(aim.world(each) for each in seeds)) if aim.world else ""
        met = "yes" if aim.is_met(median) else "no"
        cells = [aim.name, bound, *(aim.shown.format(value) for value in values), aim.shown.format(median), met, world]
        lines.append(cells)
    return _markdown(heads, lines)


def _policy_table(seeds: Sequence[Figures]) -> str:
    names = {
        "accuracy": "accuracy",
        "inconsistent": "inconsistent",
        "both": "correct and consistent",
        "world_accuracy": "accuracy (world)",
        "world_inconsistent": "inconsistent (world)",
        "world_both": "correct and consistent (world)",
        "well_formed": "well formed",
    }
    seen = ["colour", "shape", "direction", "distance", "all"]
    heads = ["policy", *names.values(), "thinking, tokens", *(f"sees {topic}" for topic in seen)]
    lines = []
    for policy in [row.policy for row in seeds[0].rows]:
        rows = [each.row(policy) for each in seeds]
        shares = [statistics.median(getattr(row, name) for row in rows) for name in names]
        sees = [statistics.median(row.sees[topic] for row in rows) for topic in seen]
        tokens = statistics.median(row.think_tokens for row in rows)
        lines.append([policy, *map(_share, shares), f"{tokens:.1f}", *map(_share, sees)])
    return _markdown(heads, lines)


def _time_table(seeds: Sequence[Figures]) -> str:
    heads = ["seed", "base policy, s", "everything, s", "GRPO question, s", "DPO pair, s"]
    lines = [
        [
            str(each.seed),
            f"{each.base_seconds:.0f}",
            f"{each.seconds:.0f}",
            f"{each.grpo_question_seconds:.3f}",
            f"{each.dpo_pair_seconds:.3f}",
        ]
        for each in seeds
    ]
    return _markdown(heads, lines)


def _share(value: float) -> str:
    return f"{100 * value:.1f} %"


def _markdown(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    rule = ["---", *("--:" for _ in heads[1:])]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [heads, rule, *lines])
