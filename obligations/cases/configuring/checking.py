"""`check`: everything that can be known to be wrong before anything is applied."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from obligations import channels
from obligations.config.load import Loaded, load, load_folder
from obligations.domain.deadline import After, is_bounded
from obligations.domain.ending import Ends
from obligations.domain.errors import Problem

_REFERENCE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_ANY = "bi-mat"  # stands in for a secret that is elsewhere, so that the rest of its address is still looked at


def check_folder(folder: Path, today: date, instead: Mapping[str, str] = MappingProxyType({})) -> Loaded:
    """Load a configuration folder and try its channel addresses, too. Refused when there is no such folder.

    `instead` are texts that stand for files of the folder.
    """
    return _try_channels(load_folder(folder, today, instead), os.environ)


def check(texts: Mapping[str, str], today: date, environ: Mapping[str, str] = os.environ) -> Loaded:
    """Errors and warnings of a draft. A secret that this machine lacks is a warning: another may have it."""
    return _try_channels(load(texts, today), environ)


def _find_replacements(loaded: Loaded) -> None:
    """A plan that replaces another needs a day: from then on the other one is owed no more."""
    for plan in loaded.configuration.plans.values() if loaded.configuration else ():
        if plan.replaces and not (plan.issued_on or plan.in_hand_on):
            message = f"kế hoạch này thay {plan.replaces} nhưng chưa có ngày ban hành: chưa biết thay từ ngày nào."
            fix = "ghi issued_on: ngày ban hành, hoặc in_hand_on: ngày nhận được"
            source = loaded.sources[f"plans/{plan.id}.yaml"]
            loaded.errors.append(source.problem(("plan", "replaces"), "replaces-undated", message, fix))


def _find_endless_waits(loaded: Loaded) -> None:
    """A deadline that counts from a duty needs that duty's last completion."""
    if loaded.configuration is None:
        return
    ends = Ends(loaded.configuration)
    for plan in loaded.configuration.plans.values():
        for index, one in enumerate(plan.obligations):
            anchor = plan.by_id.get(one.form.anchor) if isinstance(one.form, After) else None
            if anchor is None or is_bounded(anchor.form) or ends.of(plan, anchor):
                continue
            if not (one.done or one.fixed or ends.of(plan, one)):
                message = f"nhiệm vụ {anchor.id} lặp lại không có kỳ cuối nên không có ngày hoàn thành để tính hạn."
                fix = f"ghi to: kỳ cuối của {anchor.id}, hoặc tính từ event:ten-su-kien"
                source = loaded.sources[f"plans/{plan.id}.yaml"]
                path = ("obligations", index, "deadline", "after")
                loaded.errors.append(source.problem(path, "endless-anchor", message, fix))


def _miss_an_admin(loaded: Loaded) -> None:
    """Where letters really leave, somebody has to hear that they do not."""
    office = loaded.configuration.office if loaded.configuration else None
    if office and office.sending == "live" and not office.admin:
        message = "recipients chưa có admin: kênh không thông, luồng chạy hỏng thì không ai được báo."
        fix = "ghi mã đầu mối của quản trị, như admin: [van-phong.focal]"
        source = loaded.sources["office.yaml"]
        loaded.warnings.append(source.problem(("recipients",), "no-admin", message, fix))


def _try_channels(loaded: Loaded, environ: Mapping[str, str]) -> Loaded:
    if loaded.configuration is None:
        return loaded
    _find_replacements(loaded)
    _find_endless_waits(loaded)
    _miss_an_admin(loaded)
    for name, channel in loaded.configuration.channels.items():
        missing = _missing_secrets(channel.url, environ)
        if missing:
            message = f"máy này chưa có bí mật {', '.join(missing)} mà kênh {name} cần."
            fix = f"đặt biến môi trường {missing[0]}, hoặc {missing[0]}_FILE trỏ tới tệp chứa giá trị"
            loaded.warnings.append(_problem(loaded, name, "channel-secret", message, fix))
        if wrong := channels.wrong_url(channel.url, {**environ, **dict.fromkeys(missing, _ANY)}):
            loaded.errors.append(_problem(loaded, name, "channel-url", f"{wrong.message}.", wrong.fix))
    if loaded.errors:
        loaded.configuration = None
    loaded.warnings.sort()
    return loaded


def _missing_secrets(url: str, environ: Mapping[str, str]) -> list[str]:
    names = dict.fromkeys(_REFERENCE.findall(url))
    return [name for name in names if not environ.get(name) and not environ.get(f"{name}_FILE")]


def _problem(loaded: Loaded, channel: str, code: str, message: str, fix: str) -> Problem:
    source = loaded.sources["channels.yaml"]
    path = (channel, "url") if isinstance(source.data[channel], dict) else (channel,)
    return source.problem(path, code, message, fix)
