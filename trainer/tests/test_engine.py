"""The training loops on a small policy: real clips, real sampling, real steps."""

import math
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from helpers import TINY_FRAMES, Folder, World, small_policy, weights

from veripo_trainer.contract import (
    DpoSettings,
    EvalSettings,
    GrpoSettings,
    Question,
    RolloutSettings,
    SftSettings,
)
from veripo_trainer.engine.dpo import train_dpo
from veripo_trainer.engine.grpo import train_grpo
from veripo_trainer.engine.guard import logit_move
from veripo_trainer.engine.run import EngineError, StoppedError
from veripo_trainer.engine.sampling_jobs import sample_questions
from veripo_trainer.engine.sft import train_sft
from veripo_trainer.engine.trainee import Trainee
from veripo_trainer.policy import Policy, Row
from veripo_trainer.world import good_response

GRPO = GrpoSettings(
    frames=TINY_FRAMES,
    learning_rate=1e-3,
    global_batch=8,
    question_batch=2,
    samples_per_question=4,
    max_new_tokens=8,
    micro_batch=8,
    checkpoint_every=1,
)
SFT = SftSettings(frames=TINY_FRAMES, learning_rate=1e-3, global_batch=4, micro_batch=4, checkpoint_every=2)
DPO = DpoSettings(frames=TINY_FRAMES, learning_rate=1e-3, global_batch=4, micro_batch=4, checkpoint_every=2)


class TestSft:
    def test_learns_what_it_is_shown(self, world: World, tmp_path: Path) -> None:
        policy = small_policy()
        run, recorder = world.run(policy, tmp_path)
        train_sft(run, world.demonstrations(), SFT.model_copy(update={"epochs": 15}))
        losses = [metric.values["loss"] for metric in recorder.metrics]
        assert losses[0] is not None and losses[-1] is not None
        assert losses[-1] < losses[0] / 3
        assert [metric.step for metric in recorder.metrics] == list(range(1, 31))
        assert "The model sees the video" in recorder.logs[0].message

    def test_the_micro_batch_changes_nothing(self, world: World, tmp_path: Path) -> None:
        found = []
        for size in (1, 4):
            policy = small_policy()
            run, _ = world.run(policy, tmp_path / str(size))
            train_sft(run, world.demonstrations(), SFT.model_copy(update={"micro_batch": size, "max_steps": 2}))
            found.append(weights(policy))
        torch.testing.assert_close(*found, atol=2e-4, rtol=0)

    def test_a_broken_clip_is_left_out_with_its_reason(self, world: World, tmp_path: Path) -> None:
        shown = world.demonstrations()
        (world.folder / "broken").write_bytes(b"no video")
        broken = shown[0].model_copy(update={"id": "bad", "media": "broken"})
        run, recorder = world.run(small_policy(), tmp_path)
        train_sft(run, [*shown[:3], broken], SFT.model_copy(update={"epochs": 2}))
        warnings = [line for line in recorder.logs if line.level == "warning"]
        assert [line.question_id for line in warnings] == ["bad"]
        assert "can not be read" in warnings[0].message

    def test_nothing_to_show(self, world: World, tmp_path: Path) -> None:
        run, _ = world.run(small_policy(), tmp_path)
        with pytest.raises(EngineError, match="no demonstrations"):
            train_sft(run, [], SFT)


