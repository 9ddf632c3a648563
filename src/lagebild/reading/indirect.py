"""Indirect speech: clauses, infinitives and pronouns under verbs and predicates of speaking."""

from __future__ import annotations

from collections.abc import Iterator

from lagebild.language.document import Document, Sentence
from lagebild.lexicon.cues import Cues
from lagebild.lexicon.roleslots import role_words
from lagebild.reading.extent import clause_extent, frame_extent, noun_extent, stretches, trimmed_range
from lagebild.reading.quotable import in_konjunktiv, is_marked, is_question, tells
from lagebild.reading.syntax import case_marker, is_passive, is_predicate, is_verbal
from lagebild.reading.utterance import (
    Cue,
    Utterance,
    Words,
    addressee_of,
    cue_verb,
    cue_words,
    named_before,
    negated,
    said_before_name,
    speaker_of,
    speech_like,
)

#: The source of an utterance that nothing but the mood of a subordinate clause shows.
EMBEDDED = "Konjunktiv in a subordinate clause"


def find_indirect(
    document: Document, index: int, sentence: Sentence, cues: list[Cue], lexicon: Cues
) -> Iterator[Utterance]:
    """The utterances of a sentence whose content stands as a clause, an infinitive or a pronoun beside its cue."""
    words_of_speech = {cue.word for cue in cues}
    for cue in cues:
        content, before = ([], ()) if cue.act else _pronoun(document, index, sentence, cue, lexicon)
        content = content or _content(sentence, cue, words_of_speech - {cue.word}, lexicon)
        quoted = bool(content) and _quoted(sentence, cue, content, lexicon)
        if not content and not cue.act:
            content = said_before_name(sentence, cue.word)
            quoted = True
        if not content:
            continue
        taken = {w for a, b in content for w in range(a, b + 1)}
        found = speaker_of(sentence, cue.word, lexicon)
        if not found or not sentence.dependents(cue.word, "nsubj"):
            named = named_before(sentence, cue.word)
            if named is not None and any(first < cue.word for first, _ in content):
                found = named[1], named[1]
                content = stretches(sentence, {w for w in taken if not named[0] <= w < cue.word}) or content
                taken = {w for a, b in content for w in range(a, b + 1)}
        stance = cue.stance
        if negated(sentence, cue.word, lexicon):
            stance = {"believes": "doubts", "doubts": "believes"}.get(stance, stance)
        addressee = addressee_of(sentence, cue.word, lexicon, taken)
        if found and addressee == found[1]:
            addressee = None
        frame = frame_extent(sentence, clause_extent(sentence, cue.word, taken), taken)
        yield Utterance(
            type="Indirect",
            content=(*(() if cue.entry in lexicon.confirming else before), *((index, a, b) for a, b in content)),
            shown=(*before, *((index, a, b) for a, b in content)) if before else (),
            stance=stance,
            speaker=(index, found[0]) if found else None,
            named=noun_extent(sentence, found[1]) if found and found[1] != found[0] else None,
            cue=tuple((index, w) for w in cue_words(sentence, cue.word, lexicon)),
            frame=tuple((index, a, b) for a, b in frame),
            addressee=(index, addressee) if addressee is not None else None,
            source=f"verbal act {cue.entry}" if cue.act else f"speech verb {cue.entry}",
            silent=not quoted or (cue.act and found is None),
        )
        agency = _quoting(sentence, cue.word, lexicon)
        if agency is not None:
            whole = tuple((index, a, b) for a, b in stretches(sentence, {*taken, *sentence.subtree(cue.word)}))
            yield Utterance("Indirect", whole, speaker=(index, agency), source=f"quoted, {cue.entry}", silent=True)


def _quoting(sentence: Sentence, verb: int, lexicon: Cues) -> int | None:
    """Who quotes whoever speaks, as the agent of a passive: “was quoted by the agency as saying that …”."""
    head = sentence.heads[verb]
    as_saying = any(sentence.lemmas[m] in role_words() for m in sentence.dependents(verb, "mark", "case"))
    if head < 0 or not as_saying or not is_passive(sentence, head) or cue_verb(sentence, head, lexicon) is None:
        return None
    agents = [c for c in sentence.dependents(head, "obl") if case_marker(sentence, c) in lexicon.agents]
    return agents[0] if agents else None


