"""The commands on a store: what each says, and how each refuses."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from caseward.interfaces.cli import exits
from caseward.record.ledger import maintenance, queries
from caseward.work import entries
from tests.builders import stores
from tests.integration.cli.asking import Said, a_file, caseward
from tests.strictness import FrozenClock

HEADER = b"CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1001,2,01/05/2012,WBRI,,,\n"
EPISODES = (
    b"CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
    b"1001,04/03/2024,S,C2,N1,U1,PR1,,,,,,\n"
)
REVIEWS = (
    b"CHILD,DOB,REVIEW,REVIEW_CODE\n1001,01/05/2012,28/03/2024,PN1\n"
    b"1001,01/05/2012,31/02/2025,PN1\n"
)
on_both = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def _quiet_about_what_tests_change(settings: Settings) -> None:
    """Tests put an object where templates expect a text, which Django's check would refuse.

    And their own PostgreSQL trades safety for speed, which Caseward would refuse to open.
    """
    silenced = ["templates.E002", "caseward.E007"]
    settings.SILENCED_SYSTEM_CHECKS = [*settings.SILENCED_SYSTEM_CHECKS, *silenced]


@pytest.fixture
def home(settings: Settings, tmp_path: Path) -> Path:
    """A home of the test's own for signed heads."""
    settings.CASEWARD_HOME = tmp_path / "home"
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A return of one child, one of whose reviews has a day that does not exist."""
    place = tmp_path / "return"
    place.mkdir()
    for name, content in [
        ("header.csv", HEADER), ("episodes.csv", EPISODES), ("reviews.csv", REVIEWS),
    ]:  # fmt: skip
        a_file(place, content, name=name)
    return place


def imported(folder: Path, *words: object) -> Said:
    """Import the return."""
    return caseward("import", folder, *words)


@on_both
def test_adopt_puts_the_shipped_law_to_use() -> None:
    """National procedures always, local ones when named; again changes nothing that is due."""
    said = caseward("adopt", "discharge_of_care_order", "--from", "2026-01-01")
    assert (said.code, said.err) == (0, "")
    assert "looked_after_reviews" in said.out
    rulebook = entries.rulebook_at(on=stores.TODAY)
    adopted = {one.procedure: one.adopted_from for one in rulebook.adopted or ()}
    assert adopted["discharge_of_care_order"].isoformat() == "2026-01-01"
    assert adopted["looked_after_reviews"].year < 2020


@on_both
def test_a_procedure_is_given_up() -> None:
    """Looked at first, then done; given up twice it says since when it is."""
    stores.a_store().with_child()
    caseward("adopt", "discharge_of_care_order")
    words = ("adopt", "--give-up", "discharge_of_care_order", "--from", "2030-01-01")
    looked = caseward(*words, "--preview")
    assert "something for 0 children" in looked.out
    said = caseward(*words)
    assert (said.code, said.out.split(".")[0]) == (0, "Given up")
    again = caseward(*words)
    assert again.code != 0
    assert "It was given up already, from Tue 1 January 2030 on." in again.err


@on_both
def test_adopt_of_a_procedure_that_is_not_there() -> None:
    """An unknown name adopts nothing and names what there is (exit 3)."""
    before = queries.head()
    said = caseward("adopt", "discharge_of_car")
    assert said.code == 3
    assert "There is no local procedure discharge_of_car." in said.err
    assert "discharge_of_care_order" in said.err
    assert queries.head() == before


@on_both
def test_import_accounts_for_every_row(folder: Path) -> None:
    """Refused rows with file, row, column and reason; then totals that add up."""
    stores.a_store()
    said = imported(folder)
    assert said.code == 0
    first, *_ = said.out.splitlines()
    assert first == (
        "reviews.csv, row 3, REVIEW: '31/02/2025' is not a day of the calendar. "
        "Write it as day/month/year."
    )
    assert "reviews.csv            2         1         0         0         0         1" in said.out
    assert said.out.endswith("1 new child, 7 entries recorded.\n")


@on_both
def test_import_as_json(folder: Path) -> None:
    """The whole report, machine-readable; a trial says the same and writes nothing."""
    stores.a_store()
    before = queries.head()
    trial = imported(folder, "--trial", "--json")
    assert queries.head() == before
    said = imported(folder, "--json")
    assert trial.json == said.json
    assert queries.head() != before
    assert said.json["totals"][2] == {
        "file": "reviews.csv", "read": 2, "accepted": 1, "duplicate": 0, "changed": 0,
        "conflict": 0, "refused": 1, "nothing": 0,
    }  # fmt: skip
    assert said.json["refused"][0]["code"] == "date"
    assert said.json["children"] == {"new": 1, "touched": 1}


@on_both
def test_an_import_that_cannot_be_is_refused(folder: Path, tmp_path: Path) -> None:
    """UTF-16, a missing Header or folder: nothing goes in (exit 5)."""
    stores.a_store()
    before = queries.head()
    a_file(folder, HEADER.decode().encode("utf-16"), name="header.csv")
    utf16 = imported(folder)
    (folder / "header.csv").unlink()
    for said, sentence in [
        (utf16, "header.csv is saved as UTF-16"),
        (imported(folder), "There is no Header file (header.csv)"),
        (imported(tmp_path / "nowhere"), "is not there, or is neither a file nor a folder."),
    ]:
        assert (said.code, said.out) == (5, "")
        assert sentence in said.err
    assert queries.head() == before


@on_both
def test_import_before_anything_is_adopted(folder: Path) -> None:
    """A store without law refuses the import in a sentence, and nothing goes in (exit 6)."""
    said = imported(folder)
    assert said.code == 6
    assert "caseward adopt" in said.err
    assert queries.head().position == 0


@on_both
def test_store_and_plain_file_have_the_same_tasks(folder: Path, tmp_path: Path) -> None:
    """What was imported is due on the command line as it is from the plain file of the return."""
    stores.a_store(law=[stores.REVIEWS])
    imported(folder)
    plain = tmp_path / "plain.csv"
    assert caseward("import", folder, "--plain", plain, "--json").code == 0
    chosen = {"adopted": {"looked_after_reviews": stores.LAW_FROM}, "first_day": "2026-03-02"}
    settings = a_file(tmp_path, json.dumps(chosen), name="s.json")
    words = ("--json", "--as-of", "2026-03-02")
    from_store = caseward("tasks", *words).json["tasks"]
    from_file = caseward("tasks", plain, "--settings", settings, *words).json["tasks"]
    wanted = ("step", "opens", "first_due", "due", "met", "ends", "status", "is_late", "is_listed")
    assert len(from_store) > 1
    assert sorted([str(task[name]) for name in wanted] for task in from_store) == sorted(
        [str(task[name]) for name in wanted] for task in from_file
    )


@on_both
def test_tasks_of_the_store_as_known_then(folder: Path, frozen_clock: FrozenClock) -> None:
    """`--known-at` before the import knows no child; after it, the child's tasks."""
    stores.a_store()
    frozen_clock.move_to(datetime(2026, 3, 2, 14, tzinfo=UTC))
    imported(folder)
    words = ("tasks", "--as-of", "2026-03-02", "--json")
    assert caseward(*words, "--known-at", "2026-03-02T13:00").json["tasks"] == []
    assert caseward(*words, "--known-at", "2026-03-02").json["tasks"] != []


