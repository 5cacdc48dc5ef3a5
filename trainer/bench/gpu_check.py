"""What one GPU does with the 7B architecture: group sampling, GRPO and DPO on long videos, against plain `generate`.

    python trainer/bench/gpu_check.py --out FOLDER        (one GPU, torch and transformers; about ten minutes)
    python trainer/bench/gpu_check.py --smoke             (any machine: tiny shapes, the figures mean nothing)

Weights are random, so that nothing has to be downloaded; time and memory do not depend on their values. The sampling,
the losses and the optimizer are the trainer's own; only the job around them is left out.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import torch  # noqa: E402 - the trainer is found only now
import transformers  # noqa: E402
from transformers import Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration  # noqa: E402

from veripo_trainer.engine.optim import LowMemoryAdamW  # noqa: E402
from veripo_trainer.frames import Clip, FrameSample, patchify  # noqa: E402
from veripo_trainer.losses import (  # noqa: E402
    group_advantages,
    likelihood_loss,
    policy_loss,
    preference_loss,
    sequence_logprob,
    token_logprobs,
)
from veripo_trainer.policy import Policy, Prompt, Row  # noqa: E402
from veripo_trainer.sampling import row_seed, sample  # noqa: E402
from veripo_trainer.tiny import build_config, build_model, build_tokenizer  # noqa: E402
from veripo_trainer.world import (  # noqa: E402
    INSTRUCTION,
    TOPICS,
    ask,
    draw_scene,
    good_response,
    render,
    tokenizer_corpus,
    tokenizer_phrases,
)


@dataclass(frozen=True)
class Shape:
    """What is measured."""

    frames: int = 128
    height: int = 224
    width: int = 420
    new_tokens: int = 256
    group: int = 8
    micro_batch: int = 2
    repeats: int = 2


SMOKE = Shape(frames=8, height=56, width=56, new_tokens=12, group=4, micro_batch=2, repeats=1)


def seven_b(token: Callable[[str], int]) -> Qwen2_5_VLConfig:
    """The configuration of Qwen2.5-VL-7B-Instruct; special tokens are those of the small tokenizer."""
    return Qwen2_5_VLConfig(
        text_config={
            "vocab_size": 152_064,
            "hidden_size": 3584,
            "intermediate_size": 18_944,
            "num_hidden_layers": 28,
            "num_attention_heads": 28,
            "num_key_value_heads": 4,
            "max_position_embeddings": 128_000,
            "rms_norm_eps": 1e-6,
            "rope_parameters": {"rope_type": "default", "rope_theta": 1e6, "mrope_section": [16, 24, 24]},
            "bos_token_id": token("<|endoftext|>"),
            "eos_token_id": token("<|im_end|>"),
            "pad_token_id": token("<|endoftext|>"),
        },
        vision_config={
            "depth": 32,
            "hidden_size": 1280,
            "intermediate_size": 3420,
            "num_heads": 16,
            "out_hidden_size": 3584,
            "window_size": 112,
            "fullatt_block_indexes": [7, 15, 23, 31],
            "tokens_per_second": 2,
        },
        image_token_id=token("<|image_pad|>"),
        video_token_id=token("<|video_pad|>"),
        vision_start_token_id=token("<|vision_start|>"),
        vision_end_token_id=token("<|vision_end|>"),
        tie_word_embeddings=False,
    )


class Check:
    """The policy, and the figures so far."""

    def __init__(self, device: torch.device, shape: Shape, *, smoke: bool) -> None:
        self.device = device
        self.shape = shape
        self.smoke = smoke
        self.figures: dict[str, Any] = {}
        tokenizer = build_tokenizer(tokenizer_corpus(), tokenizer_phrases())

        def token(text: str) -> int:
            return int(str(tokenizer.convert_tokens_to_ids(text)))

        self.dtype = torch.float32 if smoke else torch.bfloat16
        config = build_config(tokenizer, width=64, layers=2) if smoke else seven_b(token)
        began = time.monotonic()
        torch.set_default_dtype(self.dtype)
        try:
            with torch.device(device):
                model = Qwen2_5_VLForConditionalGeneration(config)  # type: ignore[no-untyped-call]
        finally:
            torch.set_default_dtype(torch.float32)
        self.policy = Policy(model, tokenizer)
        # No response may end early: all are measured at full length.
        self.policy.tokens = replace(self.policy.tokens, end=config.get_text_config().vocab_size - 1)
        self.figures["parameters"] = sum(weight.numel() for weight in model.parameters())
        self.figures["buildSeconds"] = time.monotonic() - began

    def prompt(self, seed: int) -> Prompt:
        """A question about a video of noise; what is on it costs nothing."""
        shape = self.shape
        generator = torch.Generator().manual_seed(seed)
        pixels = torch.randint(
            0, 256, (shape.frames, 3, shape.height, shape.width), dtype=torch.uint8, generator=generator
        )
        sampled = FrameSample(tuple(range(shape.frames)), tuple(i / 2 for i in range(shape.frames)), 2.0, 1.0)
        return self.policy.prompt(f"What happens? {INSTRUCTION}", Clip(pixels, sampled, shape.frames, 2.0))

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Seconds and peak memory of what is inside; the first time is not counted, see `measured`."""
        if self.device.type == "cuda":
            torch.cuda.synchronize()
            torch.cuda.reset_peak_memory_stats()
        began = time.monotonic()
        yield
        if self.device.type == "cuda":
            torch.cuda.synchronize()
            self.figures[f"{name}PeakGiB"] = torch.cuda.max_memory_allocated() / 2**30
        self.figures[f"{name}Seconds"] = time.monotonic() - began

    def measured(self, name: str, work: Callable[[int], Any]) -> Any:  # noqa: ANN401 - whatever `work` gives
        """Does the work once to warm up, then with the clock on; keeps the fastest time."""
        result = work(0)
        times = []
        for repeat in range(1, self.shape.repeats + 1):
            with self.timed(name):
                result = work(repeat)
            times.append(self.figures[f"{name}Seconds"])
        self.figures[f"{name}Seconds"] = min(times)
        print(
            f"{name}: {min(times):.2f} s, peak {self.figures.get(f'{name}PeakGiB', float('nan')):.1f} GiB", flush=True
        )
        return result

    # --- What is measured -----------------------------------------------------------------------------------------

    def sampling(self) -> list[Row]:
        """Group sampling, and the library's `generate` for the same responses."""
        shape, policy = self.shape, self.policy
        prompt = self.prompt(0)
        self.figures["promptTokens"] = len(prompt.ids)

        def group(seed: int) -> list[Row]:
            seeds = [[row_seed(seed, index) for index in range(shape.group)]]
            drawn = sample(policy, [prompt], seeds, max_new_tokens=shape.new_tokens, temperature=1.0)[0]
            return [Row(prompt, each.ids) for each in drawn]

        rows: list[Row] = self.measured("sampling", group)
        assert all(len(row.response) == shape.new_tokens for row in rows)
        tokens = shape.group * shape.new_tokens
        self.figures["samplingTokensPerSecond"] = tokens / self.figures["samplingSeconds"]
        self.figures["samplesPerSecond"] = shape.group / self.figures["samplingSeconds"]

        media = prompt.media
        assert media is not None
        ids = torch.tensor([prompt.ids], device=self.device)
        kinds = (ids == policy.tokens.video).int() * 2

        def generate(_seed: int) -> torch.Tensor:
            model: Any = policy.model
            with policy.evaluating():
                output: torch.Tensor = model.generate(
                    input_ids=ids,
                    attention_mask=torch.ones_like(ids),
                    mm_token_type_ids=kinds,
                    pixel_values_videos=patchify(media.pixels).to(self.device, self.dtype),
                    video_grid_thw=torch.tensor([media.grid], device=self.device),
                    second_per_grid_ts=torch.tensor([1.0], device=self.device),
                    do_sample=True,
                    num_return_sequences=shape.group,
                    max_new_tokens=shape.new_tokens,
                    min_new_tokens=shape.new_tokens,
                )
            return output

        self.measured("generate", generate)
        self.figures["generateTokensPerSecond"] = tokens / self.figures["generateSeconds"]
        return rows

    def training(self, rows: list[Row]) -> None:
        """A GRPO question and a DPO pair, all weights trained, moments in 8 bits."""
        policy, shape = self.policy, self.shape
        model = policy.model
        model.train()
        model.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
        settings: dict[str, Any] = {"lr": 1e-6, "betas": (0.9, 0.999), "weight_decay": 0.0}
        optimizer = LowMemoryAdamW(model.parameters(), eight_bit=not self.smoke, **settings)
        advantages = group_advantages(torch.arange(shape.group).float(), shape.group, scale="group").values

        def grpo(_seed: int) -> None:
            for at in range(0, shape.group, shape.micro_batch):
                micro = rows[at : at + shape.micro_batch]
                logits, tokens, mask = policy.response_logits(micro)
                logprobs = token_logprobs(logits, tokens)
                result = policy_loss(
                    logprobs,
                    logprobs.detach(),
                    advantages[at : at + len(micro)].to(self.device),
                    mask,
                    loss_type="grpo",
                    beta=0.0,
                    clip_low=0.2,
                    clip_high=0.2,
                    max_tokens=shape.new_tokens,
                    accumulation=shape.group / len(micro),
                )
                result.loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)

        self.measured("grpoUpdate", grpo)
        model.model.visual.requires_grad_(False)
        chosen, rejected = rows[0], rows[1]

        def sums(pair: list[Row]) -> tuple[torch.Tensor, torch.Tensor]:
            logits, tokens, mask = policy.response_logits(pair)
            first, second = sequence_logprob(token_logprobs(logits, tokens), mask)
            return first.unsqueeze(0), second.unsqueeze(0)

        def dpo(_seed: int) -> None:
            with policy.evaluating():
                reference = sums([chosen, rejected])
            result = preference_loss(*sums([chosen, rejected]), *reference, beta=0.1)
            result.loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)

        self.measured("dpoPair", dpo)
        figures = self.figures
        question = figures["samplingSeconds"] + figures["grpoUpdateSeconds"]
        figures["grpoQuestionSeconds"] = question
        figures["grpoOverDpo"] = question / figures["dpoPairSeconds"]


