"""A procedure is sound: reachable, meetable, every outcome followed, nothing left hanging."""

import pytest

from caseward.rules.texts.problems import LawFileError
from tests.unit.checking import bad_laws, checkers, laws
from tests.unit.checking.bad_laws import BAD, Bad

# One rule of the checker taken out: the module, the line and what stands in its place, and the bad
# law that is then no longer told.
WITHOUT = {
    "an outcome with no next step": (
        "outcomes", "    if not says and not any(_is_heard(fact, rulebook) for fact in facts):",
        "    if False:",
    ),
    "an outcome that leads nowhere in the end": (
        "walked", "                if True in ends:", "                if False:",
    ),
    "an outcome of which nothing is said": (
        "outcomes", "        yield from _unlisted(place, machine, n)\n", "",
    ),
    "no usual outcome": (
        "outcomes", "if not any(one.usual for one in step.outcomes.values()):", "if False:",
    ),
    "two steps that wait for each other": (
        "reaching", "        if is_free.get(source, True):\n", "        if True:\n",
    ),
    "two steps that need each other first": (
        "soundness", "    yield from reaching.needs_each_other(place)\n", "",
    ),
    "a gate that opens only behind itself": (
        "machine", "        return mask & ~now.through != 0\n", "        return False\n",
    ),
    "a step that waits for a usual time to pass": (
        "machine", "BINDING = (Force.LAW, Force.MUST)", "BINDING = tuple(Force)",
    ),
    "a step whose conditions never come together": (
        "effects",
        "        if step.only_if is not None and not machine.asking.told(step.only_if, moment):",
        "        if False:",
    ),
    "a task that nothing can meet": (
        "soundness", "        elif not any(machine.meets(n, fact) for fact in machine.facts_for(n)):",
        "        elif False:",
    ),
    "a part that nothing can meet": (
        "soundness",
        "                if not any(machine.may_be(row, fact) for row in rows for fact in facts):",
        "                if False:",
    ),
    "a step left hanging at the end": (
        "courses", "        if not courses.machine.steps[n].outlives:", "        if False:",
    ),
    "a duty that comes again for ever": (
        "soundness", "        if step.every and step.outlives and step.while_ is None:",
        "        if False:",
    ),
    "a procedure that nothing ends": (
        "soundness", "        yield from _never_over(of)\n", "        pass\n",
    ),
    "a hold that nobody decides": (
        "soundness", "    yield from _undecided_hold(place, machine)\n", "",
    ),
}  # fmt: skip


def test_a_sound_procedure_is_left_alone() -> None:
    """Nothing is said of a procedure whose every outcome leads on to an end."""
    assert laws.said(laws.a_law(bad_laws.GOOD)).all == ""


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_what_is_wrong_is_told_with_its_line(bad: Bad) -> None:
    """Each thing wrong is named once with file, line and a sentence that a practitioner understands."""
    text = laws.a_law(bad.body)
    told = laws.said(text).errors
    fitting = [one for one in told if bad.sentence in one]
    assert len(fitting) == 1, told
    assert fitting[0].startswith(f"one.yaml, line {laws.line_of(text, bad.at)}: ")


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_a_checker_without_the_rule_does_not_tell(bad: Bad) -> None:
    """With its rule taken out the checker no longer says it: each test above can go red."""
    checker = checkers.with_error(*WITHOUT[bad.name])
    told = laws.said(laws.a_law(bad.body), checker=checker).errors
    assert not [one for one in told if bad.sentence in one]


def test_goes_on_says_that_what_is_open_goes_on() -> None:
    """An outcome after which the rest goes on is no dead end where the file says so."""
    body = bad_laws.departing("      more: {next: more}\n", "      more: {goes_on: true}\n")
    text = laws.a_law(body.replace(bad_laws.MORE, "").replace(bad_laws.SETTLE, ""))
    assert laws.said(text).all == ""


def test_an_outcome_may_lead_to_its_own_step() -> None:
    """A decision that is put off comes again, and leads on from there."""
    body = bad_laws.departing("      more: {next: more}\n", "      more: {next: decide}\n")
    assert (
        laws.said(laws.a_law(body.replace(bad_laws.MORE, "").replace(bad_laws.SETTLE, ""))).all
        == ""
    )


def test_another_procedure_may_follow() -> None:
    """An outcome may lead on to another procedure, which must be there."""
    body = bad_laws.departing("      more: {next: more}\n", "      more: {procedure: other}\n")
    one = laws.a_law(body.replace(bad_laws.MORE, "").replace(bad_laws.SETTLE, ""))
    assert "leads on to the procedure “other”, which there is not" in laws.said(one).all
    other = laws.a_law(bad_laws.GOOD, procedure="other")
    assert laws.said(one, other).all == ""


def test_what_another_procedure_owes_may_be_waited_for() -> None:
    """A step may wait for a fact that a step of another procedure brings about."""
    one = laws.a_law(
        bad_laws.with_step(
            "{id: write, duty: Write the file., starts_when: answer.given, met_by: file.sent}"
        )
    )
    assert laws.said(one).all == ""


def test_steps_behind_a_ring_are_named_with_it() -> None:
    """What waits for two steps that wait for each other is told with them, not again by itself."""
    ring = next(bad for bad in BAD if bad.name == "two steps that wait for each other")
    text = laws.a_law(
        f"{ring.body}  - {{id: tell, duty: Tell., starts_when: file.sent, met_by: notice.given}}"
    )
    told = laws.said(text).errors
    assert len(told) == 1
    assert "Neither, then, does “Tell”." in told[0]


def test_a_look_back_must_be_named() -> None:
    """`may_precede` without a look-back is refused (M13)."""
    body = bad_laws.departing("met_by: request.made}", "met_by: request.made, may_precede: {}}")
    with pytest.raises(LawFileError) as told:
        laws.said(laws.a_law(body))
    assert "“may_precede” does not say how far back." in str(told.value)


def test_every_course_of_a_small_procedure_is_gone_through() -> None:
    """The search of a small procedure reaches its end and says how much it looked at."""
    report = laws.said(laws.a_law(bad_laws.GOOD)).report
    assert report.cut_short == ()  # type: ignore[attr-defined]
    assert report.n_situations > 20  # type: ignore[attr-defined]
