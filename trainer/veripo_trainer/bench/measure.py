"""One row of the table: what a policy answers to held-out questions, judged by the studio and by the world itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from veripo_trainer.bench.bench import Bench
from veripo_trainer.contract import Question
from veripo_trainer.engine.run import mean
from veripo_trainer.policy import Policy
from veripo_trainer.world import TOPICS, described, judge

# The same random numbers for every policy, so that two rows differ by the policy alone.
SEED = 12_345


@dataclass(frozen=True)
class Measured:
    """Shares in [0, 1] of all sampled responses, unless something else is said.

    Attributes:
        policy: which policy.
        accuracy: right answers, by the studio's verifier.
        inconsistent: thinking that concludes something else than is answered, of those the verifier decides.
        both: right and consistent, by the verifier.
        world_accuracy: right answers, by the world's own truth.
        world_inconsistent: as `inconsistent`, by the world, of those with a conclusion and an answer.
        world_both: as `both`, by the world.
        sees: true descriptions, of the responses that describe, by what is described; `all` for all four at once.
        think_tokens: mean tokens of thinking.
        well_formed: think and answer blocks as asked for, by the verifier.
        samples: how many responses.
    """

    policy: str
    accuracy: float
    inconsistent: float
    both: float
    world_accuracy: float
    world_inconsistent: float
    world_both: float
    sees: dict[str, float]
    think_tokens: float
    well_formed: float
    samples: int


def measure(bench: Bench, policy: Policy, name: str, questions: Sequence[Question]) -> Measured:
    """Samples the questions at temperature 1 and judges every response twice."""
    run, _ = bench.run(policy, SEED)
    groups = bench.sample(run, questions, samples=bench.sizes.held_out_samples)
    verdicts = [verdict for group in groups for verdict in group.verdicts or []]
    texts = [(bench.items[group.question.id], text) for group in groups for text in group.texts]
    world = [judge(item, text) for item, text in texts]
    decided = [verdict.consistency for verdict in verdicts if verdict.consistency != "undetermined"]
    descriptions = [right for item, text in texts if (right := described(item, text))]
    sees: dict[str, float] = {topic: mean([float(right[topic]) for right in descriptions]) for topic in TOPICS}
    row = Measured(
        policy=name,
        accuracy=mean([float(verdict.correct) for verdict in verdicts]),
        inconsistent=mean([float(each == "inconsistent") for each in decided]),
        both=mean([float(v.correct and v.consistency == "consistent") for v in verdicts]),
        world_accuracy=mean([float(each.correct) for each in world]),
        world_inconsistent=mean([float(not each.consistent) for each in world if each.consistent is not None]),
        world_both=mean([float(each.correct and each.consistent is True) for each in world]),
        sees={**sees, "all": mean([float(all(right.values())) for right in descriptions])},
        think_tokens=mean([tokens for group in groups for tokens in group.think_tokens]),
        well_formed=mean([float(verdict.well_formed) for verdict in verdicts]),
        samples=len(world),
    )
    shown = {name: value for name, value in asdict(row).items() if isinstance(value, float)} | row.sees
    print(f"  {name}: " + "  ".join(f"{key} {value:.3f}" for key, value in shown.items()), flush=True)
    return row
