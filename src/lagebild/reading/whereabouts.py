"""Where: names of places, areas and sites in a report, and words that point back to one («dort», «die Stadt»)."""

from __future__ import annotations

from lagebild.language.document import Sentence
from lagebild.lexicon.names import fold
from lagebild.lexicon.places import PlaceEntry
from lagebild.lexicon.placewords import PlaceWords, placewords
from lagebild.lexicon.roleslots import phrase_words
from lagebild.model import Place
from lagebild.reading.scene import Scene
from lagebild.reading.syntax import case_marker, phrase
from lagebild.reading.timex import names_time

#: How many sentences back «dort» and «die Stadt» may point.
REACH = 3
_BELOW = {"city": ("city", "point"), "region": ("region", "area"), "site": ("point",)}


def place_at(scene: Scene, index: int, sentence: Sentence, word: int) -> Place | None:
    """The place that the phrase of a word names or points to."""
    lexicon = placewords(scene.language)
    lemma = fold(sentence.lemmas[word])
    pointer = points(sentence, word, scene.language)
    if pointer or sentence.upos[word] in ("ADV", "PRON"):
        return _pointed(scene, index, sentence, word) if pointer else None
    if names_time(sentence.forms[word], scene.language):
        return None  # «Mai» is the month, not the town
    a, b = scene.core(index, sentence, word)
    if sentence.upos[word] == "PROPN" or scene.label(index, word) in ("LOC", "ORG"):
        if scene.label(index, word) == "PER" and not (a == b and scene.city(index, sentence.forms[word])):
            return None
        found = _named(scene, index, sentence, a, b, lexicon)
        if (
            found is None and a < b and scene.label(index, word) != "PER"
        ):  # «im [norwegischen Oslo]», «von [Srebrenica 1995]»
            found = _named(scene, index, sentence, word, word, lexicon)
        return found
    if sentence.upos[word] != "NOUN":
        return None
    first, last = _extent(sentence, word)
    if lemma in lexicon.directions:
        return _direction(scene, index, sentence, word, first, last, lexicon.directions[lemma])
    site = lexicon.site(lemma)
    area = None if site else lexicon.area(lemma)
    if site is None and area is None:
        form = sentence.forms[word]
        land = (
            form[:1].isupper() and _whole_land(scene, form) is not None
        )  # «Golanhöhen», which a parser may take for a noun
        return _named(scene, index, sentence, a, b, lexicon) if land or lexicon.split(form) else None
    inner = _inner(scene, index, sentence, word, last)
    if site is not None:
        return _site(scene, index, sentence, word, first, last, site, inner)
    return _area(scene, index, sentence, word, first, last, area or "", inner)


def points(sentence: Sentence, word: int, language: str) -> bool:
    """Whether a word points to a place named before, alone («dort») or with its preposition («vor Ort»)."""
    known, lemma = placewords(language).pointers, fold(sentence.lemmas[word])
    if sentence.upos[word] != "NOUN":
        return lemma in known
    return not sentence.dependents(word, "det", "amod", "nmod") and f"{case_marker(sentence, word)} {lemma}" in known


def stage(scene: Scene, index: int, sentence: Sentence, word: int) -> Place | None:
    """The country that the noun of an act names as the place of it («Irakkrieg», «Israel-Besuch», «Iraq war»), or the place
    that is taken («die Besetzung Iraks», «the invasion of Iraq»)."""
    if sentence.upos[word] not in ("NOUN", "PROPN"):
        return None
    if any(fold(sentence.lemmas[word]).endswith(taking) for taking in placewords(scene.language).takings):
        for child in sentence.dependents(word, "nmod"):
            named = child > word and sentence.upos[child] in ("PROPN", "NOUN")
            marker = case_marker(sentence, child)
            if named and (marker is None or marker in phrase_words("genitive")):
                taken = place_at(scene, index, sentence, child)
                if taken is not None:
                    return taken
    for child in sentence.dependents(word, "compound"):
        town = place_at(scene, index, sentence, child) if sentence.upos[child] == "PROPN" else None
        if town is not None and town.precision == "city":
            return town  # «the Madrid bombings»: a country would rather be the one that acts
    form, lemma = sentence.forms[word], fold(sentence.lemmas[word])
    for head in placewords(scene.language).stages:
        if lemma == head:
            for child in sentence.dependents(word, "compound"):
                found = _whole_land(scene, sentence.forms[child])
                if found is not None:
                    return _place(sentence.forms[child], sentence.span(child, child), found)
        at = fold(form).rfind(head)
        found = _whole_land(scene, form[:at].rstrip("-")) if at > 2 else None
        if found is not None:
            begin = sentence.span(word, word)[0]
            name = form[:at].rstrip("-")
            return _place(name, (begin, begin + len(name)), found)
    return None


def _whole_land(scene: Scene, name: str) -> PlaceEntry | None:
    """The country or region of that name; towns are too often other words."""
    found = scene.world.place(name, scene.language)
    return found if found is not None and found.precision in ("country", "region") else None


