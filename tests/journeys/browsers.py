"""A person at a browser: what they read and press, and what no page may do to them."""

from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
PHONE, DESK = 320, 1280
# What axe cannot decide by itself, and in which part of a page alone it was looked at by eye:
# numbers over the hatched days of a calendar (6.3 to 1 on the darker stripe, 12 to 1 on a
# holiday's), and MOJ's date picker, whose button names a dialog that is in the page.
LOOKED_AT = {"color-contrast": "cw-month", "aria-valid-attr-value": "moj-datepicker"}


@dataclass(slots=True, kw_only=True)
class Visitor:
    """One person's browser on one width, with or without JavaScript."""

    page: Page
    address: str
    width: int
    has_javascript: bool
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> int:
        """Open a page and return its status."""
        response = self.page.goto(self.address + path)
        if response is None:
            raise AssertionError(f"{path} gave no answer")
        self.page.wait_for_load_state("load")
        return response.status

    def look_as(self, name: str) -> None:
        """Choose whose eyes to use."""
        self.open("/look-as/")
        self.press(f"Look as {name}")

    def press(self, words: str) -> None:
        """Press the button that says so."""
        self.page.get_by_role("button", name=words, exact=True).first.click()
        self.page.wait_for_load_state("load")

    def follow(self, words: str) -> None:
        """Follow the link that says so."""
        self.page.get_by_role("link", name=words).first.click()
        self.page.wait_for_load_state("load")

    def find(self, words: str) -> None:
        """Type into the box above every page that finds children and people, and press its button."""
        self.page.get_by_label("Find a child or a person").first.fill(words)
        self.press("Find")

    def fill(self, label: str, text: str) -> None:
        """Type into the box with that label in the main part of the page."""
        self.page.locator("main").get_by_label(label).first.fill(text)

    def choose(self, question: str, answer: str) -> None:
        """Choose an answer of the question's buttons, or of its list."""
        group = self.page.locator("main").get_by_role("group", name=question)
        if group.count():
            group.first.get_by_label(answer, exact=True).check()
        else:
            self.page.locator("main").get_by_label(question).first.select_option(label=answer)

    def reads(self) -> str:
        """Return the words in the main part of the page, spaces evened out."""
        return " ".join(self.page.locator("main").inner_text().split())

    def goes_to(self) -> str:
        """Return the id that the last link within the page led to: its target, or what has focus."""
        return str(
            self.page.evaluate("() => location.hash.slice(1) || document.activeElement.id || ''")
        )

    def heading(self) -> str:
        """Return the page's heading."""
        return " ".join(self.page.locator("h1").inner_text().split())


def visitor(browser: Browser, address: str, *, width: int, has_javascript: bool) -> Visitor:
    """Return somebody with a browser of their own: cookies and all."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=has_javascript
    )
    context.set_default_timeout(4_000)
    page = context.new_page()
    found = Visitor(page=page, address=address, width=width, has_javascript=has_javascript)
    page.on("pageerror", lambda error: found.complaints.append(f"script: {error}"))
    page.on("console", lambda said: _note(found, said))
    return found


def faults(page: Page) -> list[str]:
    """Return everything wrong with how a page can be used, in sentences; no rule is switched off."""
    answer: dict[str, Any] = Axe().run(page).response
    found = [
        f"axe {rule['id']}: {rule['help']}: {rule['nodes'][0]['html'][:160]}"
        for rule in answer["violations"]
    ]
    found += [
        f"axe could not tell {rule['id']}: {node['html'][:160]}"
        for rule in answer["incomplete"]
        for node in rule["nodes"]
        if LOOKED_AT.get(rule["id"], "nowhere") not in f"{node['target']} {node['html']}"
    ]
    return found + dangling_ids(page) + too_wide(page)


def dangling_ids(page: Page) -> list[str]:
    """Return every aria-describedby, -labelledby or -controls that names no element (axe is silent)."""
    names = page.evaluate(
        """() => ["aria-describedby", "aria-labelledby", "aria-controls", "data-aria-controls"].flatMap(
            (name) => [...document.querySelectorAll(`[${name}]`)].flatMap(
                (element) => element.getAttribute(name).split(/\\s+/)
                    .filter((id) => id && !document.getElementById(id))
                    .map((id) => `${name} names no element: ${id}`)))"""
    )
    return [str(name) for name in names]


def too_wide(page: Page) -> list[str]:
    """Return a sentence where the page must be scrolled sideways (WCAG 1.4.10)."""
    wide, seen = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    return [f"the page is {wide} wide and the window {seen}"] if wide > seen else []


def _note(found: Visitor, said: Any) -> None:
    # A refused form and a page not found are meant; the browser notes their status as an error.
    if said.type == "error" and "the server responded with a status of 4" not in said.text:
        found.complaints.append(f"console: {said.text}")
