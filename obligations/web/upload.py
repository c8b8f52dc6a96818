"""The file that comes to be read: its name and its bytes, refused before it is taken in when it is too large."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from obligations.cases.answering.uploads import safe_name
from obligations.cases.drafting_plans.apart import MAX_BYTES
from obligations.domain.errors import Refused
from obligations.web.forms import is_within

_LARGEST_FORM = MAX_BYTES + 256 * 1024


class Upload(NamedTuple):
    """A file under a safe name; no bytes where none was chosen. `refused` says why it was not taken in."""

    name: str = ""
    content: bytes = b""
    refused: Refused | None = None


async def _upload(request: Request) -> Upload:
    if not is_within(request, _LARGEST_FORM):
        fix = "Bỏ ảnh trong tệp hoặc tách thành nhiều tệp."
        return Upload(refused=Refused("file-size", f"tệp lớn hơn {MAX_BYTES // 1_000_000} MB.", fix))
    async with request.form(max_files=1, max_fields=5, max_part_size=64 * 1024) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            return Upload(refused=Refused("no-file-chosen", "chưa chọn tệp nào.", "Chọn một tệp rồi bấm nút đọc."))
        return Upload(safe_name(file.filename), await file.read())


UploadDep = Annotated[Upload, Depends(_upload)]
