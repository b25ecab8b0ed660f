"""What readings ask of the worklists."""

from datetime import date

from django.db.models import Q, QuerySet

from caseward.work.worklists.models import OwedTask


def standing(as_of: date) -> QuerySet[OwedTask]:
    """Return the tasks that may stand on a list on the day, once for each role that owes them."""
    return OwedTask.objects.filter(
        Q(opens_on__lte=as_of), Q(leaves_on=None) | Q(leaves_on__gt=as_of)
    ).order_by("id")