@on_both
def test_head_verify_and_digest(folder: Path, home: Path, frozen_clock: FrozenClock) -> None:
    """A signed head is printed and kept; the record verifies against it; digests tell records apart."""
    stores.a_store()
    frozen_clock.move_to(datetime(2026, 3, 2, 14, tzinfo=UTC))
    empty_of_children = caseward("digest").out
    imported(folder)
    head = caseward("head", "--json").json["head"]
    assert head["position"] == queries.head().position
    assert list((home / "heads").iterdir())
    said = caseward("verify")
    assert said.code == 0, said.out
    assert said.out.endswith("1 signed heads: whole.\n")
    assert caseward("verify", "--json").json["is_whole"] is True
    digest = caseward("digest").out
    assert digest != empty_of_children
    assert caseward("digest", "--as-of", "2026-03-02T13:00").out == empty_of_children
    assert caseward("digest", "--as-of", "2026-03-02").out == digest


@on_both
def test_verify_of_a_changed_record(folder: Path, home: Path) -> None:
    """A row changed outside Caseward is told, with its own exit code (7)."""
    from caseward.record.ledger import triggers  # noqa: PLC0415

    stores.a_store()
    imported(folder)
    triggers.lift(connection)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ledger_payload SET text = replace(text, '2024-03-28', '2024-03-29') "
            "WHERE text LIKE '%2024-03-28%'"
        )
        assert cursor.rowcount >= 1
    refused = caseward("digest")
    assert refused.code == 6
    assert "Run `caseward verify`" in refused.err
    said = caseward("verify")
    assert said.code == 7
    assert "faults." in said.out
    assert caseward("verify", "--json").json["is_whole"] is False


