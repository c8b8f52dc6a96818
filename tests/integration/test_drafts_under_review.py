"""A draft under review: what is decided is kept, two who decide at once are told, the plan's file is written whole."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml

from obligations.cases.configuring import files
from obligations.cases.configuring.checking import check_folder
from obligations.cases.drafting_plans import amending, apart, deciding, desk, finishing
from obligations.cases.drafting_plans.amending import Comparison, Reason
from obligations.cases.drafting_plans.apart import draft_apart, reading_apart
from obligations.cases.drafting_plans.deciding import Edit
from obligations.cases.drafting_plans.reviewing import Review, review
from obligations.cases.drafting_plans.showing import shown
from obligations.cases.drafting_plans.typed import read_names
from obligations.cases.drafting_plans.work import Card, Deed, Work
from obligations.config.amending import amended
from obligations.domain.errors import Refused
from obligations.domain.grammar import parse
from obligations.domain.plan import Configuration, Moved, Obligation
from obligations.draft.drafting import draft
from obligations.draft.reading.files import read
from tests.offices import Office, at, new_office, obligation
from tests.unit.draft import files as made
from tests.unit.draft import papers
from tests.web.notice import NOTICE

NOW = at("2022-11-28 09:00")
PLAN = "plans/77-kh-sm.yaml"
NO_REASON = Reason()
WORDS = "hoàn thành trước ngày 20 tháng 12 năm 2022"


@pytest.fixture
def office(ledger: str | None, tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path, ledger).plan(obligation("bao-cao", "{by: 2022-12-20}"))
    made.app  # noqa: B018  # makes the home
    yield made
    made.close()


def configuration(office: Office) -> Configuration:
    found = finishing.known_configuration(office.app, NOW.date())
    assert found
    return found


def begun(office: Office, text: str = NOTICE) -> str:
    return desk.begin(office.app, draft(read("ke-hoach.txt", text.encode())), NOW, by="Chị Mai")


def titled(work: Work, words: str) -> Card:
    return next(card for card in work.cards if words in card.item.title)


def do(office: Office, id_: str, deed: Deed, now: datetime = NOW) -> Work:
    return desk.change(office.app, id_, deed, now)


def reviewed(office: Office, id_: str) -> Review:
    return review(desk.opened(office.app, id_), configuration(office))


def decided(office: Office, id_: str) -> Work:
    """Every question answered, every card accepted or dropped."""
    work = desk.opened(office.app, id_)
    header = work.header
    do(office, id_, deciding.change_header(1, header, "Văn phòng Sở Mẫu", ["Sở Mẫu"]))
    work = do(office, id_, deciding.drop(titled(work, "Tổ chức tập huấn").number, 1))
    prizes = titled(work, "khen thưởng")
    mended = Edit(prizes.item.title, ("Sở Xây dựng",), deadline={"before": "2022-12-22"}, at="I.3", stated=WORDS)
    work = do(office, id_, deciding.edit(prizes.number, prizes.version, mended))
    return do(office, id_, deciding.accept_clear(work.edition, configuration(office)))


def test_what_is_decided_is_there_when_one_comes_back(office: Office) -> None:
    """Another process finds the same draft: spans, deadlines, states."""
    id_ = begun(office)
    work = decided(office, id_)
    assert desk.opened(office.app, id_) == work
    (listed,) = desk.listed(office.app)
    assert (listed.id, listed.name, listed.by, listed.decided) == (id_, "ke-hoach.txt", "Chị Mai", 6)


def test_a_draft_is_for_this_account_alone(office: Office) -> None:
    """Folders 0700, files 0600."""
    id_ = begun(office)
    folder = office.home / desk.FOLDER / id_
    assert [stat.S_IMODE(one.stat().st_mode) for one in (folder.parent, folder)] == [0o700, 0o700]
    assert {stat.S_IMODE(one.stat().st_mode) for one in folder.iterdir()} == {0o600}


def test_two_at_once_are_told(office: Office) -> None:
    """The second hand at one card is refused; at another card it is not."""
    id_ = begun(office)
    do(office, id_, deciding.drop(1, 1))
    with pytest.raises(Refused, match="có người vừa sửa"):
        do(office, id_, deciding.accept(1, 1, configuration(office)))
    assert do(office, id_, deciding.accept(2, 1, configuration(office))).card(2).state == "accepted"
    with pytest.raises(Refused, match="có người vừa sửa"):
        do(office, id_, deciding.accept_clear(1, configuration(office)))


def test_saving_writes_a_plan_that_loads_and_ends_the_draft(office: Office) -> None:
    """Units it lacks come along, where a person said so; citations stand over the duties; nothing is applied."""
    id_ = begun(office)
    work = decided(office, id_)
    assert finishing.finish(office.app, id_, work.edition, NOW) == PLAN
    loaded = check_folder(office.folder, NOW.date())
    assert not loaded.errors
    assert loaded.configuration
    plan = loaded.configuration.plans["77-kh-sm"]
    assert [len(plan.obligations), len(plan.standing)] == [4, 1]
    assert plan.issuer == "so-mau"
    assert "# “Ban Thi đua chuẩn bị hồ sơ" in (office.folder / PLAN).read_text("utf-8")
    assert desk.listed(office.app) == []
    with pytest.raises(Refused, match="không còn"):
        finishing.finish(office.app, id_, work.edition, NOW)


@pytest.mark.parametrize("number", ["77/KH-SM # bản 2", "Số: 77/KH-SM", "[77]"])
def test_a_number_comes_into_the_file_as_it_was_typed(office: Office, number: str) -> None:
    """No sign in it is taken for YAML."""
    id_ = begun(office)
    work = decided(office, id_)
    typed = replace(work.header, number=number)
    work = do(office, id_, deciding.change_header(work.header_version, typed, "Văn phòng Sở Mẫu"))
    written = (office.folder / finishing.finish(office.app, id_, work.edition, NOW)).read_text("utf-8")
    assert yaml.load(written, yaml.BaseLoader)["plan"]["number"] == number  # noqa: S506


def test_nothing_is_written_while_something_is_undecided(office: Office) -> None:
    id_ = begun(office)
    before = {name: (office.folder / name).read_bytes() for name in ("units.yaml", "plans/ke-hoach.yaml")}
    with pytest.raises(Refused, match="chưa nhận việc nào"):
        finishing.finish(office.app, id_, 1, NOW)
    do(office, id_, deciding.accept(1, 1, configuration(office)))
    with pytest.raises(Refused, match="còn 5 việc chưa quyết định"):
        finishing.finish(office.app, id_, 2, NOW)
    work = decided(office, id_)
    with pytest.raises(Refused, match="đã đổi từ lúc xem"):
        finishing.finish(office.app, id_, work.edition - 1, NOW)
    assert not (office.folder / PLAN).exists()
    assert before == {name: (office.folder / name).read_bytes() for name in before}


def test_an_unknown_unit_is_a_question_until_a_person_says(office: Office) -> None:
    """A nod does not settle it."""
    id_ = begun(office)
    prizes = titled(desk.opened(office.app, id_), "khen thưởng")
    (question,) = reviewed(office, id_).questions[prizes.number]
    assert (question.name, question.blocks) == ("Ban Thi đua", True)
    with pytest.raises(Refused, match="Ban Thi đua"):
        do(office, id_, deciding.accept(prizes.number, 1, configuration(office)))
    fields = Edit(prizes.item.title, ("Ban Thi đua",), deadline=prizes.item.deadline)
    do(office, id_, deciding.edit(prizes.number, 1, fields, ["Ban Thi đua"]))
    assert reviewed(office, id_).questions[prizes.number] == ()


def test_merged_duties_unite_who_owes_and_keep_both_citations(office: Office) -> None:
    id_ = begun(office)
    work = desk.opened(office.app, id_)
    kept, gone = titled(work, "danh sách đại biểu"), titled(work, "Phối hợp với Sở Y tế")
    work = do(office, id_, deciding.merge(kept.number, 1, gone.number, 1))
    one = work.card(kept.number).item
    assert (one.responsible, one.coordinating) == (("Sở Y tế", "Sở Xây dựng"), ())
    assert (one.quote, one.also, one.at) == (kept.item.quote, (gone.item.quote,), "I.1; I.2")
    assert (work.card(gone.number).state, work.card(gone.number).into) == ("merged", kept.number)
    with pytest.raises(Refused, match="không còn trong bản soạn"):
        do(office, id_, deciding.merge(titled(work, "khen thưởng").number, 1, gone.number, 2))


def test_nothing_is_merged_that_was_changed_meanwhile(office: Office) -> None:
    """Neither what takes nor what is taken: a page that shows older words, or one that was dropped since."""
    id_ = begun(office)
    work = desk.opened(office.app, id_)
    kept, gone = titled(work, "danh sách đại biểu"), titled(work, "Phối hợp với Sở Y tế")
    do(office, id_, deciding.edit(gone.number, 1, Edit("Bản của người khác", ("Sở Y tế",))))
    with pytest.raises(Refused, match="có người vừa sửa"):
        do(office, id_, deciding.merge(kept.number, 1, gone.number, 1))
    do(office, id_, deciding.drop(kept.number, 1))
    with pytest.raises(Refused, match="không còn trong bản soạn"):
        do(office, id_, deciding.merge(kept.number, 2, gone.number, 2))


def test_what_is_taken_up_again_leaves_nothing_behind(office: Office) -> None:
    """Units, places and deadline of the other are what they were; whoever gathers gathers both again."""
    id_ = begun(office)
    work = desk.opened(office.app, id_)
    kept, gone, third = titled(work, "danh sách đại biểu"), titled(work, "Phối hợp với Sở Y tế"), work.card(5)
    gathering = replace(third, item=replace(third.item, collects=(gone.item.id,)))
    do(office, id_, lambda work: work.with_cards([gathering]))
    work = do(office, id_, deciding.merge(kept.number, 1, gone.number, 1))
    assert work.card(5).item.collects == (kept.item.id,)
    do(office, id_, deciding.name_units({"Sở Xây dựng": "Sở Giao thông"}, ["Sở Giao thông"]))
    card = do(office, id_, lambda work: work).card(gone.number)
    with pytest.raises(Refused, match="Lấy lại trước"):
        do(office, id_, deciding.edit(gone.number, card.version, Edit("Sửa việc đã gộp", ("Sở Y tế",))))
    work = do(office, id_, deciding.restore(gone.number, card.version))
    assert work.card(kept.number).item == kept.item
    assert work.card(gone.number).item.responsible == ("Sở Giao thông",)
    assert (work.card(gone.number).state, work.card(gone.number).before) == ("open", ())
    assert work.card(5).item.collects == (gone.item.id,)


def test_a_union_that_was_changed_is_not_taken_apart(office: Office) -> None:
    """It is told; after the later merging is undone, the earlier may be. A nod is no change."""
    id_ = begun(office)
    work = desk.opened(office.app, id_)
    kept, gone, third = titled(work, "danh sách đại biểu"), titled(work, "Phối hợp với Sở Y tế"), work.card(5)
    do(office, id_, deciding.merge(kept.number, 1, gone.number, 1))
    do(office, id_, deciding.merge(kept.number, 2, third.number, 1))
    do(office, id_, deciding.accept(kept.number, 3, configuration(office)))
    with pytest.raises(Refused, match=f"việc {kept.number} đã đổi từ lúc gộp"):
        do(office, id_, deciding.restore(gone.number, 2))
    do(office, id_, deciding.restore(third.number, 2))
    work = do(office, id_, deciding.restore(gone.number, 2))
    assert [work.card(one.number).item for one in (kept, gone, third)] == [kept.item, gone.item, third.item]
    assert {card.state for card in work.cards} == {"open"}


def test_a_passage_becomes_a_card_with_its_exact_span(office: Office) -> None:
    """However its lines were cut when it was copied; what stands in several places wants to be told where."""
    id_ = begun(office)
    work = do(office, id_, deciding.add("Văn phòng Sở Mẫu theo dõi,\n  đôn đốc   việc thực hiện"))
    fresh = work.cards[-1].item
    assert fresh.quote.of(NOTICE) == "Văn phòng Sở Mẫu theo dõi, đôn đốc việc thực hiện"
    assert (fresh.kind, fresh.at) == ("question", "II.2")
    for passage, told in (("Sở Y tế xây bệnh viện", "không thấy"), (" \n", "chưa chọn"), ("Sở Y tế", "3 chỗ")):
        with pytest.raises(Refused, match=told):
            do(office, id_, deciding.add(passage))
    second = NOTICE.index("Sở Y tế", NOTICE.index("phối hợp với"))
    assert do(office, id_, deciding.add("Sở Y tế", second + 2)).cards[-1].item.quote.start == second


def test_a_broken_configuration_keeps_a_plan_from_being_saved_not_from_being_reviewed(office: Office) -> None:
    """Else a plan of the same number could be overlooked."""
    office.apply("2022-11-28 08:00")
    id_ = begun(office)
    work = decided(office, id_)
    office.write("units.yaml", "units: [")
    assert reviewed(office, id_).clear == []
    with pytest.raises(Refused, match=r"units\.yaml"):
        finishing.finish(office.app, id_, work.edition, NOW)
    assert desk.opened(office.app, id_) == work


def test_a_broken_configuration_is_not_read_at_every_look(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """That it cannot be read is kept as well, until a file changes."""
    office.apply("2022-11-28 08:00")
    office.write("units.yaml", "units: [")
    looks: list[Path] = []
    monkeypatch.setattr(finishing, "configuration_of", lambda folder, _: looks.append(folder))
    for _ in range(3):
        assert configuration(office).plans
    assert len(looks) == 1
    office.write("units.yaml", "units: [[")
    assert configuration(office).plans
    assert len(looks) == 2


def test_an_error_of_the_plan_stands_at_its_card(office: Office) -> None:
    """A duty that waits for one that was dropped."""
    id_ = begun(office)
    work = decided(office, id_)
    card = titled(work, "danh sách")
    fields = Edit(card.item.title, ("Sở Y tế",), deadline={"after": "khong-co", "days": "3"}, at="I.1")
    work = do(office, id_, deciding.edit(card.number, card.version, fields))
    with pytest.raises(finishing.Unsound) as unsound:
        finishing.finish(office.app, id_, work.edition, NOW)
    assert list(unsound.value.faults) == [card.number]
    assert not (office.folder / PLAN).exists()


def test_a_plans_file_is_never_written_over(office: Office) -> None:
    """A file of that name, of another number, gives way to another name."""
    office.plan(obligation("khac", "{by: 2022-12-20}"), name="77-kh-sm")
    id_ = begun(office)
    assert finishing.finish(office.app, id_, decided(office, id_).edition, NOW) == "plans/77-kh-sm-2.yaml"
    assert "khac" in (office.folder / PLAN).read_text("utf-8")


@pytest.mark.parametrize("id_", ["", "..", "../..", "0123456789abcdef", "x" * 16, "/etc", "0" * 15, "٠" * 16])
def test_a_strange_id_opens_nothing(office: Office, id_: str) -> None:
    begun(office)
    with pytest.raises(Refused, match="không còn"):
        desk.opened(office.app, id_)
    desk.remove(office.app, id_)
    assert len(desk.listed(office.app)) == 1


def test_what_is_read_apart_is_what_is_read_here() -> None:
    """Through another process and back."""
    assert draft_apart("ke-hoach.txt", NOTICE.encode()) == draft(read("ke-hoach.txt", NOTICE.encode()))


@pytest.mark.parametrize("name", ["ke-hoach.txt", "ke-hoach.docx", "ke-hoach.pdf"])
def test_a_file_is_read_apart_for_the_command(tmp_path: Path, name: str) -> None:
    """The document is there when it is called for."""
    forms = {"txt": NOTICE.encode(), "docx": made.word(NOTICE.splitlines()), "pdf": made.pdf([made.page(NOTICE)])}
    path = tmp_path / name
    path.write_bytes(forms[name.rpartition(".")[2]])
    with reading_apart(path) as document:
        assert document() == read(name, path.read_bytes())


def test_a_reading_that_nobody_waits_for_ends(tmp_path: Path) -> None:
    """Ctrl+C, or a mistake elsewhere: no process stays behind."""
    path = tmp_path / "ke-hoach.txt"
    path.write_text(NOTICE, "utf-8")
    with pytest.raises(KeyboardInterrupt), apart._started("read", path.name, subprocess.PIPE) as reader:
        raise KeyboardInterrupt
    assert reader.returncode == -signal.SIGKILL


def test_a_folder_named_like_the_product_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command is run where the documents are, and those come from outside."""
    (tmp_path / "obligations").mkdir()
    (tmp_path / "obligations/__init__.py").write_text("raise SystemExit('chạy nhầm')", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert draft_apart("ke-hoach.txt", NOTICE.encode()).items


def test_what_is_refused_apart_is_refused_here() -> None:
    """In the reader's own words."""
    with pytest.raises(Refused, match="độ mật"):
        draft_apart("mat.txt", f"TỐI MẬT\n{NOTICE}".encode())
    with pytest.raises(Refused, match="tệp rỗng"):
        draft_apart("rong.txt", b"")


def test_a_reader_that_hangs_dies_or_swells_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Its process ends, and what is told is what a person can act on."""
    for body, seconds, told in (
        ("import time; time.sleep(60)", 0.1, "quá 0 giây"),
        ("import os; os.kill(os.getpid(), 11)", 30.0, "hỏng"),
        ("print('{')", 30.0, "hỏng"),
    ):
        program = tmp_path / "reader"
        program.write_text(f"#!/usr/bin/env python3\n{body}\n", "utf-8")
        program.chmod(0o700)
        monkeypatch.setattr(sys, "executable", str(program))
        monkeypatch.setattr(apart, "_GRACE", 1.0)
        with pytest.raises(Refused, match=told):
            draft_apart("ke-hoach.pdf", b"%PDF-", seconds=seconds)


def test_a_reader_that_cannot_run_blames_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What it said is for the log of the last door."""
    program = tmp_path / "reader"
    program.write_text("#!/bin/sh\necho thiếu một thư viện >&2\nexit 1\n", "utf-8")
    program.chmod(0o700)
    path = tmp_path / "ke-hoach.txt"
    path.write_text(NOTICE, "utf-8")
    monkeypatch.setattr(sys, "executable", str(program))
    with pytest.raises(RuntimeError, match="thiếu một thư viện"):
        draft_apart(path.name, NOTICE.encode())
    with pytest.raises(RuntimeError, match="thiếu một thư viện"), reading_apart(path) as document:
        document()


@pytest.mark.parametrize("content", [None, b""])
def test_a_file_that_is_not_there_is_refused_before_anything_is_loaded(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "ke-hoach.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Refused, match=r"không có tệp|tệp rỗng"), reading_apart(path):
        pytest.fail("nothing to read")


def test_the_files_of_a_draft_are_no_configuration(office: Office) -> None:
    """Nothing of it is seen by Cấu hình before it is saved."""
    before = files.listed(office.app)
    begun(office)
    assert files.listed(office.app) == before


AMENDED = NOTICE.replace("trước ngày 10 tháng 12 năm 2022", "trước ngày 14 tháng 12 năm 2022").replace(
    "4. Sở Y tế tổ chức tập huấn trong tuần đầu tháng 12.",
    "4. Sở Y tế chuẩn bị tài liệu trước ngày 16 tháng 12 năm 2022.",
)
SIGNED = "# người trong cơ quan ghi: giữ dòng này\n"


@pytest.fixture
def planned(office: Office) -> Office:
    """The plan of the notice is followed; somebody wrote into its file meanwhile."""
    id_ = begun(office)
    finishing.finish(office.app, id_, decided(office, id_).edition, NOW)
    path = office.folder / PLAN
    path.write_text(path.read_text("utf-8").replace("obligations:\n", f"obligations:\n{SIGNED}", 1), "utf-8")
    office.apply("2022-11-28 09:10")
    return office


def compared(office: Office, id_: str, reason: Reason = NO_REASON) -> Comparison:
    return amending.compare(office.app, id_, NOW, reason)


def test_the_same_document_again_has_nothing_to_write(planned: Office) -> None:
    """But a unit whose name is not known: who settled it the first time is asked again."""
    before = (planned.folder / PLAN).read_text("utf-8")
    id_ = begun(planned)
    (prizes,) = reviewed(planned, id_).to_decide
    assert prizes.item.responsible == ("Ban Thi đua",)
    assert compared(planned, id_).written is None
    do(planned, id_, deciding.drop(prizes.number, 1))
    edition = desk.opened(planned.app, id_).edition
    with pytest.raises(Refused, match="chưa nhận chỗ khác nào"):
        amending.amend(planned.app, id_, edition, "", NO_REASON, NOW)
    with pytest.raises(Refused, match="đã có ở"):
        finishing.finish(planned.app, id_, decided_all(planned, id_).edition, NOW)
    assert (planned.folder / PLAN).read_text("utf-8") == before
    assert sorted(one.name for one in (planned.folder / "plans").iterdir()) == ["77-kh-sm.yaml", "ke-hoach.yaml"]


def decided_all(office: Office, id_: str) -> Work:
    """Whatever is open accepted."""
    for card in desk.opened(office.app, id_).of("open"):
        fields = Edit(card.item.title, card.item.responsible or ("Sở Y tế",), deadline=card.item.deadline)
        do(office, id_, deciding.edit(card.number, card.version, fields))
    return desk.opened(office.app, id_)


def test_an_amended_document_changes_the_plan_that_exists(planned: Office) -> None:
    """One deadline with its reason, one duty more; every other line as it was; apply takes it."""
    before = (planned.folder / PLAN).read_text("utf-8")
    id_ = begun(planned, AMENDED)
    found = reviewed(planned, id_)
    moved = titled(found.work, "danh sách đại biểu")
    assert found.marks(moved) == ["hạn khác"]
    with pytest.raises(Refused, match="chưa quyết định"):
        amending.amend(planned.app, id_, found.work.edition, "", NO_REASON, NOW)
    for card in found.to_decide:
        if "khen thưởng" in card.item.title:
            do(planned, id_, deciding.drop(card.number, card.version))
        else:
            do(planned, id_, deciding.accept(card.number, card.version, configuration(planned)))
    told_first = compared(planned, id_)
    assert told_first.needs_reason
    assert told_first.written
    read, edition = told_first.written.read[PLAN], desk.opened(planned.app, id_).edition
    for reason, told in ((NO_REASON, "phải có lý do"), (Reason("amended_by", " "), "phải có lý do")):
        with pytest.raises(Refused, match=told):
            amending.amend(planned.app, id_, edition, read, reason, NOW)
    with pytest.raises(Refused, match="đã đổi từ lúc xem"):
        amending.amend(planned.app, id_, edition, files.fingerprint("khác"), Reason("amended_by", "80/KH-SM"), NOW)
    assert (planned.folder / PLAN).read_text("utf-8") == before
    assert amending.amend(planned.app, id_, edition, read, Reason("amended_by", "80/KH-SM"), NOW) == PLAN
    after = (planned.folder / PLAN).read_text("utf-8")
    assert SIGNED in after
    gone = [line for line in before.split("\n") if line not in after.split("\n")]
    assert [line.split(":")[0] for line in gone] == ["  deadline", "  cite"]
    plan = applied_plan(planned)
    assert plan["lap-danh-sach-dai-bieu-cua-nganh-gui"] == {"before": "2022-12-14"}
    assert {"before": "2022-12-16"} in plan.values()
    assert not planned.apply("2022-11-28 09:30").diff["refused"]
    assert desk.listed(planned.app) == []


MOVED = "Lập danh sách đại biểu của ngành, gửi Văn phòng Sở Mẫu"
AMENDING = (
    NOTICE.partition("I. NHIỆM VỤ")[0]
    .replace("Số: 77/KH-SM", "Số: 80/KH-SM")
    .replace("ngày 21 tháng 11", "ngày 25 tháng 11")
    .replace("Chuẩn bị hội nghị", "Điều chỉnh, bổ sung Kế hoạch số 77/KH-SM ngày 21/11/2022 chuẩn bị hội nghị")
    + """
1. Sở Y tế lập danh sách đại biểu của ngành, gửi Văn phòng Sở Mẫu trước ngày 14 tháng 12 năm 2022.

2. Sở Y tế chuẩn bị tài liệu trước ngày 16 tháng 12 năm 2022.
"""
)


def test_a_document_that_amends_a_plan_changes_it_and_ends_nothing(planned: Office) -> None:
    """It has a number of its own; what it does not speak of stays, and its number is the reason of the moved day."""
    before = duties(planned)
    id_ = begun(planned, AMENDING)
    found = reviewed(planned, id_)
    assert found.proposal.is_amendment
    assert found.difference
    assert (found.difference.plan, found.difference.gone, len(found.difference.added)) == ("77-kh-sm", (), 1)
    for card in found.to_decide:
        do(planned, id_, deciding.accept(card.number, card.version, configuration(planned)))
    amend(planned, id_, Reason("amended_by", "80/KH-SM"))
    after = duties(planned)
    assert [name for name in after if name not in before] == ["Chuẩn bị tài liệu"]
    assert [name for name in before if before[name] != after[name]] == [MOVED]
    assert after[MOVED].moved == Moved(amended_by="80/KH-SM")
    assert not planned.apply("2022-11-28 09:30").diff["refused"]


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("Kế hoạch tổ chức lấy ý kiến về điều chỉnh Kế hoạch số 77/KH-SM", "80/KH-SM"),
        ("Điều chỉnh Kế hoạch số 78/KH-SM", "80/KH-SM"),
        ("Điều chỉnh Kế hoạch", None),
    ],
)
def test_what_amends_no_plan_of_ours_is_a_plan_of_its_own(planned: Office, title: str, number: str | None) -> None:
    """Another number, no number, or a word about amending that is not what the document does."""
    work = desk.opened(planned.app, begun(planned, AMENDING))
    header = replace(work.header, title=title, number=number)
    assert review(replace(work, header=header), configuration(planned)).difference is None


