"""The network at run time: sentences of words in, tags, trees, names and event scores out (ONNX, int8, CPU).

Neighbouring sentences are read together, in windows: what «the incident» is stands in the sentence before.
Results depend on the report alone: one call of `Network.run` is one report, its windows are batched by length in
a fixed way. (Dynamic int8 takes the scale of a product from the whole batch, so the same sentence can score slightly
differently in another report.)
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from lagebild.language import decode
from lagebild.language.encode import Encoded, Encoder, Word, pack, window_length

Floats = NDArray[np.float32]

#: Sub-tokens with padding in one batch: few enough that what a layer computes stays in the processor's cache.
BUDGET = 384
#: Words whose relations are scored together.
CHUNK = 128
#: Sentences beyond this many sub-tokens are parsed in pieces: training saw no longer ones.
LONGEST = 180
#: Sub-tokens of sentences that are read together.
WINDOW = 128
ENVIRONMENT = "LAGEBILD_WEIGHTS"
OUTPUTS = ("tags", "arc_dep", "arc_head", "rel_dep", "rel_head", "names", "events", "role_dep", "role_head")
EVENT_FIELDS = ("type", "mode", "issue", "status", "stance", "measure", "precision")


@dataclass(frozen=True, eq=False)
class EventScores:
    """Log-probabilities of the event heads, [W, labels] each; `labels` names the columns of every field and `role`."""

    type: Floats
    mode: Floats
    issue: Floats
    status: Floats
    stance: Floats
    measure: Floats
    precision: Floats
    role_dep: Floats
    role_head: Floats
    role_matrix: Floats
    labels: dict[str, list[str]]

    @cached_property
    def _triggers(self) -> Floats:
        """The words' vectors as triggers, as they meet the role matrix."""
        found: Floats = np.concatenate([self.role_dep, np.ones((len(self.role_dep), 1), np.float32)], 1)
        return found

    @cached_property
    def _candidates(self) -> Floats:
        """The words' vectors as what fills a role, as they meet the role matrix."""
        found: Floats = np.concatenate([self.role_head, np.ones((len(self.role_head), 1), np.float32)], 1)
        return found

    def roles(self, trigger: int) -> Floats:
        """Log-probabilities [W, labels["role"]] of every word's role for the trigger (or figure) at this word."""
        # Products as small as these are slower on several threads, which BLAS would take.
        left = np.einsum("i,lij->lj", self._triggers[trigger], self.role_matrix)
        return decode.log_softmax(np.einsum("wj,lj->wl", self._candidates, left)).astype(np.float32, copy=False)


@dataclass(frozen=True, eq=False)
class Scores:
    """One sentence as the network sees it; every list has one item a word.

    `heads` are word indices (-1: the root), `entities` BIO labels, `events` None if the weights have no event heads.
    """

    heads: list[int]
    deprels: list[str]
    upos: list[str]
    feats: list[dict[str, str]]
    entities: list[str]
    events: EventScores | None = None


def weights_directory() -> Path:
    """Where the weights lie: the environment's LAGEBILD_WEIGHTS, else the package's own."""
    return Path(os.environ.get(ENVIRONMENT) or Path(__file__).parent / "weights")


