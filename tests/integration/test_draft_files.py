"""A plan's id stays its own: nobody else's file takes it, and what was once followed is not thrown away."""

from __future__ import annotations

import pytest

from obligations.cases.configuring import files
from obligations.domain.errors import Refused
from tests.offices import Office, obligation


def test_an_id_is_free_that_no_plan_has_or_ever_had(office: Office) -> None:
    """On disk, even where it cannot be read, or applied once: taken; its first number is not."""
    office.plan(obligation("bao-cao", "{by: 2022-07-29}"))
    office.apply("2022-07-11 09:00")
    (office.folder / "plans/ke-hoach.yaml").unlink()
    (office.folder / "plans/hong.yaml").write_bytes(b"\xff")
    assert [files.is_free(office.app, plan) for plan in ("ke-hoach", "hong", "ke-hoach-2")] == [False, False, True]
    assert files.free_id(office.app, "ke-hoach") == "ke-hoach-2"
    with pytest.raises(Refused, match="không có tệp cấu hình"):
        files.is_free(office.app, "../ke-hoach")


def test_only_what_was_never_applied_is_taken_away(office: Office) -> None:
    office.plan(obligation("bao-cao", "{by: 2022-07-29}"))
    office.apply("2022-07-11 09:00")
    office.plan(obligation("bao-cao", "{by: 2022-07-29}"), name="nhap")
    applied, draft = (files.opened(office.app, f"plans/{name}.yaml") for name in ("ke-hoach", "nhap"))
    files.take_away(office.app, draft.name, draft.fingerprint)
    with pytest.raises(Refused, match="đã từng áp dụng"):
        files.take_away(office.app, applied.name, applied.fingerprint)
    assert [path.name for path in (office.folder / "plans").iterdir()] == ["ke-hoach.yaml"]
