"""How real an act is: occurred, ongoing, planned, demanded, considered, conditional or denied.

Markers of the lexicon vote (negation, modals, conjunctions, adverbs, the word that governs the act), learned weights judge
all traits of the act (tense, place in the tree, words above it), and the network's head votes too. The strongest status wins.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lagebild.language.document import Sentence
from lagebild.lexicon.frames import fold, frames
from lagebild.lexicon.markers import Marker, Markers, markers
from lagebild.lexicon.roleslots import phrase_words
from lagebild.model import Because
from lagebild.reading.events import Act
from lagebild.reading.fillers import verb_lemmas
from lagebild.reading.head import head_vote
from lagebild.reading.learned import votes
from lagebild.reading.occasions import is_afterwards, is_occasion
from lagebild.reading.syntax import answers, is_circumstance, is_passive, is_predicate, is_verbal
from lagebild.reading.traits import tense, traits

#: Weights of the rules' votes, in the units of the head's log-odds; chosen on development reports.
SURE, LIKELY, SLIGHT = 3.0, 1.5, 1.0
#: The vote of an act that nobody does or that is done to none: the head, which looks at the verb, does not see it.
NONE = 16.0
#: The vote of an adverb («derzeit», «möglicherweise»).
ADVERB = 2.5
#: How much the votes of markers and the head's log-probabilities count beside the learned weights.
RULES, HEAD = 0.5, 0.8
#: The lowest log-probability that counts: long training makes the head sure of itself, not right.
CERTAIN = 3.0
#: What is added to a status whatever the traits: news of conflicts tells more of what goes on than the training reports do.
PRIOR = {"ongoing": 0.6, "occurred": -0.3, "planned": -0.3}
#: What an act is that has not happened.
UNREAL = ("planned", "demanded", "considered", "conditional", "denied")
#: How an act hangs on a word that can confer its status on it.
_COMPLEMENTS = frozenset({"ccomp", "xcomp", "obj", "obl", "acl", "nmod", "advcl"})


#: Acts of speech that have been done where somebody answers them.
_MADE = frozenset({"ACCUSE", "REQUEST", "THREATEN"})


@dataclass(frozen=True, slots=True)
class Vote:
    """A status (or a stance) that a rule proposes, with its weight and reason."""

    status: str | None
    weight: float
    because: Because
    stance: str | None = None


@dataclass(frozen=True, slots=True)
class Reality:
    """The status of an act, the stance that its own words show (None if none) and the reasons."""

    status: str
    stance: str | None
    because: tuple[Because, ...]


def reality(sentence: Sentence, act: Act, language: str) -> Reality:
    """Weigh all votes on one act."""
    lexicon = markers(language)
    said = list(_votes(sentence, act.word, lexicon, language))
    learned, found = votes("status"), traits(sentence, act, language)
    totals = learned.scores(found)
    for vote in said:
        if vote.status in totals:
            totals[vote.status] += RULES * vote.weight
    for status, odds in PRIOR.items():
        totals[status] += odds
    if _counters(sentence, act.word, lexicon):
        totals["denied"] -= NONE
    if act.type == "CONSULT" and is_occasion(sentence, act.word):
        totals["demanded"] -= NONE
    if _left_open(sentence, act.word, lexicon):
        totals["denied"] -= NONE
        totals["considered"] += SURE
    if not any(vote.status in UNREAL for vote in said):
        for status in _ruled_out(sentence, act.word, lexicon):
            totals[status] -= NONE
    if act.type in _MADE and _answered(sentence, act.word, lexicon):
        totals["denied"] = float("-inf")
    if (
        sentence.feats[act.word].get("VerbForm") == "Inf"
        and not sentence.dependents(act.word, "aux")
        and _given_as(said)
    ):
        totals["denied"] -= NONE
    if _denied_charge(sentence, act.word, lexicon, language):
        totals["denied"] += SURE
    if is_verbal(sentence, act.word) and _stands(sentence, act.word, lexicon):
        totals["ongoing"] += SURE
    for status, log_p in head_vote(sentence, act.word, "status").items():
        if status in totals:
            totals[status] += HEAD * max(log_p, -CERTAIN)
    if _begun(sentence, act.word, lexicon):
        totals["planned"] -= NONE
    if _aside(sentence, act.word) and not any(vote.status == "demanded" for vote in said):
        totals["demanded"] -= NONE
    status = max(totals, key=lambda s: totals[s])
    stance = next((v.stance for v in said if v.stance), None)
    because = [v.because for v in said if v.status == status or v.stance]
    because += [Because("learned", trait, f"{status} {lead:+.1f}") for trait, lead in learned.reasons(found, status)]
    return Reality(status, stance, tuple(because))


def _given_as(said: list[Vote]) -> bool:
    """Whether the word that an infinitive completes says that it is planned, demanded or possible («threatened to bomb them»),
    and nothing denies it."""
    sure = any(vote.status in ("planned", "demanded", "considered") and vote.weight >= SURE for vote in said)
    return sure and not any(vote.status == "denied" for vote in said)


def _ruled_out(sentence: Sentence, word: int, lexicon: Markers) -> tuple[str, ...]:
    """What an act cannot be that the verb above it confirms: a clause in the indicative tells what is or was («bestätigte, dass
    die Armee abzieht»), a noun may still lie ahead («bestätigte das Treffen»)."""
    head, relation = sentence.heads[word], sentence.relations[word]
    if head < 0 or relation not in ("ccomp", "nsubj", "obj") or sentence.feats[word].get("Mood", "Ind") != "Ind":
        return ()
    if not any(fold(lemma) in lexicon.facts for lemma in verb_lemmas(sentence, head)):
        return ()
    if any(sentence.lemma_keys[c] in lexicon.negations for c in sentence.children[head]):
        return ()
    return UNREAL if relation == "ccomp" else ("denied",)


def _stands(sentence: Sentence, word: int, lexicon: Markers) -> bool:
    """Whether a finite verb in the present tense is told as a state of now: “The rebels now control the town, they announced”."""
    feats = sentence.feats[word]
    if feats.get("VerbForm") != "Fin" or feats.get("Tense") != "Pres" or feats.get("Mood", "Ind") != "Ind":
        return False
    return any(sentence.lemma_keys[child] in lexicon.now for child in sentence.dependents(word, "advmod"))


def _aside(sentence: Sentence, word: int) -> bool:
    """Whether an act stands in a clause that tells why or when something is demanded: it is not what is."""
    nodes = (word, *sentence.ancestors(word))
    inside = next((n for n in nodes if sentence.relations[n] in ("advcl", "ccomp", "xcomp", "acl", "csubj")), None)
    return inside is not None and is_circumstance(sentence, inside)


def _begun(sentence: Sentence, word: int, lexicon: Markers) -> bool:
    """Whether a verb in the past tells that an act has begun: «hätten mit dem Rückzug begonnen», "began the withdrawal"."""
    head = sentence.heads[word]
    if head < 0 or sentence.relations[word] not in ("nsubj", "obj", "obl", "xcomp"):
        return False
    if not any(fold(lemma) in lexicon.begun for lemma in verb_lemmas(sentence, head)):
        return False
    if sentence.relations[word] == "obl" and _case(sentence, word) not in phrase_words("with"):
        return False
    told = tense(sentence, head).partition("+")[0]
    return told in ("past", "perf", "plup") and not any(_negates(sentence, c, lexicon) for c in sentence.children[head])


def _answered(sentence: Sentence, word: int, lexicon: Markers) -> bool:
    """Whether a noun tells what somebody rejects or denies: a charge or a demand has been made all the same («wies die Vorwürfe
    zurück»)."""
    head = sentence.heads[word]
    if head < 0 or is_verbal(sentence, word) or sentence.deprels[word] not in ("obj", "nsubj:pass"):
        return False
    if any(_negates(sentence, child, lexicon) for child in (*sentence.children[head], *sentence.children[word])):
        return False
    governors = (m for lemma in verb_lemmas(sentence, head) for m in lexicon.governors.get(fold(lemma), ()))
    return any(marker.status == "denied" for marker in governors)


def _denied_charge(sentence: Sentence, word: int, lexicon: Markers, language: str) -> bool:
    """Whether an act is what somebody denies to be guilty of: «Baku denies accusations of ethnic cleansing»."""
    noun = sentence.heads[word]
    if noun < 0 or sentence.relations[word] not in ("nmod", "acl", "ccomp") or sentence.upos[noun] != "NOUN":
        return False
    charge = any(frame.type == "ACCUSE" for frame in frames(language).find(sentence.lemmas[noun], "NOUN"))
    own = any(
        sentence.upos[c] == "PROPN" or sentence.deprels[c] == "nmod:poss" for c in sentence.dependents(noun, "nmod")
    )
    return charge and not own and _answered(sentence, noun, lexicon)


def _counters(sentence: Sentence, word: int, lexicon: Markers) -> bool:
    """Whether an act is what somebody says against what he denies, and is not negated itself."""
    if any(_negates(sentence, child, lexicon) for child in sentence.children[word]):
        return False
    return any(
        marker.status == "denied" and answers(sentence, head, word)
        for head in sentence.ancestors(word)
        for lemma in verb_lemmas(sentence, head)
        for marker in lexicon.governors.get(fold(lemma), ())
    )


def _votes(sentence: Sentence, word: int, lexicon: Markers, language: str) -> Iterator[Vote]:
    yield from _own(sentence, word, lexicon, SURE)
    yield from _governed(sentence, word, lexicon, language)
    if not is_verbal(sentence, word):
        # A noun carried by a verb shares the verb's modals, negation and adverbs: «Gespräche sollen beginnen».
        head, relation = sentence.heads[word], sentence.relations[word]
        if relation == "conj" and head >= 0:
            head, relation = sentence.heads[head], sentence.relations[head]
        if head >= 0 and relation in ("obj", "nsubj", "obl") and is_predicate(sentence, head):
            yield from _own(sentence, head, lexicon, LIKELY if relation in ("obj", "nsubj") else SLIGHT)


def _left_open(sentence: Sentence, word: int, lexicon: Markers) -> bool:
    """Whether an act is what somebody does not rule out: «Einen Angriff schloss er nicht aus»."""
    head = sentence.heads[word]
    if head < 0 or sentence.relations[word] not in ("obj", "nsubj", "ccomp", "xcomp"):
        return False
    if not any(fold(lemma) in lexicon.open for lemma in verb_lemmas(sentence, head)):
        return False
    return any(_negates(sentence, child, lexicon) for child in sentence.children[head])


def _own(sentence: Sentence, word: int, lexicon: Markers, weight: float) -> Iterator[Vote]:
    """Votes of an act's own auxiliaries, negation, adverbs, adjectives and conjunction."""
    verbal = is_verbal(sentence, word)
    for child in sentence.children[word]:
        lemma = sentence.lemma_keys[child]
        relation = sentence.relations[child]
        yield from _denials(sentence, child, lexicon, weight, verbal)
        if verbal and relation in ("aux", "cop"):
            marker = _modal(sentence, child, lexicon)
            if marker is not None:
                yield Vote(marker.status, weight, Because("lexicon", marker.name), marker.stance)
        if relation in ("advmod", "obl") and lemma in lexicon.adverbs:
            marker = lexicon.adverbs[lemma]
            yield Vote(marker.status, ADVERB, Because("lexicon", marker.name), marker.stance)
        if relation == "amod":
            found = lexicon.adjectives.get(lemma) or lexicon.adjectives.get(sentence.form_keys[child])
            if found is not None:
                yield Vote(found.status, weight, Because("lexicon", found.name), found.stance)
        if relation == "mark":
            subjunction = lexicon.subjunctions.get(lemma) or lexicon.subjunctions.get(sentence.form_keys[child])
            if subjunction is not None:
                yield Vote(subjunction.status, LIKELY, Because("lexicon", subjunction.name), subjunction.stance)
    if verbal:
        # The parser may make the modal the head: «will … angreifen» as xcomp.
        head = sentence.heads[word]
        if (
            head >= 0
            and sentence.relations[word] in ("xcomp", "ccomp")
            and sentence.feats[word].get("VerbForm") == "Inf"
        ):
            marker = _modal(sentence, head, lexicon)
            if marker is not None:
                yield Vote(marker.status, weight, Because("lexicon", marker.name), marker.stance)


