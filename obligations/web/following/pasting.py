"""Chép tin Zalo: a text that a person copies into the group chat."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from obligations.cases import applied
from obligations.cases.writing.group_chat import Wanted, When, paste
from obligations.domain.errors import Refused
from obligations.web.guard import Now, OfficeDep, Secretariat
from obligations.web.pages import page

PATH = "/chep-tin-zalo"
WHEN: dict[str, tuple[When, str]] = {
    "hom-nay": ("today", "Đến hạn hôm nay"),
    "tuan-nay": ("week", "Từ nay đến hết tuần"),
    "7-ngay": ("next-days", "07 ngày tới"),
    "qua-han": ("overdue", "Quá hạn"),
}
router = APIRouter()


@router.get(PATH)
def show(
    request: Request,
    office: OfficeDep,
    now: Now,
    _: Secretariat,
    khi: str = "tuan-nay",
    ke_hoach: str = "",
    nhom: str = "",
) -> Response:
    """The text for what is due today, this week, or overdue; nothing is sent and nothing recorded."""
    known = applied.followed(office)
    if known is None:
        return page(request, "following/nothing.html", title="Chép tin Zalo")
    refused = found = None
    try:
        if khi not in WHEN:
            raise Refused("when", f"không có mục {khi[:40]}.", "Chọn một mục trên trang này.")  # noqa: TRY301
        found = paste(office, Wanted(WHEN[khi][0], ke_hoach[:100], nhom[:100]), now)
    except Refused as wrong:
        refused = wrong
    return page(
        request,
        "following/paste.html",
        422 if refused else 200,
        found=found,
        refused=refused,
        known=known,
        when=WHEN,
        khi=khi,
        ke_hoach=ke_hoach,
        nhom=nhom,
    )