def _quoted(sentence: Sentence, cue: Cue, content: list[tuple[int, int]], lexicon: Cues) -> bool:
    """Whether an utterance is a quotation by itself; a verbal act is one only with a clause that states something."""
    if cue.entry in lexicon.known or not tells(sentence, cue.word, lexicon):
        return False
    if in_konjunktiv(sentence, content):
        return True
    first = content[0][0]
    return not is_question(sentence, first, lexicon) and (not cue.act or is_marked(sentence, first, lexicon))


def _content(sentence: Sentence, cue: Cue, others: set[int], lexicon: Cues) -> list[tuple[int, int]]:
    verb = cue.word
    clauses = list(_clauses(sentence, cue, others, lexicon))
    words: set[int] = set()
    for clause in clauses:
        below = set(sentence.subtree(clause)) - _main_clauses(sentence, clause)
        if verb in below:
            below -= set(sentence.subtree(verb))
        words |= below
    if words:
        words |= _strays(sentence, verb, words, lexicon)
        return stretches(sentence, words)
    if not cue.act:
        words = _behind(sentence, verb, lexicon)
        if words:
            return stretches(sentence, words)
    if not cue.act and not _names_its_own(sentence, cue, lexicon) and _inserted(sentence, verb, lexicon):
        around = set(range(len(sentence)))
        head = sentence.heads[verb]
        if head >= 0:
            top = next((a for a in (head, *sentence.ancestors(head)) if is_predicate(sentence, a)), head)
            around = set(sentence.subtree(top))
        return stretches(sentence, around - set(sentence.subtree(verb)))
    return []


def _names_its_own(sentence: Sentence, cue: Cue, lexicon: Cues) -> bool:
    """Whether a verb names behind it what it says, so that the clause before is another's: «…, die Türkei spricht von 400 Toten»."""
    slots = lexicon.objects.get(cue.entry, frozenset())
    return any(
        child > cue.word and case_marker(sentence, child) in slots for child in sentence.dependents(cue.word, "obl")
    )


def _main_clauses(sentence: Sentence, clause: int) -> set[int]:
    """Main clauses in the indicative that the parser coordinated with one in Konjunktiv: they are the report's again.

    So is, behind any clause, a finite verb right behind «und»: a subordinate clause has its verb at the end.
    """
    spoken = speech_like(sentence, clause)
    found: set[int] = set()
    for child in sentence.dependents(clause, "conj"):
        heads = (child, *sentence.dependents(child, "aux", "cop"))
        indicative = any(
            sentence.feats[w].get("Mood") == "Ind" and sentence.feats[w].get("VerbForm") == "Fin" for w in heads
        )
        told = spoken and sentence.dependents(child, "nsubj") and not sentence.dependents(child, "mark")
        if indicative and (told or (_goes_on(sentence, child) and (spoken or sentence.dependents(clause, "mark")))):
            found |= set(sentence.subtree(child))
    return found


def _goes_on(sentence: Sentence, verb: int) -> bool:
    """Whether a clause begins with a conjunction and the finite verb: «…, und kündigte an …»."""
    first = next((w for w in sentence.subtree(verb) if sentence.upos[w] not in ("PUNCT", "CCONJ")), verb)
    return first > 0 and sentence.upos[first - 1] == "CCONJ" and sentence.feats[first].get("VerbForm") == "Fin"


