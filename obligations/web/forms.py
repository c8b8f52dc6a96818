"""Forms that come in: how long one is must be told before it is taken in."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from obligations.domain.errors import Refused
from obligations.web.guard import LoginNeeded, person

LARGEST = 200_000  # bytes of what people type, without a file


def is_within(request: Request, most: int) -> bool:
    """Whether it says that it has no more bytes; what comes in pieces does not say, and may never end."""
    length = _told_length(request)
    return length is not None and length <= most


def _told_length(request: Request) -> int | None:
    length = request.headers.get("content-length", "")
    is_told = length.isdecimal() and len(length) < 12 and "transfer-encoding" not in request.headers
    return int(length) if is_told else None


async def read_form(request: Request, most: int, fields: int = 1000) -> FormData:
    """A form of so many bytes and fields at most; Refused for a longer one."""
    _refuse_longer(request, most)
    return await request.form(max_files=0, max_fields=fields)


def _refuse_longer(request: Request, most: int) -> None:
    """A browser keeps what was typed on the page before; what is not sent is not lost."""
    if is_within(request, most):
        return
    words = "biểu mẫu dài quá."
    if size := _told_length(request):
        words = f"biểu mẫu dài quá: {_kilobytes(size)} KB, nhiều nhất {_kilobytes(most)} KB."
    fix = "Chưa ghi gì. Bấm Quay lại của trình duyệt, nội dung vừa gõ còn ở đó; rút gọn rồi gửi lại."
    raise Refused("file-size", words, fix)


def _kilobytes(size: int) -> int:
    return -(-size // 1000)


class Bounded(APIRoute):
    """A route with `Form` fields: what is posted is no longer than `most`, else refused before FastAPI takes it in.

    That comes before everything else; more than LARGEST is taken in only from somebody who is logged in.
    """

    most = LARGEST

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def bounded(request: Request) -> Response:
            if request.method == "POST":
                _refuse_longer(request, self.most)
                if not is_within(request, LARGEST) and await run_in_threadpool(person, request) is None:
                    raise LoginNeeded
                await request.form(max_files=0, max_part_size=self.most)  # else a field ends at 1 MB
            return await handle(request)

        return bounded


async def _form(request: Request) -> FormData:
    return await read_form(request, LARGEST)


FormDep = Annotated[FormData, Depends(_form)]
