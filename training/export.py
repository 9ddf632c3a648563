"""Exports a checkpoint to what the program ships: int8 ONNX graph, biaffine tensors, tokenizer, labels."""

from __future__ import annotations

import argparse
import datetime
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from encoder import Network
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

OUTPUTS = ("tags", "arc_dep", "arc_head", "rel_dep", "rel_head", "names", "events", "role_dep", "role_head")
INPUTS = ("ids", "mask", "first", "last", "treebank")
#: The run-time treebank of a language: its conventions are the ones that the program reads.
TREEBANKS = {"de": "de_gsd", "en": "en_ewt"}


class Graph(nn.Module):
    """The network's whole forward pass: one encoder pass serves trees, names and events."""

    def __init__(self, net: Network) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: Tensor, mask: Tensor, first: Tensor, last: Tensor, treebank: Tensor) -> tuple[Tensor, ...]:
        net = self.net
        states = net.encode(ids, mask)
        banks = treebank.expand(first.shape[0])
        syntax = net.syntax(net.words(states, 0, first, last), banks)
        names = net.spans(net.words(states, 1, first, last), banks)
        w = net.words(states, 2, first, last)
        return *syntax, names, net.event_out(net.events(w)), net.role_dep(w), net.role_head(w)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--version", default="1")
    parser.add_argument("--fp32", action="store_true", help="leave the graph unquantised (to measure what int8 costs)")
    parser.add_argument("--per-tensor", action="store_true", help="one scale a matrix instead of one a column")
    parser.add_argument("--figures", type=Path, help="JSON of measured figures to put into labels.json")
    args = parser.parse_args()
    torch.set_num_threads(1)
    state = torch.load(args.checkpoint, weights_only=False, map_location="cpu")
    vocabulary = len(json.loads(state["tokenizer"])["model"]["vocab"])
    net = Network(vocabulary, state["layers"], state["labels"], len(state["sources"]))
    net.take(state["model"])
    net.float().eval()
    args.out.mkdir(parents=True, exist_ok=True)

    ids = torch.full((2, 11), 5)
    places = torch.arange(1, 15)
    sample = (ids, torch.ones(2, 11), places, places + 1, torch.zeros(1, dtype=torch.long))
    axes = {"ids": {0: "batch", 1: "pieces"}, "mask": {0: "batch", 1: "pieces"}}
    axes |= {name: {0: "words"} for name in ("first", "last", *OUTPUTS)}
    axes |= {name: {0: "words1"} for name in ("arc_head", "rel_head")}
    raw, clean, final = args.out / "raw.onnx", args.out / "clean.onnx", args.out / "analyser.onnx"
    with torch.no_grad():
        torch.onnx.export(
            Graph(net),
            sample,
            str(raw),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
    if args.fp32:
        raw.replace(final)
    else:
        quant_pre_process(str(raw), str(clean), skip_symbolic_shape=True)
        quantize_dynamic(
            str(clean),
            str(final),
            op_types_to_quantize=["MatMul", "Gather"],
            per_channel=not args.per_tensor,
            weight_type=QuantType.QInt8,
            # Seven bits: eight overflow on processors without VNNI, and a report must read the same everywhere.
            reduce_range=True,
        )
        raw.unlink()
        clean.unlink()
    onnx.checker.check_model(str(final))
    np.savez_compressed(
        args.out / "heads.npz",
        rel=net.rel.detach().numpy().astype(np.float16),
        role=net.role.detach().numpy().astype(np.float16),
    )
    (args.out / "tokenizer.json").write_text(state["tokenizer"], "utf-8")
    card = {
        "version": args.version,
        "date": datetime.date.today().isoformat(),
        "seed": state["seed"],
        "layers": state["layers"],
        "steps": state["step"],
        "minutes": state["minutes"],
        "figures": json.loads(args.figures.read_text("utf-8")) if args.figures else {},
        "treebanks": {k: state["sources"].index(v) for k, v in TREEBANKS.items()},
        "labels": state["labels"],
    }
    (args.out / "labels.json").write_text(json.dumps(card, ensure_ascii=False, indent=1), "utf-8")
    print({p.name: round(p.stat().st_size / 1e6, 2) for p in sorted(args.out.iterdir())})


if __name__ == "__main__":
    main()
