"""Trains the network on all tasks at once: words, trees, names and events. One run, checkpoints, fixed seed."""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from annotated import examples as own_examples
from data import EVENT_FIELDS, FEATURES, ROLES, Example, iob, marked, report, treebank
from encoder import Layer, Network, read_e5
from torch import Tensor, nn
from vocabulary import open_tokenizers, prune

#: How often each treebank's sentences are drawn in an epoch; German is scarce.
WEIGHTS = {
    "de_gsd": 4.0,
    "de_pud": 3.0,
    "en_ewt": 1.0,
    "en_pud": 1.0,
    "nl_alpino": 1.0,
    "nl_lassysmall": 0.6,
    "da_ddt": 0.7,
    "sv_talbanken": 0.8,
    "no_bokmaal": 0.6,
    "no_nynorsk": 0.3,
    "af_afribooms": 0.8,
    "bar_maibaam": 0.6,
    "fr_gsd": 0.5,
}
NAME_WEIGHTS = {"germeval2014-test": 2.0, "en_ewt-ud-dev": 4.0, "en_pud-ud-test": 2.0, "de_pud-ud-test": 2.0}
NAME_WEIGHTS |= {"own-names": 3.0}
BATCH, LONGEST = 1100, 180
#: Steps between two updates of the weights' running mean; each touches every weight once.
MEAN_EVERY = 4


class Data:
    """Examples as tensors: sub-tokens, word places and labels."""

    def __init__(self, labels: dict[str, list[str]], tokenizer: str, sources: list[str]) -> None:
        self.spaced, self.glued = open_tokenizers(tokenizer)
        self.labels = labels
        self.index = {k: {v: i for i, v in enumerate(vs)} for k, vs in labels.items()}
        self.sources = sources
        self.cache: dict[tuple[str, bool], list[int]] = {}

    def pieces(self, word: str, space: bool) -> list[int]:
        key = (word, space)
        if key not in self.cache:
            self.cache[key] = (self.spaced if space else self.glued).encode(word, add_special_tokens=False).ids[
                :12
            ] or [3]
        return self.cache[key]

    def sub(self, e: Example) -> tuple[list[int], list[int], list[int]]:
        ids, first, last = [0], [], []
        for i, form in enumerate(e.forms):
            piece = self.pieces(form, i == 0 or e.spaces[i - 1])
            first.append(len(ids))
            ids += piece
            last.append(len(ids) - 1)
        return [*ids, 2], first, last

    def batch(self, examples: list[Example], mask_out: float) -> dict[str, Tensor]:
        subs = [self.sub(e) for e in examples]
        n, s, w = len(subs), max(len(x[0]) for x in subs), max(len(x[1]) for x in subs)
        ids, mask = torch.ones(n, s, dtype=torch.long), torch.zeros(n, s)
        first, last = torch.zeros(n, w, dtype=torch.long), torch.zeros(n, w, dtype=torch.long)
        for i, (a, b, c) in enumerate(subs):
            ids[i, : len(a)] = torch.tensor(a)
            mask[i, : len(a)] = 1
            first[i, : len(b)] = torch.tensor(b)
            last[i, : len(c)] = torch.tensor(c)
        if mask_out:
            ids[(torch.rand(ids.shape) < mask_out) & (ids > 3)] = 3
        banks = torch.tensor([self.sources.index(e.bank) if e.bank in self.sources else 0 for e in examples])
        return {
            "ids": ids,
            "mask": mask,
            "first": first,
            "last": last,
            "treebank": banks,
            "lengths": torch.tensor([len(e.forms) for e in examples]),
        }

    def column(self, examples: list[Example], values: list[list[str | None]], label: str, w: int) -> Tensor:
        found = torch.full((len(examples), w), -100)
        index = self.index[label]
        for i, row in enumerate(values):
            found[i, : len(row)] = torch.tensor([index.get(v, -100) if v is not None else -100 for v in row])
        return found


