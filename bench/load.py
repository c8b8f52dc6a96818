"""Load 5,000 obligations, against PyYAML's C loader + pydantic on the same plan files.

The baseline only parses and validates, with the loader's own models; ours also keeps every place, finds duplicate keys
and unknown names, builds the configuration and computes every due date. Values that YAML 1.1 would take for dates or
numbers are quoted, so that both read the same texts.

python -m bench.load [--obligations 5000] [--rounds 3]
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import cycle

import yaml

from bench.measure import ROUNDS, Line, arguments, in_turns, show, timed
from obligations.config.load import load
from obligations.config.plan_schema import PlanFileIn

OBLIGATIONS = 5_000
AT_MOST = 1.3
TODAY = date(2022, 7, 8)
UNITS, PLANS = 40, 50
OFFICE = "name: Văn phòng\n"
UNIT = "- {{id: u{n}, name: Đơn vị thứ {n}, contacts: [{{name: Đầu mối {n}, email: u{n}@don-vi.example}}]}}\n"
HEAD = (
    'plan: {number: 12/KH-SM, title: Kế hoạch thử, issuer: u0, issued_on: "2022-07-08", overseer: u0}\nobligations:\n'
)
DEADLINES = (
    '{by: "2022-11-25"}',
    '{before: "2022-07-20"}',
    '{within: "2023"}',
    '{every: year, by: 11-25, from: "2022", to: "2025"}',
    '{every: quarter, by: {month: "3", day: "15"}}',
    '{after: issued, working_days: "10"}',
)
OBLIGATION = """- id: viec-{n}
  title: Báo cáo kết quả thực hiện nhiệm vụ số {n}
  responsible: [u{first}, u{second}]
  submit_to: u0
  product: báo cáo
  deadline: {deadline}
  cite: {{at: VI.{n}, stated: chậm nhất ngày 25/11 hằng năm}}
"""


def lines(obligations: int = OBLIGATIONS, rounds: int = ROUNDS) -> list[Line]:
    """One line: seconds to read them all."""
    texts = office(obligations)
    pairs = in_turns(rounds, lambda: seconds(ours, texts), lambda: seconds(baseline, texts))
    return [Line(f"nạp {obligations} nhiệm vụ", "CSafeLoader + model_validate", "s", pairs, ("≤", AT_MOST))]


def office(obligations: int) -> dict[str, str]:
    """The texts of an office whose plans hold that many obligations, of every form of deadline."""
    plans = [HEAD] * PLANS
    for n, deadline in zip(range(obligations), cycle(DEADLINES), strict=False):
        units = {"first": n % UNITS, "second": (n + 1) % UNITS}
        plans[n % PLANS] += OBLIGATION.format(n=n, deadline=deadline, **units)
    units_file = "units:\n" + "".join(UNIT.format(n=n) for n in range(UNITS))
    return {
        "office.yaml": OFFICE,
        "units.yaml": units_file,
        **{f"plans/ke-hoach-{number}.yaml": text for number, text in enumerate(plans)},
    }


def seconds(read: Callable[[Mapping[str, str]], int], texts: Mapping[str, str]) -> float:
    with timed() as watch:
        found = read(texts)
    if found != sum(text.count("- id: ") for text in texts.values()):
        raise SystemExit(f"đọc được {found} nhiệm vụ")
    return watch.seconds


def ours(texts: Mapping[str, str]) -> int:
    plans = load(texts, TODAY).required().plans.values()
    return sum(len(plan.obligations) for plan in plans)


def baseline(texts: Mapping[str, str]) -> int:
    plans = [text for name, text in texts.items() if name.startswith("plans/")]
    files = [PlanFileIn.model_validate(yaml.load(text, yaml.CSafeLoader)) for text in plans]
    return sum(len(file.obligations) for file in files)


if __name__ == "__main__":
    chosen = arguments(__doc__, obligations=OBLIGATIONS)
    show(lines(chosen.obligations, chosen.rounds))
