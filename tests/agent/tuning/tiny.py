"""A model of two small layers with random weights, its tokenizer, and a task that it can learn in seconds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from agent.llm import weights

SPECIAL = ["<|im_start|>", "<|im_end|>"]
SYSTEM = "Answer with the names."
NAMES = ["alien", "fargo", "heat", "jaws"]


def config(vocabulary: int) -> LlamaConfig:
    return LlamaConfig(
        vocab_size=vocabulary,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        tie_word_embeddings=True,
    )


def tokenizer() -> PreTrainedTokenizerFast:
    built = Tokenizer(models.BPE())
    built.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    built.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    built.train_from_iterator(
        [SYSTEM, *NAMES], trainers.BpeTrainer(vocab_size=300, special_tokens=SPECIAL, initial_alphabet=alphabet)
    )
    wrapped = PreTrainedTokenizerFast(tokenizer_object=built, pad_token="<|im_end|>", eos_token="<|im_end|>")
    wrapped.chat_template = Path(weights.__file__).with_name("chat_template.jinja").read_text(encoding="utf-8")
    return wrapped


def model(vocabulary: int, seed: int = 1) -> LlamaForCausalLM:
    torch.manual_seed(seed)
    made = LlamaForCausalLM(config(vocabulary))
    with torch.no_grad():  # bring the scores to the size that a trained model has
        made.model.embed_tokens.weight.mul_(20)
    return made


def base(folder: Path) -> Path:
    words = tokenizer()
    model(len(words)).to(torch.bfloat16).save_pretrained(folder)
    words.save_pretrained(folder)
    return folder


def example(said: str, answer: str, system: str = SYSTEM) -> dict[str, object]:
    roles = {"system": system, "user": said, "assistant": answer}
    return {"messages": [{"role": role, "content": text} for role, text in roles.items()], "kind": "toy"}


def write(file: Path, examples: Sequence[dict[str, object]]) -> Path:
    file.write_text("".join(json.dumps(one) + "\n" for one in examples), encoding="utf-8")
    return file


def toy(count: int = 48) -> list[dict[str, object]]:
    """The answer is the name, or "-" where there is none."""
    said = [(f"I liked {name}" + "!" * (number // 4), name) for number, name in enumerate(NAMES * (count // 8))]
    return [example(*one) for one in said] + [example("hello" + "." * n, "-") for n in range(count - len(said))]
