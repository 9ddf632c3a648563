"""Truncated first parts of compounds hang on the word that is written out."""

from __future__ import annotations

from lagebild.language.truncated import completed


def test_the_whole_word_heads_the_phrase() -> None:
    forms = ["Die", "Staats-", "und", "Regierungschefs", "Frankreichs", "berieten"]
    upos = ["DET", "NOUN", "CCONJ", "NOUN", "PROPN", "VERB"]
    heads, deprels = completed(forms, upos, [1, 5, 3, 1, 1, -1], ["det", "nsubj", "cc", "conj", "nmod", "root"])
    assert heads == [3, 3, 3, 5, 3, -1]
    assert deprels == ["det", "compound", "cc", "nsubj", "nmod", "root"]


def test_of_three_parts_the_last_is_whole() -> None:
    forms, upos = ["Land-", ",", "Luft-", "und", "Seestreitkräfte"], ["NOUN", "PUNCT", "NOUN", "CCONJ", "NOUN"]
    heads, deprels = completed(forms, upos, [-1, 2, 0, 4, 0], ["root", "punct", "conj", "cc", "conj"])
    assert (heads[4], deprels[4]) == (-1, "root")
    assert [(heads[w], deprels[w]) for w in (0, 2)] == [(4, "compound"), (4, "compound")]


def test_a_part_without_a_whole_is_left() -> None:
    assert completed(["Nord-", "gegen", "Süd"], ["NOUN", "ADP", "NOUN"], [-1, 2, 0], ["root", "case", "nmod"]) == (
        [-1, 2, 0],
        ["root", "case", "nmod"],
    )
