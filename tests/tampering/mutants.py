"""Small deliberate errors, one at a time, in every place of a module where one can be made.

Comparisons and conditions are turned round, `and` and `or` exchanged, sums and constants put out by
one, words exchanged for another, results replaced by None, statements left out. Sentences for
readers, annotations and decorators stay as they are; so do assignments to plain names, without
which a function merely crashes.
"""

import ast
import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

OTHER_COMPARISON: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
OTHER_SUM: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitOr,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
# A word that a program reads: a code, a key, the label of a hash. Anything else is a sentence.
WORD = re.compile(r"[\w./*-]*|caseward [a-z0-9 ]+")
UNTOUCHED = {"annotation", "returns", "decorator_list"}


@dataclass(frozen=True)
class Mutant:
    """One error in a module: in which line, what was done, and the module with it."""

    line: int
    what: str
    tree: ast.Module

    def __str__(self) -> str:
        """Return where it is and what it does."""
        return f"line {self.line}: {self.what}"


def of(path: Path) -> Iterator[Mutant]:
    """Yield every mutant of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for number, node in enumerate(_sites(tree)):
        for what, change in _changes(node):
            mutated = copy.deepcopy(tree)
            change(_nth(mutated, number))
            yield Mutant(_line(node), what, ast.fix_missing_locations(mutated))


def count_of(path: Path) -> int:
    """Return how many mutants a module has."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return sum(1 for node in _sites(tree) for _ in _changes(node))


def nth_of(path: Path, wanted: int) -> Mutant:
    """Return one mutant of a module by its number, the others unmade."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    at = 0
    for number, node in enumerate(_sites(tree)):
        for what, change in _changes(node):
            if at == wanted:
                mutated = copy.deepcopy(tree)
                change(_nth(mutated, number))
                return Mutant(_line(node), what, ast.fix_missing_locations(mutated))
            at += 1
    message = f"{path} has {at} mutants and no number {wanted}"
    raise LookupError(message)


def written(mutant: Mutant) -> str:
    """Return the module's source with the error in it."""
    return ast.unparse(mutant.tree)


def _sites(node: ast.AST) -> Iterator[ast.AST]:
    """Yield every node whose changes count, each time in the same order."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in UNTOUCHED:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_docstring(child):
                yield from _sites(child)


def _nth(tree: ast.AST, number: int) -> ast.AST:
    return next(node for at, node in enumerate(_sites(tree)) if at == number)


def _line(node: ast.AST) -> int:
    own = getattr(node, "lineno", 0)
    return int(own or getattr(getattr(node, "iter", None), "lineno", 0))


def _is_docstring(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


Change = Callable[[ast.AST], None]


def _changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
    yield from _of_statement(node)
    yield from _of_condition(node)
    if isinstance(node, ast.Compare):
        for at, operator in enumerate(node.ops):
            for other in OTHER_COMPARISON[type(operator)]:
                yield f"{_name(operator)} made {other.__name__}", _set_in("ops", at, other())
    elif isinstance(node, ast.BoolOp):
        other_op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield f"{_name(node.op)} made {_name(other_op)}", _set("op", other_op)
    elif isinstance(node, ast.BinOp) and type(node.op) in OTHER_SUM:
        other_sum = OTHER_SUM[type(node.op)]()
        yield f"{_name(node.op)} made {_name(other_sum)}", _set("op", other_sum)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        # `not x` made `not not x` has the truth of x.
        yield "not left out", _set("operand", ast.UnaryOp(ast.Not(), node.operand))
    elif isinstance(node, ast.Constant):
        for value in _other_values(node.value):
            yield f"{node.value!r} made {value!r}", _set("value", value)


def _of_statement(node: ast.AST) -> Iterator[tuple[str, Change]]:
    """Leave out the statements within a node, and replace what it returns."""
    if isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield f"return {ast.unparse(node.value)} made None", _set("value", ast.Constant(None))
    for name in ("body", "orelse", "finalbody"):
        statements = getattr(node, name, None)
        for at, statement in enumerate(statements if isinstance(statements, list) else ()):
            if _may_go(statement):
                left_out = f"{ast.unparse(statement)} left out"
                yield left_out, _set_in(name, at, ast.Pass())


def _may_go(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Expr):
        return not _is_docstring(statement)
    if isinstance(statement, ast.Assign):
        return any(isinstance(each, ast.Attribute | ast.Subscript) for each in statement.targets)
    if isinstance(statement, ast.Return):
        return statement.value is None
    return isinstance(statement, ast.AugAssign | ast.Raise | ast.Continue | ast.Delete)


def _of_condition(node: ast.AST) -> Iterator[tuple[str, Change]]:
    """Turn a whole condition round, where that is not the turning of its one comparison."""
    if isinstance(node, ast.If | ast.While | ast.IfExp) and not _is_turned_within(node.test):
        yield f"{ast.unparse(node.test)} turned round", _set("test", _not(node.test))
    if isinstance(node, ast.comprehension):
        for at, test in enumerate(node.ifs):
            if not _is_turned_within(test):
                yield f"{ast.unparse(test)} turned round", _set_in("ifs", at, _not(test))


def _is_turned_within(test: ast.expr) -> bool:
    return isinstance(test, ast.Compare) or (
        isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
    )


def _not(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), copy.deepcopy(test))


def _other_values(value: object) -> tuple[object, ...]:
    if isinstance(value, bool):
        return (not value,)
    if isinstance(value, int):
        return value + 1, value - 1
    if isinstance(value, str) and WORD.fullmatch(value):
        return (f"{value}~",)
    return ()


def _set(name: str, value: object) -> Change:
    def change(node: ast.AST) -> None:
        setattr(node, name, copy.deepcopy(value))

    return change


def _set_in(name: str, at: int, value: ast.AST) -> Change:
    def change(node: ast.AST) -> None:
        getattr(node, name)[at] = copy.deepcopy(value)

    return change


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _name(operator: ast.AST) -> str:
    return type(operator).__name__
