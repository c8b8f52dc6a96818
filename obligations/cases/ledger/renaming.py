"""Obligations under another id (`was:`): what is followed until now, told under the ids that a draft gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast

from obligations.domain.deadline import After
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration, Obligation, Plan

K = TypeVar("K", bound=tuple[str, ...])
T = TypeVar("T")
Name = tuple[str, str]


@dataclass(frozen=True)
class Followed:
    """The applied configuration beside a draft. `renamed` leads from (plan, old id) to the draft's id."""

    configuration: Configuration | None
    renamed: Mapping[Name, str] = field(default_factory=dict)

    def plan(self, plan: str) -> Plan | None:
        return self.configuration.plans.get(plan) if self.configuration else None

    def old_id(self, plan: str, obligation: str) -> str:
        """The id that the ledger has until now."""
        return next((old for (own, old), new in self.renamed.items() if (own, new) == (plan, obligation)), obligation)

    def obligation(self, plan: str, obligation: str) -> Obligation | None:
        """What the draft's obligation was; its anchor, too, bears the draft's id."""
        if self.configuration is None:
            return None
        found = self.configuration.obligation(plan, self.old_id(plan, obligation))
        if found and isinstance(found.form, After) and (new := self.renamed.get((plan, found.form.anchor))):
            return replace(found, form=replace(found.form, anchor=new))
        return found

    def rekeyed(self, known: Mapping[K, T]) -> dict[K, T]:
        """The same under the draft's ids; keys begin with plan and obligation."""
        if not self.renamed:
            return dict(known)
        return {self._key(key): value for key, value in known.items()}

    def _key(self, key: K) -> K:
        new = self.renamed.get((key[0], key[1]), key[1])
        return cast("K", (key[0], new, *key[2:]))


def followed(
    draft: Configuration, before: Configuration | None, known: set[Name], *, is_rollback: bool = False
) -> Followed:
    """Which of the `known` obligations the draft calls otherwise; a rollback gives them their older ids back.

    Refused where the new id belongs to other duties already. Going back to a version that had renamed one, while
    another took the free id since, renames nothing: the other one is what is taken back.
    """
    renamed = dict(_forward(draft, before, known, is_rollback=is_rollback))
    if before and is_rollback:
        renamed |= _back(draft, before, known)
    return Followed(before, renamed)


def _forward(
    draft: Configuration, before: Configuration | None, known: set[Name], *, is_rollback: bool
) -> Iterator[tuple[Name, str]]:
    for plan in draft.plans.values():
        for one in plan.obligations:
            if one.was is None or (plan.id, one.was) not in known:
                continue
            if (plan.id, one.id) not in known:
                yield (plan.id, one.was), one.id
            elif before and before.obligation(plan.id, one.was):
                if is_rollback and before.obligation(plan.id, one.id):
                    continue
                words = f"không đổi được mã {one.was} thành {one.id}: {one.id} đã là mã của việc khác."
                raise Refused("id-taken", words, "Đổi thành một mã chưa dùng trong kế hoạch ấy.")


def _back(draft: Configuration, before: Configuration, known: set[Name]) -> Iterator[tuple[Name, str]]:
    for plan in before.plans.values():
        for one in plan.obligations:
            is_gone = (plan.id, one.id) in known and draft.obligation(plan.id, one.id) is None
            if one.was and is_gone and draft.obligation(plan.id, one.was) and (plan.id, one.was) not in known:
                yield (plan.id, one.id), one.was
