"""What was recorded of a child while somebody had a form open (S7)."""

from collections.abc import Iterable
from datetime import date

from caseward.record.access.askers import Asker
from caseward.work.readings import banner, looks, timeline
from caseward.work.readings.shapes import Meanwhile


def of(asker: Asker, child_id: str, entry_ids: Iterable[str], *, as_of: date) -> Meanwhile:
    """Return these entries as the asker may read them, as they now stand.

    Errors: NotFound for a child whom the asker may not see.
    """
    asked = looks.ask(asker, as_of=as_of)
    look = looks.look_at(asked, child_id)
    answer = Meanwhile(
        banner=banner.page(asker, as_of=as_of),
        child_id=child_id,
        child_name=looks.called(look.child),
        entries=timeline.find(look, entry_ids),
    )
    looks.write_log(asked, "meanwhile", [child_id])
    return answer
