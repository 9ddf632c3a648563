"""Who a speaker is: the party behind the word that speaks, also behind a text («der Bericht der UNO») or an apposition."""

from __future__ import annotations

from dataclasses import replace

from lagebild.language.document import Document, Sentence
from lagebild.lexicon.cues import Cues, cues
from lagebild.lexicon.roleslots import phrase_words
from lagebild.model import Party
from lagebild.reading.again import together
from lagebild.reading.papers import is_known_text
from lagebild.reading.parties import Resolver
from lagebild.reading.syntax import case_marker, conjuncts, is_passive, is_verbal, slots
from lagebild.reading.utterance import cue_verb, speaker_of, verbal_act

#: How many sentences back a text may have been named.
REACH = 12
#: The same for one that was called otherwise.
NEAR = 5
#: Kinds of parties that publish what they say.
_WRITE = frozenset({"international", "ngo", "media", "organisation"})
_LEADING = frozenset({"DET", "ADP", "ADV", "PUNCT", "CCONJ", "SCONJ"})


def source_parties(document: Document, resolver: Resolver, index: int, word: int) -> tuple[Party, ...]:
    """The parties that speak at a word, one for each of those coordinated («Polizei und Feuerwehr teilten mit»)."""
    sentence = document.sentences[index]
    if several := together(resolver.scene, index, word, resolver.party):
        return several
    found: list[Party] = []
    for speaker in _listed(document, resolver, index, word) or conjuncts(sentence, word) or [word]:
        party = _source(document, resolver, index, speaker, 0)
        if party is not None and party.country is None and party.kind == "source" and not is_known(party):
            party = replace(party, country=_country(resolver, index, sentence, speaker))
        if party is not None and party.name not in [p.name for p in found]:
            if speaker != word and not is_known(party):
                continue
            found.append(party)
    return tuple(found)


def _listed(document: Document, resolver: Resolver, index: int, word: int) -> list[int]:
    """The states and organisations that stand bare behind the noun for what they are: «laut den Vermittlern Katar und Ägypten»."""
    sentence = document.sentences[index]
    if sentence.upos[word] != "NOUN":
        return []
    for child in sentence.dependents(word, "nmod", "appos", "flat"):
        if child != word + 1 or sentence.upos[child] != "PROPN" or case_marker(sentence, child) is not None:
            continue
        names = [w for w in conjuncts(sentence, child) or [child] if resolver.party(index, w) is not None]
        if len(names) > 1:
            return names
    return []


def _country(resolver: Resolver, index: int, sentence: Sentence, word: int) -> str | None:
    """The country that a speaker who is only words speaks for: that of whom he belongs to."""
    owner = _owner(sentence, word)
    belongs = resolver.party(index, owner) if owner is not None else None
    if belongs is not None and (belongs.country or belongs.kind in ("international", "ngo")):
        return belongs.country
    return None


def _source(document: Document, resolver: Resolver, index: int, word: int, depth: int) -> Party | None:
    sentence = document.sentences[index]
    member = _one_of(sentence, word)
    if member is not None:
        return _source(document, resolver, index, member, depth)
    party = resolver.source(index, word)
    if party is not None and not is_known(party):
        party = None
    if party is not None and party.kind == "person":
        return party
    named = _apposition(sentence, word)
    if named is not None and (party is None or party.role):
        inner = resolver.party(index, named)
        if inner is not None:
            return inner
        if party is None and sentence.upos[named] == "PROPN":
            return _plain(document, sentence, resolver.source(index, named))
    lexicon = cues(document.language)
    if sentence.lemma_keys[word] in lexicon.writers:
        author = author_of(document, resolver, index, word, depth)
        if author is not None and is_known(author):
            return author
    if party is not None and _behind(sentence, word) is not None and lexicon.noun(sentence.lemmas[word]) is not None:
        # «nach Angaben von Präsident X»: whoever gives the figures is named, wherever the parser hung him.
        author = author_of(document, resolver, index, word, depth)
        if author is not None and is_known(author):
            return author
    if party is not None:
        return party
    lemma = sentence.lemmas[word]
    if sentence.upos[word] == "NOUN" and depth < 2 and (lexicon.noun(lemma) is not None or lexicon.is_paper(lemma)):
        author = author_of(document, resolver, index, word, depth) or _medium(resolver, index, sentence, word)
        if author is not None:
            return author
    return _plain(document, sentence, resolver.source(index, word))


def _medium(resolver: Resolver, index: int, sentence: Sentence, word: int) -> Party | None:
    """The medium in which a text appears: «according to a report in the Guardian»."""
    for child in sentence.dependents(word, "nmod"):
        if case_marker(sentence, child) in phrase_words("appears"):
            party = resolver.party(index, child)
            if party is not None and party.kind == "media":
                return party
    return None


def _one_of(sentence: Sentence, word: int) -> int | None:
    """The name behind «einer der Minister, Anton Beispiel»: in apposition to the word or to those that he is one of."""
    if sentence.upos[word] not in ("DET", "PRON", "NUM"):
        return None
    heads = (word, *sentence.dependents(word, "nmod"))
    if len(heads) == 1:
        return None
    return next((c for h in heads for c in sentence.dependents(h, "appos") if c > heads[-1]), None)


def _apposition(sentence: Sentence, word: int) -> int | None:
    """The name in apposition to a noun that speaks: «der Künstler Anton Beispiel», «eine Gruppe, die „Neue Welle“»."""
    for child in sentence.children[word]:
        if sentence.relation(child) in ("appos", "flat") and sentence.upos[child] in ("PROPN", "NOUN", "X"):
            return child
    return None