def _denials(sentence: Sentence, child: int, lexicon: Markers, weight: float, verbal: bool) -> Iterator[Vote]:
    """Votes of a negation that hangs on an act, or of a party or thing of which there is none («Keine Seite zog ab»)."""
    relation = sentence.relations[child]
    bare = relation == "obl" and not sentence.dependents(child, "case")
    argument = verbal and (bare or relation in ("nsubj", "obj", "iobj"))
    if _negates(sentence, child, lexicon):
        if argument or relation in ("advmod", "det", "case", "obj", "nsubj", "mark", "cc"):
            vote = NONE if argument else weight
            yield Vote("denied", vote, Because("lexicon", f"negation {sentence.forms[child]}"))
    elif argument:
        for none in sentence.dependents(child, "det", "advmod"):
            if none < child and _negates(sentence, none, lexicon):
                yield Vote("denied", NONE, Because("lexicon", f"negation {sentence.forms[none]}"))


def _negates(sentence: Sentence, word: int, lexicon: Markers) -> bool:
    return sentence.lemma_keys[word] in lexicon.negations or sentence.form_keys[word] in lexicon.negations


def _modal(sentence: Sentence, word: int, lexicon: Markers) -> Marker | None:
    for marker in lexicon.modals.get(sentence.lemma_keys[word], ()):
        feats = sentence.feats[word]
        if marker.mood != "any" and feats.get("Mood", "Ind") != marker.mood:
            continue
        if marker.tense != "any" and feats.get("Tense", "Pres") != marker.tense:
            continue
        if sentence.upos[word] == "AUX" and _auxiliary_only(sentence, word):
            continue
        return marker
    return None


