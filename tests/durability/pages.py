"""A person at a browser, as far as a proof needs one: opens pages and sends a form, and times both."""

import http.client
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
KEY = re.compile(r'name="key" value="([^"]+)"')


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back: its status (0: nothing at all), its text, where it leads, and how long it took."""

    status: int
    text: str = ""
    leads_to: str = ""
    seconds: float = 0


@dataclass(kw_only=True)
class Person:
    """Somebody with a browser of their own, at a server on this machine."""

    port: int
    patience: float = 20
    cookies: dict[str, str] = field(default_factory=dict)

    def open(self, path: str) -> Answer:
        """Open a page."""
        return self._ask("GET", path)

    def send(self, path: str, typed: dict[str, str]) -> Answer:
        """Send a form."""
        return self._ask("POST", path, urlencode(typed))

    def look_as(self, worker: str) -> Answer:
        """Choose whose eyes to look through, in a demonstration."""
        page = self.open("/look-as/")
        return self.send("/look-as/", {**hidden(page), "worker": worker})

    def _ask(self, method: str, path: str, body: str = "") -> Answer:
        began = time.monotonic()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        headers = {"Cookie": "; ".join(f"{name}={text}" for name, text in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            line.request(method, path, body or None, headers)
            answer = line.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException):
            return Answer(status=0, seconds=time.monotonic() - began)
        finally:
            line.close()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, kept = value.split(";", 1)[0].partition("=")
                self.cookies[cookie] = kept
        leads_to = answer.getheader("Location") or ""
        took = time.monotonic() - began
        return Answer(status=answer.status, text=text, leads_to=leads_to, seconds=took)


def hidden(page: Answer) -> dict[str, str]:
    """Return the token and the key that the form on a page carries."""
    found = {"csrfmiddlewaretoken": TOKEN.search(page.text), "key": KEY.search(page.text)}
    return {name: match.group(1) for name, match in found.items() if match}
