"""How large and how dense the program is: `python -m tests.architecture.figures`.

Tokens are those of Python's own `tokenize`, without comments, line ends, indents and docstrings'
lines counted as code; a code line is one that holds a token other than a docstring.
"""

from __future__ import annotations

import ast
import io
import sys
import tokenize
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "dialogue_game"
SILENT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """One file: its name below the package, its text, its syntax tree."""

    name: str
    text: str
    tree: ast.Module = field(repr=False)

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return len(self.text.splitlines())


@dataclass(frozen=True, slots=True)
class Figures:
    """What is measured; `longest` and `most` name where."""

    files: int
    tokens: int
    code_lines: int
    longest_file: tuple[int, str]
    longest_function: tuple[int, str]
    median_function: float
    most_methods: tuple[int, str]
    classes_twice: tuple[str, ...]
    modules_twice: tuple[str, ...]
    circles: tuple[tuple[str, ...], ...]
    by_folder: dict[str, int]

    @property
    def density(self) -> float:
        """Tokens in a line of code."""
        return self.tokens / self.code_lines


def measured(source: Path = SOURCE) -> Figures:
    """The figures of every module below a folder."""
    modules = [read(path, source) for path in sorted(source.rglob("*.py"))]
    functions = [found for module in modules for found in functions_of(module)]
    classes = [
        (node.name, module.name, node)
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
    ]
    counted = {module.name: tokens_and_lines(module) for module in modules}
    return Figures(
        files=len(modules),
        tokens=sum(tokens for tokens, _ in counted.values()),
        code_lines=sum(lines for _, lines in counted.values()),
        longest_file=max((module.lines, module.name) for module in modules),
        longest_function=max(functions),
        median_function=median(length for length, _ in functions),
        most_methods=max(
            (methods(node), f"{where}:{name}") for name, where, node in classes
        ),
        classes_twice=twice((name, where) for name, where, _ in classes),
        modules_twice=twice(
            (path.stem, module.name)
            for module in modules
            for path in [Path(module.name)]
            if path.stem != "__init__"
        ),
        circles=tuple(circles(imports(modules))),
        by_folder=folders(counted),
    )


def read(path: Path, source: Path) -> Module:
    """One module."""
    text = path.read_text(encoding="utf-8")
    return Module(str(path.relative_to(source)), text, ast.parse(text))


def tokens_and_lines(module: Module) -> tuple[int, int]:
    """Tokens, and lines of code; docstrings are neither."""
    quiet = set(docstring_lines(module.tree))
    tokens, lines = 0, set()
    for token in tokenize.generate_tokens(io.StringIO(module.text).readline):
        if token.type in SILENT or token.start[0] in quiet:
            continue
        tokens += 1
        lines |= set(range(token.start[0], token.end[0] + 1))
    return tokens, len(lines)


def docstring_lines(tree: ast.Module) -> Iterator[int]:
    """The lines of every text that stands alone, as docstrings do."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            yield from range(node.lineno, (node.end_lineno or node.lineno) + 1)


def functions_of(module: Module) -> Iterator[tuple[int, str]]:
    """Every function with its lines: from `def` to its end, without its docstring."""
    for node in ast.walk(module.tree):
        if isinstance(node, FunctionNode):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if ast.get_docstring(node, clean=False) is not None:
                first = node.body[0]
                length -= (first.end_lineno or first.lineno) - first.lineno + 1
            yield length, f"{module.name}:{node.name}"


def methods(node: ast.ClassDef) -> int:
    """How many methods a class defines itself."""
    return sum(isinstance(item, FunctionNode) for item in node.body)


def twice(found: Iterator[tuple[str, str]]) -> tuple[str, ...]:
    """Names that stand in more than one place, and where."""
    places: dict[str, list[str]] = defaultdict(list)
    for name, where in found:
        places[name].append(where)
    return tuple(
        f"{name} ({', '.join(sorted(set(where)))})"
        for name, where in sorted(places.items())
        if len(where) > 1
    )


def imports(modules: list[Module]) -> dict[str, set[str]]:
    """Which module imports which when it is itself imported; not inside functions."""
    names = {dotted(module.name) for module in modules}
    found: dict[str, set[str]] = {}
    for module in modules:
        targets = found.setdefault(dotted(module.name), set())
        for node in at_import(module.tree.body):
            if isinstance(node, ast.Import):
                targets |= {alias.name for alias in node.names} & names
            elif node.module in names:
                inner = {f"{node.module}.{alias.name}" for alias in node.names} & names
                targets |= inner or {node.module}
    return found


def at_import(body: list[ast.stmt]) -> Iterator[ast.Import | ast.ImportFrom]:
    """The imports that run with the module, those for types left out."""
    for node in body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif isinstance(node, ast.Try):
            yield from at_import(node.body)


def dotted(name: str) -> str:
    """A file's name as a module's."""
    parts = ("dialogue_game", *Path(name).with_suffix("").parts)
    return ".".join(part for part in parts if part != "__init__")


def circles(graph: dict[str, set[str]]) -> Iterator[tuple[str, ...]]:
    """Every group of modules that import one another, after Tarjan."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []

    def visit(node: str) -> Iterator[tuple[str, ...]]:
        index[node] = low[node] = len(index)
        stack.append(node)
        for target in graph[node]:
            if target not in index:
                yield from visit(target)
                low[node] = min(low[node], low[target])
            elif target in stack:
                low[node] = min(low[node], index[target])
        if low[node] == index[node]:
            group = tuple(stack[stack.index(node) :])
            del stack[stack.index(node) :]
            if len(group) > 1:
                yield group

    for node in graph:
        if node not in index:
            yield from visit(node)


def folders(counted: dict[str, tuple[int, int]]) -> dict[str, int]:
    """Tokens in each of the package's folders."""
    sums: dict[str, int] = defaultdict(int)
    for name, (tokens, _) in counted.items():
        sums[name.split("/")[0]] += tokens
    return dict(sorted(sums.items(), key=lambda item: -item[1]))


def main() -> int:
    """Print them all."""
    found = measured()
    out = sys.stdout.write
    out(f"files              {found.files}\n")
    out(f"tokens             {found.tokens:,}\n")
    out(f"tokens a code line {found.density:.2f} ({found.code_lines:,} code lines)\n")
    out(f"longest file       {found.longest_file[0]} lines: {found.longest_file[1]}\n")
    out(
        f"longest function   {found.longest_function[0]} lines: {found.longest_function[1]}\n"
    )
    out(f"median function    {found.median_function:g} lines\n")
    out(f"most methods       {found.most_methods[0]}: {found.most_methods[1]}\n")
    out(f"import circles     {len(found.circles)}\n")
    for title, names in (
        ("class names twice ", found.classes_twice),
        ("module names twice", found.modules_twice),
    ):
        out(f"{title} {len(names)}\n")
        out("".join(f"    {name}\n" for name in names))
    out("tokens by folder\n")
    out(
        "".join(
            f"    {name:<14} {tokens:>7,}\n" for name, tokens in found.by_folder.items()
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
