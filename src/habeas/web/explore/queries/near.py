"""From a postcode to the beginnings of postcodes that forces name as theirs."""

from __future__ import annotations

import re
from dataclasses import dataclass

BRITISH = re.compile(r"(?P<area>[A-Z]{1,2})(?P<district>\d[A-Z\d]?)(?P<inward>\d[A-Z]{2})?", re.ASCII)
OTHER = re.compile(r"\d{2,5}[A-Z]{0,2}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefixes:
    """The beginnings of a postcode that an area may be named by. `british`: only in the United Kingdom; else only elsewhere."""

    british: bool
    all: tuple[str, ...]


def prefixes(typed: str) -> Prefixes | None:
    """The beginnings that match a postcode, the widest first; None: it isn't one. B33 8TH is in B and B33, not in B3."""
    code = re.sub(r"[\s-]+", "", typed.upper())
    # a whole British postcode ends in digit, letter, letter; so B3 38TH and B33 8TH are one
    found = BRITISH.fullmatch(code)
    if found is not None:
        area, outward = found["area"], found["area"] + found["district"]
        wider = (area, outward)
        return Prefixes(british=True, all=(*wider, outward + found["inward"][0], code) if found["inward"] else wider)
    if OTHER.fullmatch(code):
        return Prefixes(british=False, all=tuple(code[:size] for size in range(1, len(code) + 1)))
    return None
