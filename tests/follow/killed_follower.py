"""Follows feeds in a child process that is killed again and again, then lets one run to the end.

usage: python killed_follower.py STORE FEEDS.TOML KILLS SEED

Prints how many children were killed at work. The children are forked, so a start costs milliseconds.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fake_reader import FakeReader

from lagebild.follow import Follower, load_feeds
from lagebild.intake.fetch import Fetcher
from lagebild.store import open_writer


class SlowReader(FakeReader):
    """Takes its time, so that kills come while work is half done."""

    def read_report(self, report):  # type: ignore[no-untyped-def]
        time.sleep(0.02)
        return super().read_report(report)


def work(store: str, feeds: str) -> None:
    listed = load_feeds(Path(feeds))
    with open_writer(store) as writer:
        fetcher = Fetcher(allowed=listed.allow_hosts)
        follower = Follower(
            writer, listed, fetcher, SlowReader, relevant_only=False
        )  # the texts are words without sense
        for told in follower.run(once=True):
            print(told.line, flush=True)


def main() -> None:
    store, feeds, kills, seed = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    moments, killed = random.Random(seed), 0
    for number in range(kills + 1):
        child = os.fork()
        if not child:
            work(store, feeds)
            os._exit(0)
        if number < kills:
            time.sleep(moments.uniform(0.8, 3.0))
            os.kill(child, signal.SIGKILL)
        killed += os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    print("killed", killed)


if __name__ == "__main__":
    main()
