"""`dondoc`: the commands together, and what their ends mean (0 done, 1 refused, 2 misuse, 3 broke inside)."""

from __future__ import annotations

import sys
import traceback
from datetime import UTC, datetime

import typer

from obligations.cases.app import Settings
from obligations.cli import answer, configure, engine, look
from obligations.cli.output import aside, print_json
from obligations.domain.errors import Refused

REFUSED, BROKE = 1, 3
app = typer.Typer(
    name="dondoc",
    help="Đôn Đốc: biến kế hoạch thành lịch nhắc việc, gửi nhắc đúng hạn và giữ bằng chứng.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for part in (configure, look, answer, engine):
    part.add_to(app)


def run() -> None:
    """The entry point: no traceback ever reaches a user."""
    try:
        app()
    except Refused as refused:
        if "--json" in sys.argv:
            print_json({"error": {"code": refused.code, "message": refused.message, "fix": refused.fix}})
        aside.print(f"Không thực hiện được: {refused}", markup=False)
        sys.exit(REFUSED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(REFUSED)
    except Exception as error:  # noqa: BLE001  # the last door: say where the details are
        aside.print(f"Lỗi bên trong chương trình: {type(error).__name__}. Chi tiết: {_keep(error)}", markup=False)
        sys.exit(BROKE)


def _keep(error: Exception) -> str:
    """Write the traceback where an admin finds it; its place in words."""
    file = Settings.from_environment().home / "loi.log"
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as log:
            log.write(f"--- {datetime.now(UTC).isoformat()} {sys.argv[1:2]}\n")
            log.writelines(traceback.format_exception(error))
    except OSError:
        return "không ghi được nhật ký lỗi"
    return str(file)


if __name__ == "__main__":
    run()
