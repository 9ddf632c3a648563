"""schemathesis asks the API by its own description: no server error, every answer as described, wrong questions refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.generation import GenerationMode
from web_reports import REPORTS

from lagebild.store import open_writer
from lagebild.web import make_app
from lagebild.web.openapi import description


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[schemathesis.BaseSchema]:
    path: Path = tmp_path_factory.mktemp("described") / "store.sqlite"
    with open_writer(path) as writer:
        for one in REPORTS:
            writer.add(one)
    yield schemathesis.openapi.from_asgi("/api/v1/openapi.json", make_app(path))


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("path", description()["paths"])
def test_the_api_keeps_to_its_description(described: schemathesis.BaseSchema, path: str, mode: GenerationMode) -> None:
    operation = described[path]["GET"]
    if mode is GenerationMode.NEGATIVE and not operation.definition.raw["parameters"]:
        pytest.skip("takes no parameters that could be wrong")

    @settings(
        max_examples=20,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate()

    ask()
