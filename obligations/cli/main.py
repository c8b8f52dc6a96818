"""`dondoc`: the commands together, and what their ends mean (0 done, 1 refused, 2 misuse, 3 broke inside)."""

from __future__ import annotations

import sys

import typer

from obligations.cases import mishaps
from obligations.cli import (
    accounts,
    answer,
    authority,
    care,
    configure,
    decide,
    draft,
    engine,
    figures,
    link,
    look,
    rehearse,
    schema,
    sheet,
    watch,
)
from obligations.cli.misuse import Commands, Group, Misuse, explain
from obligations.cli.output import aside, print_json, speak_utf8
from obligations.domain.errors import Refused

REFUSED, MISUSED, BROKE = 1, 2, 3
app = Commands(
    name="dondoc",
    cls=Group,
    help="Đôn Đốc: biến kế hoạch thành lịch nhắc việc, gửi nhắc đúng hạn và giữ bằng chứng.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
PARTS = (
    configure,
    schema,
    look,
    watch,
    figures,
    sheet,
    answer,
    decide,
    authority,
    engine,
    care,
    rehearse,
    accounts,
    link,
    draft,
)
for part in PARTS:
    part.add_to(app)


def run() -> None:
    """The entry point: no traceback ever reaches a user."""
    speak_utf8()
    try:
        sys.exit(app(prog_name="dondoc", standalone_mode=False) or 0)
    except Refused as refused:
        _tell(refused)
        sys.exit(REFUSED)
    except typer.Abort:
        aside.print("Đã dừng.")
        sys.exit(REFUSED)
    except Misuse as error:
        _tell(explain(error))
        sys.exit(MISUSED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(REFUSED)
    except Exception as error:  # noqa: BLE001  # the last door: say where the details are
        _tell(Refused("broken", mishaps.keep(error)))
        sys.exit(BROKE)


def _tell(refused: Refused) -> None:
    """The one document for a program that asked for it, and a sentence for people."""
    if "--json" in sys.argv:
        print_json({"error": {"code": refused.code, "message": refused.message, "fix": refused.fix}})
    aside.print(f"Không thực hiện được: {refused}", markup=False, soft_wrap=True)


if __name__ == "__main__":
    run()
