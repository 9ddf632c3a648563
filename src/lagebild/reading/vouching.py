"""Who vouches for a finding: the actors of the verbal act whose content it is, else the outermost speaker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lagebild.language.document import Sentence
from lagebild.lexicon.roleslots import phrase_words
from lagebild.model import Because, Party
from lagebild.reading.adpositional import ADPOSITION
from lagebild.reading.direct import BEHIND_NAME
from lagebild.reading.events import Act
from lagebild.reading.indirect import EMBEDDED
from lagebild.reading.occasions import is_afterwards
from lagebild.reading.parties import Resolver
from lagebild.reading.plainly import is_beside
from lagebild.reading.running import AFTER_SUBJECT, HEARSAY, OWN_WOULD, RUNNING_DEMAND
from lagebild.reading.sources import is_known, source_parties
from lagebild.reading.syntax import answers, case_marker, is_circumstance, is_relative, is_verbal
from lagebild.reading.utterance import VERBAL, Utterance, speaker_of

#: Sources of utterances whose speaker is likely meant but not named for them: nobody vouches.
_UNVOUCHED = (HEARSAY, RUNNING_DEMAND, OWN_WOULD, AFTER_SUBJECT)
#: What has happened is no content of a demand or a refusal; it is what that is about.
_REAL = frozenset({"occurred", "ongoing"})
#: Of an act of speech that is performed («Er kritisierte, der Plan sei …») the report tells; a promise of one is told by him.
_PERFORMED = frozenset({"occurred", "ongoing", "demanded", "considered", "denied"})
#: Acts that somebody performs by speaking: praise is one as well.
_SPOKEN = VERBAL | {"SUPPORT"}
_INFINITIVES = frozenset({"xcomp", "ccomp", "csubj"})
_CLAUSES = frozenset({"ccomp", "xcomp", "acl", "csubj", "advcl"})
_OBJECTS = _CLAUSES | {"obj", "iobj", "nmod", "amod", "compound", "det", "appos"}
_PHRASES = _OBJECTS | {"obl", "nsubj"}


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of an act before its finding is made: its status and its actors."""

    act: Act
    status: str
    actors: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class Voucher:
    """Who vouches for something, with what attitude, and why we think so."""

    parties: tuple[Party, ...] = ()
    stance: str = "asserts"
    because: tuple[Because, ...] = ()


def vouched_event(
    index: int,
    sentence: Sentence,
    told: Told,
    others: Mapping[int, Told],
    utterances: list[Utterance],
    resolver: Resolver,
) -> Voucher:
    """Who vouches for an event; `others` are the acts of its sentence by their word."""
    if told.act.type == "REJECT" and told.status in _REAL and _answers_it(sentence, told.act.word):
        return Voucher()
    below = told.act.word
    for node in sentence.ancestors(told.act.word):
        other = others.get(node)
        if other is not None and node != told.act.word:
            if _is_content(sentence, told, other, below):
                if other.actors:
                    because = Because("rule", "content of a verbal act", sentence.forms[node])
                    parties = _performers(index, sentence, other, resolver)
                    return Voucher(parties, _stance(utterances, index, node, told.act.word), (because,))
                break
            if other.act.type in _SPOKEN:
                if told.status in _REAL and _told_beside(sentence, told.act.word, node):
                    return vouched_at(index, node, utterances, resolver)
                break
        below = node
    found = vouched_at(index, told.act.word, utterances, resolver)
    if told.act.type in _SPOKEN and told.status in _PERFORMED:
        names = {party.name for party in told.actors}
        if any(party.name in names for party in found.parties):
            because = Because("rule", "its own act of speech is the report's", found.parties[0].text)
            return Voucher((), "asserts", (*found.because, because))
    return found


def governing(sentence: Sentence, told: Told, others: Mapping[int, Told]) -> Told | None:
    """The verbal act whose content an act is: what is demanded, refused, promised, threatened or what somebody is accused of."""
    below = told.act.word
    for node in sentence.ancestors(told.act.word):
        other = others.get(node)
        if other is not None and node != told.act.word:
            if _is_content(sentence, told, other, below):
                return other
            if other.act.type in _SPOKEN:
                return None
        below = node
    return None


def _answers_it(sentence: Sentence, word: int) -> bool:
    """Whether a relative clause tells how somebody answers what is said: the report adds it («…, a charge that Iran denies»)."""
    return sentence.relation(word) == "acl" and any(is_relative(sentence, w) for w in sentence.dependents(word, "obj"))


def _told_beside(sentence: Sentence, word: int, verb: int) -> bool:
    """Whether an act stands in a clause of its own within what a verbal act is about, and in the indicative: the report tells
    it («urged Baku to reopen the road, which its soldiers blocked», «threatened to bomb them, while Britain urged caution»)."""
    for node in (word, *sentence.ancestors(word)):
        if node == verb:
            return False
        relative = sentence.relation(node) == "acl" and any(
            is_relative(sentence, w) for child in sentence.children[node] for w in (child, *sentence.children[child])
        )
        if relative or (sentence.relation(node) == "advcl" and is_circumstance(sentence, node)):
            finite = [w for w in (node, *sentence.dependents(node, "aux", "cop")) if "Mood" in sentence.feats[w]]
            return bool(finite) and all(sentence.feats[w]["Mood"] == "Ind" for w in finite)
    return False