class TestGrpo:
    def test_moves_the_policy_and_says_what_it_did(self, world: World, tmp_path: Path) -> None:
        policy = small_policy()
        before = weights(policy)
        run, recorder = world.run(policy, tmp_path, checkpoints=Folder(tmp_path / "checkpoints"))
        values = train_grpo(run, world.questions, GRPO.model_copy(update={"max_steps": 3}), world.score)
        assert not torch.equal(before, weights(policy))
        assert values["steps"] == 3
        assert len(recorder.rollouts) == 3 * 8
        first = recorder.rollouts[0]
        assert first.frame_indices == list(range(8))
        assert first.frame_times == [index / 2 for index in range(8)]
        assert (first.frame_size, first.video_tokens, first.temperature) == ((56, 56), 16, 1.0)
        assert first.advantage is not None and first.reward is not None
        # A group's advantages sum to 0.
        group = [r.advantage or 0 for r in recorder.rollouts if (r.step, r.question_id) == (0, first.question_id)]
        assert len(group) == 4 and abs(sum(group)) < 1e-4
        names = {"loss", "reward", "rewardStd", "zeroVariance", "entropy", "clipFraction", "gradNorm", "learningRate"}
        assert names <= set(recorder.metrics[0].values)
        # At the first step the policy is the one that sampled: nothing is clipped, and the loss is 0 by construction.
        assert abs(recorder.metrics[0].values["loss"] or 0) < 1e-5
        assert recorder.metrics[0].values["clipFraction"] == 0

    @pytest.mark.parametrize("loss_type", ["grpo", "bnpo", "dr_grpo", "dapo"])
    def test_the_kl_starts_at_zero_and_holds(self, world: World, tmp_path: Path, loss_type: str) -> None:
        policy = small_policy()
        run, recorder = world.run(policy, tmp_path)
        changes = {"beta": 0.1, "max_steps": 3, "loss_type": loss_type, "num_iterations": 3}
        train_grpo(run, world.questions, GRPO.model_copy(update=changes), world.score)
        kl = [metric.values["kl"] or 0.0 for metric in recorder.metrics]
        assert abs(kl[0]) < 1e-6
        assert kl[-1] > kl[0]

    def test_raises_what_is_rewarded(self, world: World, tmp_path: Path) -> None:
        """Answers that begin with one certain token are rewarded: it becomes likelier."""
        policy = small_policy()
        run, recorder = world.run(policy, tmp_path)
        prompt = run.prompt(world.questions[0], GRPO)
        assert prompt

        def likelihoods() -> torch.Tensor:
            with policy.evaluating():
                logits, _, _ = policy.response_logits([Row(prompt, [0])])
            return logits[0, 0].log_softmax(-1)

        token = int(likelihoods().argmax())  # likely enough to be sampled at all
        word = policy.decode([token])
        assert word

        def score(items: list) -> list:
            verdicts = world.score(items)
            hits = [float(item.response == word) for item in items]
            return [v.model_copy(update={"reward": hit}) for v, hit in zip(verdicts, hits, strict=True)]

        def likelihood() -> float:
            return float(likelihoods()[token])

        before = likelihood()
        changes = {
            "max_new_tokens": 1,
            "samples_per_question": 64,
            "global_batch": 64,
            "question_batch": 1,
            "epochs": 1,
        }
        train_grpo(run, world.questions, GRPO.model_copy(update={**changes, "learning_rate": 1e-2}), score)
        assert any((metric.values["reward"] or 0) > 0 for metric in recorder.metrics)
        assert likelihood() > before + 0.5

    def test_a_question_without_truth_is_left_out(self, world: World, tmp_path: Path) -> None:
        run, _ = world.run(small_policy(), tmp_path)
        untold = [question.model_copy(update={"truth": ""}) for question in world.questions]
        with pytest.raises(EngineError, match="No question has a truth"):
            train_grpo(run, untold, GRPO, world.score)

    def test_a_refusing_verifier_ends_the_job_before_any_step(self, world: World, tmp_path: Path) -> None:
        policy = small_policy()
        before = weights(policy)

        def refuse(_items: object) -> list:
            raise EngineError("The verifier refuses")

        run, recorder = world.run(policy, tmp_path)
        with pytest.raises(EngineError, match="refuses"):
            train_grpo(run, world.questions, GRPO, refuse)
        assert torch.equal(before, weights(policy))
        assert recorder.metrics == []


