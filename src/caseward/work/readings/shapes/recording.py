"""Recording: what to choose from, what is asked, what it would do, what it did."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from caseward.work.readings.shapes.askers import Banner
from caseward.work.readings.shapes.child import FieldWords, TimelineEntry
from caseward.work.readings.shapes.drafts import DraftLine, KeptDraft
from caseward.work.readings.shapes.tasks import KindLink


@dataclass(frozen=True, slots=True, kw_only=True)
class KindGroup:
    """Kinds under one heading: what is expected next first, then every group of kinds.

    `is_near` marks a group of what is under way for the child, or of safety.
    """

    heading: str
    kinds: tuple[KindLink, ...]
    is_near: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KindChoice:
    """The first page of recording: what happened?"""

    banner: Banner
    child_id: str
    child_name: str
    groups: tuple[KindGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """A field to ask for.

    `name` is the form's name for it: "occurred_on", "time", "until", "outcome", "keys.<name>" or
    "fields.<name>". `type` is one of the kinds of field (text, long_text, date, time, yes_no,
    choice, number, names, person, task); choices are (code, words). `is_each` is asked for each
    child of several.
    """

    name: str
    title: str
    type: str
    is_required: bool
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    value: Any = None
    is_each: bool = False
    sensitivity: str = "ordinary"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordForm:
    """The fields of one kind for a child, with the brothers and sisters it may also be about.

    `child_seq` is the place that the child's record had reached when the page was made (S7).
    `draft` is what the asker typed into this form and has not saved; `other_drafts` are theirs of
    the same kind for this child, begun from another task.
    """

    banner: Banner
    child_id: str
    child_name: str
    kind: str
    title: str
    hint: str
    fields: tuple[FormField, ...]
    siblings: tuple[tuple[str, str], ...]
    corrects: str = ""
    expected_seq: int | None = None
    task_id: str = ""
    sends: bool = False
    child_seq: int = 0
    draft: KeptDraft | None = None
    other_drafts: tuple[DraftLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something to put right or to confirm; `field` as FormField.name, "" for the whole form."""

    field: str
    sentence: str
    kind: Literal["refused", "confirm"]
    child_id: str = ""
    child_name: str = ""


ChangeCode = Literal[
    "opens", "closes", "starts", "meets", "ends", "moves", "voids", "reopens", "holds"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that saving does to a task or an episode, in a sentence.

    Of a task, `what` names it with whom or what it is about, and `said` says what becomes of it;
    `whole_id` is the task that it is a part of.
    """

    code: ChangeCode
    child_id: str
    child_name: str
    task_id: str
    words: str
    what: str = ""
    said: str = ""
    whole_id: str = ""
    before: date | None = None
    after: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGroup:
    """Changes of which the same is said, told once; `names` are the tasks, () for one by itself.

    `child_name` is empty where all that changes is one child's.
    """

    words: str
    child_name: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequences:
    """What saving would do, before it is done (M36).

    `must_show` is true where it ends, voids, moves or sends something: then the page is shown
    before saving, and `digest` is handed back with the saving. Without problems and without
    `must_show` the form may save at once and offer undo.
    """

    banner: Banner
    child_id: str
    child_name: str
    title: str
    summary: tuple[FieldWords, ...]
    problems: tuple[Problem, ...]
    changes: tuple[Change, ...]
    groups: tuple[ChangeGroup, ...]
    sends_words: tuple[str, ...]
    must_show: bool
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Meanwhile:
    """What others recorded of the child while a form was open (S7)."""

    banner: Banner
    child_id: str
    child_name: str
    entries: tuple[TimelineEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What was recorded, what it changed, and until when one press takes it back.

    `notes` say what is still owed although this was recorded. `is_undone`: all of it was withdrawn since, so that it is no longer told as saved.
    """

    banner: Banner
    act_id: str
    child_id: str
    child_name: str
    title: str
    words: str
    entry_ids: tuple[str, ...]
    changes: tuple[Change, ...]
    groups: tuple[ChangeGroup, ...]
    notes: tuple[str, ...]
    undo_until: datetime | None
    undo_words: str
    is_undone: bool = False
    was_recorded_before: bool = False
