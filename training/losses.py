"""What training makes small: the losses of trees, names and events, and the figures watched meanwhile."""

from __future__ import annotations

import random

import torch
from batches import Data, Window, windows
from data import Example
from encoder import Network
from torch import Tensor, nn

#: Features that a source annotates at all.
Present = dict[str, set[str]]


def syntax_loss(net: Network, data: Data, units: list[Window], b: dict[str, Tensor], present: Present) -> Tensor:
    examples = [e for w in units for e in w]
    w = net.words(net.encode(b["ids"], b["mask"]), 0, b["first"], b["last"])
    tags, dep, head, rel_dep, rel_head = net.syntax(w, b["treebank"])
    cross = nn.functional.cross_entropy
    at = len(net.labels["upos"])
    loss = 0.5 * cross(tags[:, :at], data.column([list(e.upos) for e in examples], "upos"), ignore_index=-100)
    for name in net.features:
        f = name[5:]
        size = len(net.labels[name])
        rows: list[list[str | None]] = [
            [x.get(f, "none") if f in present[e.source] else None for x in e.feats] for e in examples
        ]
        gold = data.column(rows, name)
        if (gold >= 0).any():
            loss = loss + 0.3 * cross(tags[:, at : at + size], gold, ignore_index=-100)
        at += size
    arcs = scores(dep, head, b["slots"])
    n = len(b["first"])
    # Heads by row: word h of a sentence is `h - 1` rows behind its first word, the root is the row behind all words.
    gold_heads = torch.full(b["slots"].shape, -100)
    head_rows = torch.empty(n, dtype=torch.long)
    at = 0
    for i, e in enumerate(examples):
        heads = torch.tensor(e.heads)
        gold_heads[i, : len(heads)] = heads
        # The root's row stands in for a head that is not known: such a word has no relation either.
        head_rows[at : at + len(heads)] = torch.where(heads > 0, at + heads - 1, n)
        at += len(heads)
    loss = loss + cross(arcs.flatten(0, 1), gold_heads.flatten(), ignore_index=-100)
    rels = net.pair(net.rel, rel_dep, rel_head[head_rows])
    return loss + cross(rels, data.column([list(e.deprels) for e in examples], "deprel"), ignore_index=-100)


def scores(dep: Tensor, head: Tensor, slots: Tensor) -> Tensor:
    """Arc scores [sentences, W, W + 1], column 0 the root; -1e4 where a sentence has no word."""
    n = len(dep)
    none = slots == n
    inside = slots.masked_fill(none, 0)
    rows = torch.cat([torch.full((len(slots), 1), n), inside], 1)
    beyond = nn.functional.pad(none, (1, 0))
    return (dep[inside] @ head[rows].transpose(1, 2)).masked_fill(beyond[:, None, :], -1e4)


def name_loss(net: Network, data: Data, units: list[Window], b: dict[str, Tensor]) -> Tensor:
    out = net.spans(net.words(net.encode(b["ids"], b["mask"]), 1, b["first"], b["last"]), b["treebank"])
    gold = data.column([list(e.names) for w in units for e in w], "names")
    return 2.0 * nn.functional.cross_entropy(out, gold, ignore_index=-100)


def event_loss(net: Network, data: Data, units: list[Window], b: dict[str, Tensor], type_weights: Tensor) -> Tensor:
    examples = [e for w in units for e in w]
    w = net.words(net.encode(b["ids"], b["mask"]), 2, b["first"], b["last"])
    out = net.event_out(net.events(w))
    loss, at, cross = torch.zeros(()), 0, nn.functional.cross_entropy
    for name in net.event_parts:
        f, size = name[6:], len(net.labels[name])
        default = "none" if f in ("type", "measure") else None
        gold = data.column([[x.get(f, default) for x in e.events or []] for e in examples], name)
        if (gold >= 0).any():
            weight = type_weights if f == "type" else None
            factor = {"type": 1.5, "measure": 0.7, "status": 0.7}.get(f, 0.25)
            loss = loss + factor * cross(out[:, at : at + size], gold, weight=weight, ignore_index=-100)
        at += size
    begins = b["slots"][:, 0].tolist()
    pairs = [
        (begin + t, begin + v, data.index["role"][r])
        for begin, e in zip(begins, examples, strict=True)
        for t, row in e.roles.items()
        for v, r in enumerate(row)
    ]
    if pairs:
        trigger, word, gold_role = (torch.tensor(x) for x in zip(*pairs, strict=True))
        dep, head = net.role_dep(w), net.role_head(w)
        loss = loss + 1.2 * cross(net.pair(net.role, dep[trigger], head[word]), gold_role)
    return loss


@torch.no_grad()
def measure(net: Network, data: Data, trees: list[Example], events: list[Example]) -> str:
    """Held-out trees sentence by sentence, held-out events in windows."""
    net.eval()
    tags = arcs_right = las = words = 0
    for i in range(0, len(trees), 16):
        examples = trees[i : i + 16]
        b = data.batch([[e] for e in examples], 0)
        w = net.words(net.encode(b["ids"], b["mask"]), 0, b["first"], b["last"])
        out, dep, head, rel_dep, rel_head = net.syntax(w, b["treebank"])
        heads = scores(dep, head, b["slots"]).argmax(-1)
        for j, e in enumerate(examples):
            n = len(e.forms)
            words += n
            at = int(b["slots"][j, 0])
            gold, found = torch.tensor(e.heads), heads[j, :n]
            up = out[at : at + n, : len(net.labels["upos"])].argmax(-1)
            tags += sum(net.labels["upos"][int(u)] == g for u, g in zip(up, e.upos, strict=True))
            rows = torch.where(found > 0, at + found - 1, len(w))
            rels = net.pair(net.rel, rel_dep[at : at + n], rel_head[rows]).argmax(-1)
            arcs_right += int((gold == found).sum())
            las += sum(
                int(h) == g and net.labels["deprel"][int(r)].split(":")[0] == d.split(":")[0]
                for h, g, r, d in zip(found, e.heads, rels, e.deprels, strict=True)
            )
    hit = pred = gold_n = right = 0
    units = windows(events, data, random.Random(0), 0)
    types, statuses = net.labels["event:type"], net.labels["event:status"]
    place = sum(len(net.labels[n]) for n in net.event_parts[: net.event_parts.index("event:status")])
    for i in range(0, len(units), 8):
        b = data.batch(units[i : i + 8], 0)
        w = net.words(net.encode(b["ids"], b["mask"]), 2, b["first"], b["last"])
        scored = net.event_out(net.events(w))
        at = sum(len(net.labels[n]) for n in net.event_parts[: net.event_parts.index("event:type")])
        kinds = scored[:, at : at + len(types)].argmax(-1).tolist()
        states = scored[:, place : place + len(statuses)].argmax(-1).tolist()
        gold_words = [x for u in units[i : i + 8] for e in u for x in e.events or []]
        for kind, state, x in zip(kinds, states, gold_words, strict=True):
            p, g = types[kind], x.get("type", "none")
            pred += p != "none"
            gold_n += g != "none"
            hit += p == g != "none"
            right += g != "none" and statuses[state] == x["status"]
    net.train()
    return (
        f"UPOS {100 * tags / words:.2f} UAS {100 * arcs_right / words:.2f} LAS {100 * las / words:.2f} | "
        f"events P {100 * hit / max(pred, 1):.1f} R {100 * hit / max(gold_n, 1):.1f} "
        f"F {200 * hit / max(pred + gold_n, 1):.1f} status {100 * right / max(gold_n, 1):.1f}"
    )