def _namesake(scene: Scene, city: PlaceEntry, text: str, near: str | None) -> PlaceEntry:
    """The capital of that name, if the report names its country: «San José» in a report that names Costa Rica is not in California."""
    if city.precision != "city" or (city.country == near and city.name == text):
        return city
    capitals = (scene.world.capital(country) for country in sorted(scene.countries.every))
    alike = [c for c in capitals if c is not None and fold(c.name) == fold(city.name)]
    return next((c for c in alike if city.country != near or c.name == text), city)


def _named(scene: Scene, index: int, sentence: Sentence, a: int, b: int, lexicon: PlaceWords) -> Place | None:
    """A place by its name: the gazetteer's, a part of a known one («Nordjemen»), or one that only the report knows."""
    text = scene.text(sentence, a, b)
    span = sentence.span(a, b)
    near = _beside(scene, sentence, a) or scene.countries.at(index)
    found = scene.world.place(text, scene.language, near)
    if found is not None:
        return _place(text, span, _namesake(scene, found, text, near))
    split = lexicon.split(text)
    if split is not None:
        whole = scene.world.place(split[1], scene.language, near)
        if whole is not None and whole.precision in ("country", "region"):
            return Place(text, f"{split[0]} {whole.name}", whole.country, whole.lat, whole.lon, "region", span)
    if scene.label(index, a) == "LOC" or scene.label(index, b) == "LOC":
        known = _neighbour(scene, index, sentence, b, lexicon)
        if known is not None:
            return Place(text, text, known.country, known.lat, known.lon, "city", span)
        return Place(text, text, near, precision="area", span=span)
    return None


def beside(sentence: Sentence, word: int, language: str) -> int | None:
    """The word before a preposition of nearness whose noun a word is: «Sartana» of «in Sartana bei Mariupol»."""
    before = word - 2
    if before < 0 or sentence.lemmas[word - 1].casefold() not in placewords(language).near:
        return None
    return before if sentence.upos[before] == "PROPN" else None


def _neighbour(scene: Scene, index: int, sentence: Sentence, last: int, lexicon: PlaceWords) -> PlaceEntry | None:
    """The known town that a name which no gazetteer knows stands beside («Sartana bei Mariupol»)."""
    other = last + 2
    if other >= len(sentence) or beside(sentence, other, scene.language) != last:
        return None
    a, b = scene.core(index, sentence, other)
    return scene.world.places.city(scene.text(sentence, a, b), scene.countries.at(index))


def _beside(scene: Scene, sentence: Sentence, word: int) -> str | None:
    """The country of the adjectives before a name («im spanischen Valencia»)."""
    return scene.world.country_of(sentence.forms[max(0, word - 2) : word], scene.language)


def _inner(scene: Scene, index: int, sentence: Sentence, word: int, last: int) -> Place | None:
    """The named place inside the phrase of a place noun: «die Stadt Aleppo», «der Flughafen von Bagdad»."""
    for other in range(max(0, word - 1), min(len(sentence), last + 1)):
        if other == word or sentence.upos[other] not in ("PROPN", "NOUN", "ADJ", "X"):
            continue
        if word not in (other, *sentence.ancestors(other)) or scene.label(index, other) == "PER":
            continue
        if sentence.upos[other] in ("PROPN", "X") or scene.label(index, other) == "LOC":
            a, b = scene.core(index, sentence, other)
            found = _named(scene, index, sentence, a, b, placewords(scene.language)) if not a <= word <= b else None
            if found is not None:
                return found
        elif other > word and sentence.upos[other] == "NOUN":
            found = place_at(scene, index, sentence, other)
            if found is not None:
                return found
    return None


def _direction(
    scene: Scene, index: int, sentence: Sentence, word: int, first: int, last: int, english: str
) -> Place | None:
    """«im Norden Syriens», «im Osten des Landes», «im Süden»."""
    inner = _inner(scene, index, sentence, word, last)
    if inner is None:
        country = scene.origin(index, sentence, first, last)
        if country is None and last > word:
            return None
        inner = _country(scene, country or scene.countries.at(index), (first, last), sentence)
    if inner is None:
        return None
    span = sentence.span(first, last)
    name = f"{english} {inner.name}"
    return Place(scene.text(sentence, first, last), name, inner.country, inner.lat, inner.lon, "region", span)


def _site(
    scene: Scene, index: int, sentence: Sentence, word: int, first: int, last: int, template: str, inner: Place | None
) -> Place | None:
    """An airport, a border, a mosque: named with its place, the one told of before, or one that has no name."""
    text, span = scene.text(sentence, first, last), sentence.span(first, last)
    if inner is not None:
        return Place(text, template.format(of=inner.name), inner.country, inner.lat, inner.lon, "point", span)
    country = scene.origin(index, sentence, first, last)
    owner = scene.world.adjective(country) if country is not None else None
    kind = template.format(of="").strip()
    if country is None and scene.definite(sentence, word) and not sentence.dependents(word, "amod"):
        before = _told(scene, index, word, kind)
        if before is not None:
            return Place(text, before.name, before.country, before.lat, before.lon, "point", span)
    if country is None and (case_marker(sentence, word) is None or sentence.dependents(word, "nummod")):
        return None  # without a name it is a place only where something is said to be («mit 75 Bussen» is none)
    country = country or scene.countries.at(index)
    name = template.format(of=owner or "").strip()
    return Place(text, name, country, precision="point", span=span) if country is not None else None