def build_labels(trees: list[Example]) -> dict[str, list[str]]:
    from itertools import chain

    upos = sorted({u for e in trees for u in e.upos})
    labels = {"upos": upos, "deprel": sorted({d for e in trees for d in e.deprels})}
    for f in FEATURES:
        labels["feat:" + f] = [
            "none",
            *sorted({x[f] for e in trees if e.source[:2] in ("de", "en") for x in e.feats if f in x}),
        ]
    labels["names"] = ["O", *chain.from_iterable((f"B-{t}", f"I-{t}") for t in ("PER", "ORG", "LOC", "OTH"))]
    modes = {
        "CONSULT": "visit third-party multilateral phone",
        "RETREAT": "withdraw release disarm ceasefire access resign",
        "REQUEST": "assist change yield meet",
        "ACCUSE": "disapprove allege investigate",
        "THREATEN": "restrict arrest relations expel territory violence",
        "PROTEST": "demo riot strike hunger boycott obstruct",
        "SANCTION": "convict expel withdraw discontinue",
        "MOBILIZE": "troops weapons police militia",
        "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
        "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial "
        "drone heavy-weapons crowd-control unconventional",
    }
    types = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST "
    types += "SANCTION MOBILIZE COERCE ASSAULT"
    labels["event:type"] = ["none", *types.split()]
    labels["event:mode"] = ["none", *sorted({m for v in modes.values() for m in v.split()})]
    labels["event:issue"] = [
        "none",
        *[
            "ceasefire",
            "withdrawal",
            "disarmament",
            "border",
            "sanctions",
            "prisoners",
            "access",
            "aid",
            "weapons",
            "troops",
            "talks",
            "territory",
            "nuclear",
            "election",
            "government",
            "attack",
            "human-rights",
            "trade",
            "other",
        ],
    ]
    labels["event:status"] = ["occurred", "ongoing", "planned", "demanded", "considered", "conditional", "denied"]
    labels["event:stance"] = ["asserts", "believes", "doubts", "denies"]
    labels["event:measure"] = [
        "none",
        *[
            "killed",
            "wounded",
            "missing",
            "captured",
            "displaced",
            "affected",
            "troops",
            "fighters",
            "protesters",
            "weapons",
            "vehicles",
            "attacks",
            "money",
            "distance",
            "share",
            "other",
        ],
    ]
    labels["event:precision"] = ["exact", "about", "at_least", "at_most", "more_than", "less_than"]
    labels["role"] = list(ROLES)
    return labels


def buckets(examples: list[Example], data: Data, rng: random.Random) -> list[list[Example]]:
    """Batches of about BATCH sub-tokens, of like length, in random order."""
    order = sorted(
        (e for e in examples if len(e.forms) <= LONGEST * 0.8), key=lambda e: len(e.forms) + rng.random() * 4
    )
    result, now, longest = [], [], 0
    for e in order:
        size = min(len(data.sub(e)[0]), LONGEST)
        if size >= LONGEST:
            continue
        if now and max(longest, size) * (len(now) + 1) > BATCH:
            result.append(now)
            now, longest = [], 0
        now.append(e)
        longest = max(longest, size)
    if now:
        result.append(now)
    rng.shuffle(result)
    return result


def sample(examples: list[Example], weights: dict[str, float], rng: random.Random) -> list[Example]:
    found = []
    for e in examples:
        weight = weights.get(e.source, 1.0)
        found += [e] * (int(weight) + (rng.random() < weight % 1))
    return found


def syntax_loss(
    net: Network, data: Data, examples: list[Example], b: dict[str, Tensor], present: dict[str, set[str]]
) -> Tensor:
    states = net.encode(b["ids"], b["mask"])
    w = net.words(states, 0, b["first"], b["last"])
    tags, arcs, rel_dep, rel_head = net.syntax(w, b["treebank"])
    width = w.shape[1]
    cross = nn.functional.cross_entropy
    at = len(net.labels["upos"])
    loss = 0.5 * cross(
        tags[..., :at].flatten(0, 1),
        data.column(examples, [list(e.upos) for e in examples], "upos", width).flatten(),
        ignore_index=-100,
    )
    for name in net.features:
        f = name[5:]
        size = len(net.labels[name])
        rows: list[list[str | None]] = [
            [x.get(f, "none") for x in e.feats] if f in present[e.source] else [] for e in examples
        ]
        gold = data.column(examples, rows, name, width)
        if (gold >= 0).any():
            loss = loss + 0.3 * cross(tags[..., at : at + size].flatten(0, 1), gold.flatten(), ignore_index=-100)
        at += size
    gold_heads = torch.full((len(examples), width), -100)
    for i, e in enumerate(examples):
        gold_heads[i, : len(e.heads)] = torch.tensor(e.heads)
    beyond = torch.arange(width + 1)[None, :] > b["lengths"][:, None]
    arcs = arcs.masked_fill(beyond[:, None, :], -1e4)
    loss = loss + cross(arcs.flatten(0, 1), gold_heads.flatten(), ignore_index=-100)
    rows_i, cols = (gold_heads >= 0).nonzero(as_tuple=True)
    heads = gold_heads[rows_i, cols]
    rels = net.pair(net.rel, rel_dep[rows_i, cols], rel_head[rows_i, heads])
    gold_rel = data.column(examples, [list(e.deprels) for e in examples], "deprel", width)[rows_i, cols]
    return loss + cross(rels, gold_rel)


