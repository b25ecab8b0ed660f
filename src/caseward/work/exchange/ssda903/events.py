"""Rows into facts: one row becomes none to four events, each with the source id of its row.

Entering care begins where the child is not looked after and a row says that they are; when that row
is not a start (RNE S), the record begins part-way and says so, so that no "first review" is counted
from a day that was not the first. An episode that ends with X1 changes nothing by itself: the next
row says what changed. DEC of one row equals DECOM of the next, so intervals are half-open.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from sys import intern

from caseward.work.exchange.imports.values import ChildSeen, Fact, ImportRefused, Place, Sink
from caseward.work.exchange.ssd import staff
from caseward.work.exchange.ssda903 import codes
from caseward.work.exchange.ssda903.checking import Row

MAX_HELD = 400_000
"""Episodes that wait for the rest of their child's; the largest authority has 10,000 a year."""
SAYS_STATUS = frozenset({"S", "L", "B", "U"})
"""The reasons for a new episode that say that the legal status changed; others keep it."""


@dataclass(frozen=True, slots=True)
class Episode:
    """What is kept of a row of Episodes until all of the child's are read."""

    place: Place
    began_on: date
    ended_on: date | None
    reason: str
    status: str
    placement: str
    provider: str
    urn: str
    ceased: str
    moved: str


class Facts:
    """Turns checked rows into facts and children. Episodes wait until the child's are complete.

    `end_of_child` or `end` gives what waits: adoption decisions too, which two tables tell.
    """

    def __init__(self, out: Sink, *, scheme: str, today: date) -> None:
        self._out, self._scheme, self._today = out, scheme, today
        self._episodes: dict[str, list[Episode]] = {}
        self._n_held = 0
        self._workers: set[str] = set()
        self._adopted: dict[str, list[Row]] = {}
        self._decided: set[tuple[str, date]] = set()
        self._turn: Mapping[str, Callable[[Row], None]] = {
            "Header": self._header,
            "Episodes": self._episode,
            "Reviews": self._review,
            "AD1": self._adoption,
            "PlacedAdoption": self._placed_for_adoption,
            "PrevPerm": self._earlier_permanence,
            "Missing": self._missing,
            "SWEpisodes": self._social_worker,
            "DoLo": self._liberty,
        }

    def take(self, row: Row) -> None:
        """Take a row that was checked."""
        turn = self._turn.get(row.table.name)
        if turn is not None:
            turn(row)

    def end_of_child(self, child: str) -> None:
        """Give what waits of one child, whose rows are all read."""
        episodes = self._episodes.pop(child, [])
        self._n_held -= len(episodes)
        for fact in _care(child, episodes):
            self._out.fact(fact)
        for row in self._adopted.pop(child, ()):
            self._adoption_decided(row)

    def end(self) -> None:
        """Give what waits of all children."""
        for child in sorted({*self._episodes, *self._adopted}):
            self.end_of_child(child)

    def _tell(
        self,
        row: Row,
        kind: str,
        day: date,
        *,
        fields: Mapping[str, str] | None = None,
        until: date | None = None,
    ) -> None:
        key = [row.cells[name] for name in row.table.key if name not in row.days]
        key += [row.days[name].isoformat() for name in row.table.key if name in row.days]
        source = f"{row.table.name}:{':'.join(key)}:{kind}"
        self._out.fact(
            Fact(
                kind=kind,
                occurred_on=day,
                child=row.child,
                source=source,
                place=row.place,
                fields=_filled(fields or {}),
                until=until,
            )
        )

    def _header(self, row: Row) -> None:
        self._out.child(
            ChildSeen(
                identifier=row.child,
                place=row.place,
                born_on=row.days["DOB"],
                sex=codes.SEX.get(row.cells["SEX"], ""),
            )
        )

    def _episode(self, row: Row) -> None:
        cells = row.cells
        self._n_held += 1
        if self._n_held > MAX_HELD:
            raise ImportRefused(
                f"{row.place.file} has more than {MAX_HELD:,} episodes, which are kept until a child's "
                "are complete. Import fewer years at a time, the oldest first. Nothing has been "
                "imported."
            )
        self._episodes.setdefault(row.child, []).append(
            Episode(
                place=row.place,
                began_on=row.days["DECOM"],
                ended_on=row.days.get("DEC"),
                reason=intern(cells["RNE"]),
                status=intern(cells["LS"]),
                placement=intern(cells["PLACE"]),
                provider=intern(cells["PLACE_PROVIDER"]),
                urn=cells["URN"],
                ceased=intern(cells["REC"]),
                moved=intern(cells["REASON_PLACE_CHANGE"]),
            )
        )

    def _review(self, row: Row) -> None:
        said = {"participation": row.cells["REVIEW_CODE"]}
        self._tell(row, "looked_after_review.held", row.days["REVIEW"], fields=said)

    def _adoption(self, row: Row) -> None:
        self._adopted.setdefault(row.child, []).append(row)
        if "DATE_MATCH" in row.days:
            self._tell(row, "adoption_match.made", row.days["DATE_MATCH"])

    def _adoption_decided(self, row: Row) -> None:
        """Give the decision of AD1 unless PlacedAdoption has given the same."""
        decided_on = row.days.get("DATE_INT")
        if decided_on is not None and (row.child, decided_on) not in self._decided:
            self._tell(row, "adoption_decision.made", decided_on)

    def _placed_for_adoption(self, row: Row) -> None:
        self._decided.add((row.child, row.days["DATE_PLACED"]))
        self._tell(row, "adoption_decision.made", row.days["DATE_PLACED"])
        if "DATE_PLACED_CEASED" in row.days:
            self._tell(
                row,
                "adoption_decision.reversed",
                row.days["DATE_PLACED_CEASED"],
                fields={"reason": row.cells["REASON_PLACED_CEASED"]},
            )

    def _earlier_permanence(self, row: Row) -> None:
        order = codes.PERMANENCE[row.cells["PREV_PERM"]]
        if order and "DATE_PERM" in row.days:
            self._tell(row, "permanence_order.made", row.days["DATE_PERM"], fields={"type": order})

    def _missing(self, row: Row) -> None:
        said = {"type": codes.ABSENCE[row.cells["MISSING"]]}
        self._tell(row, "missing_episode.begun", row.days["MIS_START"], fields=said)
        if "MIS_END" in row.days:
            self._tell(row, "missing_episode.ended", row.days["MIS_END"])

    def _social_worker(self, row: Row) -> None:
        """Give who was the child's social worker; the return knows a worker by number alone."""
        number = row.cells["SW_ID"]
        worker = staff.worker_id(self._scheme, number)
        if worker not in self._workers:
            self._workers.add(worker)
            self._out.fact(
                Fact(
                    kind="worker.registered",
                    occurred_on=self._today,
                    child="",
                    source=f"{row.table.name}:{number}:worker.registered",
                    place=row.place,
                    keys={"worker": worker},
                    fields={"name": f"Worker {number}"},
                    stream="authority",
                    on_sight=True,
                )
            )
        said = {"role": "social_worker", "worker": worker}
        until = row.days.get("SW_DEC")
        self._tell(row, "role.held", row.days["SW_DECOM"], fields=said, until=until)

    def _liberty(self, row: Row) -> None:
        self._tell(row, "deprivation_of_liberty.authorised", row.days["DOLO_START"])
        if "DOLO_END" in row.days:
            self._tell(row, "deprivation_of_liberty.ended", row.days["DOLO_END"])


