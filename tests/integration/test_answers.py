"""What units answer and the secretariat decides: every action in every state, and what stands in the history then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select

from obligations.cases.answering import answers, decisions
from obligations.cases.answering.addressing import Address
from obligations.cases.answering.answers import Submission
from obligations.cases.answering.decisions import Decision
from obligations.cases.answering.desk import at_the_desk
from obligations.cases.reading.history import Entry, Wanted, history
from obligations.cases.reading.status import one, status
from obligations.domain.errors import Refused
from obligations.store.database import reading
from obligations.store.tables import METADATA
from tests.ledgers import CHOSEN, Ledgers
from tests.life import run
from tests.offices import UNITS, ZONE, Office, at, new_office, obligation

NOTICE = "2022-07-11 09:00"
MONDAY = at("2022-07-18 10:00")
BEFORE, NOW = at("2022-07-20 10:00"), at("2022-07-25 10:00")
ENDED = """
- id: so-cu
  name: Sở Cũ
  to: 2022-07-22
  contacts: [{name: Anh Cũ, role: focal, email: dau-moi@so-cu.example}]
groups:"""
_event = METADATA.tables["event"]
Act = Callable[[Office, Address], int]


def day(text: str) -> date:
    return date.fromisoformat(f"2022-{text}")


def send(on: str, at_: Any = NOW, **more: Any) -> Act:
    return lambda office, it: answers.submit(office.app, it, Submission(day(on), **more), at_, by="Mai")


def confirm(on: str, at_: Any = NOW) -> Act:
    return lambda office, it: answers.confirm(office.app, it, day(on), at_, by="Mai")


def decide(how: Callable[..., int], on: str, at_: Any = NOW, **more: Any) -> Act:
    return lambda office, it: how(office.app, it, Decision(day(on), "Mai"), at_, **more)


def give_back(on: str, at_: Any = NOW, *, to: str | None = None, keep: bool = False) -> Act:
    return decide(decisions.send_back, on, at_, resubmit_by=day(to) if to else None, keep=keep)


def extend(to: str, at_: Any = NOW, *, by: str | None = "Giám đốc") -> Act:
    return decide(decisions.extend, f"{at_:%m-%d}", at_, to=day(to), granted_by=by)


def noted(on: str, document: str | None) -> Act:
    """Confirmed under a document's number."""
    return lambda office, it: answers.confirm(office.app, it, day(on), MONDAY, by="Mai", document=document)


def paper(how: Callable[..., int], document: str | None) -> Act:
    """Decided under a document's number."""
    return lambda office, it: how(office.app, it, Decision(day("07-18"), "Mai", document), MONDAY)


def stop(office: Office, it: Address) -> int:
    """Stopped by a document: an edit of the plan records it; here the fact alone."""
    with at_the_desk(office.app, BEFORE, "Mai") as desk:
        return desk.record(desk.hold(it), "stopped", day("07-20"), document="15/TB")


