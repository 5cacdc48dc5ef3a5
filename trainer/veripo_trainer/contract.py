"""The messages between studio, trainer service and engine: jobs, their settings, and their events.

On the wire and on disk every name is camelCase, as in the studio; in Python it is snake_case. Unknown fields are
refused, so that a mistyped setting is an answer in words and never a default that nobody chose.

How a job is laid out on disk and read by an engine: `veripo_trainer.job_dir`. How events are written and read:
`veripo_trainer.event_log`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    SecretStr,
    StringConstraints,
    TypeAdapter,
    WithJsonSchema,
    model_validator,
)
from pydantic.alias_generators import to_camel

PROTOCOL_VERSION = 1
"""Raised when a message changes so that an older studio or trainer would misread it."""

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$")]
"""Names of models, engines, devices and checkpoints. No leading dot: such names are unfinished or hidden files."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 of a file's bytes, lower-case hex."""


def format_time(time: datetime) -> str:
    """UTC with milliseconds, e.g. `2026-01-05T10:00:00.250Z`: the one form in which times leave the trainer."""
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


Time = Annotated[
    datetime,
    PlainSerializer(format_time, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]

JobKind = Literal["grpo", "dpo", "sft", "rollout", "eval"]
State = Literal["queued", "running", "succeeded", "failed", "cancelled"]
FINAL_STATES: frozenset[State] = frozenset({"succeeded", "failed", "cancelled"})


class Message(BaseModel):
    """Base of every message: camelCase outside, immutable, nothing unknown, no NaN and no infinity."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        extra="forbid",
        frozen=True,
        allow_inf_nan=False,
        use_attribute_docstrings=True,
        json_schema_serialization_defaults_required=True,
    )


# --- Where the weights come from ---------------------------------------------------------------------------------


class LocalModel(Message):
    """A Hugging Face folder with safetensors that the operator put into the trainer's models folder."""

    source: Literal["local"] = "local"
    name: Name


class CheckpointModel(Message):
    """A checkpoint that an earlier job of this trainer published."""

    source: Literal["checkpoint"] = "checkpoint"
    job: UUID
    name: Name


class BuiltModel(Message):
    """Qwen2.5-VL built from configuration with random weights: the base policy of the moving-shapes world."""

    source: Literal["built"] = "built"
    name: Literal["moving-shapes"] = "moving-shapes"
    seed: int = Field(default=0, ge=0, lt=2**31)
    width: int = Field(default=128, ge=32, le=4096, multiple_of=32)
    """Hidden size of the language model."""
    layers: int = Field(default=4, ge=1, le=64)


ModelRef = Annotated[LocalModel | CheckpointModel | BuiltModel, Field(discriminator="source")]


# --- Data: NDJSON files, one of these messages per line -----------------------------------------------------------


class Question(Message):
    """One question, as rollout, GRPO and evaluation jobs read it."""

    id: str = Field(min_length=1, max_length=300)
    """The studio's id, given back with every rollout."""
    turn: str = Field(min_length=1, max_length=1_000_000)
    """The user turn exactly as the model reads it, options included and media tags left out."""
    prompt: str = Field(max_length=1_000_000)
    """Question text without options: what the verifier is told."""
    kind: Literal["choice", "number", "math", "regression", "ocr", "text"]
    options: list[str] = Field(default_factory=list, max_length=26)
    truth: str = ""
    modality: Literal["video", "image", "text"] = "text"
    media: Sha256 | None = None
    """The uploaded clip or picture; null only for text."""

    @model_validator(mode="after")
    def _media_fits_modality(self) -> Question:
        if (self.media is None) != (self.modality == "text"):
            raise ValueError(
                f"A question of modality {self.modality} {'needs' if self.media is None else 'has no'} media"
            )
        return self


class Demonstration(Question):
    """A question with the response that SFT imitates."""

    response: str = Field(min_length=1, max_length=1_000_000)


class Pair(Question):
    """A question with two responses, of which DPO prefers the first."""

    pair_id: str = Field(min_length=1, max_length=300)
    chosen: str = Field(min_length=1, max_length=1_000_000)
    rejected: str = Field(min_length=1, max_length=1_000_000)

    @model_validator(mode="after")
    def _sides_differ(self) -> Pair:
        if self.chosen == self.rejected:
            raise ValueError("Both sides of the pair are the same text")
        return self


class QuestionData(Message):
    """The uploaded NDJSON file of `Question` lines."""

    questions: Sha256


class DemonstrationData(Message):
    """The uploaded NDJSON file of `Demonstration` lines."""

    demonstrations: Sha256


class PairData(Message):
    """The uploaded NDJSON file of `Pair` lines."""

    pairs: Sha256


# --- Rewards ------------------------------------------------------------------------------------------------------


class Reward(Message):
    """The verifier that scores rollouts. It is asked again when it does not answer; nothing trains on silence."""

    url: str = Field(max_length=2000, pattern=r"^https?://[^\s/?#@]+(/[^\s?#]*)?$")
    """The reward API, e.g. http://127.0.0.1:3000/api/v1/rewards. No credentials, query or fragment in it."""
    token: SecretStr | None = None
    """Bearer token. Kept apart from the job, handed to the engine by environment, shown to nobody."""
    verifier_version: int | None = Field(default=None, ge=1)
    """Number of the immutable verifier version that scores (`?version=`); null for the newest."""
    timeout_seconds: float = Field(default=60, ge=1, le=600)
    """Of one request."""
    give_up_seconds: float = Field(default=3600, ge=10, le=604_800)
    """How long a dead verifier is waited for before the job fails."""


# --- Settings -----------------------------------------------------------------------------------------------------


class Frames(Message):
    """Which frames the model is shown and at what size: the sampler of qwen-vl-utils (profile A)."""

    kind: Literal["qwen-vl-utils"] = "qwen-vl-utils"
    fps: float = Field(default=2, gt=0, le=240)
    min_frames: int = Field(default=4, ge=2, le=2048)
    max_frames: int = Field(default=768, ge=2, le=2048)
    nframes: int | None = Field(default=None, ge=2, le=2048)
    """A fixed count, rounded to even, which overrides `fps` and its limits."""
    factor: Literal[28] = 28
    """Sides become multiples of this many pixels: patches of 14, merged 2 by 2."""
    min_pixels: int = Field(default=128 * 784, ge=784, le=16_777_216)
    max_pixels: int = Field(default=768 * 784, ge=784, le=16_777_216)
    total_pixels: int = Field(default=115_200 * 784, ge=784, le=2**40)
    """Pixels of all frames of a clip together, which lower the cap of long clips."""
    video_max_pixels: int | None = Field(default=None, ge=784, le=16_777_216)

    @model_validator(mode="after")
    def _ordered(self) -> Frames:
        if self.min_frames > self.max_frames:
            raise ValueError("minFrames is more than maxFrames")
        if self.min_pixels > self.max_pixels:
            raise ValueError("minPixels is more than maxPixels")
        return self


class BaseSettings(Message):
    """What every job can be told."""

    frames: Frames = Frames()
    dtype: Literal["auto", "float32", "bfloat16"] = "auto"
    """`auto`: bfloat16 on a GPU, float32 on a CPU."""
    system_prompt: str = Field(default="", max_length=20_000)
    """System turn; empty leaves it out."""
    micro_batch: int = Field(default=8, ge=1, le=4096)
    """Samples that go through the model at once; lower it when memory ends, the result stays the same."""
    think_open: str = Field(default="<think>", min_length=1, max_length=50)
    think_close: str = Field(default="</think>", min_length=1, max_length=50)
    """Between the two lie the tokens that are counted as thinking."""


class SamplingSettings(BaseSettings):
    """How responses are drawn."""

    max_new_tokens: int = Field(default=1024, ge=1, le=32_768)
    temperature: float = Field(default=1.0, gt=0, le=5)
    top_p: float = Field(default=1.0, gt=0, le=1)
    samples_per_question: int = Field(default=8, ge=1, le=256)
    question_batch: int = Field(default=64, ge=1, le=4096)
    """Questions sampled at once ("rollout batch")."""


class TrainingSettings(BaseSettings):
    """What GRPO, DPO and SFT share."""

    epochs: int = Field(default=1, ge=1, le=1000)
    """Passes over the data."""
    max_steps: int | None = Field(default=None, ge=1, le=10_000_000)
    """Optimiser steps after which training ends, whatever is left of the epochs."""
    global_batch: int = Field(default=64, ge=1, le=65_536)
    """Samples (DPO: pairs) per optimiser step, gathered over micro batches."""
    learning_rate: float = Field(default=1e-6, gt=0, le=1)
    schedule: Literal["constant", "linear", "cosine"] = "constant"
    warmup_steps: int = Field(default=0, ge=0, le=1_000_000)
    weight_decay: float = Field(default=0.0, ge=0, le=1)
    adam_beta1: float = Field(default=0.9, ge=0, lt=1)
    adam_beta2: float = Field(default=0.999, ge=0, lt=1)
    max_grad_norm: float = Field(default=1.0, gt=0, le=1e6)
    optimizer: Literal["adamw", "adamw-8bit"] = "adamw"
    tuning: Literal["full", "lora"] = "full"
    lora_rank: int = Field(default=16, ge=1, le=1024)
    lora_alpha: int = Field(default=32, ge=1, le=4096)
    lora_dropout: float = Field(default=0.0, ge=0, lt=1)
    freeze_visual: bool = False
    gradient_checkpointing: bool = False
    checkpoint_every: int = Field(default=50, ge=1, le=1_000_000)
    """Optimiser steps between resumable checkpoints."""
    keep_checkpoints: int = Field(default=2, ge=1, le=1000)
    """Resumable checkpoints kept; the final one always stays."""


class GrpoSettings(TrainingSettings, SamplingSettings):
    """Group-relative policy optimisation."""

    loss_type: Literal["grpo", "bnpo", "dr_grpo", "dapo"] = "grpo"
    scale_rewards: Literal["group", "batch", "none"] = "group"
    beta: float = Field(default=0.0, ge=0, le=10)
    """Weight of the k3 KL against the starting policy; 0 loads no reference."""
    clip_low: float = Field(default=0.2, gt=0, lt=1)
    clip_high: float = Field(default=0.2, gt=0, le=10)
    num_iterations: int = Field(default=1, ge=1, le=64)
    """Optimiser passes over one batch of rollouts."""
    mask_truncated: bool = False
    """Leave responses that the token limit cut off out of the loss."""
    samples_per_question: int = Field(default=8, ge=2, le=256)

    @model_validator(mode="after")
    def _whole_groups(self) -> GrpoSettings:
        if self.global_batch % self.samples_per_question:
            raise ValueError(
                f"globalBatch {self.global_batch} is no multiple of samplesPerQuestion {self.samples_per_question}, "
                "so that a group would be torn apart"
            )
        return self


class DpoSettings(TrainingSettings):
    """Direct preference optimisation on a frozen pair set."""

    beta: float = Field(default=0.1, gt=0, le=10)
    nll_weight: float = Field(default=0.0, ge=0, le=100)
    """Weight of the token-mean cross-entropy of the chosen responses."""
    learning_rate: float = Field(default=5e-7, gt=0, le=1)
    global_batch: int = Field(default=32, ge=1, le=65_536)
    freeze_visual: bool = True
    max_response_tokens: int = Field(default=4096, ge=1, le=32_768)
    """Longer responses are cut at their end; prompt and video tokens never are."""


class SftSettings(TrainingSettings):
    """Supervised cold start on demonstrations."""

    learning_rate: float = Field(default=1e-5, gt=0, le=1)
    max_response_tokens: int = Field(default=4096, ge=1, le=32_768)


class RolloutSettings(SamplingSettings):
    """Sampling only."""


class EvalSettings(SamplingSettings):
    """One greedy response per question, unless a temperature says that several are drawn."""

    temperature: float = Field(default=0.0, ge=0, le=5)
    """0 is greedy. Above it the policy is measured as it speaks, not as it speaks at its surest."""
    samples_per_question: int = Field(default=1, ge=1, le=256)

    @model_validator(mode="after")
    def _samples_differ(self) -> EvalSettings:
        if self.temperature == 0 and self.samples_per_question > 1:
            raise ValueError("At temperature 0 every sample of a question is the same: ask for one")
        return self


# --- Jobs ---------------------------------------------------------------------------------------------------------


class BaseJob(Message):
    """What every job says. The client chooses the id, so that a repeated request is the same job."""

    id: UUID
    engine: Name = "builtin"
    model: ModelRef
    seed: int = Field(default=0, ge=0, lt=2**31)
    device: Name | None = None
    """A device of `/v1/info`, e.g. `cpu` or `cuda-0`; null takes the first free one."""
    title: str = Field(default="", max_length=200)


class GrpoJob(BaseJob):
    """Explore: sample groups, score them, improve the policy."""

    kind: Literal["grpo"] = "grpo"
    data: QuestionData
    reward: Reward
    settings: GrpoSettings = GrpoSettings()


class DpoJob(BaseJob):
    """Align: learn from a frozen pair set."""

    kind: Literal["dpo"] = "dpo"
    data: PairData
    settings: DpoSettings = DpoSettings()


class SftJob(BaseJob):
    """Cold start: imitate demonstrations."""

    kind: Literal["sft"] = "sft"
    data: DemonstrationData
    settings: SftSettings = SftSettings()


class RolloutJob(BaseJob):
    """Sample and do not train."""

    kind: Literal["rollout"] = "rollout"
    data: QuestionData
    reward: Reward | None = None
    settings: RolloutSettings = RolloutSettings()


class EvalJob(BaseJob):
    """Answer greedily."""

    kind: Literal["eval"] = "eval"
    data: QuestionData
    reward: Reward | None = None
    settings: EvalSettings = EvalSettings()


Job = Annotated[GrpoJob | DpoJob | SftJob | RolloutJob | EvalJob, Field(discriminator="kind")]
job_adapter: TypeAdapter[Job] = TypeAdapter(Job)


# --- Events -------------------------------------------------------------------------------------------------------


class StateBody(Message):
    """The job entered a state. Written by the service alone."""

    type: Literal["state"] = "state"
    state: State
    attempt: int = Field(ge=1)
    """1 for the first start; every restart and resume counts one more."""
    device: Name | None = None
    error: str | None = Field(default=None, max_length=20_000)


class MetricBody(Message):
    """Numbers of one step. At most one per step and phase."""

    type: Literal["metric"] = "metric"
    step: int = Field(ge=0)
    """Optimiser steps done (sampling jobs: question batches done)."""
    steps: int | None = Field(default=None, ge=0)
    """How many there will be, where that is known."""
    phase: Name = "train"
    values: dict[str, float | None]
    """By name, e.g. `loss`, `reward`, `kl` (nats), `samplesPerSecond`. Null where it is not a finite number."""


class LogBody(Message):
    """A line for people. The last `error` line of a failed attempt becomes the job's error."""

    type: Literal["log"] = "log"
    level: Literal["debug", "info", "warning", "error"] = "info"
    message: str = Field(max_length=20_000)
    question_id: str | None = Field(default=None, max_length=300)
    """The question that failed or was left out, where the line is about one."""


class RolloutBody(Message):
    """One sampled response, with what the model saw. One per step, question and sample index."""

    type: Literal["rollout"] = "rollout"
    step: int = Field(ge=0)
    question_id: str = Field(min_length=1, max_length=300)
    sample: int = Field(ge=0)
    """Index within the group."""
    response: str = Field(max_length=2_000_000)
    finish_reason: Literal["stop", "length"]
    prompt_tokens: int = Field(ge=0)
    """Video tokens included."""
    total_tokens: int = Field(ge=0)
    """Of the response."""
    think_tokens: int | None = Field(default=None, ge=0)
    """Between the think tags; null where there are none."""
    temperature: float = Field(ge=0)
    """0 is greedy."""
    reward: float | None = None
    rewards: dict[str, float | None] = Field(default_factory=dict)
    """Every named part of the reward."""
    advantage: float | None = None
    frame_indices: list[int] | None = None
    """Frames of the file, 0-based, in the order the model saw them; null without a video."""
    frame_times: list[float] | None = None
    """Seconds from the start of the clip, one per index."""
    frame_size: tuple[int, int] | None = None
    """Height and width in pixels after resizing."""
    video_tokens: int | None = Field(default=None, ge=0)


class CheckpointBody(Message):
    """A checkpoint lies complete in the job's `checkpoints/NAME`."""

    type: Literal["checkpoint"] = "checkpoint"
    name: Name
    step: int = Field(ge=0)
    resumable: bool
    """It holds optimiser and sampler state too."""
    final: bool = False
    bytes: int = Field(ge=0)


class ResultBody(Message):
    """The engine is done and all is on disk. A job succeeds by this event alone, not by an exit code."""

    type: Literal["result"] = "result"
    checkpoint: Name | None = None
    """The checkpoint to go on from; null for sampling jobs."""
    values: dict[str, float | None] = Field(default_factory=dict)
    """Figures of the whole job, e.g. `seconds`, `rollouts`, `peakMemoryBytes`, `failedQuestions`."""


class Stamp(Message):
    """What the log adds to every body."""

    seq: int = Field(ge=1)
    """1, 2, 3 … without a gap, per job; also the line number in `events.jsonl`."""
    time: Time
    """UTC, with offset."""


class StateEvent(StateBody, Stamp):
    """A state, as logged."""


class MetricEvent(MetricBody, Stamp):
    """Numbers, as logged."""


class LogEvent(LogBody, Stamp):
    """A line, as logged."""


class RolloutEvent(RolloutBody, Stamp):
    """A response, as logged."""


class CheckpointEvent(CheckpointBody, Stamp):
    """A checkpoint, as logged."""


class ResultEvent(ResultBody, Stamp):
    """The result, as logged."""


Body = StateBody | MetricBody | LogBody | RolloutBody | CheckpointBody | ResultBody
Event = Annotated[
    StateEvent | MetricEvent | LogEvent | RolloutEvent | CheckpointEvent | ResultEvent, Field(discriminator="type")
]
event_adapter: TypeAdapter[Event] = TypeAdapter(Event)