def _performers(index: int, sentence: Sentence, act: Told, resolver: Resolver) -> tuple[Party, ...]:
    """Who performs a verbal act: those of its actors that its subject names («Serbia's president said»: not Serbia)."""
    found = speaker_of(sentence, act.act.word) if is_verbal(sentence, act.act.word) else None
    if found is None:
        return act.actors
    named = source_parties(resolver.document, resolver, index, found[0])
    subjects = tuple(p for p in named if is_known(p))
    return subjects if subjects and {p.name for p in subjects} < {p.name for p in act.actors} else act.actors


def _stance(utterances: list[Utterance], index: int, verb: int, word: int) -> str:
    """How who performs a verbal act holds its content: a refusal may deny that it happened («denied having shelled»)."""
    covering = (u for u in utterances if (index, verb) in u.cue and u.covers(index, word))
    return next((u.stance for u in covering if u.stance == "denies"), "asserts")


def vouched_at(index: int, word: int, utterances: list[Utterance], resolver: Resolver) -> Voucher:
    """Who vouches for what stands at a word: the outermost speaker."""
    found = speaker_at(utterances, index, word)
    if found is None or _only_when(resolver.document.sentences[index], index, word, found):
        return Voucher()
    because = (Because("lexicon", found.source, "speech"),)
    if found.speaker is None or found.source.startswith(_UNVOUCHED):
        return Voucher((), found.stance if found.stance in ("believes", "doubts") else "asserts", because)
    parties = source_parties(resolver.document, resolver, *found.speaker)
    if found.source in (EMBEDDED, BEHIND_NAME):
        # Nobody said that this is speech; a speaker that is no party is a guess then.
        parties = tuple(p for p in parties if p.kind != "source")
    stance = found.stance
    if stance == "denies" and any(
        s == index and answers(resolver.document.sentences[s], w, word) for s, w in found.cue
    ):
        stance = "asserts"
    return Voucher(parties, stance, because)


def _only_when(sentence: Sentence, index: int, word: int, utterance: Utterance) -> bool:
    """Whether a word stands in a clause in the indicative that tells when or why something was said: «riet ab, nachdem die USA
    den Vertrag gekündigt hatten»."""
    cue = {w for s, w in utterance.cue if s == index}
    for node in (word, *sentence.ancestors(word)):
        if sentence.heads[node] in cue and is_circumstance(sentence, node):
            finite = (w for w in (node, *sentence.dependents(node, "aux", "cop")) if "Mood" in sentence.feats[w])
            return all(sentence.feats[w]["Mood"] == "Ind" for w in finite)
    return False


def hear_speakers(resolver: Resolver, utterances: list[Utterance]) -> None:
    """Tells the resolver who speaks where, for the pronouns of the first person."""

    def speaker(index: int, word: int) -> Party | None:
        found = speaker_at(utterances, index, word)
        if found is None or found.speaker is None or found.source.startswith(HEARSAY):
            return None
        parties = source_parties(resolver.document, resolver, *found.speaker)
        return parties[0] if parties else None

    resolver.hear(speaker)


#: For each type of verbal act the relations by which its content hangs on it, for clauses and infinitives and for nouns.
_CONTENTS: dict[str, frozenset[str]] = {
    "REQUEST": _PHRASES,
    "REJECT": _PHRASES,
    "AGREE": _OBJECTS,
    "THREATEN": _PHRASES,
    "ACCUSE": _CLAUSES | {"obj"},
    "CONCEDE": _CLAUSES | {"obj"},
    "SUPPORT": _PHRASES,
    "COERCE": _INFINITIVES,
}


def _is_content(sentence: Sentence, told: Told, other: Told, below: int) -> bool:
    """Whether an act is what a verbal act above it demands, refuses, promises, threatens or accuses somebody of.

    `below` is the word through which the act hangs on the verbal one.
    """
    kind = other.act.type
    relations = _CONTENTS.get(kind)
    if relations is None:
        return False
    relation = sentence.relation(below)
    if relation == "nsubj" and sentence.deprels[below] != "nsubj:pass":
        return False
    if relation == "advcl" and (sentence.feats[below].get("VerbForm") == "Fin" or is_circumstance(sentence, below)):
        return False
    if is_beside(sentence, below):
        return False
    if relation not in relations:
        return False
    if is_afterwards(sentence, below):
        return False
    if relation == "obl" and case_marker(sentence, below) in phrase_words("circumstance"):
        return False  # «forderte bei der Kundgebung …»
    if kind == "ACCUSE":
        return is_verbal(sentence, below) if other.act.mode != "allege" else True
    if kind == "REQUEST":
        return told.status not in _REAL
    if kind == "SUPPORT":
        return told.status == "demanded"
    if kind == "COERCE":
        return told.status == "denied"  # «verbot ihnen, teilzunehmen»
    return told.status not in _REAL or kind == "THREATEN" or (kind == "CONCEDE" and relation in _CLAUSES)


def speaker_at(utterances: list[Utterance], sentence: int, word: int) -> Utterance | None:
    """The outermost utterance that covers a word and names a source, else the outermost that covers it."""
    covering = [u for u in utterances if u.covers(sentence, word)]
    if not covering:
        return None
    phrases = [u for u in covering if u.source.startswith(ADPOSITION)]
    if len(phrases) > 1:
        # «Laut Polizei starben 38 Menschen, darunter laut Armee sechs Soldaten»: each speaks for the words behind it.
        nearest = max(phrases, key=lambda u: (u.cue[0][1] < word, u.cue[0][1] if u.cue[0][1] < word else -u.cue[0][1]))
        covering = [u for u in covering if u not in phrases or u is nearest]
    covering.sort(
        key=lambda u: (
            u.speaker is None or u.source.startswith(_UNVOUCHED),
            -sum(b - a for _, a, b in u.content),
        )
    )
    return covering[0]