# each state: its unit and deadline, and what led to it
STATES: dict[str, tuple[str, str, tuple[Act, ...]]] = {
    "new": ("so-y-te", "{by: 2022-08-12}", ()),
    "overdue": ("so-y-te", "{by: 2022-07-22}", ()),
    "no-date": ("so-y-te", "{after: 'event:xong', days: 10}", ()),
    "sent": ("so-y-te", "{by: 2022-08-12}", (send("07-20", BEFORE),)),
    "done": ("so-y-te", "{by: 2022-08-12}", (send("07-20", BEFORE), confirm("07-20", BEFORE))),
    "returned": ("so-y-te", "{by: 2022-08-12}", (send("07-20", BEFORE), give_back("07-20", BEFORE, to="07-29"))),
    "asked": ("so-y-te", "{by: 2022-08-12}", (extend("08-19", BEFORE, by=None),)),
    "extended": ("so-y-te", "{by: 2022-08-12}", (extend("08-19", BEFORE),)),
    "waived": ("so-y-te", "{by: 2022-08-12}", (decide(decisions.waive, "07-20", BEFORE),)),
    "sent-waived": ("so-y-te", "{by: 2022-08-12}", (send("07-20", BEFORE), decide(decisions.waive, "07-20", BEFORE))),
    "stopped": ("so-y-te", "{by: 2022-08-12}", (stop,)),
    "unknown": ("so-y-te", "{by: 2022-07-09}", ()),
    "orphan": ("so-cu", "{by: 2022-08-12}", ()),
    "given-on": ("so-y-te", "{by: 2022-08-12}", (decide(decisions.reassign, "07-20", BEFORE, to="so-xay-dung"),)),
}
ACTIONS: dict[str, Act] = {
    "submit": send("07-25"),
    "submit-again": send("07-20"),  # as recorded, where something is
    "confirm": confirm("07-25"),
    "confirm-again": confirm("07-20"),
    "acknowledge": lambda office, it: answers.acknowledge(office.app, it, day("08-01"), NOW, by="Mai"),
    "return": give_back("07-25", to="08-03"),
    "return-again": give_back("07-20", to="07-29"),
    "ask": extend("08-26", by=None),
    "ask-again": extend("08-19", by=None),
    "extend": extend("08-26"),
    "extend-again": extend("08-19"),
    "take-back": extend("08-12"),
    "extend-less": extend("07-01"),
    "refuse": decide(decisions.refuse_extension, "07-25"),
    "waive": decide(decisions.waive, "07-25"),
    "reopen": decide(decisions.reopen, "07-25"),
    "reassign": decide(decisions.reassign, "07-25", to="so-ngoai-cuoc"),
    "reassign-again": decide(decisions.reassign, "07-25", to="so-xay-dung"),
    "urge": decide(decisions.urge, "07-25"),
}
OPEN, LATE, SENT, DONE, OUT = "open_in_time", "open_overdue", "submitted", "done_in_time", "waived"
NOTHING = "="
TABLE: dict[str, dict[str, str]] = {
    # the class afterwards; `=`: it is so already, nothing recorded; `!code`: refused, nothing recorded
    "new": {
        "submit": SENT, "submit-again": SENT, "confirm": "!nothing-submitted", "confirm-again": "!nothing-submitted",
        "acknowledge": OPEN, "return": "!nothing-submitted", "return-again": "!nothing-submitted", "ask": OPEN,
        "ask-again": OPEN, "extend": OPEN, "extend-again": OPEN, "take-back": NOTHING, "extend-less": "!before-plan",
        "refuse": "!not-so", "waive": OUT, "reopen": NOTHING, "reassign": OPEN, "reassign-again": OPEN, "urge": OPEN,
    },
    "overdue": {
        "submit": SENT, "submit-again": SENT, "confirm": "!nothing-submitted", "confirm-again": "!nothing-submitted",
        "acknowledge": LATE, "return": "!nothing-submitted", "return-again": "!nothing-submitted", "ask": LATE,
        "ask-again": LATE, "extend": OPEN, "extend-again": OPEN, "take-back": OPEN, "extend-less": "!before-plan",
        "refuse": "!not-so", "waive": OUT, "reopen": NOTHING, "reassign": LATE, "reassign-again": LATE, "urge": LATE,
    },
    "no-date": {
        "submit": SENT, "submit-again": SENT, "confirm": "!nothing-submitted", "confirm-again": "!nothing-submitted",
        "acknowledge": OPEN, "return": "!nothing-submitted", "return-again": "!nothing-submitted",
        "ask": "!no-deadline", "ask-again": "!no-deadline", "extend": "!no-deadline", "extend-again": "!no-deadline",
        "take-back": "!no-deadline", "extend-less": "!no-deadline", "refuse": "!not-so", "waive": OUT,
        "reopen": NOTHING, "reassign": OPEN, "reassign-again": OPEN, "urge": OPEN,
    },
    "sent": {
        "submit": "!already", "submit-again": NOTHING, "confirm": DONE, "confirm-again": DONE,
        "acknowledge": "!not-open", "return": OPEN, "return-again": OPEN, "ask": "!not-open", "ask-again": "!not-open",
        "extend": "!not-open", "extend-again": "!not-open", "take-back": "!not-open", "extend-less": "!not-open",
        "refuse": "!not-so", "waive": OUT, "reopen": OPEN, "reassign": "!not-open", "reassign-again": "!not-open",
        "urge": "!not-open",
    },
    "done": {
        "submit": "!already", "submit-again": NOTHING, "confirm": "!already", "confirm-again": NOTHING,
        "acknowledge": "!not-open", "return": "!done", "return-again": "!done", "ask": "!not-open",
        "ask-again": "!not-open", "extend": "!not-open", "extend-again": "!not-open", "take-back": "!not-open",
        "extend-less": "!not-open", "refuse": "!not-so", "waive": "!not-open", "reopen": OPEN,
        "reassign": "!not-open", "reassign-again": "!not-open", "urge": "!not-open",
    },
    "returned": {
        "submit": SENT, "submit-again": SENT, "confirm": "!nothing-submitted", "confirm-again": "!nothing-submitted",
        "acknowledge": OPEN, "return": OPEN, "return-again": NOTHING, "ask": OPEN, "ask-again": OPEN, "extend": OPEN,
        "extend-again": OPEN, "take-back": NOTHING, "extend-less": "!before-plan", "refuse": "!not-so", "waive": OUT,
        "reopen": OPEN, "reassign": OPEN, "reassign-again": OPEN, "urge": OPEN,
    },
    "asked": {
        "submit": SENT, "submit-again": SENT, "confirm": "!nothing-submitted", "confirm-again": "!nothing-submitted",
        "acknowledge": OPEN, "return": "!nothing-submitted", "return-again": "!nothing-submitted", "ask": OPEN,
        "ask-again": NOTHING, "extend": OPEN, "extend-again": OPEN, "take-back": OPEN, "extend-less": "!before-plan",
        "refuse": OPEN, "waive": OUT, "reopen": NOTHING, "reassign": OPEN, "reassign-again": OPEN, "urge": OPEN,
    },
    "extended": {
        "submit": SENT, "submit-again": SENT, "confirm": "!nothing-submitted", "confirm-again": "!nothing-submitted",
        "acknowledge": OPEN, "return": "!nothing-submitted", "return-again": "!nothing-submitted", "ask": OPEN,
        "ask-again": NOTHING, "extend": OPEN, "extend-again": NOTHING, "take-back": OPEN, "extend-less": "!before-plan",
        "refuse": "!not-so", "waive": OUT, "reopen": NOTHING, "reassign": OPEN, "reassign-again": OPEN, "urge": OPEN,
    },
    "waived": {
        "submit": "!not-owed", "submit-again": "!not-owed", "confirm": "!not-owed", "confirm-again": "!not-owed",
        "acknowledge": "!not-open", "return": "!not-owed", "return-again": "!not-owed", "ask": "!not-open",
        "ask-again": "!not-open", "extend": "!not-open", "extend-again": "!not-open", "take-back": "!not-open",
        "extend-less": "!not-open", "refuse": "!not-so", "waive": NOTHING, "reopen": OPEN, "reassign": "!not-open",
        "reassign-again": "!not-open", "urge": "!not-open",
    },
    "sent-waived": {
        "submit": "!not-owed", "submit-again": "!not-owed", "confirm": "!not-owed", "confirm-again": "!not-owed",
        "acknowledge": "!not-open", "return": "!not-owed", "return-again": "!not-owed", "ask": "!not-open",
        "ask-again": "!not-open", "extend": "!not-open", "extend-again": "!not-open", "take-back": "!not-open",
        "extend-less": "!not-open", "refuse": "!not-so", "waive": NOTHING, "reopen": OPEN, "reassign": "!not-open",
        "reassign-again": "!not-open", "urge": "!not-open",
    },
    "stopped": {
        "submit": "!not-owed", "submit-again": "!not-owed", "confirm": "!not-owed", "confirm-again": "!not-owed",
        "acknowledge": "!not-open", "return": "!not-owed", "return-again": "!not-owed", "ask": "!not-open",
        "ask-again": "!not-open", "extend": "!not-open", "extend-again": "!not-open", "take-back": "!not-open",
        "extend-less": "!not-open", "refuse": "!not-so", "waive": "!not-open", "reopen": OPEN, "reassign": "!not-open",
        "reassign-again": "!not-open", "urge": "!not-open",
    },
    "unknown": {
        "submit": SENT, "submit-again": SENT, "confirm": "!nothing-submitted", "confirm-again": "!nothing-submitted",
        "acknowledge": "!not-open", "return": "!nothing-submitted", "return-again": "!nothing-submitted",
        "ask": "!not-open", "ask-again": "!not-open", "extend": "!not-open", "extend-again": "!not-open",
        "take-back": "!not-open", "extend-less": "!not-open", "refuse": "!not-so", "waive": OUT, "reopen": LATE,
        "reassign": "!not-open", "reassign-again": "!not-open", "urge": "!not-open",
    },
    "orphan": {
        "submit": SENT, "submit-again": SENT, "confirm": "!nothing-submitted", "confirm-again": "!nothing-submitted",
        "acknowledge": "handed_over", "return": "!nothing-submitted", "return-again": "!nothing-submitted",
        "ask": "handed_over", "ask-again": "handed_over", "extend": "handed_over", "extend-again": "handed_over",
        "take-back": NOTHING, "extend-less": "!before-plan", "refuse": "!not-so", "waive": OUT, "reopen": NOTHING,
        "reassign": OPEN, "reassign-again": OPEN, "urge": "handed_over",
    },
    "given-on": {
        "submit": SENT, "submit-again": SENT, "confirm": "!nothing-submitted", "confirm-again": "!nothing-submitted",
        "acknowledge": OPEN, "return": "!nothing-submitted", "return-again": "!nothing-submitted", "ask": OPEN,
        "ask-again": OPEN, "extend": OPEN, "extend-again": OPEN, "take-back": NOTHING, "extend-less": "!before-plan",
        "refuse": "!not-so", "waive": OUT, "reopen": NOTHING, "reassign": OPEN, "reassign-again": NOTHING, "urge": OPEN,
    },
}  # fmt: skip
CASES = [(state, action) for state in STATES for action in ACTIONS]


