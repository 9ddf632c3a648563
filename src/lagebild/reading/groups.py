"""Who is meant by a common noun for people or an institution: «kurdische Kämpfer», «die Behörden», «die Firma Beispiel».

The English name is put together from the noun, the country or party it belongs to, and adjectives that tell groups apart.
"""

from __future__ import annotations

from collections.abc import Callable

from lagebild.language.document import Sentence
from lagebild.lexicon.frames import frames
from lagebild.lexicon.generics import Generic, generics, singular
from lagebild.lexicon.names import fold
from lagebild.lexicon.placewords import placewords
from lagebild.lexicon.roleslots import (
    articled,
    compound_joints,
    foreign_beginnings,
    international_beginnings,
    international_letters,
    phrase_words,
)
from lagebild.model import Party
from lagebild.reading.again import group_again, state_again
from lagebild.reading.fillers import verb_lemmas
from lagebild.reading.scene import Scene
from lagebild.reading.syntax import case_marker

Resolve = Callable[[int, int], Party | None]
_NAMED = ("organisation", "group", "party", "media", "ngo", "company", "union", "court", "bank", "mission")
_STATES = ("state", "population", "government")
#: Who calls on a people that is its own.
_CALLERS = ("person", "group", "rebels", "state", "government", "organ", "party")
#: Kinds of people who are of where something happens, whoever does it there.
_LOCAL = frozenset({"rebels", "group"})
#: Acts that move soldiers.
_MOVING = frozenset({"RETREAT", "MOBILIZE"})
#: Kinds of organisations of several states.
_OF_STATES = ("organisation", "mission")


def group(
    scene: Scene, index: int, sentence: Sentence, word: int, first: int, last: int, resolve: Resolve
) -> Party | None:
    """The party that a phrase with a party noun at its head names."""
    nouns = generics(scene.language)
    generic = (
        (nouns.find_phrase(sentence.lemmas[word - 1 : word + 1]) if word > first else None)
        or nouns.find(sentence.lemmas[word])
        or nouns.find(sentence.forms[word])
    )
    if generic is None:
        return None
    if generic.named:
        own = _own_name(scene, index, sentence, word, last, generic)
        if own is not None:
            return own
    # «Western diplomats in Vienna» are not of Austria; «Arab residents of Haifa» are an ethnic group of a country.
    abroad = scene.continent(sentence, word) is not None and generic.kind != "population"
    country = scene.origin(index, sentence, first, last, places=not abroad, head=word)
    qualities = [
        found
        for child in sentence.dependents(word, "amod")
        if (found := nouns.quality(sentence.lemmas[child], _joined(sentence, child))) is not None
        and found != generic.name.split()[0]
    ]
    belongs = _owner(scene, index, sentence, word, generic, resolve)
    if belongs is not None and sentence.forms[word] in belongs.name.split():
        return belongs  # the noun is part of the name that it seems to belong to
    if country is not None and belongs is not None and belongs.country is None and _accredited(sentence, word):
        # «der russische Vertreter bei der Nato» speaks for Russia
        name = singular(generic.bare) if sentence.feats[word].get("Number") == "Sing" else generic.bare
        return Party("", f"{scene.world.adjective(country)} {name} to {articled(belongs.name)}", country, generic.kind)
    if belongs is not None and generic.owner and belongs.kind not in ("state", "other"):
        return Party("", belongs.name, belongs.country, belongs.kind)
    if belongs is not None and belongs.country is None and belongs.kind in _OF_STATES:
        country = None  # «the mission of the United Nations in Sudan» is not of Sudan
    key = generic.bare
    definite = scene.definite(sentence, word)
    if country is None and belongs is None and not qualities:
        kept = scene.memory.groups.get(key)
        if kept is not None and generic.local and definite and not sentence.dependents(word, "nummod", "amod"):
            return kept
        if (
            (generic.named or generic.people)
            and definite
            and (meant := group_again(scene, index, sentence, word, generic)) is not None
        ):
            return meant
    told = country
    if told is None and belongs is not None:
        country = told = belongs.country
    foreign = is_foreign(scene, sentence, word) or (belongs is not None and belongs.kind not in _STATES)
    if country is None and generic.local and not foreign:
        sent = sender(index, sentence, word, scene.language, resolve) if generic.kind == "military" else None
        if sent is None and generic.kind == "population" and definite:
            sent = caller(index, sentence, word, scene.language, resolve)
        armed = scene.countries.armed(index) if generic.kind == "military" else scene.countries.at(index)
        country = sent or (scene.countries.local(index) if generic.kind in _LOCAL else armed)
    quality = " ".join(qualities)
    if belongs is not None and belongs.kind not in _STATES:
        noun = f"{quality} {generic.bare}".strip()
        hyphen = "-" in sentence.forms[word]
        name = f"{belongs.name} {noun}" if hyphen or belongs.kind == "group" else f"{noun} of {belongs.name}"
    else:
        name = generic.english(country if told or not generic.plain else None)
        if quality:
            adjective = scene.world.adjective(told)
            alone = adjective is None or adjective == quality
            name = f"{quality} {generic.bare}" if alone else f"{adjective} {quality} {generic.bare}"
    if _is_one(scene, sentence, word):
        name = singular(name)
    party = Party("", name, country, generic.kind)
    if told is not None or qualities or belongs is not None:
        scene.memory.groups[key] = party
    return party


