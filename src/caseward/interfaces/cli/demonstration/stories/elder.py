"""Elder: endorsed and filed; Legal Services have two working days left, and his next visit is late."""

from caseward.interfaces.cli.demonstration.courses import background, decision, discharge
from caseward.interfaces.cli.demonstration.telling import Telling, said


def tell(told: Telling) -> None:
    """Tell of a discharge that kept every date while a visit was forgotten."""
    elder = told.child("Elder Invention", born="-14y", worker="north", sex="M")
    background.at_home(elder, in_care="-5y", home="-3y", visited_until="-34wd")
    discharge.to_meeting(elder, review=50, meeting=38)
    discharge.minutes(elder, drafted="-36wd", agreed="-34wd", sent="-33wd")
    decision.pack(elder, "-30wd", received="-29wd")
    decision.decided(elder, "-25wd")
    decision.filed(elder, "-16wd", received="-8wd")
    elder.did("-3wd", "legal", said("application.paginated"))
    decision.followed(elder, "-6wd", words="Legal Services have all the papers.")
