"""Figures: what is measured, by the verb above the counted noun and by the whole that a part belongs to."""

from __future__ import annotations

import pytest

from lagebild import Reader
from lagebild.model import Figure

CASES = [
    ("en", "The fighting left one Iraqi dead and two wounded.", [("killed", 1), ("wounded", 2)]),
    ("en", "The bombing killed two and wounded 30 others.", [("killed", 2), ("wounded", 30)]),
    ("en", "One officer said that rebels had killed ten soldiers.", [("killed", 10)]),
    ("en", "Israel ranks around fifth in nuclear strength.", []),
    ("en", "There are hundreds of al-Qaeda members in Iraq.", [("fighters", 200)]),
    ("en", "The 5,000-strong brigade of the Taliban was defeated.", [("troops", 5000)]),
    ("en", "The group had only a few hundred fighters.", [("fighters", 200)]),
    (
        "de",
        "Bei dem Anschlag starben 126 Menschen, darunter 68 Kinder und 13 Frauen.",
        [("killed", 126), ("killed", 68), ("killed", 13)],
    ),
    ("de", "Es gab zehn Tote und mehr als 50 Verletzte.", [("killed", 10), ("wounded", 50)]),
    ("de", "Nach Angaben des Pfarrers wurden 45 Mitglieder seiner Gemeinde verletzt.", [("wounded", 45)]),
    # A part of a whole, both counted; the whole is not killed. Whom nothing counts is not what a preposition behind names.
    ("de", "Elitesoldaten haben am Dienstag 71 der 72 Geiseln befreit.", [("captured", 71), ("captured", 72)]),
    ("de", "Sieben der zwölf Soldaten starben bei dem Angriff.", [("killed", 7)]),
    ("de", "Der Präsident rief Fallschirmjäger der 82. Luftlandedivision zurück.", []),
    ("de", "Seit Kriegsbeginn haben vier Millionen Menschen die Ukraine verlassen.", [("displaced", 4000000)]),
    (
        "en",
        "The blast killed 126 people, including 68 children and 13 women.",
        [("killed", 126), ("killed", 68), ("killed", 13)],
    ),
    # What is measured in cubic metres is not killed, and lorries are none of those who are; people of a country may be.
    ("de", "Mehr als 220 Lastwagen erreichten die Stadt.", [("vehicles", 220)]),
    ("de", "Noch immer sind 300 Ukrainer in der Hand der Rebellen.", [("captured", 300)]),
    ("de", "Die Rebellen haben das Viertel beschossen.", []),
    (
        "de",
        "Der Anschlag kostete 23 Menschen das Leben, rund 70 trugen Verletzungen davon.",
        [("killed", 23), ("wounded", 70)],
    ),
    ("de", "Dort leben nach Schätzungen der Uno rund eine halbe Million Vertriebene.", [("displaced", 500000)]),
    ("en", "More than a million people have fled their homes since September.", [("displaced", 1e6)]),
    ("en", "About half a million people have fled the fighting in the east.", [("displaced", 500000)]),
    # A number word is one over its hyphen; "when" opens a clause of its own; a part of a town is no share of it.
    ("en", "Twenty-eight people have been killed and more than thirty-one wounded.", [("killed", 28), ("wounded", 31)]),
    (
        "en",
        "At least 12 people were killed and more than 40 wounded when mortar shells hit a queue.",
        [("killed", 12), ("wounded", 40)],
    ),
    ("en", "The rebels still hold about 140 people, among them the ambassador.", [("captured", 140)]),
    ("en", "The army shelled the eastern, rebel-held half of the city.", []),
    ("en", "Around 20 million tonnes of grain are stuck in the silos.", []),
    ("en", "The body of a man in his early 60s lay in the street.", []),
    # A bare number goes on with the figure before it.
    (
        "de",
        "Der Minister sprach von 107 Toten, Kommandeure schätzen die Zahl auf mehr als 300. Nachfolger wird ein General.",
        [("killed", 107), ("killed", 300)],
    ),
    (
        "de",
        "Der Konzern fordert 5,3 Milliarden Dollar. Der Versorger erkennt nur rund 3,1 Milliarden an.",
        [("money", 5.3e9), ("money", 3.1e9)],
    ),
    # Who is killed or missing is so by a word of the sentence; what only the head would say of the counted is not believed.
    (
        "de",
        "In der Provinz kamen mindestens 27 Personen um, noch 21 weitere werden vermisst.",
        [("killed", 27), ("missing", 21)],
    ),
    ("de", "Unter den Toten sollen neun Zivilisten und drei Aufständische sein.", [("killed", 9), ("killed", 3)]),
    ("de", "Bei dem Gefecht wurden fünf Bauern getötet und zwei weitere verletzt.", [("killed", 5), ("wounded", 2)]),
    ("en", "Nine people were killed and two injured in the blast.", [("killed", 9), ("wounded", 2)]),
    ("de", "In der Schlucht sind 200 Personen von der Aussenwelt abgeschnitten.", [("affected", 200)]),
    ("de", "Zwei Millionen Japaner haben wegen der Flut ihre Häuser verlassen.", [("displaced", 2e6)]),
    (
        "en",
        "Some 22 people died in clashes in the north, and 40 more were left without water.",
        [("killed", 22), ("affected", 40)],
    ),
    ("en", "Nine shopkeepers were wounded and two more arrested.", [("wounded", 9), ("captured", 2)]),
]


