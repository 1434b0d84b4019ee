"""Numbers, flags and words: what kind of value an expression gives, and that none are mixed up."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Literal

from dialogue_game.core.expressions import Expression
from dialogue_game.core.story import Value
from dialogue_game.errors import ExpressionError

Kind = Literal["number", "flag", "word"]


def kind_of(value: Value) -> Kind:
    """Whether a value is a number, a flag or a word."""
    if isinstance(value, bool):
        return "flag"
    return "word" if isinstance(value, str) else "number"


def type_of(expression: Expression, kinds: Mapping[str, Kind]) -> Kind:
    """What kind of value it gives, where the variables are of these kinds.

    Raises ExpressionError where numbers, flags and words are mixed up. Unknown names count as
    fitting, so that they are reported once, as unknown.
    """
    kind = _type(expression.tree, kinds)
    return kind or "flag"


def _type(node: ast.expr, kinds: Mapping[str, Kind]) -> Kind | None:
    match node:
        case ast.Constant():
            return kind_of(node.value)  # type: ignore[arg-type]
        case ast.Name():
            return "flag" if node.id in ("true", "false") else kinds.get(node.id)
        case ast.BoolOp():
            for part in node.values:
                _expect(part, "flag", kinds)
            return "flag"
        case ast.UnaryOp(op=ast.Not()):
            _expect(node.operand, "flag", kinds)
            return "flag"
        case ast.UnaryOp():
            _expect(node.operand, "number", kinds)
            return "number"
        case ast.BinOp():
            _expect(node.left, "number", kinds)
            _expect(node.right, "number", kinds)
            return "number"
        case ast.Compare():
            _compare_types(node, kinds)
            return "flag"
        case _:
            return "flag"


def _expect(node: ast.expr, wanted: Kind, kinds: Mapping[str, Kind]) -> None:
    kind = _type(node, kinds)
    if kind is not None and kind != wanted:
        raise ExpressionError(
            f"A {wanted} is needed here, and this is a {kind}.",
            "Compare it with a value, as in trust >= 3 or tone == 'calm'.",
            offset=node.col_offset,
        )


def _compare_types(node: ast.Compare, kinds: Mapping[str, Kind]) -> None:
    left, right = _type(node.left, kinds), _type(node.comparators[0], kinds)
    if left is None or right is None:
        return
    if left != right:
        raise ExpressionError(
            f"A {left} is compared with a {right} here.",
            "Compare numbers with numbers, flags with flags, 'words' with 'words'.",
            offset=node.col_offset,
        )
    if left != "number" and not isinstance(node.ops[0], ast.Eq | ast.NotEq):
        raise ExpressionError(
            f"A {left} is neither more nor less than another.",
            "Use == or !=.",
            offset=node.col_offset,
        )
