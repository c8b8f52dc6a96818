"""What the source can say when it refuses: sentences of refusals and of faults beside a field, `{}` for what varies.

Read from the source, so that none is overlooked: through names, helpers, parameters and tables of the same module.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product
from pathlib import Path

ROOT = Path(__file__).parents[2] / "obligations"
HOLE = "{}"
Function = ast.FunctionDef | ast.AsyncFunctionDef
# Which arguments of a call are such sentences: of refusals and faults, and of the faults of a configuration's file.
REFUSALS = {
    **dict.fromkeys(("Refused", "GrammarError", "ClockWentBack", "__init__", "message"), slice(1, 3)),
    "Fault": slice(2),
    "needs": slice(1, 2),
}
PROBLEMS = {
    "wrong": slice(1, 3),
    "ring_words": slice(1, 2),
    **dict.fromkeys(("problem", "Unreadable"), slice(2, 4)),
    "_at": slice(3, 5),
    "Problem": slice(4, 6),
}
SAYING = REFUSALS | PROBLEMS


class Module:
    """One module's source."""

    def __init__(self, path: Path) -> None:
        self.name = path.relative_to(ROOT).as_posix()
        self.tree = ast.parse(path.read_text("utf-8"))
        self.asked: list[tuple[str, str]] = []

    @cached_property
    def functions(self) -> dict[str, Function]:
        kinds = ast.FunctionDef | ast.AsyncFunctionDef
        return {f"{one.name}:{one.lineno}": one for one in ast.walk(self.tree) if isinstance(one, kinds)}

    @cached_property
    def constants(self) -> dict[str, ast.expr]:
        return dict(_assigned(self.tree.body))

    def sentences(self, saying: Mapping[str, slice] = SAYING) -> Iterator[tuple[str, str]]:
        """Where, and what: what is wrong, what to do about it."""
        for function in self.functions.values():
            for one in ast.walk(function):
                for value in _saying(one, saying):
                    for words in self.said(value, function):
                        yield f"{self.name}:{value.lineno}", re.sub(r"(\{\})+", HOLE, words).strip()

    def said(self, value: ast.expr, function: Function | None) -> set[str]:
        """Every sentence that an expression may be; a hole where this module does not say."""
        match value:
            case ast.Constant(value=str(words)):
                return {words}
            case ast.JoinedStr(values=parts):
                each = [self._part(part, function) for part in parts]
                return {"".join(one) for one in product(*each)}
            case ast.IfExp(body=one, orelse=other):
                return self.said(one, function) | self.said(other, function)
            case ast.BoolOp(values=values):
                return set().union(*(self.said(one, function) for one in values))
            case ast.Name(id=name):
                return self._named(name, function)
            case ast.Call(func=ast.Attribute(value=words, attr="format")):
                return self.said(words, function)
            case ast.Call(func=ast.Name(id=name)) if helper := self._helper(name):
                return self._returned(helper)
            case ast.Subscript(value=table) if entries := self._entries(table):
                return set().union(*(self.said(one, None) for one in entries))
            case Element(of=several, at=at):
                return self._element(several, at, function)
        return {HOLE}

    def _entries(self, table: ast.expr) -> list[ast.expr]:
        """The values of a table that stands in the module, or right here."""
        if isinstance(table, ast.Name):
            table = self.constants.get(table.id, table)
        return table.values if isinstance(table, ast.Dict) else []

    def _element(self, several: ast.expr, at: int, function: Function | None) -> set[str]:
        """One of several that come together: from a table, a helper, one of two tuples."""
        match several:
            case ast.Tuple(elts=each) if at < len(each):
                return self.said(each[at], function)
            case ast.IfExp(body=one, orelse=other):
                return self._element(one, at, function) | self._element(other, at, function)
            case ast.Subscript(value=table) if entries := self._entries(table):
                return set().union(*(self._element(one, at, None) for one in entries))
            case ast.Call(func=ast.Name(id=name)) if helper := self._helper(name):
                return set().union(*(self._element(one, at, helper) for one in _returns(helper)))
        return {HOLE}

    def _part(self, part: ast.expr, function: Function | None) -> set[str]:
        if not isinstance(part, ast.FormattedValue):
            return self.said(part, function)
        return self.said(part.value, function) if part.conversion == -1 else {HOLE}

    def _named(self, name: str, function: Function | None) -> set[str]:
        asked = (name, function.name if function else "")
        if asked in self.asked:  # `words = f"{words} …"`
            return {HOLE}
        self.asked.append(asked)
        try:
            return self._meant(name, function)
        finally:
            self.asked.pop()

    def _meant(self, name: str, function: Function | None) -> set[str]:
        if function:
            if values := [value for known, value in _assigned(ast.walk(function)) if known == name]:
                return set().union(*(self.said(value, function) for value in values))
            places = [one.arg for one in (*function.args.args, *function.args.kwonlyargs)]
            if name in places:
                return self._given(function.name, places, name)
        return self.said(self.constants[name], None) if name in self.constants else {HOLE}

    def _given(self, called: str, places: list[str], name: str) -> set[str]:
        """What the module gives for a parameter of one of its functions."""
        found: set[str] = set()
        for function in self.functions.values():
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and _called(call) == called != "__init__":
                    at = places.index(name) - (places[0] == "self")
                    named = [one.value for one in call.keywords if one.arg == name]
                    for given in named or call.args[at : at + 1]:
                        found |= self.said(given, function)
        return found or {HOLE}

    def _helper(self, name: str) -> Function | None:
        return next((one for one in self.functions.values() if one.name == name), None)

    def _returned(self, function: Function) -> set[str]:
        return set().union(*(self.said(one, function) for one in _returns(function)))


class Element(ast.expr):
    """The value of `b` in `a, b = several`."""

    def __init__(self, of: ast.expr, at: int) -> None:
        super().__init__(lineno=of.lineno)
        self.of, self.at = of, at


def _returns(function: Function) -> list[ast.expr]:
    return [one.value for one in ast.walk(function) if isinstance(one, ast.Return) and one.value]


def _called(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def _saying(one: ast.AST, saying: Mapping[str, slice]) -> list[ast.expr]:
    match one:
        case ast.Call() if _called(one) in saying:
            return one.args[saying[_called(one)]]
        case ast.Assign(targets=[ast.Subscript(value=table)], value=words) if ast.unparse(table).endswith("faults"):
            return [words]
    return []


def _assigned(statements: Iterator[ast.AST] | Sequence[ast.AST]) -> Iterator[tuple[str, ast.expr]]:
    for one in statements:
        if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name):
            yield one.targets[0].id, one.value
        elif isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Tuple):
            names = [(at, name.id) for at, name in enumerate(one.targets[0].elts) if isinstance(name, ast.Name)]
            yield from ((name, Element(one.value, at)) for at, name in names)
        elif isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and one.value:
            yield one.target.id, one.value
