"""A rollback that cannot be done says which version and why, and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from obligations.cases import applied
from obligations.cases.configuring import applying
from obligations.cases.reading.status import status
from obligations.domain.errors import Refused
from tests.offices import Office, at, obligation

WITH_SECRET = "email: smtps://u:${MK}@h.example/?from=a@b.example\n"
TRIES: list[Callable[..., Any]] = [applying.preview_rollback, lambda app, now: applying.rollback(app, now, by="Mai")]


@pytest.fixture
def changed(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Two versions; the first needs a secret that this machine has lost since."""
    secret = tmp_path / "mk"
    secret.write_text("x", "utf-8")
    monkeypatch.setenv("MK_FILE", str(secret))
    office.write("channels.yaml", WITH_SECRET).plan(obligation("mot", "{by: 2022-09-30}"))
    office.apply("2022-07-11 09:00")
    office.write("channels.yaml", "{}\n").plan(obligation("mot", "{by: 2022-09-30}", more="product: báo cáo"))
    office.apply("2022-07-12 09:00")
    secret.unlink()
    return office


@pytest.mark.parametrize("attempt", TRIES)
def test_a_version_that_is_wrong_by_now_is_not_restored(changed: Office, attempt: Callable[..., Any]) -> None:
    before = status(changed.app, at("2022-07-13 09:00"))
    with pytest.raises(Refused) as refused:
        attempt(changed.app, at("2022-07-13 09:00"))
    assert refused.value.message.startswith("không khôi phục được bản 1: channels.yaml:1:8: Không đọc được tệp")
    assert refused.value.fix.startswith("Bản đang dùng giữ nguyên.")
    assert applied.version(changed.app) == 2
    assert status(changed.app, at("2022-07-13 09:00")) == before


def test_an_id_that_was_used_again_is_taken_back(office: Office) -> None:
    """`mot` became `hai`, then another duty took the free id: the rollback ends that one and renames nothing."""
    office.plan(obligation("mot", "{by: 2022-09-30}")).apply("2022-07-11 09:00")
    office.plan(obligation("hai", "{by: 2022-09-30}", more="was: mot")).apply("2022-07-12 09:00")
    office.plan(obligation("hai", "{by: 2022-09-30}"), obligation("mot", "{by: 2022-10-31}")).apply("2022-07-13 09:00")
    applying.rollback(office.app, at("2022-07-14 09:00"), by="Mai")
    found = {(one.obligation, one.class_) for one in status(office.app, at("2022-07-14 10:00")).assignments}
    assert found == {("hai", "open_in_time"), ("mot", "stopped")}
    applying.rollback(office.app, at("2022-07-15 09:00"), by="Mai")
    found = {(one.obligation, one.class_) for one in status(office.app, at("2022-07-15 10:00")).assignments}
    assert found == {("hai", "open_in_time"), ("mot", "open_in_time")}
