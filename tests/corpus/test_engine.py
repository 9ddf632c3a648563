"""The engine itself, with work that needs no analyser: all items are done, whoever dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from lagebild.corpus import CorpusError
from lagebild.corpus.engine import Engine
from lagebild.corpus.extra import needed


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Worker processes find this module."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).parent), *sys.path]))


def _work(folder: str, item: str) -> str:
    """Notes down that the item is done; a «kill» takes its process with it, the first time."""
    time.sleep(0.01)
    mark = Path(folder, item)
    if item.startswith("kill") and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if item.startswith("fail"):
        raise OSError("no space left on device")
    Path(folder, item + ".done").touch()
    return f"{item} {os.getpid()}"


def _factory(folder: str) -> Callable[[str], str]:
    return partial(_work, folder)


def _all(engine: Engine, folder: Path, items: list[str], said: list[str]) -> dict[str, str]:
    def left() -> list[str]:
        return [item for item in items if not (folder / f"{item}.done").exists()]

    return dict(result.split() for result in engine.map(partial(_factory, str(folder)), items, left, said.append))


def test_two_processes_share_the_work_and_one_may_die(tmp_path: Path) -> None:
    said: list[str] = []
    items = [f"item{n}" for n in range(20)]
    found = _all(Engine("local", 2), tmp_path, [*items[:9], "kill", *items[9:]], said)
    assert {path.name for path in tmp_path.glob("*.done")} == {f"{item}.done" for item in [*items, "kill"]}
    assert str(os.getpid()) not in found.values()
    assert said and all("going on with what is left" in line for line in said)


def test_an_error_of_the_work_ends_the_run_with_its_words(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="a worker broke off: OSError: no space left on device"):
        _all(Engine("local", 1), tmp_path, ["a", "fail"], [])


@pytest.mark.ray
def test_a_ray_cluster_of_our_own_and_a_killed_worker(tmp_path: Path) -> None:
    # A process of its own: one process has one engine.
    code = (
        "import sys, test_engine as t; from pathlib import Path; from lagebild.corpus.engine import Engine; "
        "print(len(t._all(Engine('ray', 2), Path(sys.argv[1]), [*map('item{}'.format, range(6)), 'kill'], [])))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, timeout=300)
    assert done.stdout.split()[-1:] == ["7"], done.stderr
    assert len(list(tmp_path.glob("*.done"))) == 7


@pytest.mark.ray
def test_one_process_has_one_engine(tmp_path: Path) -> None:
    _all(Engine("local", 1), tmp_path, ["a"], [])
    with pytest.raises(CorpusError, match="this process works with the engine native"):
        _all(Engine("ray", 1), tmp_path, ["b"], [])


def test_what_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CorpusError, match=r"nosuchengine is not installed, .* pip install 'lagebild\[cluster\]'"):
        needed("nosuchengine.data")
