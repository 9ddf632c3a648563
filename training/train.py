"""Trains the network on all tasks at once: words, trees, names and events. One run, checkpoints, fixed seed."""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path

import torch
from annotated import examples as own_examples
from batches import Data, Window, buckets, sample
from data import EVENT_FIELDS, iob, marked, report, treebank
from encoder import Network, load_e5
from labels import build_labels
from losses import event_loss, measure, name_loss, syntax_loss
from torch import nn
from trees import corrected
from vocabulary import prune

#: How often each treebank's sentences are drawn in an epoch; German is scarce.
WEIGHTS = {
    "de_gsd": 4.0,
    "de_pud": 3.0,
    "en_ewt": 1.0,
    "en_pud": 1.0,
    "nl_alpino": 0.5,
    "nl_lassysmall": 0.3,
    "da_ddt": 0.35,
    "sv_talbanken": 0.4,
    "no_bokmaal": 0.3,
    "no_nynorsk": 0.15,
    "af_afribooms": 0.4,
    "bar_maibaam": 0.6,
    "fr_gsd": 0.25,
}
#: Trees of our own (corrected by hand) and those that silver.py writes.
TREE_WEIGHTS = WEIGHTS | {"own-trees-de": 3.0, "silver-de": 0.4}
NAME_WEIGHTS = {"germeval2014-test": 2.0, "en_ewt-ud-dev": 4.0, "en_pud-ud-test": 2.0, "de_pud-ud-test": 2.0}
NAME_WEIGHTS |= {"own-names-de": 2.0, "own-names-en": 3.0}
EVENT_WEIGHTS = {"gold": 3.0}
#: Steps between two updates of the weights' running mean; each touches every weight once.
MEAN_EVERY = 4


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
    parser.add_argument("--silver", type=Path, help="trees that silver.py wrote")
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
    own_trees = corrected(Path(__file__).parent / "trees", args.data)
    trees += own_trees
    if args.silver:
        by_hand = {tuple(e.forms) for e in own_trees}
        trees += [e for e in treebank(args.silver) if tuple(e.forms) not in by_hand]
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
        net.take(state["model"])
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
                "trees": (trees, TREE_WEIGHTS, 0.5),
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


if __name__ == "__main__":
    main()
