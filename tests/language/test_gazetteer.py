"""Names that the lexicon knows: types and borders set right, missed names added, other words left alone."""

from typing import Any

import pytest

from lagebild.language.gazetteer import correct_names
from lagebild.lexicon.knownnames import known_names
from lagebild.lexicon.loader import load


def tags(text: str, before: str, upos: str = "", language: str = "de") -> str:
    """Labels after correction; `before` has one label a word, words without upos are proper nouns."""
    forms = text.split()
    return " ".join(correct_names(forms, upos.split() or ["PROPN"] * len(forms), before.split(), language))


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("al - Qaeda drohte", "B-PER I-PER I-PER O", "B-ORG I-ORG I-ORG O"),
        ("im Europäischen Rat", "O B-ORG O", "O B-ORG I-ORG"),
        ("Marvel Consultants , Inc. zahlte", "B-ORG I-ORG O O O", "B-ORG I-ORG I-ORG I-ORG O"),
        ("Airbus lieferte", "B-OTH O", "B-ORG O"),
        ("das Elsass feiert", "O B-PER O", "O B-LOC O"),
    ],
)
def test_types_and_borders_are_the_lexicons(text: str, before: str, after: str) -> None:
    assert tags(text, before, "PROPN " * (len(text.split()) - 1) + "VERB") == after


def test_a_given_name_begins_a_person_that_was_missed() -> None:
    assert tags("David Meier kam", "O O O", "PROPN PROPN VERB") == "B-PER I-PER O"


def test_months_and_common_words_are_no_people() -> None:
    assert tags("im August kam Hope", "O O O O", "ADP PROPN VERB PROPN") == "O O O O"


def test_a_big_city_is_added_where_no_name_stands_beside_it() -> None:
    assert tags("nach Warschau reisen", "O O O", "ADP PROPN VERB") == "O B-LOC O"
    assert tags("Raleigh Group", "O O", "PROPN PROPN") == "O O"


def test_a_part_of_a_longer_name_stays() -> None:
    assert tags("Airbus Group Investments", "B-ORG I-ORG I-ORG") == "B-ORG I-ORG I-ORG"


def test_how_a_name_is_written_counts() -> None:
    assert tags("der puma sprang", "O O O", "DET PROPN VERB") == "O O O"
    assert tags("AIRBUS meldete", "O O", "PROPN VERB") == "B-ORG O"


@pytest.mark.parametrize("group", load("", "knownnames")["names"], ids=lambda group: group["what"])
def test_every_known_name_is_found_in_its_example(group: dict[str, Any]) -> None:
    before, _, after = group["example"].partition("{}")
    language = group.get("languages", ["de"])[0]
    missed = [
        name
        for name in group["names"]
        if group["label"]
        not in {k.label for k in known_names().match([*before.split(), *name.split(), *after.split()], language)}
    ]
    assert missed == []
