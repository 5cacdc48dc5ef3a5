"""In which order data is seen, and in which portions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import torch

from veripo_trainer.sampling import row_seed

Item = TypeVar("Item")


def epoch_order(seed: int, epoch: int, count: int) -> list[int]:
    """A permutation of `range(count)` that follows from seed and epoch alone, so that a restart sees the same."""
    generator = torch.Generator().manual_seed(row_seed(seed, "order", epoch))
    order: list[int] = torch.randperm(count, generator=generator).tolist()
    return order


def micro_batches(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """Portions of at most `size`, in order."""
    for at in range(0, len(items), size):
        yield items[at : at + size]


def by_length(items: Sequence[Item], length: Callable[[Item], int]) -> list[Item]:
    """The items with those of like length beside each other: a micro batch is padded to its longest row."""
    return sorted(items, key=length)