def _accredited(sentence: Sentence, word: int) -> bool:
    """Whether somebody of a country stands for it at an organisation: «der russische Vertreter bei der Nato»."""
    markers = (case_marker(sentence, child) for child in sentence.dependents(word, "nmod"))
    return bool(sentence.dependents(word, "amod")) and any(m in phrase_words("accredited") for m in markers)


def sender(index: int, sentence: Sentence, word: int, language: str, resolve: Resolve) -> str | None:
    """The country of who moves soldiers as the object of a verb: they are its own («Damascus pulled out 14,000 soldiers»)."""
    verb = sentence.heads[word]
    if verb < 0 or sentence.relation(word) != "obj" or sentence.upos[verb] != "VERB":
        return None
    lemmas = [sentence.lemmas[verb], *(f"{sentence.lemmas[verb]} {sentence.forms[c]}" for c in sentence.children[verb])]
    if not any(f.type in _MOVING for lemma in lemmas for f in frames(language).find(lemma, "VERB")):
        return None
    nouns = (w for w in sentence.dependents(verb, "nsubj") if sentence.upos[w] in ("NOUN", "PROPN"))
    parties = (resolve(index, w) for w in nouns)
    return next((p.country for p in parties if p is not None and p.kind in _STATES), None)


def caller(index: int, sentence: Sentence, word: int, language: str, resolve: Resolve) -> str | None:
    """The country of who calls on a bare people: it is its own («Die UCK rief die Bevölkerung auf, in den Häusern zu bleiben»)."""
    verb = sentence.heads[word]
    if verb < 0 or sentence.relation(word) not in ("obj", "obl", "iobj") or sentence.dependents(word, "amod", "nmod"):
        return None
    if not any(
        f.type == "REQUEST" for lemma in verb_lemmas(sentence, verb) for f in frames(language).find(lemma, "VERB")
    ):
        return None
    parties = (resolve(index, w) for w in sentence.dependents(verb, "nsubj"))
    return next((p.country for p in parties if p is not None and p.kind in _CALLERS), None)


def homeland(scene: Scene, index: int, sentence: Sentence, word: int, first: int, last: int) -> Party | None:
    """The state that «das Land», «der mexikanische Staat», «their country» means."""
    part = scene.half(sentence, word)
    if part is not None and (state := scene.world.state(part)) is not None:
        return Party("", state.name, state.country, "state")
    if placewords(scene.language).areas.get(fold(sentence.lemmas[word])) != "country":
        return None
    if sentence.feats[word].get("Number") == "Plur":
        return None
    country = scene.origin(index, sentence, first, last)
    if country is None:
        if not scene.definite(sentence, word) or is_foreign(scene, sentence, word):
            return None
        country = state_again(scene, index, word) or scene.countries.at(index)
    state = scene.world.state(country)
    return Party("", state.name, state.country, "state") if state is not None else None


def _joined(sentence: Sentence, word: int) -> str:
    """A word with what a hyphen joins to it, however it was cut («left-wing»)."""
    if word > 1 and sentence.forms[word - 1] == "-" and sentence.heads[word - 2] == word:
        return f"{sentence.forms[word - 2]}-{sentence.forms[word]}"
    return sentence.forms[word]


def _is_one(scene: Scene, sentence: Sentence, word: int) -> bool:
    """Whether one of a group is meant: «ein Soldat», «dieser Zeuge»."""
    if sentence.feats[word].get("Number") == "Plur":
        return False
    pointed = any(sentence.feats[c].get("PronType") == "Dem" for c in sentence.dependents(word, "det"))
    return pointed or scene.indefinite(sentence, word)


