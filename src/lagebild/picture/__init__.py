"""The picture: what the kept reports of a dossier say together on a day, as pure functions of their findings."""

from __future__ import annotations

from lagebild.picture.dossiers import Dossier, Suggestion, add_dossier, dossier, dossiers, suggest
from lagebild.picture.parts import (
    AgendaItem,
    Blame,
    Case,
    Ceasefire,
    Changed,
    Commitment,
    Condition,
    Contribution,
    Dispute,
    LedgerDay,
    Line,
    Picture,
    Sanction,
    Sentence,
    Series,
    Side,
    Step,
    Variant,
)
from lagebild.picture.picture import compared, draw, picture_of, worded
from lagebild.picture.told import Claim, Identity, Mention, Source

__all__ = [
    "AgendaItem",
    "Blame",
    "Case",
    "Ceasefire",
    "Changed",
    "Claim",
    "Commitment",
    "Condition",
    "Contribution",
    "Dispute",
    "Dossier",
    "Identity",
    "LedgerDay",
    "Line",
    "Mention",
    "Picture",
    "Sanction",
    "Sentence",
    "Series",
    "Side",
    "Source",
    "Step",
    "Suggestion",
    "Variant",
    "add_dossier",
    "compared",
    "dossier",
    "dossiers",
    "draw",
    "picture_of",
    "suggest",
    "worded",
]
