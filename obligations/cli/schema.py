"""schema: what an editor needs to help while a configuration file is typed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from obligations.cases.configuring.drafts import describe_files
from obligations.cli.options import Json
from obligations.cli.output import people, print_json, say


def add_to(app: typer.Typer) -> None:
    app.command("schema")(schema)


def schema(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Thư mục nhận các tệp .schema.json.")],
    json: Json = False,
) -> None:
    """Viết các tệp JSON Schema để trình soạn thảo gợi ý khóa và báo chỗ viết sai."""
    written = describe_files(folder)
    if json:
        print_json({"created": [str(path) for path in written]})
        return
    for path in written:
        people.print(f"  {path}", markup=False, soft_wrap=True)
    say("Ghi ở dòng đầu tệp kế hoạch, đường dẫn tính từ chính tệp ấy:")
    people.print("  # yaml-language-server: $schema=../schemas/plan.schema.json", markup=False, soft_wrap=True)
