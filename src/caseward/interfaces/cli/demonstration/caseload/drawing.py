"""Draws the children of the other system: how many are where, and what befell each family.

Shares of a made-up authority: some 45 in 100 looked after, 27 on child protection plans, the rest
in need, before proceedings, before birth, or with an ended plan or care.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from caseward.interfaces.cli.demonstration.caseload import (
    colleagues,
    lives,
    looking_after,
    protecting,
)
from caseward.interfaces.cli.demonstration.caseload.colleagues import Colleagues
from caseward.interfaces.cli.demonstration.caseload.lives import Life, Setting
from caseward.interfaces.cli.demonstration.caseload.looking_after import Turn
from caseward.interfaces.cli.demonstration.chance import Chance

DRIFTING, TOGETHER, FROM_ELSEWHERE = 0.07, 0.85, 0.04
EIGHTEEN = 18 * 365.25
OLD_ENOUGH, GOES_OUT = 16, 12
"""Ages from which a child may live semi-independently, and go missing."""
LONG_ENOUGH = 150
"""Days on a plan after which a family may come before proceedings."""

Course = Callable[["Draw", Life], None]


@dataclass(slots=True, kw_only=True)
class Draw:
    """What is drawn with: the setting, who works there, and the names."""

    setting: Setting
    who: Colleagues
    chance: Chance
    n_drawn: int = 0
    shared: dict[tuple[int, int], int] = field(default_factory=dict)

    def days_ago(self, least: int, most: int) -> date:
        """Return a working day that lies so many days back; of one family, the same for most."""
        ago = self.setting.random.randint(least, most)
        if self.setting.happens(TOGETHER):
            ago = self.shared.setdefault((least, most), ago)
        return self.setting.worked(self.setting.today - timedelta(days=ago))

    def is_drifting(self) -> bool:
        """Tell whether nobody presses this child's plan on."""
        return self.setting.happens(DRIFTING)


def draw(setting: Setting, chance: Chance, *, n_children: int) -> list[Life]:
    """Write so many children into the tables and return them."""
    opened = setting.today - timedelta(days=9 * 365)
    of = Draw(setting=setting, who=colleagues.employed(setting, opened), chance=chance)
    drawn: list[Life] = []
    while len(drawn) < n_children:
        drawn += _family(of, at_most=n_children - len(drawn))
    return drawn


def _family(of: Draw, *, at_most: int) -> Iterator[Life]:
    """Yield one family's children, who mostly share what befell them."""
    random = of.setting.random
    n_siblings = min(random.choice((1, 1, 1, 1, 2, 2, 3, 4)), at_most)
    names, weights = zip(*COURSES, strict=True)
    (course,) = random.choices(names, weights)
    of.n_drawn += 1
    of.shared.clear()
    family, surname = f"F{of.n_drawn:05d}", of.chance.name().split()[-1]
    for place in range(n_siblings):
        life = _child(of, surname)
        life.family = family if n_siblings > 1 else ""
        # A baby before birth has brothers and sisters who are born.
        is_born = course is before_birth and place > 0
        (on_plan if is_born else course)(of, life)
        yield life


def _child(of: Draw, surname: str) -> Life:
    random = of.setting.random
    age = random.choice((1, 2, 4, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17))
    return Life(
        of=of.setting,
        number=f"{700_000 + int(of.setting.tables.new_id())}",
        name=of.chance.name().split()[0],
        family_name=surname,
        sex=random.choice("MF"),
        born_on=of.setting.today - timedelta(days=age * 365 + random.randint(20, 340)),
    )


def in_care_long(of: Draw, life: Life) -> None:
    """In care for years under a full order, with foster carers or in a home."""
    entered = _entered(of, life, 700, 2_300)
    kind = of.setting.random.choice(("U4", "U6", "U6", "U1", "K2"))
    turns = [*_through_court(of, entered, "U6"), *_moves(of, entered, kind)]
    _in_care(of, life, turns)