@on_both
def test_every_route_has_its_rule() -> None:
    """Each page says the rule of the policy that it is under; none is open by oversight."""
    routes = caseward("routes", "--json").json["routes"]
    assert len(routes) > 10
    assert [route for route in routes if "never served" in route["rule"]] == []
    lines = caseward("routes").out.splitlines()
    assert len(lines) == len(routes)


@on_both
def test_policy_lists_who_may_see_what() -> None:
    """Each row a role and its reach, with a cell for each class of content."""
    stores.a_store()
    said = caseward("policy", "--json").json
    assert said["version"] == 1
    social_worker = [row for row in said["policy"] if row["role"] == "social_worker"]
    assert social_worker
    assert {"role", "reach", "ordinary", "free_text", "restricted_address"} <= set(social_worker[0])
    assert "role: social_worker" in caseward("policy").out


@on_both
def test_demo_goes_into_an_empty_store_only(folder: Path) -> None:
    """Made-up children never get among real ones (exit 6)."""
    stores.a_store()
    imported(folder)
    before = queries.head()
    said = caseward("demo")
    assert said.code == 6
    assert "The demonstration goes into an empty store only" in said.err
    assert caseward("demo", "--if-empty").code == 0
    assert queries.head() == before


@pytest.mark.parametrize("words", ["head", "tasks", "import .", "serve --port 1"])
def test_a_store_without_tables_is_refused(tmp_path: Path, words: str) -> None:
    """A store that was never made ready is told, with what to run (exit 6)."""
    ran = _alone(tmp_path, *words.split())
    assert (ran.returncode, ran.stdout) == (6, ""), ran.stderr
    assert ran.stderr.startswith("The store has no tables yet")
    assert "Run `caseward adopt`" in ran.stderr


def test_a_new_store_is_made_ready(tmp_path: Path) -> None:
    """`adopt` makes a store out of nothing, and the other commands then open it."""
    ran = _alone(tmp_path, "adopt")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("In use: ")
    assert "looked_after_reviews" in ran.stdout
    ran = _alone(tmp_path, "verify")
    assert ran.returncode == 0, ran.stderr


def test_a_store_without_its_secret_is_refused(tmp_path: Path) -> None:
    """A real installation without a secret does not open its store (exit 6)."""
    ran = _alone(tmp_path, "head", demonstration="no")
    assert (ran.returncode, ran.stdout) == (6, "")
    assert "CASEWARD_SECRET_KEY" in ran.stderr


def test_a_demonstration_broken_off_is_loaded_anew(tmp_path: Path) -> None:
    """What a kill left half loaded is taken away at the next start; a whole one stays (control)."""
    assert _alone(tmp_path, "demo", "--children", "1").returncode == 0
    again = _alone(tmp_path, "demo", "--if-empty", "--children", "2")
    assert (again.returncode, again.stdout) == (0, ""), again.stderr
    mark = tmp_path / "home" / "demonstration-begun"
    assert not mark.exists()
    mark.touch()
    anew = _alone(tmp_path, "demo", "--if-empty", "--children", "2")
    assert "is loaded: 2 children" in anew.stdout, anew.stderr
    assert not mark.exists()


def _alone(
    home: Path, *words: str, demonstration: str = "yes"
) -> "subprocess.CompletedProcess[str]":
    """Run a command in a process of its own on a SQLite store in the folder."""
    return subprocess.run(
        [sys.executable, "-m", "caseward.interfaces.cli", *words],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(sys.path),
            "CASEWARD_HOME": str(home / "home"),
            "CASEWARD_DEMONSTRATION": demonstration,
            "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"],
        },
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@on_both
def test_maintenance_is_switched_on_told_and_switched_off(frozen_clock: FrozenClock) -> None:
    """It names what people are told and until when, the next day's time where this day's is gone."""
    frozen_clock.move_to(datetime(2026, 3, 2, 10, tzinfo=UTC))
    assert caseward("maintenance").out == "People can save as always.\n"
    said = caseward("maintenance", "on", "--until", "09:30", "--why", "We move house.")
    assert said.out == (
        "Saving waits until about 09:30; pages can be read. People are told: We move house.\n"
    )
    found = maintenance.standing(at=datetime(2026, 3, 2, 10, tzinfo=UTC))
    assert found is not None
    assert found.until == datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
    assert caseward("maintenance", "off").out == "People can save as always.\n"
    refused = caseward("maintenance", "on", "--until", "half nine")
    assert refused.code == exits.USAGE
    assert "--until takes a time such as 14:30, not 'half nine'." in refused.err
