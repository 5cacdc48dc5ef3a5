"""On the same tensors our losses give TRL's numbers. TRL is no dependency: the test is skipped where it is absent."""

from types import SimpleNamespace
from typing import Any

import pytest
import torch
from torch import Tensor

from veripo_trainer.losses import LOSS_TYPES, LossType, group_advantages, policy_loss, preference_loss, sequence_logprob

trl = pytest.importorskip("trl", reason="TRL is not installed: pip install 'veripo-trainer[test]'")

BATCH, TOKENS, VOCAB, MAX_TOKENS = 8, 11, 17, 24
BETA, CLIP_LOW, CLIP_HIGH = 0.04, 0.2, 0.28


def random(seed: int, *shape: int, spread: float = 1.0) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed)) * spread


def logprobs(seed: int) -> Tensor:
    return random(seed, BATCH, TOKENS, VOCAB).log_softmax(-1)[..., 0]


def mask() -> Tensor:
    lengths = torch.tensor([1, 11, 4, 7, 2, 9, 3, 11]).unsqueeze(1)
    return torch.arange(TOKENS).unsqueeze(0) < lengths


class Accelerator:
    """What TRL's loss asks of accelerate, for one process."""

    num_processes = 1
    device = torch.device("cpu")
    sync_gradients = True

    def gather(self, value: Tensor) -> Tensor:
        return value

    def gather_for_metrics(self, value: Tensor) -> Tensor:
        return value

    def reduce(self, value: Tensor, reduction: str = "sum") -> Tensor:
        return value


class Metrics(dict[str, Any]):
    """A dictionary of dictionaries of lists, however deep TRL writes."""

    def __missing__(self, key: str) -> Any:  # noqa: ANN401 - TRL's own shape
        self[key] = Metrics()
        return self[key]

    def append(self, value: float) -> None:
        self["last"] = value


def trl_grpo(
    loss_type: LossType, policy: Tensor, old: Tensor, reference: Tensor, advantages: Tensor, accumulation: int
) -> Tensor:
    """TRL's GRPO loss, its forward pass replaced by given log-probabilities."""
    from trl.trainer.grpo_trainer import GRPOTrainer

    trainer = GRPOTrainer.__new__(GRPOTrainer)
    args = SimpleNamespace(delta=None, use_bias_correction_kl=False, steps_per_generation=accumulation, temperature=1.0)
    settings = {
        "args": args,
        "beta": BETA,
        "loss_type": loss_type,
        "epsilon_low": CLIP_LOW,
        "epsilon_high": CLIP_HIGH,
        "importance_sampling_level": "token",
        "max_completion_length": MAX_TOKENS,
        "top_entropy_quantile": 1.0,
        "off_policy_mask_threshold": None,
        "use_vllm": False,
        "vllm_importance_sampling_correction": False,
        "aux_loss_enabled": False,
        "_entropy_bonus_enabled": False,
        "use_adaptive_entropy": False,
        "current_gradient_accumulation_steps": accumulation,
        "model": SimpleNamespace(training=True),
        "accelerator": Accelerator(),
        "_metrics": Metrics(),
    }
    for name, value in settings.items():
        object.__setattr__(trainer, name, value)
    entropies = torch.zeros_like(policy)
    object.__setattr__(trainer, "_get_per_token_logps_and_entropies", lambda *_, **__: (policy, entropies, None))
    ids = torch.zeros(BATCH, TOKENS, dtype=torch.long)
    inputs = {
        "prompt_ids": ids[:, :1],
        "prompt_mask": torch.ones_like(ids[:, :1]),
        "completion_ids": ids,
        "completion_mask": mask().long(),
        "advantages": advantages,
        "old_per_token_logps": old,
        "ref_per_token_logps": reference,
        "num_items_in_batch": mask().sum() * accumulation,
    }
    loss: Tensor = trainer._compute_loss(None, inputs)
    return loss


