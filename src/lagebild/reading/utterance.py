"""The utterance of a report, and the words of speaking that every kind of speech is found by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lagebild.language.document import Sentence
from lagebild.lexicon.cues import Cues
from lagebild.lexicon.frames import fold, frames
from lagebild.lexicon.roleslots import role_words
from lagebild.reading.extent import stretches
from lagebild.reading.syntax import antecedent, case_marker, is_passive, is_predicate, is_verbal, slots

Words = tuple[int, int, int]  # sentence index, first word, last word (inclusive)

#: Types whose acts say something: what they say has a speaker.
VERBAL = frozenset({"REQUEST", "AGREE", "THREATEN", "ACCUSE", "REJECT", "CONCEDE"})
#: Words that name the office of somebody whose name follows.
_OFFICE = 6
_NOBODY: frozenset[str] = frozenset()
#: Classes of words that may be verbs or predicates of speaking.
_PREDICATES = frozenset({"VERB", "AUX", "ADJ", "ADV"})
_SPEAKING = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X", "DET"})


@dataclass(frozen=True, slots=True)
class Utterance:
    """One quotation: what is said (`content`), by whom (`speaker`: sentence and head word), by which cue words.

    `type` and the parts are those of model.Quote; `stance` is the speaker's attitude. `shown` is the quote as it is
    printed where that differs from the words that the speaker vouches for (a reported act of speech prints its whole
    clause, and the speaker vouches for its object at most); `named` the speaker as printed («Angaben der Polizei»). A
    `silent` one is no quotation by itself, but its speaker vouches for its content.
    """

    type: str
    content: tuple[Words, ...]
    stance: str = "asserts"
    speaker: tuple[int, int] | None = None
    cue: tuple[tuple[int, int], ...] = ()
    frame: tuple[Words, ...] = ()
    addressee: tuple[int, int] | None = None
    source: str = ""
    nested: bool = False
    shown: tuple[Words, ...] = ()
    named: tuple[int, int] | None = None
    silent: bool = False

    @property
    def quote(self) -> tuple[Words, ...]:
        """The words that are printed as the quotation."""
        return self.shown or self.content

    @property
    def last_sentence(self) -> int:
        """The index of the sentence in which the quotation ends."""
        return max(s for s, _, _ in self.quote)

    def covers(self, sentence: int, word: int) -> bool:
        return any(s == sentence and a <= word <= b for s, a, b in self.content)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of speaking: its `stance`, its lexicon `entry` and whether it is known only as a verbal act (fordern)."""

    word: int
    stance: str
    entry: str
    act: bool = False


def cue_verb(sentence: Sentence, word: int, lexicon: Cues) -> tuple[str, str] | None:
    """The stance of a verb of speaking and its lexicon entry, joined with a separated prefix."""
    if sentence.upos[word] in ("ADJ", "ADV") and sentence.dependents(word, "cop", "nsubj", "aux"):
        for lemma in (sentence.form_keys[word], sentence.lemma_keys[word]):
            if lemma in lexicon.adjectives:
                return lexicon.adjectives[lemma], lemma
            for child in sentence.dependents(word, "cop", "aux"):  # «wurde bekannt», «hat bekannt gegeben»
                joined = lemma + sentence.lemma_keys[child]
                if joined in lexicon.verbs:
                    return lexicon.verbs[joined], joined
    if not is_verbal(sentence, word):
        return None
    lemma = sentence.lemma_keys[word]
    for particle in _particles(sentence, word):
        for form in (sentence.lemmas[particle], sentence.forms[particle]):
            joined = fold(form) + lemma
            if joined in lexicon.verbs:
                return lexicon.verbs[joined], joined
    for joined in _at_clause_end(sentence, word, lemma):
        if joined in lexicon.verbs:
            return lexicon.verbs[joined], joined
    others = (c for c in sentence.dependents(word, "compound:prt") if c > word)
    if lemma not in lexicon.verbs or any(sentence.upos[c] == "ADP" or len(sentence.forms[c]) <= 5 for c in others):
        return None  # with another separated part it is another verb («fand statt»)
    return lexicon.verbs[lemma], lemma


def cues_of(sentence: Sentence, lexicon: Cues, language: str) -> list[Cue]:
    """All verbs and predicates of speaking of a sentence, in text order; verbal acts of the event lexicon are some."""
    found = []
    for word, upos in enumerate(sentence.upos):
        if upos not in _PREDICATES:
            continue
        cue = cue_verb(sentence, word, lexicon)
        if cue is not None:
            if not _another(sentence, word, language) and not _names_itself(sentence, word, cue[1], lexicon):
                found.append(Cue(word, *cue))
        elif is_verbal(sentence, word) and verbal_act(sentence, word, language):
            found.append(Cue(word, "asserts", sentence.lemma_keys[word], act=True))
    return found


