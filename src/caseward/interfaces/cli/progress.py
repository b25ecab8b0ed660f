"""A progress bar on long work, on the error stream, and only where a person looks at it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Tell = Callable[[str, int, int], None]


def counted(tell: Tell, what: str, of: int = 0) -> Callable[[int], None]:
    """Return what is told how many more are done, and passes on how many are done in all."""
    done = 0

    def count(n: int) -> None:
        nonlocal done
        done += n
        tell(what, done, max(of, done))

    return count


@contextmanager
def bar() -> Iterator[Tell]:
    """Give a function that is told what is being done, how many are done and of how many."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as shown:
        rows: dict[str, int] = {}

        def tell(what: str, done: int, of: int) -> None:
            row = rows.get(what)
            if row is None:
                row = rows[what] = int(shown.add_task(what, total=of))
            shown.update(row, completed=done, total=of)  # type: ignore[arg-type]

        yield tell