def settled(office: Office, id_: str, *others: str) -> None:
    """What differs, but for these, is dropped."""
    for card in reviewed(office, id_).to_decide:
        if not any(words in card.item.title for words in others):
            do(office, id_, deciding.drop(card.number, card.version))


def amend(office: Office, id_: str, reason: Reason = NO_REASON) -> str:
    """What is shown is written; the plan's text then."""
    shown_first = compared(office, id_, reason)
    assert shown_first.written
    edition = desk.opened(office.app, id_).edition
    amending.amend(office.app, id_, edition, shown_first.written.read[PLAN], reason, NOW)
    return (office.folder / PLAN).read_text("utf-8")


def duties(office: Office) -> dict[str, Obligation]:
    """The duties of the plan as its file has them, by title."""
    loaded = check_folder(office.folder, NOW.date())
    assert not loaded.errors
    assert loaded.configuration
    return {one.title: one for one in loaded.configuration.plans["77-kh-sm"].obligations}


def test_a_new_unit_is_a_difference_and_is_asked(planned: Office) -> None:
    """Beside one that the plan has: nobody nods it away, and saying so writes it into both files."""
    id_ = begun(planned, NOTICE.replace("1. Sở Y tế lập", "1. Sở Y tế, Ban Thi đua lập"))
    card = titled(desk.opened(planned.app, id_), "danh sách đại biểu")
    assert card.item.responsible == ("Sở Y tế", "Ban Thi đua")
    found = reviewed(planned, id_)
    assert found.marks(card) == ["chủ trì khác"]
    assert [(one.name, one.blocks) for one in found.questions[card.number]] == [("Ban Thi đua", True)]
    settled(planned, id_, card.item.title)
    with pytest.raises(Refused, match="Ban Thi đua"):
        do(planned, id_, deciding.accept(card.number, 1, configuration(planned)))
    do(planned, id_, deciding.name_units({}, ["Ban Thi đua"]))
    do(planned, id_, deciding.accept(card.number, 1, configuration(planned)))
    amend(planned, id_)
    one = duties(planned)[card.item.title]
    assert one.responsible == ("so-y-te", "ban-thi-dua")
    assert not planned.apply("2022-11-28 09:30").diff["refused"]


