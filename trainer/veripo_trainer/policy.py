"""The policy: a Qwen2.5-VL with its tokenizer, from prompts with video to logits.

The library's own forward pass encodes the video of every row anew. Here a clip is encoded once and its features are
put into all the rows that show it: the samples of a group, both sides of a pair. Everything else is the library's.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence
from transformers import AutoTokenizer, PreTrainedTokenizerBase, Qwen2_5_VLForConditionalGeneration

from veripo_trainer.frames import FRAMES_PER_GRID, MERGE, PATCH, PIXEL_MEAN, PIXEL_STD, Clip, Grid, patchify

KEPT_FILES = ("preprocessor_config.json", "video_preprocessor_config.json", "chat_template.json", "chat_template.jinja")
# For other engines, which read a checkpoint with the library's own processor.
PREPROCESSOR = {
    "processor_class": "Qwen2_5_VLProcessor",
    "image_processor_type": "Qwen2VLImageProcessor",
    "patch_size": PATCH,
    "temporal_patch_size": FRAMES_PER_GRID,
    "merge_size": MERGE,
    "image_mean": PIXEL_MEAN,
    "image_std": PIXEL_STD,
}


class Prompt(NamedTuple):
    """A prompt as the model reads it.

    Attributes:
        ids: tokens, the placeholders of the video included.
        positions: temporal, height and width position of each token. (3, P), int64.
        next_position: position of the first token of the response, in all three.
        media: what is shown; None for a text-only prompt.
        is_picture: `media` is a picture and not a video.
    """

    ids: list[int]
    positions: Tensor
    next_position: int
    media: Clip | None
    is_picture: bool = False

    @property
    def media_tokens(self) -> int:
        """Placeholders that features are put into."""
        return self.media.grid.tokens if self.media else 0


class Row(NamedTuple):
    """A prompt and a response to it, for a pass with gradient. `response` ends in the end token unless cut off."""

    prompt: Prompt
    response: list[int]

    @property
    def length(self) -> int:
        """Tokens of both."""
        return len(self.prompt.ids) + len(self.response)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Ids of the tokens that mean something."""

    start: int
    end: int
    pad: int
    vision_start: int
    vision_end: int
    video: int
    image: int


