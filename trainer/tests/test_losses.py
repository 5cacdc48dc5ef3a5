"""Every number here was derived by hand; the derivation stands beside it."""

import math

import pytest
import torch
from torch import Tensor

from veripo_trainer.losses import (
    LossType,
    group_advantages,
    k3,
    likelihood_loss,
    nan_std,
    policy_loss,
    preference_loss,
    sequence_logprob,
    token_entropy,
    token_logprobs,
)

NAN = math.nan
LN2 = math.log(2)


def close(actual: Tensor, expected: float | list[float] | list[list[float]], atol: float = 1e-6) -> None:
    torch.testing.assert_close(actual.detach().float(), torch.tensor(expected), atol=atol, rtol=0, equal_nan=True)


class TestGroupAdvantages:
    # [0, 2]: mean 1, ddof-1 std sqrt((1 + 1) / 1) = 1.414214; [1, 1]: mean 1, std 0; batch: mean 1, std sqrt(2 / 3).
    rewards = torch.tensor([0.0, 2.0, 1.0, 1.0])

    @pytest.mark.parametrize(
        ("scale", "expected"),
        [
            ("group", [-1 / (math.sqrt(2) + 1e-4), 1 / (math.sqrt(2) + 1e-4), 0.0, 0.0]),
            ("batch", [-1 / (math.sqrt(2 / 3) + 1e-4), 1 / (math.sqrt(2 / 3) + 1e-4), 0.0, 0.0]),
            ("none", [-1.0, 1.0, 0.0, 0.0]),
        ],
    )
    def test_scales(self, scale: str, expected: list[float]) -> None:
        result = group_advantages(self.rewards, 2, scale=scale)  # type: ignore[arg-type]
        close(result.values, expected)
        close(result.group_mean, [1.0, 1.0])
        close(result.group_std, [math.sqrt(2), 0.0])
        close(result.zero_variance, 0.5)

    @pytest.mark.parametrize(
        ("name", "rewards", "expected"),
        [
            # Mean and std over 0 and 2 only.
            ("a missing reward is in no mean", [0.0, NAN, 2.0], [-1.0, 0.0, 1.0]),
            ("a lone reward is no better than itself", [5.0, NAN, NAN], [0.0, 0.0, 0.0]),
            ("nothing scored", [NAN, NAN, NAN], [0.0, 0.0, 0.0]),
        ],
    )
    def test_missing(self, name: str, rewards: list[float], expected: list[float]) -> None:
        close(group_advantages(torch.tensor(rewards), 3, scale="none").values, expected)
        by_group = group_advantages(torch.tensor(rewards), 3, scale="group").values
        close(by_group, [value / (math.sqrt(2) + 1e-4) for value in expected])

    def test_unscored_groups_are_not_counted_as_flat(self) -> None:
        close(group_advantages(torch.tensor([1.0, 1.0, NAN, NAN]), 2, scale="group").zero_variance, 1.0)

    def test_groups_of_one_have_no_advantage(self) -> None:
        close(group_advantages(torch.tensor([3.0, 4.0]), 1, scale="group").values, [0.0, 0.0])

    @pytest.mark.parametrize(("shape", "group", "scale"), [((4, 1), 2, "group"), ((5,), 2, "group"), ((4,), 2, "max")])
    def test_refuses(self, shape: tuple[int, ...], group: int, scale: str) -> None:
        with pytest.raises(ValueError, match="want rewards|scale must be"):
            group_advantages(torch.zeros(shape), group, scale=scale)  # type: ignore[arg-type]


def test_nan_std() -> None:
    # 1, 2, 3: std 1; 1 and 3: sqrt(2); one value: unknown.
    close(nan_std(torch.tensor([[1.0, 2.0, 3.0], [1.0, NAN, 3.0], [NAN, NAN, 7.0]])), [1.0, math.sqrt(2), NAN])


