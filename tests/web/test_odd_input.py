"""What no form of ours sends: refused in words, on PostgreSQL, which keeps less than SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.offices import Office, new_office, obligation
from tests.web.site import Site

pytestmark = pytest.mark.parametrize("ledger", ["postgresql"], indirect=True)


@pytest.fixture
def bureau(ledger: str | None, tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path, ledger).plan(obligation("bao-cao", "{by: 2022-12-20}"))
    made.apply("2022-07-11 09:00")
    yield made
    made.close()


@pytest.mark.parametrize("path", ["/?don_vi=%00", "/lich?ke_hoach=%00", "/nhat-ky?don_vi=a%00", "/ke-hoach/%00"])
def test_an_address_with_a_nul_is_refused(site: Site, path: str) -> None:
    assert site.client("xem").get(path).status_code == 404


def test_a_nul_in_a_form_is_refused_in_words(site: Site) -> None:
    answer = site.client("thu-ky").post("/cho-duyet/ghi-nhan", data={"ma": "K1-0001\0"})
    assert answer.status_code == 422
    assert "không ghi được vào sổ" in answer.text


@pytest.mark.parametrize("at", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2022", "x"])
def test_an_instant_that_is_none_shows_the_column(site: Site, at: str) -> None:
    shown = site.client("xem").get("/ghi-nhan-nhanh/ke-hoach/bao-cao", params={"vua": at})
    assert shown.status_code == 200
    assert "Hoàn tác" not in shown.text
