"""Sources that stand in a phrase: «laut Polizei», «nach Angaben der Armee», «Berichten zufolge», «…, so der Minister»."""

from __future__ import annotations

from collections.abc import Iterator

from lagebild.language.document import Sentence
from lagebild.lexicon.cues import Cues
from lagebild.lexicon.roleslots import phrase_words
from lagebild.reading.extent import noun_extent, remaining, stretches
from lagebild.reading.syntax import antecedent, case_marker, is_passive, is_predicate, is_verbal, slots
from lagebild.reading.timex import names_time
from lagebild.reading.utterance import Utterance, clause_of, cue_verb, speaker_of, verbal_act

#: The source of an utterance whose speaker stands behind an adposition of speech.
ADPOSITION = "speech adposition"
#: Relations of a clause beside another one, whatever the parser makes of it.
_BESIDE = ("conj", "parataxis", "appos", "dep")
_CLOSING = ("“", "»", "«", '"', ")", "”")
_NOMINAL = ("NOUN", "PROPN", "PRON", "X", "NUM", "ADJ")


def find_adpositional(
    index: int, sentence: Sentence, lexicon: Cues, found: list[Utterance], language: str
) -> Iterator[Utterance]:
    """Clauses with an adposition that names their source."""
    for word in range(len(sentence)):
        key = sentence.lemma_keys[word]
        rule = lexicon.adpositions.get(key) or lexicon.adpositions.get(sentence.form_keys[word])
        if rule is None or (sentence.upos[word] == "ADJ" and sentence.form_keys[word] not in lexicon.adpositions):
            continue  # «mit lautem Jubel» is an adjective
        complement, second = rule
        noun = _complement(sentence, word, complement, second, lexicon)
        if noun is None:
            continue
        speech_noun = lexicon.source(sentence.lemmas[noun]) or lexicon.source(sentence.forms[noun])
        speaker, head = noun, noun
        if speech_noun is None and complement != "before" and word + 1 < noun:
            # «nach Angaben der Polizei»: the parser may take «nach Angaben» for one preposition.
            speech_noun = lexicon.source(sentence.lemmas[word + 1])
            head = word + 1 if speech_noun else noun
        elif speech_noun is not None:
            speaker = _owner(sentence, noun)
        if complement == "noun" and speech_noun is None:
            continue
        if speech_noun is not None and any(
            sentence.lemmas[c].casefold() in lexicon.own for c in sentence.children[noun]
        ):
            speaker = _whose_own(sentence, noun, lexicon)
        if complement == "noun" and speaker == noun and _spoken_in(sentence, noun, lexicon, language):
            continue  # «said in a statement that …»: the subject speaks
        if sentence.upos[speaker] == "DET" and any(u.speaker and u.covers(index, noun) for u in found):
            continue  # «…, das sei seiner Meinung nach falsch»: the speaker is named already
        first, last = noun_extent(sentence, noun)
        if head < first:
            first = head
        if speaker != noun and last < speaker:
            last = noun_extent(sentence, speaker)[1]
        low, high = min(first, word), max(last, word)
        if second is not None:
            first = max(first, word + 2)
        frame = set(range(low, high + 1))
        # The parser may hang the noun on its adposition.
        clause = clause_of(sentence, word if word in sentence.ancestors(noun) else noun)
        taken = frame | {w for u in found for _, a, b in u.frame for w in range(a, b + 1) if w in frame}
        # A relative clause that hangs on the source says who it is, not what it says.
        relative = {
            w for c in sentence.dependents(noun, "acl") if sentence.dependents(c, "nsubj") for w in sentence.subtree(c)
        }
        content = stretches(
            sentence,
            (clause | _lost(sentence, clause))
            - taken
            - relative
            - _before(sentence, noun, clause)
            - _others(sentence, word, clause, lexicon),
        )
        if not content:
            continue
        yield Utterance(
            type="Indirect",
            content=tuple((index, a, b) for a, b in content),
            stance=speech_noun or "asserts",
            speaker=(index, speaker),
            named=(first, last),
            cue=((index, word),),
            frame=((index, low, high),),
            source=f"{ADPOSITION} {key}",
        )