def test_a_plan_that_changes_while_it_is_written_leaves_the_units_as_they_were(
    planned: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = begun(planned, NOTICE.replace("1. Sở Y tế lập", "1. Sở Y tế, Ban Thi đua lập"))
    card = titled(desk.opened(planned.app, id_), "danh sách đại biểu")
    settled(planned, id_, card.item.title)
    do(planned, id_, deciding.name_units({}, ["Ban Thi đua"]))
    do(planned, id_, deciding.accept(card.number, 1, configuration(planned)))
    units = (planned.folder / "units.yaml").read_text("utf-8")
    looked = amending._refuse_other_words

    def meanwhile(*asked: Any) -> None:
        looked(*asked)
        (planned.folder / PLAN).write_text("plan: {}\n", "utf-8")

    monkeypatch.setattr(amending, "_refuse_other_words", meanwhile)
    with pytest.raises(files.Conflict):
        amend(planned, id_)
    assert (planned.folder / "units.yaml").read_text("utf-8") == units
    assert desk.opened(planned.app, id_)


@pytest.mark.parametrize("kind", amending.REASONS)
def test_what_a_person_put_into_a_card_goes_into_the_plan(planned: Office, kind: str) -> None:
    """Though the document's words are the plan's: every field, the deadline with its reason, all else as before."""
    before = duties(planned)
    id_ = begun(planned)
    card = titled(desk.opened(planned.app, id_), "danh sách đại biểu")
    words = card.item.stated.of(NOTICE) if card.item.stated else ""
    fields = Edit(
        "Lập danh sách", ("Sở Y tế",), ("Sở Xây dựng",), "Sở Xây dựng", "danh sách", {"before": "2022-12-12"},
        "I.1", words,
    )  # fmt: skip
    do(planned, id_, deciding.edit(card.number, 1, fields))
    assert reviewed(planned, id_).marks(desk.opened(planned.app, id_).card(card.number)) == [
        "hạn khác", "tên việc khác", "phối hợp khác", "nơi gửi khác", "sản phẩm khác",
    ]  # fmt: skip
    settled(planned, id_)
    with pytest.raises(Refused, match="phải có lý do"):
        amend(planned, id_)
    assert SIGNED in amend(planned, id_, Reason(kind, "gõ nhầm"))
    after = duties(planned)
    one, known = after.pop("Lập danh sách"), before.pop(card.item.title)
    assert after == before
    assert one == replace(
        known,
        title="Lập danh sách",
        coordinating=("so-xay-dung",),
        coordinating_units=("so-xay-dung",),
        submit_to="so-xay-dung",
        product="danh sách",
        form=parse({"before": "2022-12-12"}),
        moved=Moved(**{kind: "gõ nhầm"}),
    )
    assert not planned.apply("2022-11-28 09:30").diff["refused"]


def test_accepted_cards_that_change_nothing_are_named(planned: Office) -> None:
    """A duty that the plan has just so, and one without a deadline; a nod at its drafted title is no change."""
    path = planned.folder / PLAN
    path.write_text(path.read_text("utf-8").replace("Lập danh sách đại biểu của ngành", "Lập danh sách"), "utf-8")
    id_ = begun(planned)
    settled(planned, id_)
    work = desk.opened(planned.app, id_)
    known, standing = titled(work, "danh sách đại biểu"), titled(work, "đôn đốc")
    for card in (known, standing):
        do(planned, id_, deciding.accept(card.number, card.version, configuration(planned)))
    found = compared(planned, id_)
    assert found.written is None
    assert [card.number for card in found.unwritten] == [known.number, standing.number]


ONE_MORE = "\n- {id: x, title: X, responsible: so-y-te, deadline: {by: 2022-12-20}, cite: {at: I}}\n"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("before: 2022-12-14", "before: 2022-12-15"),
        ("before: 2022-12-14", "before: 2022-12-10"),
        ("{amended_by: 80/KH-SM}", "{amended_by: 81/KH-SM}"),
        ("responsible: [so-y-te]", "responsible: [so-xay-dung]"),
        ("before: 2022-12-16", "before: 2022-12-17"),
        ("overseer: van-phong", "overseer: so-y-te"),
        ("\nstanding:", f"{ONE_MORE}standing:"),
    ],
)  # fmt: skip
def test_a_file_that_would_say_something_else_is_not_written(
    planned: Office, monkeypatch: pytest.MonkeyPatch, right: str, wrong: str
) -> None:
    """Whatever the writer of lines makes of it: it is read again before it is written."""
    before = (planned.folder / PLAN).read_text("utf-8")
    id_ = begun(planned, AMENDED)
    settled(planned, id_, "danh sách đại biểu", "tài liệu")
    for card in reviewed(planned, id_).to_decide:
        do(planned, id_, deciding.accept(card.number, card.version, configuration(planned)))

    def careless(*given: Any) -> str:
        text = amended(*given)
        assert right in text
        return text.replace(right, wrong)

    monkeypatch.setattr(amending, "amended", careless)
    with pytest.raises(Refused, match="không đúng như định sửa"):
        amend(planned, id_, Reason("amended_by", "80/KH-SM"))
    assert (planned.folder / PLAN).read_text("utf-8") == before


