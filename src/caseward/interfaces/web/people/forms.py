"""What is asked of an adult involved with a child, in parts, each of which may be left out."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from caseward.interfaces import clock
from caseward.interfaces.govuk import fields, problems
from caseward.work.casework.involve_person import Changes, Involvement, Needs, NewPerson, WayToReach
from caseward.work.readings import shapes

Part = tuple[str, tuple[str, ...]]
_YES, _NO = "yes", "no"
_BY_BIRTH = "birth"
_NOBODY = ("", "Nobody")
_LONGEST_RELATIONSHIP = 100
# The heading of each part, and the names of its fields in order.
PARTS: tuple[Part, ...] = (
    ("", ("known", "name", "relationship", "since", "lives_with_child", "may_know_of_child")),
    (
        "Parental responsibility",
        ("responsibility", "responsibility_since", "responsibility_until", "responsibility_ends"),
    ),
    ("Language and needs", ("language", "interpreter", "reading_needs", "access_needs")),
    ("A way to reach them", ("ended_ways", "way", "address", "is_safe", "way_note")),
    ("Somebody they must not meet", ("may_meet", "must_not_meet", "why_not")),
    ("Anything else", ("note",)),
)
_ADDRESS_FIELDS = ("ended_ways", "way", "address", "is_safe", "way_note")
_THIRD_PARTY_FIELDS = ("may_meet", "must_not_meet", "why_not", "note", "way_note")


def _text(label: str, *, hint: str = "", **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=more.pop("max_length", 200),
        required=more.pop("required", False),
        widget=fields.Text(attrs={"autocomplete": "off", "spellcheck": "false"}),
        **more,
    )


def _long_text(label: str, *, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, widget=fields.LongText)


def _day(label: str, *, hint: str = "", **more: Any) -> fields.DayField:
    return fields.DayField(today=clock.today, label=label, help_text=hint, required=False, **more)


class AdultForm(forms.Form):
    """The parts that adding and changing have in common."""

    relationship = _text(
        "What are they to the child?",
        hint="For example mother, grandfather, foster carer, school nurse.",
        required=True,
        error_messages={"required": "Say what they are to the child."},
        max_length=_LONGEST_RELATIONSHIP,
    )
    since = _day("Since when?", hint="For example 17/5/2026. Leave empty for today.")
    lives_with_child = fields.yes_or_no(label="Do they live with the child?", required=False)
    may_know_of_child = fields.yes_or_no(
        label="May letters to them name this child?", required=False, initial=_YES
    )
    responsibility = forms.ChoiceField(
        label="How do they share parental responsibility?", required=False
    )
    responsibility_since = _day("They share it from", hint="For example the day of the order.")
    responsibility_until = _day("They share it until", hint="Only if the end is known.")
    language = _text("Their language", hint="If it is not English.")
    interpreter = fields.yes_or_no(label="Is an interpreter needed?", required=False)
    reading_needs = _long_text("Help needed with reading")
    access_needs = _long_text("Access needs", hint="For example a room without steps.")
    way = forms.ChoiceField(label="Which way?", required=False)
    address = _text("Number or address")
    is_safe = fields.yes_or_no(
        label="Is it safe to use?",
        required=False,
        help_text="Not safe where somebody else may answer, read it or find out the address.",
    )
    way_note = _text("What to know before using it")
    must_not_meet = forms.ChoiceField(label="Whom must they not meet?", required=False)
    why_not = _long_text("Why?")
    note = _long_text("Note")

    def __init__(
        self, page: shapes.PeopleInvolved, *args: Any, person: str = "", **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.page = page
        others = [
            (adult.person_id, adult.name) for adult in page.adults if adult.person_id != person
        ]
        self._choose("responsibility", ("", "They do not share it"), page.sources)
        self._choose("way", ("", "None to add"), page.ways)
        self._choose("must_not_meet", _NOBODY, others)
        self._leave_out(() if page.sees_addresses else _ADDRESS_FIELDS)
        self._leave_out(() if page.sees_third_party else _THIRD_PARTY_FIELDS)
        self._leave_out(() if others else ("must_not_meet", "why_not"))

    def _choose(
        self, name: str, nothing: tuple[str, str], choices: Iterable[tuple[str, str]]
    ) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [nothing, *choices]
            field.widget = fields.ListOfOne(choices=field.choices)

    def _leave_out(self, names: Iterable[str]) -> None:
        for name in names:
            self.fields.pop(name, None)

    def parts(self) -> list[tuple[str, list[BoundField]]]:
        """Return the parts that have any field, each with its heading."""
        found = [
            (heading, [self[name] for name in names if name in self.fields])
            for heading, names in PARTS
        ]
        return [(heading, bound) for heading, bound in found if bound]

    def clean(self) -> dict[str, Any]:
        """A way needs its number and whether it is safe; nothing ends before it begins."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("way") and said["way"] != "in_person" and not said.get("address"):
            self.add_error("address", "Enter the number or address.")
        if said.get("way") and not said.get("is_safe"):
            self.add_error("is_safe", "Say whether it is safe to use.")
        began, until = said.get("responsibility_since"), said.get("responsibility_until")
        if began and until and until <= began:
            self.add_error("responsibility_until", "The end must be after the beginning.")
        if until and not said.get("responsibility"):
            self.add_error("responsibility", "Say how they share parental responsibility.")
        if said.get("responsibility") and "responsibility_since" not in self.errors and not began:
            self._share_from(said)
        for name in ("since", "responsibility_since"):
            if said.get(name) and said[name] > clock.today():
                self.add_error(name, "The day is in the future. Record it when it has come.")
        return said

    def _share_from(self, said: dict[str, Any]) -> None:
        """A mother shares it from the birth; for every other source the day must be said."""
        if said["responsibility"] == _BY_BIRTH and self.page.born_on:
            said["responsibility_since"] = self.page.born_on
        else:
            self.add_error("responsibility_since", "Enter the day from which they share it.")

    def involvement(self, *, on: date, default_since: date) -> Involvement:
        """Return what the adult is to the child, as the verb takes it."""
        said = self.cleaned_data
        since = said.get("since") or default_since
        other = said.get("must_not_meet", "")
        return Involvement(
            relationship=said["relationship"].strip(),
            since=since,
            may_know_of_child=said.get("may_know_of_child") != _NO,
            lives_with_child=said.get("lives_with_child") == _YES,
            note=said.get("note", "").strip(),
            responsibility=said.get("responsibility", ""),
            responsibility_since=said.get("responsibility_since") or on,
            responsibility_until=said.get("responsibility_until"),
            must_not_meet={other: said.get("why_not", "").strip()} if other else {},
        )

    def ways(self) -> tuple[WayToReach, ...]:
        """Return the way to reach that was added, if one was."""
        said = self.cleaned_data
        if not said.get("way"):
            return ()
        return (
            WayToReach(
                way=said["way"],
                address=said.get("address", "").strip(),
                is_safe=said.get("is_safe") == _YES,
                note=said.get("way_note", "").strip(),
            ),
        )

    def problems(self) -> list[problems.FormProblem]:
        """Return every problem with the id that the summary links to."""
        return problems.of_form(self)


