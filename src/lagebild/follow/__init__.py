"""Feeds and pages of the web into the store: what is fetched when, which report an address stands for, copies."""

from __future__ import annotations

from lagebild.follow.feedlist import FeedList, Followee, load_feeds
from lagebild.follow.follower import Follower, Tally
from lagebild.follow.pages import Pages

__all__ = ["FeedList", "Followee", "Follower", "Pages", "Tally", "load_feeds"]
