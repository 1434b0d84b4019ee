"""Conditions and effects: the small, safe language of stories, and the kinds of value in it.

`trust >= 3 and not told_board`, `chose(doorway.sign)`, `reach += 40`. Read with Python's own
parser under a whitelist and a length cap, then turned into functions over plain values; nothing is
ever evaluated by Python. Every expression ends, touches nothing outside the state, and can be
analysed. Numbers, flags and words are never mixed up.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from dialogue_game.core.story import UNREPAIRED, Value
from dialogue_game.errors import ExpressionError

MAX_LENGTH: Final = 500
MAX_DEPTH: Final = 30
MAX_DIGITS: Final = 12
LARGEST: Final = 2**53
"""Numbers stop here, and at its negative: what every engine holds exactly, the browser's too."""
_NUMBER: Final = re.compile(r"\d+(\.\d+)?")

Evaluator = Callable[[Mapping[str, Value], Set[str], Set[str]], Value]
"""What it reads: variables, visited scenes, chosen `scene.choice` paths."""


def bounded(value: Value) -> Value:
    """The value, or the nearest number that every engine holds exactly."""
    if isinstance(value, str | bool) or -LARGEST <= value <= LARGEST:
        return value
    return LARGEST if value > 0 else -LARGEST


def _added(left: Value, right: Value) -> Value:
    return bounded(left + right)  # type: ignore[operator]


def _subtracted(left: Value, right: Value) -> Value:
    return bounded(left - right)  # type: ignore[operator]