class TestDpo:
    def test_prefers_the_chosen_side(self, world: World, tmp_path: Path) -> None:
        policy = small_policy()
        run, recorder = world.run(policy, tmp_path)
        values = train_dpo(run, world.pairs(), DPO.model_copy(update={"epochs": 4, "nll_weight": 0.1}))
        metrics = [metric.values for metric in recorder.metrics]
        assert metrics[0]["sigmoid"] == pytest.approx(math.log(2), abs=1e-4)
        assert (metrics[-1]["margin"] or 0) > 0.5
        assert metrics[-1]["accuracy"] == 1
        assert values["pairs"] == 8
        assert "frozen" in next(line.message for line in recorder.logs if "sees" in line.message)

    def test_the_visual_tower_stays(self, world: World, tmp_path: Path) -> None:
        policy = small_policy()
        before = [weight.clone() for weight in policy.model.model.visual.parameters()]
        run, _ = world.run(policy, tmp_path)
        train_dpo(run, world.pairs(), DPO.model_copy(update={"max_steps": 2}))
        after = policy.model.model.visual.parameters()
        assert all(torch.equal(a, b) for a, b in zip(before, after, strict=True))

    def test_the_reference_is_computed_once(self, world: World, tmp_path: Path) -> None:
        policy = small_policy()
        run, _ = world.run(policy, tmp_path)
        train_dpo(run, world.pairs(), DPO.model_copy(update={"max_steps": 1}))
        cached = list(tmp_path.glob("reference-*.safetensors"))
        assert len(cached) == 1
        run, recorder = world.run(policy, tmp_path)  # the same job again, its weights moved
        train_dpo(run, world.pairs(), DPO.model_copy(update={"max_steps": 1}))
        assert not any("cached" in line.message for line in recorder.logs)
        assert (recorder.metrics[0].values["margin"] or 0) != 0

    def test_long_responses_are_cut_and_prompts_never(self, world: World, tmp_path: Path) -> None:
        pairs = [pair.model_copy(update={"chosen": "word " * 500}) for pair in world.pairs()]
        run, _ = world.run(small_policy(), tmp_path)
        lengths: list[int] = []
        inner = run.policy.response_logits

        def spy(rows: list[Row], **changes: bool) -> object:
            lengths.extend(len(row.response) for row in rows)
            assert all(row.prompt.ids.count(run.policy.tokens.video) == 16 for row in rows)
            return inner(rows, **changes)

        run.policy.response_logits = spy  # type: ignore[method-assign,assignment]
        train_dpo(run, pairs, DPO.model_copy(update={"max_steps": 1, "max_response_tokens": 20}))
        assert max(lengths) == 20

    def test_an_empty_set_is_refused(self, world: World, tmp_path: Path) -> None:
        run, _ = world.run(small_policy(), tmp_path)
        with pytest.raises(EngineError, match="empty"):
            train_dpo(run, [], DPO)


def stop_after(turns: int) -> Callable[[], bool]:
    asked = iter([False] * turns + [True] * 1000)
    return lambda: next(asked)


class TestGoingOn:
    """A job that is stopped and started again ends with the weights of one that was not."""

    @pytest.mark.parametrize("tuning", ["full", "lora"])
    def test_sft(self, world: World, tmp_path: Path, tuning: str) -> None:
        settings = SFT.model_copy(update={"max_steps": 5, "epochs": 5, "tuning": tuning, "learning_rate": 1e-2})
        whole = small_policy()
        run, _ = world.run(whole, tmp_path / "whole", checkpoints=Folder(tmp_path / "whole" / "out"))
        train_sft(run, world.demonstrations(), settings)

        folder = Folder(tmp_path / "parts" / "out")
        run, _ = world.run(small_policy(), tmp_path / "parts", checkpoints=folder, should_stop=stop_after(3))
        with pytest.raises(StoppedError):
            train_sft(run, world.demonstrations(), settings)
        assert folder.saved[-1] == "step-3"
        resume = folder.root / "step-3"
        policy = small_policy() if tuning == "lora" else Policy.load(resume, dtype=torch.float32)
        run, recorder = world.run(policy, tmp_path / "parts", checkpoints=folder)
        train_sft(run, world.demonstrations(), settings, resume=resume)
        assert [metric.step for metric in recorder.metrics] == [4, 5]

        ends = [Policy.load(tmp_path / part / "out" / "final", dtype=torch.float32) for part in ("whole", "parts")]
        torch.testing.assert_close(weights(ends[0]), weights(ends[1]), atol=1e-6, rtol=0)
        assert not torch.equal(weights(ends[0]), weights(small_policy()))

    def test_grpo(self, world: World, tmp_path: Path) -> None:
        settings = GRPO.model_copy(update={"max_steps": 3, "beta": 0.05})
        whole = small_policy()
        run, recorder = world.run(whole, tmp_path / "whole")
        train_grpo(run, world.questions, settings, world.score)
        expected = [(body.step, body.question_id, body.response) for body in recorder.rollouts]

        folder = Folder(tmp_path / "parts" / "out")
        run, before = world.run(small_policy(), tmp_path / "parts", checkpoints=folder, should_stop=stop_after(2))
        with pytest.raises(StoppedError):
            train_grpo(run, world.questions, settings, world.score)
        resume = folder.root / folder.saved[-1]
        policy = Policy.load(resume, dtype=torch.float32)
        run, after = world.run(policy, tmp_path / "parts", checkpoints=folder)
        train_grpo(run, world.questions, settings, world.score, resume=resume, load_reference=small_policy)
        found = [(body.step, body.question_id, body.response) for body in before.rollouts + after.rollouts]
        assert found == expected
        torch.testing.assert_close(weights(policy), weights(whole), atol=1e-6, rtol=0)


