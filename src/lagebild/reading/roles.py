"""Who acts and who is acted on: traits of each phrase that names a party, and the head's vote, weighed together, first each party by
itself, then beside the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from lagebild.language.document import Sentence
from lagebild.language.neural import EventScores
from lagebild.lexicon.cues import cues
from lagebild.lexicon.roleslots import phrase_words
from lagebild.model import VERBAL_TYPES, Party
from lagebild.reading.again import together
from lagebild.reading.answerable import answerable, in_compound
from lagebild.reading.both import both
from lagebild.reading.events import Act
from lagebild.reading.inrole import in_role
from lagebild.reading.learned import fields
from lagebild.reading.parties import Resolver
from lagebild.reading.plainly import armed, killers, plainly, struck, victims
from lagebild.reading.rivals import Claim, rivals
from lagebild.reading.standing import Beside, parties_beside
from lagebild.reading.syntax import is_verbal, phrase
from lagebild.reading.utterance import inverted_subject

#: Log-odds beyond which the head is no surer.
CERTAIN = 5.0
#: How much the head's log-odds count, and by how much a party is preferred to none; chosen on development reports.
HEAD, EAGER = 0.75, 0.9


#: The head's vote for a party, by role.
Vote = Mapping[str, float]

#: With as many who act, those who die are their own people («in fights between A and B»).
BOTH_SIDES = 2

#: Words that a title before a name has at most («Secretary of State»).
LONGEST_TITLE = 4


@dataclass(frozen=True, slots=True)
class RoleScores:
    """The learned head's log-odds of each role against none, for every word of a sentence; None without a head."""

    table: dict[str, list[float]] | None

    def of(self, role: str, first: int, last: int) -> float | None:
        """Mean log-odds of a role over the words of a phrase."""
        if self.table is None:
            return None
        row = self.table[role][first : last + 1]
        return sum(row) / len(row)


def role_scores(sentence: Sentence, word: int) -> RoleScores:
    """The head's votes for the event or figure at a word."""
    events = getattr(sentence.scores, "events", None)
    return RoleScores(None) if events is None else _heard(events, word)


@lru_cache(maxsize=64)
def _heard(events: EventScores, word: int) -> RoleScores:
    """Roles, place and time of one act ask one after the other: the votes are worked out once."""
    found = events.roles(word)
    labels = events.labels["role"]
    none = found[:, labels.index("none")]
    columns = np.minimum(np.maximum(found - none[:, None], -CERTAIN), CERTAIN).T.tolist()
    return RoleScores({label: columns[i] for i, label in enumerate(labels) if label != "none"})


@dataclass(frozen=True, slots=True)
class Filler:
    """A party that fills a role: the word that names it, the slot it stands in ("" for none) and all its traits."""

    word: int
    party: Party
    role: str
    score: float
    slot: str
    traits: tuple[str, ...]

    @property
    def reason(self) -> str:
        """What explanations show: the slot, or the traits that speak most for the role."""
        return self.slot or ", ".join(trait for trait, _ in fields("roles").reasons(self.traits, self.role, 2))


def fillers(resolver: Resolver, index: int, sentence: Sentence, acts: Sequence[Act]) -> list[list[Filler]]:
    """Actors and recipients of each act of a sentence, in text order. No party stands twice beside an act."""
    beside = [list(parties_beside(resolver, index, sentence, act, acts)) for act in acts]
    votes = [
        [_votes(sentence, b, role_scores(sentence, act.word)) for b in found]
        for act, found in zip(acts, beside, strict=True)
    ]
    claims = [[claim(b, fields("claims").scores(b.traits)) for b in found] for found in beside]
    return [
        _chosen(
            resolver,
            index,
            sentence,
            act,
            [_weighed(b, (*b.traits, *traits), v) for b, traits, v in zip(found, more, heard, strict=True)],
            acts,
        )
        for act, found, more, heard in zip(acts, beside, rivals(sentence, acts, claims), votes, strict=True)
    ]


def _votes(sentence: Sentence, beside: Beside, heard: RoleScores) -> Vote:
    """The head's votes for a party as actor and as recipient."""
    first, last = phrase(sentence, beside.place.word)
    return {role: heard.of(role, first, last) or 0.0 for role in ("actor", "recipient")}


def claim(beside: Beside, scores: Mapping[str, float]) -> Claim:
    """How far a party fills each part by itself; `scores` are the first table's."""
    none = scores["none"]
    return Claim(beside.word, beside.party.name, scores["actor"] - none, scores["recipient"] - none)


def _chosen(
    resolver: Resolver, index: int, sentence: Sentence, act: Act, weighed: list[Filler], acts: Sequence[Act]
) -> list[Filler]:
    """The parties that fill a role, each once."""
    found: dict[int, Filler] = {}
    for filler in weighed:
        if filler.score > 0 and (filler.word not in found or found[filler.word].score < filler.score):
            found[filler.word] = filler
    _join_titles(resolver, sentence, found)
    chosen: dict[str, Filler] = {}
    right = plainly(sentence, act, acts, sorted(found.values(), key=lambda f: f.word), resolver.language)
    right = _turned_round(resolver, index, sentence, act, right)
    right += _told_beside(resolver, index, sentence, act, acts, right, found)
    for filler in right:
        if not any(_within(filler, other) for other in found.values() if other is not filler):
            chosen.setdefault(filler.party.name, filler)
    country = resolver.country_at(index)
    return [
        replace(f, party=in_role(party, f.role, act.type, country))
        for f in chosen.values()
        for party in together(resolver.scene, index, f.word, resolver.party)
        or both(resolver.scene, index, sentence, f.word, f.party)
    ]