def applied_plan(office: Office) -> dict[str, object]:
    """The deadlines of the plan's file, by duty."""
    said = yaml.load((office.folder / PLAN).read_text("utf-8"), yaml.BaseLoader)  # noqa: S506
    return {one["id"]: one["deadline"] for one in said["obligations"]}


def test_there_is_nothing_to_compare_without_a_plan(office: Office) -> None:
    with pytest.raises(Refused, match="chưa có kế hoạch nào mang số này"):
        compared(office, begun(office))


def test_a_name_is_decided_once_for_all_cards(office: Office) -> None:
    """Which unit it means, or that it is a new one; other cards stay as they were."""
    id_ = begun(office)
    assert list(reviewed(office, id_).unknown) == ["Ban Thi đua", "Sở Mẫu"]
    work = do(office, id_, deciding.name_units({"Ban Thi đua": "Sở Y tế"}, ["Sở Mẫu"]))
    assert titled(work, "khen thưởng").item.responsible == ("Sở Y tế",)
    assert [card.version for card in work.cards] == [1, 1, 2, 1, 1, 1]
    assert reviewed(office, id_).unknown == {}
    assert reviewed(office, id_).header == ()


def test_a_name_that_several_bear_is_asked_with_their_names(office: Office) -> None:
    units = (office.folder / "units.yaml").read_text("utf-8")
    more = "- {id: ban-1, name: Ban Thi đua}\n- {id: ban-2, name: Ban Khen thưởng, aliases: [Ban Thi đua]}\n"
    office.write("units.yaml", units.replace("groups:", f"{more}groups:"))
    words = reviewed(office, begun(office)).unknown["Ban Thi đua"]
    assert words == "“Ban Thi đua” là đơn vị nào: Ban Thi đua; Ban Khen thưởng?"


