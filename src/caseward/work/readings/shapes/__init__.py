"""What pages, commands and the API are given: frozen values with the words already made.

Nothing here knows of a table or a template. Dates come both as dates (for sorting, `<time>` and
JSON) and as words; a code names what the words say so that a page may choose a colour or a picture.
"""

from caseward.work.readings.shapes.askers import (
    Banner,
    Person,
    RoleChoices,
)
from caseward.work.readings.shapes.child import (
    AsItStood,
    ChildPage,
    EpisodeLine,
    FieldWords,
    Holder,
    Involved,
    Sibling,
    StatusLine,
    TimelineEntry,
)
from caseward.work.readings.shapes.children import (
    ChildLine,
    ChildrenList,
)
from caseward.work.readings.shapes.drafts import (
    DraftLine,
    KeptDraft,
)
from caseward.work.readings.shapes.maps import (
    MapBranch,
    MapLink,
    Place,
    ProcedureLine,
    ProcedureMap,
    Procedures,
    StageOnMap,
    StepOnMap,
)
from caseward.work.readings.shapes.people import (
    AdultCard,
    BarWords,
    PeopleInvolved,
    SavedAct,
    WayWords,
)
from caseward.work.readings.shapes.recording import (
    Change,
    ChangeCode,
    ChangeGroup,
    Consequences,
    FormField,
    KindChoice,
    KindGroup,
    Meanwhile,
    Problem,
    RecordForm,
    Saved,
)
from caseward.work.readings.shapes.tasks import (
    Flag,
    FlagCode,
    Group,
    KindLink,
    MyTasks,
    TaskLine,
)
from caseward.work.readings.shapes.worked import (
    HowWorkedOut,
    LimitWords,
    SkippedDay,
    SourceWords,
)

__all__ = [
    "AdultCard",
    "AsItStood",
    "Banner",
    "BarWords",
    "Change",
    "ChangeCode",
    "ChangeGroup",
    "ChildLine",
    "ChildPage",
    "ChildrenList",
    "Consequences",
    "DraftLine",
    "EpisodeLine",
    "FieldWords",
    "Flag",
    "FlagCode",
    "FormField",
    "Group",
    "Holder",
    "HowWorkedOut",
    "Involved",
    "KeptDraft",
    "KindChoice",
    "KindGroup",
    "KindLink",
    "LimitWords",
    "MapBranch",
    "MapLink",
    "Meanwhile",
    "MyTasks",
    "PeopleInvolved",
    "Person",
    "Place",
    "Problem",
    "ProcedureLine",
    "ProcedureMap",
    "Procedures",
    "RecordForm",
    "RoleChoices",
    "Saved",
    "SavedAct",
    "Sibling",
    "SkippedDay",
    "SourceWords",
    "StageOnMap",
    "StatusLine",
    "StepOnMap",
    "TaskLine",
    "TimelineEntry",
    "WayWords",
]