def _auxiliary_only(sentence: Sentence, word: int) -> bool:
    """werden as passive auxiliary with a participle is no future: «wird angegriffen»."""
    head = sentence.heads[word]
    if head < 0 or sentence.feats[head].get("VerbForm") != "Part":
        return False
    others = [c for c in sentence.dependents(head, "aux") if c != word]
    modal_infinitive = any(sentence.feats[c].get("VerbForm") == "Inf" for c in others)
    return sentence.deprels[word] == "aux:pass" or (
        sentence.lemmas[word].casefold() in phrase_words("auxiliary") and not modal_infinitive
    )


def _governed(sentence: Sentence, word: int, lexicon: Markers, language: str) -> Iterator[Vote]:
    """Votes of the words above the act: plans, demands, denials whose complement it is."""
    node = word
    for depth in range(3):
        head = sentence.heads[node]
        if head < 0:
            return
        relation = sentence.relations[node]
        if relation == "conj":
            node = head
            continue
        yield from _given(sentence, word, node, depth, lexicon, language)
        if relation in ("acl", "advcl", "parataxis") and sentence.feats[node].get("VerbForm") == "Fin":
            return
        if relation in ("nsubj", "csubj") and depth:
            return
        if is_verbal(sentence, head) and relation in ("nsubj", "obl"):
            return
        # An infinitive or noun under a modal or a condition shares it.
        yield from (
            v
            for v in _own(sentence, head, lexicon, SLIGHT)
            if v.status in ("conditional", "planned", "demanded", "considered")
        )
        node = head


