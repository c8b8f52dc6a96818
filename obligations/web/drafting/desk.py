"""One draft as one request finds it: what it shows, what is done to it, what is told when that is refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Path, Request
from fastapi.responses import RedirectResponse, Response

from obligations.cases.app import App
from obligations.cases.drafting_plans import desk, finishing
from obligations.cases.drafting_plans.reviewing import Review, review
from obligations.cases.drafting_plans.showing import shown
from obligations.cases.drafting_plans.typed import deadline_shown
from obligations.cases.drafting_plans.work import Deed, Work
from obligations.domain.errors import Refused
from obligations.domain.plan import Configuration
from obligations.web.drafting import form
from obligations.web.drafting.form import Read, Typed
from obligations.web.giving.form import KINDS, Fault, choices
from obligations.web.guard import Now, OfficeDep, Secretariat
from obligations.web.pages import page, wants_fragment, zone

PATH = "/soan-tu-van-ban"
HEADER = 0  # the plan itself, beside the cards from 1
NOTHING = -1
_GONE = ("no-draft", "no-card")


class Desk:
    """`work` beside the office's configuration. `only` is what a script asked for."""

    def __init__(self, request: Request, office: App, now: datetime, id_: str) -> None:
        self.request, self.office, self.now = request, office, now
        self.today: date = now.astimezone(zone(office)).date()
        self.work: Work = desk.opened(office, id_)
        found = finishing.known_configuration(office, self.today)
        if found is None:
            raise Refused("no-config", "chưa có cấu hình nào đọc được.", "Mở Cấu hình, sửa lỗi ở đó trước.")
        self.configuration: Configuration = found

    @property
    def day(self) -> date:
        """From which day a deadline without a year counts: the document's, else today."""
        return self.work.header.issued_on or self.today

    @property
    def review(self) -> Review:
        """The draft beside the configuration, as both now are."""
        return review(self.work, self.configuration)

    def do(self, deed: Deed, number: int, typed: Typed) -> Response:
        """Do it and show the card anew. What is refused is told beside it; what was typed stays."""
        try:
            self.work = desk.change(self.office, self.work.id, deed, self.now)
        except Refused as refused:
            if refused.code in _GONE:
                raise
            self.work = desk.opened(self.office, self.work.id)
            if "passage" in refused.code:
                return self.ask(number, typed, {"stated": Fault(refused.message, refused.fix)})
            is_form = typed.text("do") == "sua" or number == HEADER
            return self.show(number, changing=number if is_form else NOTHING, typed=typed, refused=refused)
        if not wants_fragment(self.request):
            return go(self.work.id, number)
        seen, edition = typed.number("edition"), self.work.edition
        return self.show(number, edition=edition if seen == edition - 1 else seen)

    def ask(self, number: int, typed: Typed, faults: Mapping[str, Fault], read: Read | None = None) -> Response:
        """The form again, with what is wrong in it."""
        unknown = [*read.unknown] if read else [*typed.add]
        return self.show(number, changing=number, typed=typed, faults=faults, unknown=unknown)

    def show(
        self, only: int = NOTHING, *, changing: int = NOTHING, typed: Typed | None = None, **told: Any
    ) -> Response:
        """The page; for a script the card `only`, with the counts where `edition` is told."""
        found = self.review
        context = self._context(found, changing, typed) | {"only": only, "told": only} | told
        if wants_fragment(self.request) and only != NOTHING:
            return page(self.request, "drafting/_answer.html", _status(context), **context)
        context["edition"] = self.work.edition
        return page(self.request, "drafting/review.html", _status(context), blocks=shown(self.work), **context)

    def _context(self, found: Review, changing: int, typed: Typed | None) -> dict[str, Any]:
        if typed is None and changing == HEADER:
            typed = form.of_header(found)
        elif typed is None and changing > HEADER:
            typed = form.of_card(self.work.card(changing), found, self.day)
        return {
            "base": f"{PATH}/{self.work.id}",
            "found": found,
            "work": self.work,
            "changing": changing,
            "typed": typed or Typed(),
            "said": lambda item: deadline_shown(item.deadline, found.proposal.draft.stated(item), self.day),
            "kinds": KINDS,
            "units": choices(self.configuration, self.today),
            "groups": [*self.configuration.groups.values()],
            "edition": None,
            "refused": None,
            "faults": {},
            "unknown": [],
            "wrong": {},
        }


def _status(context: Mapping[str, Any]) -> int:
    refused: Refused | None = context["refused"]
    if refused and refused.code == "conflict":
        return 409
    return 422 if refused or context["faults"] else 200


def go(id_: str, number: int = NOTHING, *, is_changing: bool = False) -> RedirectResponse:
    """On to a draft's page, at a card."""
    place = {NOTHING: "", HEADER: "#ke-hoach"}.get(number, f"#viec-{number}")
    return RedirectResponse(f"{PATH}/{quote(id_)}{f'?sua={number}' if is_changing else ''}{place}", 303)


def _desk(
    request: Request, office: OfficeDep, now: Now, _: Secretariat, id_: Annotated[str, Path(max_length=40)]
) -> Desk:
    return Desk(request, office, now, id_)


DeskDep = Annotated[Desk, Depends(_desk)]
