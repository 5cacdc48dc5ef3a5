"""The losses of GRPO and DPO, and what is reported about them.

Flat functions on tensors: nothing here samples, logs, moves between devices or knows a model. Every function says the
shape and unit of what it takes. "Ratio" is always probability under the policy in training over probability under the
policy that sampled.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

import torch
from torch import Tensor
from torch.nn import functional as F

LossType = Literal["grpo", "bnpo", "dr_grpo", "dapo"]
Scale = Literal["group", "batch", "none"]

LOSS_TYPES: tuple[LossType, ...] = get_args(LossType)
SCALES: tuple[Scale, ...] = get_args(Scale)

# Added to a standard deviation before dividing by it, so that a group of almost equal rewards stays finite.
ADVANTAGE_EPS = 1e-4


class Advantages(NamedTuple):
    """What a batch of rewards becomes.

    Attributes:
        values: one advantage per completion; 0 where there was no reward. (B,), standard deviations of the reward,
            or units of reward with scale "none".
        group_mean: mean reward of each group over its scored completions; NaN where none was scored. (B / G,).
        group_std: standard deviation (ddof 1) of each group; NaN where fewer than two were scored. (B / G,).
        zero_variance: share of groups whose scored rewards are all equal: they teach nothing. In [0, 1].
    """

    values: Tensor
    group_mean: Tensor
    group_std: Tensor
    zero_variance: Tensor


class PolicyLoss(NamedTuple):
    """The loss of a micro-batch and what to report about it; all are scalars, only `loss` has a gradient.

    Attributes:
        loss: to be summed over the micro-batches of an optimizer step.
        kl: mean k3 estimate of KL(policy || reference) over the sampled tokens, nats; 0 without a reference.
        approx_kl: the same against the policy that sampled.
        clip_fraction: share of sampled tokens whose gradient the clip removed, in [0, 1].
        tokens: sampled tokens in the micro-batch, to weigh the means with.
    """

    loss: Tensor
    kl: Tensor
    approx_kl: Tensor
    clip_fraction: Tensor
    tokens: Tensor


class PreferenceLoss(NamedTuple):
    """The loss of a batch of pairs and what to report about it; all are scalars, only `loss` has a gradient.

    Attributes:
        loss: sigmoid loss plus `nll_weight` times `nll`.
        sigmoid: mean of -log sigmoid(beta * margin), nats.
        nll: mean negative log-probability of a chosen token, nats; 0 when it has no weight.
        reward_chosen: mean implicit reward beta * (policy - reference) of the chosen sides, nats.
        reward_rejected: the same of the rejected sides.
        margin: mean of the difference of both.
        accuracy: share of pairs whose chosen side has the larger implicit reward, in [0, 1].
    """

    loss: Tensor
    sigmoid: Tensor
    nll: Tensor
    reward_chosen: Tensor
    reward_rejected: Tensor
    margin: Tensor
    accuracy: Tensor


def nan_std(values: Tensor) -> Tensor:
    """Standard deviation (ddof 1) over the last dimension, NaN entries left out.

    Args:
        values: (..., N), any unit. NaN means missing.

    Returns:
        (...), the same unit; NaN where fewer than two values are present.
    """
    present = ~values.isnan()
    count = present.sum(-1)
    mean = values.nanmean(-1, keepdim=True)
    squares = torch.where(present, values - mean, 0.0).square().sum(-1)
    return torch.where(count > 1, (squares / (count - 1).clamp(min=1)).sqrt(), torch.nan)


def group_advantages(rewards: Tensor, group_size: int, *, scale: Scale, eps: float = ADVANTAGE_EPS) -> Advantages:
    """How much better each completion was than the others of its question.

    A_i = (R_i - mean of its group) / (sigma + eps). A missing reward (NaN) counts in no mean and no sigma and has
    advantage 0. In a group of which fewer than two were scored nobody can be better: all its advantages are 0.

    Args:
        rewards: one per completion, the groups one after the other. (B,), NaN where nothing could be scored.
        group_size: G, completions per question; divides B.
        scale: sigma: the group's standard deviation, the batch's, or no division at all.
        eps: added to sigma.

    Raises:
        ValueError: `rewards` is not flat, or B is no multiple of `group_size`, or `scale` is unknown.

    Source:
        GRPO, arXiv:2402.03300, section 4.1.2; scale "none": Dr. GRPO, arXiv:2503.20783; eps and ddof as in TRL.
    """
    if rewards.ndim != 1 or group_size < 1 or rewards.numel() % group_size:
        raise ValueError(f"want rewards (B,) with B a multiple of {group_size}, got {tuple(rewards.shape)}")
    if scale not in SCALES:
        raise ValueError(f"scale must be one of {SCALES}, got {scale!r}")

    grouped = rewards.float().view(-1, group_size)  # (Q, G)
    mean = grouped.nanmean(-1)
    std = nan_std(grouped)
    centred = grouped - mean.unsqueeze(-1)
    if scale == "group":
        centred = centred / (std.unsqueeze(-1) + eps)
    elif scale == "batch":
        centred = centred / (nan_std(grouped.flatten()) + eps)
    # A lone reward has a std of NaN but a centred value of 0, and stays 0 under every scale.
    values = torch.nan_to_num(centred, nan=0.0).flatten()
    scored = ~std.isnan()
    flat = torch.isclose(std, torch.zeros_like(std)) & scored
    zero_variance = flat.sum() / scored.sum().clamp(min=1)
    return Advantages(values, mean, std, zero_variance)


def token_logprobs(logits: Tensor, tokens: Tensor, *, temperature: float = 1.0) -> Tensor:
    """Log-probability of each token under the distribution it was, or would be, sampled from.

    Args:
        logits: scores for the place of each token, before temperature. (B, T, V).
        tokens: the tokens. (B, T), int64.
        temperature: what the sampler divided the logits by; the policy is the tempered distribution.

    Returns:
        (B, T), float32, nats.

    Raises:
        ValueError: the shapes disagree, or the temperature is not positive.
    """
    if logits.shape[:-1] != tokens.shape or not temperature > 0:
        raise ValueError(f"want logits (B, T, V), tokens (B, T), got {tuple(logits.shape)} and {tuple(tokens.shape)}")
    # float32 before the softmax: in bf16 the sum over a large vocabulary loses the third digit.
    scaled = logits.float() / temperature
    return scaled.gather(-1, tokens.unsqueeze(-1)).squeeze(-1) - scaled.logsumexp(-1)


def token_entropy(logits: Tensor, *, temperature: float = 1.0) -> Tensor:
    """Entropy of the distribution at each place.

    Args:
        logits: (B, T, V); -inf marks tokens that can not be sampled.
        temperature: as in `token_logprobs`.

    Returns:
        (B, T), float32, nats: 0 is certain, log V is uniform.
    """
    logprobs = (logits.float() / temperature).log_softmax(-1)
    # A suppressed token has p = 0 and log p = -inf, and its product is 0 by continuity.
    return -torch.where(logprobs.isneginf(), 0.0, logprobs.exp() * logprobs).sum(-1)


def k3(logprobs: Tensor, reference: Tensor) -> Tensor:
    """Per-token estimate of KL(policy || reference) from tokens that the policy sampled.

    exp(d) - d - 1 with d = reference - logprobs: never negative, unbiased, and of low variance.

    Args:
        logprobs: under the policy. (B, T), nats.
        reference: under the reference. (B, T), nats.

    Source:
        http://joschu.net/blog/kl-approx.html
    """
    difference = reference - logprobs
    return difference.exp() - difference - 1


def policy_loss(
    logprobs: Tensor,
    old_logprobs: Tensor,
    advantages: Tensor,
    mask: Tensor,
    *,
    reference: Tensor | None = None,
    loss_type: LossType,
    beta: float,
    clip_low: float,
    clip_high: float,
    max_tokens: int,
    accumulation: float = 1,
    step_tokens: Tensor | None = None,
) -> PolicyLoss:
    """Clipped surrogate of one micro-batch, with an optional KL term, averaged as `loss_type` says.

    L_t = -min(r_t A, clip(r_t, 1 - clip_low, 1 + clip_high) A) + beta * k3_t, r_t = exp(logprobs_t - old_logprobs_t).

    | loss_type | the micro-batch's part of the loss of an optimizer step |
    |---|---|
    | grpo    | mean over completions of their token means, / accumulation |
    | bnpo    | mean over the tokens of the micro-batch, / accumulation |
    | dr_grpo | sum of L / (B * max_tokens), / accumulation: long completions weigh more, short ones are no bonus |
    | dapo    | sum of L / tokens of the whole step: every token of the step weighs the same |

    Args:
        logprobs: log p of each sampled token under the policy in training. (B, T), nats.
        old_logprobs: the same under the policy that sampled, without gradient. (B, T), nats.
        advantages: one per completion, shared by its tokens. (B,).
        mask: True where the policy sampled the token; prompt and padding are False. (B, T), bool.
        reference: log p under the reference policy, for the KL term and its report. (B, T), nats.
        loss_type: how the tokens are averaged.
        beta: weight of the KL term; needs `reference` when not 0.
        clip_low: how far the ratio may fall below 1, e.g. 0.2.
        clip_high: how far it may rise above 1, e.g. 0.28.
        max_tokens: the sampling limit; used by dr_grpo.
        accumulation: micro-batches per optimizer step, or completions of the step over those of this one; used by all
            but dapo.
        step_tokens: sampled tokens of all micro-batches of the step, a scalar; needed by dapo.

    Raises:
        ValueError: shapes disagree, `mask` is not bool, or an argument that the loss needs is missing.

    Source:
        grpo arXiv:2402.03300 eq. 3; dr_grpo arXiv:2503.20783; dapo arXiv:2503.14476; bnpo arXiv:2506.02864. The
        normalisers are those of TRL 1.x, and a test holds them to its numbers.
    """
    if not logprobs.shape == old_logprobs.shape == mask.shape or advantages.shape != logprobs.shape[:1]:
        shapes = [tuple(t.shape) for t in (logprobs, old_logprobs, mask, advantages)]
        raise ValueError(f"want logprobs, old_logprobs, mask (B, T) and advantages (B,), got {shapes}")
    if mask.dtype != torch.bool:
        raise ValueError(f"mask must be bool, got {mask.dtype}")
    if beta != 0 and reference is None:
        raise ValueError("a KL term needs the log-probabilities of the reference")

    # Padding may hold NaN or -inf: select before exp, since NaN * 0 would still reach the gradient.
    log_ratio = torch.where(mask, logprobs - old_logprobs, 0.0)
    ratio = log_ratio.exp()
    advantage = advantages.unsqueeze(-1)  # (B, 1)
    unclipped = ratio * advantage
    clipped = ratio.clamp(1 - clip_low, 1 + clip_high) * advantage
    per_token = -torch.minimum(unclipped, clipped)  # (B, T)

    per_token_kl = torch.zeros_like(per_token)
    if reference is not None:
        per_token_kl = k3(torch.where(mask, logprobs, 0.0), torch.where(mask, reference, 0.0))
    if beta != 0:
        per_token = per_token + beta * per_token_kl

    tokens = mask.sum()
    at_least_one = tokens.clamp(min=1)
    with torch.no_grad():
        kl = (per_token_kl * mask).sum() / at_least_one
        approx_kl = (ratio - 1 - log_ratio).sum() / at_least_one  # masked tokens add 0
        clip_fraction = ((clipped < unclipped) & mask).sum() / at_least_one
    loss = _average(per_token, mask, loss_type, max_tokens, accumulation, step_tokens)
    return PolicyLoss(loss, kl, approx_kl, clip_fraction, tokens)


def _average(
    per_token: Tensor,
    mask: Tensor,
    loss_type: LossType,
    max_tokens: int,
    accumulation: float,
    step_tokens: Tensor | None,
) -> Tensor:
    """(B, T) to a scalar, by the table of `policy_loss`."""
    selected = per_token * mask
    if loss_type == "grpo":
        return (selected.sum(-1) / mask.sum(-1).clamp(min=1)).mean() / accumulation
    if loss_type == "bnpo":
        return selected.sum() / mask.sum().clamp(min=1) / accumulation
    if loss_type == "dr_grpo":
        return selected.sum() / (per_token.shape[0] * max_tokens) / accumulation
    if loss_type == "dapo":
        if step_tokens is None:
            raise ValueError("dapo averages over the tokens of the step: say how many there are")
        return selected.sum() / step_tokens.clamp(min=1)
    raise ValueError(f"loss_type must be one of {LOSS_TYPES}, got {loss_type!r}")


def sequence_logprob(logprobs: Tensor, mask: Tensor) -> Tensor:
    """Log-probability of each completion: the sum over its tokens.

    Args:
        logprobs: (B, T), nats; anything, even NaN, where the mask is False.
        mask: True on the tokens of the completion. (B, T), bool.

    Returns:
        (B,), nats.
    """
    return torch.where(mask, logprobs, 0.0).sum(-1)


def preference_loss(
    chosen: Tensor,
    rejected: Tensor,
    reference_chosen: Tensor,
    reference_rejected: Tensor,
    *,
    beta: float,
    nll_weight: float = 0.0,
    chosen_tokens: Tensor | None = None,
) -> PreferenceLoss:
    """DPO with the sigmoid loss, and optionally the likelihood of the chosen side beside it.

    loss = mean -log sigmoid(beta * [(chosen - reference_chosen) - (rejected - reference_rejected)])
           + nll_weight * (-sum(chosen) / sum(chosen_tokens)).

    Args:
        chosen: log p of each chosen completion under the policy, summed over its tokens. (B,), nats.
        rejected: the same of the rejected ones. (B,), nats.
        reference_chosen: under the reference, without gradient. (B,), nats.
        reference_rejected: under the reference, without gradient. (B,), nats.
        beta: how strongly the policy is held to the reference, e.g. 0.1.
        nll_weight: weight of the likelihood term, which keeps the chosen side from sinking with the rejected one.
        chosen_tokens: tokens of each chosen completion; needed when `nll_weight` is not 0. (B,), int.

    Raises:
        ValueError: the shapes disagree, or `chosen_tokens` is missing.

    Source:
        DPO, arXiv:2305.18290, eq. 7; the likelihood term as in arXiv:2404.19733, eq. 1, but as a mean over the tokens
        of the batch, which is TRL's `loss_type=["sigmoid", "sft"]`.
    """
    shapes = [tuple(t.shape) for t in (chosen, rejected, reference_chosen, reference_rejected)]
    if chosen.ndim != 1 or len(set(shapes)) != 1:
        raise ValueError(f"want four (B,), got {shapes}")
    if nll_weight != 0 and (chosen_tokens is None or chosen_tokens.shape != chosen.shape):
        raise ValueError("the likelihood term needs the number of tokens of each chosen completion, (B,)")

    reward_chosen = beta * (chosen - reference_chosen)
    reward_rejected = beta * (rejected - reference_rejected)
    margin = reward_chosen - reward_rejected
    sigmoid = -F.logsigmoid(margin).mean()
    nll = torch.zeros_like(sigmoid)
    if nll_weight != 0 and chosen_tokens is not None:
        nll = -chosen.sum() / chosen_tokens.sum().clamp(min=1)
    return PreferenceLoss(
        loss=sigmoid + nll_weight * nll,
        sigmoid=sigmoid.detach(),
        nll=nll.detach(),
        reward_chosen=reward_chosen.detach().mean(),
        reward_rejected=reward_rejected.detach().mean(),
        margin=margin.detach().mean(),
        accuracy=(margin.detach() > 0).float().mean(),
    )


def likelihood_loss(logprobs: Tensor, mask: Tensor, *, step_tokens: Tensor) -> Tensor:
    """Negative log-likelihood of the demonstrated tokens of a micro-batch, as its part of the step's token mean.

    Args:
        logprobs: (B, T), nats.
        mask: True on the tokens to learn. (B, T), bool.
        step_tokens: such tokens in all micro-batches of the optimizer step, a scalar.

    Returns:
        A scalar, nats per token.
    """
    return -torch.where(mask, logprobs, 0.0).sum() / step_tokens.clamp(min=1)