class TestTokens:
    # Logits ln 1 and ln 3: p = 1/4, 3/4. At temperature 1/2 they double: p = 1/10, 9/10.
    logits = torch.tensor([[[0.0, math.log(3.0)]]])

    @pytest.mark.parametrize(("temperature", "token", "p"), [(1.0, 0, 1 / 4), (1.0, 1, 3 / 4), (0.5, 0, 1 / 10)])
    def test_logprobs(self, temperature: float, token: int, p: float) -> None:
        close(token_logprobs(self.logits, torch.tensor([[token]]), temperature=temperature), [[math.log(p)]])

    def test_entropy(self) -> None:
        expected = -(math.log(1 / 4) / 4 + 3 * math.log(3 / 4) / 4)
        close(token_entropy(self.logits), [[expected]])

    def test_a_suppressed_token_adds_no_entropy(self) -> None:
        close(token_entropy(torch.tensor([[[0.0, 0.0, -math.inf]]])), [[LN2]])

    def test_bfloat16_logits_are_summed_in_float32(self) -> None:
        logits = torch.zeros(1, 1, 100_000, dtype=torch.bfloat16)
        close(token_logprobs(logits, torch.tensor([[0]])), [[-math.log(100_000)]], atol=1e-4)

    @pytest.mark.parametrize("temperature", [0.0, -1.0, NAN])
    def test_refuses_a_temperature(self, temperature: float) -> None:
        with pytest.raises(ValueError, match="want logits"):
            token_logprobs(self.logits, torch.tensor([[0]]), temperature=temperature)


def test_k3() -> None:
    # d = ln 2: 2 - ln 2 - 1; d = -ln 2: 1/2 + ln 2 - 1; d = 0: 0.
    close(k3(torch.tensor([0.0, LN2, 1.0]), torch.tensor([LN2, 0.0, 1.0])), [1 - LN2, LN2 - 0.5, 0.0])


class TestPolicyLoss:
    """Two completions: ratios 1, 2 with A = +1, and 0.5 with A = -1, then padding that holds NaN.

    With clip 0.2 / 0.28: L = -1, -1.28 (clipped from 2), and -min(-0.5, -0.8) = +0.8 (clipped up to 0.8).
    """

    mask = torch.tensor([[True, True], [True, False]])
    old = torch.zeros(2, 2)
    advantages = torch.tensor([1.0, -1.0])

    def logprobs(self) -> Tensor:
        return torch.tensor([[0.0, LN2], [-LN2, NAN]], requires_grad=True)

    def loss(self, loss_type: LossType, **changes: object) -> tuple[Tensor, Tensor]:
        logprobs = self.logprobs()
        arguments: dict[str, object] = {
            "loss_type": loss_type,
            "beta": 0.0,
            "clip_low": 0.2,
            "clip_high": 0.28,
            "max_tokens": 10,
            "step_tokens": torch.tensor(6),
        }
        result = policy_loss(logprobs, self.old, self.advantages, self.mask, **{**arguments, **changes})  # type: ignore[arg-type]
        result.loss.backward()  # type: ignore[no-untyped-call]
        assert logprobs.grad is not None
        close(result.clip_fraction, 2 / 3)
        # k3 against the sampler: ratios 1, 2, 1/2 give 0, 1 - ln 2, ln 2 - 1/2; their sum is 1/2.
        close(result.approx_kl, 0.5 / 3)
        return result.loss, logprobs.grad

    @pytest.mark.parametrize(
        ("loss_type", "expected", "weight"),
        [
            # weight: how much one L of the first token counts; its gradient is -ratio * A * weight.
            ("grpo", ((-1 - 1.28) / 2 + 0.8) / 2, 1 / 4),
            ("bnpo", (-1 - 1.28 + 0.8) / 3, 1 / 3),
            ("dr_grpo", (-1 - 1.28 + 0.8) / 20, 1 / 20),
            ("dapo", (-1 - 1.28 + 0.8) / 6, 1 / 6),
        ],
    )
    def test_types(self, loss_type: LossType, expected: float, weight: float) -> None:
        loss, grad = self.loss(loss_type)
        close(loss, expected)
        close(grad, [[-weight, 0.0], [0.0, 0.0]])

    @pytest.mark.parametrize("loss_type", ["grpo", "bnpo", "dr_grpo"])
    def test_accumulation_divides(self, loss_type: LossType) -> None:
        close(self.loss(loss_type, accumulation=4)[0] * 4, self.loss(loss_type)[0].item())

    def test_micro_batches_of_dapo_add_up_to_the_step(self) -> None:
        parts = [
            policy_loss(
                self.logprobs().detach()[row : row + 1],
                self.old[row : row + 1],
                self.advantages[row : row + 1],
                self.mask[row : row + 1],
                loss_type="dapo",
                beta=0.0,
                clip_low=0.2,
                clip_high=0.28,
                max_tokens=10,
                step_tokens=torch.tensor(3),
            ).loss
            for row in (0, 1)
        ]
        close(parts[0] + parts[1], (-1 - 1.28 + 0.8) / 3)

    def test_kl_is_added_and_reported(self) -> None:
        # The reference is at 0 everywhere: d = 0, -ln 2, ln 2 -> k3 = 0, ln 2 - 1/2, 1 - ln 2; sum 1/2.
        logprobs = self.logprobs()
        result = policy_loss(
            logprobs,
            self.old,
            self.advantages,
            self.mask,
            reference=torch.tensor([[0.0, 0.0], [0.0, NAN]]),
            loss_type="bnpo",
            beta=0.04,
            clip_low=0.2,
            clip_high=0.28,
            max_tokens=10,
        )
        close(result.kl, 0.5 / 3)
        close(result.loss, (-1 - 1.28 + 0.8 + 0.04 * 0.5) / 3)

    def test_nothing_sampled_is_zero_with_a_graph(self) -> None:
        logprobs = self.logprobs()
        empty = torch.zeros_like(self.mask)
        result = policy_loss(
            logprobs,
            self.old,
            self.advantages,
            empty,
            loss_type="grpo",
            beta=0.0,
            clip_low=0.2,
            clip_high=0.2,
            max_tokens=1,
        )
        result.loss.backward()  # type: ignore[no-untyped-call]
        close(result.loss, 0.0)
        assert logprobs.grad is not None
        close(logprobs.grad, [[0.0, 0.0], [0.0, 0.0]])

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"mask": torch.ones(2, 2)}, "mask must be bool"),
            ({"advantages": torch.ones(3)}, "want logprobs"),
            ({"beta": 0.1}, "needs the log-probabilities"),
            ({"loss_type": "dapo"}, "how many"),
            ({"loss_type": "ppo"}, "loss_type must be"),
        ],
    )
    def test_refuses(self, changes: dict[str, object], message: str) -> None:
        arguments: dict[str, object] = {
            "logprobs": self.old,
            "old_logprobs": self.old,
            "advantages": self.advantages,
            "mask": self.mask,
            "loss_type": "grpo",
            "beta": 0.0,
            "clip_low": 0.2,
            "clip_high": 0.2,
            "max_tokens": 4,
        }
        with pytest.raises(ValueError, match=message):
            policy_loss(**{**arguments, **changes})  # type: ignore[arg-type]


