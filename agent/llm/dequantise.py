"""Turn a GGUF file into a model folder that vLLM serves, with an adapter merged in if one is given.

Runs in the model server's environment, which has transformers and gguf:
``python dequantise.py GGUF TEMPLATE FOLDER [ADAPTER]``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_TOLERANCE = 0.1  # of the scores' size; rounding to bfloat16 makes 0.01 to 0.03
_PROBE = [{"role": "user", "content": "I loved the first one. Which films would you recommend for tonight, and why?"}]


def dequantise(gguf: Path, template: Path, folder: Path, adapter: Path | None = None) -> None:
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
    if adapter is not None:
        probe = tokenizer.apply_chat_template(_PROBE, tokenize=False, add_generation_prompt=True)
        merge(model, adapter, tokenizer.encode(probe, add_special_tokens=False))
    end = tokenizer.convert_tokens_to_ids("<|im_end|>")
    model.config.eos_token_id = end
    model.generation_config = GenerationConfig(eos_token_id=end, pad_token_id=tokenizer.pad_token_id)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def merge(model: Any, adapter: Path, probe: Sequence[int]) -> None:
    """Add ``alpha / rank * B A`` to each adapted layer's weights, and check what comes out against base and adapter.

    Args:
        probe: token ids of the text on which they are compared: an ordinary one, for which rounding matters little.

    Raises:
        ValueError: the adapter does not fit the model, or the merged model scores otherwise than the two together.
    """
    import torch
    from safetensors.torch import load_file

    card = json.loads((adapter / "adapter.json").read_text(encoding="utf-8"))
    scale = card["alpha"] / card["rank"]
    factors = {name: tensor.float() for name, tensor in load_file(adapter / "adapter.safetensors").items()}
    linear = {name: layer for name, layer in model.named_modules() if isinstance(layer, torch.nn.Linear)}
    pairs = {}
    for name in sorted({factor.rsplit(".", 1)[0] for factor in factors}):
        a, b = factors.get(f"{name}.a"), factors.get(f"{name}.b")
        if name not in linear or a is None or b is None or (b.shape[0], a.shape[1]) != linear[name].weight.shape:
            raise ValueError(f"the adapter's layer {name} does not fit the model")
        pairs[name] = a, b
    tokens = torch.tensor([list(probe)])

    def add(a: Any, b: Any) -> Any:
        return lambda _, inputs, out: out + (scale * (inputs[0].float() @ a.T) @ b.T).to(out.dtype)

    with torch.inference_mode():
        hooks = [linear[name].register_forward_hook(add(a, b)) for name, (a, b) in pairs.items()]
        expected = model(tokens).logits.float()
        for hook in hooks:
            hook.remove()
        for name, (a, b) in pairs.items():
            weight = linear[name].weight
            weight.copy_((weight.float() + scale * (b @ a)).to(weight.dtype))
        merged = model(tokens).logits.float()
    off = float((merged - expected).norm() / expected.norm())
    if not off < _TOLERANCE:
        raise ValueError(f"the merged model's scores are off by {off:.3f} of their size")


if __name__ == "__main__":
    dequantise(*(Path(argument) for argument in sys.argv[1:5]))
