"""What the findings of one report say to each other: points of an agreement, assents, contents that have not happened yet."""

from __future__ import annotations

from made import EU, MINSK, NATO, OSCE, PUTIN, REBELS, RUSSIA, UKRAINE, event, kept, on, picture

from lagebild.model import Party
from lagebild.store import KeptReport

LEADER = Party("der Rebellenführer", "Igor Beispiel", "UKR", "person")
PAPER = Party("Das Papier", "Das Papier", None, "source")


def test_what_is_agreed_has_not_happened_by_that() -> None:
    words = "Vereinbart haben Kiew und die Separatisten den Abzug der schweren Waffen"
    report = kept(
        "a",
        "2014-09-20",
        "Bote",
        event("AGREE", words, "Vereinbart", issue="withdrawal", actors=[UKRAINE, REBELS]),
        event("RETREAT", words, "Abzug", mode="withdraw", status="ongoing", actors=[UKRAINE, REBELS]),
    )
    (one,) = picture(report).commitments
    assert (one.kind, one.issue, one.state) == ("agreement", "withdrawal", "agreed")


def test_what_is_to_follow_in_a_report_of_an_agreement_is_a_point_of_it() -> None:
    signed = "Die Ukraine und die Separatisten unterzeichneten in Minsk ein Memorandum"
    point = "Die OSZE soll den Abzug überwachen"
    report = kept(
        "a",
        "2014-09-20",
        "Bote",
        event("SUPPORT", signed, "unterzeichneten", issue="withdrawal", actors=[UKRAINE, REBELS], place=MINSK),
        event("AID", point, "überwachen", status="planned", actors=[OSCE]),
    )
    found = {c.by: (c.kind, c.state) for c in picture(report).commitments}
    assert found[("organisation:osce",)] == ("agreement", "agreed")


def test_an_assent_takes_up_the_demand_before_it_and_can_be_broken() -> None:
    asked = "Putin rief die Separatisten auf, einen Korridor zu öffnen"
    report = kept(
        "a",
        "2014-08-29",
        "Bote",
        event("REQUEST", asked, "rief", issue="attack", actors=[PUTIN], recipients=[REBELS]),
        event("RETREAT", asked, "öffnen", mode="access", status="demanded", actors=[REBELS], said_by=[PUTIN]),
        event("AGREE", "Der Rebellenführer stimmte am Freitag zu", "stimmte", issue="weapons", actors=[LEADER]),
    )
    hit = "Die Kolonne sei trotz der Zusage beschossen worden"
    later = kept("b", "2014-09-02", "Anzeiger", event("ASSAULT", hit, "beschossen", time=on("2014-08-30")))
    (one,) = [c for c in picture(report, later).commitments if c.issue == "access"]
    assert [s.state for s in one.steps] == ["demanded", "agreed", "broken"]


def test_a_paper_that_is_only_named_is_no_new_agreement() -> None:
    report = kept(
        "a",
        "2014-08-27",
        "Bote",
        event("AGREE", "Es ging um das Handelsabkommen der Ukraine mit Russland", "Handelsabkommen",
              issue="trade", actors=[UKRAINE], recipients=[RUSSIA]),
    )  # fmt: skip
    assert picture(report).commitments == ()


def test_sanctions_that_are_agreed_are_not_in_force_before_a_report_says_so() -> None:
    words = "Die EU einigte sich auf Sanktionen gegen Russland"
    agreed = kept(
        "a",
        "2014-09-05",
        "Bote",
        event("AGREE", words, "einigte", issue="sanctions", actors=[EU]),
        event("SANCTION", words, "Sanktionen", actors=[EU], recipients=[RUSSIA]),
    )
    force = kept(
        "b",
        "2014-09-12",
        "Anzeiger",
        event("SANCTION", "Die Sanktionen der EU gegen Russland gelten seit Freitag", "Sanktionen",
              actors=[EU], recipients=[RUSSIA], status="ongoing"),
    )  # fmt: skip
    assert [s.state for s in picture(agreed).sanctions] == ["agreed"]
    (one,) = picture(agreed, force).sanctions
    assert [(s.state, s.day) for s in one.steps] == [("agreed", "2014-09-05"), ("imposed", "2014-09-12")]


def promised(signed: str, issue: str) -> KeptReport:
    """A report of a paper that the sides have signed and that promises a law; `issue` is what was read as the law's."""
    return kept(
        "a",
        "2014-09-05",
        "Bote",
        event("SUPPORT", signed, "unterzeichneten", issue="ceasefire", actors=[UKRAINE, REBELS]),
        event("AGREE", "Das Papier verspricht ein Gesetz über einen Sonderstatus", "verspricht",
              issue=issue, actors=[PAPER]),
    )  # fmt: skip


def test_an_adopted_law_fulfils_the_promise_of_it() -> None:
    promise = promised("Kiew und die Separatisten unterzeichneten ein Protokoll über eine Waffenruhe", "government")
    law = kept(
        "b",
        "2014-09-16",
        "Anzeiger",
        event("SUPPORT", "Das Parlament verabschiedete das Gesetz über den Sonderstatus", "verabschiedete",
              issue="government", actors=[UKRAINE]),
    )  # fmt: skip
    (one,) = [c for c in picture(promise, law).commitments if c.issue == "territory"]
    assert (one.kind, [s.state for s in one.steps]) == ("promise", ["promised", "fulfilled"])


