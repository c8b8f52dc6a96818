"""receive: a register of incoming documents proposes what it answers; what a person agrees to is recorded."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from obligations.cases.answering.batches import LinesRefused
from obligations.cases.app import App
from obligations.cases.clock import utc_now
from obligations.cases.drafting_plans.apart import reading_apart
from obligations.cases.reading.words import period_words
from obligations.cases.receiving.proposing import Duty, Proposal, Proposals, propose
from obligations.cases.receiving.recording import record
from obligations.cases.receiving.register import Incoming, Register, taken
from obligations.cli.opening import recording, today
from obligations.cli.options import By, Config, Json, who
from obligations.cli.output import Column, aside, people, print_json, print_table, say, working
from obligations.domain.errors import Refused
from obligations.domain.wording import short_date, some, table_date

File = Annotated[Path, typer.Argument(metavar="FILE", help="Sổ văn bản đến: .xlsx, .csv, bảng trong .docx.")]
Take = Annotated[
    list[str] | None,
    typer.Option("--take", metavar="DÒNG[=MÃ-VIỆC]", help="Ghi dòng này (cho việc này; mặc định việc đứng đầu)."),
]
_COLUMNS = (
    Column("Dòng", number=True, whole=True),
    Column("", whole=True),
    Column("Văn bản đến", share=4),
    Column("Việc", share=4),
    Column("Cần xem", share=2),
)
Answer = tuple[str, Incoming]


def add_to(app: typer.Typer) -> None:
    app.command("receive")(receive)


def receive(
    file: File,
    yes: Annotated[bool, typer.Option("--yes", help="Ghi mọi dòng có dấu ✓, không hỏi lại.")] = False,
    take: Take = None,
    by: By = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Đọc sổ văn bản đến, đề xuất văn bản nào là kết quả của việc nào; người xem đồng ý thì ghi."""
    with recording(config) as app, reading_apart(file) as read:
        with working("Đang đọc sổ…"):
            register = taken(read, today(app))
        found = propose(app, register.rows, utc_now())
        if not json:
            _show(register, found)
        answers = [_asked(word, found) for word in take or ()]
        if yes:
            answers += [one for one in _sure(found) if one[1].line not in {said.line for _, said in answers}]
        elif not take and not json:
            answers = _agreed(found)
        if answers:
            _record(app, answers, who(by))
        if json:
            _print(register, found, answers)
        elif found.rows:
            _say(answers)


def _sure(found: Proposals) -> list[Answer]:
    return [(one.duties[0].code, one.incoming) for one in found.rows if one.is_sure]


def _asked(word: str, found: Proposals) -> Answer:
    """What `12` or `12=K7-0412` means."""
    line, _, code = word.partition("=")
    row = next((one for one in found.rows if str(one.incoming.line) == line.strip()), None)
    if row is None:
        raise Refused("no-line", f"dòng {line} không có trong các dòng được đề xuất.", "Xem số dòng trong bảng.")
    chosen = code.strip().upper() or row.duties[0].code
    if chosen not in {duty.code for duty in row.duties}:
        fix = "Đúng là việc ấy thì ghi bằng dondoc submit."
        raise Refused("not-proposed", f"{chosen} không được đề xuất cho dòng {line}.", fix)
    return chosen, row.incoming


def _record(app: App, answers: Sequence[Answer], by: str) -> None:
    """All or none; a terminal has no line to mark, so each refusal is said with its own."""
    try:
        record(app, answers, utc_now(), by=by)
    except LinesRefused as refused:
        told = [f"dòng {one.line}: {refused.lines[code]}" for code, one in answers if code in refused.lines]
        raise Refused(refused.code, f"chưa ghi dòng nào. {' '.join(dict.fromkeys(told))}") from None


def _agreed(found: Proposals) -> list[Answer]:
    """What a person at a terminal says is to be recorded."""
    if not found.rows or not is_at_a_terminal():
        return []
    try:
        said = people.input("Ghi dòng nào? Enter: các dòng ✓; như 3,5 hoặc 5=K7-0412; k: không ghi. ").strip()
    except EOFError:
        return []
    if said.lower() in ("k", "không", "khong", "n", "no"):
        return []
    return [_asked(word, found) for word in said.replace(",", " ").split()] or _sure(found)


def is_at_a_terminal() -> bool:
    """Whether a person can be asked."""
    return sys.stdin.isatty()


def _show(register: Register, found: Proposals) -> None:
    rows = [
        (
            one.incoming.line,
            "✓" if one.is_sure else "?",
            _document(one.incoming),
            "\n".join(_duty(duty) for duty in one.duties),
            "; ".join(one.doubts),
        )
        for one in found.rows
    ]
    print_table(f"{len(rows)} văn bản có thể là kết quả", _COLUMNS, rows, empty="Sổ không có văn bản nào là kết quả.")
    if found.recorded:
        say(f"{found.recorded} văn bản đã ghi từ trước.")
    if found.unlike:
        say(f"{found.unlike} văn bản của đơn vị theo dõi không giống việc nào đang chờ kết quả.")
    if found.unknown:
        names = some([f"{name} ({count})" for name, count in found.unknown.items()])
        say(f"{sum(found.unknown.values())} văn bản của nơi gửi không có trong units.yaml: {names}.")
    for fault in register.faults:
        arrival = f" (số đến {fault.arrival})" if fault.arrival else ""
        say(f"Dòng thứ {fault.line}{arrival} không đọc được: {fault.message}")


def _document(incoming: Incoming) -> str:
    number = f"{incoming.number}, " if incoming.number else ""
    return f"{incoming.sender}: {number}gửi {short_date(incoming.sent_on)}. {incoming.subject}"


def _duty(duty: Duty) -> str:
    period = f" ({words})" if (words := period_words(duty.period)) else ""
    due = f"hạn {table_date(duty.due_on)}" if duty.due_on else "chờ mốc"
    return f"{duty.code} {duty.unit}: {duty.title}{period}, {due}"


def _say(answers: Sequence[Answer]) -> None:
    if answers:
        say(f"Đã ghi {len(answers)} kết quả: {some([code for code, _ in answers])}.")
        say("Rà xong cả sổ thì chạy dondoc checked.")
    else:
        aside.print("Chưa ghi gì. Thêm --yes để ghi các dòng ✓, --take DÒNG để ghi từng dòng.")


def _print(register: Register, found: Proposals, answers: Sequence[Answer]) -> None:
    print_json(
        {
            "proposals": [_plain(one) for one in found.rows],
            "recorded": [{"line": incoming.line, "code": code} for code, incoming in answers],
            "already": found.recorded,
            "unlike": found.unlike,
            "unknown": found.unknown,
            "faults": register.faults,
        }
    )


def _plain(one: Proposal) -> Mapping[str, object]:
    duties = [vars(duty) for duty in one.duties]
    return {**vars(one.incoming), "sure": one.is_sure, "doubts": one.doubts, "duties": duties}
