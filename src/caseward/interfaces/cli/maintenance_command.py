"""`caseward maintenance`: have pages read only for a while, and let saving go on again.

Pages stay readable; whoever saves is told why that waits and until when, and what they typed stays
on their page. A large import does this for itself.
"""

import argparse
from datetime import datetime, timedelta

from caseward.interfaces import clock
from caseward.interfaces.cli import exits

WHY = "Caseward is being looked after."


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "switch", metavar="on|off", nargs="?", choices=["on", "off"], help="without it: tell"
    )
    parser.add_argument("--until", metavar="HH:MM", help="when saving is to go on, about")
    parser.add_argument("--why", default=WHY, help=f"what people are told ({WHY})")


def run(options: argparse.Namespace) -> int:
    from caseward.interfaces.cli import store

    store.open_store()
    from caseward.record.ledger import maintenance

    if options.switch == "on":
        maintenance.begin("by hand", why=options.why, until=_until(options.until))
    if options.switch == "off":
        # Whatever an import that was killed has left is ended too.
        maintenance.end("by hand")
        maintenance.end("import")
    found = maintenance.standing(at=clock.now())
    if found is None:
        print("People can save as always.")
    else:
        until = f" until about {found.until.astimezone(clock.LONDON):%H:%M}" if found.until else ""
        print(f"Saving waits{until}; pages can be read. People are told: {found.why}")
    return exits.OK


def _until(text: str | None) -> datetime | None:
    """Return the next moment at which it is this time in London."""
    if text is None:
        return None
    try:
        wanted = datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 -- a time of day alone
    except ValueError as error:
        raise exits.Stop(
            f"--until takes a time such as 14:30, not {text!r}.", exits.USAGE
        ) from error
    now = clock.now().astimezone(clock.LONDON)
    moment = datetime.combine(now.date(), wanted, tzinfo=clock.LONDON)
    return moment if moment > now else moment + timedelta(days=1)
