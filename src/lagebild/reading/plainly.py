"""What parts parties play where the sentence says it plainly, against the vote of their traits: who gets something, whose weapons
strike, who only answers what another has said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from lagebild.language.document import Sentence
from lagebild.lexicon.frames import frames
from lagebild.model import VERBAL_TYPES
from lagebild.reading.events import Act
from lagebild.reading.parties import Resolver
from lagebild.reading.syntax import case_marker, is_passive, is_verbal, subject

if TYPE_CHECKING:
    from lagebild.reading.roles import Filler

#: Acts that answer what another has said; of these the noun that is answered makes the answerer the one it was said to.
_ANSWER, _ADDRESSED = "REJECT", "ACCUSE"
_HARM = "ASSAULT"


def plainly(sentence: Sentence, act: Act, acts: Sequence[Act], found: Sequence[Filler]) -> list[Filler]:
    """The fillers of an act with those parts set right that a plain sentence leaves no doubt about."""
    answerer = _answerer(sentence, act, acts)
    result = []
    for filler in found:
        role = _by_frame(sentence, act, filler) or filler.role
        if filler.word == answerer and role == "actor":
            if act.type != _ADDRESSED:
                continue
            role = "recipient"
        result.append(replace(filler, role=role))
    return result


def _by_frame(sentence: Sentence, act: Act, filler: Filler) -> str | None:
    """The part that a frame gives its subject and the giver where the subject gets something: «receive weapons from Iran»."""
    frame = act.frame
    if (
        frame is None
        or "nsubj" not in frame.recipient
        or not is_verbal(sentence, act.word)
        or is_passive(sentence, act.word)
    ):
        return None
    if filler.slot == "nsubj":
        return "recipient"
    marker = case_marker(sentence, filler.word)
    near = sentence.heads[filler.word] == act.word or sentence.heads[sentence.heads[filler.word]] == act.word
    return "actor" if near and marker is not None and marker in frame.actor else None


def _answerer(sentence: Sentence, act: Act, acts: Sequence[Act]) -> int | None:
    """Who rejects what a noun tells: not the one who demanded, offered or charged it («Moscow rejected the charge»)."""
    verb = sentence.heads[act.word]
    if act.type not in VERBAL_TYPES or is_verbal(sentence, act.word) or sentence.relation(act.word) != "obj":
        return None
    if not any(other.word == verb and other.type == _ANSWER for other in acts) or is_passive(sentence, verb):
        return None
    found = subject(sentence, verb)
    return found[0] if found is not None else None


def armed(resolver: Resolver, index: int, sentence: Sentence, act: Act) -> Iterator[tuple[int, str]]:
    """The word that says whose weapons strike, with the slot of the weapon: «Russian missiles hit the port»."""
    if act.type != _HARM or not is_verbal(sentence, act.word) or is_passive(sentence, act.word):
        return
    for weapon in sentence.dependents(act.word, "nsubj"):
        if sentence.upos[weapon] != "NOUN" or resolver.party(index, weapon) is not None:
            continue
        if frames(resolver.language).mode_of(sentence.lemmas[weapon], _HARM) is None:
            continue
        for child in sentence.dependents(weapon, "amod", "compound", "nmod"):
            party = resolver.party(index, child) if child < weapon else None
            if party is not None and party.kind == "state":
                yield child, "nsubj"
