"""Every page: no fault that axe knows, nothing it could not tell unlooked at, no sideways scroll."""

from collections.abc import Callable

import pytest

from tests.journeys import browsers
from tests.journeys.authority import Authority
from tests.journeys.browsers import DESK, PHONE, Visitor
from tests.journeys.conftest import Visits

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def addresses(known: Authority) -> tuple[str, ...]:
    """Return one address of every kind of page that a link leads to."""
    amber = f"/children/{known.children['amber']}/"
    return (
        "/look-as/",
        "/",
        "/children/",
        "/children/?words=nobody",
        "/children/add/",
        amber,
        f"{amber}timeline/",
        f"{amber}as-it-stood/",
        f"{amber}as-it-stood/?as_of=2026-02-20&known=then",
        f"{amber}people/",
        f"{amber}people/add/",
        f"{amber}procedures/looked_after_reviews/",
        "/procedures/",
        "/procedures/compare/",
        "/procedures/compare/?one=discharge_of_care_order&other=looked_after_reviews",
        "/worklists/",
        "/worklists/?whose=all&when=overdue&step=looked_after_reviews",
        "/worklists/?whose=all&procedure=discharge_of_care_order",
        "/worklists/?whose=role",
        "/worklists/?whose=team",
        "/worklists/calendar/?whose=all",
        "/search/?find=amber",
        "/search/?find=nobody+at+all",
        f"{amber}record/",
        f"{amber}record/?words=meeting",
        f"{amber}record/visit.made/",
        f"{amber}record/discharge_meeting.held/",
        f"{amber}record/discharge_meeting.arranged/",
        f"{amber}record/kinship_carer.put_forward/",
        "/procedures/independent_oversight/",
        "/nowhere/",
    )


def how_worked_out(person: Visitor, known: Authority) -> None:
    """Go to how a date was worked out."""
    person.open(f"/children/{known.children['amber']}/")
    person.follow("How this date was worked out")


def correct(person: Visitor, known: Authority) -> None:
    """Go to the form that corrects an entry, with its mistakes showing."""
    person.open(f"/children/{known.children['amber']}/")
    person.page.get_by_role("link", name="Correct Looked-after review held").first.click()
    person.press("Save the correction")


def withdraw(person: Visitor, known: Authority) -> None:
    """Go to withdrawing an entry."""
    person.open(f"/children/{known.children['amber']}/")
    person.page.get_by_role("link", name="Withdraw Looked-after review held").first.click()


def check_before_saving(person: Visitor, known: Authority) -> None:
    """Go to what saving would change."""
    person.open(f"/children/{known.children['amber']}/record/strategy_discussion.held/")
    person.fill("When did it happen?", "1/3/2026")
    person.press("Save")


def people_involved(person: Visitor, known: Authority) -> None:
    """Go to what changed about a person who must not meet another."""
    for name in ("Mother Example", "Father Example"):
        person.open(f"/children/{known.children['amber']}/people/add/")
        person.fill("Full name", name)
        person.fill("What are they to the child?", name.split(maxsplit=1)[0])
        if name == "Father Example":
            person.choose("Whom must they not meet?", "Mother Example")
        person.press("Add this person")
    assert browsers.faults(person.page) == []
    person.follow("Change what is said of Mother Example")
    person.press("Save")


def saved(person: Visitor, known: Authority) -> None:
    """Go to a child's page that says what was saved."""
    person.open(f"/children/{known.children['amber']}/record/visit.made/")
    person.fill("When did it happen?", "27/2/2026")
    person.choose("Was the child seen?", "Yes")
    person.press("Save")


PLACES: tuple[Callable[[Visitor, Authority], None], ...] = (
    how_worked_out,
    correct,
    withdraw,
    check_before_saving,
    people_involved,
    saved,
)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_page_has_a_fault(visits: Visits, known: Authority, width: int) -> None:
    """No rule of axe is switched off, at a phone's width and at a desk's."""
    person = visits(width=width)
    found: dict[str, list[str]] = {}
    person.look_as("Social worker (north)")
    for path in addresses(known):
        person.open(path)
        found[path] = browsers.faults(person.page)
    for go in PLACES:
        go(person, known)
        found[go.__name__] = browsers.faults(person.page)
    assert {place: faults for place, faults in found.items() if faults} == {}


def test_control_a_faulty_page_is_found(visits: Visits) -> None:
    """The check goes red on a picture without words, a dangling id, pale text and a wide page."""
    person = visits()
    person.look_as("Social worker (north)")
    person.page.evaluate(
        """() => document.querySelector('main').innerHTML =
            '<h1>x</h1><img src="/static/caseward/mark.svg"><p id="pale">pale</p>'
            + '<input aria-label="y" aria-describedby="nobody">'
            + '<pre id="wide">' + 'wide '.repeat(600) + '</pre>'"""
    )
    person.page.evaluate("() => { document.getElementById('pale').style.color = '#ccc' }")
    words = " ".join(browsers.faults(person.page))
    for fault in (
        "axe image-alt",
        "axe color-contrast",
        "names no element: nobody",
        "wide and the",
    ):
        assert fault in words