class Network:
    """Loaded weights. `run` may be called from several threads at once."""

    def __init__(self, directory: Path | None = None, threads: int = 1) -> None:
        """Loads `analyser.onnx`, `heads.npz`, `labels.json`, `tokenizer.json`; FileNotFoundError if missing."""
        directory = directory or weights_directory()
        for name in ("analyser.onnx", "heads.npz", "labels.json", "tokenizer.json"):
            if not (directory / name).is_file():
                raise FileNotFoundError(f"weights missing: {directory / name}")
        card: dict[str, Any] = json.loads((directory / "labels.json").read_text("utf-8"))
        self.labels: dict[str, list[str]] = card["labels"]
        self.version: str = card["version"]
        self._treebanks: dict[str, int] = card["treebanks"]
        self._features = [name for name in self.labels if name.startswith("feat:")]
        self._encoder = Encoder(directory / "tokenizer.json")
        self._transitions = decode.transitions(self.labels["names"])
        self._events = [f"event:{name}" for name in EVENT_FIELDS] if "event:type" in self.labels else []
        self._event_places = _places(self.labels, [name for name in self.labels if name.startswith("event:")])
        self._event_labels = {name[6:]: self.labels[name] for name in self._events} | {"role": self.labels["role"]}
        with np.load(directory / "heads.npz") as heads:
            rel = heads["rel"].astype(np.float32)
            self._role: Floats = heads["role"].astype(np.float32)
        # [129, R * 129]: one product gives every dependent's vector for every relation.
        self._relations = rel.shape[0]
        self._rel: Floats = np.ascontiguousarray(rel.transpose(1, 0, 2).reshape(rel.shape[1], -1))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
        # Waiting threads must not spin: other processes of a corpus run need the cores.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(directory / "analyser.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def run(self, sentences: Sequence[Sequence[Word]], language: str = "de") -> list[Scores]:
        """Scores of all sentences of one report, in order. A word is (form, whether white space follows)."""
        treebank = self._treebanks.get(language, self._treebanks["de"])
        pieces: list[tuple[int, Encoded]] = []
        for number, words in enumerate(sentences):
            for part in self._cut(words):
                pieces.append((number, self._encoder.encode(part)))
        windows = _windows([encoded for _, encoded in pieces])
        found: list[Scores | None] = [None] * len(pieces)
        for batch in _batches([window_length([pieces[i][1] for i in window]) for window in windows]):
            chosen = [windows[i] for i in batch]
            scored = self._run([[pieces[i][1] for i in window] for window in chosen], treebank)
            for place, one in zip(chain.from_iterable(chosen), scored, strict=True):
                found[place] = one
        result: list[Scores | None] = [None] * len(sentences)
        for (number, _), scores in zip(pieces, found, strict=True):
            before = result[number]
            assert scores is not None
            result[number] = scores if before is None else _join(before, scores)
        return [scores for scores in result if scores is not None]

    def _cut(self, words: Sequence[Word]) -> Iterator[Sequence[Word]]:
        """The sentence, or pieces of it that the network can take, cut after punctuation where there is some."""
        begin, size, stop = 0, 2, 0
        space = True
        for place, (form, space_after) in enumerate(words):
            length = len(self._encoder.pieces(form, space))
            if size + length > LONGEST:
                end = stop if stop > begin else place
                yield words[begin:end]
                begin = end
                size = 2 + sum(len(self._encoder.pieces(f, True)) for f, _ in words[begin:place])
            size += length
            if form in {",", ";", ":", "–", "-", "|", ".", "!", "?"}:
                stop = place + 1
            space = space_after
        yield words[begin:]

    def _run(self, windows: list[list[Encoded]], treebank: int) -> Iterator[Scores]:
        """One batch through the network: scores of its sentences in order."""
        inputs = pack(windows)
        inputs["treebank"] = np.array([treebank], np.int64)
        outputs: dict[str, Floats] = dict(zip(OUTPUTS, self._session.run(list(OUTPUTS), inputs), strict=True))
        counts = [len(sentence.first) for sentence in chain.from_iterable(windows)]
        heads = self._heads(outputs["arc_dep"], outputs["arc_head"], counts)
        # All words of the batch one below the other: one call of numpy does what would take one a sentence.
        tags, labels = outputs["tags"], outputs["names"]
        deprels = self._deprels(outputs["rel_dep"], outputs["rel_head"], heads)
        upos = [self.labels["upos"][i] for i in tags[:, : len(self.labels["upos"])].argmax(1)]
        feats = self._feats(tags)
        events = self._event_scores(outputs)
        end = 0
        for row, count in enumerate(counts):
            begin, end = end, end + count
            here = slice(begin, end)
            entities = decode.viterbi(labels[here], self._transitions)
            yield Scores(
                heads=heads[row],
                deprels=["root" if h < 0 else label for h, label in zip(heads[row], deprels[here], strict=True)],
                upos=upos[here],
                feats=feats[here],
                entities=[self.labels["names"][i] for i in entities],
                events=EventScores(
                    **{name: part[here] for name, part in events.items()},
                    role_matrix=self._role,
                    labels=self._event_labels,
                )
                if events
                else None,
            )

    def _heads(self, dependents: Floats, heads: Floats, counts: list[int]) -> list[list[int]]:
        """The tree of each sentence; the last row of `heads` is the root."""
        found, begin = [], 0
        for count in counts:
            words = slice(begin, begin + count)
            begin += count
            found.append(decode.tree(dependents[words] @ np.concatenate([heads[-1:], heads[words]]).T))
        return found

    def _deprels(self, dependents: Floats, candidates: Floats, heads: list[list[int]]) -> list[str]:
        """Relations of the chosen arcs only; none is `root`, which the root's alone is."""
        labels = self.labels["deprel"]
        chosen: list[int] = []
        for sentence in heads:
            begin = len(chosen)
            chosen += [begin + head if head >= 0 else len(dependents) for head in sentence]
        found: list[str] = []
        for begin in range(0, len(chosen), CHUNK):
            left, right = dependents[begin : begin + CHUNK], candidates[chosen[begin : begin + CHUNK]]
            one = np.ones((len(left), 1), np.float32)
            left, right = np.concatenate([left, one], 1), np.concatenate([right, one], 1)
            scores = ((left @ self._rel).reshape(len(left), self._relations, -1) @ right[:, :, None])[:, :, 0]
            scores[:, labels.index("root")] = -np.inf
            found += [labels[i] for i in scores.argmax(1)]
        return found

    def _feats(self, tags: Floats) -> list[dict[str, str]]:
        """Morphological features: one choice a feature, `none` left out."""
        found: list[dict[str, str]] = [{} for _ in tags]
        at = len(self.labels["upos"])
        for name in self._features:
            values = self.labels[name]
            chosen = tags[:, at : at + len(values)].argmax(1)
            at += len(values)
            for word in chosen.nonzero()[0]:
                found[word][name[5:]] = values[chosen[word]]
        return found

    def _event_scores(self, outputs: dict[str, Floats]) -> dict[str, Floats]:
        """The arrays of `EventScores` for all words of a batch; {} without event heads."""
        if not self._events:
            return {}
        logits = outputs["events"]
        parts: dict[str, Floats] = {
            name[6:]: decode.log_softmax(logits[:, slice(*self._event_places[name])]).astype(np.float32)
            for name in self._events
        }
        return parts | {name: outputs[name] for name in ("role_dep", "role_head")}


