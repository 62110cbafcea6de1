"""Two kinds of load on a server of the loopback: as much as it takes (wrk), and a steady rate with honest latencies."""

from __future__ import annotations

import math
import re
import socket
import subprocess
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.serve_setup import Running

CONNECTIONS = 16


@dataclass(frozen=True)
class Load:
    """What wrk counted, and how many microseconds of CPU the server took for each answer."""

    per_second: float
    errors: int
    cpu: float


def wrk(server: Running, path: str, headers: Mapping[str, str], seconds: int) -> Load:
    """Ask as often as the server answers, over 16 connections that stay open, from one thread."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    command.append(server.url(path))
    cpu = server.cpu_seconds()
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + 30)
    cpu = server.cpu_seconds() - cpu
    rate = re.search(r"Requests/sec:\s+([0-9.]+)", done.stdout)
    assert rate is not None, done.stdout
    refused = re.search(r"Non-2xx or 3xx responses: ([0-9]+)", done.stdout)
    socket_errors = re.search(r"Socket errors: (.*)", done.stdout)
    errors = int(refused[1]) if refused else 0
    errors += sum(map(int, re.findall(r"[0-9]+", socket_errors[1]))) if socket_errors else 0
    requests = re.search(r"([0-9]+) requests in", done.stdout)
    assert requests is not None, done.stdout
    return Load(float(rate[1]), errors, 1e6 * cpu / int(requests[1]))


@dataclass
class Latencies:
    """Milliseconds from when each request was due to its last byte, and how many answers were not what was expected."""

    took: list[float] = field(default_factory=list)
    errors: int = 0

    def slowest(self, share: float) -> float:
        """What all but this share of the answers took at most."""
        took = sorted(self.took)
        return took[math.ceil((1 - share) * len(took)) - 1]


def steadily(
    into: Latencies, server: Running, path: str, headers: Mapping[str, str], *, rate: int, seconds: float
) -> None:
    """Ask at a fixed rate over eight open connections in turn.

    A request is due by the clock, whether or not the one before it was answered: waiting in line counts, as it does in
    wrk2.
    """
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    links = [socket.create_connection(("127.0.0.1", server.port), timeout=10) for _ in range(8)]
    for link in links:
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        _ask(link, request)
    start = time.perf_counter() + 0.1
    for number in range(int(rate * seconds)):
        due = start + number / rate
        while (wait := due - time.perf_counter()) > 0:
            time.sleep(wait)
        status = _ask(links[number % len(links)], request)
        into.took.append(1000 * (time.perf_counter() - due))
        into.errors += status not in {200, 304}
    for link in links:
        link.close()


def _ask(link: socket.socket, request: bytes) -> int:
    link.sendall(request)
    data = bytearray()
    while (end := data.find(b"\r\n\r\n")) < 0:
        data += _more(link)
    head = bytes(data[:end]).lower()
    length = re.search(rb"content-length: ([0-9]+)", head)
    status = int(head.split(b" ", 2)[1])
    left = (int(length[1]) if length and status != 304 else 0) - (len(data) - end - 4)
    while left > 0:
        left -= len(_more(link))
    return status


def _more(link: socket.socket) -> bytes:
    piece = link.recv(262_144)
    if not piece:
        raise ConnectionError("the server closed a connection")
    return piece
