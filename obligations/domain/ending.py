"""When a duty is owed no more: its own end, its plan's, or that of a plan which another replaced."""

from __future__ import annotations

from datetime import date

from obligations.domain.plan import Configuration, Ended, Obligation, Plan


class Ends:
    """The ends that a configuration states. A replaced plan ends on the day its successor was issued (or in hand)."""

    def __init__(self, configuration: Configuration) -> None:
        self._replaced: dict[str, list[Ended]] = {}
        for plan in configuration.plans.values():
            if plan.replaces and (day := plan.issued_on or plan.in_hand_on):
                document = plan.number or plan.source or plan.title
                self._replaced.setdefault(plan.replaces, []).append(Ended(day, document, f"thay bằng {document}"))

    def of(self, plan: Plan, obligation: Obligation) -> Ended | None:
        """The earliest end of a duty, None where it has none."""
        stated = (obligation.ended, plan.ended, *self._replaced.get(plan.id, ()))
        return min((ended for ended in stated if ended), key=lambda ended: ended.on, default=None)


def is_over(ended: Ended | None, due_on: date | None) -> bool:
    """Whether what is due that day falls after an end; what has no date yet does, too."""
    return ended is not None and (due_on is None or due_on > ended.on)