def test_lora_leaves_the_base_alone_and_is_merged_on_disk(world: World, tmp_path: Path) -> None:
    policy = small_policy()
    base = weights(policy)
    run, _ = world.run(policy, tmp_path, checkpoints=Folder(tmp_path / "out"))
    train_sft(
        run, world.demonstrations(), SFT.model_copy(update={"tuning": "lora", "max_steps": 3, "learning_rate": 1e-2})
    )
    inner = [w.detach().flatten() for name, w in policy.model.named_parameters() if "lora_" not in name]
    assert torch.equal(torch.cat(inner), base)
    merged = Policy.load(tmp_path / "out" / "final", dtype=torch.float32)
    prompt = run.prompt(world.questions[0], SFT)
    assert prompt
    rows = [Row(prompt, policy.response("<think>It is red.</think>"))]
    with policy.evaluating(), merged.evaluating():
        torch.testing.assert_close(policy.response_logits(rows)[0], merged.response_logits(rows)[0], atol=1e-4, rtol=0)


@pytest.mark.parametrize("optimizer", ["adamw", "adamw-8bit"])
@pytest.mark.parametrize("tuning", ["full", "lora"])
def test_bfloat16_trains_saves_and_goes_on(world: World, tmp_path: Path, tuning: str, optimizer: str) -> None:
    """The types of a GPU, on a CPU."""
    folder = Folder(tmp_path / "out")
    changes = {"tuning": tuning, "optimizer": optimizer, "learning_rate": 1e-3, "gradient_checkpointing": True}
    settings = GRPO.model_copy(update={**changes, "max_steps": 2, "beta": 0.01})
    policy = small_policy().move(torch.bfloat16)
    before = weights(policy)
    run, recorder = world.run(policy, tmp_path, checkpoints=folder, should_stop=stop_after(1))
    with pytest.raises(StoppedError):
        train_grpo(run, world.questions, settings, world.score)
    resume = folder.root / folder.saved[-1]
    again = small_policy().move(torch.bfloat16) if tuning == "lora" else Policy.load(resume, dtype=torch.bfloat16)
    run, more = world.run(again, tmp_path, checkpoints=folder)
    train_grpo(run, world.questions, settings, world.score, resume=resume, load_reference=lambda: policy)
    assert [metric.step for metric in recorder.metrics + more.metrics] == [1, 2]
    final = Policy.load(folder.root / "final", dtype=torch.bfloat16)
    assert final.model.dtype == torch.bfloat16
    assert not torch.equal(weights(final), before)


def test_the_reference_of_lora_is_the_policy_without_adapters(world: World, tmp_path: Path) -> None:
    policy = small_policy()
    run, _ = world.run(policy, tmp_path)
    prompt = run.prompt(world.questions[0], SFT)
    assert prompt
    rows = [Row(prompt, [300, 301])]
    with policy.evaluating():
        expected, _, _ = policy.response_logits(rows)
    settings = SFT.model_copy(update={"tuning": "lora"})
    trainee = Trainee(run, settings, total_steps=1)
    with torch.no_grad():
        for name, weight in policy.model.named_parameters():
            if "lora_B" in name:
                weight.normal_()
    with trainee.referring(trainee.reference(None)) as reference:
        torch.testing.assert_close(reference.response_logits(rows)[0], expected)
    with policy.evaluating():
        assert not torch.allclose(policy.response_logits(rows)[0], expected)