def _names_itself(sentence: Sentence, verb: int, entry: str, lexicon: Cues) -> bool:
    """Whether somebody only has a name for himself: «der Rat, wie sich die Junta selbst nennt»."""
    objects = sentence.dependents(verb, "obj", "expl")
    return entry in lexicon.about and any(sentence.feats[c].get("Reflex") == "Yes" for c in objects)


def _another(sentence: Sentence, verb: int, language: str) -> bool:
    """Whether a verb means something else than an act of speech here: its frame excludes the object («forderte 30 Tote»)."""
    excluded = [dict(f.excludes) for f in frames(language).find(sentence.lemmas[verb], "VERB") if f.type in VERBAL]
    return any(
        name in needs and needs[name].takes(sentence.lemma_keys[word])
        for needs in excluded
        for name, word in ((s.name, s.word) for s in slots(sentence, verb))
    )


def _particles(sentence: Sentence, verb: int) -> list[int]:
    """Words that may be the separated part of a verb («gab … bekannt»), whatever relation the parser gave them."""
    return [
        c
        for c in sentence.dependents(verb, "compound:prt", "compound", "advmod", "xcomp", "obl", "mark")
        if sentence.upos[c] in ("ADP", "ADV", "ADJ", "PART", "VERB", "NOUN")
        and (c > verb or (c == verb - 1 and sentence.upos[c] == "ADJ"))
    ]


def _at_clause_end(sentence: Sentence, verb: int, lemma: str) -> Iterator[str]:
    """The verb joined with a preposition that closes its clause («teilte … mit, dass»): no noun can follow it there."""
    if sentence.feats[verb].get("VerbForm") != "Fin":
        return
    for word in range(verb + 1, min(verb + 30, len(sentence) - 1)):
        closes = sentence.forms[word + 1] in (",", ".", ":", ";")
        if closes and sentence.upos[word] == "ADP":
            yield sentence.form_keys[word] + lemma
        if closes:
            return


def verbal_act(sentence: Sentence, word: int, language: str) -> bool:
    """Whether a word is a verbal act of the event lexicon that confers a status on what is said (fordern, drohen)."""
    return any(f.type in VERBAL for f in frames(language).find(sentence.lemmas[word], sentence.upos[word]))


def cue_words(sentence: Sentence, verb: int, lexicon: Cues) -> tuple[int, ...]:
    """The words of a cue: the verb with its auxiliaries, separated prefix, reflexive and impersonal pronoun."""
    extra = [
        c
        for c in sentence.children[verb]
        if sentence.relation(c) in ("aux", "compound", "expl", "cop")
        or (sentence.relation(c) == "xcomp" and sentence.upos[c] == "ADJ")
        or (sentence.relation(c) in ("obj", "iobj", "expl") and sentence.feats[c].get("Reflex") == "Yes")
        or (sentence.relation(c) == "nsubj" and sentence.lemmas[c].casefold() in lexicon.impersonals)
        or sentence.forms[c].casefold() in lexicon.pronominals
    ]
    return tuple(sorted({verb, *extra}))


