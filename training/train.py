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
NAME_WEIGHTS |= {"own-names-de": 2.0, "own-names-en": 3.0}
EVENT_WEIGHTS = {"gold": 1.5}
BATCH, LONGEST = 1100, 180
#: Steps between two updates of the weights' running mean; each touches every weight once.
MEAN_EVERY = 4


#: Neighbouring sentences that the network reads together.
Window = list[Example]
#: Features that a source annotates at all.
Present = dict[str, set[str]]


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

    def length(self, window: Window) -> int:
        """Sub-tokens of a window with its marks."""
        return 1 + sum(len(self.sub(e)[0]) - 1 for e in window)

    def batch(self, windows: list[Window], mask_out: float) -> dict[str, Tensor]:
        """Inputs of a batch: ids and mask [B, S]; one row a word for `first`, `last` (places in the flattened batch), `treebank`;
        `slots` [sentences, W] are the rows of each sentence's words, the number of words where it has none."""
        s = max(self.length(w) for w in windows)
        ids, mask = torch.ones(len(windows), s, dtype=torch.long), torch.zeros(len(windows), s)
        first: list[int] = []
        last: list[int] = []
        banks: list[int] = []
        rows: list[range] = []
        for i, window in enumerate(windows):
            at = i * s
            for e in window:
                a, b, c = self.sub(e)
                # The end mark of one sentence stands where the next has its start mark.
                column = at - i * s
                ids[i, column : column + len(a)] = torch.tensor(a if column == 0 else [2, *a[1:]])
                rows.append(range(len(first), len(first) + len(b)))
                first += [at + x for x in b]
                last += [at + x for x in c]
                banks += [self.sources.index(e.bank) if e.bank in self.sources else 0] * len(b)
                at += len(a) - 1
            mask[i, : at - i * s + 1] = 1
        if mask_out:
            ids[(torch.rand(ids.shape) < mask_out) & (ids > 3)] = 3
        slots = torch.full((len(rows), max(len(r) for r in rows)), len(first))
        for j, r in enumerate(rows):
            slots[j, : len(r)] = torch.arange(r.start, r.stop)
        found = {"first": first, "last": last, "treebank": banks}
        return {"ids": ids, "mask": mask, "slots": slots} | {k: torch.tensor(v) for k, v in found.items()}

    def column(self, values: list[list[str | None]], label: str) -> Tensor:
        """Label numbers [N] of all words of a batch, -100 where a source does not say."""
        index = self.index[label]
        return torch.tensor([index.get(v, -100) if v is not None else -100 for row in values for v in row])


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


def windows(examples: list[Example], data: Data, rng: random.Random, single: float) -> list[Window]:
    """Examples in windows: neighbours of one report or file up to a random length, or a sentence alone (share `single`)."""
    found: list[Window] = []
    now: Window = []
    size, limit = 1, 0
    for e in examples:
        length = len(data.sub(e)[0]) - 1
        if length >= LONGEST - 1 or len(e.forms) > LONGEST * 0.8:
            continue
        if now and (size + length > limit or now[-1].document != e.document):
            found.append(now)
            now = []
        if not now:
            size, limit = 1, 0 if rng.random() < single else rng.randint(60, LONGEST)
        now.append(e)
        size += length
    return [*found, now] if now else found


def buckets(units: list[Window], data: Data, rng: random.Random) -> list[list[Window]]:
    """Batches of about BATCH sub-tokens, of like length, in random order."""
    order = sorted(((data.length(w), w) for w in units), key=lambda x: x[0] + rng.random() * 4)
    result, now, longest = [], [], 0
    for size, w in order:
        if now and max(longest, size) * (len(now) + 1) > BATCH:
            result.append(now)
            now, longest = [], 0
        now.append(w)
        longest = max(longest, size)
    if now:
        result.append(now)
    rng.shuffle(result)
    return result


def sample(
    examples: list[Example], weights: dict[str, float], data: Data, rng: random.Random, single: float
) -> list[Window]:
    """Windows of all examples, each source as often as its weight says."""
    found = []
    for source in sorted({e.source for e in examples}):
        mine = [e for e in examples if e.source == source]
        weight = weights.get(source, 1.0)
        for _ in range(int(weight)):
            found += windows(mine, data, rng, single)
        rest = windows(mine, data, rng, single)
        found += rng.sample(rest, round(len(rest) * (weight % 1)))
    return found


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
            factor = {"type": 1.5, "measure": 0.7, "status": 0.4}.get(f, 0.25)
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
        loss = loss + 0.7 * cross(net.pair(net.role, dep[trigger], head[word]), gold_role)
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
        [{"params": encoder, "lr": rates[0]}, {"params": heads, "lr": rates[1]}],
        weight_decay=0.01,
        betas=(0.9, 0.98),
        fused=True,
    )
    began, step, tokens = time.time(), 0, 0
    queue: dict[str, list[list[Window]]] = {"trees": [], "names": [], "events": []}
    rounds: Counter[str] = Counter()
    total = args.minutes * 60
    checked = began
    ema: dict[str, float] = {}
    mean = torch.optim.swa_utils.AveragedModel(
        net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.998**MEAN_EVERY)
    )
    while (done := (time.time() - began) / total) < 1:
        kind = rng.choices(["trees", "names", "events"], args.mix)[0]
        if not queue[kind]:
            pool, weights, single = {
                "trees": (trees, WEIGHTS, 0.5),
                "names": (names, NAME_WEIGHTS, 0.5),
                "events": (gold, EVENT_WEIGHTS, 0.15),
            }[kind]
            queue[kind] = buckets(sample(pool, weights, data, rng, single), data, rng)
            rounds[kind] += 1
        units = queue[kind].pop()
        # Few gold reports, many rounds: more masking keeps the event heads from learning them by heart.
        b = data.batch(units, 0.15 if kind == "events" else 0.08)
        rate = min(1.0, (step + 1) / 150) * (1 - done) + 0.01
        for group, base in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = base * rate * args.rate
        with torch.autocast("cpu", torch.bfloat16, enabled=args.bf16):
            if kind == "trees":
                loss = syntax_loss(net, data, units, b, present)
            elif kind == "names":
                loss = name_loss(net, data, units, b)
            else:
                loss = event_loss(net, data, units, b, type_weights)
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
        if time.time() - checked > 540:
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
