"""What one seed decides: the same seed and day tell the same stories, to the minute."""

import uuid
from dataclasses import dataclass, field
from random import Random

# Plants and words for things that do not exist: nobody is called so.
GIVEN_NAMES = (
    "Alder", "Aspen", "Betony", "Borage", "Bracken", "Briar", "Bryony", "Burdock", "Campion",
    "Celandine", "Chervil", "Cicely", "Columbine", "Comfrey", "Cowslip", "Damson", "Dill", "Dock",
    "Fescue", "Foxglove", "Gentian", "Hawthorn", "Heath", "Hornbeam", "Hyssop", "Lovage", "Lupin",
    "Mallow", "Marram", "Medlar", "Melilot", "Mullein", "Myrtle", "Orchis", "Osier", "Pimpernel",
    "Quillwort", "Ragwort", "Rampion", "Ramsons", "Samphire", "Saxifrage", "Sedge", "Sloe",
    "Spindle", "Sundew", "Tamarisk", "Teasel", "Thrift", "Tormentil", "Vetch", "Woodruff",
)  # fmt: skip
FAMILY_NAMES = (
    "Abstract", "Allegory", "Blank", "Conjecture", "Dummy", "Etcetera", "Fable", "Facsimile",
    "Figment", "Footnote", "Guesswork", "Hypothesis", "Imaginary", "Instance", "Invented", "Legend",
    "Madeup", "Mirage", "Mockup", "Mythical", "Notional", "Parable", "Phantom", "Placeholder",
    "Pretend", "Proxy", "Quotation", "Replica", "Rumour", "Sampler", "Sketch", "Stencil",
    "Supposed", "Surmise", "Template", "Theorem", "Unreal", "Virtual", "Whimsy",
)  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Chance:
    """Everything that could have been otherwise, drawn in one order from one seed."""

    seed: int
    random: Random = field(init=False)
    given: list[str] = field(init=False)
    families: list[str] = field(init=False)
    n_named: int = 0

    def __post_init__(self) -> None:
        self.random = Random(f"caseward demonstration {self.seed}")  # noqa: S311 -- no secret
        self.given = self.random.sample(GIVEN_NAMES, len(GIVEN_NAMES))
        self.families = self.random.sample(FAMILY_NAMES, len(FAMILY_NAMES))

    def name(self) -> str:
        """Return a child's name that was not given yet; after the last, with a number."""
        turn, place = divmod(self.n_named, len(self.given))
        family = self.families[self.n_named % len(self.families)]
        self.n_named += 1
        return f"{self.given[place]}{f'-{turn + 1}' if turn else ''} {family}"

    def key(self) -> str:
        """Return an act's key: a uuid4 in form, by the seed in fact."""
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def days_early(self, at_most: int) -> int:
        """Return how many days sooner than it could be something was done."""
        return self.random.randint(0, at_most)

    def birthday_earlier(self) -> int:
        """Return how many days before today's day of the year a birthday lies."""
        return self.random.randint(14, 330)

    def minute(self, start: int, end: int) -> int:
        """Return a minute of the day between two."""
        return self.random.randint(start, end)