def speaker_of(sentence: Sentence, verb: int, lexicon: Cues | None = None) -> tuple[int, int] | None:
    """Who speaks: the word that says who it is and the word that is printed (a relative pronoun keeps its place).

    Where nobody is the subject («es heisst», «wurde mitgeteilt») the noun phrase after «von», «in», «aus» speaks.
    """
    impersonal = strict = False
    named = lexicon.speakers.get(sentence.lemma_keys[verb], _NOBODY) if lexicon is not None else _NOBODY
    for slot in slots(sentence, verb) if named else ():
        if slot.name in named and not slot.shared and sentence.upos[slot.word] in _SPEAKING:
            return slot.word, slot.word  # «wie aus Regierungskreisen verlautete»
    inverted = inverted_subject(sentence, verb)
    if inverted is not None:
        return inverted, inverted
    if _elided_subject(sentence, verb):
        # «Er bestätigte das und nannte sie Lügner»: the pronoun behind a coordinated verb is its object.
        return speaker_of(sentence, sentence.heads[verb], lexicon)
    for slot in slots(sentence, verb):
        if slot.name == "nsubj" and sentence.upos[slot.word] in _SPEAKING:
            if sentence.upos[slot.word] == "PRON" and sentence.feats[slot.word].get("Case") in ("Acc", "Dat"):
                continue
            if lexicon is not None and sentence.lemmas[slot.word].casefold() in lexicon.impersonals:
                impersonal = True
                continue
            if lexicon is not None and sentence.forms[slot.word].casefold() in lexicon.demonstratives:
                # «Dies geht aus einem Bericht hervor»: nobody is the subject.
                impersonal = strict = not sentence.dependents(verb, "obj")
                continue
            if any(sentence.lemmas[c] in role_words() for c in sentence.dependents(slot.word, "case", "mark", "cc")):
                continue  # «Als Grund nannte er …» is no subject
            own = sentence.dependents(verb, "nsubj")
            best = max(own, key=lambda n: _name_length(sentence, n), default=slot.word)
            if len(own) > 1 and slot.word == own[0] and _name_length(sentence, best) > _name_length(sentence, own[0]):
                return best, best  # «Besorgt äusserte sich Anna Beispiel»: of two subjects, who is named
            shown = own[0] if own and not slot.shared and sentence.upos[own[0]] == "PRON" else slot.word
            return antecedent(sentence, slot.word), shown
    others = [n for n in sentence.dependents(verb, "nsubj") if sentence.upos[n] in ("NOUN", "PROPN")]
    if others and not is_passive(sentence, verb):
        return others[-1], others[-1]
    if lexicon is not None and sentence.forms[0].casefold() in lexicon.demonstratives and sentence.heads[0] == verb:
        # «Dies gab das Komitee bekannt»: what is left beside the pronoun is the subject.
        for child in sentence.dependents(verb, "obj", "obl"):
            bare = case_marker(sentence, child) is None and sentence.upos[child] in ("NOUN", "PROPN")
            if child > verb and bare and (sentence.relation(child) == "obj" or _case(sentence, child) == "Nom"):
                return child, child
    passive = is_passive(sentence, verb)
    unsaid = bool(sentence.dependents(verb, "expl"))  # «…, hiess es vom Abgeordneten»
    if lexicon is not None and (impersonal or passive or not sentence.dependents(verb, "nsubj")):
        for child in sentence.dependents(verb, "obl", "nmod"):
            if case_marker(sentence, child) not in lexicon.sources or sentence.upos[child] not in _SPEAKING:
                continue
            if impersonal and (not strict or lexicon.source(sentence.lemmas[child]) is not None):
                return child, child
            person = any(_is_person(sentence, w) for w in (child, *sentence.dependents(child, "appos", "flat")))
            agent = (passive or unsaid) and case_marker(sentence, child) in lexicon.agents
            if agent or person or lexicon.noun(sentence.lemmas[child]) is not None:
                return child, child
    return None


def inverted_subject(sentence: Sentence, verb: int) -> int | None:
    """The subject behind a verb, where the parser took an object before it for one («Den Plan lobte der Minister»)."""
    before = [c for c in sentence.dependents(verb, "nsubj") if c < verb and sentence.upos[c] in ("NOUN", "PROPN")]
    if not before or is_passive(sentence, verb):
        return None
    if _case(sentence, before[0]) not in ("Acc", "Dat"):
        return None if _named(sentence, before[0]) else _person_behind(sentence, verb)
    for child in sentence.dependents(verb, "nsubj", "obj", "iobj", "obl"):
        if child > verb and sentence.upos[child] in ("NOUN", "PROPN") and case_marker(sentence, child) is None:
            if _case(sentence, child) in ("Nom", None):
                return child
    return None


def _is_person(sentence: Sentence, word: int) -> bool:
    return _name_length(sentence, word) > 0


def _name_length(sentence: Sentence, word: int) -> int:
    """The number of words of the person's or organisation's name that a word belongs to."""
    found = (e for e in sentence.entities if e.first <= word <= e.last and e.label in ("PER", "ORG"))
    return max((e.last - e.first + 1 for e in found), default=0)


def _named(sentence: Sentence, word: int) -> bool:
    return sentence.upos[word] == "PROPN" or any(e.first <= word <= e.last for e in sentence.entities)


def _person_behind(sentence: Sentence, verb: int) -> int | None:
    """A person named behind a verb whose object before it looks like a subject («Die Arbeit lobte Minister Beispiel»)."""
    for child in sentence.dependents(verb, "nsubj", "obj"):
        people = (e for e in sentence.entities if e.label == "PER")
        inside = any(set(range(e.first, e.last + 1)) & set(sentence.subtree(child)[:8]) for e in people)
        if child > verb and inside and case_marker(sentence, child) is None and _case(sentence, child) in ("Nom", None):
            return child
    return None


