"""One look at an address that a stranger wrote: public hosts only, redirects checked again, never long, never much.

The host is resolved once, every address that it has is checked, and the connection goes to one of these, so that
nothing can change in between. Of an answer only its head is read.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from catalog.links import Look, Seen

SECONDS = 10.0
REDIRECTS = 5
MAX_BYTES = 1024 * 1024
"""Of an answer's head."""
PORTS = {"http": (80, 8080), "https": (443, 8443)}
FORBIDDEN = frozenset((401, 402, 403, 405, 406, 407, 429, 451, 999))
"""What hosts answer to programs that they do not want."""
AGENT = "disclosure-catalog (looks about once a week whether a quoted page is still there)"
_SAFE = "!#$%&'()*+,/:;=?@[]~"

Resolve = Callable[[str, int], Sequence[str]]
Connect = Callable[[str, int, float], socket.socket]


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host. Raises OSError."""
    return tuple(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))


def connect(address: str, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((address, port), timeout=seconds)


@dataclass(frozen=True, slots=True)
class Net:
    """What leads outside, so that tests can lead it elsewhere."""

    resolve: Resolve = resolve
    connect: Connect = connect
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    seconds: float = SECONDS


class NotPublic(ValueError):
    """An address that must not be visited; the reason."""


def look(address: str, net: Net) -> Look:
    """What stands there now."""
    deadline = time.monotonic() + net.seconds
    at = address
    try:
        for _ in range(REDIRECTS + 1):
            status, target = _head(at, net, deadline)
            if not (300 <= status < 400 and target):
                return Look(_seen(status), str(status), at if at != address else "")
            at = urljoin(at, target)
        return Look(Seen.FAILS, f"more than {REDIRECTS} redirects")
    except NotPublic as reason:
        return Look(Seen.NOT_PUBLIC, str(reason))
    except (OSError, http.client.HTTPException, ValueError) as error:
        late = time.monotonic() >= deadline
        return Look(Seen.FAILS, "no answer in time" if late else type(error).__name__)


def _seen(status: int) -> Seen:
    if 200 <= status < 300 or status == 304:
        return Seen.WORKS
    return Seen.FORBIDDEN if status in FORBIDDEN else Seen.FAILS


def _head(address: str, net: Net, deadline: float) -> tuple[int, str]:
    """The status and where a redirect leads. Raises NotPublic, OSError, HTTPException, ValueError."""
    url, host, port = _checked(address)
    found = public(net.resolve(host, port))
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    plain = net.connect(found[0], port, left)
    # a host that sends one letter now and then would never run into the socket's own time-out
    handle = plain.dup()
    watch = threading.Timer(max(0.0, deadline - time.monotonic()), _hang_up, (handle,))
    watch.daemon = True
    watch.start()
    try:
        with net.tls.wrap_socket(plain, server_hostname=host) if url.scheme == "https" else plain as sock:
            answer = _asked(sock, host, port, url)
        if time.monotonic() >= deadline:  # http.client takes half a head for a whole one
            raise TimeoutError
        return answer
    finally:
        watch.cancel()
        handle.close()
        plain.close()


def _asked(sock: socket.socket, host: str, port: int, url: SplitResult) -> tuple[int, str]:
    connection = http.client.HTTPConnection(host, port)
    connection.sock = _Line(sock)
    path = quote(url.path or "/", safe=_SAFE) + (f"?{quote(url.query, safe=_SAFE)}" if url.query else "")
    name = host if port in (80, 443) else f"{host}:{port}"
    connection.putrequest("GET", path, skip_host=True, skip_accept_encoding=True)
    for header, value in (("Host", name), ("User-Agent", AGENT), ("Accept", "*/*"), ("Connection", "close")):
        connection.putheader(header, value)
    connection.endheaders()
    response = connection.getresponse()
    return response.status, response.headers.get("Location", "")


def _hang_up(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


class _Limited(io.RawIOBase):
    """Reads from a socket, at most `MAX_BYTES`."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.left = MAX_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self.left <= 0:
            raise OSError("too much")
        taken = self.sock.recv_into(buffer, min(len(buffer), self.left))
        self.left -= taken
        return taken


class _Line:
    """What http.client asks of a socket."""

    def __init__(self, sock: socket.socket) -> None:
        self.sendall = sock.sendall
        self.close = sock.close
        self._sock = sock

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Limited(self._sock))


def _checked(address: str) -> tuple[SplitResult, str, int]:
    """The parts of an http or https address, the host as the net knows it. Raises NotPublic and ValueError."""
    url = urlsplit(address)
    if url.scheme not in PORTS or not url.hostname:
        raise NotPublic("not an http or https address")
    if url.username is not None or url.password is not None:
        raise NotPublic("with a user's name")
    port = url.port or PORTS[url.scheme][0]
    if port not in PORTS[url.scheme]:
        raise NotPublic(f"port {port}")
    host = url.hostname if ":" in url.hostname else url.hostname.encode("idna").decode()
    return url, host, port


def public(addresses: Sequence[str]) -> Sequence[str]:
    """The addresses, if all of them are public. Raises NotPublic, and OSError where there is none."""
    if not addresses:
        raise OSError("no address")
    for one in addresses:
        if not is_public(one):
            raise NotPublic("not a public address")
    return addresses


def is_public(address: str) -> bool:
    """Whether everybody may reach it: not private, local, shared, reserved, multicast; nor one of these in disguise."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        if inner := _inner(found):
            return is_public(str(inner))
        if found.is_site_local:
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for."""
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)
