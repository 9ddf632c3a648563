"""One event for an act that two words of a sentence name together: a verb and its noun, a judgement and its verb."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from lagebild.language.document import Sentence
from lagebild.lexicon.frames import Frame, fold
from lagebild.lexicon.roleslots import phrase_words
from lagebild.reading.syntax import Slot, case_marker, is_passive, is_verbal

if TYPE_CHECKING:
    from lagebild.reading.events import Act

#: The type of meetings and talks, and the mode of a journey to them, which is an act of its own.
_MEETING = "CONSULT"
_VISIT = "visit"
#: Types that judge: «bezeichnete als falsch», “considers it wrong”.
_JUDGING = ("ACCUSE", "SUPPORT")


def distinct(sentence: Sentence, acts: Sequence[Act]) -> list[Act]:
    """One event for an act that a verb and a noun name together («flew air strikes», «killed in an attack»)."""
    by_word = {act.word: act for act in acts}
    dropped: set[int] = set()
    victims: dict[int, tuple[Slot, ...]] = {}
    modes: dict[int, str | None] = {}
    for act in acts:
        if act.frame is not None and act.frame.result:
            told = _told_otherwise(sentence, act, by_word)
            if told is not None:
                dropped.add(act.word)
                given = tuple(
                    replace(s, shared=True) for s in act.arguments if s.name in ("obj", "nsubj") and s.word != told
                )
                victims[told] = victims.get(told, ()) + given
                continue
        head = sentence.heads[act.word]
        other = by_word.get(head)
        if other is not None and other.type == act.type:
            if _describes(sentence, act) or _is_part(sentence, act, other) or _does_it(sentence, act, other):
                dropped.add(act.word)
                continue
            if _judges(sentence, act, other):
                dropped.add(head)
                continue
        if is_verbal(sentence, act.word):
            continue
        if _is_measured(sentence, act, by_word):
            dropped.add(act.word)
            continue
        if other is None or other.type != act.type or not is_verbal(sentence, head):
            continue
        relation = sentence.relation(act.word)
        meets = act.type == _MEETING and other.mode != _VISIT
        if meets and relation == "obl" and case_marker(sentence, act.word) in phrase_words("carried"):
            dropped.add(act.word)  # «trafen sich zu einem Gipfel»: the verb says whether they have
            modes[head] = act.mode
            continue
        carried = (
            relation == "obj"
            or (relation == "nsubj" and is_passive(sentence, head))
            or (relation == "obl" and other.frame is not None and _needed(sentence.lemmas[act.word], other.frame))
        )
        if carried:
            dropped.add(head if act.confidence >= other.confidence else act.word)
    return [
        replace(act, arguments=act.arguments + victims.get(act.word, ()), mode=modes.get(act.word) or act.mode)
        if act.word in victims or act.word in modes
        else act
        for act in acts
        if act.word not in dropped
    ]


def _describes(sentence: Sentence, act: Act) -> bool:
    """Whether a word only says of which kind the act of its noun is, or that it was done: «die begangenen Verbrechen»."""
    return sentence.upos[act.word] == "ADJ" and sentence.relation(act.word) == "amod"


def _is_part(sentence: Sentence, act: Act, other: Act) -> bool:
    """Whether a word is the first part of the compound that names the act: “hostage-taking”."""
    name = fold(other.frame.lemma) if other.frame is not None else ""
    return sentence.relation(act.word) == "compound" and name.startswith((f"{sentence.form_keys[act.word]}-",))


def _does_it(sentence: Sentence, act: Act, other: Act) -> bool:
    """Whether a noun names what an attack is done with: «Autobomben explodierten», “a coup toppled the government”."""
    if act.type != "ASSAULT" or is_verbal(sentence, act.word) or not is_verbal(sentence, other.word):
        return False
    if other.frame is not None and other.frame.result:
        return False  # «der Angriff tötete»: the noun tells the act
    return sentence.relation(act.word) == "nsubj" and not is_passive(sentence, other.word)


def _judges(sentence: Sentence, act: Act, other: Act) -> bool:
    """Whether the judgement tells the act and its verb only who judges: «bezeichnete als fatal», «halte für richtig»."""
    if act.type not in _JUDGING or not is_verbal(sentence, other.word) or is_verbal(sentence, act.word):
        return False
    return sentence.relation(act.word) == "xcomp" or (
        sentence.relation(act.word) == "advmod" and sentence.upos[act.word] == "ADJ"
    )


def _is_measured(sentence: Sentence, act: Act, by_word: Mapping[int, Act]) -> bool:
    """Whether a noun is what an amount is an amount of, and the verb tells the act: “gave five million dollars of aid”."""
    amount = sentence.heads[act.word]
    if amount < 0 or sentence.relation(act.word) != "nmod" or sentence.relation(amount) != "obj" or amount in by_word:
        return False
    if not any(sentence.upos[word] == "NUM" for word in (amount, *sentence.children[amount])):
        return False  # «claimed responsibility for the attack»
    verb = by_word.get(sentence.heads[amount])
    return verb is not None and verb.type == act.type and is_verbal(sentence, verb.word)


def _needed(lemma: str, frame: Frame) -> bool:
    """Whether a frame holds because of this word («sitzt im Gefängnis»): then both name one act."""
    return any(filling.takes(fold(lemma)) and not filling.anything for _, filling in frame.needs)


def _told_otherwise(sentence: Sentence, act: Act, by_word: Mapping[int, Act]) -> int | None:
    """The act, as an argument or as the verb above, whose result this one tells («killed in an attack»); None if none."""
    same = {word for word, other in by_word.items() if other.type == act.type and word != act.word}
    for slot in act.arguments:
        if slot.word in same and slot.name not in ("obj", "iobj"):
            return slot.word
    if sentence.relation(act.word) in ("advcl", "acl", "conj", "xcomp") and sentence.heads[act.word] in same:
        return sentence.heads[act.word]
    return None
