"""`dondoc`: the commands together, and what their ends mean (0 done, 1 refused, 2 misuse, 3 broke inside)."""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from typing import Annotated, Any

import typer

from obligations.cases import mishaps
from obligations.cli.misuse import Commands, Group, Misuse, explain
from obligations.cli.output import aside, print_json, say, speak_utf8
from obligations.domain.errors import Refused

REFUSED, MISUSED, BROKE = 1, 2, 3
# Each module of this folder that brings commands, and which.
PARTS = {
    "configure": ("init", "check", "apply"),
    "schema": ("schema",),
    "look": ("deadlines", "forecast"),
    "watch": ("status", "history"),
    "figures": ("statistics",),
    "sheet": ("sheet",),
    "answer": ("submit", "confirm", "acknowledge"),
    "decide": ("return", "extend", "reassign", "event", "waive", "reopen", "disown", "urge"),
    "authority": ("checked", "approve", "held", "called", "bounced"),
    "engine": ("tick", "up", "doctor", "demo"),
    "care": ("pause", "resume", "send-test", "backup", "restore"),
    "rehearse": ("replay",),
    "accounts": ("user",),
    "link": ("link", "contact"),
    "receive": ("receive",),
    "draft": ("draft",),
}


class Doors(Group):
    """The commands, each loaded when it is asked for: many need the database, one the readers of documents."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [name for names in PARTS.values() for name in names]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        part = next((part for part, names in PARTS.items() if cmd_name in names), None)
        return loaded(part).get(cmd_name) if part else None


@cache
def loaded(part: str) -> dict[str, Any]:
    """The commands that a module of this folder brings, by name."""
    some = Commands(cls=Group, add_completion=False, rich_markup_mode=None)
    import_module(f"obligations.cli.{part}").add_to(some)
    return dict(typer.main.get_group(some).commands)


app = Commands(
    name="dondoc",
    cls=Doors,
    help="Đôn Đốc: biến kế hoạch thành lịch nhắc việc, gửi nhắc đúng hạn và giữ bằng chứng.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _tell_version(asked: bool) -> None:  # noqa: FBT001  # as typer calls it
    if asked:
        from importlib.metadata import version  # noqa: PLC0415  # no other command waits for it

        say(f"dondoc {version('dondoc')}")
        raise typer.Exit


@app.callback()
def doors(
    _: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Xem phiên bản đang dùng.")
    ] = False,
) -> None:
    """What stands before every command."""


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
        found = mishaps.refusal(error)
        _tell(found)
        sys.exit(BROKE if found.code == mishaps.BROKEN else REFUSED)


def _tell(refused: Refused) -> None:
    """The one document for a program that asked for it, and a sentence for people."""
    if "--json" in sys.argv:
        print_json({"error": {"code": refused.code, "message": refused.message, "fix": refused.fix}})
    aside.print(f"Không thực hiện được: {refused}", markup=False, soft_wrap=True)


if __name__ == "__main__":
    run()
