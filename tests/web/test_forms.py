"""A form says how long it is, and is refused before it is taken in when that is too long."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi.routing import APIRoute

from obligations.web.app import ROUTERS
from obligations.web.forms import Bounded
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


# Those that read their form themselves.
OWN = re.compile(
    "/giao-viec|/soan-tu-van-ban.*|/so-van-ban-den.*|/ghi-nhan-nhanh.*|/don-vi-toi.*|/don-vi/[^/]+/dau-moi"
)


def test_every_form_has_its_bound(followed: Office) -> None:
    routes = [one for router in ROUTERS for one in router.routes if isinstance(one, APIRoute) and "POST" in one.methods]
    assert len(routes) > 30
    assert [one.path for one in routes if not isinstance(one, Bounded) and not OWN.fullmatch(one.path)] == []


@pytest.mark.parametrize("path", ["/dang-nhap", "/cau-hinh/ap-dung", "/cau-hinh/tep", "/quan-tri/tam-dung"])
def test_what_is_too_long_is_refused_whoever_posts_it(followed: Office, site: Site, path: str) -> None:
    for content in (pieces(10), b"text=" + b"a" * 7_000_000):
        answer = site.client().post(path, content=content, headers=FORM)
        assert answer.status_code == 413
        assert "biểu mẫu dài quá" in answer.text


def test_a_file_longer_than_one_may_be_keeps_what_was_typed(followed: Office, site: Site) -> None:
    text = "# ớ" * 450_000
    answer = site.client("thu-ky").post("/cau-hinh/tep", data={"ten": "plans/moi.yaml", "text": text})
    assert answer.status_code == 422
    assert "tệp lớn hơn 2 MB." in answer.text
    assert text in answer.text
    assert not (followed.folder / "plans/moi.yaml").exists()


@pytest.mark.parametrize(
    "path", ["/giao-viec", "/don-vi/so-y-te/dau-moi", "viec/1", "ke-hoach", "them", "so-sanh", COLUMN]
)
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