class Policy:
    """A model, its tokenizer, and how prompts become tensors."""

    def __init__(
        self, model: Qwen2_5_VLForConditionalGeneration, tokenizer: PreTrainedTokenizerBase, source: Path | None = None
    ) -> None:
        """Takes a loaded model. `source` is its folder, whose preprocessor files every checkpoint is given."""
        self.model = model
        self.tokenizer = tokenizer
        self.source = source
        config = model.config

        def token(text: str) -> int:
            return int(str(tokenizer.convert_tokens_to_ids(text)))

        self.tokens = Tokens(
            start=token("<|im_start|>"),
            end=token("<|im_end|>"),
            pad=token("<|endoftext|>"),
            vision_start=config.vision_start_token_id,
            vision_end=config.vision_end_token_id,
            video=config.video_token_id,
            image=config.image_token_id,
        )
        self.visual_calls = 0
        self._suppressed: Tensor | None = None

    @staticmethod
    def load(folder: Path, *, dtype: torch.dtype) -> Policy:
        """Reads a Hugging Face folder; weights from safetensors only, no code from the folder is run.

        Raises:
            ValueError: it is no Qwen2.5-VL.
            OSError: files are missing.
        """
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
        model = Qwen2_5_VLForConditionalGeneration.from_pretrained(
            folder, dtype=dtype, use_safetensors=True, local_files_only=True, trust_remote_code=False
        )
        return Policy(model, tokenizer, folder)

    def save(self, folder: Path, state: dict[str, Tensor] | None = None) -> None:
        """Writes a Hugging Face folder: safetensors, configuration, tokenizer and preprocessor settings."""
        self.model.save_pretrained(folder, state_dict=state)
        self.tokenizer.save_pretrained(folder)
        copied = [path for name in KEPT_FILES if self.source and (path := self.source / name).is_file()]
        for path in copied:
            shutil.copy(path, folder / path.name)
        if not (folder / "preprocessor_config.json").is_file():
            (folder / "preprocessor_config.json").write_text(json.dumps(PREPROCESSOR, indent=2))

    def move(self, to: torch.device | torch.dtype) -> Policy:
        """Moves or converts the weights, in place."""
        model: torch.nn.Module = self.model
        model.to(to)
        return self

    @property
    def device(self) -> torch.device:
        """Where the weights are."""
        return self.model.device

    # --- Prompts --------------------------------------------------------------------------------------------------

    def prompt(self, turn: str, media: Clip | None = None, *, system: str = "", is_picture: bool = False) -> Prompt:
        """Tokens and positions of a user turn, the video before the words, as Qwen's chat template has them."""
        encode = self._encode
        head = [self.tokens.start, *encode(f"system\n{system}"), self.tokens.end, *encode("\n")] if system else []
        head += [self.tokens.start, *encode("user\n")]
        shown: list[int] = []
        if media:
            pad = self.tokens.image if is_picture else self.tokens.video
            shown = [pad] * media.grid.tokens
            head.append(self.tokens.vision_start)
        tail = [self.tokens.vision_end] if media else []
        tail += [*encode(turn), self.tokens.end, *encode("\n"), self.tokens.start, *encode("assistant\n")]
        positions, following = self._positions(len(head), media, len(tail), is_picture=is_picture)
        return Prompt([*head, *shown, *tail], positions, following, media, is_picture)

    def response(self, text: str, *, max_tokens: int | None = None) -> list[int]:
        """Tokens of a written response and its end token; cut at its end where it is longer than `max_tokens`."""
        ids = [*self._encode(text), self.tokens.end]
        return ids if max_tokens is None else ids[:max_tokens]

    def decode(self, ids: Sequence[int]) -> str:
        """The text of a response, without the end token."""
        text = self.tokenizer.decode(list(ids), skip_special_tokens=True, clean_up_tokenization_spaces=False)
        return str(text)

    def _encode(self, text: str) -> list[int]:
        # Words that look like special tokens stay words: a question must not be able to open a turn of its own.
        ids: list[int] = self.tokenizer.encode(text, add_special_tokens=False, split_special_tokens=True)
        return ids

    def _positions(self, before: int, media: Clip | None, after: int, *, is_picture: bool) -> tuple[Tensor, int]:
        """M-RoPE positions: text counts on, a video spans time, height and width, and text goes on behind all of it.

        Source:
            arXiv:2409.12191, section 2.1, with seconds as in arXiv:2502.13923. Newer releases of transformers let the
            text behind a video go on behind its height and width only; the weights were trained with this rule.
        """
        parts = [torch.arange(before).expand(3, -1)]
        at = before
        if media:
            interval = 1.0 if is_picture else self._tokens_per_second * media.sample.second_per_grid
            parts.append(_grid_positions(media.grid, interval) + at)
            at = int(parts[-1].max()) + 1
        parts.append(torch.arange(at, at + after).expand(3, -1))
        return torch.cat(parts, dim=1), at + after

    @property
    def _tokens_per_second(self) -> float:
        config: Any = self.model.config.vision_config
        return float(config.tokens_per_second)

    # --- Forward --------------------------------------------------------------------------------------------------

    def features(self, clips: Sequence[Prompt], *, blank: bool = False) -> list[Tensor]:
        """Encodes what each prompt shows, one pass for all of them.

        Args:
            clips: prompts with media.
            blank: show mean grey instead, which normalises to 0; for the guard.

        Returns:
            For each (tokens, width), with a graph where the visual tower is trained.
        """
        if not clips:
            return []
        grids = [prompt.media.grid for prompt in clips if prompt.media]
        pixels = torch.cat([patchify(prompt.media.pixels) for prompt in clips if prompt.media])
        pixels = torch.zeros_like(pixels) if blank else pixels
        visual = self.model.model.visual
        self.visual_calls += 1
        output: Any = visual(
            pixels.to(self.device, visual.dtype), grid_thw=torch.tensor(grids, device=self.device), return_dict=True
        )
        return list(output.pooler_output.split([grid.tokens for grid in grids]))

    def embed(self, prompts: Sequence[Prompt], ids: Tensor, *, blank: bool = False) -> Tensor:
        """Embeddings of rows of tokens, with the features of the videos in their places.

        Args:
            prompts: whose prompt each row begins with (or, padded on the left, holds). Rows that share a `Prompt`
                share one encoding of its video.
            ids: (B, L), int64.
            blank: as in `features`.
        """
        embeddings: Tensor = self.model.get_input_embeddings()(ids)
        shown = {id(prompt): prompt for prompt in prompts if prompt.media}
        if not shown:
            return embeddings
        features = dict(zip(shown, self.features(list(shown.values()), blank=blank), strict=True))
        placed = torch.cat([features[id(prompt)] for prompt in prompts if prompt.media]).to(embeddings.dtype)
        places = (ids == self.tokens.video) | (ids == self.tokens.image)
        if int(places.sum()) != placed.shape[0]:
            raise RuntimeError(f"{int(places.sum())} placeholders for {placed.shape[0]} video tokens")
        return embeddings.masked_scatter(places.unsqueeze(-1), placed)

    def response_logits(self, rows: Sequence[Row], *, blank: bool = False) -> tuple[Tensor, Tensor, Tensor]:
        """The logits from which each token of each response was, or would be, sampled.

        Args:
            rows: prompts with responses.
            blank: as in `features`.

        Returns:
            logits (B, T, V), with suppressed tokens at -inf; tokens (B, T); mask (B, T), True on the response.
        """
        device = self.device
        texts = [torch.tensor(row.prompt.ids + row.response) for row in rows]
        ids = pad_sequence(texts, batch_first=True, padding_value=self.tokens.pad).to(device)
        lengths = torch.tensor([len(text) for text in texts], device=device)
        attention = torch.arange(ids.shape[1], device=device) < lengths.unsqueeze(1)
        positions = torch.zeros(3, *ids.shape, dtype=torch.long)
        for index, (prompt, response) in enumerate(rows):
            behind = torch.arange(len(response)) + prompt.next_position
            positions[:, index, : lengths[index]] = torch.cat([prompt.positions, behind.expand(3, -1)], dim=1)
        hidden = self.model.model.language_model(
            inputs_embeds=self.embed([row.prompt for row in rows], ids, blank=blank),
            attention_mask=attention,
            position_ids=positions.to(device),
            use_cache=False,
        ).last_hidden_state

        tokens = pad_sequence([torch.tensor(row.response) for row in rows], batch_first=True).to(device)  # (B, T)
        counts = torch.tensor([len(row.response) for row in rows], device=device)
        mask = torch.arange(tokens.shape[1], device=device) < counts.unsqueeze(1)
        # The token at place p is sampled from the hidden state at p - 1.
        first = torch.tensor([len(row.prompt.ids) - 1 for row in rows], device=device)
        places = (first.unsqueeze(1) + torch.arange(tokens.shape[1], device=device)).clamp(max=ids.shape[1] - 1)
        chosen = hidden.gather(1, places.unsqueeze(-1).expand(-1, -1, hidden.shape[-1]))
        return self.suppress(self.model.lm_head(chosen)), tokens, mask

    def suppress(self, logits: Tensor) -> Tensor:
        """Takes the tokens that are no text out of the distribution: video, image, padding, and ids beyond the words.

        A sampled video token would have no features to be filled with. (..., V) to (..., V).
        """
        if self._suppressed is None or self._suppressed.device != logits.device:
            suppressed = torch.zeros(logits.shape[-1], dtype=torch.bool)
            suppressed[len(self.tokenizer) :] = True
            tokens = self.tokens
            for token in (tokens.start, tokens.pad, tokens.vision_start, tokens.vision_end, tokens.video, tokens.image):
                suppressed[token] = True
            vision_pad = self.tokenizer.convert_tokens_to_ids("<|vision_pad|>")
            if isinstance(vision_pad, int):
                suppressed[vision_pad] = True
            self._suppressed = suppressed.to(logits.device)
        return logits.masked_fill(self._suppressed, -torch.inf)

    @contextmanager
    def evaluating(self) -> Iterator[None]:
        """Without dropout, gradient and gradient checkpoints; training mode is put back afterwards."""
        was_training = self.model.training
        self.model.train(False)
        try:
            with torch.no_grad():
                yield
        finally:
            self.model.train(was_training)


def _grid_positions(grid: Grid, interval: float) -> Tensor:
    """Temporal, height and width positions of a video's tokens, from 0. (3, tokens), int64."""
    time = (torch.arange(grid.time) * interval).long()
    down, across = torch.arange(grid.height // MERGE), torch.arange(grid.width // MERGE)
    return torch.stack(torch.meshgrid(time, down, across, indexing="ij")).flatten(1)
