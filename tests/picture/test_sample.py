"""The picture of the sample corpus, read by the reader, against what a careful reader expects; floors in bench/floors.toml."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))

from picture import AT_MOST, SAMPLE, Sample  # noqa: E402

from lagebild.model import Report  # noqa: E402


def test_the_sample_is_drawn_no_worse_than_pinned(sample: tuple[Report, ...]) -> None:
    drawn = Sample(sample, json.loads((SAMPLE / "expected.json").read_text("utf-8")))
    floors = tomllib.loads((ROOT / "bench" / "floors.toml").read_text("utf-8"))["picture"]
    scores = {score.name: score.value for score in drawn.scores()}
    assert set(floors) <= set(scores)
    low = [n for n, limit in floors.items() if (scores[n] > limit if n in AT_MOST else scores[n] < limit)]
    assert not low, {name: (scores[name], floors[name]) for name in low}
    copies = {(c["report"], c["of"]) for c in drawn.expected["copies"]}
    last = drawn.pictures[drawn.days[-1]]
    assert {(s.report, s.copy_of) for s in last.sources if s.copy_of} == copies
