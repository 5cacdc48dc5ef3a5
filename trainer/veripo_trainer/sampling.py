"""Sampling responses: a prompt is read once, and its keys and values are shared by all samples of its group."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import torch
from torch import Tensor
from transformers import DynamicCache

from veripo_trainer.policy import Policy, Prompt

# Finished rows are taken out of the batch when so many of them are: the rest then costs less.
COMPACT_BELOW = 0.6


class Sample(NamedTuple):
    """One response. `ids` ends in the end token unless the limit cut it off."""

    ids: list[int]
    finish_reason: Literal["stop", "length"]


def row_seed(*parts: object) -> int:
    """A seed that depends on what is sampled and not on where it stands in a batch."""
    digest = hashlib.sha256("\n".join(str(part) for part in parts).encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def sample(
    policy: Policy,
    prompts: Sequence[Prompt],
    seeds: Sequence[Sequence[int]],
    *,
    max_new_tokens: int,
    temperature: float,
    top_p: float = 1.0,
) -> list[list[Sample]]:
    """Draws one response per seed for each prompt.

    A row's random numbers come from its own seed, so that a batch of another size gives the same responses.

    Args:
        policy: samples in evaluation mode.
        prompts: what is asked.
        seeds: of the samples of each prompt; the same number for all.
        max_new_tokens: after which a response is cut off.
        temperature: 0 is greedy; then the seeds mean nothing.
        top_p: the smallest set of tokens with at least this probability is sampled from.

    Returns:
        The samples of each prompt, in the order of its seeds.
    """
    group = len(seeds[0])
    draws = torch.stack([_draws(seed, max_new_tokens) for row in seeds for seed in row]).to(policy.device)
    with policy.evaluating():
        logits, cache, attention = _read(policy, prompts)
        if group > 1:
            cache.batch_repeat_interleave(group)
        logits, attention = (each.repeat_interleave(group, dim=0) for each in (logits, attention))
        following = torch.tensor([prompt.next_position for prompt in prompts], device=policy.device)
        texts = _decode(
            policy,
            cache,
            logits,
            attention,
            following.repeat_interleave(group),
            draws,
            temperature=temperature,
            top_p=top_p,
        )
    samples = [Sample(ids, "stop" if ids[-1] == policy.tokens.end else "length") for ids in texts]
    return [samples[at : at + group] for at in range(0, len(samples), group)]


def _draws(seed: int, count: int) -> Tensor:
    return torch.rand(count, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def _read(policy: Policy, prompts: Sequence[Prompt]) -> tuple[Tensor, Any, Tensor]:
    """Reads the prompts, padded on the left: the logits of the first token (B, V), the cache, the mask (B, P)."""
    longest = max(len(prompt.ids) for prompt in prompts)
    ids = torch.full((len(prompts), longest), policy.tokens.pad)
    attention = torch.zeros(len(prompts), longest, dtype=torch.bool)
    positions = torch.zeros(3, len(prompts), longest, dtype=torch.long)
    for index, prompt in enumerate(prompts):
        start = longest - len(prompt.ids)
        ids[index, start:] = torch.tensor(prompt.ids)
        attention[index, start:] = True
        positions[:, index, start:] = prompt.positions
    ids, attention = ids.to(policy.device), attention.to(policy.device)
    cache = DynamicCache(config=policy.model.config)
    hidden = policy.model.model.language_model(
        inputs_embeds=policy.embed(prompts, ids),
        attention_mask=attention,
        position_ids=positions.to(policy.device),
        past_key_values=cache,
        use_cache=True,
    ).last_hidden_state
    return policy.model.lm_head(hidden[:, -1]), cache, attention


def _decode(
    policy: Policy,
    cache: Any,  # noqa: ANN401 - the library's cache is typed loosely
    logits: Tensor,
    attention: Tensor,
    following: Tensor,
    draws: Tensor,
    *,
    temperature: float,
    top_p: float,
) -> list[list[int]]:
    """Token by token until every row has ended; returns the tokens of each row."""
    rows, limit = draws.shape
    texts: list[list[int]] = [[] for _ in range(rows)]
    alive = torch.arange(rows, device=draws.device)  # row of the batch -> row of the answer
    running = torch.ones(rows, dtype=torch.bool, device=draws.device)
    for step in range(limit):
        tokens = _pick(policy.suppress(logits), draws[alive, step], temperature, top_p)
        for row, token, is_running in zip(alive.tolist(), tokens.tolist(), running.tolist(), strict=True):
            if is_running:
                texts[row].append(token)
        running &= tokens != policy.tokens.end
        left = int(running.sum())
        if left == 0 or step == limit - 1:
            break
        if left < COMPACT_BELOW * running.numel():
            kept = running.nonzero().squeeze(1)
            cache.batch_select_indices(kept)
            tokens, alive, attention = tokens[kept], alive[kept], attention[kept]
            running = running[kept]
        attention = torch.cat([attention, attention.new_ones(attention.shape[0], 1)], dim=1)
        positions = (following[alive] + step).view(1, -1, 1).expand(3, -1, 1)
        hidden = policy.model.model.language_model(
            inputs_embeds=policy.model.get_input_embeddings()(tokens.unsqueeze(1)),
            attention_mask=attention,
            position_ids=positions,
            past_key_values=cache,
            use_cache=True,
        ).last_hidden_state
        logits = policy.model.lm_head(hidden[:, -1])
    return texts


def _pick(logits: Tensor, draws: Tensor, temperature: float, top_p: float) -> Tensor:
    """One token per row, by inverting the cumulative distribution at `draws`. (B, V), (B,) to (B,)."""
    if temperature == 0:
        return logits.argmax(-1)
    probabilities = (logits.float() / temperature).softmax(-1)
    if top_p < 1:
        ordered, order = probabilities.sort(descending=True)
        beyond = ordered.cumsum(-1) - ordered >= top_p
        probabilities = torch.zeros_like(probabilities).scatter(-1, order, ordered.masked_fill(beyond, 0.0))
    # float64, since the last digits of a sum over 150,000 words decide about rare ones.
    cumulative = probabilities.double().cumsum(-1)
    wanted = draws.unsqueeze(-1) * cumulative[:, -1:]
    picked = torch.searchsorted(cumulative, wanted, right=True).squeeze(-1)
    # A draw that rounds up to the very end would pick a word of probability 0.
    return torch.minimum(picked, (probabilities > 0).long().cumsum(-1).argmax(-1))