def _places(labels: dict[str, list[str]], names: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Which columns of a joint output belong to which label set."""
    ends = np.cumsum([0, *(len(labels[name]) for name in names)]).tolist()
    return dict(zip(names, pairwise(ends), strict=True))


def _windows(sentences: Sequence[Encoded]) -> list[list[int]]:
    """Indices of neighbouring sentences that are read together: as many as fit into WINDOW, at least one."""
    found: list[list[int]] = []
    size = 0
    for i, sentence in enumerate(sentences):
        size += len(sentence.ids) - 1
        if not found or size >= WINDOW:
            found.append([])
            size = len(sentence.ids)
        found[-1].append(i)
    return found


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indices of windows of like length, longest first, at most BUDGET sub-tokens with padding a batch."""
    order = sorted(range(len(lengths)), key=lambda i: (-lengths[i], i))
    batch: list[int] = []
    for i in order:
        if batch and lengths[batch[0]] * (len(batch) + 1) > BUDGET:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


def _join(first: Scores, second: Scores) -> Scores:
    """Two pieces of one sentence: the second's root hangs on the first's as parataxis."""
    shift = len(first.heads)
    if not shift or not second.heads:
        return second if not shift else first
    root = first.heads.index(-1)
    events = None
    if first.events and second.events:
        a, b = first.events, second.events
        fields = (*EVENT_FIELDS, "role_dep", "role_head")
        joined: dict[str, Any] = {name: np.concatenate([getattr(a, name), getattr(b, name)]) for name in fields}
        events = replace(a, **joined)
    below = ["parataxis" if head < 0 else label for head, label in zip(second.heads, second.deprels, strict=True)]
    return Scores(
        heads=first.heads + [root if h < 0 else h + shift for h in second.heads],
        deprels=first.deprels + below,
        upos=first.upos + second.upos,
        feats=first.feats + second.feats,
        entities=first.entities + second.entities,
        events=events,
    )
