"""draft: a plan document becomes a draft plan file, each duty under its quote; what is unclear is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from obligations.cli.options import Config, Json


def add_to(app: typer.Typer) -> None:
    app.command("draft")(draft)


File = Annotated[Path, typer.Argument(metavar="FILE", help="Văn bản: .txt, .docx, .doc, .pdf, .xlsx, .csv.")]
Output = Annotated[
    str | None, typer.Option("--output", "-o", metavar="MÃ", help="Ghi vào plans/MÃ.yaml của thư mục cấu hình.")
]
AddUnits = Annotated[bool, typer.Option("--add-units", help="Thêm đơn vị chưa có vào units.yaml.")]


def draft(
    file: File, output: Output = None, add_units: AddUnits = False, config: Config = None, json: Json = False
) -> None:
    """Soạn bản nháp kế hoạch từ văn bản; không đưa vào theo dõi."""
    from obligations.cases.drafting_plans.apart import reading_apart  # noqa: PLC0415  # `--help` does without

    with reading_apart(file) as read:
        # What drafts takes as long to load as fifty pages to read; both go on at once.
        from obligations.cli.drafting import draft_file  # noqa: PLC0415

        draft_file(read, output, add_units=add_units, config=config, json=json)
