"""How the API is asked: arguments that several functions take, and the answers that each may give."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Path, Query
from pydantic import BaseModel, Field

from habeas.web.api.shapes.base import MOST_NUMBER, MOST_PAGES, ProblemAnswer

PageNumber = Annotated[int, Query(1, ge=1, le=MOST_PAGES, description="which page of the list")]
Number = Annotated[int, Path(..., ge=1, le=MOST_NUMBER)]
Index = Annotated[int, Path(..., ge=0, le=MOST_NUMBER, description="the entry's place in the ledger, from 0")]
EditionNumber = Annotated[int, Query(..., ge=1, le=MOST_NUMBER, description="the number of an edition")]

REFUSALS = frozenset({404, 406, 422})


def answers(shape: Any) -> dict[Any, Any]:
    """What a function may answer: this, or a problem."""
    return {200: shape, REFUSALS: ProblemAnswer}


class Filters(BaseModel):
    """What somebody looks for, as in the address of the register's page; what is empty narrows nothing."""

    q: str = Field("", max_length=100, description="words of the entry; a British postcode is taken as `near`")
    near: str = Field("", max_length=100, description="a postcode, or a part of an organisation's name: whose systems are used there")
    operator: str = Field("", max_length=80, description="the id of an organisation that has an entry")
    kind: str = Field("", max_length=40, description="kind of organisation")
    place: str = Field("", max_length=8, description="ISO 3166 code of the organisation's country or part of it")
    technology: str = Field("", max_length=60)
    purpose: str = Field("", max_length=60, description="what it is used for")
    status: str = Field("", max_length=40, description="where the system stands in its life")
    standing: str = Field("", max_length=40, description="how the entry stands")
    origin: str = Field("", max_length=40, description="who wrote the entry: the organisation itself, or others")
    sort: str = Field("", max_length=40, description="the order; empty: the best match, or by name")
    prohibited: str = Field("", max_length=5, description="true: only what a rulebook prohibits")
    audited: str = Field("", max_length=5, description="true: only what has a published audit")
