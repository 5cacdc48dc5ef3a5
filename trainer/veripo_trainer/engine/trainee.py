"""The policy under training: which weights move, by which optimizer, and how to go on after a crash."""

from __future__ import annotations

import copy
import json
import math
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import torch
from peft import LoraConfig, inject_adapter_in_model
from peft.tuners.lora import Linear
from peft.tuners.tuners_utils import BaseTunerLayer
from safetensors.torch import load_file, save_file
from torch import Tensor

from veripo_trainer.contract import TrainingSettings
from veripo_trainer.engine.optim import LowMemoryAdamW
from veripo_trainer.engine.run import EngineError, Run
from veripo_trainer.policy import Policy

OPTIMIZER_FILE = "optimizer.safetensors"
STATE_FILE = "trainer_state.json"
# Matrices of the language model: the visual tower and the head stay as they are.
LORA_TARGETS = r".*language_model\..*\.(q_proj|k_proj|v_proj|o_proj|gate_proj|up_proj|down_proj)"


class Trainee:
    """Weights, optimizer and schedule of a job."""

    def __init__(self, run: Run, settings: TrainingSettings, *, total_steps: int) -> None:
        """Prepares `run.policy` for training in place.

        Args:
            run: the job.
            settings: which weights are trained, and how.
            total_steps: optimizer steps of the whole job, for the schedule.
        """
        self.policy = run.policy
        self.step_count = 0
        self._settings = settings
        self._total_steps = total_steps
        model = self.policy.model
        model.train()
        if settings.gradient_checkpointing:
            model.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
        if settings.tuning == "lora":
            _add_lora(self.policy, settings, run.seed)
        elif settings.freeze_visual:
            model.model.visual.requires_grad_(False)
        self._trained = {name: weight for name, weight in model.named_parameters() if weight.requires_grad}
        self._optimizer = _optimizer(self._trained, settings)

    def learning_rate(self) -> float:
        """Of the next step."""
        settings = self._settings
        if self.step_count < settings.warmup_steps:
            return settings.learning_rate * (self.step_count + 1) / settings.warmup_steps
        if settings.schedule == "constant":
            return settings.learning_rate
        span = max(1, self._total_steps - settings.warmup_steps)
        done = min(1.0, (self.step_count - settings.warmup_steps) / span)
        share = 1 - done if settings.schedule == "linear" else (1 + math.cos(math.pi * done)) / 2
        return settings.learning_rate * share

    def step(self) -> dict[str, float]:
        """Clips the gradients that were gathered, moves the weights, and reports.

        Raises:
            EngineError: the gradient is not finite; the weights have not moved.
        """
        rate = self.learning_rate()
        norm = float(torch.nn.utils.clip_grad_norm_(self._trained.values(), self._settings.max_grad_norm))
        if not math.isfinite(norm):
            raise EngineError(f"The gradient of step {self.step_count + 1} is not finite")
        for group in self._optimizer.param_groups:
            group["lr"] = rate
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        self.step_count += 1
        return {"gradNorm": norm, "learningRate": rate}

    # --- Weights on disk ------------------------------------------------------------------------------------------

    def save(self, folder: Path, *, resumable: bool) -> None:
        """Writes a Hugging Face folder, adapters merged in; with `resumable` also what training goes on from."""
        with torch.no_grad():
            self.policy.save(folder, self._merged())
        if not resumable:
            return
        tensors = {
            f"{name}|{key}": value.contiguous()
            for name, weight in self._trained.items()
            for key, value in self._optimizer.state.get(weight, {}).items()
        }
        if self._settings.tuning == "lora":
            tensors |= {f"adapter|{name}": weight.detach().contiguous() for name, weight in self._trained.items()}
        save_file(tensors, folder / OPTIMIZER_FILE)
        (folder / STATE_FILE).write_text(json.dumps({"step": self.step_count}))

    def resume(self, folder: Path) -> None:
        """Goes on from a resumable checkpoint. With full tuning the policy must have been loaded from it already."""
        self.step_count = int(json.loads((folder / STATE_FILE).read_text())["step"])
        tensors = load_file(folder / OPTIMIZER_FILE)
        for name, weight in self._trained.items():
            if f"adapter|{name}" in tensors:
                with torch.no_grad():
                    weight.copy_(tensors[f"adapter|{name}"])
            prefix = f"{name}|"
            state = {key.removeprefix(prefix): value for key, value in tensors.items() if key.startswith(prefix)}
            if state:
                on_device = {key: value if value.ndim == 0 else value.to(weight.device) for key, value in state.items()}
                self._optimizer.state[weight] = on_device

    def _merged(self) -> dict[str, Tensor] | None:
        """The weights of a plain model; None where the policy is one. What is trained is not touched.

        Merging in place and taking it back would change the base a little with every checkpoint.
        """
        if self._settings.tuning != "lora":
            return None
        state = self.policy.model.state_dict()
        plain = {re.sub(r"\.base_layer\b", "", name): value for name, value in state.items() if "lora_" not in name}
        for name, module in self.policy.model.named_modules():
            if isinstance(module, Linear):
                weight = plain[f"{name}.weight"]
                delta = module.get_delta_weight("default")
                plain[f"{name}.weight"] = (weight.float() + delta.float()).to(weight.dtype).cpu()
        return plain

    # --- The reference --------------------------------------------------------------------------------------------

    def reference(self, load: Callable[[], Policy] | None) -> Callable[[], Policy]:
        """The policy that training began with, to be called under `referring`.

        With LoRA it is the policy without its adapters; else a second copy of the weights.

        Args:
            load: reads the starting weights again; None copies the present ones, which are the starting weights
                unless the job goes on from a checkpoint.
        """
        if self._settings.tuning == "lora":
            return lambda: self.policy
        frozen = load() if load else Policy(copy.deepcopy(self.policy.model), self.policy.tokenizer)
        frozen.model.requires_grad_(False)
        frozen.move(self.policy.device)
        return lambda: frozen

    @contextmanager
    def referring(self, reference: Callable[[], Policy]) -> Iterator[Policy]:
        """The reference, in evaluation and without gradient; adapters are switched off meanwhile."""
        policy = reference()
        layers = list(_lora_layers(policy)) if policy is self.policy else []
        for layer in layers:
            layer.enable_adapters(False)
        try:
            with policy.evaluating():
                yield policy
        finally:
            for layer in layers:
                layer.enable_adapters(True)


