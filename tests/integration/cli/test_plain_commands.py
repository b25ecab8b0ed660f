"""`tasks`, `explain` and `forecast` on a plain file: answers without any set-up."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.cli.asking import CHILD_A, a_file, caseward

MEETING = "A  W5.meeting  2025-12-29  district_manager  open"


def rows(path: Path, *words: object) -> dict[str, dict[str, object]]:
    """Return the tasks that are printed as JSON, the last of each step."""
    said = caseward("tasks", path, "--json", *words)
    assert said.code == 0, said.err
    return {task["step"]: task for task in said.json["tasks"]}


def test_lines_say_what_is_due(tmp_path: Path) -> None:
    """One line a task: the child, the step, the day, whose it is, and how it stands."""
    said = caseward("tasks", a_file(tmp_path), "--as-of", "2025-12-10")
    assert said.code == 0
    assert MEETING in said.out.splitlines()
    late = caseward("tasks", a_file(tmp_path), "--as-of", "2025-12-30")
    assert f"{MEETING} (late)" in late.out.splitlines()


def test_a_national_duty_is_told_by_the_local_line_that_stands_for_it(tmp_path: Path) -> None:
    """The local first review of 15 working days has a line, the national one of 20 only in `--all`."""
    text = (
        "child,kind,occurred_on,fields,born_on\n"
        'A,looked_after.began,2026-03-02,"{""reason"": ""S""}",2020-05-01\n'
    )
    path = a_file(tmp_path, text)
    short = caseward("tasks", path, "--as-of", "2026-03-03")
    assert short.code == 0, short.err
    assert "A  P23.review  2026-03-23" in short.out
    assert "A  review  " not in short.out
    assert "A  review  2026-03-30" in caseward("tasks", path, "--as-of", "2026-03-03", "--all").out


def test_a_date_whose_rule_was_not_read_says_so(tmp_path: Path) -> None:
    """The line of a health assessment is marked, a review's is not, and the document says it too."""
    facts = "child,kind,occurred_on,born_on\nA,looked_after.began,2025-12-01,2015-03-05\n"
    asked = ("--as-of", "2025-12-02")
    lines = caseward("tasks", a_file(tmp_path, facts), *asked).out.splitlines()
    (health,) = [line for line in lines if "health_first" in line]
    assert health.endswith("(rule not verified)")
    told = rows(a_file(tmp_path, facts), *asked)
    said = {step: told[step]["is_unverified"] for step in ("health_first", "P23.review")}
    assert said == {"health_first": True, "P23.review": False}
    explained = caseward("explain", a_file(tmp_path, facts), "A", "health_first", *asked).out
    assert "This rule has not been checked against its source." in explained


def test_a_line_says_the_usual_day_and_what_is_measured_only(tmp_path: Path) -> None:
    """A usual time is no last day; what was due before the first day here is asked of nobody."""
    facts = "child,kind,occurred_on,born_on\nA,looked_after.began,2025-03-03,2015-03-05\n"
    settings = a_file(tmp_path, '{"first_day": "2025-12-01"}', name="s.json")
    asked = ("--as-of", "2025-12-02", "--settings", settings)
    lines = caseward("tasks", a_file(tmp_path, facts), *asked).out.splitlines()
    (health,) = [line for line in lines if "health_first" in line]
    assert health.endswith("measured only)")
    usual = [line for line in lines if "  usually 20" in line]
    assert usual
    assert not any("(late" in line for line in usual)


def test_without_a_day_it_is_today(tmp_path: Path) -> None:
    """The day asked about is today where none is named."""
    said = caseward("tasks", a_file(tmp_path), "--json")
    assert said.json["as_of"] == "2026-03-02"


def test_nothing_due_is_said(tmp_path: Path) -> None:
    """An empty answer says so, and as JSON it is an empty list."""
    before = ("tasks", a_file(tmp_path), "--as-of", "2020-01-01")
    assert caseward(*before).out == "Nothing is due.\n"
    assert caseward(*before, "--json").json["tasks"] == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--child", "NOBODY"), "says nothing of a child 'NOBODY'."),
        (("--procedure", "nonsense"), "There is no procedure 'nonsense'."),
    ],
)
def test_what_is_not_there_is_not_called_nothing_due(
    tmp_path: Path, words: tuple[str, str], sentence: str
) -> None:
    """Asked of an unknown child or procedure, "nothing is due" would be a false answer."""
    said = caseward("tasks", a_file(tmp_path), *words)
    assert said.code != 0
    assert sentence in said.err
    assert said.out == ""