def in_care_at_home(of: Draw, life: Life) -> None:
    """Under a full care order and placed back with a parent, more than a year ago."""
    entered = _entered(of, life, 1_100, 2_300)
    home = max(entered + timedelta(days=500), of.days_ago(380, 700))
    turns = [*_through_court(of, entered, "U6"), Turn(on=home, status="C2", placement="P1")]
    _in_care(of, life, turns)


def in_proceedings(of: Draw, life: Life) -> None:
    """Under an interim order while the court has the case."""
    entered = _entered(of, life, 20, 260)
    turns = [Turn(on=entered, status="V2", placement="U6")]
    order = entered + timedelta(days=of.setting.random.randint(5, 30))
    if of.setting.has_been(order):
        turns.append(Turn(on=order, status="C1", placement="U6", is_new_placement=False))
    life.team = "court"
    _in_care(of, life, turns)


def by_agreement(of: Draw, life: Life) -> None:
    """Accommodated by agreement; older children mostly."""
    entered = _entered(of, life, 15, 900)
    kind = of.setting.random.choice(
        ("U6", "K2", "H5" if life.age_on(entered) >= OLD_ENOUGH else "U6")
    )
    _in_care(of, life, [Turn(on=entered, status="V2", placement=kind)])


def left_care(of: Draw, life: Life) -> None:
    """Back home, adopted or grown up."""
    entered = _entered(of, life, 900, 2_000)
    until = max(entered + timedelta(days=400), of.days_ago(10, 500))
    left = of.setting.random.choice(("E4A", "E4A", "E45", "E12", "E41"))
    turns = [turn for turn in _through_court(of, entered, "U6") if turn.on < until]
    _in_care(of, life, turns, until=until, left=left)
    if left == "E12":
        days = sorted(
            until - timedelta(days=ago) for ago in of.setting.random.sample(range(60, 380), 3)
        )
        looking_after.moved_on(life, adm=days[0], matched=days[1], placed=days[2], ordered=until)


def on_plan(of: Draw, life: Life) -> None:
    """On a child protection plan; some families are before proceedings as well."""
    enquired = _enquired_on(of, life, 30, 560)
    _open(of, life, enquired - timedelta(days=of.setting.random.randint(1, 80)))
    is_from_elsewhere = of.setting.happens(FROM_ELSEWHERE)
    began = protecting.enquired(life, enquired, is_from_elsewhere=is_from_elsewhere)
    if began is None:
        return
    colleagues.chaired_by(life, of.who, began)
    protecting.planned(life, began, is_drifting=of.is_drifting())
    if (of.setting.today - began).days > LONG_ENOUGH and of.setting.happens(0.18):
        protecting.before_proceedings(life, of.days_ago(10, 120))


def plan_ended(of: Draw, life: Life) -> None:
    """Was on a plan, which ended; stepped down to child in need."""
    enquired = _enquired_on(of, life, 420, 900)
    _open(of, life, enquired - timedelta(days=of.setting.random.randint(1, 60)))
    began = protecting.enquired(life, enquired)
    if began is None:
        return
    until = max(began + timedelta(days=200), of.days_ago(20, 200))
    colleagues.chaired_by(life, of.who, began, until=until)
    protecting.planned(life, began, until=until)
    lives.in_need(life, until, None)


def in_need(of: Draw, life: Life) -> None:
    """A child in need; an enquiry may have ended without a plan."""
    since = of.days_ago(20, 400)
    _open(of, life, since)
    if of.setting.happens(0.3):
        protecting.enquired(life, of.setting.after(since, 6), is_planned=False)
    lives.in_need(life, of.setting.after(since, of.setting.random.randint(20, 40)), None)


def before_birth(of: Draw, life: Life) -> None:
    """Not born yet, on a plan from birth on or before it."""
    life.is_unborn = True
    life.born_on = of.setting.today + timedelta(days=of.setting.random.randint(8, 110))
    enquired = of.days_ago(20, 60)
    _open(of, life, enquired - timedelta(days=of.setting.random.randint(3, 30)))
    began = protecting.enquired(life, enquired)
    if began is not None:
        colleagues.chaired_by(life, of.who, began)
        protecting.planned(life, began)


