"""`lagebild add URL` and `lagebild follow` as a person meets them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fake_reader import FakeReader
from loopback import Loopback, answer

from lagebild.cli import main

sys.path.insert(0, str(Path(__file__).resolve().parent / "follow"))

from following import SPORT, WORDS, feed, page

Run = Callable[..., tuple[int, list[str], list[str]]]
ALLOW = ["--allow-host", "127.0.0.1"]
DAY = datetime.now(UTC).date().isoformat()
TODAY = f"{WORDS} Die Beobachter erreichten am Nachmittag das Dorf und zählten dort 40 zerstörte Häuser."


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("LAGEBILD_STORE", str(tmp_path / "store.sqlite"))
    for module in ("follow", "store"):
        monkeypatch.setattr(f"lagebild.cli.{module}.make_reader", lambda *_: FakeReader())

    def call(*arguments: str) -> tuple[int, list[str], list[str]]:
        status = main(arguments)
        captured = capsys.readouterr()
        return status, captured.out.splitlines(), captured.err.splitlines()

    return call


def test_add_an_article_of_the_web(run: Run) -> None:
    with Loopback({"/a?utm_source=x": page(canonical="/a"), "/a": page(canonical="/a")}) as server:
        status, out, err = run("add", server.url + "/a?utm_source=x", *ALLOW)
        assert (status, err) == (0, []) and out[0].startswith(
            "1 report kept (1 new, 0 changed, 0 kept before), 2 findings"
        )
        status, out, err = run("add", server.url + "/a", *ALLOW)
        assert (status, err) == (0, []) and out[0].startswith("0 reports kept (0 new, 0 changed, 1 kept before)")
        listed = run("reports")[1]
        assert "2014-10-13" in listed[1] and "Gespräche" in listed[1]
        assert server.asked[-1][1]["user-agent"].startswith("Lagebild/")


def test_show_says_that_a_report_is_a_copy(run: Run) -> None:
    with (
        Loopback({"/a": page(TODAY, day=DAY)}) as one,
        Loopback({"/b": page(f"GENF (ag). {TODAY}", day=DAY)}, "127.0.0.2") as two,
    ):
        status, _out, err = run("add", one.url + "/a", two.url + "/b", *ALLOW, "--allow-host", "127.0.0.2")
        assert status == 0 and len(err) == 1 and "a copy of 127.0.0.1" in err[0]
        assert "a copy of 127.0.0.1" in run("show", err[0].split(": ")[1])[1][-1]


def test_add_says_what_is_not_fetched(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kerry kam.", "utf-8")
    with Loopback({"/gone": answer(b"", "404 Not Found")}) as server:
        status, out, err = run("add", server.url, str(tmp_path / "a.txt"))
        assert status == 1 and out[0].startswith("1 report kept (1 new")
        assert err == [f"lagebild: {server.url}: 127.0.0.1 is no public address (loopback); not fetched"]
        assert server.asked == []
        status, out, err = run("add", server.url + "/gone", *ALLOW)
        assert status == 1 and err == [f"lagebild: {server.url}/gone: the server answered 404 (there is nothing here)"]
    assert "no host" in run("add", "http://a.example/", "--allow-host", "a b")[2][0]


def test_follow_once_and_list(run: Run, tmp_path: Path) -> None:
    with Loopback({"/rss": feed("/a", "/gone"), "/a": page()}) as server:
        feeds = tmp_path / "feeds.toml"
        feeds.write_text(f'delay = 0\n[[feed]]\nurl = "{server.url}/rss"\npublisher = "Bote"\n', "utf-8")
        assert run("follow", str(feeds), "--once")[0] == 1  # the host is not allowed
        feeds.write_text('allow_hosts = ["127.0.0.1"]\n' + feeds.read_text("utf-8"), "utf-8")
        status, out, err = run("follow", str(feeds), "--once")
        assert status == 0 and out[0].endswith(": 2 findings «Gespräche»")
        assert out[1].startswith("1 report kept (1 new, 0 changed, 0 kept before), 2 findings, 1 address left out: ")
        assert err == [f"lagebild: {server.url}/gone: the server answered 404 (there is nothing here)"]
        status, out, err = run("follow", str(feeds), "--once")
        assert (status, err) == (0, []) and out[0].startswith("0 reports kept")
        status, out, _ = run("follow", str(feeds), "--list")
        assert out[1].startswith(f"{server.url}/rss") and out[1].endswith("well")
        assert out[2].startswith(f"{server.url}/gone: the server answered 404")
    assert "cannot be read" in run("follow", str(tmp_path / "none.toml"))[2][0]


def test_follow_lists_what_is_not_relevant(run: Run, tmp_path: Path) -> None:
    with Loopback({"/rss": feed("/sport"), "/sport": page(SPORT, title="Heimsieg")}) as server:
        feeds = tmp_path / "feeds.toml"
        feeds.write_text(
            f'allow_hosts = ["127.0.0.1"]\ndelay = 0\n[[feed]]\nurl = "{server.url}/rss"\npublisher = "Bote"\n', "utf-8"
        )
        status, out, err = run("follow", str(feeds), "--once")
        assert (status, err) == (0, []) and out[0].startswith(
            "0 reports kept (0 new, 0 changed, 0 kept before), 0 findings, "
        )
        assert ", 1 not relevant: " in out[0]
        assert "1 article left out as not relevant" in run("follow", str(feeds), "--list")[1][-1]
        status, out, err = run("follow", str(feeds), "--filtered")
        assert status == 0 and len(out) == 2 and out[1].endswith(f"Bote       Heimsieg  {server.url}/sport")
        assert run("add", server.url + "/sport", *ALLOW)[1][0].startswith(
            "1 report kept (1 new"
        )  # who names it wants it
        assert run("follow", str(feeds), "--filtered")[1] == ["nothing was left out as not relevant"]


@pytest.mark.parametrize("every", ["5s", "x", "-1m"])
def test_follow_not_too_often(run: Run, every: str) -> None:
    with pytest.raises(SystemExit) as caught:
        run("follow", "feeds.toml", f"--every={every}")
    assert caught.value.code == 2
