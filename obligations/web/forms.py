"""Forms that come in: how long one is must be told before it is taken in."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData

from obligations.domain.errors import Refused

LARGEST = 200_000  # bytes of what people type, without a file


def is_within(request: Request, most: int) -> bool:
    """Whether it says that it has no more bytes; what comes in pieces does not say, and may never end."""
    length = request.headers.get("content-length", "")
    is_told = length.isdecimal() and len(length) < 12 and "transfer-encoding" not in request.headers
    return is_told and int(length) <= most


async def _form(request: Request) -> FormData:
    if not is_within(request, LARGEST):
        raise Refused("file-size", "biểu mẫu dài quá.", "Rút gọn.")
    return await request.form(max_files=0)


FormDep = Annotated[FormData, Depends(_form)]