def _spoken_in(sentence: Sentence, noun: int, lexicon: Cues, language: str) -> bool:
    """Whether the subject of a verb of speaking says something in a text that nobody else is named for."""
    for verb in sentence.ancestors(noun):
        if is_verbal(sentence, verb) and not is_passive(sentence, verb) and sentence.dependents(verb, "nsubj"):
            speaks = cue_verb(sentence, verb, lexicon) is not None or verbal_act(sentence, verb, language)
            return speaks or sentence.lemma_keys[verb] in lexicon.claims
    return False


def _before(sentence: Sentence, noun: int, clause: set[int]) -> set[int]:
    """An indicative clause before the main one tells what is known («Nachdem …, kam es laut Polizei zu …»)."""
    found: set[int] = set()
    for verb in clause:
        if sentence.relation(verb) != "advcl" or not is_predicate(sentence, verb):
            continue
        words = sentence.subtree(verb)
        heads = (verb, *sentence.dependents(verb, "aux", "cop"))
        indicative = any(
            sentence.feats[w].get("VerbForm") == "Fin" and sentence.feats[w].get("Mood") != "Sub" for w in heads
        )
        if indicative and words[-1] < sentence.heads[verb] and noun not in words:
            found |= set(words)
    return found


def _others(sentence: Sentence, word: int, clause: set[int], lexicon: Cues) -> set[int]:
    """What somebody else says in a clause beside that of the source («laut Polizei 400, die Veranstalter sprechen von 900»)."""
    found: set[int] = set()
    for verb in clause:
        if sentence.relation(verb) not in _BESIDE or not sentence.dependents(verb, "nsubj"):
            continue
        below = set(sentence.subtree(verb))
        if word not in below and cue_verb(sentence, verb, lexicon) is not None:
            found |= below
    return found


def _lost(sentence: Sentence, clause: set[int]) -> set[int]:
    """Words between those of a clause that the parser hung elsewhere."""
    inside = range(min(clause), max(clause) + 1)
    return {w for w in inside if sentence.upos[w] == "PUNCT"}


def _complement(sentence: Sentence, word: int, complement: str, second: str | None, lexicon: Cues) -> int | None:
    """The noun that an adposition of speech governs, None if the word is none here («laut lachen», «nach Berlin»)."""
    if second is not None:
        following = [w for w in range(word + 1, min(word + 2, len(sentence))) if sentence.form_keys[w] == second]
        if not following:
            return None
        noun = next((h for h in (sentence.heads[following[0]], sentence.heads[word]) if h > following[0]), -1)
    else:
        noun = sentence.heads[word]
        before = word - 1
        if complement == "before" and before >= 0 and not 0 <= noun < word:
            noun = _phrase_before(sentence, word)
        if complement == "noun" and before >= 0 and noun <= word + 1 and sentence.relation(word) != "case":
            # «ihrer Meinung nach»: behind its noun, which is no name of a source then.
            noun = before if lexicon.source(sentence.lemmas[before]) else noun
        if complement == "after" and noun < word and sentence.relation(word) != "case":
            return None
        if complement == "after" and word + 1 < len(sentence) and sentence.upos[word + 1] in ("ADP", "PUNCT", "CCONJ"):
            if sentence.forms[word + 1] not in '„«»“"':
                return None
    following_noun = word + 1 < len(sentence) and complement != "before" and second is None
    if following_noun and sentence.upos[word + 1] == "ADP" and lexicon.source(sentence.forms[word + 1]):
        return word + 1  # «nach Angaben der Polizei»: two prepositions to the parser
    if noun < 0 or sentence.upos[noun] not in _NOMINAL:
        return None
    return noun


def _phrase_before(sentence: Sentence, word: int) -> int:
    """The head of the noun phrase that ends right before a word («Berichten der Agentur zufolge»); -1 if none does."""
    noun = word - 1
    if sentence.forms[noun] in _CLOSING and noun > 0:
        noun -= 1
    if sentence.upos[noun] not in _NOMINAL:
        return -1
    while sentence.relation(noun) in ("nmod", "conj", "appos", "flat", "compound") and 0 <= sentence.heads[noun] < noun:
        noun = sentence.heads[noun]
    return noun


