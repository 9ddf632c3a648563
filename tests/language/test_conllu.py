"""CoNLL-U is written so that it can be read back, contractions and offsets included."""

from __future__ import annotations

import pytest

from lagebild.language.conllu import from_conllu, to_conllu
from lagebild.language.document import Analyser

TEXT = "Kerry reiste zum Gipfel am Genfersee.  «Wir reden», sagte er."


def test_written_and_read_back(analyser: Analyser) -> None:
    document = analyser.analyse(TEXT, "de")
    text = to_conllu(document)
    assert "3-4\tzum\t" in text
    again = from_conllu(TEXT, text, "de")
    for a, b in zip(document.sentences, again.sentences, strict=True):
        assert (a.forms, a.lemmas, a.upos, a.heads, a.deprels, a.feats) == (
            b.forms,
            b.lemmas,
            b.upos,
            b.heads,
            b.deprels,
            b.feats,
        )
        assert [(t.start, t.end) for t in a.tokens] == [(t.start, t.end) for t in b.tokens]


def test_ten_columns_and_heads_within_the_sentence(analyser: Analyser) -> None:
    for block in to_conllu(analyser.analyse(TEXT, "de")).strip().split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if not line.startswith("#")]
        words = [r for r in rows if "-" not in r[0]]
        assert all(len(r) == 10 for r in rows)
        assert [int(r[0]) for r in words] == list(range(1, len(words) + 1))
        assert sum(r[6] == "0" for r in words) == 1
        assert all(0 <= int(r[6]) <= len(words) for r in words)


def test_other_text_is_refused() -> None:
    with pytest.raises(ValueError, match="does not follow"):
        from_conllu("Ganz anderer Text.", "1\tKerry\tKerry\tPROPN\t_\t_\t0\troot\t_\t_\n", "de")
