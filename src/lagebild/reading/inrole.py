"""What the part that somebody plays in an act says of who it is: nameless people who protest are protesters."""

from __future__ import annotations

from dataclasses import replace

from lagebild.model import Party

#: What nameless people are called, and what those of them are called who protest.
PEOPLE, PROTESTERS = "people", "protesters"
#: The act whose victims belong to nobody unless the report says whose they are.
_HARM = "ASSAULT"
_PROTEST = "PROTEST"


def in_role(party: Party, role: str, act: str, country: str | None) -> Party:
    """The party as it stands in a role (actor or recipient) of an act; `country` is the one talked about."""
    if party.kind != "population" or party.country is not None or party.name[:1].isupper():
        return party
    if act == _HARM and role == "recipient":
        return party
    protests = act == _PROTEST and role == "actor" and party.name == PEOPLE
    return replace(party, name=PROTESTERS if protests else party.name, country=country)
