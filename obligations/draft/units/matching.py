"""A name as written and a unit of units.yaml: by name, short form, alias, group; else a proposal with a new id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from obligations.draft.text import Span, bare, fold

_SHORT = (
    (r"\bubnd\b", "uy ban nhan dan"),
    (r"\bubmttq\b", "uy ban mat tran to quoc"),
    (r"\bmttq\b", "mat tran to quoc"),
    (r"\bhdnd\b", "hoi dong nhan dan"),
    (r"\bkh&cn\b|\bkhcn\b", "khoa hoc va cong nghe"),
    (r"\bkh&dt\b|\bkhdt\b", "ke hoach va dau tu"),
    (r"\btt&tt\b|\btttt\b", "thong tin va truyen thong"),
    (r"\bgd&dt\b|\bgddt\b|\bgd-dt\b", "giao duc va dao tao"),
    (r"\bnn&ptnt\b|\bnnptnt\b", "nong nghiep va phat trien nong thon"),
    (r"\btn&mt\b|\btnmt\b", "tai nguyen va moi truong"),
    (r"\bldtb&xh\b|\bldtbxh\b|\bld-tb&xh\b", "lao dong thuong binh va xa hoi"),
    (r"\bvhtt&dl\b|\bvhttdl\b", "van hoa the thao va du lich"),
    (r"\bvhtt\b", "van hoa the thao"),
    (r"\bgtvt\b", "giao thong van tai"),
    (r"\btdkt\b", "thi dua khen thuong"),
    (r"\btx\b", "thi xa"),
    (r"\btp\b", "thanh pho"),
    (r"\blhpn\b", "lien hiep phu nu"),
    (r"\bldld\b", "lien doan lao dong"),
    (r"\btld\b", "tong lien doan"),
    (r"\bhnd\b", "hoi nong dan"),
    (r"\bhccb\b", "hoi cuu chien binh"),
    (r"\bcdcs\b", "cong doan co so"),
    (r"\bbtv\b", "ban thuong vu"),
    (r"\bbcd\b", "ban chi dao"),
    (r"\bbqlda\b", "ban quan ly du an"),
    (r"\bbql\b", "ban quan ly"),
    (r"\bbhxh\b", "bao hiem xa hoi"),
    (r"\bccb\b", "cuu chien binh"),
    (r"\bptnt\b", "phat trien nong thon"),
    (r"\bns&vsmt\b", "nuoc sach va ve sinh moi truong"),
    (r"\bqlda\b", "quan ly du an"),
)
_FILLING = re.compile(r"\b(?:cac|cua|va|tinh|nhung|toan the|co lien quan|lien quan|cap tinh|tren dia ban|viet nam)\b")


@dataclass(frozen=True)
class Known:
    """What units.yaml says: names by id (the full name first), and which ids are groups."""

    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    groups: frozenset[str] = frozenset()


@lru_cache(maxsize=8192)  # the names of an office are asked for again and again
def key(name: str) -> str:
    """A name without marks, short forms written out, signs and filling words left out."""
    text = bare(fold(name, (Span(0, len(name)),)).text)
    for short, long in _SHORT:
        text = re.sub(short, long, text)
    text = re.sub(r"\([^)]*\)", " ", text)
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())


@lru_cache(maxsize=8192)
def loose(name: str) -> str:
    """The key without filling words: *UBND các huyện* and *Ủy ban nhân dân huyện* are one."""
    return " ".join(_FILLING.sub(" ", key(name)).split())


class Matcher:
    """Finds the id of a name; the same unit in several spellings has one id. `proposed` are the names unknown."""

    def __init__(self, known: Known) -> None:
        self._exact: dict[str, list[str]] = {}
        self._loose: dict[str, list[str]] = {}
        self._known = known
        self.proposed: dict[str, str] = {}
        self.unclear: dict[str, tuple[str, ...]] = {}
        for unit, spellings in known.names.items():
            for spelling in spellings:
                self._exact.setdefault(key(spelling), []).append(unit)
                self._loose.setdefault(loose(spelling), []).append(unit)

    def find(self, name: str, place: str = "") -> str:
        """The unit's or group's id; a new id for a name that units.yaml lacks. `place` is the issuer's province.

        A name that several units bear is theirs whose id or other name the place decides; else it is proposed anew.
        """
        near = self._loose.get(loose(name)) if " " in loose(name) else None
        found = self._exact.get(key(name)) or near or []
        one = self._choose(dict.fromkeys(found), name, place)
        return one if one else self._propose(name)

    def _choose(self, found: Iterable[str], name: str, place: str) -> str | None:
        listed = list(found)
        if len(listed) == 1:
            return listed[0]
        near = [unit for unit in listed if place and any(key(place) in key(other) for other in self._known.names[unit])]
        if len(near) == 1:
            return near[0]
        if listed:
            self.unclear[name] = tuple(listed)
        return None

    def _propose(self, name: str) -> str:
        base = "-".join(key(name).split()[:9]) or "don-vi"
        taken = set(self._known.names)
        unit = base if base not in taken else f"{base}-moi"
        self.proposed.setdefault(unit, name.strip())
        return unit


def is_plural(name: str) -> bool:
    """Whether a name means several offices: it is proposed as a group."""
    return bool(re.match(r"(?:cac|moi|tung|nhung|toan the|tat ca)\b", key(name))) or " cac " in f" {key(name)} "
