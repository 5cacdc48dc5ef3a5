"""A Qwen2.5-VL of about a million parameters, built from configuration, with a tokenizer of its own.

The base policy of the moving-shapes world: small enough to be trained on a laptop, and the same classes, tensors and
positions as the real model.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import torch
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers
from torch import nn
from transformers import PreTrainedTokenizerFast, Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration

SPECIAL_TOKENS = (
    "<|endoftext|>",
    "<|im_start|>",
    "<|im_end|>",
    "<|vision_start|>",
    "<|vision_end|>",
    "<|vision_pad|>",
    "<|image_pad|>",
    "<|video_pad|>",
)
TAGS = ("<think>", "</think>", "<answer>", "</answer>")
HEAD_DIM = 32


def build_tokenizer(corpus: Iterable[str], phrases: Iterable[str], *, vocab_size: int = 768) -> PreTrainedTokenizerFast:
    """A byte-level BPE tokenizer: any text can be written, the texts of `corpus` cheaply.

    Args:
        corpus: texts whose words become single tokens.
        phrases: texts that become one token each, however long, e.g. an instruction that ends every prompt.
        vocab_size: tokens besides phrases, tags and special tokens.
    """
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocab_size,
        special_tokens=list(SPECIAL_TOKENS),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(corpus, trainer)
    tokenizer.add_tokens([AddedToken(text, normalized=False) for text in (*TAGS, *phrases)])
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, eos_token="<|im_end|>", pad_token="<|endoftext|>", model_max_length=32_768
    )


def build_config(tokenizer: PreTrainedTokenizerFast, *, width: int, layers: int) -> Qwen2_5_VLConfig:
    """The configuration for a language model of `width` hidden units and `layers` layers.

    Args:
        tokenizer: names the special tokens and the size of the vocabulary.
        width: a multiple of 32, the size of an attention head.
        layers: of the language model; the visual tower has two of half the width.
    """
    heads = width // HEAD_DIM

    def token(text: str) -> int:
        return int(str(tokenizer.convert_tokens_to_ids(text)))

    visual = max(64, width // 2)
    return Qwen2_5_VLConfig(
        text_config={
            "vocab_size": math.ceil(len(tokenizer) / 64) * 64,
            "hidden_size": width,
            "intermediate_size": 3 * width,
            "num_hidden_layers": layers,
            "num_attention_heads": heads,
            "num_key_value_heads": heads // 2 if heads % 2 == 0 else heads,
            "max_position_embeddings": 32_768,
            "rope_parameters": {"rope_type": "default", "rope_theta": 10_000.0, "mrope_section": [4, 6, 6]},
            "bos_token_id": token("<|endoftext|>"),
            "eos_token_id": token("<|im_end|>"),
            "pad_token_id": token("<|endoftext|>"),
        },
        vision_config={
            "depth": 2,
            "hidden_size": visual,
            "intermediate_size": 2 * visual,
            "num_heads": max(2, visual // HEAD_DIM),
            "out_hidden_size": width,
            "fullatt_block_indexes": [0, 1],
            "tokens_per_second": 2,
        },
        image_token_id=token("<|image_pad|>"),
        video_token_id=token("<|video_pad|>"),
        vision_start_token_id=token("<|vision_start|>"),
        vision_end_token_id=token("<|vision_end|>"),
        tie_word_embeddings=False,
    )


def build_model(config: Qwen2_5_VLConfig, *, seed: int) -> Qwen2_5_VLForConditionalGeneration:
    """The model with random weights of standard deviation 1 / sqrt(fan_in).

    The library's 0.02 is made for widths in the thousands: at 128 the signal of the pictures dies on its way, and
    nothing is learnt from them.
    """
    model = Qwen2_5_VLForConditionalGeneration(config)  # type: ignore[no-untyped-call]
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for module in model.modules():
            if isinstance(module, nn.Linear | nn.Conv3d):
                fan_in = module.weight[0].numel()
                module.weight.normal_(0, fan_in**-0.5, generator=generator)
                if module.bias is not None:
                    module.bias.zero_()
            elif isinstance(module, nn.Embedding):
                # A row is picked, not summed: its fan-in is 1. Smaller words drown beside the pictures' features.
                module.weight.normal_(0, 1.0, generator=generator)
    return model
