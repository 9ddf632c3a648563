"""Mood by closed morphology: which forms are Konjunktiv, with the model's Mood as one vote.

Konjunktiv I decides who is speaking, and the model confuses it: a form such as «habe» is subjunctive with a subject in
the third person and indicative with «ich». The lexicon's `morphology` lists the forms; what it leaves open stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from lagebild.lexicon.loader import load


@dataclass(frozen=True, slots=True)
class _Forms:
    always: dict[str, str]
    third: dict[str, str]
    never: frozenset[str]
    ending: str
    doubtful: tuple[str, ...]


@cache
def _forms(language: str) -> _Forms | None:
    table = load(language, "morphology")
    if "always" not in table:
        return None
    return _Forms(
        always={f: e["tense"] for e in table["always"] for f in e["forms"]},
        third={f: e["tense"] for e in table["third"] for f in e["forms"]},
        never=frozenset(f for e in table["never"] for f in e["forms"]),
        ending=table["ending"]["third"],
        doubtful=tuple(table["ending"]["doubtful"]),
    )


@cache
def _gerunds(language: str) -> frozenset[str]:
    """Forms that are nothing but a gerund or present participle («having»)."""
    return frozenset(load(language, "morphology").get("gerunds", {}).get("forms", ()))


@cache
def _reflexives(language: str) -> frozenset[str]:
    """Pronouns that are nothing but reflexive («sich»)."""
    return frozenset(load(language, "morphology").get("reflexives", {}).get("forms", ()))


def correct_feats(
    forms: Sequence[str],
    upos: Sequence[str],
    feats: Sequence[dict[str, str]],
    heads: Sequence[int],
    deprels: Sequence[str],
    language: str = "de",
) -> list[dict[str, str]]:
    """Features with Mood (and Tense) of finite verbs, gerunds, reflexive pronouns, set right where the form decides; others as they were.

    `heads` are word indices, -1 for the root.
    """
    rules = _forms(language)
    reflexives = _reflexives(language)
    result = [
        {**f, "Reflex": "Yes"} if u == "PRON" and form.lower() in reflexives else f
        for form, u, f in zip(forms, upos, feats, strict=True)
    ]
    if rules is None:
        gerunds = _gerunds(language)
        return [
            {"VerbForm": "Ger"} if u in ("VERB", "AUX") and form.lower() in gerunds else f
            for form, u, f in zip(forms, upos, result, strict=True)
        ]
    for word, form in enumerate(forms):
        if upos[word] not in ("VERB", "AUX"):
            continue
        key = form.lower()
        now = feats[word]
        if key in rules.always:
            result[word] = {**now, "Mood": "Sub", "Tense": rules.always[key], "VerbForm": "Fin"}
        elif key in rules.never and now.get("Mood") == "Sub":
            result[word] = {**now, "Mood": "Ind"}
        elif key in rules.third or (
            now.get("VerbForm") == "Fin"
            and now.get("Mood") != "Imp"
            and key.endswith(rules.ending)
            and not key.endswith(rules.doubtful)
        ):
            first_person = _subject_is(forms, feats, heads, deprels, word, "1")
            tense = rules.third.get(key, "Pres")
            mood = "Ind" if first_person else "Sub"
            if mood == "Ind" and key not in rules.third:
                continue
            result[word] = {**now, "Mood": mood, "Tense": tense, "VerbForm": "Fin"}
    return result


def _subject_is(
    forms: Sequence[str],
    feats: Sequence[dict[str, str]],
    heads: Sequence[int],
    deprels: Sequence[str],
    word: int,
    person: str,
) -> bool:
    """Whether the subject of a verb (or of the verb that it helps) is a pronoun of this person, in the singular."""
    verb = heads[word] if deprels[word].startswith(("aux", "cop")) and heads[word] >= 0 else word
    return any(
        head == verb
        and deprels[w].startswith("nsubj")
        and feats[w].get("Person") == person
        and feats[w].get("Number") == "Sing"
        for w, head in enumerate(heads)
    )