COMPARISONS: Final[Mapping[type[ast.cmpop], Callable[[Value, Value], bool]]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_ARITHMETIC: Final[Mapping[type[ast.operator], Callable[[Value, Value], Value]]] = {
    ast.Add: _added,
    ast.Sub: _subtracted,
}
_ALLOWED: Final = (
    "Allowed are names, numbers, true, false, 'words', comparisons, and, or, not, + and -, "
    "visited(scene), chose(scene.choice) and unrepaired(guideline)."
)


@dataclass(frozen=True, slots=True)
class Expression:
    """A condition or a value, read and ready.

    `names`, `scenes` and `choices` are what it reads, each with the offset of its first mention;
    breaches are among the names, as `unrepaired(g6)`.
    """

    source: str
    evaluate: Evaluator
    names: Mapping[str, int]
    scenes: Mapping[str, int]
    choices: Mapping[str, int]
    tree: ast.expr

    @property
    def constant(self) -> bool:
        """Whether it reads nothing and so always comes out the same."""
        return not (self.names or self.scenes or self.choices)


@dataclass(frozen=True, slots=True)
class Effect:
    """`name = value`, `name += number` or `name -= number`."""

    source: str
    target: str
    operator: Literal["=", "+=", "-="]
    value: Expression


class _TreeCompiler:
    """Turns one parsed tree into functions, collecting what it reads."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.names: dict[str, int] = {}
        self.scenes: dict[str, int] = {}
        self.choices: dict[str, int] = {}

    def refuse(self, node: ast.AST, message: str) -> ExpressionError:
        return ExpressionError(message, _ALLOWED, offset=getattr(node, "col_offset", 0))

    def read(self, node: ast.expr, depth: int = 0) -> Evaluator:
        if depth > MAX_DEPTH:
            raise self.refuse(node, "This expression is nested too deeply.")
        match node:
            case ast.Constant():
                return self.literal(node)
            case ast.Name():
                return self.name(node)
            case ast.BoolOp():
                return self.joined(node, depth)
            case ast.UnaryOp(op=ast.Not()):
                inner = self.read(node.operand, depth + 1)
                return lambda v, s, c: not inner(v, s, c)
            case ast.UnaryOp(op=ast.USub()):
                inner = self.read(node.operand, depth + 1)
                return lambda v, s, c: -inner(v, s, c)  # type: ignore[operator]
            case ast.BinOp(op=ast.Add() | ast.Sub()):
                return self.arithmetic(node, depth)
            case ast.Compare():
                return self.compared(node, depth)
            case ast.Call():
                return self.called(node)
            case _:
                raise self.unknown(node)

    def unknown(self, node: ast.AST) -> ExpressionError:
        message = f"“{self.piece(node)}” is not part of the story language."
        return self.refuse(node, message)

    def piece(self, node: ast.AST) -> str:
        return ast.get_source_segment(self.source, node) or self.source

    def literal(self, node: ast.Constant) -> Evaluator:
        value = node.value
        if not isinstance(value, bool | int | float | str):
            raise self.refuse(
                node, f"“{self.piece(node)}” is not a number, a flag or a word."
            )
        if isinstance(value, int | float) and not isinstance(value, bool):
            written = self.piece(node)
            if len(written) > MAX_DIGITS or not _NUMBER.fullmatch(written):
                message = f"“{written}” is not a plain number, such as 3 or 2.5."
                raise self.refuse(node, message)
        return lambda v, s, c: value

    def name(self, node: ast.Name) -> Evaluator:
        key = node.id
        if key in ("true", "false"):
            flag = key == "true"
            return lambda v, s, c: flag
        self.names.setdefault(key, node.col_offset)
        return lambda v, s, c: v[key]

    def joined(self, node: ast.BoolOp, depth: int) -> Evaluator:
        parts = tuple(self.read(part, depth + 1) for part in node.values)
        if isinstance(node.op, ast.And):
            return lambda v, s, c: all(part(v, s, c) for part in parts)
        return lambda v, s, c: any(part(v, s, c) for part in parts)

    def arithmetic(self, node: ast.BinOp, depth: int) -> Evaluator:
        left = self.read(node.left, depth + 1)
        right = self.read(node.right, depth + 1)
        function = _ARITHMETIC[type(node.op)]
        return lambda v, s, c: function(left(v, s, c), right(v, s, c))

    def compared(self, node: ast.Compare, depth: int) -> Evaluator:
        if len(node.ops) > 1:
            raise self.refuse(node, "Compare two things at a time, joined by “and”.")
        compare = COMPARISONS.get(type(node.ops[0]))
        if compare is None:
            raise self.refuse(
                node, f"“{self.piece(node)}” is not a comparison we know."
            )
        left = self.read(node.left, depth + 1)
        right = self.read(node.comparators[0], depth + 1)
        return lambda v, s, c: compare(left(v, s, c), right(v, s, c))

    def called(self, node: ast.Call) -> Evaluator:
        function = node.func.id if isinstance(node.func, ast.Name) else ""
        if node.keywords or len(node.args) > 1:
            raise self.unknown(node)
        if function == "unrepaired":
            return self.unrepaired(node)
        if function == "visited" and node.args:
            return self.visited(node, node.args[0])
        if function == "chose" and node.args:
            return self.chose(node, node.args[0])
        raise self.unknown(node)

    def visited(self, node: ast.Call, argument: ast.expr) -> Evaluator:
        if not isinstance(argument, ast.Name):
            raise self.refuse(node, "Write it as visited(scene).")
        scene = argument.id
        self.scenes.setdefault(scene, argument.col_offset)
        return lambda v, s, c: scene in s

    def chose(self, node: ast.Call, argument: ast.expr) -> Evaluator:
        if isinstance(argument, ast.Attribute) and isinstance(argument.value, ast.Name):
            path = f"{argument.value.id}.{argument.attr}"
            self.choices.setdefault(path, argument.col_offset)
            return lambda v, s, c: path in c
        raise self.refuse(node, "Write it as chose(scene.choice).")

    def unrepaired(self, node: ast.Call) -> Evaluator:
        """A breach of one guideline, or of any, that no positive mark on it has followed."""
        guideline = ""
        for argument in node.args:
            if not isinstance(argument, ast.Name):
                raise self.refuse(
                    node, "Write it as unrepaired(guideline) or unrepaired()."
                )
            guideline = argument.id
        key = f"{UNREPAIRED}{guideline})"
        self.names.setdefault(key, node.col_offset)
        return lambda v, s, c: bool(v[key])


@cache
def parse(source: str) -> Expression:
    """The expression written in `source`.

    Raises ExpressionError with the offset of what is wrong.
    """
    if len(source) > MAX_LENGTH:
        raise ExpressionError(
            f"This expression is longer than {MAX_LENGTH} characters."
        )
    text = source.strip()
    if not text:
        raise ExpressionError("An expression is missing here.", _ALLOWED)
    if not text.isascii():
        offset = next(i for i, letter in enumerate(text) if not letter.isascii())
        message = f"“{text[offset]}” is not part of the story language."
        raise ExpressionError(message, _ALLOWED, offset=offset)
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError as error:
        offset = max((error.offset or 1) - 1, 0)
        message = "This expression cannot be read."
        raise ExpressionError(message, _ALLOWED, offset=offset) from None
    except (ValueError, MemoryError, RecursionError):
        raise ExpressionError("This expression cannot be read.", _ALLOWED) from None
    compiler = _TreeCompiler(text)
    return Expression(
        text,
        compiler.read(tree),
        compiler.names,
        compiler.scenes,
        compiler.choices,
        tree,
    )


@cache
def parse_effect(source: str) -> Effect:
    """The effect written in `source`. Raises ExpressionError."""
    for assignment in ("+=", "-=", "="):
        target, found, value = source.partition(assignment)
        if not found:
            continue
        name = target.strip()
        if not name.isidentifier() or value.startswith("="):
            break
        try:
            expression = parse(value)
        except ExpressionError as error:
            offset = len(source) - len(value.lstrip()) + error.offset
            raise ExpressionError(error.message, error.next_step, offset) from None
        return Effect(source, name, assignment, expression)
    raise ExpressionError(
        f"“{source.strip()}” is not an effect.",
        "Write name = value, name += 1 or name -= 1.",
    )


def holds(
    condition: str,
    variables: Mapping[str, Value],
    visited: Set[str],
    chosen: Set[str],
) -> bool:
    """Whether a condition holds; the empty one always does."""
    return not condition or bool(parse(condition).evaluate(variables, visited, chosen))


def with_effects(
    effects: tuple[str, ...],
    variables: Mapping[str, Value],
    visited: Set[str],
    chosen: Set[str],
) -> dict[str, Value]:
    """The variables after these effects, in order; the given ones are left alone."""
    result = dict(variables)
    for source in effects:
        effect = parse_effect(source)
        value = effect.value.evaluate(result, visited, chosen)
        if effect.operator == "+=":
            value = _added(result[effect.target], value)
        elif effect.operator == "-=":
            value = _subtracted(result[effect.target], value)
        result[effect.target] = value
    return result


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
    return _type(expression.tree, kinds) or "flag"


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