def test_a_reader_has_no_more_memory_than_it_may() -> None:
    """The system keeps the limit; what needs more is refused in words."""
    program = "import obligations.draft.__main__ as reader; reader.MEMORY = 160 * 2**20; reader.main()"
    text = "\n".join(f"{number}. Sở Y tế báo cáo trước ngày 5/4/2024." for number in range(60_000))
    command = [sys.executable, "-c", program, "draft", "lon.txt"]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=False, timeout=120)
    assert json.loads(done.stdout)["refused"][0] == "too-big"


def test_what_is_accepted_is_asked_again_when_its_unit_is_gone(office: Office) -> None:
    """Else it would come back as a new unit that nobody asked for."""
    id_ = begun(office)
    work = decided(office, id_)
    units = (office.folder / "units.yaml").read_text("utf-8")
    office.write("units.yaml", units.replace("so-xay-dung", "so-khac").replace("Sở Xây dựng", "Sở Khác"))
    assert "Sở Xây dựng" in reviewed(office, id_).unknown
    with pytest.raises(Refused, match="còn 2 việc chưa quyết định"):
        finishing.finish(office.app, id_, work.edition, NOW)


def test_a_nod_does_not_bring_back_what_was_dropped(office: Office) -> None:
    id_ = begun(office)
    do(office, id_, deciding.drop(3, 1))
    with pytest.raises(Refused, match="Lấy lại"):
        do(office, id_, deciding.accept(3, 2, configuration(office)))
    assert do(office, id_, deciding.restore(3, 2)).card(3).state == "open"