def author_of(document: Document, resolver: Resolver, index: int, word: int, depth: int = 0) -> Party | None:
    """Whose words a text carries: its genitive, the subject beside it, or the author of the same text named before."""
    sentence = document.sentences[index]
    owner = _owner(sentence, word)
    if owner is not None:
        return _source(document, resolver, index, owner, depth + 1)
    lexicon = cues(document.language)
    lemma = sentence.lemmas[word]
    for before in range(index, max(index - REACH, -1), -1):
        earlier = document.sentences[before]
        for other in range(word if before == index else len(earlier)):
            if earlier.upos[other] == "NOUN" and earlier.lemmas[other] == lemma:
                owner = _owner(earlier, other) or _writer(earlier, other, lexicon)
                party = _source(document, resolver, before, owner, depth + 1) if owner is not None else None
                if party is not None and party.kind != "source":
                    return party
    writers = sentence.lemma_keys[word] in lexicon.writers
    if depth > 1 or not (writers or lexicon.is_paper(lemma)) or not is_known_text(sentence, word, document.language):
        return None
    return _otherwise_called(document, resolver, index, word, depth, bridged=not writers)


def _otherwise_called(
    document: Document, resolver: Resolver, index: int, word: int, depth: int, *, bridged: bool
) -> Party | None:
    """The author of the text that was called otherwise last («… einen Bericht vor. Die Studie zählt …»), and of one that is
    known without having been named, who spoke in the main clause before («Die UNO wirft der Armee Folter vor. Der Bericht …»)."""
    lexicon = cues(document.language)
    for before in range(index, max(index - NEAR, -1), -1):
        earlier = document.sentences[before]
        for other in reversed(range(word if before == index else len(earlier))):
            if earlier.upos[other] == "NOUN" and lexicon.is_paper(earlier.lemmas[other]):
                writer = _writer(earlier, other, lexicon)
                if writer is not None and _owner(earlier, other) is None:
                    party = _source(document, resolver, before, writer, depth + 1)
                else:
                    party = author_of(document, resolver, before, other, depth + 1)
                return party if party is not None and party.kind != "source" else None
        if bridged and before == index - 1:
            party = _last_speaker(document, resolver, before, depth)
            if party is not None:
                return party
    return None


def _last_speaker(document: Document, resolver: Resolver, index: int, depth: int) -> Party | None:
    """Who speaks in the main clause of a sentence, if it is somebody who publishes texts."""
    sentence, lexicon = document.sentences[index], cues(document.language)
    verb = sentence.root
    if cue_verb(sentence, verb, lexicon) is None and not verbal_act(sentence, verb, document.language):
        return None
    found = speaker_of(sentence, verb, lexicon)
    party = _source(document, resolver, index, found[0], depth + 1) if found else None
    return party if party is not None and party.kind in _WRITE else None


def _writer(sentence: Sentence, text: int, lexicon: Cues) -> int | None:
    """Who is told to have written a text: who presents it or says something in it («legte einen Bericht vor», «forderte in
    einem Brief»). Not who does what stands in it («Dem Bericht zufolge töteten Soldaten …»)."""
    for clause in sentence.dependents(text, "acl"):
        agents = (w for w in sentence.dependents(clause, "obl") if case_marker(sentence, w) in phrase_words("agent"))
        if is_passive(sentence, clause) and (agent := next(agents, None)) is not None:
            return agent  # «die Resolution, die vom Sicherheitsrat angenommen wurde»
    head = sentence.heads[text]
    if head < 0 or sentence.relation(text) == "nsubj":
        return None
    markers = sentence.dependents(text, "case")
    if any(x in lexicon.adpositions for c in markers for x in (sentence.lemma_keys[c], sentence.form_keys[c])):
        return None
    verb = next((a for a in (head, *sentence.ancestors(head)) if is_verbal(sentence, a)), None)
    found = speaker_of(sentence, verb, lexicon) if verb is not None else None
    return found[0] if found and found[0] != text else None


def _owner(sentence: Sentence, word: int) -> int | None:
    for slot in slots(sentence, word):
        if (
            slot.name in phrase_words("owner")
            and not slot.shared
            and sentence.upos[slot.word] in ("NOUN", "PROPN", "PRON", "X")
            and (sentence.relation(slot.word) != "compound" or sentence.upos[slot.word] != "NOUN")  # «40-page report»
        ):
            return slot.word
    return _behind(sentence, word)


def _behind(sentence: Sentence, word: int) -> int | None:
    """The owner in a phrase right behind a noun that may hang on the verb («erschien ein Bericht von …»)."""
    marker = word + 1
    if marker < len(sentence) and sentence.lemmas[marker].casefold() in phrase_words("owner"):
        noun = sentence.heads[marker]
        if noun > marker and sentence.upos[noun] in ("NOUN", "PROPN", "X"):
            return noun
    return None


def _plain(document: Document, sentence: Sentence, party: Party | None) -> Party | None:
    """An unknown source without the article and preposition before its noun."""
    if party is None or is_known(party) or party.span is None:
        return party
    inside = [w for w, t in enumerate(sentence.tokens) if party.span[0] <= t.start and t.end <= party.span[1]]
    while len(inside) > 1 and sentence.upos[inside[0]] in _LEADING:
        inside = inside[1:]
    if not inside:
        return party
    name = document.text[sentence.tokens[inside[0]].start : party.span[1]]
    return replace(party, name=name)


def is_known(party: Party) -> bool:
    """Whether lexicon or report tell who a party is; of others we have nothing but the words."""
    return party.kind != "source" or party.name != party.text
