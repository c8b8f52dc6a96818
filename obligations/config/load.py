"""Loading: a folder (or the texts of an applied version) becomes a Configuration, or problems with their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from obligations.config import build, complaints, references, source
from obligations.config.folder import PLANS, read_texts
from obligations.config.office_schema import CalendarIn, ChannelsIn, OfficeIn, PoliciesIn, UnitsIn
from obligations.config.plan_schema import PlanFileIn
from obligations.config.source import Source
from obligations.domain.errors import Problem, Refused
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
MAX_TOLD = 200  # problems of one file, or of the files against each other; who has mended those runs check again


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
            first = f"{self.errors[0]}{more}"
            stop = "" if first.endswith((".", "?", ")", ":")) else "."
            raise Refused("broken-config", f"{first}{stop}", "Chạy dondoc check để xem tất cả.")
        return self.configuration


def read_folder(folder: Path) -> dict[str, str]:
    """The texts of a configuration folder by relative name; Refused where it or one of its files cannot be read."""
    texts, errors, _ = read_texts(folder, FILES)
    for problem in errors:
        raise Refused(problem.code, f"{problem.file}: {problem.message}", problem.fix)
    return texts


def load_folder(folder: Path, today: date, instead: Mapping[str, str] = MappingProxyType({})) -> Loaded:
    """A folder's files, checked and built: what cannot be read is an error with its place, too.

    `instead` are texts that stand for files, there or not: what somebody is typing and has not saved.
    """
    texts, errors, unused = read_texts(folder, FILES)
    errors = [problem for problem in errors if problem.file not in instead]
    return _load(Loaded(dict(sorted({**texts, **instead}.items())), errors=errors, warnings=unused), today)


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
        loaded.errors += islice(checker.errors(), MAX_TOLD)
        loaded.configuration = None if loaded.errors else draft
        loaded.warnings += [] if loaded.errors else islice(checker.warnings(), MAX_TOLD)
    loaded.errors.sort()
    loaded.warnings.sort()
    return loaded


def _models(loaded: Loaded, unread: set[str]) -> dict[str, Any]:
    models: dict[str, Any] = {}
    for name, model in FILES.items():
        if name in loaded.texts:
            models[name] = _model(loaded, name, model)
        elif name in REQUIRED and name not in unread:
            fix = "viết tệp ấy, theo tệp mẫu của chương trình"
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
        loaded.errors += islice(complaints.problems(found, error), MAX_TOLD)
        return None
