"""The network: multilingual-e5-small's lower layers with heads for words, trees, names and events (PyTorch)."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import ClassVar

import numpy as np
import torch
from torch import Tensor, nn

HIDDEN, HEADS, FF = 384, 12, 1536
#: Width of the vectors that say what a word is to an event.
ROLE = 160
#: Pre-drawn dropout masks: drawing random numbers for each step would cost 7 % of it.
POOL_SIZE = 1 << 24


class Drop(nn.Module):
    """Dropout from a shared pool of masks, at a random offset each time."""

    pools: ClassVar[dict[float, Tensor]] = {}

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p
        if p not in self.pools:
            self.pools[p] = (torch.rand(POOL_SIZE) >= p).to(torch.float32) / (1 - p)

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or x.numel() >= POOL_SIZE:
            return x
        offset = int(torch.randint(POOL_SIZE - x.numel(), (1,)))
        return x * self.pools[self.p][offset : offset + x.numel()].view_as(x).to(x.dtype)


class Layer(nn.Module):
    """One BERT layer, post-LN, with plain attention (its backward pass is faster on a CPU than the fused one)."""

    def __init__(self, drop: float = 0.1) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.ln1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, FF)
        self.down = nn.Linear(FF, HIDDEN)
        self.ln2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = Drop(drop)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        b, s, _ = x.shape
        q, k, v = self.qkv(x).view(b, s, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        a = torch.softmax(q @ k.transpose(-1, -2) * (HIDDEN // HEADS) ** -0.5 + bias, -1)
        x = self.ln1(x + self.drop(self.out((a @ v).transpose(1, 2).reshape(b, s, HIDDEN))))
        return self.ln2(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))


class Mlp(nn.Module):
    def __init__(self, inputs: int, outputs: int, drop: float = 0.33) -> None:
        super().__init__()
        self.linear = nn.Linear(inputs, outputs)
        self.drop = Drop(drop)

    def forward(self, x: Tensor) -> Tensor:
        return self.drop(nn.functional.gelu(self.linear(x)))


class Network(nn.Module):
    """Encoder and heads. Words are the first and last sub-token of a learned mix of layers, one mix a task."""

    def __init__(self, vocabulary: int, layers: int, labels: dict[str, list[str]], treebanks: int) -> None:
        super().__init__()
        self.labels = labels
        self.word = nn.Embedding(vocabulary, HIDDEN)
        self.position = nn.Embedding(512, HIDDEN)
        self.kind = nn.Parameter(torch.zeros(HIDDEN))
        self.ln = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.mix = nn.Parameter(torch.zeros(3, layers + 1))
        self.treebank = nn.Embedding(treebanks, 16)
        self.root = nn.Parameter(torch.zeros(2 * HIDDEN + 16))
        wide = 2 * HIDDEN
        self.drop = Drop(0.2)
        self.tags = Mlp(wide + 16, 256)
        self.features = [name for name in labels if name.startswith("feat:")]
        self.tag_out = nn.Linear(256, len(labels["upos"]) + sum(len(labels[f]) for f in self.features))
        self.arc_dep, self.arc_head = Mlp(wide + 16, 256), Mlp(wide + 16, 256)
        self.arc = nn.Parameter(torch.zeros(257, 256))
        self.rel_dep, self.rel_head = Mlp(wide + 16, 128), Mlp(wide + 16, 128)
        self.rel = nn.Parameter(torch.zeros(len(labels["deprel"]), 129, 129))
        # Name files differ in what they call a name (only GermEval has OTH): the source tells which is asked for.
        self.scheme = nn.Embedding(treebanks, 16)
        self.names = Mlp(wide + 16, 256)
        self.name_out = nn.Linear(256, len(labels["names"]))
        self.events = Mlp(wide, 320)
        self.event_parts = [name for name in labels if name.startswith("event:")]
        self.event_out = nn.Linear(320, sum(len(labels[e]) for e in self.event_parts))
        self.role_dep, self.role_head = Mlp(wide, ROLE), Mlp(wide, ROLE)
        self.role = nn.Parameter(torch.zeros(len(labels["role"]), ROLE + 1, ROLE + 1))
        for parameter in (self.arc, self.rel, self.role):
            nn.init.normal_(parameter, std=0.01)

    def take(self, state: dict[str, Tensor]) -> None:
        """Takes over a checkpoint's weights, its roles widened."""
        self.load_state_dict(self.widened(state))

    @torch.no_grad()
    def widened(self, state: dict[str, Tensor]) -> dict[str, Tensor]:
        """A checkpoint's weights with roles as wide as ours. Where they were narrower, what they say stays the same at first: the
        new parts of the vectors meet zeros in the matrix."""
        state = dict(state)
        narrow = state["role"].shape[1] - 1
        if narrow < ROLE:
            for name in (
                "role_dep.linear.weight",
                "role_dep.linear.bias",
                "role_head.linear.weight",
                "role_head.linear.bias",
            ):
                wide = self.get_parameter(name).clone()
                wide[:narrow] = state[name]
                state[name] = wide
            kept = [*range(narrow), ROLE]
            matrix = torch.zeros_like(self.role)
            matrix[:, torch.tensor(kept)[:, None], torch.tensor(kept)] = state["role"]
            state["role"] = matrix
        return state

    def encode(self, ids: Tensor, mask: Tensor) -> list[Tensor]:
        """States of all layers: ids and mask are [B, S]; each state is [B, S, 384]."""
        x = self.word(ids) + self.position(torch.arange(ids.shape[1])) + self.kind
        x = self.ln(x)
        bias = (1.0 - mask)[:, None, None, :] * -10000.0
        states = [x]
        for layer in self.layers:
            states.append(layer(states[-1], bias))
        return states

    def words(self, states: list[Tensor], task: int, first: Tensor, last: Tensor) -> Tensor:
        """Vectors [N, 768] of all words of a batch by a task's mix of layers; `first` and `last` [N] are the places of their
        sub-tokens in the flattened batch (row · S + column)."""
        weights = torch.softmax(self.mix[task], 0)
        mixed = sum(w * s for w, s in zip(weights.unbind(), states, strict=True))
        assert isinstance(mixed, Tensor)
        flat = mixed.reshape(-1, HIDDEN)
        return self.drop(torch.cat([flat[first], flat[last]], -1))

    def syntax(self, w: Tensor, treebank: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Tag logits [N, T]; vectors of words as dependents of arcs [N, 256], as their heads [N + 1, 256], as dependents
        [N, 128] and heads [N + 1, 128] of relations; the last head is the root. An arc's score is a product of its two."""
        w = torch.cat([w, self.treebank(treebank)], -1)
        heads = torch.cat([w, self.root[None]], 0)
        dep = self.arc_dep(w) @ self.arc[:256] + self.arc[256]
        return self.tag_out(self.tags(w)), dep, self.arc_head(heads), self.rel_dep(w), self.rel_head(heads)

    def spans(self, w: Tensor, source: Tensor) -> Tensor:
        """Logits [N, 9] of names in IOB2, as the source's annotators would mark them."""
        out: Tensor = self.name_out(self.names(torch.cat([w, self.scheme(source)], -1)))
        return out

    def pair(self, matrix: Tensor, left: Tensor, right: Tensor) -> Tensor:
        """Biaffine label scores [N, L] of N pairs of vectors."""
        one = torch.ones_like(left[..., :1])
        left, right = torch.cat([left, one], -1), torch.cat([right, one], -1)
        return torch.einsum("ni,lij,nj->nl", left, matrix, right)


def read_e5(path: Path, layers: int) -> tuple[dict[str, np.ndarray], list[str]]:
    """Tensors of a bundled 4-bit file (layout in training/README.md), dequantised, and its pieces."""
    raw = path.read_bytes()
    if raw[:4] != b"E5S1":
        raise ValueError(f"{path}: no E5S1 weights")
    at = 8
    header = struct.unpack_from("<7i", raw, at)
    at += 28 + 4 + 4
    pieces = struct.unpack_from("<5i", raw, at)[0]
    at += 20
    (blob,) = struct.unpack_from("<Q", raw, at)
    at += 8
    at += 4 * (pieces + 1) + 4 * pieces + blob
    n_norm, size = struct.unpack_from("<iI", raw, at)
    del n_norm
    found: dict[str, np.ndarray] = {}
    del header
    # The normaliser's map may be padded: look for the tensor count behind it.
    at += 8 + size
    start = raw.find(struct.pack("<i", 197), at - 8 - size)
    for candidate in [at, start]:
        try:
            found = _tensors(raw, candidate, layers)
            break
        except (struct.error, ValueError, UnicodeDecodeError):
            continue
    if not found:
        raise ValueError(f"{path}: no tensors found")
    return found, []


def _tensors(raw: bytes, at: int, layers: int) -> dict[str, np.ndarray]:
    (count,) = struct.unpack_from("<i", raw, at)
    if count != 197:
        raise ValueError("no tensor table")
    at += 4
    found = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", raw, at)
        name = raw[at + 2 : at + 2 + length].decode()
        at += 2 + length
        dtype, n, offset, size = struct.unpack_from("<BIQQ", raw, at)
        at += 21
        if any(f"layer.{i}." in name for i in range(layers, 12)):
            continue
        if dtype == 0:
            found[name] = np.frombuffer(raw, "<f4", n, offset).copy()
        else:
            blocks = np.frombuffer(raw, np.uint8, size, offset).reshape(-1, 18)
            scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
            nibbles = blocks[:, 2:]
            low = (nibbles & 15).astype(np.float32) - 8
            high = (nibbles >> 4).astype(np.float32) - 8
            found[name] = (np.concatenate([low, high], 1) * scale).reshape(-1)[:n]
    return found


def load_e5(net: Network, path: Path, rows: list[int], layers: int) -> None:
    """Copies the encoder's weights in; `rows` are the kept rows of the word embedding."""
    found, _ = read_e5(path, layers)
    tensor = {k: torch.from_numpy(np.ascontiguousarray(v)) for k, v in found.items()}
    with torch.no_grad():
        net.word.weight.copy_(tensor["emb.word"].view(-1, 384)[torch.tensor(rows)])
        net.position.weight.copy_(tensor["emb.pos"].view(-1, 384))
        net.kind.copy_(tensor["emb.type"].view(-1, 384)[0])
        net.ln.weight.copy_(tensor["emb.ln.w"])
        net.ln.bias.copy_(tensor["emb.ln.b"])
        for i, layer in enumerate(net.layers):
            copy_layer(layer, tensor, i)


@torch.no_grad()
def copy_layer(layer: Layer, tensor: dict[str, Tensor], i: int) -> None:
    """Copies layer `i` of the original model into a layer of ours."""
    get = lambda name: tensor[f"l{i}.{name}"]  # noqa: E731
    layer.qkv.weight.copy_(torch.cat([get(f"{x}.w").view(384, 384) for x in "qkv"]))
    layer.qkv.bias.copy_(torch.cat([get(f"{x}.b") for x in "qkv"]))
    layer.out.weight.copy_(get("ao.w").view(384, 384))
    layer.out.bias.copy_(get("ao.b"))
    layer.ln1.weight.copy_(get("aln.w"))
    layer.ln1.bias.copy_(get("aln.b"))
    layer.up.weight.copy_(get("fi.w").view(1536, 384))
    layer.up.bias.copy_(get("fi.b"))
    layer.down.weight.copy_(get("fo.w").view(384, 1536))
    layer.down.bias.copy_(get("fo.b"))
    layer.ln2.weight.copy_(get("oln.w"))
    layer.ln2.bias.copy_(get("oln.b"))
