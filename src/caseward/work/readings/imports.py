"""What was brought in from other systems: when last, by whom, and what became of every row."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from caseward.record.access import policy
from caseward.record.access.askers import Asker
from caseward.record.access.table import CLASSES
from caseward.record.people import queries as people
from caseward.rules.facts.kinds import Vocabulary
from caseward.work.imports import queries as runs
from caseward.work.imports.kept import Run
from caseward.work.readings import banner, looks, refreshed, taking_on, words
from caseward.work.readings.errors import NotAllowed, NotFound
from caseward.work.readings.looks import Asked
from caseward.work.readings.shapes.imports import (
    FileTotals,
    ImportLine,
    ImportPage,
    OtherSystems,
    RowSaid,
)

PHASES: Mapping[str, str] = {
    "waiting": "Not read yet",
    "reading": "Being read",
    "comparing": "Being compared with the record",
    "checked": "Checked, waits for your decision",
    "bringing_in": "Being brought in",
    "done": "Brought in",
    "refused": "Could not be read",
    "cancelled": "Cancelled, nothing was imported",
    "failed": "Broken off, nothing was imported",
}
TRIED_OUT = "Tried out, nothing was imported"
WHY: Mapping[str, str] = {
    "typed_here": "it was recorded here otherwise",
    "imported_otherwise": "another import recorded it otherwise",
    "corrected_here": "somebody corrected the entry here since",
    "withdrawn_here": "somebody withdrew the entry here since",
}
# Who imports need not be able to see the child: of what stands here they read what lists show.
ORDINARY = frozenset({"ordinary"})
EVERY_CLASS = frozenset(CLASSES)
HIDDEN = "something that is not shown here"
SHOWN = 50
PER_PAGE = 25
SYSTEM = "system:"
COUNTS = ("read", "accepted", "duplicate", "changed", "conflict", "refused", "nothing")


def page(asker: Asker, *, as_of: date, after: str = "") -> OtherSystems:
    """Return the imports, the latest first, and how much awaits the asker because of them."""
    asked = looks.ask(asker, as_of=as_of)
    may_import = policy.may_import(asker)
    found = runs.runs(limit=PER_PAGE + 1, after=after) if may_import else ()
    names = _names(found)
    looks.write_log(asked, "other_systems", ())
    return OtherSystems(
        banner=banner.page(asker, as_of=as_of),
        refreshed_words=refreshed.words() or "Nothing has been imported yet.",
        may_import=may_import,
        runs=tuple(_line(run, names) for run in found[:PER_PAGE]),
        more_after=found[PER_PAGE - 1].run if len(found) > PER_PAGE else "",
        n_questions=_n_questions(asker),
        n_overdue=taking_on.n_undecided(asker, as_of=as_of) if policy.may_take_on(asker) else None,
    )


def of_run(asker: Asker, run_id: str, *, as_of: date) -> ImportPage:
    """Return one import with its report.

    Errors: NotAllowed for somebody who imports nothing; NotFound for an import that there is not.
    """
    asked = _asked(asker, as_of)
    run = runs.run(run_id)
    if run is None:
        raise NotFound("There is no such import.", "Look for it in the list of imports.")
    refused = _all_refused(asker, run)
    looks.write_log(asked, "import", sorted({row.child for row in refused} - {""}), run=run_id)
    return ImportPage(
        banner=banner.page(asker, as_of=as_of),
        line=_line(run, _names([run])),
        scheme=run.scheme,
        options=run.options,
        sentence=run.sentence,
        ended_at=run.ended_at,
        has_report=bool(run.report),
        is_own=run.by == asker.worker,
        refused=refused,
        n_refused_shown=sum(row.n_rows for row in refused),
        **_report(run.report, asked.vocabulary),
    )


def allowed(asker: Asker, *, as_of: date) -> None:
    """Refuse somebody who may not bring in files of another system.

    Errors: NotAllowed.
    """
    _asked(asker, as_of)


def _asked(asker: Asker, as_of: date) -> Asked:
    if not policy.may_import(asker):
        raise NotAllowed(
            "Files of other systems are imported by those who keep the system or its procedures.",
            "Ask your system administrator or policy lead.",
        )
    return looks.ask(asker, as_of=as_of)


def _n_questions(asker: Asker) -> int | None:
    """Return how many questions are about children whom the asker may see."""
    children = [one.child for one in runs.open_questions()]
    if not children:
        return 0
    seen = set(policy.visible_to(asker).values_list("id", flat=True).order_by("id"))
    return sum(child in seen for child in children)


def _names(found: Iterable[Run]) -> dict[str, str]:
    workers = people.workers({run.by for run in found if not run.by.startswith(SYSTEM)})
    return {each.id: each.name for each in workers.values()}


def _line(run: Run, names: Mapping[str, str]) -> ImportLine:
    # On the command line nobody looks at what was checked and gives it up: that was a trial.
    is_trial = run.phase == "cancelled" and run.by.startswith(SYSTEM) and bool(run.totals)
    return ImportLine(
        run=run.run,
        began_at=run.began_at,
        by_name=names.get(run.by, "the command line" if run.by.startswith(SYSTEM) else ""),
        format_code=run.format_code,
        format_title=run.format_title,
        system=run.system,
        files=tuple(str(file["name"]) for file in run.files),
        phase=run.phase,
        phase_words=TRIED_OUT if is_trial else PHASES[run.phase],
        n_read=_sum(run.totals, "read"),
        n_accepted=_sum(run.totals, "accepted"),
        n_known=_sum(run.totals, "duplicate"),
        n_changed=_sum(run.totals, "changed"),
        n_conflict=_sum(run.totals, "conflict"),
        n_refused=_sum(run.totals, "refused"),
        is_trial=is_trial,
    )


def _sum(totals: Iterable[Mapping[str, Any]], name: str) -> int:
    return sum(int(one.get(name, 0)) for one in totals)


def _report(said: Mapping[str, Any], vocabulary: Vocabulary) -> dict[str, Any]:
    if not said:
        return {}
    totals = said["totals"]
    facts = sorted(said["facts"].items(), key=lambda kind: (-kind[1], kind[0]))
    return {
        "totals": tuple(_totals(one["file"], [one]) for one in totals),
        "all_files": _totals("All files", totals) if len(totals) > 1 else None,
        "changed": tuple(_changed(row, vocabulary) for row in said["changed"][:SHOWN]),
        "conflicts": tuple(_conflict(row, vocabulary) for row in said["conflicts"][:SHOWN]),
        "vanished": tuple(_vanished(row, vocabulary) for row in said["vanished"][:SHOWN]),
        "n_vanished": said["n_vanished"],
        "facts": tuple((_title(kind, vocabulary), number) for kind, number in facts),
        "n_facts": sum(said["facts"].values()),
        "n_children_new": said["children"]["new"],
        "n_children": said["children"]["touched"],
        "notes": tuple(
            RowSaid(file=one["file"], row=None, column="", words=one["sentence"])
            for one in said["notes"]
        ),
    }


def _totals(file: str, rows: Sequence[Mapping[str, Any]]) -> FileTotals:
    return FileTotals(file=file, **{name: _sum(rows, name) for name in COUNTS})


def _all_refused(asker: Asker, run: Run) -> tuple[RowSaid, ...]:
    """Return the refused rows, in one those that are refused alike for the sake of one child."""
    alike: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for row in run.report.get("refused", ()):
        number = row.get("child", "")
        own = (number, row["reason"]) if number else (row["file"], row["row"])
        alike.setdefault(own, []).append(row)
    shown = list(alike.values())[:SHOWN]
    pages = _pages_of(asker, run.scheme, {rows[0].get("child", "") for rows in shown})
    return tuple(_refused(rows, pages) for rows in shown)


def _refused(rows: Sequence[Mapping[str, Any]], pages: Mapping[str, str]) -> RowSaid:
    first, number = rows[0], rows[0].get("child", "")
    many = f"{len(rows):,} rows of the child with number {number} were refused: "
    return RowSaid(
        file=first["file"],
        row=first["row"],
        column=first["column"],
        words=(many if len(rows) > 1 else "") + first["reason"],
        n_rows=len(rows),
        child=pages.get(number, ""),
    )


def _pages_of(asker: Asker, scheme: str, numbers: Collection[str]) -> dict[str, str]:
    """Return the children of these numbers whom the asker may see, by number."""
    known = people.numbered(scheme, [number for number in numbers if number])
    return {number: child for number, child in known if policy.may_see_child(asker, child)}


def _changed(row: Mapping[str, Any], vocabulary: Vocabulary) -> RowSaid:
    was, says = _differences(row["was"], row["says"], row["kind"], vocabulary)
    title = _title(row["kind"], vocabulary)
    return _said(row, f"{title}: it was {was}, and is now {says}.")


def _conflict(row: Mapping[str, Any], vocabulary: Vocabulary) -> RowSaid:
    ours, theirs = _differences(row["ours"], row["theirs"], row["kind"], vocabulary)
    why, title = WHY.get(row["why"], ""), _title(row["kind"], vocabulary)
    return _said(row, f"{title}, {why}: here {ours}, in the file {theirs}.")


def _vanished(row: Mapping[str, Any], vocabulary: Vocabulary) -> RowSaid:
    day = words.short_day(date.fromisoformat(row["occurred_on"]))
    title = _title(row["kind"], vocabulary)
    return RowSaid(
        file="",
        row=None,
        column="",
        words=f"Child {row['child']}: {words.lower_first(title)}, {day}",
    )


def _said(row: Mapping[str, Any], sentence: str) -> RowSaid:
    return RowSaid(file=row["file"], row=row["row"], column="", words=sentence)


def _title(kind: str, vocabulary: Vocabulary) -> str:
    declared = vocabulary.kinds.get(kind)
    return (
        declared.title
        if declared
        else words.sentence(kind.replace("_", " ").replace(".", " "))[:-1]
    )


def _differences(
    one: Mapping[str, Any], other: Mapping[str, Any], kind: str, vocabulary: Vocabulary
) -> tuple[str, str]:
    """Return what two states of an entry say where they differ, each in words."""
    first, second = value_words(one, kind, vocabulary), value_words(other, kind, vocabulary)
    names = [
        name
        for name in {**first, **second}
        if first.get(name) != second.get(name) and HIDDEN not in (first.get(name), second.get(name))
    ]
    if not names:
        return "otherwise", "otherwise"
    return (
        words.listed(f"{name} {first.get(name, 'not given')}" for name in names),
        words.listed(f"{name} {second.get(name, 'not given')}" for name in names),
    )


def value_words(
    said: Mapping[str, Any],
    kind: str,
    vocabulary: Vocabulary,
    classes: Collection[str] = ORDINARY,
) -> dict[str, str]:
    """Return what an entry says by what people call it: its day, its outcome, its fields.

    Fields that somebody with these classes may not read say that they are not shown.
    """
    declared = vocabulary.kinds.get(kind)
    found: dict[str, str] = {}
    if said.get("occurred_on"):
        found["the day"] = _plain(said["occurred_on"])
    if said.get("until"):
        found["until"] = _plain(said["until"])
    if said.get("outcome"):
        outcomes = declared.outcomes if declared else {}
        found["the outcome"] = f"“{outcomes.get(said['outcome'], said['outcome'])}”"
    for name, value in (said.get("fields") or {}).items():
        field = declared.find_field(name) if declared else None
        if field is not None and value not in ("", None):
            is_open = policy.may_read_field(field, classes)
            shown = field.choices.get(str(value), str(value)) if is_open else HIDDEN
            found[f"“{field.title}”"] = _plain(shown)
    return found


def _plain(value: Any) -> str:
    try:
        return words.short_day(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)