def _optimizer(trained: dict[str, torch.nn.Parameter], settings: TrainingSettings) -> torch.optim.Optimizer:
    betas = (settings.adam_beta1, settings.adam_beta2)
    weights = list(trained.values())
    eight_bit = settings.optimizer == "adamw-8bit"
    if eight_bit or any(weight.dtype != torch.float32 for weight in weights):
        return LowMemoryAdamW(
            weights,
            lr=settings.learning_rate,
            betas=betas,
            weight_decay=settings.weight_decay,
            eight_bit=eight_bit,
        )
    return torch.optim.AdamW(weights, lr=settings.learning_rate, betas=betas, weight_decay=settings.weight_decay)


def _add_lora(policy: Policy, settings: TrainingSettings, seed: int) -> None:
    policy.model.requires_grad_(False)
    config = LoraConfig(
        r=settings.lora_rank,
        lora_alpha=settings.lora_alpha,
        lora_dropout=settings.lora_dropout,
        target_modules=LORA_TARGETS,
        bias="none",
    )
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        inject_adapter_in_model(config, policy.model)
    # Adapters in bfloat16 would lose small steps, and they are few.
    for name, weight in policy.model.named_parameters():
        if "lora_" in name:
            weight.data = weight.data.float()
    if settings.gradient_checkpointing:
        policy.model.enable_input_require_grads()  # type: ignore[no-untyped-call]


def _lora_layers(policy: Policy) -> Iterator[BaseTunerLayer]:
    yield from (module for module in policy.model.modules() if isinstance(module, BaseTunerLayer))