def _strays(sentence: Sentence, verb: int, words: set[int], lexicon: Cues) -> set[int]:
    """Words of what is said that the parser hung on the cue itself: between its clauses or right behind them."""
    first, last = min(words), max(words)
    impersonal = any(
        sentence.lemmas[c].casefold() in lexicon.impersonals for c in sentence.dependents(verb, "nsubj", "expl")
    )
    found: set[int] = set()
    for child in sentence.children[verb]:
        relation = sentence.relation(child)
        below = set(sentence.subtree(child))
        if child in words or relation in ("aux", "compound", "punct", "expl", "cc", "conj", "parataxis"):
            continue
        if relation == "nsubj" and not (impersonal and sentence.upos[child] in ("NOUN", "PROPN") and child < verb):
            continue
        inside = first < min(below) and max(below) < last
        behind = first > verb and min(below) > last and all(w > first for w in below)
        before = relation == "nsubj" and max(below) < first and last < verb
        # «erklärte sie, in vielen Städten fehle Wasser»: what stands between the comma and the clause belongs to it.
        opens = verb < min(below) <= max(below) < first and sentence.forms[min(below) - 1] in (",", ":")
        before = before or (opens and relation in ("obl", "advmod", "advcl", "nmod"))
        if inside or behind or before:
            found |= below
    gaps = set(range(first, last + 1)) - words - found
    taken = set(sentence.subtree(verb)) - words
    return found | {w for w in gaps if w not in taken}


def _behind(sentence: Sentence, verb: int, lexicon: Cues) -> set[int]:
    """What follows a comma behind a finite cue, where the parser found no clause: a conjunction or Konjunktiv shows it."""
    heads = (verb, *sentence.dependents(verb, "aux", "cop"))
    if not any(sentence.feats[w].get("VerbForm") == "Fin" for w in heads):
        return set()
    end = len(sentence)
    opening = next((w for w in range(verb) if sentence.upos[w] not in ("CCONJ", "ADV", "PUNCT")), verb)
    # The parser may take «wie» for a pronoun.
    particle = next((w for w in range(opening + 1) if sentence.forms[w].casefold() in lexicon.particles), None)
    if particle is not None and verb + 1 < end and sentence.forms[verb + 1] == ",":
        # «Wie die Polizei mitteilte, …»: whatever the parser made of the two clauses.
        return set(range(verb + 2, end))
    for child in sentence.dependents(verb, "conj"):
        below = sentence.subtree(child)
        if below[0] > verb and any(sentence.feats[w].get("VerbForm") == "Fin" for w in below):
            end = min(end, below[0])
    for comma in range(verb + 1, min(verb + 25, end - 2)):
        if sentence.forms[comma] not in (",", ":"):
            continue
        segment = range(comma + 1, next((w for w in range(comma + 1, end) if sentence.forms[w] in (",", ";")), end))
        marked = sentence.forms[comma + 1].casefold() in lexicon.conjunctions
        if sentence.upos[comma + 1] == "SCONJ" and not marked:
            continue
        subjunctive = any(
            sentence.feats[w].get("Mood") == "Sub" and sentence.feats[w].get("VerbForm") == "Fin" for w in segment
        )
        if marked or subjunctive:
            return set(range(comma + 1, end))
    return set()


def _clauses(sentence: Sentence, cue: Cue, others: set[int], lexicon: Cues) -> Iterator[int]:
    """The heads of the clauses that say what is said, wherever the parser hung them below the cue."""
    verb = cue.word
    stack = [verb]
    while stack:
        node = stack.pop()
        for child in sentence.children[node]:
            relation = sentence.relation(child)
            if relation == "conj" and node == verb:
                # «Er gab an, es gehe ihm gut»: no conjunction, and another mood.
                apart = child > verb and not sentence.dependents(child, "cc")
                if apart and speech_like(sentence, child) and not speech_like(sentence, verb):
                    yield child
                continue
            if not (is_predicate(sentence, child) or is_verbal(sentence, child)):
                if node == verb and relation == "ccomp":
                    yield child
                elif relation not in ("punct", "nsubj") or node != verb:
                    stack.append(child)
                continue
            if node == verb:
                if _is_said(sentence, child, lexicon):
                    yield child
            elif child > verb and relation in ("acl", "advcl", "ccomp", "parataxis"):
                noun = sentence.upos[node] == "NOUN"
                if child in others or (noun and lexicon.noun(sentence.lemmas[node])):
                    continue
                if is_content(sentence, child, lexicon) or (is_infinitive(sentence, child) and not noun):
                    yield child


