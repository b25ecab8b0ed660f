"""Reading a plain file of facts: rows a second."""

from datetime import date, timedelta

from bench.measuring import Row, digest, seconds
from caseward.rules.facts import plain

N_ROWS = 50_000
SECONDS = 5.0


def rows() -> list[Row]:
    """Measure a file of 50,000 rows, as a large authority's year would be."""
    day = date(2015, 1, 1)
    lines = "\n".join(
        f'c{n // 40},visit.made,{day + timedelta(days=n % 3000)},"{{""placement"": ""p{n}""}}"'
        for n in range(N_ROWS)
    )
    text = f"child,kind,occurred_on,keys\n{lines}\n"
    entries = plain.read_plain(text)
    print(f"plain file: {len(entries)} entries, digest {digest([e.entry_id for e in entries])}")
    took = seconds(lambda: plain.read_plain(text), runs=3)
    return [Row(what=f"read a plain file of {N_ROWS:,} facts", value=took, unit="s", limit=SECONDS)]