def died(of: Draw, life: Life) -> None:
    """Died in care; everything stops."""
    entered = _entered(of, life, 600, 1_200)
    until = of.days_ago(20, 200)
    _in_care(of, life, [Turn(on=entered, status="V2", placement="U6")], until=until, left="E2",
             died_on=until)  # fmt: skip


COURSES: tuple[tuple[Course, int], ...] = (
    (in_care_long, 24),
    (in_care_at_home, 9),
    (in_proceedings, 6),
    (by_agreement, 6),
    (left_care, 8),
    (on_plan, 27),
    (plan_ended, 7),
    (in_need, 10),
    (before_birth, 2),
    (died, 1),
)
"""Each course with its share in a hundred families."""


def _entered(of: Draw, life: Life, least: int, most: int) -> date:
    """Return a day of entry on which the child was born, making the child older if it must be."""
    entered = of.days_ago(least, most)
    if entered <= life.born_on:
        life.born_on = entered - timedelta(days=of.setting.random.randint(30, 1_800))
    return entered


def _enquired_on(of: Draw, life: Life, least: int, most: int) -> date:
    enquired = of.days_ago(least, most)
    if enquired - timedelta(days=90) <= life.born_on:
        life.born_on = enquired - timedelta(days=of.setting.random.randint(100, 2_500))
    return enquired


def _open(of: Draw, life: Life, since: date, *, died_on: date | None = None,
          closed_on: date | None = None) -> None:  # fmt: skip
    on = of.setting.worked(since)
    lives.person(life, on, died_on=died_on)
    lives.referred(life, on, closed_on=closed_on)
    if life.team == "north":
        life.team = of.setting.random.choice(("east", "west"))
    colleagues.allocated(life, of.who, on, until=closed_on)


def _in_care(of: Draw, life: Life, turns: list[Turn], *, until: date | None = None,
             left: str = "E4A", died_on: date | None = None) -> None:  # fmt: skip
    """Everything of a time in care; at eighteen it ends by itself."""
    grown = life.born_on + timedelta(days=int(EIGHTEEN) + 1)
    if until is None and of.setting.has_been(grown):
        until, left = grown, "E7"
    turns = [turn for turn in turns if of.setting.has_been(turn.on)]
    turns = [turn for turn in turns if until is None or turn.on < until]
    entered = turns[0].on
    if life.team == "north":
        life.team = of.setting.random.choice(("in_care_one", "in_care_two"))
    _open(of, life, entered - timedelta(days=of.setting.random.randint(10, 200)),
          died_on=died_on, closed_on=until)  # fmt: skip
    looking_after.looked_after(life, turns, until=until, left=left, is_drifting=of.is_drifting())
    life.ends_on = until
    colleagues.reviewed_by(life, of.who, entered, until=until)
    if life.age_on(of.setting.today) > GOES_OUT and of.setting.happens(0.2):
        lives.went_missing(life, max(entered, of.days_ago(5, 300)))


def _through_court(of: Draw, entered: date, placement: str) -> list[Turn]:
    """From section 20 or police protection through an interim order to the care order."""
    random = of.setting.random
    first = random.choice(("V2", "V2", "L1"))
    interim = entered + timedelta(days=3 if first == "L1" else random.randint(10, 40))
    final = interim + timedelta(days=random.randint(160, 330))
    return [
        Turn(on=entered, status=first, placement=placement),
        Turn(on=interim, status="C1", placement=placement, is_new_placement=False),
        Turn(on=final, status="C2", placement=placement, is_new_placement=False),
    ]


def _moves(of: Draw, entered: date, kind: str) -> list[Turn]:
    """Further placements under the care order, the last one meant to last."""
    random = of.setting.random
    on = entered + timedelta(days=random.randint(400, 560))
    moves = [Turn(on=on, status="C2", placement=kind)]
    while of.setting.happens(0.35):
        on += timedelta(days=random.randint(120, 500))
        moves.append(Turn(on=on, status="C2", placement=random.choice(("U6", kind))))
    return moves