def _is_said(sentence: Sentence, clause: int, lexicon: Cues) -> bool:
    """Whether a clause that hangs on the cue itself says what is said."""
    relation, infinitive = sentence.relation(clause), is_infinitive(sentence, clause)
    return (
        (relation == "ccomp" and not any(_result(sentence, m) for m in sentence.dependents(clause, "mark")))
        or (relation == "csubj" and not infinitive)
        or (relation == "parataxis" and speech_like(sentence, clause))
        or (relation in ("xcomp", "advcl", "acl", "csubj", "obl", "obj") and infinitive)
        or (relation == "xcomp" and _gerund(sentence, clause))
        or (relation in ("advcl", "acl", "obj", "nsubj") and is_content(sentence, clause, lexicon))
    )


def is_content(sentence: Sentence, clause: int, lexicon: Cues) -> bool:
    """A clause that its conjunction marks as content (dass, that, ob, whether): parsers may call it adverbial."""
    return any(
        sentence.lemmas[c].casefold() in lexicon.conjunctions and not _result(sentence, c)
        for c in sentence.dependents(clause, "mark", "advmod", "obl", "obj")
    )


def _result(sentence: Sentence, conjunction: int) -> bool:
    """«…, so dass die Passagiere gerettet werden mussten»: an adverb between comma and conjunction tells what came of it."""
    return conjunction > 1 and sentence.upos[conjunction - 1] == "ADV" and sentence.forms[conjunction - 2] == ","


def _gerund(sentence: Sentence, clause: int) -> bool:
    """A gerund as the content of a verb of speaking (“denied having shelled”, “admitted sending troops”)."""
    heads = (clause, *sentence.dependents(clause, "aux", "cop"))
    forms = [sentence.feats[w].get("VerbForm") for w in heads]
    present = any(
        sentence.feats[w].get("VerbForm") == "Part"
        and (sentence.feats[w].get("Tense") == "Pres" or (sentence.upos[w] == "AUX" and w != clause))
        for w in heads
    )
    return ("Ger" in forms or present) and "Fin" not in forms


def is_infinitive(sentence: Sentence, clause: int) -> bool:
    """An infinitive with its particle alone (not «um zu»), also a perfect one («getötet zu haben»)."""
    marks = sentence.dependents(clause, "mark")
    if any(sentence.upos[m] != "PART" for m in marks):
        return False
    heads = (clause, *sentence.dependents(clause, "aux", "cop"))
    forms = [sentence.feats[w].get("VerbForm") for w in heads]
    return "Inf" in forms and "Fin" not in forms


def _inserted(sentence: Sentence, verb: int, lexicon: Cues) -> bool:
    """A clause of speaking put into or behind what is said: «…, sagte er», «wie er sagte», “…, he said”."""
    relation = sentence.relation(verb)
    asyndetic = relation == "conj" and not sentence.dependents(verb, "cc")
    if not asyndetic and relation not in ("parataxis", "advcl", "acl", "ccomp", "discourse"):
        return False
    if _points_back(sentence, verb, lexicon):
        return relation in ("conj", "parataxis")
    objects = [c for c in sentence.dependents(verb, "obj") if sentence.forms[c].casefold() not in lexicon.particles]
    if any(sentence.feats[c].get("Reflex") != "Yes" for c in objects):
        return False
    below = sentence.subtree(verb)
    first = next((w for w in below if sentence.upos[w] != "PUNCT"), verb)
    if sentence.forms[first].casefold() in lexicon.particles and sentence.heads[first] in below:
        return True
    if first > 1 and sentence.forms[first - 1].casefold() in lexicon.particles and sentence.forms[first - 2] == ",":
        return True  # «…, wie die Polizei mitteilte»: the parser lost the particle
    head = sentence.heads[verb]
    if relation != "parataxis" and not (asyndetic and _closes(sentence, verb)):
        # «…, hatte der Minister gesagt»: the finite verb stands first, right behind a comma.
        finite = sentence.feats[first].get("VerbForm") == "Fin" and first > 0
        return (
            finite
            and head < first
            and not is_content(sentence, verb, lexicon)
            and sentence.forms[first - 1] in ',”“"»«'
        )
    # Inverted, or (English) a bare subject and verb behind the clause.
    inverted = first == verb or all(w <= verb for w in sentence.dependents(verb, "nsubj"))
    return inverted and (head < verb or below[-1] < head)