def name_loss(net: Network, data: Data, examples: list[Example], b: dict[str, Tensor]) -> Tensor:
    w = net.words(net.encode(b["ids"], b["mask"]), 1, b["first"], b["last"])
    out = net.spans(w, b["treebank"])
    rows: list[list[str | None]] = [list(e.names) for e in examples]
    return 2.0 * nn.functional.cross_entropy(
        out.flatten(0, 1), data.column(examples, rows, "names", w.shape[1]).flatten(), ignore_index=-100
    )


def event_loss(net: Network, data: Data, examples: list[Example], b: dict[str, Tensor], type_weights: Tensor) -> Tensor:
    w = net.words(net.encode(b["ids"], b["mask"]), 2, b["first"], b["last"])
    hidden = net.events(w)
    out = net.event_out(hidden)
    loss, at, cross = torch.zeros(()), 0, nn.functional.cross_entropy
    for name in net.event_parts:
        f, size = name[6:], len(net.labels[name])
        default = "none" if f in ("type", "measure") else None
        gold = data.column(examples, [[x.get(f, default) for x in e.events or []] for e in examples], name, w.shape[1])
        if (gold >= 0).any():
            weight = type_weights if f == "type" else None
            factor = {"type": 1.5, "measure": 0.7}.get(f, 0.25)
            loss = loss + factor * cross(
                out[..., at : at + size].flatten(0, 1), gold.flatten(), weight=weight, ignore_index=-100
            )
        at += size
    pairs = [
        (i, t, v, data.index["role"][r])
        for i, e in enumerate(examples)
        for t, row in e.roles.items()
        for v, r in enumerate(row)
    ]
    if pairs:
        rows_i, trigger, word, gold_role = (torch.tensor(x) for x in zip(*pairs, strict=True))
        dep, head = net.role_dep(w), net.role_head(w)
        scores = net.pair(net.role, dep[rows_i, trigger], head[rows_i, word])
        loss = loss + 0.7 * cross(scores, gold_role)
    return loss


