"""The shape of a plan file. Input only: the engine sees obligations.domain.plan."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, model_validator

from obligations.config.editor_types import OrOne
from obligations.config.fields import Day, Deadline, Email, Id, SomeTexts, Strict, Text, Texts, wrong
from obligations.domain.periods import Kind

_KINDS = Literal["ke-hoach", "cong-van", "thong-bao-ket-luan", "quyet-dinh", "chi-dao-mieng"]


class PlanContactIn(Strict):
    name: Text
    phone: Text | None = None
    email: Email | None = None


class EndedIn(Strict):
    on: Day
    by: Text
    reason: Text


class PlanIn(Strict):
    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": ["number"]}, {"required": ["source"]}]})

    title: Text
    issuer: Text
    overseer: Text
    kind: _KINDS = "ke-hoach"
    number: Text | None = None
    source: Text | None = None
    issued_on: Day | None = None
    in_hand_on: Day | None = None
    basis: Texts = ()
    contact: PlanContactIn | None = None
    replaces: Id | None = None
    ended: EndedIn | None = None

    @model_validator(mode="after")
    def _named(self) -> PlanIn:
        if not self.model_fields_set & {"number", "source"}:
            raise wrong("missing-key", "thiếu khóa number.", "ghi number: số, ký hiệu; để trống nếu dự thảo chưa có")
        if self.issued_on and self.in_hand_on:
            raise wrong("two-forms", "in_hand_on chỉ dùng khi chưa có issued_on.", "bỏ in_hand_on", ("in_hand_on",))
        return self


class CiteIn(Strict):
    at: Text
    stated: Text = ""


class DoneIn(Strict):
    on: Day
    document: Text


class MovedIn(Strict):
    correction: Text | None = None
    amended_by: Text | None = None

    @model_validator(mode="after")
    def _one(self) -> MovedIn:
        if (self.correction is None) == (self.amended_by is None):
            raise wrong("moved", "moved cần đúng một lý do.", "ghi correction: lý do, hoặc amended_by: số văn bản")
        return self


class FixedIn(Strict):
    document: Text
    due: Day
    period: Text = "once"


def _one_or_more(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


class ObligationIn(Strict):
    id: Id
    title: Text
    responsible: SomeTexts
    deadline: Deadline
    cite: CiteIn
    was: Id | None = None
    coordinating: Texts = ()
    submit_to: Text | None = None
    collects: Texts = ()
    product: Text = ""
    form: Text | None = None
    policy: Id | None = None
    done: DoneIn | None = None
    moved: MovedIn | None = None
    fixed_by: Annotated[tuple[FixedIn, ...], BeforeValidator(_one_or_more), OrOne()] = ()
    ended: EndedIn | None = None


class PeriodicIn(Strict):
    every: Kind


class StandingIn(Strict):
    id: Id
    title: Text
    responsible: SomeTexts
    review: PeriodicIn
    cite: CiteIn
    question: Text = ""


class PlanFileIn(Strict):
    plan: PlanIn
    obligations: tuple[ObligationIn, ...] = ()
    standing: tuple[StandingIn, ...] = ()
