"""Trees that checkpoints agree on for German news without trees of its own, to train on (self-training).

usage: silver.py --data DATA OUT.conllu CHECKPOINT [CHECKPOINT ...]

The texts are those of the name data that is trained on, of our own reports and of the Wikinews articles of `quotes/train.jsonl` (CC BY 2.5;
only their annotation may not be trained on); articles that `gold/` holds for choosing are left out. A head, relation or tag of which
the checkpoints' mean is less than SURE is written as `_` and does not count in training.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from annotated import examples as own_examples
from batches import Data
from data import Example, iob, raw, words_of
from encoder import Network
from losses import scores
from punctuation import attach
from torch import Tensor, nn
from trees import plain

from lagebild.language.decode import tree

SURE = 0.7
#: Shorter sentences teach nothing, longer ones are mostly lists.
LENGTHS = range(5, 61)
BATCH = 24


def texts(data: Path) -> Iterator[Example]:
    """Sentences of words as the program reads them."""
    for e in iob(data / "names" / "germeval2014-test.tsv"):
        yield from (raw(words, "silver-de") for words in words_of(plain(e), "de"))
    yield from (e for e in own_examples(Path(__file__).parent / "reports") if e.source == "own-de")
    kept = {json.loads(p.read_text("utf-8"))["text"][:60] for p in (data / "gold" / "dev").glob("*.json")}
    for line in (data / "quotes" / "train.jsonl").read_text("utf-8").splitlines():
        text = json.loads(line)["text"]
        if text[:60] not in kept:
            yield from (raw(words, "silver-de") for words in words_of(text, "de"))


@dataclass(slots=True)
class Scored:
    """A sentence's probabilities of heads [W, W + 1] and tags [W, T], and its vectors for relations, the root's last."""

    arcs: Tensor
    tags: Tensor
    dependents: Tensor
    heads: Tensor


class Parser:
    """A checkpoint that scores trees by the conventions of German GSD."""

    def __init__(self, path: Path, bf16: bool) -> None:
        self.bf16 = bf16
        state = torch.load(path, weights_only=False)
        self.labels, sources = state["labels"], state["sources"]
        self.data = Data(self.labels, state["tokenizer"], sources)
        self.bank = sources.index("de_gsd")
        size = len(json.loads(state["tokenizer"])["model"]["vocab"])
        self.net = Network(size, state["layers"], self.labels, len(sources))
        self.net.take(state["model"])
        self.net.float().eval()
        self.rel = self.net.rel.detach().transpose(0, 1).flatten(1)

    @torch.no_grad()
    def scored(self, sentences: list[Example]) -> list[Scored]:
        b = self.data.batch([[e] for e in sentences], 0)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.bf16):
            states = self.net.encode(b["ids"], b["mask"])
        w = self.net.words([s.float() for s in states], 0, b["first"], b["last"])
        tags, dep, head, rel_dep, rel_head = self.net.syntax(w, torch.full_like(b["treebank"], self.bank))
        arcs = scores(dep, head, b["slots"]).softmax(-1)
        found = []
        for row, e in enumerate(sentences):
            n = len(e.forms)
            here = slice(int(b["slots"][row, 0]), int(b["slots"][row, 0]) + n)
            tag = tags[here, : len(self.labels["upos"])].softmax(-1)
            found.append(Scored(arcs[row, :n, : n + 1], tag, rel_dep[here], torch.cat([rel_head[here], rel_head[-1:]])))
        return found

    @torch.no_grad()
    def relations(self, one: Scored, heads: list[int]) -> Tensor:
        """Probabilities [W, R] of the relations to the chosen heads, -1 the root."""
        add = nn.functional.pad
        left, right = add(one.dependents, (0, 1), value=1.0), add(one.heads[heads], (0, 1), value=1.0)
        # [W, R, 129]: every dependent's vector for every relation, in one product.
        vectors = (left @ self.rel).view(len(left), len(self.labels["deprel"]), -1)
        return (vectors @ right[:, :, None])[:, :, 0].softmax(-1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("out", type=Path)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--bf16", action="store_true", help="products in bfloat16, faster where the processor has it")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    parsers = [Parser(p, args.bf16) for p in args.checkpoints]
    labels = parsers[0].labels
    sentences = [e for e in texts(args.data) if len(e.forms) in LENGTHS]
    words = known = 0
    with args.out.open("w", encoding="utf-8") as file:
        for begin in range(0, len(sentences), BATCH):
            # In the texts' order: neighbours are read together in training.
            batch = sentences[begin : begin + BATCH]
            for e, *found in zip(batch, *(p.scored(batch) for p in parsers), strict=True):
                arcs = torch.stack([one.arcs for one in found]).mean(0)
                tags = torch.stack([one.tags for one in found]).mean(0)
                upos = [labels["upos"][int(i)] for i in tags.argmax(-1)]
                heads = attach(tree(arcs.log().numpy()), e.forms, upos)
                related = torch.stack([p.relations(one, heads) for p, one in zip(parsers, found, strict=True)]).mean(0)
                for i, (form, space, head) in enumerate(zip(e.forms, e.spaces, heads, strict=True)):
                    sure = float(arcs[i, head + 1]) >= SURE or upos[i] == "PUNCT"
                    named = sure and float(related[i].max()) >= SURE
                    deprel = "root" if head < 0 else labels["deprel"][int(related[i].argmax())]
                    cells = [
                        str(i + 1),
                        form,
                        "_",
                        upos[i] if float(tags[i].max()) >= SURE else "_",
                        "_",
                        "_",
                        str(head + 1) if sure else "_",
                        deprel if named else "_",
                        "_",
                        "_" if space else "SpaceAfter=No",
                    ]
                    file.write("\t".join(cells) + "\n")
                    words += 1
                    known += named
                file.write("\n")
    print(f"{len(sentences)} sentences, {words} words, {known} with a relation")


if __name__ == "__main__":
    main()
