"""The two pages that bench.board asks for, each served alone: the office's board, and a bare page with its table.

python -m bench.board_pages board|bare FOLDER PORT
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from jinja2 import Environment
from sqlalchemy import create_engine, select, text

from bench import board
from obligations.cases.app import open_app
from obligations.store.tables import METADATA
from obligations.web.app import create_app

_a = METADATA.tables["assignment"].c
_TITLES = (
    "STT",
    "Mã việc",
    "Nội dung",
    "Căn cứ",
    "Đơn vị chủ trì",
    "Phối hợp",
    "Sản phẩm, nơi nhận",
    "Hạn gốc",
    "Hạn hiện tại",
    "Còn/quá (ngày làm việc)",
    "Tình trạng",
    "Số, ngày văn bản kết quả",
    "Lần nhắc gần nhất",
    "Ghi chú",
)
_TABLE = """<!doctype html><html lang="vi"><title>Bảng theo dõi</title><table>
<thead><tr>{% for title in titles %}<th>{{ title }}</th>{% endfor %}</tr></thead><tbody>
{% for row in rows %}
<tr><td>{{ loop.index }}</td><td><a href="/viec/{{ row.code }}">{{ row.code }}</a></td><td>{{ row.obligation }}</td>
<td><a href="/ke-hoach/{{ row.plan }}">{{ row.plan }}</a></td>
<td><a href="/don-vi/{{ row.unit }}">{{ row.unit }}</a></td>
<td>{{ row.period }}</td><td>{{ row.carrier or "" }}</td><td>{{ row.original_due_on.strftime("%d/%m/%Y") }}</td>
<td>{{ row.due_on.strftime("%d/%m/%Y") }}</td><td>{{ row.target_on.strftime("%d/%m/%Y") }}</td><td>{{ row.phase }}</td>
<td>{{ row.submitted_on or "" }}</td><td>{{ row.done_on or "" }}</td><td>{{ row.outside or "" }}</td></tr>
{% endfor %}
</tbody></table></html>"""
_QUERY = (
    select(_a.code, _a.plan, _a.obligation, _a.unit, _a.period, _a.carrier, _a.original_due_on, _a.due_on)
    .add_columns(_a.target_on, _a.phase, _a.submitted_on, _a.done_on, _a.outside)
    .where(text("phase != 'closed'"))  # as the partial index writes it
    .order_by(_a.due_on.asc().nulls_last(), _a.id)
    .limit(50)
)


def bare(folder: Path) -> FastAPI:
    """One indexed query and one template, nothing else."""
    engine = create_engine(board.settings(folder).database_url)
    table = Environment(autoescape=True).from_string(_TABLE)
    web = FastAPI()

    @web.get("/")
    def show() -> Any:
        with engine.connect() as connection:
            rows = connection.execute(_QUERY).all()
        return HTMLResponse(table.render(rows=rows, titles=_TITLES))

    return web


def main() -> None:
    which, folder, port = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    web = bare(folder) if which == "bare" else create_app(open_app(board.settings(folder)), clock=lambda: board.NOW)
    uvicorn.run(web, host=board.LOOPBACK, port=port, log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