class NewAdultForm(AdultForm):
    """Adding an adult: somebody new, or one on a brother's or sister's record."""

    known = forms.ChoiceField(label="Are they on a brother's or sister's record?", required=False)
    name = _text("Full name", error_messages={"required": "Enter their full name."})

    def __init__(self, page: shapes.PeopleInvolved, *args: Any, **more: Any) -> None:
        super().__init__(page, *args, **more)
        self._choose("known", ("", "No, or not yet"), page.known)
        self._leave_out(() if page.known else ("known",))
        self.fields["name"].required = not page.known

    def clean(self) -> dict[str, Any]:
        """One who is not known yet needs a name."""
        said = super().clean()
        is_asked = self.fields["name"].required or said.get("known")
        if not is_asked and not said.get("name", "").strip():
            self.add_error("name", "Enter their full name.")
        return said

    def new_person(self) -> NewPerson:
        """Return the adult as the verb takes one who is new."""
        said = self.cleaned_data
        return NewPerson(
            name=said["name"].strip(),
            language=said["language"].strip(),
            interpreter=said.get("interpreter") == _YES,
            reading_needs=said["reading_needs"].strip(),
            access_needs=said["access_needs"].strip(),
            ways=self.ways(),
        )


class ChangeForm(AdultForm):
    """What changed about an adult: only what differs from what stands is recorded."""

    responsibility_ends = _day(
        "Parental responsibility ended on",
        hint="Leave empty if they still share parental responsibility.",
    )
    ended_ways = forms.MultipleChoiceField(
        label="Which are no longer to be used?", required=False, widget=fields.Ticks
    )
    may_meet = forms.MultipleChoiceField(
        label="Whom may they meet again?", required=False, widget=fields.Ticks
    )

    def __init__(
        self, page: shapes.PeopleInvolved, adult: shapes.AdultCard, *args: Any, **more: Any
    ) -> None:
        super().__init__(page, *args, person=adult.person_id, **more)
        self.adult = adult
        self._tick("ended_ways", [(way.way_id, way.words) for way in adult.ways])
        self._tick("may_meet", [(bar.person_id, bar.name) for bar in adult.bars])
        shared = ("responsibility", "responsibility_since", "responsibility_until")
        self._leave_out(shared if adult.has_responsibility else ("responsibility_ends",))
        if adult.since is None:
            self.fields["relationship"].required = False

    def _tick(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields.get(name)
        if isinstance(field, forms.MultipleChoiceField) and choices:
            field.choices = choices
        else:
            self._leave_out((name,))

    def changes(self) -> Changes:
        """Return what differs from what stands, as the verb takes it."""
        said, today = self.cleaned_data, clock.today()
        ends = said.get("responsibility_ends")
        return Changes(
            on=ends or today,
            involvement=self._new_involvement(today),
            is_restated=self._is_restated(),
            keeps_note="note" not in self.fields,
            needs=self._new_needs(),
            ways=self.ways(),
            ended_ways=tuple(said.get("ended_ways", ())),
            responsibility_ends=bool(ends),
            may_meet=tuple(said.get("may_meet", ())),
        )

    def _new_involvement(self, today: date) -> Involvement | None:
        added = {"responsibility", "must_not_meet"} & set(self.changed_data)
        if not (added or self._is_restated()):
            return None
        return self.involvement(on=today, default_since=today)

    def _is_restated(self) -> bool:
        names = {"relationship", "since", "lives_with_child", "may_know_of_child", "note"}
        return bool(names & set(self.changed_data)) and bool(self.cleaned_data["relationship"])

    def _new_needs(self) -> Needs | None:
        """Return the needs that were typed otherwise; a box made empty says that there is none."""
        changed = {
            name: self.cleaned_data[name].strip()
            for name in ("language", "reading_needs", "access_needs")
            if name in self.changed_data
        }
        if "interpreter" in self.changed_data:
            return Needs(interpreter=self.cleaned_data.get("interpreter") == _YES, **changed)
        return Needs(**changed) if changed else None


def standing(adult: shapes.AdultCard) -> Mapping[str, Any]:
    """Return what stands of an adult, as the form starts from it."""
    return {
        "relationship": adult.relation if adult.since else "",
        "lives_with_child": _YES if adult.lives_with_child else _NO,
        "may_know_of_child": _YES if adult.may_know_of_child else _NO,
        "language": adult.language,
        "interpreter": _YES if adult.needs_interpreter else _NO,
        "reading_needs": adult.reading_needs,
        "access_needs": adult.access_needs,
        "note": adult.note,
    }


class EndForm(forms.Form):
    """From which day on somebody is no longer involved."""

    on = fields.DayField(
        today=clock.today,
        label="From which day are they no longer involved?",
        help_text="For example 17/5/2026, or the word today.",
        error_messages={"required": "Enter the day."},
    )

    def clean_on(self) -> date:
        """The day has come."""
        on: date = self.cleaned_data["on"]
        if on > clock.today():
            raise forms.ValidationError("The day is in the future. Record it when it has come.")
        return on

    def problems(self) -> list[problems.FormProblem]:
        """Return every problem with the id that the summary links to."""
        return problems.of_form(self)
