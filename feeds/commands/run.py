"""`dateline serve`, `web`, `watch`: the processes that stay up."""

from __future__ import annotations

import errno
import gc
import os
import signal
import socket
import subprocess
import sys
import time
from ipaddress import ip_address
from typing import TYPE_CHECKING

import click
import structlog

from feeds.commands.common import Refusal, need_folder, opened_store, plain_errors, settings_from_environment
from storage.migrate import upgrade

if TYPE_CHECKING:
    from types import FrameType

    from feeds.ingest.run import Ingest
    from feeds.settings import Settings
    from storage.engine import Store

log = structlog.get_logger()

GRACE_SECONDS = 10
_ENDING = (signal.SIGTERM, signal.SIGINT)
# A worker: one that reads the store or waits, one that answers; more only take the interpreter from each other, as
# `make bench-serve` shows. Fewer than the connections that the pool may open.
_THREADS = 2
_host = click.option("--host", default="127.0.0.1", show_default=True, help="Address to bind.")
_port = click.option(
    "--port",
    default=8000,
    type=click.IntRange(1, 65_535),
    show_default=True,
    envvar="PORT",
    help="Port to bind (also PORT).",
)


@click.command()
@_host
@_port
def serve(host: str, port: int) -> None:
    """Run everything on one machine: the web server and the worker that watches the seeds folder.

    The database is created or upgraded first. Ctrl-C or SIGTERM ends both: requests in flight are answered and the seed
    in hand is finished.
    """
    settings = settings_from_environment()
    _base_url(settings, host, port)
    need_folder(settings)
    _free_address(host, port)
    with plain_errors():
        upgrade(settings.database_url)[0].dispose()
    command = [sys.executable, "-m", "feeds"]
    raise SystemExit(_run_all([[*command, "watch"], [*command, "web", "--host", host, "--port", str(port)]]))


@click.command()
@_host
@_port
def web(host: str, port: int) -> None:
    """Serve feeds and pages. Any number of these may run on one database, and none of them writes to it."""
    settings = settings_from_environment()
    os.environ["DATELINE_BASE_URL"] = _base_url(settings, host, port)
    address = _free_address(host, port)
    with opened_store(settings):
        pass  # refuse a database that cannot be used here, in one sentence, and not in every worker
    from granian.constants import Interfaces
    from granian.server import Server

    server = Server(
        "feeds.web.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=settings.web_workers,
        blocking_threads=_THREADS,
        workers_kill_timeout=GRACE_SECONDS,
        respawn_failed_workers=True,
        log_enabled=False,
    )
    _hear_signals_from_the_start()
    log.info("serving", url=os.environ["DATELINE_BASE_URL"], workers=settings.web_workers)
    server.serve()


@click.command()
def watch() -> None:
    """Watch the seeds folder and store what arrives: exactly one works on a database, others stand by."""
    for number in _ENDING:  # until the worker listens itself
        signal.signal(number, lambda *_: sys.exit(0))
    from feeds.schedule import Worker

    settings = settings_from_environment()
    need_folder(settings)
    with opened_store(settings) as store:
        Worker(store, settings.seeds_dir, settings.scan_seconds, lambda: _warm_ingest(settings, store)).run()


def _warm_ingest(settings: Settings, store: Store) -> Ingest:
    # Only the worker reads: a web server has no need of what that takes.
    from feeds.ingest.setup import open_ingest
    from feeds.syndication.gate import refusal

    ingest = open_ingest(settings, store, refusal)
    ingest.preparer.warm_up()
    # What is loaded by now stays: the collector need not walk it again with every article.
    gc.collect()
    gc.freeze()
    return ingest


def _hear_signals_from_the_start() -> None:
    """Let a web process that still starts be ended at once.

    granian forks its processes with its own handlers in place, which mean nothing there: until the application is
    built, a process would sleep through SIGTERM and hold up Ctrl-C until the grace is over.
    """
    os.register_at_fork(after_in_child=lambda: [signal.signal(number, signal.SIG_DFL) for number in _ENDING])


def _base_url(settings: Settings, host: str, port: int) -> str:
    """The public address: the setting, else the bound one where that is loopback.

    Absolute URLs never come from a request, so beyond loopback somebody must say what the address is.
    """
    if settings.base_url:
        return settings.base_url
    if not _is_loopback(host):
        raise Refusal(
            f"DATELINE_BASE_URL is not set, and {host} is reachable from outside: "
            "set it to the address that subscribers use, such as https://feeds.example.org"
        )
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _free_address(host: str, port: int) -> str:
    """Resolve the host to an IP address at which nobody listens on the port yet.

    granian binds with SO_REUSEPORT: a second server on the port would start and take half of the first one's requests.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            # Connections of a server that has just ended may linger on its port; only one that listens is in the way.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise Refusal(_why_not(error, host, port)) from error
    return str(address[0])


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} of {host} is taken: stop the other program, or choose another with --port"
    if error.errno == errno.EACCES:
        return f"port {port} of {host} is only for privileged users: choose another with --port"
    return f"cannot bind port {port} of {host}: {error.strerror}"


def _run_all(commands: list[list[str]]) -> int:
    """Run the commands side by side until a signal, or until one ends by itself; then end all of them.

    Returns:
        0 after a signal; 1 where a process ended that should not have.

    """
    stopping = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    for number in _ENDING:
        signal.signal(number, stop)
    # Groups of their own: Ctrl-C reaches us alone, and we end each child once and in order.
    children = [subprocess.Popen(command, start_new_session=True) for command in commands]  # noqa: S603 - our own words
    while not stopping and all(child.poll() is None for child in children):
        time.sleep(0.1)
    ended = [child for child in children if child.poll() is not None]
    for child in children:
        child.terminate()
    for child in children:
        _wait(child)
    for child in ended:
        log.error("ended unasked", command=child.args[3], code=child.returncode)  # type: ignore[index]
    return 1 if ended else 0


def _wait(child: subprocess.Popen[bytes]) -> None:
    try:
        child.wait(timeout=GRACE_SECONDS + 2)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
