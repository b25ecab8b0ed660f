"""The adults of a family, with what a letter or a meeting has to heed (B7)."""

from caseward.interfaces.cli.demonstration.telling import Adult, Child

AT_HOME_PHONE = ("phone", "01632 960 001", True, "")


def mother(child: Child, *, lives_with: bool = False, word: str = "") -> None:
    """The mother, who holds parental responsibility by birth."""
    child.knows(
        Adult(
            word=word or f"mother of {child.word}",
            name=f"Mother of {_called(child)}",
            relationship="Mother",
            responsibility="birth",
            lives_with=lives_with,
            ways=(AT_HOME_PHONE,),
        )
    )


def father(
    child: Child, *, lives_with: bool = False, word: str = "", responsibility: str = "registration"
) -> None:
    """The father; without a source he holds no parental responsibility."""
    child.knows(
        Adult(
            word=word or f"father of {child.word}",
            name=f"Father of {_called(child)}",
            relationship="Father",
            responsibility=responsibility,
            lives_with=lives_with,
        )
    )


def carer(child: Child, *, word: str = "", relationship: str = "Foster carer") -> None:
    """The carer with whom the child lives."""
    child.knows(
        Adult(
            word=word or f"carer of {child.word}",
            name=f"{relationship} of {_called(child)}",
            relationship=relationship,
            lives_with=True,
        )
    )


def _called(child: Child) -> str:
    return child.name.split()[0]
