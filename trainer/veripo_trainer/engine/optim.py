"""AdamW for weights in bfloat16, which torch's own cannot train at 1e-6: such a step is lost in rounding."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor

BLOCK = 256


class LowMemoryAdamW(torch.optim.Optimizer):
    """AdamW in float32 arithmetic over weights of any type.

    With `eight_bit` the moments are kept in 8 bits, in blocks of 256 with a scale each, and weights in bfloat16 are
    rounded up or down at random so that small steps arrive on average: 6 bytes per weight with its gradient. Without,
    weights in bfloat16 have a float32 copy beside them: 16 bytes.

    Source:
        8-bit moments in blocks: arXiv:2110.02861 (here linear, the second moment as its root); random rounding:
        arXiv:2010.06192.
    """

    def __init__(
        self,
        params: Iterable[Tensor],
        *,
        lr: float,
        betas: tuple[float, float],
        weight_decay: float,
        eps: float = 1e-8,
        eight_bit: bool = False,
    ) -> None:
        """Takes the weights and the usual settings."""
        super().__init__(params, {"lr": lr, "betas": betas, "weight_decay": weight_decay, "eps": eps})
        self._eight_bit = eight_bit

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        """One step for every weight that has a gradient."""
        if closure is not None:
            raise ValueError("no closure is called")
        for group in self.param_groups:
            for param in group["params"]:
                if param.grad is not None:
                    self._update(param, group)

    def _update(self, param: Tensor, group: dict[str, Any]) -> None:
        state = self.state[param]
        if not state:
            self._begin(param, state)
        state["step"] += 1
        step, (beta1, beta2) = float(state["step"]), group["betas"]
        grad = param.grad.float() if param.grad is not None else torch.zeros_like(param, dtype=torch.float32)
        first, root = self._moments(state, param.shape)
        first.lerp_(grad, 1 - beta1)
        second = root.square_().mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
        root = second.sqrt()
        self._keep(state, first, root)

        weight = state["master"] if "master" in state else param.float()
        weight.mul_(1 - group["lr"] * group["weight_decay"])
        size = group["lr"] / (1 - beta1**step)
        weight.addcdiv_(first, root / (1 - beta2**step) ** 0.5 + group["eps"], value=-size)
        if param.dtype == torch.bfloat16 and "master" not in state:
            param.copy_(round_at_random(weight))
        else:
            param.copy_(weight)

    def _begin(self, param: Tensor, state: dict[str, Tensor]) -> None:
        state["step"] = torch.zeros((), dtype=torch.float32)
        if self._eight_bit:
            blocks = -(-param.numel() // BLOCK)
            for name, kind in (("first", torch.int8), ("root", torch.uint8)):
                state[name] = torch.zeros(blocks, BLOCK, dtype=kind, device=param.device)
                state[f"{name}_scale"] = torch.zeros(blocks, 1, device=param.device)
            return
        for name in ("first", "root"):
            state[name] = torch.zeros_like(param, dtype=torch.float32)
        if param.dtype != torch.float32:
            state["master"] = param.detach().float()

    def _moments(self, state: dict[str, Tensor], shape: torch.Size) -> tuple[Tensor, Tensor]:
        if not self._eight_bit:
            return state["first"], state["root"].clone()
        first, root = (
            (state[name].float() * state[f"{name}_scale"]).view(-1)[: shape.numel()].view(shape)
            for name in ("first", "root")
        )
        return first, root

    def _keep(self, state: dict[str, Tensor], first: Tensor, root: Tensor) -> None:
        if not self._eight_bit:
            state["root"].copy_(root)
            return
        for name, value, levels in (("first", first, 127), ("root", root, 255)):
            padded = torch.nn.functional.pad(value.flatten(), (0, -value.numel() % BLOCK)).view(-1, BLOCK)
            scale = padded.abs().amax(-1, keepdim=True) / levels
            state[f"{name}_scale"] = scale
            quotient = padded / scale.clamp(min=1e-30)
            # A second moment that rounds to 0 would make the next step of its weight huge: round it up.
            rounded = quotient.ceil() if name == "root" else quotient.round()
            state[name].copy_(rounded.clamp(-levels, levels))


def round_at_random(value: Tensor) -> Tensor:
    """float32 to bfloat16, up with the probability of the part that is cut off, so that the mean is kept."""
    bits = value.contiguous().view(torch.int32)
    noise = torch.randint_like(bits, 1 << 16)
    return ((bits + noise) & -65536).view(torch.float32).to(torch.bfloat16)