@pytest.mark.parametrize(
    "text",
    [
        "Russland liefert mindestens fünf Milliarden Kubikmeter Gas.",
        "Ein Richter hat Haftbefehl gegen drei Iraker erlassen.",
        "Das Erdbeben erreichte eine Magnitude von 6,3.",
        "Die Behörden haben 3,6 Millionen Einwohner aufgefordert, die Küste zu meiden.",
    ],
)
def test_nobody_is_hurt_without_a_word_for_it(reader: Reader, text: str) -> None:
    found = [f.measure for f in reader.read(text, language="de").findings if isinstance(f, Figure)]
    assert set(found) <= {"other", "affected"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Bei den Kämpfen wurden zwischen 300 und 400 Menschen getötet."),
        ("de", "Bei den Kämpfen wurden 300 bis 400 Menschen getötet."),
        ("en", "The fighting left between 300 and 400 people dead."),
    ],
)
def test_a_range_gives_both_bounds(reader: Reader, language: str, text: str) -> None:
    found = [f for f in reader.read(text, language=language).findings if isinstance(f, Figure)]
    assert [(f.measure, f.value, f.precision) for f in found] == [
        ("killed", 300, "at_least"),
        ("killed", 400, "at_most"),
    ]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_measures(reader: Reader, language: str, text: str, expected: list[tuple[str, float]]) -> None:
    found = [f for f in reader.read(text, language=language, published="2020-05-04").findings if isinstance(f, Figure)]
    assert [(f.measure, f.value) for f in found] == expected


def test_those_who_kill_are_not_the_killed(reader: Reader) -> None:
    found = [
        f for f in reader.read("Drei Attentäter töteten neun Händler.", language="de").findings if isinstance(f, Figure)
    ]
    assert ("killed", 3) not in [(f.measure, f.value) for f in found]
    assert ("killed", 9) in [(f.measure, f.value) for f in found]


@pytest.mark.parametrize(
    ("language", "text", "value", "source"),
    [
        ("de", "Das Flüchtlingswerk der Vereinten Nationen zählt mindestens 260.000 Vertriebene.", 260000, True),
        ("en", "The United Nations put the number of dead at 1,129.", 1129, True),
        ("en", "The army put 300 soldiers on the border.", 300, False),
    ],
)
def test_who_counts_vouches_for_the_figure(
    reader: Reader, language: str, text: str, value: float, source: bool
) -> None:
    found = [
        f
        for f in reader.read(text, language=language, published="2014-10-10").findings
        if isinstance(f, Figure) and f.value == value
    ]
    assert [bool(f.said_by) for f in found] == [source]


def test_a_part_of_the_verb_is_no_precision(reader: Reader) -> None:
    text = "The army handed over 20 detainees; over 30 prisoners remain."
    found = [f for f in reader.read(text, language="en").findings if isinstance(f, Figure)]
    assert [(f.value, f.precision) for f in found] == [(20, "exact"), (30, "more_than")]


def test_posts_are_not_killed(reader: Reader) -> None:
    text = "Ausgelöst wurde die Flucht durch Angriffe auf 30 Polizeiposten, bei denen zwölf Sicherheitskräfte starben."
    found = reader.read(text, language="de", published="2017-09-05").findings
    assert {f.value: f.measure for f in found if isinstance(f, Figure)} == {30: "other", 12: "killed"}
