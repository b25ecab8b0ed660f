"""A made-up child of the other system, and what each course of a life writes into its tables."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from caseward.interfaces.cli.demonstration.caseload.extracts import Extracts, Later
from caseward.rules.calendars import counting
from caseward.rules.calendars.days import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What every life is drawn with: the days, the chance, and the tables it is written into."""

    today: date
    began_on: date
    calendar: Calendar
    random: Random
    tables: Extracts

    def worked(self, on: date) -> date:
        """Return the day, or the first working day after it."""
        while not self.calendar.is_working_day(on):
            on += timedelta(days=1)
        return on

    def after(self, on: date, working_days: int) -> date:
        """Return the day so many working days later."""
        return counting.count_forward(self.calendar, on, working_days, "working_days").day

    def happens(self, share: float) -> bool:
        """Tell whether what happens in such a share of cases happens in this one."""
        return self.random.random() < share

    def late(self, share_in_time: float, *, most: int) -> int:
        """Return by how many days something is late: mostly none, seldom weeks."""
        if self.happens(share_in_time):
            return -self.random.randint(0, 5)
        return 1 + int(most * self.random.random() ** 2)

    def has_been(self, on: date) -> bool:
        """Tell whether a day lies before the one on which the demonstration is loaded."""
        return on < self.today


@dataclass(slots=True, kw_only=True)
class Life:
    """One child: numbers and days that its rows share."""

    of: Setting
    number: str
    name: str
    family_name: str
    sex: str
    born_on: date
    is_unborn: bool = False
    team: str = "north"
    family: str = ""
    referral: str = ""
    care: str = ""
    plan: str = ""
    worker: str = ""
    officer: str = ""
    at_home_since: date | None = None
    care_order_on: date | None = None
    reviews: list[tuple[date, str]] = field(default_factory=list)
    placements: list[tuple[date, str]] = field(default_factory=list)
    entered_on: date | None = None
    planned_on: date | None = None
    ends_on: date | None = None

    def age_on(self, on: date) -> float:
        """Return the age in years, roughly."""
        return (on - self.born_on).days / 365.25

    def row(self, table: str, since: date, **cells: object) -> None:
        """Write a row of the child, unless its day has not come."""
        if self.of.has_been(since):
            self.of.tables.row(table, since, **cells)  # type: ignore[arg-type]

    def closing(self, value: "str | date", on: date | None) -> Later | None:
        """Return a cell that is filled in on the day on which something ended, if it has."""
        if on is None or not self.of.has_been(on):
            return None
        return Later(value, on)


def person(life: Life, since: date, *, died_on: date | None = None) -> None:
    """The child's own row; an unborn child has an expected date."""
    born = None if life.is_unborn else life.born_on
    life.row(
        "ssd_person",
        since,
        pers_person_id=life.number,
        pers_legacy_id=f"L{life.number}",
        pers_forename="Unborn" if life.is_unborn else life.name,
        pers_surname=life.family_name,
        pers_sex="U" if life.is_unborn else life.sex,
        pers_ethnicity=life.of.random.choice(
            ("WBRI", "WBRI", "WBRI", "MWBC", "ABAN", "BAFR", "NOBT")
        ),
        pers_dob=born,
        pers_expected_dob=life.born_on if life.is_unborn else None,
        pers_death_date=life.closing(died_on, died_on) if died_on else None,
        pers_upn_unknown="UN1" if life.is_unborn else None,
    )
    if life.family:
        life.row(
            "ssd_family",
            since,
            fami_table_id=life.of.tables.new_id(),
            fami_family_id=life.family,
            fami_person_id=life.number,
        )


def referred(life: Life, on: date, *, closed_on: date | None = None, reason: str = "RC9") -> None:
    """The referral, its assessment and, at the end, its closing."""
    random, setting = life.of.random, life.of
    life.referral = setting.tables.new_id()
    life.row(
        "ssd_cin_episodes",
        on,
        cine_referral_id=life.referral,
        cine_person_id=life.number,
        cine_referral_date=on,
        cine_cin_primary_need_code=random.choice(("N1", "N1", "N1", "N3", "N4", "N5")),
        cine_referral_source_code=random.choice(("1A", "2A", "2B", "3A", "4", "6", "7")),
        cine_referral_nfa="N",
        cine_close_date=life.closing(closed_on, closed_on) if closed_on else None,
        cine_close_reason=life.closing(reason, closed_on),
    )
    started = setting.after(on, random.randint(0, 2))
    authorised = setting.after(started, 38 + setting.late(0.84, most=30))
    life.row(
        "ssd_cin_assessments",
        started,
        cina_assessment_id=setting.tables.new_id(),
        cina_person_id=life.number,
        cina_referral_id=life.referral,
        cina_assessment_start_date=started,
        cina_assessment_child_seen=None if life.is_unborn else "Y",
        cina_assessment_auth_date=life.closing(authorised, authorised),
    )


def in_need(life: Life, since: date, until: date | None) -> None:
    """A child in need plan with its visits, some six weeks apart."""
    random = life.of.random
    life.row(
        "ssd_cin_plans",
        since,
        cinp_cin_plan_id=life.of.tables.new_id(),
        cinp_referral_id=life.referral,
        cinp_person_id=life.number,
        cinp_cin_plan_start_date=since,
        cinp_cin_plan_end_date=life.closing(until, until) if until else None,
    )
    on = life.of.worked(since + timedelta(days=random.randint(7, 20)))
    while on < (until or life.of.today):
        seen = "N" if life.of.happens(0.06) else "Y"
        life.row(
            "ssd_cin_visits",
            on,
            cinv_cin_visit_id=life.of.tables.new_id(),
            cinv_person_id=life.number,
            cinv_cin_visit_date=on,
            cinv_cin_visit_seen=seen,
            cinv_cin_visit_seen_alone=random.choice("YYN") if seen == "Y" else "N",
        )
        on = life.of.worked(on + timedelta(days=random.randint(24, 44)))


def went_missing(life: Life, on: date) -> None:
    """Away without leave for some hours or days."""
    back = on + timedelta(days=life.of.random.randint(0, 4))
    life.row(
        "ssd_missing",
        on,
        miss_table_id=life.of.tables.new_id(),
        miss_person_id=life.number,
        miss_missing_episode_start_date=on,
        miss_missing_episode_type="M",
        miss_missing_episode_end_date=life.closing(back, back),
    )
