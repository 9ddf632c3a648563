"""Who is who across reports: what is one identity, and above all what is not."""

from __future__ import annotations

import pytest

from lagebild.model import Party
from lagebild.picture.identities import Identities


def ids(*found: tuple[str, Party]) -> list[str]:
    identities = Identities((report, party, "de") for report, party in found)
    return [identities.of(report, party) for report, party in found]


def party(name: str, country: str | None = None, kind: str | None = None, role: str | None = None) -> Party:
    return Party(name, name, country, kind, role)


def test_a_state_and_its_government_are_one() -> None:
    found = ids(
        ("a", party("Germany", "DEU", "state")),
        ("b", party("German government", "DEU", "organ", "government")),
        ("c", party("German authorities", "DEU", "government")),
    )
    assert found == ["state:DEU"] * 3


@pytest.mark.parametrize(
    "name",
    ["German politicians", "candidates", "Protestant officials", "governing coalition", "politicians of the Greens"],
)
def test_politicians_are_not_the_state(name: str) -> None:
    one, other = ids(("a", party("Germany", "DEU", "state")), ("b", party(name, "DEU", "government")))
    assert one != other


@pytest.mark.parametrize(
    "described",
    [
        party("German trade associations", "DEU", "organisation"),
        party("organisations", None, "organisation"),
        party("members", "USA", "organisation"),
        party("left-wing groups", "DEU", "group"),
        party("terrorists", None, "group"),
        party("German ministry", "DEU", "organ", "ministry"),
        party("Russian court", "RUS", "court"),
    ],
    ids=lambda p: p.name,
)
def test_a_description_is_somebody_only_in_its_report(described: Party) -> None:
    one, same, other = ids(("a", described), ("a", described), ("b", described))
    assert one == same != other


@pytest.mark.parametrize(
    "named",
    [
        party("Ukrainian military", "UKR", "organ", "military"),
        party("Yemeni military", "YEM", "military"),
        party("French parliament", "FRA", "organ", "parliament"),
        party("Pro-Russian separatists", "UKR", "group"),
        party("Syrian rebels", "SYR", "group", "rebels"),
        party("Belarusian opposition", "BLR", "group", "opposition"),
        party("OSCE", None, "organisation"),
        party("US Supreme Court", "USA", "organ", "court"),
    ],
    ids=lambda p: p.name,
)
def test_a_name_is_one_party_in_all_reports(named: Party) -> None:
    one, other = ids(("a", named), ("b", named))
    assert one == other


@pytest.mark.parametrize(
    "name", ["Hannelore Kohl", "Kohl campaign", "supporters of Helmut Kohl", "Helmut Kohl's lawyers", "adviser of Kohl"]
)
def test_who_is_near_somebody_is_not_somebody(name: str) -> None:
    one, other = ids(("a", party("Helmut Kohl", "DEU")), ("b", party(name, "DEU")))
    assert one != other


@pytest.mark.parametrize("name", ["Kohl", "Helmut Kohl", "H. Kohl", "Chancellor Helmut Kohl"])
def test_a_person_under_shorter_and_longer_names(name: str) -> None:
    one, other = ids(("a", party("Helmut Kohl", "DEU")), ("b", party(name, "DEU")))
    assert one == other


def test_forces_of_no_one_state_are_not_the_military_of_one() -> None:
    one, other = ids(("a", party("US military", "USA", "organ", "military")), ("b", party("US-led coalition forces")))
    assert one != other
    one, other = ids(
        ("a", party("Israel", "ISR", "state")), ("b", party("Israeli and Lebanese authorities", None, None))
    )
    assert one != other


def test_two_foreign_ministers_are_never_one() -> None:
    minister = party("foreign minister", None, "person", "foreign_minister")
    one, other = ids(("a", minister), ("b", minister))
    assert one != other
