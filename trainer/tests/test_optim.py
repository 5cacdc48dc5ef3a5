import pytest
import torch

from veripo_trainer.engine.optim import LowMemoryAdamW, round_at_random


def train(optimizer_of: type, dtype: torch.dtype, **changes: object) -> tuple[float, torch.Tensor]:
    """200 steps towards a random target; returns the mean squared distance and the weights."""
    generator = torch.Generator().manual_seed(0)
    target = torch.randn(700, generator=generator)
    weight = torch.nn.Parameter(torch.zeros(700, dtype=dtype))
    optimizer = optimizer_of([weight], lr=0.02, betas=(0.9, 0.99), weight_decay=0.0, **changes)
    for _ in range(200):
        optimizer.zero_grad()
        ((weight.float() - target) ** 2).mean().backward()
        optimizer.step()
    return float(((weight.detach().float() - target) ** 2).mean()), weight.detach()


def test_in_float32_it_is_adamw() -> None:
    _, ours = train(LowMemoryAdamW, torch.float32)
    _, theirs = train(torch.optim.AdamW, torch.float32)
    torch.testing.assert_close(ours, theirs, atol=1e-5, rtol=0)


@pytest.mark.parametrize(
    ("dtype", "eight_bit"), [(torch.bfloat16, False), (torch.bfloat16, True), (torch.float32, True)]
)
def test_converges(dtype: torch.dtype, eight_bit: bool) -> None:
    torch.manual_seed(0)
    distance, _ = train(LowMemoryAdamW, dtype, eight_bit=eight_bit)
    assert distance < 0.01


def test_steps_too_small_for_bfloat16_add_up() -> None:
    """1e-4 is lost beside 1 in bfloat16, whose next value is 1.0078: 300 such steps must arrive at about 1.03."""
    for eight_bit in (False, True):
        torch.manual_seed(0)
        weight = torch.nn.Parameter(torch.ones(4096, dtype=torch.bfloat16))
        optimizer = LowMemoryAdamW([weight], lr=1e-4, betas=(0.9, 0.999), weight_decay=0.0, eight_bit=eight_bit)
        for _ in range(300):
            weight.grad = -torch.ones_like(weight)
            optimizer.step()
        assert float(weight.detach().float().mean()) == pytest.approx(1.03, abs=0.003)


def test_rounding_at_random_keeps_the_mean() -> None:
    torch.manual_seed(0)
    value = torch.full((100_000,), 1.002)
    rounded = round_at_random(value)
    assert set(rounded.float().tolist()) == {1.0, 1.0078125}
    assert float(rounded.float().mean()) == pytest.approx(1.002, abs=1e-4)
