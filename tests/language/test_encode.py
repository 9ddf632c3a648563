"""Sub-tokens of words, and windows of neighbouring sentences: every word keeps its place."""

from __future__ import annotations

import numpy as np
import pytest

from lagebild.language import neural
from lagebild.language.encode import END, PAD, START, Encoded, Encoder, pack, window_length

SENTENCES = ["Kerry traf Lawrow in Paris .", "Der Minister sprach von einem Vorfall .", "Nein ."]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    path = neural.weights_directory() / "tokenizer.json"
    if not path.is_file():
        pytest.skip("no weights")
    return Encoder(path)


def encoded(encoder: Encoder) -> list[Encoded]:
    return [encoder.encode([(word, True) for word in s.split()]) for s in SENTENCES]


def test_a_window_holds_its_sentences_one_after_the_other(encoder: Encoder) -> None:
    one, two, three = encoded(encoder)
    inputs = pack([[one, two], [three]])
    ids, mask = inputs["ids"], inputs["mask"]
    assert ids.shape == (2, window_length([one, two]))
    assert ids[0, 0] == START
    assert (ids[0] == END).sum() == 2
    assert ids[1, window_length([three]) :].tolist() == [PAD] * (ids.shape[1] - window_length([three]))
    assert mask.sum() == window_length([one, two]) + window_length([three])


def test_every_word_finds_its_own_sub_tokens_in_a_window(encoder: Encoder) -> None:
    sentences = encoded(encoder)
    inputs = pack([sentences[:2], sentences[2:]])
    flat = inputs["ids"].reshape(-1)
    words = [word for s in SENTENCES for word in s.split()]
    assert len(inputs["first"]) == len(inputs["last"]) == len(words)
    for word, first, last in zip(words, inputs["first"], inputs["last"], strict=True):
        assert tuple(flat[int(first) : int(last) + 1]) == encoder.pieces(word, True)


def test_a_long_report_is_cut_into_windows_in_its_order(encoder: Encoder) -> None:
    network = neural.Network()
    words = [[(word, True) for word in s.split()] for s in SENTENCES] * 30
    found = network.run(words)
    assert [len(scores.upos) for scores in found] == [len(s) for s in words]
    # The same sentence says the same wherever it stands: names and heads of the first are right in every window.
    for scores in found[::3]:
        assert scores.entities[0] == "B-PER"
        assert scores.heads[1] == -1
    last = found[-1].events
    assert last is not None
    assert np.isfinite(last.type).all()