def _elided_subject(sentence: Sentence, verb: int) -> bool:
    """Whether a coordinated verb stands right behind its conjunction with nothing but a pronoun behind it."""
    if sentence.relation(verb) != "conj" or verb == 0 or sentence.upos[verb - 1] != "CCONJ":
        return False
    own = sentence.dependents(verb, "nsubj")
    return bool(own) and all(w > verb and sentence.upos[w] == "PRON" for w in own)


def _case(sentence: Sentence, noun: int) -> str | None:
    """The case of a noun as its determiner shows it, else its own."""
    for child in sentence.dependents(noun, "det"):
        case = sentence.feats[child].get("Case")
        if case:
            return case
    return sentence.feats[noun].get("Case")


def addressee_of(sentence: Sentence, verb: int, lexicon: Cues, content: set[int]) -> int | None:
    """Whom a verb of speaking is addressed to: its dative, its object beside a clause, «gegenüber …»."""
    for child in sentence.children[verb]:
        if child in content or sentence.upos[child] not in ("NOUN", "PROPN", "PRON"):
            continue
        if sentence.feats[child].get("Reflex") == "Yes" or sentence.feats[child].get("PronType") == "Dem":
            continue
        relation = sentence.relation(child)
        marker = case_marker(sentence, child)
        if relation in ("iobj", "obj") or (relation in ("obl", "nmod") and marker in lexicon.addressees):
            return child
        if relation == "obl" and marker is None and sentence.feats[child].get("Case") == "Dat":
            return child
    return None


def speech_like(sentence: Sentence, clause: int) -> bool:
    """A paratactic clause is reported speech if it stands in the subjunctive."""
    return any(sentence.feats[w].get("Mood") == "Sub" for w in (clause, *sentence.dependents(clause, "aux", "cop")))


def clause_of(sentence: Sentence, word: int) -> set[int]:
    """All words under the nearest predicate above a word that has a subject or is the root."""
    for node in sentence.ancestors(word):
        if sentence.heads[node] < 0:
            return set(sentence.subtree(node))
        # What the parser hung on an auxiliary or a copula belongs to the predicate that those serve.
        if is_predicate(sentence, node) and sentence.relation(node) not in ("aux", "cop"):
            return set(sentence.subtree(sentence.heads[node] if _of_its_head(sentence, node) else node))
    return set(range(len(sentence)))


def _of_its_head(sentence: Sentence, verb: int) -> bool:
    """Whether a participle with a finite auxiliary is the predicate of the noun that the parser hung it on («Nach Angaben
    der Stadt sind 30 Menschen eingeschlossen»)."""
    if sentence.relation(verb) != "acl" or sentence.dependents(verb, "nsubj", "mark"):
        return False
    finite = any(sentence.feats[w].get("VerbForm") == "Fin" for w in sentence.dependents(verb, "aux", "cop"))
    return finite and not any(sentence.feats[w].get("PronType") == "Rel" for w in sentence.children[verb])


def negated(sentence: Sentence, verb: int, lexicon: Cues) -> bool:
    """Whether a verb has a negation of its own."""
    return any(
        sentence.feats[c].get("Polarity") == "Neg"
        or (sentence.upos[c] == "PART" and sentence.lemmas[c].casefold() in lexicon.negations)
        for c in sentence.children[verb]
    )


def named_before(sentence: Sentence, verb: int) -> tuple[int, int] | None:
    """Somebody named right before a verb behind what is said, where the parser found no subject: «…, their leader, Ann
    Example, announced». The first word of the phrase, and of the name."""
    last = verb - 2 if verb and sentence.forms[verb - 1] == "," else verb - 1
    name = next((e for e in sentence.entities if e.last == last and e.label in ("PER", "ORG")), None)
    if name is None:
        return None
    first = name.first
    if last == verb - 2 and first > 1 and sentence.forms[first - 1] == ",":
        # Between two commas: what the name explains stands before the first of them.
        comma = next((w for w in range(first - 2, -1, -1) if sentence.forms[w] == ","), None)
        office = range(comma + 1, first - 1) if comma is not None else range(0)
        if 0 < len(office) <= _OFFICE and not any(is_verbal(sentence, w) for w in office):
            first = office[0]
    return first, name.first


def said_before_name(sentence: Sentence, verb: int) -> list[tuple[int, int]]:
    """What stands before a name between commas and a verb of speaking, where the parser made the verb a participle."""
    named, head = named_before(sentence, verb), sentence.heads[verb]
    if named is None or not 0 <= head < named[0] or named[0] == named[1] or not is_predicate(sentence, head):
        return []
    if sentence.relation(verb) not in ("advcl", "acl", "conj", "parataxis") or sentence.dependents(verb, "nsubj", "cc"):
        return []
    return stretches(sentence, {w for w in sentence.subtree(head) if w < named[0]})
