from __future__ import annotations

import itertools

import pytest

from habeas.errors import BadInput, NotAllowed
from habeas.procedures.publication import MOVES, Open, Standing, State, Step, check_four_eyes, possible, publishing, step

PUBLISHED = State(standing=Standing.PUBLISHED)
IN_REVIEW = State(open=Open.REVIEW)


def test_an_entry_walks_from_its_first_draft_to_its_retirement():
    state = State()
    walk = [
        (Step.DRAFTED, "unpublished draft"),
        (Step.SUBMITTED, "unpublished review"),
        (Step.RETURNED, "unpublished draft"),
        (Step.SUBMITTED, "unpublished review"),
        (Step.PUBLISHED, "published nothing"),
        (Step.DRAFTED, "published draft"),
        (Step.SUSPENDED, "suspended draft"),
        (Step.SUBMITTED, "suspended review"),
        (Step.CHANGED, "suspended nothing"),
        (Step.RESUMED, "published nothing"),
        (Step.RETIRED, "retired nothing"),
    ]
    for taken, expected in walk:
        state = step(taken, state=state, reason="a reason")
        assert f"{state.standing.value} {state.open.value}" == expected


@pytest.mark.parametrize(
    ("taken", "state"),
    [
        (Step.PUBLISHED, State()),  # nothing to publish
        (Step.PUBLISHED, State(open=Open.DRAFT)),  # nobody reviewed it
        (Step.PUBLISHED, State(standing=Standing.PUBLISHED, open=Open.REVIEW)),  # that is a change
        (Step.CHANGED, IN_REVIEW),  # that is the first publication
        (Step.DRAFTED, State(open=Open.DRAFT)),  # one draft at a time
        (Step.SUSPENDED, State()),  # nobody sees it
        (Step.RESUMED, PUBLISHED),
        (Step.RESUMED, State(standing=Standing.RETIRED)),  # no way back
        (Step.RETIRED, State(standing=Standing.RETIRED)),
    ],
)
def test_a_step_that_the_state_does_not_allow_is_refused_and_told_what_is_possible(taken, state):
    with pytest.raises(BadInput, match="what is possible: registered"):
        step(taken, state=state, reason="a reason")


@pytest.mark.parametrize("taken", [one for one, move in MOVES.items() if move.reasoned])
def test_a_step_that_needs_a_reason_is_refused_without_one(taken):
    state = next(
        State(standing=standing, open=opened)
        for standing, opened in itertools.product(Standing, Open)
        if taken in possible(State(standing=standing, open=opened))
    )

    with pytest.raises(BadInput, match="for a reason"):
        step(taken, state=state, reason=" ")


def test_every_step_stands_in_the_table_and_can_be_reached():
    states = [State(standing=standing, open=opened) for standing, opened in itertools.product(Standing, Open)]

    assert set(MOVES) == set(Step) == {one for state in states for one in possible(state)}


def test_nothing_published_ever_becomes_unpublished():
    states = [State(standing=standing, open=opened) for standing in list(Standing)[1:] for opened in Open]

    reached = {step(one, state=state, reason="a reason").standing for state in states for one in possible(state)}

    assert Standing.UNPUBLISHED not in reached


def test_publishing_is_a_change_from_the_second_time_on():
    assert publishing(State()) is Step.PUBLISHED
    assert publishing(PUBLISHED) is Step.CHANGED
    assert publishing(State(standing=Standing.RETIRED)) is Step.CHANGED


def test_nobody_approves_what_they_wrote():
    check_four_eyes(3, others=[1, 2])
    with pytest.raises(NotAllowed, match="second person"):
        check_four_eyes(2, others=[1, 2])