def _closes(sentence: Sentence, verb: int) -> bool:
    """A clause with its own subject right before its verb, behind a comma, that ends the sentence: “…, their leader announced”.
    In German the verb would stand before the subject there."""
    below = sentence.subtree(verb)
    subjects = sentence.dependents(verb, "nsubj")
    ends = all(sentence.upos[w] == "PUNCT" for w in range(below[-1] + 1, len(sentence)))
    return bool(subjects) and subjects[0] < verb and ends and sentence.forms[below[0] - 1] == ","


def _points_back(sentence: Sentence, verb: int, lexicon: Cues) -> bool:
    """«…, das teilte der Sprecher mit»: a pronoun behind a comma, and the verb."""
    first = verb - 1
    if first < 1 or sentence.forms[first].casefold() not in lexicon.demonstratives:
        return False
    return sentence.forms[first - 1] == "," and sentence.heads[first] == verb and sentence.upos[first] == "PRON"


def _pronoun(
    document: Document, index: int, sentence: Sentence, cue: Cue, lexicon: Cues
) -> tuple[list[tuple[int, int]], tuple[Words, ...]]:
    """«Dies gab das Komitee bekannt»: the pronoun and the sentence before it are what is said."""
    if cue.stance not in ("asserts", "believes") or negated(sentence, cue.word, lexicon) or index == 0:
        return [], ()
    if sentence.relation(cue.word) != "root":
        return [], ()
    for child in sentence.dependents(cue.word, "obj", "nsubj"):
        if sentence.forms[child].casefold() not in lexicon.demonstratives or child > cue.word:
            continue
        found = speaker_of(sentence, cue.word, lexicon)
        if found is None or found[0] == child:
            continue
        before = document.sentences[index - 1]
        if before.forms[-1] not in (".", "!", "?"):
            return [], ()
        whole = trimmed_range(before, 0, len(before) - 1)
        if whole is None:
            return [], ()
        return [(child, child)], ((index - 1, *whole),)
    return [], ()


def find_embedded(index: int, sentence: Sentence, lexicon: Cues, found: list[Utterance]) -> Iterator[Utterance]:
    """Subordinate clauses in Konjunktiv I without a cue: «Er lehnte ab, da das Geld fehle» gives his reasons."""
    if speech_like(sentence, sentence.root):
        return
    for verb in range(len(sentence)):
        if sentence.relations[verb] not in ("advcl", "acl") or not is_predicate(sentence, verb):
            continue
        finite = [w for w in (verb, *sentence.dependents(verb, "aux", "cop")) if sentence.feats[w].get("Mood") == "Sub"]
        if not any(sentence.feats[w].get("Tense") == "Pres" for w in finite):
            continue
        words = sentence.subtree(verb)
        content = trimmed_range(sentence, words[0], words[-1])
        if content is None or any(u.covers(index, verb) for u in found):
            continue
        main = next(
            (a for a in sentence.ancestors(verb) if is_predicate(sentence, a) and sentence.dependents(a, "nsubj")), None
        )
        speaker = speaker_of(sentence, main, lexicon) if main is not None else None
        if speaker is None or main is None or sentence.root != main:
            continue
        taken = set(range(content[0], content[1] + 1))
        yield Utterance(
            type="Indirect",
            content=((index, *content),),
            speaker=(index, speaker[0]),
            frame=tuple((index, a, b) for a, b in frame_extent(sentence, clause_extent(sentence, main, taken), taken)),
            source=EMBEDDED,
        )
