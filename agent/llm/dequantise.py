"""Turn a GGUF file into a model folder that vLLM serves: dequantised safetensors, tokenizer and chat template.

Runs in the model server's environment, which has transformers and gguf:
``python dequantise.py GGUF TEMPLATE FOLDER``.
"""

from __future__ import annotations

import sys
from pathlib import Path


def dequantise(gguf: Path, template: Path, folder: Path) -> None:
    """Write the model of ``gguf`` to ``folder`` in bfloat16, with ``template`` as its chat template."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GenerationConfig, GgufConfig

    tokenizer = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
    tokenizer.chat_template = template.read_text(encoding="utf-8")
    model = AutoModelForCausalLM.from_pretrained(
        gguf.parent,
        gguf_file=gguf.name,
        quantization_config=GgufConfig(dequantize=True),
        dtype=torch.bfloat16,
    )
    end = tokenizer.convert_tokens_to_ids("<|im_end|>")
    model.config.eos_token_id = end
    model.generation_config = GenerationConfig(eos_token_id=end, pad_token_id=tokenizer.pad_token_id)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


if __name__ == "__main__":
    dequantise(*(Path(argument) for argument in sys.argv[1:4]))