@pytest.mark.parametrize("accumulation", [1, 3])
@pytest.mark.parametrize("loss_type", LOSS_TYPES)
def test_grpo(loss_type: LossType, accumulation: int) -> None:
    old, reference = logprobs(1), logprobs(2)
    advantages = group_advantages(random(3, BATCH), 4, scale="group").values
    ours, theirs = ((old + random(4, BATCH, TOKENS, spread=0.3)).detach().requires_grad_() for _ in range(2))

    loss = policy_loss(
        ours,
        old,
        advantages,
        mask(),
        reference=reference,
        loss_type=loss_type,
        beta=BETA,
        clip_low=CLIP_LOW,
        clip_high=CLIP_HIGH,
        max_tokens=MAX_TOKENS,
        accumulation=accumulation,
        step_tokens=mask().sum() * accumulation,
    ).loss
    expected = trl_grpo(loss_type, theirs, old, reference, advantages, accumulation)
    loss.backward()  # type: ignore[no-untyped-call]
    expected.backward()  # type: ignore[no-untyped-call]

    torch.testing.assert_close(loss, expected, atol=1e-5, rtol=0)
    torch.testing.assert_close(ours.grad, theirs.grad, atol=1e-5, rtol=0)


class Policy(torch.nn.Module):
    """A model whose log-probabilities are given, shaped as TRL's fused head returns them."""

    def __init__(self, values: Tensor) -> None:
        super().__init__()
        self.values = torch.nn.Parameter(values)

    def forward(self, *, labels: Tensor, **_: object) -> SimpleNamespace:
        own = torch.where(labels[:, 1:] != -100, self.values, 0.0)
        nothing = torch.zeros_like(own)
        return SimpleNamespace(log_probs=own, entropy=nothing, mean_logits=nothing, is_top1=nothing.bool())


def trl_dpo(nll_weight: float, policy: Policy, reference: Tensor, completion: Tensor, beta: float) -> Tensor:
    """TRL's DPO loss over given log-probabilities; chosen are the first half of the rows."""
    from trl.trainer.dpo_trainer import DPOTrainer

    trainer = DPOTrainer.__new__(DPOTrainer)
    chosen_reference, rejected_reference = sequence_logprob(reference, completion[:, 1:]).chunk(2)
    settings = {
        "args": SimpleNamespace(gradient_checkpointing_kwargs=None, gradient_checkpointing=False),
        "beta": beta,
        "loss_types": ["sigmoid", "sft"] if nll_weight else ["sigmoid"],
        "loss_weights": [1.0, nll_weight] if nll_weight else [1.0],
        "label_smoothing": 0.0,
        "f_divergence_type": "reverse_kl",
        "f_alpha_divergence_coef": 1.0,
        "ld_alpha": None,
        "use_weighting": False,
        "precompute_ref_logps": True,
        "aux_loss_enabled": False,
        "model": SimpleNamespace(training=True),
        "accelerator": Accelerator(),
        "_metrics": Metrics(),
        "_total_train_tokens": 0,
        "_tp_size": 1,
    }
    for name, value in settings.items():
        object.__setattr__(trainer, name, value)
    inputs = {
        "input_ids": torch.zeros_like(completion, dtype=torch.long),
        "attention_mask": torch.ones_like(completion, dtype=torch.long),
        "completion_mask": completion.long(),
        "ref_chosen_logps": chosen_reference,
        "ref_rejected_logps": rejected_reference,
    }
    loss: Tensor = trainer._compute_loss(policy, inputs, return_outputs=False)
    return loss


@pytest.mark.parametrize("nll_weight", [0.0, 0.1])
def test_dpo(nll_weight: float) -> None:
    beta = 0.1
    # One place more than log-probabilities: the first token of a row has nothing before it to be predicted from.
    completion = torch.cat([torch.zeros(BATCH, 1, dtype=torch.bool), mask()], dim=1)
    ours, reference = logprobs(5).requires_grad_(), logprobs(6)
    policy = Policy(logprobs(5))

    chosen, rejected = sequence_logprob(ours, mask()).chunk(2)
    reference_chosen, reference_rejected = sequence_logprob(reference, mask()).chunk(2)
    loss = preference_loss(
        chosen,
        rejected,
        reference_chosen,
        reference_rejected,
        beta=beta,
        nll_weight=nll_weight,
        chosen_tokens=mask().sum(-1).chunk(2)[0],
    ).loss
    expected = trl_dpo(nll_weight, policy, reference, completion, beta)
    loss.backward()  # type: ignore[no-untyped-call]
    expected.backward()  # type: ignore[no-untyped-call]

    torch.testing.assert_close(loss, expected, atol=1e-5, rtol=0)
    torch.testing.assert_close(ours.grad, policy.values.grad, atol=1e-5, rtol=0)
