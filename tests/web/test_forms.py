"""A form says how long it is, and is refused before it is taken in when that is too long."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.offices import Office, obligation
from tests.web.notice import NOTICE
from tests.web.site import Site

DRAFTS, COLUMN = "/soan-tu-van-ban", "/ghi-nhan-nhanh/ke-hoach/bao-cao?ky=once"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def followed(bureau: Office) -> Office:
    bureau.plan(obligation("bao-cao", "{by: 2022-12-20}")).apply("2022-07-11 09:00")
    return bureau


def pieces(size: int) -> Iterator[bytes]:
    """What has no length told beforehand."""
    yield b"title="
    yield b"a" * size


@pytest.mark.parametrize("path", ["/giao-viec", "viec/1", "ke-hoach", "them", "so-sanh", COLUMN])
def test_a_form_without_a_length_or_too_long_is_refused(followed: Office, site: Site, path: str) -> None:
    client = site.client("thu-ky")
    if not path.startswith("/"):
        begun = client.post(DRAFTS, files={"file": ("ke-hoach-77.txt", NOTICE.encode())})
        path = f"{begun.headers['location']}/{path}"
    for content in (pieces(10), pieces(1_100_000), b"title=" + b"a" * 1_100_000):
        answer = client.post(path, content=content, headers=FORM)
        assert answer.status_code == 413
        assert "biểu mẫu dài quá" in answer.text
    assert client.post(path, content=b"title=" + b"a" * 100_000, headers=FORM).status_code != 413


def test_a_document_without_a_length_is_refused(followed: Office, site: Site) -> None:
    answer = site.client("thu-ky").post(DRAFTS, content=pieces(10), headers=FORM)
    assert answer.status_code == 413
    assert "lớn hơn 30 MB" in answer.text