class TestGuard:
    def test_blanking_moves_the_logits(self, world: World, tmp_path: Path) -> None:
        policy = small_policy()
        run, _ = world.run(policy, tmp_path)
        prompt = run.prompt(world.questions[0], SFT)
        assert prompt
        assert logit_move(policy, Row(prompt, [300, 301])) > 0.01

    def test_a_model_that_does_not_see_is_refused(self, world: World, tmp_path: Path) -> None:
        policy = small_policy()
        with torch.no_grad():
            policy.model.model.visual.merger.mlp[2].weight.zero_()
        run, _ = world.run(policy, tmp_path)
        with pytest.raises(EngineError, match="does not see the video"):
            train_sft(run, world.demonstrations(), SFT)

    def test_equal_rewards_are_no_blindness(self, world: World, tmp_path: Path) -> None:
        """No advantage and no KL yet: no gradient anywhere, and still the model sees."""
        run, recorder = world.run(small_policy(), tmp_path)

        def flat(items: list) -> list:
            return [verdict.model_copy(update={"reward": 1.0}) for verdict in world.score(items)]

        train_grpo(run, world.questions, GRPO.model_copy(update={"beta": 0.1, "max_steps": 2}), flat)
        assert [metric.values["zeroVariance"] for metric in recorder.metrics] == [1, 1]

    def test_a_gradient_pass_without_the_tower_is_refused(self, world: World, tmp_path: Path) -> None:
        """What TRL does: the placeholders are read as words."""
        policy = small_policy()
        run, _ = world.run(policy, tmp_path)
        inner = policy.embed

        def blind(prompts: list, ids: torch.Tensor, *, blank: bool = False) -> torch.Tensor:
            if torch.is_grad_enabled():
                embeddings: torch.Tensor = policy.model.get_input_embeddings()(ids)
                return embeddings
            return inner(prompts, ids, blank=blank)

        policy.embed = blind  # type: ignore[method-assign,assignment]
        with pytest.raises(EngineError, match="trains blind"):
            train_sft(run, world.demonstrations(), SFT)


class TestSamplingJobs:
    def test_rollouts(self, world: World, tmp_path: Path) -> None:
        run, recorder = world.run(small_policy(), tmp_path)
        settings = RolloutSettings(frames=TINY_FRAMES, samples_per_question=2, max_new_tokens=4, question_batch=3)
        values = sample_questions(run, world.questions, settings, world.score)
        assert len(recorder.rollouts) == 16 == values["rollouts"]
        assert [metric.step for metric in recorder.metrics] == [1, 2, 3]
        assert {metric.phase for metric in recorder.metrics} == {"rollout"}

    def test_what_was_answered_is_not_asked_again(self, world: World, tmp_path: Path) -> None:
        settings = EvalSettings(frames=TINY_FRAMES, max_new_tokens=4)
        run, first = world.run(small_policy(), tmp_path)
        expected = sample_questions(run, world.questions, settings, world.score)
        run, second = world.run(small_policy(), tmp_path)
        values = sample_questions(run, world.questions, settings, world.score, known=first.rollouts[:5])
        assert len(second.rollouts) == 3
        assert values["reward"] == pytest.approx(expected["reward"])
        assert [body.temperature for body in first.rollouts] == [0.0] * 8

    def test_an_evaluation_may_be_drawn(self, world: World, tmp_path: Path) -> None:
        settings = EvalSettings(frames=TINY_FRAMES, max_new_tokens=4, temperature=1, samples_per_question=2)
        run, recorder = world.run(small_policy(), tmp_path)
        sample_questions(run, world.questions, settings, world.score)
        assert [body.sample for body in recorder.rollouts] == [0, 1] * 8
        assert {body.temperature for body in recorder.rollouts} == {1.0}
        assert {metric.phase for metric in recorder.metrics} == {"eval"}

    def test_questions_without_truth_are_answered_and_not_scored(self, world: World, tmp_path: Path) -> None:
        questions = [Question.model_validate({**world.questions[0].model_dump(), "truth": ""}), *world.questions[1:]]
        run, recorder = world.run(small_policy(), tmp_path)
        sample_questions(run, questions, EvalSettings(frames=TINY_FRAMES, max_new_tokens=4), world.score)
        by_id = {body.question_id: body.reward for body in recorder.rollouts}
        assert by_id[questions[0].id] is None
        assert by_id[questions[1].id] is not None


def test_a_good_response_is_what_the_policy_learns(world: World) -> None:
    item = next(iter(world.items.values()))
    assert good_response(item.scene, item.asked).endswith(f"<answer>{item.asked.truth}</answer>")
