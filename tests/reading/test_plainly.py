"""Parts that a plain sentence leaves no doubt about, and words that only look like an act."""

from __future__ import annotations

import pytest

from lagebild import Reader
from lagebild.model import Event

#: Text, trigger, actors, recipients, status.
PARTS = [
    ("The Kremlin rejected the charge.", "charge", [], ["Kremlin"], "occurred"),
    ("Iran rejected the demands of the European Union.", "demands", ["European Union"], ["Iran"], "occurred"),
    ("Russian missiles struck a power plant on Saturday.", "struck", ["Russia"], [], "occurred"),
    ("Kyiv, which has received 12 launchers from the United States, thanked its allies.", "received", ["United States"],
     ["Ukraine"], "occurred"),
    ("The army rejected allegations that it had shelled the town.", "shelled", [], [], "denied"),
    ("A first deadline passed last week without bloodshed.", "bloodshed", [], [], "denied"),
    ("A suicide bomber blew himself up at a checkpoint in Falluja, killing six Iraqi soldiers.", "blew",
     ["suicide bomber"], ["Iraqi soldiers"], "occurred"),
    ("The minister said that Iran had agreed to leave the talks.", "agreed", ["Iran"], [], "occurred"),
    ("Xinhua reports that the Iraqi government condemned the killing on Tuesday.", "condemned", ["Government of Iraq"],
     [], "occurred"),
    ("Rebels shelled a Syrian town, leaving 13 Syrian soldiers wounded.", "shelled", ["Syrian rebels"],
     ["Syrian soldiers"], "occurred"),
    ("Insurgents attacked a police station in Iraq.", "attacked", ["Iraqi insurgents"], ["Iraqi police"],
     "occurred"),
    ("The raid drew condemnation from the United Nations and the European Union.", "condemnation",
     ["United Nations", "European Union"], [], "occurred"),
    ("The plan was welcomed by Syria but rejected by Lebanon.", "rejected", ["Lebanon"], [], "occurred"),
    ("Israeli troops backed by tanks moved into Gaza.", "moved", ["Israel Defense Forces"], [], "occurred"),
    ("Hamas threatened to bomb Israel.", "threatened", ["Hamas"], ["Israel"], "occurred"),
    ("Washington demanded that Syria withdraw its troops.", "demanded", ["United States"], ["Syria"], "occurred"),
    ("The rebels forbade Iraqis to cooperate with Iran.", "cooperate", ["Iraqis"], ["Iran"], "denied"),
    ("Syria sued Iran, charging that it had bombed a town.", "charging", ["Syria"], ["Iran"], "occurred"),
    ("Fatah blamed Hamas, noting that Iran had bombed a town.", "bombed", ["Iran"], [], "occurred"),
    ("A judge ordered Muqtada al-Sadr's arrest.", "arrest", [], ["Muqtada al-Sadr"], "demanded"),
    ("The minister said that he had agreed to meet the rebels.", "agreed", ["minister"], [], "occurred"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "trigger", "actors", "recipients", "status"), PARTS)
def test_parts(reader: Reader, text: str, trigger: str, actors: list[str], recipients: list[str], status: str) -> None:
    found = reader.read(text, language="en", published="2022-07-24").findings
    event = next(f for f in found if isinstance(f, Event) and f.trigger == trigger)
    assert ([p.name for p in event.actors], [p.name for p in event.recipients], event.status) == (
        actors,
        recipients,
        status,
    )


def test_what_is_told_beside_a_demand(reader: Reader) -> None:
    text = "The U.S. has urged Azerbaijan to reopen the corridor, which its soldiers blocked in December."
    found = reader.read(text, language="en", published="2022-07-24").findings
    event = next(f for f in found if isinstance(f, Event) and f.trigger == "blocked")
    assert [p.country for p in event.actors] == ["AZE"]
    assert event.said_by == ()


def test_who_denies_what_is_said_is_the_reports(reader: Reader) -> None:
    text = "The inquiry found that it was a North Korean torpedo, a charge that Pyongyang denies."
    found = reader.read(text, language="en", published="2010-11-24").findings
    event = next(f for f in found if isinstance(f, Event) and f.trigger == "denies")
    assert event.said_by == ()


def test_a_title_is_nobody_beside_its_bearer(reader: Reader) -> None:
    text = "Pakistan's military ruler, General Pervez Musharraf, ordered his security agencies to cooperate."
    found = reader.read(text, language="en", published="1999-12-30").findings
    event = next(f for f in found if isinstance(f, Event) and f.trigger == "ordered")
    assert [p.name for p in event.actors] == ["Pervez Musharraf"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The general insisted that it was not a coup.", ["insisted"]),
        ("President Bush on Monday for the first time called the detained men hostages.", ["called"]),
        ("The U.N. peacekeeping force said its posts had come under fire.", ["force"]),
        ("The republic will cease to exist on January 1.", ["cease"]),
        ("The envoy condemned the hostage-taking.", ["hostage"]),
    ],
)
def test_no_act(reader: Reader, text: str, words: list[str]) -> None:
    found = reader.read(text, language="en", published="2022-07-24").findings
    assert not [f.trigger for f in found if isinstance(f, Event) and f.trigger in words]


def test_what_is_threatened_lies_ahead(reader: Reader) -> None:
    found = reader.read("Hamas threatened to bomb Israel in retaliation for the raid.", language="en").findings
    events = {f.trigger: f for f in found if isinstance(f, Event)}
    assert events["bomb"].status in ("planned", "considered", "conditional")
    assert "retaliation" not in events


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Kommissionschefin Ursula von der Leyen sprach von einer Entführung und kündigte Hilfe an.", "Entführung"),
        ("Reagan rechtfertigte die Aktion mit dem Anschlag auf eine Diskothek in Berlin.", "Anschlag"),
        ("Libyen droht nach Luftangriffen mit Vergeltung.", "Luftangriffen"),
        ("Die Hamas rief zu Protesten auf; die Gruppe bezeichnete den Vorfall als Massaker.", "Massaker"),
    ],
)
def test_who_only_speaks_of_an_act_does_not_do_it(reader: Reader, text: str, trigger: str) -> None:
    found = reader.read(text, language="de", published="1986-04-16").findings
    assert [f.actors for f in found if isinstance(f, Event) and f.trigger == trigger] == [()]


def test_the_object_of_the_verb_before_does_not_do_what_comes_next(reader: Reader) -> None:
    text = (
        "Der türkische Präsident warf der Regierung in Rangun Völkermord vor und kündigte die Lieferung von Zelten an."
    )
    found = reader.read(text, language="de", published="2017-09-05").findings
    events = [f for f in found if isinstance(f, Event) and f.trigger == "Lieferung"]
    assert "MMR" not in {p.country for e in events for p in e.actors}


def test_who_kills_in_an_attack_makes_it(reader: Reader) -> None:
    text = "Bei der Erstürmung des Schiffes haben israelische Soldaten am Montag neun Menschen getötet."
    found = reader.read(text, language="de", published="2010-06-01").findings
    attacks = [f for f in found if isinstance(f, Event) and f.type == "ASSAULT"]
    assert attacks
    assert all([p.country for p in f.actors] == ["ISR"] for f in attacks)


def test_a_pronoun_in_the_dative_is_accused(reader: Reader) -> None:
    text = "Die Befreiungsarmee UCK bat um Hilfe. Ihr wirft Belgrad die Ermordung von vier Polizisten vor."
    found = reader.read(text, language="de", published="1999-03-24").findings
    event = next(f for f in found if isinstance(f, Event) and f.trigger == "wirft")
    assert [p.country for p in event.actors] == ["SRB"]
