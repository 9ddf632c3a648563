"""Makes a checkpoint of shipped weights, so that training can go on from them where no checkpoint was kept.

usage: resume.py WEIGHTS_FOLDER OUT.pt --e5 e5-small-q4.bin --tokenizer tokenizer.json

int8 matrices are multiplied out with their scales; the word embedding, which is never trained, is read from the
original file at full precision. What the shipped network does not have yet (a new input of a head) starts at zero.
With --layers above the shipped number the network grows: the layers on top are the original model's.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import numpy as np
import onnx
import torch
from encoder import Network, copy_layer, read_e5
from onnx import numpy_helper
from train import WEIGHTS

#: Mixes of layers in the graph's order: its squeezed constants are numbered through all tasks.
TASKS = 3
#: Share of the new layers in every task's mix, most of it the topmost one's: with little they are hardly trained at all.
NEW_SHARE = 0.5
_INTEGER = ("_quantized", "_scale", "_zero_point")


def shipped(folder: Path) -> dict[str, np.ndarray]:
    """Parameters by the names of encoder.Network, as far as the graph holds them."""
    graph = onnx.load(str(folder / "analyser.onnx")).graph
    arrays = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    found = {k.removeprefix("net."): v for k, v in arrays.items() if k.startswith("net.") and not k.endswith(_INTEGER)}
    for node in graph.node:
        if node.op_type != "MatMulInteger":
            continue
        stem = node.input[1].removesuffix("_quantized")
        scale, zero = arrays[stem + "_scale"], arrays.get(stem + "_zero_point", np.zeros((), np.int8))
        matrix = (arrays[node.input[1]].astype(np.float32) - zero.astype(np.float32)) * scale
        name = re.sub(r"/?(Gemm_|MatMulAddFusion_)?MatMul_quant$", "", node.name).strip("/").replace("/", ".")
        # The one product that is no layer's: vectors of dependents times the arc matrix.
        found[name + ".weight" if name != "MatMul" else "arc"] = matrix if name == "MatMul" else matrix.T
    for name in ("position", "treebank", "scheme"):
        key = f"net.{name}.weight"
        scale, zero = arrays[key + "_scale"], arrays[key + "_zero_point"]
        found[f"{name}.weight"] = (arrays[key + "_quantized"].astype(np.float32) - zero.astype(np.float32)) * scale
    bias = next(v for k, v in arrays.items() if k.startswith("onnx::Add_") and v.shape == (256,))
    found["arc"] = np.concatenate([found["arc"], bias[None]], 0)
    found["root"] = next(v[0] for k, v in arrays.items() if k.startswith("onnx::Concat_") and v.shape[0] == 1)
    squeezed = {k: v for k, v in arrays.items() if k.startswith("/Squeeze") and v.size == 1}
    order = sorted(squeezed, key=lambda k: int("0" + "".join(c for c in k if c.isdigit())[:-1] or 0))
    found["mix"] = np.log(np.array([float(squeezed[k].reshape(())) for k in order]).reshape(TASKS, -1))
    heads = np.load(folder / "heads.npz")
    return found | {k: heads[k].astype(np.float32) for k in ("rel", "role")}


def grown(mix: np.ndarray, new: int) -> np.ndarray:
    """Logits of the mixes with `new` layers more, each with twice the share of the one below."""
    old = mix - np.log(np.exp(mix).sum(1, keepdims=True))
    shares = NEW_SHARE * 2.0 ** np.arange(new) / (2.0**new - 1)
    return np.concatenate([old + np.log(1 - NEW_SHARE), np.tile(np.log(shares), (len(mix), 1))], 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--e5", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--layers", type=int, help="grow to this many layers (default: as shipped)")
    args = parser.parse_args()
    card = json.loads((args.weights / "labels.json").read_text("utf-8"))
    tokenizer = (args.weights / "tokenizer.json").read_text("utf-8")
    pieces = [p for p, _ in json.loads(tokenizer)["model"]["vocab"]]
    full = {p: i for i, (p, _) in enumerate(json.loads(args.tokenizer.read_text("utf-8"))["model"]["vocab"])}
    sources = ["other", *sorted(WEIGHTS)]
    layers = args.layers or card["layers"]
    net = Network(len(pieces), layers, card["labels"], len(sources))
    original = read_e5(args.e5, layers)[0]
    words = original["emb.word"].reshape(-1, 384)
    found = shipped(args.weights) | {"word.weight": words[[full[p] for p in pieces]]}
    if layers > card["layers"]:
        found["mix"] = grown(found["mix"], layers - card["layers"])
    roles = {k: torch.from_numpy(np.array(v, np.float32)) for k, v in found.items() if k.startswith("role")}
    found |= {k: v.numpy() for k, v in net.widened(roles).items()}
    state = net.state_dict()
    for i in range(card["layers"], layers):
        copy_layer(net.layers[i], {k: torch.from_numpy(v.copy()) for k, v in original.items()}, i)
        found |= {k: v.numpy() for k, v in state.items() if k.startswith(f"layers.{i}.")}
    for name, value in state.items():
        if name not in found:
            print("new:", name, tuple(value.shape))
            continue
        array = torch.from_numpy(np.ascontiguousarray(found.pop(name), dtype=np.float32))
        if array.shape != value.shape:
            print("wider:", name, tuple(array.shape), "to", tuple(value.shape))
            wide = torch.zeros_like(value)
            wide[tuple(slice(n) for n in array.shape)] = array
            array = wide
        value.copy_(array)
    if found:
        raise SystemExit(f"parameters without a place: {sorted(found)}")
    torch.save(
        {
            "model": net.state_dict(),
            "labels": card["labels"],
            "tokenizer": tokenizer,
            "sources": sources,
            "layers": layers,
            "seed": card["seed"],
            "step": card["steps"],
            "minutes": card["minutes"],
        },
        args.out,
    )


if __name__ == "__main__":
    main()