def test_known_at_leaves_out_what_was_recorded_later(tmp_path: Path) -> None:
    """The ratification was recorded on 9 December: on the 8th nobody knew of the meeting's clock."""
    file = a_file(tmp_path)
    assert "W5.meeting" not in rows(file, "--as-of", "2025-12-10", "--known-at", "2025-12-08")
    assert "W5.meeting" in rows(file, "--as-of", "2025-12-10", "--known-at", "2025-12-09")
    assert "W5.meeting" not in rows(file, "--as-of", "2025-12-10", "--known-at", "2025-12-09T08:59")


def test_json_lines_say_the_same(tmp_path: Path) -> None:
    """The two forms of the file give the same answer."""
    form = [
        {
            "child": "A", "kind": "looked_after.began", "occurred_on": "2024-03-04",
            "fields": {"reason": "S"}, "id": "began", "born_on": "2012-05-01",
        },
        {
            "child": "A", "kind": "legal_status.began", "occurred_on": "2024-03-04",
            "fields": {"status": "C2"}, "id": "order",
        },
        {
            "child": "A", "kind": "looked_after_review.held", "occurred_on": "2025-12-04",
            "outcome": "discharge_supported", "id": "review", "recorded_at": "2025-12-05T09:00",
        },
        {
            "child": "A", "kind": "review_decision.ratified", "occurred_on": "2025-12-04",
            "id": "ratified", "recorded_at": "2025-12-09T09:00",
        },
    ]  # fmt: skip
    text = "".join(json.dumps(row) + "\n" for row in form)
    lines_file = a_file(tmp_path, text, name="facts.jsonl")
    assert rows(lines_file) == rows(a_file(tmp_path))


def test_order_of_rows_says_nothing(tmp_path: Path) -> None:
    """The same facts in another order give the same answer."""
    head, *facts = CHILD_A.splitlines(keepends=True)
    said = caseward("tasks", a_file(tmp_path), "--json").out
    turned = a_file(tmp_path, head + "".join(reversed(facts)), name="turned.csv")
    assert caseward("tasks", turned, "--json").out == said


def test_one_child_and_one_procedure(tmp_path: Path) -> None:
    """`--child` and `--procedure` narrow the answer; `--all` adds what is over."""
    second = "B,looked_after.began,2024-03-04,,,b1,,2011-01-01\n"
    file = a_file(tmp_path, CHILD_A + second)
    words = ("tasks", file, "--as-of", "2025-12-10")
    assert {line[0] for line in caseward(*words).out.splitlines()} == {"A", "B"}
    assert {line[0] for line in caseward(*words, "--child", "B").out.splitlines()} == {"B"}
    narrowed = caseward(*words, "--procedure", "discharge_of_care_order", "--json").json["tasks"]
    assert {task["procedure"] for task in narrowed} == {"discharge_of_care_order"}
    assert "  met" not in caseward(*words).out
    assert "A  review  2024-04-03  iro  met" in caseward(*words, "--all").out


def test_another_calendar(tmp_path: Path) -> None:
    """`--calendar` counts with another list of bank holidays: Boxing Day as any Friday."""
    shipped = Path(sys.modules["caseward"].__file__ or "").parent / "law" / "calendars"
    text = (shipped / "england_and_wales.yaml").read_text("utf-8")
    kept = [line for line in text.splitlines(keepends=True) if "2025-12-26" not in line]
    assert len(kept) == len(text.splitlines()) - 1
    calendar = a_file(tmp_path, "".join(kept), name="calendar.yaml")
    file = a_file(tmp_path)
    assert rows(file, "--as-of", "2025-12-10")["W5.meeting"]["due"] == "2025-12-29"
    assert rows(file, "--calendar", calendar)["W5.meeting"]["due"] == "2025-12-26"