def _filled(said: Mapping[str, str]) -> Mapping[str, str]:
    """Return what is said; what a row leaves empty is left unsaid."""
    return {name: value for name, value in said.items() if value}


def _care(child: str, episodes: Iterable[Episode]) -> Iterator[Fact]:
    """Yield what the episodes of a child say of care, status and placement, in order of days."""
    is_looked_after = False
    status = placement = ""
    ordered = sorted(episodes, key=lambda episode: episode.began_on)
    for episode, following in zip_longest(ordered, ordered[1:]):
        began_on, reason = episode.began_on, episode.reason
        if reason == "S" or not is_looked_after:
            status = placement = ""
            part_way = "" if reason == "S" else "yes"
            said = {"reason": reason, "part_way": part_way}
            yield _of(child, episode, "looked_after.began", began_on, fields=said)
        if episode.status != status or reason in SAYS_STATUS:
            status = episode.status
            yield _of(child, episode, "legal_status.began", began_on, fields={"status": status})
        if reason != "L" or not placement:
            placement = f"{child}-{began_on.isoformat()}"
            yield _placement_began(child, episode, placement)
        is_looked_after = not episode.ceased.startswith("E")
        if episode.ended_on is not None and not _goes_on(episode, following):
            yield _of(
                child,
                episode,
                "placement.ended",
                episode.ended_on,
                keys={"placement": placement},
                fields={"reason": episode.moved},
            )
        if not is_looked_after:
            yield from _left_care(child, episode)


def _goes_on(episode: Episode, following: Episode | None) -> bool:
    """Tell whether the next row keeps the placement: a change of legal status only."""
    if episode.ceased.startswith("E"):
        return False
    return following is not None and following.reason == "L"


def _placement_began(child: str, episode: Episode, placement: str) -> Fact:
    said = {"type": episode.placement, "provider": episode.provider, "urn": episode.urn}
    return _of(
        child,
        episode,
        "placement.began",
        episode.began_on,
        keys={"placement": placement},
        fields=said,
    )


def _left_care(child: str, episode: Episode) -> Iterator[Fact]:
    if episode.ended_on is None:
        raise ValueError("an episode that ends care without a day is refused before it is mapped")
    if episode.ceased == "E2":
        yield _of(child, episode, "child.died", episode.ended_on)
    said = {"reason": episode.ceased}
    yield _of(child, episode, "looked_after.ended", episode.ended_on, fields=said)


def _of(child: str, episode: Episode, kind: str, day: date, **more: Mapping[str, str]) -> Fact:
    said = {what: _filled(fields) for what, fields in more.items()}
    return Fact(
        kind=kind,
        occurred_on=day,
        child=child,
        source=f"Episodes:{child}:{episode.began_on.isoformat()}:{kind}",
        place=episode.place,
        keys=said.get("keys", {}),
        fields=said.get("fields", {}),
    )
