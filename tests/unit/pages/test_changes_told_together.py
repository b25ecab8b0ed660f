"""Changes of which the same is said are told once, and each can still be seen by name."""

from caseward.work.readings import alike
from caseward.work.readings.shapes import Change, ChangeCode

MOVED = "due Thu 18 December 2025, was 15 December 2025"


def change(
    what: str,
    said: str = MOVED,
    *,
    code: ChangeCode = "moves",
    child: str = "one",
    task: str = "",
    whole: str = "",
) -> Change:
    """Return one change of a task."""
    return Change(
        code=code,
        child_id=child,
        child_name=f"Child {child}",
        task_id=task or what,
        words=f"{what}: {said}.",
        what=what,
        said=said,
        whole_id=whole,
    )


def test_the_papers_of_one_meeting_move_as_one() -> None:
    """The whole leads, its parts are counted and named beneath."""
    parts = [change(name, whole="pack") for name in ("Chronology", "Report", "Plan")]
    groups = alike.together([change("Give the papers", task="pack"), *parts])
    assert [group.words for group in groups] == [f"Give the papers, with 3 parts: {MOVED}."]
    assert groups[0].names == ("Chronology", "Report", "Plan")


def test_one_duty_towards_several_is_told_by_its_own_words() -> None:
    """Three reports asked of three people are one line that names all three."""
    names = ("Ask for a report: school", "Ask for a report: health", "Ask for a report: carer")
    groups = alike.together([change(name) for name in names])
    assert [group.words for group in groups] == [f"Ask for a report (3 times): {MOVED}."]
    assert groups[0].names == names


def test_several_duties_alike_are_counted_as_tasks() -> None:
    """Where no duty leads, their number does."""
    groups = alike.together([change("One"), change("Two"), change("Three"), change("Four")])
    assert groups[0].words == f"4 tasks: {MOVED}."


def test_two_alike_or_otherwise_told_stand_by_themselves() -> None:
    """Few are read as fast one by one; another child's are never told with them."""
    groups = alike.together([change("One"), change("Two"), change("One", child="two")])
    assert [group.names for group in groups] == [(), (), ()]
    assert [group.child_name for group in groups] == ["Child one", "Child one", "Child two"]


def test_what_happens_to_a_procedure_is_never_gathered() -> None:
    """A sentence of its own stays one, however many there are."""
    told = [
        Change(code="opens", child_id="one", child_name="", task_id="", words=f"{name} begins.")
        for name in ("A", "B", "C")
    ]
    assert [group.words for group in alike.together(told)] == [
        "A begins.",
        "B begins.",
        "C begins.",
    ]