@pytest.fixture(scope="module")
def world(ledgers: Ledgers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office with a duty of its own for every state and action: the cases do not meet."""
    with ledgers.new(CHOSEN) as address:
        office = new_office(tmp_path_factory.mktemp("office"), address)
        office.write("units.yaml", UNITS.replace("\ngroups:", ENDED))
        duties = [
            obligation(f"{state}-{action}", STATES[state][1], responsible=STATES[state][0]) for state, action in CASES
        ]
        office.plan(*duties)
        office.apply(NOTICE)
        yield office
        office.close()


@pytest.mark.parametrize(("state", "action"), CASES)
def test_an_action_in_a_state(world: Office, state: str, action: str) -> None:
    """The class afterwards, or the code of the refusal; what is refused or already so records nothing."""
    unit, _, steps = STATES[state]
    address = Address.parse(f"ke-hoach/{state}-{action}", unit)
    code = _code(world, f"{state}-{action}")
    for step in steps:
        step(world, address)
    known, expected = events(world), TABLE[state][action]
    if expected.startswith("!"):
        with pytest.raises(Refused) as refused:
            ACTIONS[action](world, Address(code))
        assert refused.value.code == expected[1:]
        assert refused.value.message.startswith(code) or refused.value.code in ("before-plan", "no-deadline")
        assert events(world) == known
        return
    number = ACTIONS[action](world, Address(code))
    assert events(world) - known == (0 if expected == NOTHING else 1)
    assert ACTIONS[action](world, address) == number, "again, by its full address"
    assert events(world) - known == (0 if expected == NOTHING else 1), "repeating what is so records nothing"
    if expected != NOTHING:
        assert one(world.app, number, NOW).class_ == expected


def _code(office: Office, name: str) -> str:
    table = METADATA.tables["assignment"].c
    with reading(office.app.engine) as session:
        return str(session.execute(select(table.code).where(table.obligation == name)).scalar_one())


def events(office: Office) -> int:
    with reading(office.app.engine) as session:
        return int(session.execute(select(func.count()).select_from(_event)).scalar_one())


def lines(office: Office, kind: str, code: str = "K1-0001") -> list[Entry]:
    """The history's lines of one kind about one duty."""
    row = next(row for row in status(office.app, at(NOTICE)).assignments if row.code == code)
    wanted = Wanted(row.unit, f"{row.plan}/{row.obligation}")
    return [entry for entry in history(office.app, wanted, ZONE) if entry.kind == kind]


K1, K2 = Address("K1-0001"), Address("K1-0002")


@pytest.fixture
def followed(office: Office) -> Office:
    """One duty of two units, due on Friday 29/07/2022; K1-0001 is so-y-te's."""
    office.plan(obligation("bao-cao", "{by: 2022-07-29}"))
    office.apply(NOTICE)
    return office


def test_one_document_answers_several_duties(followed: Office) -> None:
    """Two codes, one number: both are sent, and a code named twice counts once."""
    paper = Submission(day("07-18"), document="12/BC-SYT")
    done = answers.submit_all(followed.app, [K1, K2, K1], paper, MONDAY, by="Mai")
    assert len(done) == 2
    assert [row.submitted_on for row in status(followed.app, MONDAY).assignments] == [day("07-18")] * 2
    assert len(answers.confirm_all(followed.app, [K1, K2], day("07-18"), MONDAY, by="Mai")) == 2
    assert status(followed.app, MONDAY).current["done_in_time"] == 2


@pytest.mark.parametrize("order", [[K1, K2], [K2, K1]])
def test_several_at_once_are_recorded_all_or_none(followed: Office, order: list[Address]) -> None:
    """One of them is waived: neither is submitted; and nothing was sent of one: neither is confirmed."""
    decisions.waive(followed.app, K2, Decision(day("07-18"), "Mai"), MONDAY)
    known = events(followed)
    with pytest.raises(Refused, match="K1-0002 không còn phải thực hiện"):
        answers.submit_all(followed.app, order, Submission(day("07-18")), MONDAY, by="Mai")
    assert events(followed) == known
    decisions.reopen(followed.app, K2, Decision(day("07-18"), "Mai"), MONDAY)
    answers.submit(followed.app, K1, Submission(day("07-18")), MONDAY, by="Mai")
    known = events(followed)
    with pytest.raises(Refused, match="K1-0002 chưa có kết quả"):
        answers.confirm_all(followed.app, order, day("07-18"), MONDAY, by="Mai")
    assert events(followed) == known


def test_an_unknown_code_among_several_records_nothing(followed: Office) -> None:
    known = events(followed)
    with pytest.raises(Refused, match="K1-0999"):
        answers.submit_all(followed.app, [K1, Address("K1-0999")], Submission(day("07-18")), MONDAY, by="Mai")
    assert events(followed) == known


def test_nothing_to_report_is_an_answer(followed: Office) -> None:
    """--nil mutes like any result, waits for ghi nhận, and says so in its event."""
    answers.submit(followed.app, K1, Submission(day("07-18"), nil=True), MONDAY, by="Mai")
    assert one(followed.app, 1, MONDAY).class_ == "submitted"
    with reading(followed.app.engine) as session:
        payload = session.execute(select(_event.c.payload).where(_event.c.kind == "submitted")).scalar_one()
    assert payload["nil"] is True


@pytest.mark.parametrize(
    ("first", "again", "words"),
    [
        ((), send("07-18", MONDAY, nil=True), None),
        ((send("07-18", MONDAY),), send("07-18", MONDAY, nil=True), "đã ghi là có kết quả gửi"),
        ((send("07-18", MONDAY, nil=True),), send("07-18", MONDAY), "đã ghi là không phát sinh"),
        ((send("07-18", MONDAY, nil=True),), send("07-18", MONDAY, nil=True), None),
        ((send("07-18", MONDAY), noted("07-18", "1/VP")), noted("07-18", "2/VP"), "đã được ghi với văn bản 1/VP"),
        ((send("07-18", MONDAY), noted("07-18", None)), noted("07-18", "2/VP"), "đã được ghi không kèm số văn bản"),
        ((paper(decisions.waive, "1/VP"),), paper(decisions.waive, "2/VP"), "đã được ghi với văn bản 1/VP"),
        ((paper(decisions.waive, "1/VP"),), paper(decisions.waive, None), None),
        (
            (send("07-18", MONDAY), paper(decisions.send_back, "1/VP")),
            paper(decisions.send_back, "2/VP"),
            "đã được ghi với văn bản 1/VP",
        ),
    ],
)
def test_what_is_said_otherwise_is_told_and_not_dropped(
    followed: Office, first: tuple[Act, ...], again: Act, words: str | None
) -> None:
    """Another document, or nothing to report after all: refused with the way out; nothing is recorded."""
    for act in first:
        act(followed, K1)
    known = events(followed)
    if words is None:
        again(followed, K1)
        assert events(followed) - known == (0 if first else 1)
        return
    with pytest.raises(Refused, match=words) as refused:
        again(followed, K1)
    assert "dondoc reopen" in refused.value.fix
    assert events(followed) == known


def test_an_extension_is_recorded_anew_with_its_right_document(followed: Office) -> None:
    """The same day, granted by another and under another number: a later event corrects the first, and tells nobody."""
    granted = partial(decisions.extend, followed.app, K1, to=day("08-19"))
    granted(Decision(day("07-18"), "Mai", "1/VP"), MONDAY, granted_by="Chánh Văn phòng")
    run(followed, "2022-07-18 10:00")
    known, told = events(followed), rungs(followed)
    granted(Decision(day("07-18"), "Mai", "1/VP"), MONDAY, granted_by="Chánh Văn phòng")
    granted(Decision(day("07-18"), "Mai"), MONDAY, granted_by="Chánh Văn phòng")
    assert events(followed) == known
    granted(Decision(day("07-18"), "Mai", "2/VP"), MONDAY, granted_by="Giám đốc")
    assert events(followed) == known + 1
    run(followed, "2022-07-18 10:01")
    assert rungs(followed) == told


@pytest.mark.parametrize(
    ("rule", "submitted_on", "class_"),
    [("sent", "07-29", "done_in_time"), ("received", "08-01", "done_late"), ("signed", "07-28", "done_in_time")],
)
def test_the_office_says_which_day_counts(office: Office, rule: str, submitted_on: str, class_: str) -> None:
    """Signed on the 28th, sent on the last day, received on Monday: on time or not by `on_time_by`."""
    office.write("office.yaml", (office.folder / "office.yaml").read_text("utf-8") + f"on_time_by: {rule}\n")
    office.plan(obligation("bao-cao", "{by: 2022-07-29}"))
    office.apply(NOTICE)
    paper = Submission(day("07-29"), received=day("08-01"), signed=day("07-28"))
    answers.submit(office.app, K1, paper, at("2022-08-01 10:00"), by="Mai")
    answers.confirm(office.app, K1, day("08-01"), at("2022-08-01 10:00"), by="Mai")
    row = one(office.app, 1, at("2022-08-01 11:00"))
    assert (row.submitted_on, row.done_on, row.class_) == (day(submitted_on), day("08-01"), class_)


def test_who_when_and_which_document_stand_in_the_history(followed: Office) -> None:
    """Each decision is one line with its instant, its person and its number."""
    app = followed.app
    answers.submit(app, K1, Submission(day("07-18"), document="12/BC-SYT"), MONDAY, by="Mai")
    decision = Decision(day("07-19"), "Lan", document="30/VP", note="thiếu biểu 2")
    decisions.send_back(app, K1, decision, at("2022-07-19 09:15"), resubmit_by=day("07-25"), keep=True)
    answers.submit(app, K1, Submission(day("07-22"), document="13/BC-SYT"), at("2022-07-22 14:00"), by="Mai")
    answers.confirm(app, K1, day("07-22"), at("2022-07-22 15:00"), by="Lan", document="31/VP")
    told = [(f"{e.at.astimezone(ZONE):%d/%m %H:%M}", e.state, e.by, e.document) for e in lines(followed, "event")]
    assert told == [
        ("11/07 09:00", "due_set", "thư ký", None),
        ("18/07 10:00", "submitted", "Mai", "12/BC-SYT"),
        ("19/07 09:15", "returned", "Lan", "30/VP"),
        ("22/07 14:00", "submitted", "Mai", "13/BC-SYT"),
        ("22/07 15:00", "confirmed", "Lan", "31/VP"),
    ]


def test_what_was_decided_stands_in_the_history(followed: Office) -> None:
    """The day, who granted it, the unit, nothing to report, a first day kept: besides who, when and which document."""
    app, mai = followed.app, Decision(day("07-18"), "Mai", note="theo đề nghị")
    decisions.extend(app, K1, mai, MONDAY, to=day("08-19"), granted_by="Giám đốc")
    decisions.reassign(app, K1, Decision(day("07-18"), "Mai"), MONDAY, to="so-xay-dung")
    answers.submit(app, K1, Submission(day("07-18"), nil=True), MONDAY, by="Mai")
    give_back("07-18", MONDAY, to="07-25", keep=True)(followed, K1)
    assert [(entry.state, entry.answer) for entry in lines(followed, "event")[1:]] == [
        ("extended", "theo đề nghị; Giám đốc; đến 19/08/2022"),
        ("reassigned", "so-xay-dung"),
        ("submitted", "không phát sinh"),
        ("returned", "vẫn tính ngày gửi đầu; gửi lại chậm nhất 25/07/2022"),
    ]


def test_a_mistake_is_corrected_by_later_events_and_stays_to_be_read(followed: Office) -> None:
    """The wrong day and number, taken back and recorded anew: the new ones hold, all five lines are kept."""
    app = followed.app
    answers.submit(app, K1, Submission(day("07-15"), document="99/X"), MONDAY, by="Mai")
    with pytest.raises(Refused, match=r"dondoc reopen"):
        answers.submit(app, K1, Submission(day("07-14"), document="12/BC-SYT"), MONDAY, by="Mai")
    decisions.reopen(app, K1, Decision(day("07-18"), "Mai"), at("2022-07-18 10:05"))
    answers.submit(app, K1, Submission(day("07-14"), document="12/BC-SYT"), at("2022-07-18 10:06"), by="Mai")
    answers.confirm(app, K1, day("07-18"), at("2022-07-18 10:07"), by="Mai")
    row = one(app, 1, at("2022-07-18 11:00"))
    assert (row.submitted_on, row.done_on) == (day("07-14"), day("07-18"))
    assert [entry.state for entry in lines(followed, "event")] == [
        "due_set", "submitted", "reopened", "submitted", "confirmed",
    ]  # fmt: skip


def test_a_mistaken_return_is_taken_back_by_reopen(followed: Office) -> None:
    """Reopened, the first result can be recorded again with its own day, and no resubmit day holds."""
    app = followed.app
    answers.submit(app, K1, Submission(day("07-15")), MONDAY, by="Mai")
    decisions.send_back(app, K1, Decision(day("07-18"), "Mai"), MONDAY, resubmit_by=day("07-20"))
    with pytest.raises(Refused, match="đề nghị bổ sung"):
        answers.submit(app, K1, Submission(day("07-15")), MONDAY, by="Mai")
    decisions.reopen(app, K1, Decision(day("07-18"), "Mai"), MONDAY)
    assert one(app, 1, at("2022-07-21 10:00")).class_ == "open_in_time"
    answers.submit(app, K1, Submission(day("07-15")), at("2022-07-21 10:00"), by="Mai")
    assert one(app, 1, at("2022-07-21 10:00")).submitted_on == day("07-15")


@pytest.mark.parametrize(("keep", "counts"), [(True, "07-29"), (False, "08-03")])
def test_a_return_keeps_the_first_day_or_not(followed: Office, keep: bool, counts: str) -> None:  # noqa: FBT001
    """Sent on the last day, returned for its form, sent again after it: in time only where the first day is kept."""
    app = followed.app
    answers.submit(app, K1, Submission(day("07-29")), at("2022-07-29 16:00"), by="Mai")
    decision = Decision(day("08-01"), "Mai")
    decisions.send_back(app, K1, decision, at("2022-08-01 09:00"), resubmit_by=day("08-05"), keep=keep)
    row = one(app, 1, at("2022-08-01 10:00"))
    assert (row.class_, row.submitted_on) == ("open_in_time", None)
    answers.submit(app, K1, Submission(day("08-03")), at("2022-08-03 09:00"), by="Mai")
    answers.confirm(app, K1, day("08-03"), at("2022-08-03 09:30"), by="Mai")
    row = one(app, 1, at("2022-08-03 10:00"))
    assert (row.submitted_on, row.done_on) == (day(counts), day("08-03"))
    assert row.class_ == ("done_in_time" if keep else "done_late")


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (send("08-02", MONDAY), "future"),
        (send("07-18", MONDAY, received=day("07-19")), "future"),
        (send("07-18", MONDAY, signed=day("07-19")), "future"),
        (confirm("07-19", MONDAY), "future"),
        (give_back("07-19", MONDAY), "future"),
        (decide(decisions.waive, "07-19", MONDAY), "future"),
        (decide(decisions.reopen, "07-19", MONDAY), "future"),
        (decide(decisions.urge, "07-19", MONDAY), "future"),
        (decide(decisions.refuse_extension, "07-19", MONDAY), "future"),
        (decide(decisions.reassign, "07-19", MONDAY, to="so-xay-dung"), "future"),
        (decide(decisions.extend, "07-19", MONDAY, to=day("08-05"), granted_by="Giám đốc"), "future"),
        (decide(decisions.reassign, "07-18", MONDAY, to="so-la"), "unknown-unit"),
    ],
)
def test_what_makes_no_sense_is_refused(followed: Office, act: Act, code: str) -> None:
    """Nothing happens on a day that has not come, nor is done by a unit that is not there."""
    known = events(followed)
    with pytest.raises(Refused) as refused:
        act(followed, K1)
    assert refused.value.code == code
    assert events(followed) == known


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (confirm("07-14", MONDAY), "before-submitted"),
        (give_back("07-14", MONDAY), "before-submitted"),
        (give_back("07-18", MONDAY, to="07-15"), "before-returned"),
    ],
)
def test_what_follows_a_result_is_not_before_it(followed: Office, act: Act, code: str) -> None:
    answers.submit(followed.app, K1, Submission(day("07-15")), MONDAY, by="Mai")
    with pytest.raises(Refused) as refused:
        act(followed, K1)
    assert refused.value.code == code


