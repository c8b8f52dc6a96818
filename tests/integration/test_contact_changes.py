"""What a draft changes of contacts is told, though no duty changes."""

from __future__ import annotations

from obligations.cases import applied
from obligations.cases.configuring import reviewing, telling
from tests.offices import UNITS, Office, at, obligation


def told(office: Office, units: str) -> list[str]:
    office.write("units.yaml", units)
    found = reviewing.review(office.app, at("2022-07-12 09:00"))
    assert found.outcome
    assert found.configuration
    said = telling.tell(found.outcome.diff, found.configuration, applied.followed(office.app))
    assert said.is_nothing
    return [str(one) for one in said.contacts]


def test_an_address_a_new_contact_and_one_that_goes(office: Office) -> None:
    office.plan(obligation("bao-cao", "{by: 2022-12-20}")).apply("2022-07-11 09:00")
    assert told(office, UNITS) == []
    changed = UNITS.replace("dau-moi@so-y-te.example", "moi@so-y-te.example").replace("Chị Lan", "Chị Lê")
    gone = "  - {name: Giám đốc Sở Y tế, role: leader, email: giam-doc@so-y-te.example}\n"
    changed = changed.replace(gone, "  - {name: Văn thư Sở, role: van-thu, phone: 0900 000 009}\n")
    assert told(office, changed) == [
        "Sở Y tế, Anh Bình: thư điện tử dau-moi@so-y-te.example → moi@so-y-te.example",
        "Sở Y tế, Văn thư Sở: thêm; vai trò văn thư; điện thoại 0900 000 009",
        "Sở Y tế, Giám đốc Sở Y tế: bỏ",
        "Sở Xây dựng, Chị Lan: tên Chị Lan → Chị Lê",
    ]