def moving_shapes(device: torch.device, *, smoke: bool) -> dict[str, Any]:
    """Trains a wider moving-shapes model for a minute: the loss must fall, in the type the device trains in."""
    width, layers, steps, batch = (64, 2, 12, 8) if smoke else (512, 8, 150, 64)
    dtype = torch.float32 if smoke else torch.bfloat16
    tokenizer = build_tokenizer(tokenizer_corpus(), tokenizer_phrases())
    model = build_model(build_config(tokenizer, width=width, layers=layers), seed=0)
    policy = Policy(model, tokenizer).move(dtype).move(device)
    optimizer = LowMemoryAdamW(model.parameters(), lr=5e-4, betas=(0.9, 0.98), weight_decay=0.0)
    rng = random.Random(0)
    sampled = FrameSample(tuple(range(8)), tuple(i / 2 for i in range(8)), 2.0, 1.0)
    losses = []
    began = time.monotonic()
    for step in range(steps):
        rows = []
        for index in range(batch):
            scene = draw_scene(rng)
            asked = ask(scene, TOPICS[index % len(TOPICS)], rng)
            pixels = torch.from_numpy(render(scene)).permute(0, 3, 1, 2).contiguous()
            rows.append(
                Row(
                    policy.prompt(asked.turn, Clip(pixels, sampled, 8, 2.0)),
                    policy.response(good_response(scene, asked)),
                )
            )
        logits, tokens, mask = policy.response_logits(rows)
        loss = likelihood_loss(token_logprobs(logits, tokens), mask, step_tokens=mask.sum())
        loss.backward()  # type: ignore[no-untyped-call]
        for group in optimizer.param_groups:
            group["lr"] = 5e-4 * min(1.0, (step + 1) / 20)
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        losses.append(float(loss.detach()))
    figures = {
        "width": width,
        "steps": steps,
        "parameters": sum(weight.numel() for weight in model.parameters()),
        "dtype": str(dtype),
        "firstLoss": losses[0],
        "lastLoss": sum(losses[-5:]) / 5,
        "seconds": time.monotonic() - began,
    }
    print(f"moving-shapes at width {width}: loss {losses[0]:.3f} -> {figures['lastLoss']:.3f}", flush=True)
    return figures