def test_a_backdated_answer_counts_from_its_own_day(followed: Office) -> None:
    """Recorded on 05/08 as sent on 28/07: seen from then it was open, looked back at it was in time."""
    answers.submit(followed.app, K1, Submission(day("07-28")), at("2022-08-05 10:00"), by="Mai")
    answers.confirm(followed.app, K1, day("07-28"), at("2022-08-05 10:00"), by="Mai")
    seen = {known: _class(followed, "2022-08-01", known) for known in ("2022-08-01", "2022-08-05")}
    assert seen == {"2022-08-01": "open_overdue", "2022-08-05": "done_in_time"}
    assert _class(followed, "2022-07-27", "2022-08-05") == "open_in_time"


def _class(office: Office, as_of: str, known_at: str) -> str:
    known, later = date.fromisoformat(known_at), at("2022-08-10 10:00")
    rows = status(office.app, later, as_of=date.fromisoformat(as_of), known_at=known).assignments
    return next(row.class_ for row in rows if row.code == "K1-0001")


# what leaves and what does not


def rungs(office: Office, recipient: str = "so-y-te.focal") -> list[str | None]:
    """What left to a contact about K1-0001, in order."""
    return [entry.rung for entry in lines(office, "attempt") if entry.recipient == recipient]


def test_recorded_leaves_once_for_each_confirmed_result(followed: Office) -> None:
    """One mail to the unit, however often it is confirmed or delivered; done again after a reopening, another."""
    app = followed.app
    run(followed, NOTICE)
    answers.submit(app, K1, Submission(day("07-18")), MONDAY, by="Mai")
    run(followed, "2022-07-18 10:30")
    assert rungs(followed) == ["notice"], "what waits is not recorded yet"
    for hour in ("11:00", "11:10"):
        answers.confirm(app, K1, day("07-18"), at(f"2022-07-18 {hour}"), by="Mai")
        run(followed, f"2022-07-18 {hour}")
    assert rungs(followed) == ["notice", "recorded"]
    decisions.reopen(app, K1, Decision(day("07-19"), "Mai"), at("2022-07-19 09:00"))
    run(followed, "2022-07-19 09:05")
    answers.submit(app, K1, Submission(day("07-19")), at("2022-07-19 10:00"), by="Mai")
    answers.confirm(app, K1, day("07-19"), at("2022-07-19 10:00"), by="Mai")
    run(followed, "2022-07-19 10:05")
    assert rungs(followed) == ["notice", "recorded", "notice", "recorded"]


