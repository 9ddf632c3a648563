"""Words for offices."""

from __future__ import annotations

import pytest

from lagebild.lexicon.offices import plural_of


@pytest.mark.parametrize(
    ("one", "several"),
    [("minister", "ministers"), ("foreign secretary", "foreign secretaries"), ("spokesman", "spokesmen")],
)
def test_plural(one: str, several: str) -> None:
    assert plural_of(one) == several
