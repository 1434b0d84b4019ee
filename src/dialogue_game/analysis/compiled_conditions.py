"""Conditions and values as functions of a world: one value a fact, by position.

The same meaning as `core.expressions`, which the tests compare; only the look-up is faster.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from dialogue_game.core.expressions import parse

World = Sequence[Any]
"""The values of the facts in force, by position; None where a fact no longer matters."""
Reader = Callable[[World], Any]

COMPARISONS: Final[Mapping[type[ast.cmpop], Callable[[Any, Any], bool]]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


EARNED: Final = "earned"
"""Where a story reads it of the profile: the fact is the pair of points earned and at stake."""
ANY_BREACH: Final = "unrepaired()"
"""The fact is the set of guidelines that are breached and not repaired."""


def percent(earned: Any) -> Any:
    """What a pair of points earned and at stake is in per cent; a variable's own value as it is."""
    if not isinstance(earned, tuple):
        return earned
    points, at_stake = earned
    return 100 * points // at_stake if at_stake else 100


def reader(source: str, slots: Mapping[str, int]) -> Reader:
    """The closure of a condition or value; `slots` gives each fact's position."""
    return _read(parse(source).tree, slots)


def fact_of(node: ast.expr) -> str | None:
    """The fact that a piece of an expression names, or None."""
    if isinstance(node, ast.Name) and node.id not in ("true", "false"):
        return node.id
    if isinstance(node, ast.Call):
        return ast.unparse(node)
    return None


def constant_of(node: ast.expr, constants: Mapping[str, Any] | None = None) -> Any:
    """The value of a literal, a signed one too, or of a name or sum of constants; else None."""
    if isinstance(node, ast.Constant):
        return node.value
    if constants and isinstance(node, ast.Name) and node.id in constants:
        return constants[node.id]
    if constants and isinstance(node, ast.BinOp):
        left, right = (
            constant_of(node.left, constants),
            constant_of(node.right, constants),
        )
        if left is None or right is None:
            return None
        return left + right if isinstance(node.op, ast.Add) else left - right
    if isinstance(node, ast.Name) and node.id in ("true", "false"):
        return node.id == "true"
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = constant_of(node.operand, constants)
        return None if inner is None else -inner
    return None


def _read(node: ast.expr, slots: Mapping[str, int]) -> Reader:
    fixed = constant_of(node)
    if fixed is not None:
        return lambda w: fixed
    fact = fact_of(node)
    if fact is not None:
        slot = slots[fact]
        if fact == EARNED:
            return lambda w: percent(w[slot])
        if fact == ANY_BREACH:
            return lambda w: bool(w[slot])
        return lambda w: w[slot]
    match node:
        case ast.BoolOp():
            return _joined(node, slots)
        case ast.UnaryOp(op=ast.Not()):
            inner = _read(node.operand, slots)
            return lambda w: not inner(w)
        case ast.UnaryOp():
            inner = _read(node.operand, slots)
            return lambda w: -inner(w)
        case ast.BinOp():
            left, right = _read(node.left, slots), _read(node.right, slots)
            if isinstance(node.op, ast.Add):
                return lambda w: left(w) + right(w)
            return lambda w: left(w) - right(w)
        case ast.Compare():
            return _compared(node, slots)
    raise TypeError(ast.dump(node))


def _joined(node: ast.BoolOp, slots: Mapping[str, int]) -> Reader:
    first, *others = (_read(part, slots) for part in node.values)
    rest = tuple(others)
    if len(rest) == 1:
        second = rest[0]
        if isinstance(node.op, ast.And):
            return lambda w: first(w) and second(w)
        return lambda w: first(w) or second(w)
    parts = (first, *rest)
    if isinstance(node.op, ast.And):
        return lambda w: all(part(w) for part in parts)
    return lambda w: any(part(w) for part in parts)


def _compared(node: ast.Compare, slots: Mapping[str, int]) -> Reader:
    function = COMPARISONS[type(node.ops[0])]
    fact, fixed = fact_of(node.left), constant_of(node.comparators[0])
    if fact is not None and fixed is not None and fact not in (EARNED, ANY_BREACH):
        slot = slots[fact]
        return lambda w: function(w[slot], fixed)
    left, right = _read(node.left, slots), _read(node.comparators[0], slots)
    return lambda w: function(left(w), right(w))
