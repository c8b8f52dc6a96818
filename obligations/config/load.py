"""Loading: a folder (or the texts of an applied version) becomes a Configuration, or problems with their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from obligations.config import build, complaints, references, source
from obligations.config.office_schema import CalendarIn, ChannelsIn, OfficeIn, PoliciesIn, UnitsIn
from obligations.config.plan_schema import PlanFileIn
from obligations.config.source import Source
from obligations.domain.errors import Problem, Refused, reason
from obligations.domain.plan import Configuration

M = TypeVar("M", bound=BaseModel)
FILES: dict[str, type[BaseModel]] = {
    "office.yaml": OfficeIn,
    "units.yaml": UnitsIn,
    "channels.yaml": ChannelsIn,
    "policies.yaml": PoliciesIn,
    "calendar.yaml": CalendarIn,
}
REQUIRED = ("office.yaml", "units.yaml")
PLANS = "plans/"


@dataclass
class Loaded:
    """What came of loading. `configuration` is None when there is any error; `texts` are the files as read."""

    texts: dict[str, str]
    configuration: Configuration | None = None
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)

    def required(self) -> Configuration:
        """The configuration, or Refused with the first error."""
        if self.configuration is None:
            more = f" (và {len(self.errors) - 1} lỗi khác)" if len(self.errors) > 1 else ""
            raise Refused("broken-config", f"{self.errors[0]}{more}", "Chạy dondoc check để xem tất cả.")
        return self.configuration


def read_folder(folder: Path) -> dict[str, str]:
    """The texts of a configuration folder by relative name; Refused where it or one of its files cannot be read."""
    found = read_files(folder)
    if found.errors:
        problem = found.errors[0]
        raise Refused(problem.code, f"{problem.file}: {problem.message}", problem.fix)
    return found.texts


def read_files(folder: Path) -> Loaded:
    """The folder's files as they are, not yet checked: texts, unreadable files (errors), files nobody reads (warnings).

    Refused when it is no such folder.
    """
    if not folder.is_dir():
        fix = "Chạy dondoc init để tạo, hoặc chỉ thư mục khác bằng --config."
        raise Refused("no-config", f"không có thư mục cấu hình {folder}.", fix)
    found = Loaded({})
    for path in sorted(folder.rglob("*.y*ml")):
        name = path.relative_to(folder).as_posix()
        if not any(part.startswith(".") for part in path.relative_to(folder).parts):
            _read(found, path, name)
    return found


def _read(found: Loaded, path: Path, name: str) -> None:
    if name not in FILES and Path(name).parent.as_posix() != PLANS.rstrip("/"):
        fix = f"tệp đọc được: {', '.join(FILES)}, {PLANS}<mã kế hoạch>.yaml"
        found.warnings.append(Problem(name, 1, 1, "unknown-file", "tệp này không được dùng.", fix))
        return
    try:
        content = path.read_bytes()
        found.texts[name] = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = len(content[content.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8-sig")) + 1
        problem = Problem(name, line, column, "encoding", "tệp không phải UTF-8.", "lưu lại tệp dạng UTF-8")
        found.errors.append(problem)
    except OSError as error:
        message = f"không đọc được tệp ({reason(error)})."
        found.errors.append(Problem(name, 1, 1, "unreadable", message, "xem tên tệp và quyền đọc tệp"))


def load(texts: Mapping[str, str], today: date) -> Loaded:
    """Check and build. `today` only bounds how far unbounded duties are looked at (the end of next year)."""
    return _load(Loaded(dict(texts)), today)


def _load(loaded: Loaded, today: date) -> Loaded:
    unread = {problem.file for problem in loaded.errors}
    models = _models(loaded, unread)
    plans = _plans(loaded)
    if not loaded.errors:
        draft = build.configuration(models, plans)
        checker = references.Checker(draft, loaded.sources, today)
        loaded.errors += checker.errors()
        loaded.configuration = None if loaded.errors else draft
        loaded.warnings += [] if loaded.errors else checker.warnings()
    loaded.errors.sort()
    loaded.warnings.sort()
    return loaded


def load_folder(folder: Path, today: date) -> Loaded:
    """`read_files` and `load` in one: what cannot be read is an error with its place, too."""
    return _load(read_files(folder), today)


def _models(loaded: Loaded, unread: set[str]) -> dict[str, Any]:
    models: dict[str, Any] = {}
    for name, model in FILES.items():
        if name in loaded.texts:
            models[name] = _model(loaded, name, model)
        elif name in REQUIRED and name not in unread:
            fix = "dondoc init tạo một bộ tệp mẫu ở thư mục khác"
            loaded.errors.append(Problem(name, 1, 1, "missing-file", f"thiếu tệp {name}.", fix))
    return models


def _plans(loaded: Loaded) -> dict[str, PlanFileIn]:
    plans: dict[str, PlanFileIn] = {}
    for name in loaded.texts:
        if name.startswith(PLANS):
            plan_id = name.removeprefix(PLANS).removesuffix(".yaml")
            if not references.is_id(plan_id):
                fix = "chỉ dùng chữ thường không dấu, số, gạch nối và đuôi .yaml"
                loaded.errors.append(Problem(name, 1, 1, "plan-name", f"tên tệp {name} không hợp lệ.", fix))
            elif model := _model(loaded, name, PlanFileIn):
                plans[plan_id] = model
    return plans


def _model(loaded: Loaded, name: str, model: type[M]) -> M | None:
    found = source.read(name, loaded.texts[name])
    if isinstance(found, Problem):
        loaded.errors.append(found)
        return None
    loaded.sources[name] = found
    try:
        return model.model_validate(found.data)
    except ValidationError as error:
        loaded.errors += complaints.problems(found, error)
        return None
