"""The rulebook is published as it is tested, and every rule has an error that turns it red."""

import pytest

from tests.spec import engines, publishing, rules
from tests.spec.engines import WrongEngine
from tests.spec.specs import Spec

WRONG_ENGINES = engines.wrong_engines()


def test_the_committed_rulebook_is_what_the_tests_say() -> None:
    """The committed page equals what would be written from the spec tests."""
    assert publishing.RULEBOOK.read_text("utf-8") == publishing.rulebook(), (
        "docs/reference/rulebook.md is not what the spec tests say: "
        "write it anew with `python -m tests.spec.publishing`"
    )


def test_every_rule_is_one_sentence_and_has_one_test() -> None:
    """Each lettered number is stated by one test, whose docstring is one sentence."""
    lettered = [rule.lettered for rule in rules.all_rules()]
    assert len(lettered) == len(set(lettered))
    assert [rule.lettered for rule in rules.all_rules() if not rule.sentence.endswith(".")] == []


@pytest.mark.parametrize("wrong", WRONG_ENGINES, ids=lambda wrong: wrong.number)
def test_a_wrong_engine_turns_its_rule_red(wrong: WrongEngine) -> None:
    """With the error in it the engine fails at least one test of that rule, and does not crash."""
    engine = engines.with_error(wrong)
    failed = []
    for rule in rules.of_number(wrong.number):
        try:
            rule.test(Spec(engine))
        except AssertionError:
            failed.append(rule.lettered)
    assert failed, f"nothing notices that {wrong.error}"


def test_a_table_that_is_not_so_is_refused() -> None:
    """A stated result that differs from the engine's is refused, and both tables are shown."""
    spec = Spec(engines.reference())
    spec.law("""
        opens: [matter.opened]
        steps: [{id: answer, starts_when: episode_opened, met_by: answer.given}]
    """)
    spec.facts("""
        day        | kind
        2026-03-02 | matter.opened
    """)
    spec.tasks("2026-03-03", "step | status\nanswer | open")
    for wrong in ("step | status\nanswer | met", "step | status", "step\nanswer\nanswer"):
        with pytest.raises(AssertionError, match="stated:"):
            spec.tasks("2026-03-03", wrong)
    with pytest.raises(AssertionError):
        spec.nothing("2026-03-03")


def test_an_error_that_is_not_there_once_is_refused() -> None:
    """A wrong engine whose text does not occur exactly once in its module is not run."""
    wrong = WrongEngine(
        number="M0a",
        module="caseward.rules.facts.record",
        old="this text is nowhere",
        new="",
        error="nothing is changed",
    )
    with pytest.raises(LookupError, match="occurs 0 times"):
        engines.with_error(wrong)


def test_the_right_engine_is_untouched_by_the_wrong_ones() -> None:
    """Loading a wrong engine leaves the rules that everybody else uses as they were."""
    before = engines.reference().modules
    if WRONG_ENGINES:
        engines.with_error(WRONG_ENGINES[0])
    assert engines.Engine("again", engines._imported()).modules == before
