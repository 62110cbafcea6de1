from __future__ import annotations

import gzip
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import brotli
import pytest

from feeds.web.cache import ReadyBytes


def never() -> bytes:
    pytest.fail("this was rendered already")


def test_each_version_is_rendered_once_and_compressed_to_the_same_bytes() -> None:
    ready = ReadyBytes()
    text = b"<feed/>" * 100
    zipped = ready.get("/a", "1", "gzip", lambda: text)
    assert gzip.decompress(zipped) == text
    assert zipped[4:8] == bytes(4)  # RFC 1952: MTIME, which would differ from worker to worker
    assert ready.get("/a", "1", "identity", never) == text
    assert brotli.decompress(ready.get("/a", "1", "br", never)) == text
    assert ready.get("/a", "1", "gzip", never) == zipped
    assert ReadyBytes().get("/a", "1", "gzip", lambda: text) == zipped


def test_another_path_or_version_is_another_entry() -> None:
    ready = ReadyBytes()
    assert ready.get("/a", "1", "identity", lambda: b"one") == b"one"
    assert ready.get("/a", "2", "identity", lambda: b"two") == b"two"
    assert ready.get("/b", "1", "identity", lambda: b"three") == b"three"
    assert ready.get("/a", "1", "identity", never) == b"one"


def test_concurrent_misses_render_once() -> None:
    ready, together, go = ReadyBytes(), Barrier(8), Event()
    calls: list[int] = []

    def render() -> bytes:
        calls.append(1)
        go.wait(5)
        return b"once"

    def ask() -> bytes:
        together.wait(5)
        return ready.get("/a", "1", "gzip", render)

    with ThreadPoolExecutor(8) as pool:
        answers = [pool.submit(ask) for _ in range(8)]
        go.set()
        assert {gzip.decompress(answer.result()) for answer in answers} == {b"once"}
    assert len(calls) == 1


def test_a_failed_render_is_not_kept_and_blocks_nobody() -> None:
    ready = ReadyBytes()

    def fail() -> bytes:
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        ready.get("/a", "1", "br", fail)
    assert ready.get("/a", "1", "identity", lambda: b"yes") == b"yes"


def test_the_room_is_bounded() -> None:
    ready = ReadyBytes(room=100)
    for number in range(50):
        assert ready.get(f"/{number}", "1", "identity", lambda: b"x" * 40) == b"x" * 40
    assert ready.get("/0", "1", "identity", lambda: b"again") == b"again"  # the oldest was dropped
    assert ready.get("/big", "1", "identity", lambda: b"x" * 101) == b"x" * 101  # served, though it has no room