def is_foreign(scene: Scene, sentence: Sentence, word: int) -> bool:
    """Whether an adjective says that a bare noun is not the report's country's («ausländische», «prorussische»)."""
    return any(
        fold(sentence.lemmas[w]).startswith(foreign_beginnings()) for w in sentence.dependents(word, "amod", "advmod")
    )


#: Kinds of parties that have no name of their own.
_UNNAMED = frozenset({"source", "population"})


def is_international(name: str) -> bool:
    """Whether an unknown organisation's name says that it belongs to no one state («Internationale …», «UNMIS», «World …»)."""
    return fold(name).startswith(international_beginnings()) or name.startswith(international_letters())


def _own_name(scene: Scene, index: int, sentence: Sentence, word: int, last: int, generic: Generic) -> Party | None:
    """The proper name that stands with a noun for its kind («die Partei „Neue Welle“», «the newspaper Example») or that the noun
    is the end of («die Hoover Institution», «die Ebert-Stiftung»)."""
    a, b = scene.core(index, sentence, word)
    if (
        scene.label(index, word) == "ORG"
        and b == word
        and ("-" in sentence.forms[word] if a == word else sentence.upos[a] in ("PROPN", "X"))
    ):
        return Party("", scene.text(sentence, a, b), scene.origin(index, sentence, a, b), generic.kind)
    if last > word:
        known = scene.world.lookup(scene.text(sentence, word + 1, last), scene.language, scene.year)
        if known is not None and known.kind in _NAMED:
            return Party("", known.name, known.country, known.kind)
    for child in sentence.dependents(word, "appos", "flat", "nmod", "compound"):
        if sentence.upos[child] not in ("PROPN", "X") or case_marker(sentence, child) is not None:
            continue
        if scene.label(index, child) in ("LOC", "PER") or (child < word and generics(scene.language).joined):
            continue
        if sentence.feats[child].get("Case") == "Gen":
            continue
        a, b = scene.core(index, sentence, child)
        name = scene.text(sentence, a, b)
        known = scene.world.lookup(name, scene.language, scene.year)
        if known is not None:
            if known.kind in ("state", "person", "population"):
                continue
            return Party("", known.name, known.country, known.kind)
        country = scene.origin(index, sentence, min(a, word), max(b, word))
        if country is None and generic.local:
            country = scene.countries.at(index)
        return Party("", name, country, generic.kind)
    return None


def _means(sentence: Sentence, word: int) -> bool:
    """Whether a bare noun says by what means: "spoke with the hijackers by radio"."""
    bare = sentence.upos[word] == "NOUN" and sentence.feats[word].get("Number") == "Sing"
    return bare and not sentence.dependents(word, "det", "nmod", "amod", "flat", "appos", "compound")


def _owner(scene: Scene, index: int, sentence: Sentence, word: int, generic: Generic, resolve: Resolve) -> Party | None:
    """The party that the noun's genitive, possessive or first part names."""
    form = sentence.forms[word]
    if "-" in form:
        known = scene.world.lookup(form.rsplit("-", 1)[0], scene.language, scene.year)
        if known is not None:
            return Party("", known.name, known.country, known.kind)
    elif generics(scene.language).joined:
        cut = generics(scene.language).split(sentence.lemmas[word])
        if cut is not None and cut[1] > 3:
            first = form[: cut[1]]
            for stem in (first, *(first.removesuffix(joint) for joint in compound_joints())):
                known = scene.world.lookup(stem, scene.language, scene.year)
                if known is not None and known.kind not in ("person", "population", "organ"):
                    return Party("", known.name, known.country, known.kind)
    for child in sentence.dependents(word, "nmod", "det", "compound"):
        upos = sentence.upos[child]
        if upos in ("DET", "PRON"):
            if sentence.feats[child].get("Poss") == "Yes":
                found = resolve(index, child)
                if found is not None:
                    return found if generic.owner else Party("", found.name, found.country, "state")
            continue
        marker = case_marker(sentence, child)
        if upos not in ("NOUN", "PROPN") or child == word or marker not in (None, *phrase_words("groups")):
            continue
        if marker in phrase_words("agent") and _means(sentence, child):
            continue
        found = resolve(index, child)
        # "the press union": a noun that only says of what kind it is owns nothing.
        if found is not None and not (sentence.relation(child) == "compound" and found.kind in _UNNAMED):
            return found
    return None