class TestPreferenceLoss:
    """One pair: policy -10 and -12, reference -11 and -11, so the difference is 1 - (-1) = 2; beta 0.1: 0.2."""

    sides = tuple(torch.tensor([value]) for value in (-10.0, -12.0, -11.0, -11.0))
    sigmoid = math.log(1 + math.exp(-0.2))

    def test_sigmoid(self) -> None:
        result = preference_loss(*self.sides, beta=0.1)
        close(result.loss, self.sigmoid)
        close(result.reward_chosen, 0.1)
        close(result.reward_rejected, -0.1)
        close(result.margin, 0.2)
        close(result.accuracy, 1.0)

    def test_nll_is_a_token_mean(self) -> None:
        result = preference_loss(*self.sides, beta=0.1, nll_weight=0.5, chosen_tokens=torch.tensor([4]))
        close(result.nll, 2.5)
        close(result.loss, self.sigmoid + 1.25)

    def test_an_untrained_policy_starts_at_ln_2(self) -> None:
        chosen, rejected, _, _ = self.sides
        result = preference_loss(chosen, rejected, chosen, rejected, beta=0.1)
        close(result.loss, LN2)
        close(result.accuracy, 0.0)  # equal is not better

    def test_gradient(self) -> None:
        # d/dm of -log sigmoid(m) is -sigmoid(-m); times beta for the chosen side.
        chosen = torch.tensor([-10.0], requires_grad=True)
        preference_loss(chosen, *self.sides[1:], beta=0.1).loss.backward()  # type: ignore[no-untyped-call]
        assert chosen.grad is not None
        close(chosen.grad, [-0.1 / (1 + math.exp(0.2))])

    def test_refuses(self) -> None:
        with pytest.raises(ValueError, match="want four"):
            preference_loss(*self.sides[:3], torch.zeros(2), beta=0.1)
        with pytest.raises(ValueError, match="number of tokens"):
            preference_loss(*self.sides, beta=0.1, nll_weight=1.0)


def test_sequence_logprob_leaves_padding_out() -> None:
    close(sequence_logprob(torch.tensor([[-1.0, -2.0, NAN]]), torch.tensor([[True, True, False]])), [-3.0])


def test_likelihood_loss() -> None:
    logprobs = torch.tensor([[-1.0, -2.0], [-3.0, NAN]])
    mask = torch.tensor([[True, True], [True, False]])
    close(likelihood_loss(logprobs, mask, step_tokens=torch.tensor(12)), 0.5)
