"""English for whoever switches to it: Vietnamese words, as the templates write them, to English ones.

One module an area, each with `WORDS`; what two areas say stands in `common`. In a sentence that holds numbers and dates
each stands as `{}`; what a refusal says is found by `refusals`. What stands in none of them is shown in Vietnamese, and
a test names it.
"""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import iter_modules

from obligations.web.english.sentences import told

WORDS: dict[str, str] = {}
for area in iter_modules(__path__):
    WORDS |= import_module(f"{__name__}.{area.name}").WORDS


_NUMBER = re.compile(r"(\d(?:[\d/:.]*\d)?)(?: \((?:thứ \w+|Chủ nhật)\))?")


def english(words: str) -> str:
    """The English of these words.

    >>> english("Quá hạn 3 ngày làm việc")
    'Overdue by 3 working days'
    """
    if found := WORDS.get(words):
        return found
    sentence = WORDS.get(_NUMBER.sub("{}", words))
    return sentence.format(*_NUMBER.findall(words)) if sentence else told(words) or words
