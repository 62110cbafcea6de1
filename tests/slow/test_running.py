"""The running program under restarts, slow senders, a full disk, a lost folder and many readers at once."""

from __future__ import annotations

import contextlib
import json
import math
import os
import random
import resource
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from storage.migrate import open_store, upgrade
from tests.nginx import nginx
from tests.server import dateline, environment, free_port, get, serving
from tests.slow.articles import write_articles
from tests.slow.test_kill import check_log
from tests.web_samples import FEED, fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.server import Server

SCALE = float(os.environ.get("DATELINE_SLOW_SCALE", "1"))

pytestmark = pytest.mark.slow


@contextmanager
def web(folder: Path, database: str, port: int, log: Path, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """`dateline web` on a port, once it answers."""
    env = environment(folder, database, DATELINE_BASE_URL="https://news.example", **settings)
    command = [sys.executable, "-m", "feeds", "web", "--port", str(port)]
    with log.open("ab") as output:
        process = subprocess.Popen(command, env=env, stdout=output, stderr=output)
    try:
        wait_for(lambda: answers(port), 60)
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(timeout=30)


def answers(port: int) -> bool:
    try:
        return get(f"http://127.0.0.1:{port}/healthz").status == 200
    except OSError:
        return False


def wait_for(condition: Callable[[], object], seconds: float) -> float:
    """How long it took."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, "it never happened"
        time.sleep(0.05)
    return time.monotonic() - began


@pytest.fixture
def filled(tmp_path: Path) -> str:
    """The address of a database with two items."""
    (tmp_path / "seeds").mkdir()
    url = f"sqlite:///{tmp_path}/one.db"
    store, _ = upgrade(url)
    fill(store)
    store.dispose()
    return url


def ask_all_the_time(url: str, stop: threading.Event, wanted: bytes) -> Counter[str]:
    """Ask again and again, each time on a new connection, once more after a failure; count how it went."""
    seen: Counter[str] = Counter()
    while not stop.is_set():
        for attempt in ("first", "again"):
            try:
                answer = get(url)
            except (OSError, ValueError) as error:  # refused, reset, or cut short (http.client.IncompleteRead)
                seen[f"{attempt}: {type(error).__name__}"] += 1
                continue
            seen["ok" if (answer.status, answer.body) == (200, wanted) else f"wrong {answer.status}"] += 1
            break
        else:
            seen["failed"] += 1
    return seen


def test_servers_that_are_restarted_one_after_the_other_lose_no_request(filled: str, tmp_path: Path) -> None:
    """Two behind nginx without its cache, as docs/deploy.md has it; one of them ends and starts every few seconds."""
    ports, stop = [free_port(), free_port()], threading.Event()
    changes = {
        "server 127.0.0.1:8000 max_fails=0;": "".join(f"server 127.0.0.1:{port} max_fails=0;" for port in ports),
        "/var/cache/nginx-dateline": f"{tmp_path}/cache",
        "proxy_cache dateline;": "proxy_cache off;",
        "rate=10r/s": "rate=99999r/s",
        "rate=100r/s": "rate=99999r/s",
    }
    folder, log = tmp_path / "seeds", tmp_path / "log"
    with contextlib.ExitStack() as stack:
        running = [stack.enter_context(web(folder, filled, port, log)) for port in ports]
        url = stack.enter_context(nginx("nginx.conf", tmp_path / "nginx", changes)) + FEED
        wanted = get(url).body
        with ThreadPoolExecutor(20) as pool:
            clients = [pool.submit(ask_all_the_time, url, stop, wanted) for _ in range(20)]
            try:
                for turn in range(max(4, int(24 * SCALE))):
                    running[turn % 2].terminate()
                    assert running[turn % 2].wait(timeout=20) == 0
                    running[turn % 2] = stack.enter_context(web(folder, filled, ports[turn % 2], log))
            finally:
                stop.set()
            total = sum((client.result() for client in clients), Counter[str]())
    assert total["ok"] > 100, total
    assert not [how for how in total if how == "failed" or how.startswith("wrong")], total


def test_workers_that_are_renewed_lose_no_request(filled: str, tmp_path: Path) -> None:
    """SIGHUP starts new processes and ends the old ones when they have answered."""
    port, stop = free_port(), threading.Event()
    with web(tmp_path / "seeds", filled, port, tmp_path / "log") as process:
        url = f"http://127.0.0.1:{port}{FEED}"
        wanted = get(url).body
        with ThreadPoolExecutor(20) as pool:
            clients = [pool.submit(ask_all_the_time, url, stop, wanted) for _ in range(20)]
            try:
                for _ in range(max(2, int(12 * SCALE))):
                    process.send_signal(signal.SIGHUP)
                    time.sleep(8)
            finally:
                stop.set()
            total = sum((client.result() for client in clients), Counter[str]())
    assert total["ok"] > 100, total
    assert not [how for how in total if how == "failed" or how.startswith("wrong")], total


def test_slow_senders_hold_up_nobody(filled: str, tmp_path: Path) -> None:
    """500 clients that send a header or a body byte by byte, beside others that send far too much at once."""
    port = free_port()
    with web(tmp_path / "seeds", filled, port, tmp_path / "log"):
        url = f"http://127.0.0.1:{port}{FEED}"
        alone = p99(url)
        beginnings = [
            b"GET /latest.rss HTTP/1.1\r\nHost: a\r\nX-A: ",
            b"POST /latest.rss HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n",
            b"GET /latest.rss HTTP/1.1\r\nHost: a\r\nIf-None-Match: " + b"a" * 8_000,
            b"GET /latest.rss HTTP/1.1\r\nHost: a\r\n\r\n" * 20,
            b"GET /?" + b"q" * 1_000_000,
        ]
        sockets = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(500)]
        for number, one in enumerate(sockets):
            one.setblocking(False)
            with contextlib.suppress(OSError):
                one.send(beginnings[number % len(beginnings)])
        stop = threading.Event()
        dripping = threading.Thread(target=drip, args=(sockets, stop))
        dripping.start()
        try:
            beside = p99(url)
        finally:
            stop.set()
            dripping.join()
            for one in sockets:
                one.close()
        assert beside < max(0.1, 5 * alone), (alone, beside)
        assert get(url).status == 200


def drip(sockets: list[socket.socket], stop: threading.Event) -> None:
    while not stop.wait(0.2):
        for one in sockets:
            with contextlib.suppress(OSError):
                one.send(b"a")


def p99(url: str) -> float:
    took = []
    for _ in range(max(100, int(400 * SCALE))):
        began = time.perf_counter()
        assert get(url).status == 200
        took.append(time.perf_counter() - began)
    return sorted(took)[math.ceil(0.99 * len(took)) - 1]


def test_readers_beside_two_workers_meet_no_lock_and_nothing_torn(tmp_path: Path) -> None:
    """Eight readers while articles pour in; a second worker stands by."""
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    database, stop = f"sqlite:///{tmp_path}/one.db", threading.Event()
    with serving(seeds, database, tmp_path / "log", DATELINE_SCAN_SECONDS="0.2") as server:
        wait_for(lambda: server.get("/topics/trade-tariffs.json").status == 200, 30)
        standby = tmp_path / "standby"
        with standby.open("w") as output:
            second = subprocess.Popen(
                [sys.executable, "-m", "feeds", "watch"], env=dict(server.environment), stderr=output
            )
        try:
            wait_for(lambda: "standing by" in standby.read_text(), 60)
            with ThreadPoolExecutor(8) as pool:
                readers = [pool.submit(read_carefully, server, stop) for _ in range(8)]
                try:
                    for batch in range(max(6, int(60 * SCALE))):
                        write_articles(seeds, range(batch * 20, batch * 20 + 20))
                        time.sleep(1)
                finally:
                    stop.set()
                polls = sum(reader.result() for reader in readers)
        finally:
            second.terminate()
            assert second.wait(timeout=20) == 0
        assert polls > 100
        assert "locked" not in (tmp_path / "log").read_text()
    store = open_store(database)
    check_log(store)
    store.dispose()


def read_carefully(server: Server, stop: threading.Event) -> int:
    """Poll with validators; each feed is whole, never shrinks, and one tag always stands for the same bytes."""
    paths = ("/latest.json", "/actors/marco-rubio.json", "/topics/trade-tariffs.json")
    by_tag: dict[tuple[str, str], bytes] = {}
    cursors: dict[str, int] = {}
    tags: dict[str, str] = {}
    draw, polls = random.Random(), 0
    while not stop.is_set():
        path = draw.choice(paths)
        answer = server.get(path, {"If-None-Match": tags[path]} if path in tags and draw.random() < 0.5 else {})
        polls += 1
        tag = str(answer.headers["ETag"])
        if answer.status == 304:
            assert tag == tags[path]
            continue
        assert answer.status == 200
        assert by_tag.setdefault((path, tag), answer.body) == answer.body
        feed = json.loads(answer.body)
        ids = [item["id"] for item in feed["items"]]
        assert len(ids) == len(set(ids))
        position = int(feed["_dateline"]["cursor"].rpartition("-")[2])
        assert cursors.get(path, 0) <= position
        cursors[path], tags[path] = position, tag
    return polls


def strict(server: Server) -> int:
    return server.get("/healthz?strict=1").status


def test_a_disk_that_is_full_stops_the_worker_only_until_there_is_room(tmp_path: Path) -> None:
    """The worker may write no byte more to any file; then it may again."""
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    write_articles(seeds, range(5))
    with serving(seeds, f"sqlite:///{tmp_path}/one.db", tmp_path / "log", DATELINE_SCAN_SECONDS="0.5") as server:
        server.wait_for("/latest.json", "round 4")
        worker = child(server.process.pid, "watch")
        _, hard = resource.prlimit(worker, resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
        write_articles(seeds, range(5, 10))
        wait_for(lambda: strict(server) == 503, 10)
        for path in ("/", "/latest.rss", "/latest.atom?x", "/actors/marco-rubio", "/healthz"):
            assert (path, server.get(path).status) == (path, 200)
        resource.prlimit(worker, resource.RLIMIT_FSIZE, (hard, hard))
        server.wait_for("/latest.json", "round 9")
        wait_for(lambda: strict(server) == 200, 10)


def test_a_folder_that_goes_away_and_comes_back(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    write_articles(seeds, range(5))
    with serving(seeds, f"sqlite:///{tmp_path}/one.db", tmp_path / "log", DATELINE_SCAN_SECONDS="0.5") as server:
        server.wait_for("/latest.json", "round 4")
        shutil.rmtree(seeds)
        wait_for(lambda: strict(server) == 503, 10)
        assert server.get("/latest.json").status == 200
        seeds.mkdir()
        write_articles(seeds, range(5, 8))
        server.wait_for("/latest.json", "round 7")
        wait_for(lambda: strict(server) == 200, 10)
        assert b"round 4" in server.get("/latest.json").body, "what left the folder stays"


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("setpriv"), reason="only root can give up its rights")
def test_a_web_server_that_may_only_read_the_database_serves_it(tmp_path: Path) -> None:
    """Beside a worker of another user: neither the folder nor the files of the database are writable for it."""
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    write_articles(seeds, range(5))
    home = tmp_path / "home"
    home.mkdir()
    database, port = f"sqlite:///{home}/one.db", free_port()
    with serving(seeds, database, tmp_path / "log", DATELINE_SCAN_SECONDS="0.5") as server:
        server.wait_for("/latest.json", "round 4")
        for one in (home, *home.iterdir()):
            os.chown(one, 65_534, 65_534)
        env = environment(seeds, database, DATELINE_BASE_URL=server.url)
        plain = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--", sys.executable, "-m", "feeds"]
        assert subprocess.run([*plain[:5], "touch", f"{home}/one.db-wal"], check=False).returncode != 0
        process = subprocess.Popen([*plain, "web", "--port", str(port)], env=env)
        try:
            wait_for(lambda: answers(port), 60)
            write_articles(seeds, range(5, 8))
            server.wait_for("/latest.json", "round 7")
            theirs = get(f"http://127.0.0.1:{port}/latest.json")
            assert (theirs.status, theirs.body) == (200, server.get("/latest.json").body)
        finally:
            process.terminate()
            process.wait(timeout=30)


def child(parent: int, word: str) -> int:
    """The process among the children of `parent` whose command line has this word."""
    pids = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    (found,) = [pid for pid in pids if f"\0{word}\0" in Path(f"/proc/{pid}/cmdline").read_text()]
    return int(found)


def test_a_worker_that_is_told_to_end_ends_soon_and_with_nothing_half_done(tmp_path: Path) -> None:
    """SIGTERM at random points of a bulk ingest."""
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    write_articles(seeds, range(600))
    database = f"sqlite:///{tmp_path}/one.db"
    store, _ = upgrade(database)
    env, draw, log = environment(seeds, database, DATELINE_SCAN_SECONDS="0.2"), random.Random(3), tmp_path / "log"
    for turn in range(max(8, int(100 * SCALE))):
        with log.open("w") as output:
            worker = subprocess.Popen([sys.executable, "-m", "feeds", "watch"], env=env, stderr=output)
        early = turn % 4 == 0
        if not early:
            wait_for(lambda: "watching" in log.read_text(), 60)
        time.sleep(draw.uniform(0, 3))
        worker.terminate()
        code = worker.wait(timeout=10)
        # Before Python has read the program there is nobody to hear the signal, and nothing to end.
        assert code == 0 or (early and code == -signal.SIGTERM)
        check_log(store)
    assert dateline("ingest", "--now", env=env).returncode == 0
    check_log(store)
    store.dispose()


def test_a_machine_that_slept_makes_one_pass_and_not_all_it_missed(tmp_path: Path) -> None:
    """SIGSTOP for several periods; each pass writes one heartbeat."""
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    with serving(seeds, f"sqlite:///{tmp_path}/one.db", tmp_path / "log", DATELINE_SCAN_SECONDS="3") as server:
        wait_for(lambda: strict(server) == 200, 30)
        worker = child(server.process.pid, "watch")
        os.kill(worker, signal.SIGSTOP)
        time.sleep(max(10, 300 * SCALE))
        assert strict(server) == 503
        before = beat(server)
        os.kill(worker, signal.SIGCONT)
        seen, until = {before}, time.monotonic() + 2
        while time.monotonic() < until:
            seen.add(beat(server))
            time.sleep(0.02)
    assert len(seen) == 2, seen


def beat(server: Server) -> str:
    return str(json.loads(server.get("/healthz").body)["last_pass_at"])