def test_recorded_is_taken_back_with_what_it_tells(followed: Office) -> None:
    """Confirmed in the evening, reopened before office hours: the mail that was planned does not leave."""
    app = followed.app
    run(followed, NOTICE)
    answers.submit(app, K1, Submission(day("07-18")), at("2022-07-18 20:00"), by="Mai")
    answers.confirm(app, K1, day("07-18"), at("2022-07-18 20:00"), by="Mai")
    run(followed, "2022-07-18 20:05")
    decisions.reopen(app, K1, Decision(day("07-19"), "Mai"), at("2022-07-19 07:00"))
    run(followed, "2022-07-19 08:01")
    assert "recorded" not in rungs(followed)


def test_a_backfill_and_what_the_plan_says_is_done_are_not_written_about(office: Office) -> None:
    """What was over before it was followed, and `done:`, are confirmed in silence."""
    office.plan(
        obligation("truoc", "{by: 2022-07-08}", responsible="so-y-te"),
        obligation("xong", "{by: 2022-07-29}", responsible="so-y-te", more="done: {on: 2022-07-09, document: 3/BC}"),
        issued_on="2022-06-01",
    )
    office.apply(NOTICE)
    assert run(office, NOTICE).sent == 0
    answers.submit(office.app, K1, Submission(day("07-08")), MONDAY, by="Mai")
    answers.confirm(office.app, K1, day("07-08"), MONDAY, by="Mai")
    assert [run(office, hour).sent for hour in ("2022-07-18 11:00", "2022-07-29 08:01")] == [0, 0]
    assert {row.class_ for row in status(office.app, MONDAY).assignments} == {"done_in_time"}