@torch.no_grad()
def measure(net: Network, data: Data, trees: list[Example], events: list[Example]) -> str:
    net.eval()
    tags = arcs_right = las = words = 0
    for i in range(0, len(trees), 16):
        examples = trees[i : i + 16]
        b = data.batch(examples, 0)
        w = net.words(net.encode(b["ids"], b["mask"]), 0, b["first"], b["last"])
        out, arcs, rel_dep, rel_head = net.syntax(w, b["treebank"])
        beyond = torch.arange(w.shape[1] + 1)[None, :] > b["lengths"][:, None]
        heads = arcs.masked_fill(beyond[:, None, :], -1e4).argmax(-1)
        for j, e in enumerate(examples):
            n = len(e.forms)
            words += n
            gold, found = torch.tensor(e.heads), heads[j, :n]
            up = out[j, :n, : len(net.labels["upos"])].argmax(-1)
            tags += sum(net.labels["upos"][int(u)] == g for u, g in zip(up, e.upos, strict=True))
            rels = net.pair(net.rel, rel_dep[j, :n], rel_head[j, found]).argmax(-1)
            arcs_right += int((gold == found).sum())
            las += sum(
                int(h) == g and net.labels["deprel"][int(r)].split(":")[0] == d.split(":")[0]
                for h, g, r, d in zip(found, e.heads, rels, e.deprels, strict=True)
            )
    hit = pred = gold_n = 0
    for i in range(0, len(events), 16):
        examples = events[i : i + 16]
        b = data.batch(examples, 0)
        w = net.words(net.encode(b["ids"], b["mask"]), 2, b["first"], b["last"])
        found = net.event_out(net.events(w))[..., : len(net.labels["event:type"])].argmax(-1)
        for j, e in enumerate(examples):
            for v, x in enumerate(e.events or []):
                p, g = net.labels["event:type"][int(found[j, v])], x.get("type", "none")
                pred += p != "none"
                gold_n += g != "none"
                hit += p == g != "none"
    net.train()
    return (
        f"UPOS {100 * tags / words:.2f} UAS {100 * arcs_right / words:.2f} LAS {100 * las / words:.2f} | "
        f"events P {100 * hit / max(pred, 1):.1f} R {100 * hit / max(gold_n, 1):.1f} "
        f"F {200 * hit / max(pred + gold_n, 1):.1f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with treebanks/, names/, gold/, quotes/ (texts only)"
    )
    parser.add_argument("--e5", type=Path, required=True, help="e5-small-q4.bin")
    parser.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json of multilingual-e5-small")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--minutes", type=float, default=36)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bf16", action="store_true")
    parser.add_argument("--report", type=int, default=100)
    parser.add_argument("--rate", type=float, default=1.0, help="factor on both learning rates")
    parser.add_argument("--mix", type=float, nargs=3, default=[0.62, 0.16, 0.22], help="shares of trees, names, events")
    parser.add_argument("--start", type=Path, help="go on from this checkpoint")
    parser.add_argument("--freeze", type=int, default=0, help="layers from below that are not trained (faster steps)")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)

    banks = [
        p
        for p in sorted((args.data / "treebanks").glob("*.conllu"))
        if p.name not in ("de_gsd-ud-test.conllu", "en_ewt-ud-test.conllu")
    ]
    trees = [e for p in banks for e in treebank(p)]
    gsd = [e for e in trees if e.source == "de_gsd"]
    held = gsd[-150:]
    kept = {id(e) for e in held}
    trees = [e for e in trees if id(e) not in kept]
    names = [
        e
        for p in sorted((args.data / "names").iterdir())
        if p.suffix in (".iob2", ".tsv") and p.name not in ("germeval2014-dev.tsv", "en_ewt-ud-test.iob2")
        for e in iob(p)
    ]
    names += [e for p in sorted((Path(__file__).parent / "names").glob("*/*.txt")) for e in marked(p)]
    gold = [e for p in sorted((args.data / "gold" / "train").glob("*.json")) for e in report(p)]
    own = Path(__file__).parent / "reports"
    gold += own_examples(own)
    dev = [e for p in sorted((args.data / "gold" / "dev").glob("*.json")) for e in report(p)]
    dev += own_examples(own, held=True)

    if args.start:
        state = torch.load(args.start, weights_only=False)
        labels, tokenizer, sources = state["labels"], state["tokenizer"], state["sources"]
    else:
        import simplemma  # noqa: F401
        from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

        words = [(f, i == 0 or e.spaces[i - 1]) for e in (*trees, *names, *gold) for i, f in enumerate(e.forms)]
        extra: list[str] = []
        for language in ("de", "en"):
            for form in list(DefaultDictionaryFactory().get_dictionary(language))[::5]:
                extra.append(form.decode() if isinstance(form, bytes) else form)
        tokenizer, rows = prune(args.tokenizer, words, extra, 40000)
        labels = build_labels(trees)
        sources = ["other", *sorted(WEIGHTS)]
    data = Data(labels, tokenizer, sources)
    size = len(json.loads(tokenizer)["model"]["vocab"])
    if args.start:
        args.layers = state["layers"]
    net = Network(size, args.layers, labels, len(sources))
    if args.start:
        net.load_state_dict(state["model"])
    else:
        load_e5(net, args.e5, rows, args.layers)
    present = {s: {f for e in trees if e.source == s for x in e.feats for f in x} for s in {e.source for e in trees}}
    present["fr_gsd"] -= {"Case"}
    counts = Counter(x.get("type", "none") for e in gold for x in e.events or [])
    type_weights = torch.tensor(
        [1.0 if t == "none" else min(2.5, max(1.0, (250 / max(counts[t], 1)) ** 0.5)) for t in labels["event:type"]]
    )
    print(
        f"vocabulary {size}, {len(trees)} trees, {len(names)} name and {len(gold)} gold sentences, {EVENT_FIELDS}",
        flush=True,
    )

    net.word.weight.requires_grad_(False)
    if args.freeze:
        frozen = [net.position, net.ln, *net.layers[: args.freeze]]
        for parameter in (net.kind, *(p for part in frozen for p in part.parameters())):
            parameter.requires_grad_(False)
    encoder = [
        p
        for n, p in net.named_parameters()
        if n.split(".")[0] in ("position", "kind", "ln", "layers") and p.requires_grad
    ]
    ids = {id(p) for p in encoder}
    heads = [p for p in net.parameters() if id(p) not in ids and p.requires_grad]
    rates = (1.5e-4, 1e-3) if not args.start else (5e-5, 4e-4)
    optimiser = torch.optim.AdamW(
        [{"params": encoder, "lr": rates[0]}, {"params": heads, "lr": rates[1]}], weight_decay=0.01, betas=(0.9, 0.98),
        fused=True,
    )
    began, step, tokens = time.time(), 0, 0
    queue: dict[str, list[list[Example]]] = {"trees": [], "names": [], "events": []}
    rounds: Counter[str] = Counter()
    total = args.minutes * 60
    checked = began
    ema: dict[str, float] = {}
    mean = torch.optim.swa_utils.AveragedModel(net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.998**MEAN_EVERY))
    while (done := (time.time() - began) / total) < 1:
        kind = rng.choices(["trees", "names", "events"], args.mix)[0]
        if not queue[kind]:
            pool = {
                "trees": lambda: sample(trees, WEIGHTS, rng),
                "names": lambda: sample(names, NAME_WEIGHTS, rng),
                "events": lambda: gold,
            }[kind]()
            queue[kind] = buckets(pool, data, rng)
            rounds[kind] += 1
        examples = queue[kind].pop()
        # Few gold reports, many rounds: more masking keeps the event heads from learning them by heart.
        b = data.batch(examples, 0.15 if kind == "events" else 0.08)
        rate = min(1.0, (step + 1) / 150) * (1 - done) + 0.01
        for group, base in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = base * rate * args.rate
        with torch.autocast("cpu", torch.bfloat16, enabled=args.bf16):
            if kind == "trees":
                loss = syntax_loss(net, data, examples, b, present)
            elif kind == "names":
                loss = name_loss(net, data, examples, b)
            else:
                loss = event_loss(net, data, examples, b, type_weights)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_([*encoder, *heads], 2.0)
        optimiser.step()
        step += 1
        if step % MEAN_EVERY == 0:
            mean.update_parameters(net)
        tokens += int(b["mask"].sum())
        ema[kind] = 0.95 * ema.get(kind, loss.item()) + 0.05 * loss.item()
        if step % args.report == 0:
            elapsed = time.time() - began
            print(
                f"step {step} {elapsed / 60:.1f} min {tokens / elapsed:.0f} tok/s rounds {dict(rounds)} "
                + " ".join(f"{k} {v:.3f}" for k, v in sorted(ema.items())),
                flush=True,
            )
        if time.time() - checked > 240:
            save(mean.module, tokenizer, sources, args, step)
            print("   ", measure(mean.module, data, held, dev), flush=True)
            checked = time.time()
    save(mean.module, tokenizer, sources, args, step)
    print("end:", measure(mean.module, data, held, dev), flush=True)


def save(net: Network, tokenizer: str, sources: list[str], args: argparse.Namespace, step: int) -> None:
    state = {
        "model": net.state_dict(),
        "labels": net.labels,
        "tokenizer": tokenizer,
        "sources": sources,
        "layers": args.layers,
        "seed": args.seed,
        "step": step,
        "minutes": args.minutes,
    }
    torch.save(state, args.out / "part.pt")
    (args.out / "part.pt").replace(args.out / "last.pt")


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


if __name__ == "__main__":
    main()
