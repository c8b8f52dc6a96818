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


async def read_form(request: Request, most: int, fields: int = 1000) -> FormData:
    """A form of so many bytes and fields at most; Refused for a longer one."""
    if not is_within(request, most):
        raise Refused("file-size", "biểu mẫu dài quá.", "Rút gọn.")
    return await request.form(max_files=0, max_fields=fields)


async def _form(request: Request) -> FormData:
    return await read_form(request, LARGEST)


FormDep = Annotated[FormData, Depends(_form)]