def test_a_draft_of_another_version_is_told_and_can_be_thrown_away(office: Office) -> None:
    id_ = begun(office)
    path = office.home / desk.FOLDER / id_ / desk.DECIDED
    path.write_text(json.dumps({"changed_at": NOW.isoformat()}), "utf-8")
    with pytest.raises(Refused, match="phiên bản khác"):
        desk.opened(office.app, id_)
    assert [one.id for one in desk.listed(office.app)] == [id_]
    desk.remove(office.app, id_)
    assert desk.listed(office.app) == []


@pytest.mark.parametrize(
    "said", ["{}", "[]", "{", '{"changed_at": "hôm qua"}', '{"changed_at": "2022-11-28", "cards": [1]}']
)
def test_a_damaged_draft_is_listed_and_can_be_thrown_away(office: Office, said: str) -> None:
    """The others are listed as ever."""
    whole, damaged = begun(office), begun(office)
    (office.home / desk.FOLDER / damaged / desk.DECIDED).write_text(said, "utf-8")
    assert {one.id: one.is_readable for one in desk.listed(office.app)} == {whole: True, damaged: False}
    with pytest.raises(Refused, match="phiên bản khác"):
        desk.opened(office.app, damaged)
    desk.remove(office.app, damaged)
    assert [one.id for one in desk.listed(office.app)] == [whole]