LAW = """\
procedure: small
title: A small procedure
authority: somewhere
source: {document: A procedure}
editions:
  - in_force_from: "2010-01-01"
    opens: [looked_after.began]
    closes: [looked_after.ended]
    steps:
      - id: greet
        duty: Greet the child.
        owner: social_worker
        starts_when: episode_opened
        met_by: visit.made
        limits: [{count: setting.greeting_days, unit: days}]
        source: "§1"
"""
SETTINGS = """\
procedure: small
settings:
  greeting_days: {title: Days to greet, default: 3, says: The document is silent.}
"""


@pytest.fixture
def law(tmp_path: Path) -> Path:
    """A folder with one procedure of an authority's own, and its setting."""
    folder = tmp_path / "law"
    (folder / "settings").mkdir(parents=True)
    a_file(folder, LAW, name="small.yaml")
    a_file(folder / "settings", SETTINGS, name="small.yaml")
    return folder


def test_another_folder_of_law(tmp_path: Path, law: Path) -> None:
    """`--law` reads an authority's own procedures instead of the shipped ones."""
    found = rows(a_file(tmp_path), "--law", law)
    assert set(found) == {"greet"}
    assert found["greet"]["due"] == "2024-03-07"


def test_settings_of_the_authority(tmp_path: Path, law: Path) -> None:
    """`--settings` gives the authority's own values, closures, adoption and first day."""
    file = a_file(tmp_path)
    chosen = a_file(tmp_path, '{"greeting_days": 5}', name="s.json")
    assert rows(file, "--law", law, "--settings", chosen)["greet"]["due"] == "2024-03-09"
    closed = a_file(tmp_path, '{"closures": {"2025-12-24": "Offices closed"}}', name="s.json")
    assert rows(file, "--settings", closed)["W5.meeting"]["due"] == "2025-12-30"
    one = a_file(tmp_path, '{"adopted": {"looked_after_reviews": "2015-01-01"}}', name="s.json")
    assert {task["procedure"] for task in rows(file, "--settings", one).values()} == {
        "looked_after_reviews"
    }
    assert rows(file)["W3.plan"]["is_listed"] is True
    reviews = '{"first_day": "2025-12-01", "adopted": {"looked_after_reviews": "2015-01-01"}}'
    first = a_file(tmp_path, reviews, name="s.json")
    listed = caseward("tasks", file, "--json", "--settings", first).json["tasks"]
    assert {task["is_listed"] for task in listed if task["step"] == "review"} == {True, False}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "it is not JSON"),
        ("[1]", "it must be one JSON object"),
        ('{"greeting_dais": 5}', "speaks of a setting “greeting_dais”. Did you mean “greeting_days”?"),
        ('{"greeting_days": true}', "“greeting_days” must be a whole number or a text"),
        ('{"greeting_days": 5, "greeting_days": 6}', "“greeting_days” stands there twice"),
        ('{"first_day": "31/12/2025"}', "“first_day”: '31/12/2025' is not a date like 2026-03-31"),
        ('{"adopted": {"smal": "2020-01-01"}}', "“smal”, which is no procedure. Did you mean “small”?"),
        ('{"adopted": ["small"]}', "“adopted” must name procedures, each with its day"),
        ('{"closures": {"2025-02-30": "x"}}', "'2025-02-30' is not a date like 2026-03-31"),
    ],
)  # fmt: skip
def test_wrong_settings_are_refused(tmp_path: Path, law: Path, text: str, sentence: str) -> None:
    """A setting that nothing knows, or that cannot be, is told by its name (exit 3)."""
    file = a_file(tmp_path, text, name="s.json")
    said = caseward("tasks", a_file(tmp_path), "--law", law, "--settings", file)
    assert (said.code, said.out) == (3, "")
    assert sentence in said.err
    assert str(file) in said.err


