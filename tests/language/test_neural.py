"""The network's frame: what it does with empty, long and odd sentences, and that results repeat."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from lagebild.language import neural
from lagebild.language.encode import Word
from lagebild.language.neural import Network, Scores

FORMS = ["Angela", "Merkel", "reiste", "von", "Berlin", "nach", "Paris", "."]
SENTENCE: list[Word] = [(form, form != "Paris") for form in FORMS]


@pytest.fixture(scope="module")
def network() -> Network:
    if not (neural.weights_directory() / "analyser.onnx").is_file():
        pytest.skip("no weights")
    return Network()


def check(scores: Scores, count: int) -> None:
    for column in (scores.heads, scores.deprels, scores.upos, scores.feats, scores.entities):
        assert len(column) == count
    if count:
        assert scores.heads.count(-1) == 1
        assert [r == "root" for r in scores.deprels] == [h == -1 for h in scores.heads]


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"analyser\.onnx"):
        Network(tmp_path)


def test_a_plain_sentence(network: Network) -> None:
    (scores,) = network.run([SENTENCE])
    check(scores, len(SENTENCE))
    assert scores.upos[2] == "VERB"
    assert scores.heads[2] == -1
    assert scores.deprels[0] == "nsubj"
    assert scores.entities[:2] == ["B-PER", "I-PER"]


def test_event_scores_are_log_probabilities(network: Network) -> None:
    (scores,) = network.run([SENTENCE])
    events = scores.events
    assert events is not None
    for name in neural.EVENT_FIELDS:
        field = getattr(events, name)
        assert field.shape == (len(SENTENCE), len(events.labels[name]))
        assert np.allclose(np.exp(field).sum(1), 1, atol=1e-3)
    assert events.roles(2).shape == (len(SENTENCE), len(events.labels["role"]))


def test_odd_words_do_not_break_it(network: Network) -> None:
    forms = ["", "\ud800", "漢字", "\x00", "a" * 5000, "\u200b"]
    odd: list[Word] = [(form, form != "漢字") for form in forms]
    found = network.run([odd, [], SENTENCE])
    for scores, words in zip(found, [odd, [], SENTENCE], strict=True):
        check(scores, len(words))


def test_no_sentences(network: Network) -> None:
    assert network.run([]) == []
    check(network.run([[]])[0], 0)


def test_a_very_long_sentence_is_parsed_in_pieces(network: Network) -> None:
    long = SENTENCE[:-1] * 150
    (scores,) = network.run([long])
    check(scores, len(long))
    assert scores.events is not None
    assert scores.events.roles(700).shape[0] == len(long)


def test_results_repeat_also_from_threads(network: Network) -> None:
    report = [SENTENCE * n for n in range(1, 6)]
    first = network.run(report)
    results: list[list[Scores]] = []
    threads = [threading.Thread(target=lambda: results.append(network.run(report))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for again in results:
        assert [s.heads for s in again] == [s.heads for s in first]
        assert all(
            np.array_equal(a.events.type, b.events.type)
            for a, b in zip(again, first, strict=True)
            if a.events and b.events
        )
