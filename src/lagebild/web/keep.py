"""What was made of the store, kept as long as the store that it was made of stays the same."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from lagebild.errors import LagebildError
from lagebild.picture import Picture

_T = TypeVar("_T")

#: How much is kept: entries, and cases in all pictures together (some hundred megabytes).
_MOST, _HEAVIEST = 240, 80_000
#: What took more seconds to make is shown as it was while it is made anew.
_LONG = 3.0


@dataclass(frozen=True, slots=True)
class _Kept:
    """Something made of the store; it holds as long as its mark is that of the store. `seconds`: how long it took to make."""

    mark: Hashable
    value: Any
    seconds: float
    weight: int


class Keep:
    """Any thread may call."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # held for moments, never while anything is made
        self._kept: OrderedDict[tuple[Any, ...], _Kept] = OrderedDict()
        self._working: dict[tuple[Any, ...], tuple[threading.Lock, int]] = {}
        self._remaking: set[tuple[Any, ...]] = set()

    def once(self, key: tuple[Any, ...], look: Callable[[], _T], mark: Hashable) -> _T:
        """What `look` gives, kept under `key` as long as `mark` stays the same. Two threads that ask for one thing do not
        both make it; one that makes something else does not wait."""
        with self._alone(key):
            kept = self._known(key)
            if kept is not None and kept.mark == mark:
                return cast(_T, kept.value)
            begun = time.perf_counter()
            found = look()
            self._keep(key, _Kept(mark, found, time.perf_counter() - begun, _weight(found)))
        return found

    def soon(self, key: tuple[Any, ...], look: Callable[[], _T], mark: Hashable) -> tuple[_T, bool]:
        """As `once`, and True; but where making it takes long, what was kept before is given, and False, while it is made anew
        in the background."""
        kept = self._known(key)
        if kept is None or kept.mark == mark or kept.seconds < _LONG:
            return self.once(key, look, mark), True
        with self._lock:
            begin = key not in self._remaking
            self._remaking.add(key)
        if begin:
            threading.Thread(target=self._remake, args=(key, look, mark), daemon=True).start()
        return cast(_T, kept.value), False

    def _remake(self, key: tuple[Any, ...], look: Callable[[], Any], mark: Hashable) -> None:
        try:
            self.once(key, look, mark)
        except LagebildError:
            with self._lock:  # whoever asks next is told why
                self._kept.pop(key, None)
        finally:
            with self._lock:
                self._remaking.discard(key)

    def _known(self, key: tuple[Any, ...]) -> _Kept | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
            return kept

    def _keep(self, key: tuple[Any, ...], one: _Kept) -> None:
        with self._lock:
            self._kept[key] = one
            self._kept.move_to_end(key)
            while len(self._kept) > 1 and (
                len(self._kept) > _MOST or sum(k.weight for k in self._kept.values()) > _HEAVIEST
            ):
                self._kept.popitem(last=False)

    @contextmanager
    def _alone(self, key: tuple[Any, ...]) -> Iterator[None]:
        """Only one thread at a time works on `key`."""
        with self._lock:
            lock, waiting = self._working.get(key, (threading.Lock(), 0))
            self._working[key] = lock, waiting + 1
        try:
            with lock:
                yield
        finally:
            with self._lock:
                lock, waiting = self._working[key]
                if waiting == 1:
                    del self._working[key]
                else:
                    self._working[key] = lock, waiting - 1


def _weight(made: Any) -> int:
    """What it weighs to keep something, in cases of a picture."""
    if isinstance(made, Picture):
        return len(made.cases)
    return 1 + sum(len(part) for part in made if isinstance(part, bytes)) // 2000 if isinstance(made, tuple) else 1