def test_what_a_crash_left_half_made_is_swept_away(office: Office) -> None:
    """A day later, when another is begun; what may still be in the making stays."""
    whole, old, fresh = begun(office), begun(office), begun(office)
    for id_, age in ((whole, 25), (old, 25), (fresh, 23)):
        folder = office.home / desk.FOLDER / id_
        if id_ != whole:
            (folder / desk.DECIDED).unlink()
        os.utime(folder, (NOW.timestamp() - age * 3600,) * 2)
    newest = begun(office)
    assert {one.name for one in (office.home / desk.FOLDER).iterdir()} == {whole, fresh, newest}
    assert {one.id for one in desk.listed(office.app)} == {whole, newest}


@pytest.mark.parametrize(
    "text", [NOTICE, papers.DECISION, papers.CONCLUSION, papers.LABELLED, papers.WRAPPED, papers.LETTER]
)
def test_every_quote_is_shown_where_it_stands(office: Office, text: str) -> None:
    """Each piece is just the text at its place; each card begins once, wherever others do."""
    work = desk.opened(office.app, begun(office, text))
    pieces = [piece for block in shown(work) for cut in (block.pieces, *chain(*block.rows)) for piece in cut]
    assert all(text[one.at : one.at + len(one.text)] == one.text for one in pieces)
    assert sorted(number for one in pieces for number in one.starts) == [card.number for card in work.cards]
    first = {number: one.at for one in reversed(pieces) for number in one.starts}
    assert all(first[card.number] == card.item.quote.start for card in work.cards)


@pytest.mark.parametrize(
    ("issuer", "issued_on", "is_it"),
    [("van-phong", "2022-11-21", True), ("van-phong", "2021-11-21", False), ("so-y-te", "2022-11-21", False)],
)
def test_a_number_is_no_key(office: Office, issuer: str, issued_on: str, is_it: bool) -> None:  # noqa: FBT001
    """Numbers begin anew each year, and another office may have the same one."""
    office.plan(obligation("khac", "{by: 2023-12-20}"), issued_on=issued_on, name="khac")
    path = office.folder / "plans/khac.yaml"
    text = path.read_text("utf-8").replace("12/KH-SM", "77/KH-SM").replace("issuer: van-phong", f"issuer: {issuer}")
    path.write_text(text, "utf-8")
    work = desk.opened(office.app, begun(office))
    header = replace(work.header, issuer="Văn phòng Sở Mẫu")
    assert bool(review(replace(work, header=header), configuration(office)).difference) is is_it