def _told(scene: Scene, index: int, word: int, kind: str) -> Place | None:
    """The named site of that kind that was told of last."""
    for at, other, place in reversed(scene.memory.places):
        if index - at > REACH:
            return None
        if (at, other) < (index, word) and place.precision == "point" and place.name.endswith(kind) and has_name(place):
            return place
    return None


def has_name(place: Place) -> bool:
    """Whether a place has a name or that of its town or country; «hotel» has none."""
    return place.name[:1].isupper()


def _area(
    scene: Scene, index: int, sentence: Sentence, word: int, first: int, last: int, kind: str, inner: Place | None
) -> Place | None:
    """A land, a capital, a town, a region: by the name beside it, the country's adjective, or the one named before."""
    text, span = scene.text(sentence, first, last), sentence.span(first, last)
    if sentence.feats[word].get("Number") == "Plur" and kind != "region":
        return None
    if inner is not None and kind in ("city", "region", "capital") and inner.precision != "country":
        return Place(text, inner.name, inner.country, inner.lat, inner.lon, inner.precision, span)
    country = scene.origin(index, sentence, first, last) or (inner.country if inner else None)
    if kind == "capital":
        return _capital(scene, country or scene.countries.at(index), text, span)
    definite = scene.definite(sentence, word)
    if kind == "country" or (kind == "region" and country is not None):
        if country is None and not definite:
            return None
        found = _country(scene, country or scene.countries.at(index), (first, last), sentence)
        return Place(text, found.name, found.country, found.lat, found.lon, found.precision, span) if found else None
    if country is None and definite and not sentence.dependents(word, "amod"):
        before = _last(scene, index, word, _BELOW[kind])
        if before is not None:
            return Place(text, before.name, before.country, before.lat, before.lon, before.precision, span)
    return None


def _pointed(scene: Scene, index: int, sentence: Sentence, word: int) -> Place | None:
    """«dort», «there»: the last place named before, the finest of its sentence."""
    before = _last(scene, index, word, ("city", "point", "region", "area", "country"))
    if before is None:
        return None
    span = sentence.span(word, word)
    text = scene.document.text[span[0] : span[1]]
    return Place(text, before.name, before.country, before.lat, before.lon, before.precision, span)


def _last(scene: Scene, index: int, word: int, precisions: tuple[str, ...], named: bool = True) -> Place | None:
    """The place of such a precision that was told last, with a name: of the nearest sentence, finer ones first."""
    order = {name: rank for rank, name in enumerate(("city", "point", "region", "area", "country"))}
    best: tuple[tuple[int, int], Place] | None = None
    for at, other, place in scene.memory.places:
        if (at, other) >= (index, word) or index - at > REACH or (place.precision or "area") not in precisions:
            continue
        if _seat(scene, at, other) or (named and not has_name(place)):
            continue
        key = (at, -order.get(place.precision or "area", 3))
        if best is None or key >= best[0]:
            best = (key, place)
    return best[1] if best else None


def _seat(scene: Scene, index: int, word: int) -> bool:
    """Whether a place only says where an organ sits («das Verteidigungsministerium in Kiew»): nothing is told of it."""
    sentence = scene.document.sentences[index]
    head = sentence.heads[word]
    if head < 0 or sentence.relation(word) != "nmod" or sentence.upos[head] not in ("NOUN", "PROPN"):
        return False
    return scene.world.names_organ(sentence.forms[head], scene.language)


def _country(scene: Scene, country: str | None, words: tuple[int, int], sentence: Sentence) -> Place | None:
    state = scene.world.state(country)
    if state is None:
        return None
    found = scene.world.place(state.name, "en")
    span = sentence.span(*words)
    text = scene.text(sentence, *words)
    return _place(text, span, found) if found is not None else Place(text, state.name, country, span=span)


def _capital(scene: Scene, country: str | None, text: str, span: tuple[int, int]) -> Place | None:
    capital = scene.world.capital(country)
    return _place(text, span, capital) if capital is not None else None


def _place(text: str, span: tuple[int, int], found: PlaceEntry) -> Place:
    return Place(text, found.name, found.country, found.lat, found.lon, found.precision, span)


def _extent(sentence: Sentence, word: int) -> tuple[int, int]:
    first, last = phrase(sentence, word)
    while first < word and first > 0 and sentence.tokens[first - 1].end > sentence.tokens[first].start:
        first += 1
    return first, last
