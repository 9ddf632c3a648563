"""What parts parties play where the sentence says it plainly, against the vote of their traits: who gets something, whose weapons
strike, who only answers or tells what another does, whom an attack has killed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from lagebild.language.document import Sentence
from lagebild.lexicon.cues import cues
from lagebild.lexicon.frames import frames
from lagebild.lexicon.roleslots import phrase_words
from lagebild.model import VERBAL_TYPES
from lagebild.reading.events import Act
from lagebild.reading.occasions import is_afterwards
from lagebild.reading.parties import Resolver
from lagebild.reading.syntax import antecedent, case_marker, is_passive, is_verbal, subject
from lagebild.reading.utterance import cue_verb

if TYPE_CHECKING:
    from lagebild.reading.roles import Filler

#: Acts that answer what another has said; of these the noun that is answered makes the answerer the one it was said to.
_ANSWER, _ADDRESSED = "REJECT", "ACCUSE"
_HARM = "ASSAULT"
#: Acts in which whoever speaks of them may have had a part.
_SHARED = frozenset({"CONSULT", "COOPERATE"})
#: Modes of what happens to single people.
_SUFFERED = frozenset({"arrest", "targeted", "abduct", "release", "convict", "deport", "torture"})
#: Kinds of parties whose installations stand for them; of a country's people they do not.
_OWNERS = frozenset(
    {"organ", "state", "group", "organisation", "mission", "party", "rebels", "military", "international"}
)


def plainly(sentence: Sentence, act: Act, acts: Sequence[Act], found: Sequence[Filler], language: str) -> list[Filler]:
    """The fillers of an act with those parts set right that a plain sentence leaves no doubt about."""
    answerer = _answerer(sentence, act, acts)
    tellers = _tellers(sentence, act, found, language) | _objects_above(sentence, act, found)
    tellers |= _talkers(sentence, act, acts) | _objects_before(sentence, act)
    parts = {filler.word: filler.role for filler in found}
    result = []
    for filler in found:
        if filler.role == "actor" and (
            filler.word in tellers or _of_another(sentence, act, filler) or _outside(sentence, act, filler, parts)
        ):
            continue
        role = (
            _in_the_dative(sentence, filler, parts)
            or _by_frame(sentence, act, filler)
            or _whose(sentence, act, filler)
            or _as_the_first(sentence, filler, parts)
            or filler.role
        )
        if filler.word == answerer and role == "actor":
            if act.type != _ADDRESSED:
                continue
            role = "recipient"
        result.append(filler if role == filler.role else replace(filler, role=role))
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


def _in_the_dative(sentence: Sentence, filler: Filler, parts: Mapping[int, str]) -> str | None:
    """The part of a pronoun that the parser takes for a second subject: «Ihr wirft Belgrad Mord vor»."""
    if sentence.relation(filler.word) != "nsubj" or sentence.form_keys[filler.word] not in phrase_words("dative"):
        return None
    others = sentence.dependents(sentence.heads[filler.word], "nsubj")
    return "recipient" if any(w > filler.word and parts.get(w) == "actor" for w in others) else None


def _whose(sentence: Sentence, act: Act, filler: Filler) -> str | None:
    """The part of somebody whose arrest, murder or release a noun tells: it happens to him if nobody else is named («Sadr's
    arrest», but «Sharon's assassination of Hamas leaders»)."""
    suffered = act.mode in _SUFFERED or (
        act.frame is not None and set(act.frame.recipient) == phrase_words("as_genitive")
    )
    if not suffered or is_verbal(sentence, act.word) or filler.party.kind != "person":
        return None
    if sentence.heads[filler.word] != act.word or sentence.deprels[filler.word] != "nmod:poss":
        return None
    others = [c for c in sentence.dependents(act.word, "nmod") if sentence.deprels[c] != "nmod:poss"]
    return "recipient" if all(case_marker(sentence, c) not in phrase_words("genitive") for c in others) else None


def _as_the_first(sentence: Sentence, filler: Filler, parts: Mapping[int, str]) -> str | None:
    """The part of the first of several who are named together: «condemnation from the United Nations and the European Union»."""
    if sentence.relation(filler.word) != "conj":
        return None
    return parts.get(sentence.heads[filler.word])


def _of_another(sentence: Sentence, act: Act, filler: Filler) -> bool:
    """Whether somebody is the agent of another verb than a passive one that has its own: «welcomed by A but rejected by B»."""
    other = sentence.heads[filler.word]
    if other == act.word or sentence.relation(act.word) != "conj" or sentence.heads[act.word] != other:
        return False
    if not is_passive(sentence, act.word) or not is_passive(sentence, other):
        return False
    agents = [c for c in sentence.dependents(act.word, "obl") if case_marker(sentence, c) in phrase_words("agent")]
    return bool(agents) and case_marker(sentence, filler.word) in phrase_words("agent")


def _outside(sentence: Sentence, act: Act, filler: Filler, parts: Mapping[int, str]) -> bool:
    """Whether somebody stands outside the clause of a verb whose own subject acts: «blamed A, noting that B had attacked»."""
    if sentence.upos[act.word] != "VERB" or is_passive(sentence, act.word) or act.type in VERBAL_TYPES:
        return False
    own = {antecedent(sentence, w) for w in sentence.dependents(act.word, "nsubj")}
    if not any(parts.get(w) == "actor" for w in own) or filler.word in own:
        return False
    return filler.word not in sentence.subtree(act.word) and not own & set(sentence.ancestors(filler.word))


def _answerer(sentence: Sentence, act: Act, acts: Sequence[Act]) -> int | None:
    """Who rejects what a noun tells: not the one who demanded, offered or charged it («Moscow rejected the charge»)."""
    verb = sentence.heads[act.word]
    if act.type not in VERBAL_TYPES or is_verbal(sentence, act.word):
        return None
    if not any(other.word == verb and other.type == _ANSWER for other in acts):
        return None
    if is_passive(sentence, verb):
        agents = [c for c in sentence.dependents(verb, "obl") if case_marker(sentence, c) in phrase_words("agent")]
        return agents[0] if agents and sentence.relation(act.word) == "nsubj" else None
    if sentence.relation(act.word) != "obj":
        return None
    found = subject(sentence, verb)
    return found[0] if found is not None else None


def _tellers(sentence: Sentence, act: Act, found: Sequence[Filler], language: str) -> set[int]:
    """Who only says what another does: the subjects of verbs of speaking above the clause of an act, where that has a subject
    of its own («the minister said that the army had agreed to leave»)."""
    if sentence.upos[act.word] not in ("VERB", "ADJ"):
        return set()
    doers = {filler.word: filler.party.name for filler in found if filler.role == "actor"}
    result: set[int] = set()
    own: str | None = None
    told = is_passive(sentence, act.word) or act.type in VERBAL_TYPES  # «the plan was absurd, he said» is his judgement
    below = act.word
    for node in (act.word, *sentence.ancestors(act.word)):
        subjects = sentence.dependents(node, "nsubj")
        speaks = node != act.word and sentence.relation(below) in ("ccomp", "parataxis")
        if speaks and cue_verb(sentence, node, cues(language)) is not None:
            said = {w for s in subjects for w in (s, *sentence.dependents(s, "appos", "flat", "nmod", "compound"))}
            result |= {w for w in said if own is not None and doers.get(w) not in (None, own)}
        elif own is None and subjects:
            own = next((doers[w] for w in subjects if w in doers), None if told else "")
            if own is None:
                break
        below = node
    return result


def _talkers(sentence: Sentence, act: Act, acts: Sequence[Act]) -> set[int]:
    """Who only speaks of an act: the subject of «sprach von einer Entführung», «nannte es ein Massaker», and who
    threatens, demands or accuses after an attack («drohte nach den Luftangriffen mit Vergeltung»)."""
    verb, marker = sentence.heads[act.word], case_marker(sentence, act.word)
    if act.type in VERBAL_TYPES or act.type in _SHARED or is_verbal(sentence, act.word) or verb < 0:
        return set()
    if sentence.relation(act.word) not in ("obl", "obj", "xcomp") or is_passive(sentence, verb):
        return set()
    talks = sentence.lemmas[verb] in phrase_words("talking") and marker in (*phrase_words("talked_of"), None)
    answers = act.type == _HARM and is_afterwards(sentence, act.word)
    if answers and any(other.word == verb and other.type in VERBAL_TYPES for other in acts):
        talks, marker = True, ""
    if not talks or (marker is None and sentence.lemmas[verb] not in phrase_words("calling")):
        return set()
    found = subject(sentence, verb)
    said = {found[0], *sentence.dependents(found[0], "appos", "conj")} if found is not None else set()
    while sentence.relation(verb) == "parataxis":  # «Die Hamas rief zu Protesten auf; die Gruppe sprach von …»
        verb = sentence.heads[verb]
        said |= set(sentence.dependents(verb, "nsubj"))
    return said


def _objects_before(sentence: Sentence, act: Act) -> set[int]:
    """The objects of the verb before the one whose object an act is («warf der Regierung Mord vor und kündigte Hilfe an»)."""
    verb = sentence.heads[act.word]
    if is_verbal(sentence, act.word) or sentence.relation(act.word) not in ("obj", "obl") or verb < 0:
        return set()
    first = sentence.heads[verb]
    if sentence.relation(verb) != "conj" or not is_verbal(sentence, first) or first > verb:
        return set()
    objects = [w for w in sentence.dependents(first, "obj", "iobj", "obl") if first < w < verb]
    return {w for o in objects for w in (o, *sentence.dependents(o, "conj"))}


def _objects_above(sentence: Sentence, act: Act, found: Sequence[Filler]) -> set[int]:
    """The objects of the verb beside which a participle tells what its subject does as well: «sued the general, charging that …»."""
    verb = sentence.heads[act.word]
    if not is_beside(sentence, act.word) or not is_verbal(sentence, verb) or is_passive(sentence, verb):
        return set()
    actors = {filler.word for filler in found if filler.role == "actor"}
    if not actors & set(sentence.dependents(verb, "nsubj")):
        return set()
    objects = sentence.dependents(verb, "obj", "obl", "iobj")
    return {w for o in objects for w in (o, *sentence.dependents(o, "conj"))}


def victims(sentence: Sentence, act: Act, language: str) -> Iterator[int]:
    """The words that say whom an attack has killed or wounded, where a verb beside it tells that («bombed a house, killing two
    men»)."""
    if act.type != _HARM:
        return
    for slot in act.arguments:
        verb = sentence.heads[slot.word]
        if slot.shared and slot.name == "obj" and verb not in (act.word, -1):
            # Of «clashes broke out, leaving two dead» nobody knows whose.
            if is_verbal(sentence, act.word) or verb == sentence.heads[act.word]:
                yield slot.word
    for verb in sentence.dependents(act.word, "advcl", "acl") if is_verbal(sentence, act.word) else ():
        told = any(f.result and f.type == _HARM for f in frames(language).find(sentence.lemmas[verb], "VERB"))
        if told and not sentence.dependents(verb, "nsubj"):
            yield from sentence.dependents(verb, "obj")


def killers(sentence: Sentence, act: Act, acts: Sequence[Act], language: str) -> Iterator[int]:
    """Who kills or wounds in an attack that is named beside it: «Bei der Erstürmung haben Soldaten neun Menschen getötet»."""
    verb = sentence.heads[act.word]
    if act.type != _HARM or is_verbal(sentence, act.word) or verb < 0 or sentence.relation(act.word) != "obl":
        return
    if case_marker(sentence, act.word) not in phrase_words("circumstance") or any(a.word == verb for a in acts):
        return
    if not is_verbal(sentence, verb) or is_passive(sentence, verb) or not sentence.dependents(verb, "obj"):
        return
    if any(
        f.result and f.type == _HARM and "nsubj" not in f.recipient
        for f in frames(language).find(sentence.lemmas[verb], "VERB")
    ):
        yield from sentence.dependents(verb, "nsubj")


def struck(resolver: Resolver, index: int, sentence: Sentence, act: Act) -> Iterator[int]:
    """The word that says whose the installation is that an attack is on: «attacked a police station», «a bomb outside an army
    base»."""
    if act.type != _HARM:
        return
    top = act.word
    if not is_verbal(sentence, top) and sentence.relation(top) == "obj" and is_verbal(sentence, sentence.heads[top]):
        top = sentence.heads[top]  # «detonated a bomb outside …»
    for node in dict.fromkeys((act.word, top)):
        for child in sentence.dependents(node, "obj", "nsubj:pass", "obl", "nmod"):
            marker = case_marker(sentence, child)
            if marker is None and (node != act.word or not is_verbal(sentence, node)):
                continue
            if marker is not None and marker not in phrase_words("struck"):
                continue
            for seat in (child, *sentence.dependents(child, "conj")):
                if sentence.lemmas[seat] not in phrase_words("seats") or resolver.party(index, seat) is not None:
                    continue
                for owner in sentence.dependents(seat, "compound", "amod", "nmod"):
                    party = resolver.party(index, owner) if owner < seat else None
                    if party is not None and party.kind in _OWNERS:
                        yield owner


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


def is_beside(sentence: Sentence, word: int) -> bool:
    """Whether a participle tells what the subject does besides: «sued the minister, charging that …»."""
    participle = sentence.feats[word].get("VerbForm") in ("Part", "Ger")
    return (
        participle
        and sentence.relation(word) == "advcl"
        and not sentence.dependents(word, "mark", "case", "aux", "nsubj")
    )
