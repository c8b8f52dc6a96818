"""`check`: everything that can be known to be wrong before anything is applied."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from obligations import channels
from obligations.config.load import Loaded, load, read_folder


def check_folder(folder: Path, today: date) -> Loaded:
    """Load a configuration folder and try its channel addresses, too."""
    return check(read_folder(folder), today)


def check(texts: Mapping[str, str], today: date, environ: Mapping[str, str] = os.environ) -> Loaded:
    """Errors and warnings of a draft. A secret that this machine lacks is a warning: another may have it."""
    loaded = load(texts, today)
    if loaded.configuration is None:
        return loaded
    source = loaded.sources.get("channels.yaml")
    for name, channel in loaded.configuration.channels.items():
        wrong = channels.explain_url(channel.url, environ)
        if wrong and source:
            path = (name, "url") if isinstance(source.data[name], dict) else (name,)
            loaded.errors.append(source.problem(path, "channel-url", wrong, "xem channels.yaml mẫu"))
    if loaded.errors:
        loaded.configuration = None
    return loaded
