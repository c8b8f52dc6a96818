"""A large office: many obligations, each owed by the same forty units; what the lines about apply and plan live on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from obligations.cases.app import App, open_app
from obligations.cases.settings import Settings

OBLIGATIONS, UNITS, IN_A_PLAN = 5000, 40, 100
FIRST_DUE = date(2022, 9, 1)
DueOn = Callable[[int], date]
UNIT = "- {{id: u{n}, name: Đơn vị thứ {n}, contacts: [{{name: Đầu mối {n}, email: u{n}@don-vi.example}}]}}\n"
PLAN = """plan: {{number: {n}/KH-SM, title: Kế hoạch thứ {n}, issuer: u0, issued_on: 2022-07-08, overseer: u0}}
obligations:
"""
OBLIGATION = """- id: viec-{n}
  title: Báo cáo kết quả việc thứ {n}
  responsible: tat-ca
  deadline: {{by: {due}}}
  cite: {{at: VI.{n}, stated: chậm nhất ngày {due}}}
"""


def texts(
    obligations: int = OBLIGATIONS, units: int = UNITS, *, due: DueOn | None = None, policies: str = ""
) -> dict[str, str]:
    """The files of the configuration, by name; the n-th obligation is due on `due(n)`, in the three years to come."""
    people = ", ".join(f"u{n}" for n in range(units))
    named = "".join(UNIT.format(n=n) for n in range(units))
    found = {
        "office.yaml": "name: Văn phòng\n",
        "units.yaml": f"units:\n{named}groups: {{tat-ca: {{name: Tất cả, members: [{people}]}}}}\n",
        "policies.yaml": policies,
    }
    for first in range(0, obligations, IN_A_PLAN):
        numbers = range(first, min(first + IN_A_PLAN, obligations))
        duties = "".join(OBLIGATION.format(n=n, due=(due or spread)(n)) for n in numbers)
        found[f"plans/ke-hoach-{first}.yaml"] = PLAN.format(n=first) + duties
    return found


def spread(n: int) -> date:
    """A day of the three years to come for each obligation."""
    return FIRST_DUE + timedelta(days=n * 7 % 1095)


@contextmanager
def office() -> Iterator[App]:
    """An empty office of its own, on SQLite."""
    with TemporaryDirectory(prefix="dondoc-bench-") as root:
        folder = Path(root)
        app = open_app(Settings(folder / "config", folder / "home", f"sqlite:///{folder}/dondoc.db"))
        try:
            yield app
        finally:
            app.close()