def _told_beside(
    resolver: Resolver,
    index: int,
    sentence: Sentence,
    act: Act,
    acts: Sequence[Act],
    right: Sequence[Filler],
    weighed: Mapping[int, Filler],
) -> list[Filler]:
    """Who else acts and suffers by what is said beside the act: where nobody acts so far, the first of these ways that names
    somebody; `weighed` are the words whose traits have had their say."""

    def party(word: int) -> Party | None:
        return resolver.party(index, word)

    ways = (
        ((word, party(word), slot) for word, slot in armed(resolver, index, sentence, act)),
        ((word, party(word), "nsubj") for word in answerable(sentence, act)),
        ((word, owner, "gen") for word, owner in in_compound(resolver, index, sentence, act)),
        ((w, party(w), "nsubj") for w in killers(sentence, act, acts, resolver.language) if w not in weighed),
    )
    acting = sum(filler.role == "actor" for filler in right)
    found: list[Filler] = []
    for way in ways if not acting else ():
        found = [Filler(word, who, "actor", EAGER, slot, ()) for word, who, slot in way if who is not None]
        if found:
            break
    struck_down = [*struck(resolver, index, sentence, act)]
    if acting + len(found) < BOTH_SIDES and not any(filler.role == "recipient" for filler in right):
        struck_down = [*victims(sentence, act, resolver.language), *struck_down]
    for word in struck_down:
        if word not in weighed and (who := party(word)) is not None:
            found.append(Filler(word, who, "recipient", EAGER, "obj", ()))
    return found


def _turned_round(resolver: Resolver, index: int, sentence: Sentence, act: Act, found: list[Filler]) -> list[Filler]:
    """The parties of a verb whose object stands before it and was taken for its subject: «Die Lage verglich der Minister mit …»."""
    if act.type not in VERBAL_TYPES or not is_verbal(sentence, act.word):
        return found
    subject = inverted_subject(sentence, act.word)
    if subject is None:
        subject = _judging(resolver, index, sentence, act.word)
    party = resolver.party(index, subject) if subject is not None else None
    if subject is None or party is None:
        return found
    before = {w for w in sentence.dependents(act.word, "nsubj") if w != subject}
    others = [f for f in found if f.word not in before and f.word != subject]
    return [*others, Filler(subject, party, "actor", EAGER, "nsubj", ())]


def _judging(resolver: Resolver, index: int, sentence: Sentence, verb: int) -> int | None:
    """A person named right behind a verb before which stands a thing in a form that may be its object («Die Lage verglich Merkel
    mit …»): only somebody can judge, demand or promise."""
    things = sentence.dependents(verb, "nsubj")
    people = {w for e in sentence.entities if e.label == "PER" for w in range(e.first, e.last + 1)}
    if len(things) != 1 or not things[0] < verb < len(sentence) - 1 or verb + 1 not in people:
        return None
    thing, person = things[0], verb + 1
    feats = sentence.feats[thing]
    plain = feats.get("Gender") == "Masc" and feats.get("Number") != "Plur"
    if sentence.upos[thing] != "NOUN" or plain or sentence.heads[person] != verb or sentence.relation(person) != "obj":
        return None
    known = resolver.party(index, thing) is not None or cues(resolver.language).is_paper(sentence.lemmas[thing])
    return None if known else person


def _weighed(beside: Beside, traits: tuple[str, ...], votes: Vote) -> Filler:
    """The better role of a party with these traits; its score is above 0 if it fills it."""
    scores = fields("roles").scores(traits)
    none = scores.pop("none") - EAGER
    for role in scores:
        scores[role] += HEAD * votes[role]
    slot = beside.place.slot.name if beside.place.slot else ""
    role = "actor" if slot in phrase_words("both_sides") else max(scores, key=lambda r: scores[r])
    return Filler(beside.word, beside.party, role, scores[role] - none, slot, traits)


def _join_titles(resolver: Resolver, sentence: Sentence, found: dict[int, Filler]) -> None:
    """A title and the name right behind it are one person, wherever the tree hung the name («Secretary of State John Kerry»)."""
    for entity in sentence.entities:
        named = next((f for f in found.values() if entity.first <= f.word <= entity.last), None)
        if entity.label != "PER" or named is None:
            continue
        for start in range(max(0, entity.first - LONGEST_TITLE), entity.first):
            title = found.get(start)
            words = list(sentence.forms[start : entity.first])
            # «his counterpart Kamal Kharrazi» is one man as well
            beside = sentence.heads[entity.first] == start and sentence.relation(entity.first) in ("appos", "flat")
            noun = beside and start == entity.first - 1 and sentence.upos[start] == "NOUN"
            if title is not None and title is not named and (noun or resolver.is_title(words)):
                del found[named.word]
                found[start] = replace(title, party=named.party)
                break


def _within(inner: Filler, outer: Filler) -> bool:
    """Whether a party only says whose the other is: «der Vereinten Nationen» in «der Sicherheitsrat der Vereinten Nationen»."""
    a, b = inner.party.span, outer.party.span
    return bool(a and b and a != b and b[0] <= a[0] and a[1] <= b[1] and inner.role == outer.role)