def test_the_rest_of_the_sentence_says_what_a_law_is_about() -> None:
    promise = promised("Kiew und die Separatisten unterzeichneten ein Protokoll", "ceasefire")
    law = kept(
        "b",
        "2014-09-16",
        "Anzeiger",
        event("SUPPORT", "Die Abgeordneten verabschiedeten ein Gesetz", "verabschiedeten",
              issue="human-rights", actors=[UKRAINE]),
        text="Die Abgeordneten verabschiedeten ein Gesetz, das den Gebieten einen Sonderstatus gibt. Kiew feierte.",
    )  # fmt: skip
    (one,) = [c for c in picture(promise, law).commitments if c.issue == "territory"]
    assert [s.state for s in one.steps] == ["promised", "fulfilled"]


def test_who_puts_something_off_together_has_agreed_to_and_what_points_back_is_no_other_agreement() -> None:
    told = kept(
        "a",
        "2014-09-13",
        "Anzeiger",
        event("CONCEDE", "Die Ukraine und die EU verschoben den Beginn ihres Freihandels", "verschoben",
              issue="prisoners", actors=[UKRAINE, EU]),
        event("AGREE", "darauf verständigten sich Minister mit Moskau", "verständigten", issue="trade",
              actors=[UKRAINE], recipients=[RUSSIA]),
    )  # fmt: skip
    (one,) = picture(told).commitments
    assert (one.kind, one.issue, one.state, len(one.refs)) == ("agreement", "trade", "agreed", 2)


def test_an_accord_that_is_only_praised_is_no_new_agreement() -> None:
    told = kept(
        "a",
        "2014-09-05",
        "Anzeiger",
        event("AGREE", "Die Nato beschloss eine Eingreiftruppe", "beschloss", issue="troops", actors=[NATO]),
        event("AGREE", "Merkel begrüßte die Einigung von Minsk", "Einigung", issue="withdrawal"),
    )
    assert [c.issue for c in picture(told).commitments if c.issue == "withdrawal"] == []
    reached = kept("a", "2014-09-05", "Anzeiger", event(
        "AGREE", "Kiew und die Separatisten erzielten eine Einigung über Gefangene", "Einigung", issue="prisoners",
        actors=[UKRAINE, REBELS]))  # fmt: skip
    assert [c.state for c in picture(reached).commitments] == ["agreed"]


def test_an_unnamed_rebel_commander_is_on_the_rebels_side() -> None:
    commander = Party("Ein Rebellenkommandeur", "Ukrainian rebels leader", "UKR", "person", "leader")
    report = kept(
        "a",
        "2014-09-07",
        "Bote",
        event("ASSAULT", "Die Armee sagte, die Rebellen hätten geschossen", "geschossen", actors=[REBELS],
              said_by=[Party("die Armee", "Ukrainian military", "UKR", "organ", "military")]),
        event("REJECT", "Ein Rebellenkommandeur bestritt das", "bestritt", actors=[commander]),
    )  # fmt: skip
    (one,) = picture(report).disputes
    assert one.kind == "status" and [s.claim for s in one.sides] == ["occurred", "denied"]


def test_only_sanctions_that_are_agreed_are_sanctions() -> None:
    words = "Kiew und die Separatisten vereinbarten und vollzogen einen Austausch"
    told = kept(
        "a",
        "2014-09-20",
        "Bote",
        event("AGREE", words, "vereinbarten", issue="prisoners", actors=[UKRAINE, REBELS]),
        event("RETREAT", words, "Austausch", mode="release", actors=[UKRAINE, REBELS]),
    )
    assert picture(told).sanctions == ()


def test_sanctions_may_be_lifted_whatever_mode_was_read() -> None:
    told = kept(
        "a",
        "2014-09-05",
        "Bote",
        event("SANCTION", "Die EU verhängte Sanktionen gegen Russland", "Sanktionen", actors=[EU], recipients=[RUSSIA]),
        event("RETREAT", "Sie könnten ausgesetzt werden", "ausgesetzt", mode="disarm", status="conditional",
              conditions=["e3"]),
        event("RETREAT", "falls Russland seine Soldaten abziehe", "abziehe", mode="withdraw", status="considered",
              actors=[RUSSIA]),
    )  # fmt: skip
    (one,) = picture(told).sanctions
    assert [(c.type, c.state) for c in one.lifting] == [("RETREAT", "open")]


def test_who_is_told_of_a_lifting_are_those_of_the_sanctions_in_whatever_role() -> None:
    for roles in ({"actors": [EU]}, {"recipients": [EU]}, {"recipients": [RUSSIA]}):
        told = kept(
            "a",
            "2014-09-05",
            "Bote",
            event("SANCTION", "Die EU beschloss Sanktionen gegen Russland", "Sanktionen", actors=[EU], recipients=[RUSSIA],
                  status="planned"),
            event("RETREAT", "Sie könnten ausgesetzt werden", "ausgesetzt", status="conditional", conditions=["e3"], **roles),
            event("RETREAT", "falls Russland seine Soldaten abziehe", "abziehe", mode="withdraw", status="considered",
                  actors=[RUSSIA]),
        )  # fmt: skip
        (one,) = picture(told).sanctions
        assert (one.by, one.on) == (("organisation:european union",), ("state:RUS",)), roles
        assert [c.mode for c in one.lifting] == ["withdraw"], roles


def test_an_agreement_that_points_back_has_what_was_told_before_among_its_findings() -> None:
    told = kept(
        "a",
        "2014-09-13",
        "Bote",
        event("REJECT", "Kiew und die EU verschoben den Beginn des Freihandels", "verschoben", actors=[UKRAINE, EU]),
        event("AGREE", "darauf verständigten sich die Minister beider Seiten", "verständigten", issue="trade",
              actors=[UKRAINE, RUSSIA]),
    )  # fmt: skip
    (one,) = picture(told).commitments
    assert set(one.refs) == {"a#e1", "a#e2"} and one.state == "agreed"
