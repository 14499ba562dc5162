"""GitHub's API, as far as the comment needs it. The standard library alone."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPMessage, HTTPResponse
from typing import IO
from urllib.parse import quote, urlencode, urlsplit

from catalog.model import Json

TIMEOUT = 30
PER_PAGE = 100
MAX_PAGES = 30
MAX_ANSWER = 16 * 1024 * 1024


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The token is for the API alone, so nothing is followed unseen."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirect)


class Failed(Exception):
    """The API answered otherwise than expected; `status` 0: not at all."""

    def __init__(self, status: int, what: str) -> None:
        super().__init__(f"{what}: {status or 'no answer'}")
        self.status = status


@dataclass(frozen=True, slots=True)
class Api:
    """One repository through the API at `base`; every call raises `Failed`."""

    base: str
    token: str
    repository: str

    def get(self, path: str, **query: str | int) -> Json:
        return self._call("GET", path, None, **query)

    def post(self, path: str, body: Json) -> Json:
        return self._call("POST", path, body)

    def patch(self, path: str, body: Json) -> Json:
        return self._call("PATCH", path, body)

    def delete(self, path: str) -> None:
        self._call("DELETE", path, None)

    def all(self, path: str, **query: str | int) -> Iterator[Json]:
        """Every entry of a list, page by page."""
        for page in range(1, MAX_PAGES + 1):
            found = self.get(path, per_page=PER_PAGE, page=page, **query)
            yield from found
            if len(found) < PER_PAGE:
                return

    def download(self, path: str, most: int) -> bytes:
        """The file to which a path leads, without the token; at most so many bytes, else `Failed`."""
        address = f"{self.base}/repos/{self.repository}/{path}"
        try:
            with _open(self._request("GET", address, None)) as response:
                return _read(response, most, path)
        except urllib.error.HTTPError as error:
            with error:
                target = error.headers.get("Location", "")
            if error.code not in (301, 302, 303, 307, 308):
                raise Failed(error.code, path) from None
        if urlsplit(target).scheme != urlsplit(self.base).scheme:
            raise Failed(0, path)
        try:
            with _open(urllib.request.Request(target)) as response:
                return _read(response, most, path)
        except urllib.error.HTTPError as error:
            error.close()
            raise Failed(error.code, path) from None

    def _call(self, method: str, path: str, body: Json, **query: str | int) -> Json:
        address = f"{self.base}/repos/{self.repository}/{path}" + (f"?{urlencode(query)}" if query else "")
        try:
            with _open(self._request(method, address, body)) as response:
                data = _read(response, MAX_ANSWER, path)
                return json.loads(data) if data else None
        except urllib.error.HTTPError as error:
            error.close()
            raise Failed(error.code, f"{method} {path}") from None

    def _request(self, method: str, address: str, body: Json) -> urllib.request.Request:
        data = None if body is None else json.dumps(body).encode()
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": "2022-11-28",
            "User-Agent": "disclosure-catalog",
        }
        return urllib.request.Request(address, data=data, headers=headers, method=method)


def part(text: str) -> str:
    """A text as one part of a path."""
    return quote(text, safe="")


def _open(request: urllib.request.Request) -> HTTPResponse:
    try:
        response: HTTPResponse = _OPENER.open(request, timeout=TIMEOUT)
    except urllib.error.HTTPError:
        raise
    except OSError as error:
        raise Failed(0, f"{request.get_method()} {urlsplit(request.full_url).path} ({error})") from None
    return response


def _read(response: HTTPResponse, most: int, path: str) -> bytes:
    data = response.read(most + 1)
    if len(data) > most:
        raise Failed(0, f"{path} (larger than {most} bytes)")
    return data