def _owner(sentence: Sentence, noun: int) -> int:
    """Whose words a noun of speaking carries, else the noun itself."""
    for slot in slots(sentence, noun):
        if (
            slot.name in phrase_words("owner")
            and not slot.shared
            and sentence.upos[slot.word] in ("NOUN", "PROPN", "PRON", "X", "DET")
            and (sentence.upos[slot.word] != "DET" or slot.name == "poss")
        ):
            return slot.word
    for word in range(noun + 1, min(noun + 5, len(sentence))):
        if sentence.upos[word] in ("NOUN", "PROPN"):
            # The parser may take «libanesischer Kreise» for a subject: its adjective knows better.
            cases = {sentence.feats[w].get("Case") for w in (word, *sentence.dependents(word, "amod", "det"))}
            if cases & {"Gen", "Dat"} and case_marker(sentence, word) is None:
                return word
            break
        if sentence.upos[word] not in ("DET", "ADJ"):
            break
    return noun


def _whose_own(sentence: Sentence, noun: int, lexicon: Cues) -> int:
    """Whose own words they are («nach eigenen Angaben»): the subject's, of a passive too; else the noun itself."""
    for verb in sentence.ancestors(noun):
        subjects = sentence.dependents(verb, "nsubj")
        if subjects and is_predicate(sentence, verb):
            found = None if is_passive(sentence, verb) else speaker_of(sentence, verb, lexicon)
            return found[0] if found else antecedent(sentence, subjects[0])
    return noun


def find_parenthetical(
    index: int, sentence: Sentence, lexicon: Cues, found: list[Utterance], language: str
) -> Iterator[Utterance]:
    """«…, so der Minister»: a particle after a comma or a closing mark with a noun and no verb."""
    for word in range(1, len(sentence) - 1):
        key = sentence.form_keys[word]
        if key not in lexicon.naming or sentence.forms[word - 1] not in (",", "»", "“", "”", '"', "–", "«", "’"):
            continue
        speaker = _named_after(sentence, word)
        if speaker is None:
            continue
        first, last = noun_extent(sentence, speaker)
        last = _without_day(sentence, speaker, last, language)
        end = next(
            (w for w in range(last + 1, len(sentence)) if sentence.forms[w] in (",", ";", ".", ":", "!", "?")),
            len(sentence),
        )
        frame = set(range(word - 1 if sentence.forms[word - 1] in (",", "–") else word, end))
        if any(sentence.feats[w].get("VerbForm") == "Fin" for w in frame):
            continue
        # A comma behind closes the parenthesis; what was said goes on.
        content = remaining(sentence, frame | set(range(end, len(sentence))) if _ends(sentence, end) else frame)
        if not content or any(u.speaker == (index, speaker) for u in found):
            continue
        yield Utterance(
            type="Indirect",
            content=tuple((index, a, b) for a, b in content),
            speaker=(index, speaker),
            named=(first, last),
            cue=((index, word),),
            frame=((index, min(frame), max(frame)),),
            source=f"speech particle {key}",
        )


def _without_day(sentence: Sentence, speaker: int, last: int, language: str) -> int:
    """The last word of a speaker, without the day on which he spoke: «so der Sprecher am Montag»."""
    for word in range(speaker + 1, last + 1):
        if sentence.relation(word) == "nmod" and names_time(sentence.forms[word], language):
            return min(sentence.subtree(word)) - 1
    return last


def _ends(sentence: Sentence, end: int) -> bool:
    return end >= len(sentence) or sentence.forms[end] in (".", "!", "?", ";")


def _named_after(sentence: Sentence, particle: int) -> int | None:
    """The noun that a particle introduces as a speaker: the first noun behind it, with no preposition or verb between."""
    for word in range(particle + 1, min(particle + 14, len(sentence))):
        if sentence.upos[word] in ("NOUN", "PROPN"):
            head = word
            while sentence.heads[head] > word and sentence.upos[sentence.heads[head]] in ("NOUN", "PROPN"):
                head = sentence.heads[head]
            return head if case_marker(sentence, head) in (None, sentence.form_keys[particle]) else None
        if sentence.upos[word] == "PRON" and sentence.feats[word].get("PronType") == "Prs":
            return word
        if sentence.upos[word] not in ("DET", "ADJ", "NUM", "PUNCT", "X"):
            return None
        if sentence.forms[word] in (",", ";", ".", ":"):
            return None
    return None