def test_a_result_mutes_and_a_return_speaks_again(followed: Office) -> None:
    """Sent: that unit's before-10 stays away; returned: the return itself, then the ladder to its new day."""
    app = followed.app
    run(followed, NOTICE)
    answers.submit(app, K1, Submission(day("07-15")), at("2022-07-15 10:00"), by="Mai")
    run(followed, "2022-07-19 08:01")
    assert rungs(followed) == ["notice"]
    assert [entry.rung for entry in lines(followed, "attempt", "K1-0002")] == ["notice", "before-10"]
    decision = Decision(day("07-20"), "Mai", note="thiếu biểu 2")
    decisions.send_back(app, K1, decision, at("2022-07-20 09:00"), resubmit_by=day("07-25"))
    run(followed, "2022-07-20 09:05")
    run(followed, "2022-07-22 08:01")
    run(followed, "2022-07-25 08:01")
    assert rungs(followed) == ["notice", "returned", "before-3", "before-0"]


@pytest.mark.parametrize(
    "act", [decide(decisions.waive, "07-18", MONDAY), send("07-18", MONDAY)], ids=["waived", "sent"]
)
def test_what_is_not_owed_any_more_is_not_written_about(followed: Office, act: Act) -> None:
    """Planned for eight o'clock, decided before the delivery: nothing leaves."""
    run(followed, NOTICE)
    act(followed, K1)
    for morning in ("2022-07-19 08:01", "2022-07-26 08:01", "2022-07-29 08:01", "2022-08-01 08:01"):
        run(followed, morning)
    assert rungs(followed) == ["notice"]


def test_the_reviewer_is_reminded_of_what_waits_until_it_is_confirmed(followed: Office) -> None:
    """Two working days after it was recorded, then every two; not after ghi nhận."""
    app = followed.app
    run(followed, NOTICE)
    answers.submit(app, K1, Submission(day("07-12")), at("2022-07-12 10:00"), by="Mai")
    run(followed, "2022-07-14 08:01")
    run(followed, "2022-07-18 08:01")
    answers.confirm(app, K1, day("07-18"), at("2022-07-18 09:00"), by="Mai")
    run(followed, "2022-07-20 08:01")
    assert rungs(followed, "van-phong.focal") == ["review-2", "review-4"]