def _given(sentence: Sentence, word: int, node: int, depth: int, lexicon: Markers, language: str) -> Iterator[Vote]:
    """Votes of the one word above `node`, through which the act at `word` hangs on it: as a governor, or by its own frame."""
    head, relation = sentence.heads[node], sentence.relations[node]
    if is_circumstance(sentence, node) or is_afterwards(sentence, node):
        return
    weight = SURE if depth == 0 else LIKELY
    # The subject of a passive, or of a participle, is what the verb is about («ist angekündigt»).
    about = {relation, sentence.deprels[node], _case(sentence, node)}
    if relation == "nsubj" and is_passive(sentence, head):
        about |= {"nsubj:pass", "obj"}
    upos = "VERB" if is_verbal(sentence, head) else "NOUN"
    for lemma in verb_lemmas(sentence, head):
        governors = lexicon.governors.get(fold(lemma), ())
        marker = next((m for m in governors if _governs(m, sentence, word, head, about, lexicon)), None)
        if marker is not None:
            yield Vote(marker.status, weight, Because("lexicon", marker.name), marker.stance)
        elif about & _COMPLEMENTS and not (relation in ("obl", "advcl") and depth):
            for frame in frames(language).find(lemma, upos)[:1]:
                if frame.confers:
                    yield Vote(frame.confers, weight, Because("lexicon", frame.name, "confers"))


def _governs(marker: Marker, sentence: Sentence, word: int, head: int, about: set[str], lexicon: Markers) -> bool:
    if marker.status == "denied" and answers(sentence, head, word):
        return False
    if marker.status == "planned" and _stands(sentence, word, lexicon):
        return False
    return not marker.slots or bool(about & set(marker.slots))


def _case(sentence: Sentence, word: int) -> str:
    for child in sentence.dependents(word, "case", "mark"):
        return sentence.lemmas[child].casefold()
    return ""
