from __future__ import annotations

import pytest

from habeas.errors import BadInput, BrokenEvidence, Busy, HabeasError, Inconsistent, Unavailable
from habeas.stores.vault.refusals import unfinished


@pytest.mark.parametrize("kind", [Unavailable, Busy, BrokenEvidence, BadInput])
def test_whatever_keeps_an_order_from_being_carried_out_its_giver_learns_that_it_is_on_record(kind: type[HabeasError]) -> None:
    with pytest.raises(kind, match="the order is on record as entry 7, but it isn't carried out yet: the disk is full"), unfinished(7):
        raise kind("the disk is full")


def test_evidence_of_two_histories_is_not_lost_on_the_way() -> None:
    with pytest.raises(Inconsistent, match="on record as entry 7") as caught, unfinished(7):
        raise Inconsistent("two histories", smaller=b"s", larger=b"l", proof=(b"p",))

    assert (caught.value.smaller, caught.value.larger, caught.value.proof) == (b"s", b"l", (b"p",))