def test_explain_says_how_a_date_came_about(tmp_path: Path) -> None:
    """The fact, the rule, the days that did not count: in sentences."""
    said = caseward("explain", a_file(tmp_path), "A", "W5.meeting", "--as-of", "2025-12-10")
    assert said.code == 0
    assert "15 working days from Looked-after review held" in said.out
    assert "by Mon 29 December 2025" in said.out
    assert "Thu 25 December 2025, Christmas Day; Fri 26 December 2025, Boxing Day" in said.out
    assert said.out.endswith("\n")
    as_json = caseward(
        "explain", a_file(tmp_path), "A", "W5.meeting", "--as-of", "2025-12-10", "--json"
    ).json
    assert [row["step"] for row in as_json["explanations"]] == ["W5.meeting"]
    assert "\n".join(as_json["explanations"][0]["sentences"]) == said.out.strip("\n")


@pytest.mark.parametrize("command", [("explain", "B", "W5.meeting"), ("forecast", "B")])
def test_a_child_that_the_file_does_not_name(tmp_path: Path, command: tuple[str, ...]) -> None:
    """Asking for another child is told, never answered with nothing (exit 4)."""
    name, *words = command
    said = caseward(name, a_file(tmp_path), *words)
    assert said.code == 4
    assert "says nothing of a child 'B'. Name one that it has." in said.err


def test_explain_of_a_step_that_does_not_fall(tmp_path: Path) -> None:
    """A step that does not fall on the child is told, with those that do (exit 4)."""
    said = caseward("explain", a_file(tmp_path), "A", "W99", "--as-of", "2025-12-10")
    assert said.code == 4
    assert "The step W99 does not fall on the child A by 2025-12-10. Steps that do: " in said.err
    assert "W5.meeting" in said.err


def test_forecast_says_how_it_would_go_on(tmp_path: Path) -> None:
    """Each step on its day, each decision as usual, and what was assumed."""
    words = ("forecast", a_file(tmp_path), "A", "--as-of", "2025-12-10")
    said = caseward(*words, "--procedure", "discharge_of_care_order")
    assert said.code == 0
    assert "Mon 29 December 2025  Discharge Meeting held (Discharge agreed), if it" in said.out
    assert "Looked-after reviews" not in said.out
    as_json = caseward(*words, "--json").json
    assert {row["procedure"] for row in as_json["episodes"]} >= {"discharge_of_care_order"}


def test_forecast_reaches_as_far_as_asked(tmp_path: Path) -> None:
    """Reviews come round up to the day named; more than two years is refused (exit 2)."""
    words = ("forecast", a_file(tmp_path), "A", "--as-of", "2025-12-10", "--json")
    near, far = (
        next(
            row["recurring"]
            for row in caseward(*words, "--until", until).json["episodes"]
            if row["procedure"] == "looked_after_reviews"
        )
        for until in ("2026-06-30", "2027-06-30")
    )
    assert len(near) < len(far)
    assert max(row["on"] for row in far) <= "2027-06-30"
    refused = caseward(*words, "--until", "2028-01-01")
    assert refused.code == 2
    assert "reaches from that day to 2027-12-11, not 2028-01-01" in refused.err


def test_no_set_up_and_no_framework(tmp_path: Path, cache: Path) -> None:
    """The commands on plain files import neither Django nor a database, and need no home."""
    program = (
        "import sys\n"
        "from caseward.interfaces.cli import program\n"
        "code = program.main(sys.argv[1:])\n"
        "heavy = {'django', 'psycopg', 'pysqlite3', 'sqlite3', 'rich', 'yaml', 'gunicorn'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
        "sys.exit(code)\n"
    )
    file = a_file(tmp_path)
    caseward("tasks", file)  # so that the law has been parsed once
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "XDG_CACHE_HOME": str(cache),
    }
    for words in (["tasks"], ["explain"], ["forecast"]):
        more = {"tasks": [], "explain": ["A", "W5.meeting"], "forecast": ["A"]}[words[0]]
        ran = subprocess.run(
            [sys.executable, "-c", program, *words, str(file), *more, "--as-of", "2025-12-10"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert (ran.returncode, ran.stderr) == (0, "[]\n"), ran.stderr
        assert "W5.meeting" in ran.stdout or "29 December 2025" in ran.stdout
    assert not (tmp_path / ".caseward").exists()