def test_no_more_than_two_documents_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who comes third waits a while, then is told; a place that was held is given back."""
    monkeypatch.setattr(apart, "_WAIT", 0.05)
    with apart._places, apart._places, pytest.raises(Refused, match="đang đọc các văn bản khác"):
        draft_apart("ke-hoach.txt", NOTICE.encode())
    assert draft_apart("ke-hoach.txt", NOTICE.encode()).items


def test_what_a_passage_says_is_read_already(office: Office) -> None:
    """Who, when and where to: as if it had been found the first time; the year comes from the document."""
    text = NOTICE.replace("4. Sở Y tế tổ chức", "4. Sở Xây dựng báo cáo Sở Y tế trước ngày 5/1.\n\n5. Sở Y tế tổ chức")
    id_ = begun(office, text)
    first = titled(desk.opened(office.app, id_), "Báo cáo Sở Y tế")
    again = do(office, id_, deciding.add("Sở Xây dựng báo cáo Sở Y tế trước ngày 5/1")).cards[-1].item
    assert (again.responsible, again.submit_to) == (("Sở Xây dựng",), "Sở Y tế")
    assert (again.deadline, again.at) == ({"before": "2023-01-05"}, "I.4")
    assert again == replace(first.item, id=again.id)


MERGED = """\
- {id: qt-ubnd, name: UBND tỉnh Quảng Trị}
- {id: qb-so-tai-chinh, name: Sở Tài chính, to: 2025-06-30, successor: qt-so-tai-chinh}
- {id: qb-so-ke-hoach, name: Sở Kế hoạch và Đầu tư, short_name: Sở KH&ĐT, to: 2025-02-28, successor: qb-so-tai-chinh}
- {id: qb-so-lao-dong, name: Sở Lao động, to: 2025-02-28}
- {id: qt-so-tai-chinh, name: Sở Tài chính tỉnh Quảng Trị, parent: qt-ubnd, from: 2025-07-01}
"""
AFTER_MERGING = """\
SỞ MẪU
Số: 45/KH-SM

Quảng Bình, ngày {day}

KẾ HOẠCH
Tổng kết năm

I. NHIỆM VỤ

1. Sở Tài chính thẩm định kinh phí trong vòng 05 ngày làm việc kể từ ngày nhận được hồ sơ.

2. Sở Kế hoạch và Đầu tư báo cáo kết quả trước ngày 20 tháng 12 năm {year}.

3. Sở Lao động gửi danh sách trước ngày 21 tháng 12 năm {year}.

4. Các sở cũ báo cáo tiến độ trước ngày 22 tháng 12 năm {year}.
"""


@pytest.fixture
def merged(ledger: str | None, tmp_path: Path) -> Iterator[Office]:
    """Where offices ended in 2025 and others carry on."""
    made = new_office(tmp_path, ledger).plan(obligation("bao-cao", "{by: 2022-12-20}"))
    units = (made.folder / "units.yaml").read_text("utf-8").replace("groups:\n", f"{MERGED}groups:\n", 1)
    made.write("units.yaml", f"{units}  cac-so-cu: {{name: Các sở cũ, members: [qb-so-lao-dong, so-y-te]}}\n")
    made.app  # noqa: B018  # makes the home
    yield made
    made.close()


def test_a_name_passes_to_who_carries_on_under_it(merged: Office) -> None:
    """What had ended by the document's day is never meant: its heir of that name is, any other is asked about."""
    found = reviewed(merged, begun(merged, AFTER_MERGING.format(day="02 tháng 12 năm 2026", year=2026)))
    money, plans, work, olds = (card.number for card in found.work.cards)
    assert found.proposal.units["Sở Tài chính"] == "qt-so-tai-chinh"
    assert [card.number for card in found.clear] == [money]
    asked = {number: " ".join(one.words for one in found.questions[number]) for number in (plans, work, olds)}
    assert asked == {
        plans: "“Sở Kế hoạch và Đầu tư” đã kết thúc trước ngày của văn bản: Sở Kế hoạch và Đầu tư (28/02/2025). "
        "Có phải đơn vị kế thừa: Sở Tài chính tỉnh Quảng Trị?",
        work: "“Sở Lao động” đã kết thúc trước ngày của văn bản: Sở Lao động (28/02/2025). Ghi đơn vị khác.",
        olds: "nhóm “Các sở cũ” có đơn vị đã kết thúc trước ngày của văn bản: Sở Lao động (28/02/2025). "
        "Ghi nhóm, đơn vị khác.",
    }
    with pytest.raises(Refused, match="đã kết thúc"):
        do(merged, found.work.id, deciding.accept(plans, 1, configuration(merged)))


def test_a_document_of_the_time_before_means_who_was_there(merged: Office) -> None:
    found = reviewed(merged, begun(merged, AFTER_MERGING.format(day="02 tháng 12 năm 2024", year=2024)))
    assert found.proposal.units["Sở Tài chính"] == "qb-so-tai-chinh"
    assert found.proposal.units["Sở Kế hoạch và Đầu tư"] == "qb-so-ke-hoach"
    assert len(found.clear) == len(found.work.cards)


def test_a_name_that_is_typed_means_nobody_who_has_ended(merged: Office) -> None:
    """The field says who carries on."""
    office = configuration(merged)
    after, before = date(2026, 12, 2), date(2024, 12, 2)
    assert read_names("sở tài chính", office, after).names == ("Sở Tài chính tỉnh Quảng Trị",)
    assert read_names("sở tài chính", office, before).names == ("Sở Tài chính",)
    told = read_names("Sở KH&ĐT", office, after)
    assert told.unknown == ("Sở KH&ĐT",)
    assert "Có phải đơn vị kế thừa: Sở Tài chính tỉnh Quảng Trị?" in told.unclear