def main() -> None:
    """Measures part by part; a part that fails is reported and the others go on."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--smoke", action="store_true", help="tiny shapes, on whatever device there is")
    parser.add_argument("--out", type=Path, help="folder for gpu_check.json")
    parser.add_argument("--frames", type=int, default=Shape.frames)
    parser.add_argument("--micro-batch", type=int, default=Shape.micro_batch)
    arguments = parser.parse_args()
    has_gpu = torch.cuda.is_available()
    if not has_gpu and not arguments.smoke:
        sys.exit("There is no GPU here. --smoke tries the program without one; its figures mean nothing.")
    device = torch.device("cuda" if has_gpu else "cpu")
    shape = SMOKE if arguments.smoke else replace(Shape(), frames=arguments.frames, micro_batch=arguments.micro_batch)
    report: dict[str, Any] = {
        "device": torch.cuda.get_device_name() if has_gpu else f"{platform.processor() or 'cpu'} (no GPU)",
        "smoke": arguments.smoke,
        "torch": torch.__version__,
        "transformers": transformers.__version__,
        "python": platform.python_version(),
        "shape": asdict(shape),
    }
    torch.manual_seed(0)

    def attempt(name: str, work: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever `work` gives
        try:
            return work()
        except Exception as error:
            traceback.print_exc()
            report.setdefault("failed", {})[name] = f"{type(error).__name__}: {error}"[:500]
            return None

    report["movingShapes"] = attempt("movingShapes", lambda: moving_shapes(device, smoke=arguments.smoke))
    check = attempt("build", lambda: Check(device, shape, smoke=arguments.smoke))
    if check:
        rows = attempt("sampling", check.sampling)
        if rows:
            attempt("training", lambda: check.training(rows))
        report["sevenB"] = check.figures
    text = json.dumps(report, indent=1)
    print(text)
    if arguments.out:
        arguments.out.mkdir(parents=True, exist_ok=True)
        (arguments.out / "gpu_check.json").write_text(text)
    if "failed" in report:
        sys.exit(1)


if __name__ == "__main__":
    main()
