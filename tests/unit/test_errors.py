import pytest

from habeas import errors


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (errors.HabeasError, 70),
        (errors.BadInput, 65),
        (errors.BadPlan, 65),
        (errors.BadData, 65),
        (errors.NotFound, 66),
        (errors.Malformed, 65),
        (errors.Gone, 66),
        (errors.NotAllowed, 77),
        (errors.BrokenEvidence, 76),
        (errors.ProofFailed, 76),
        (errors.Busy, 75),
        (errors.Unavailable, 69),
        (errors.CannotWrite, 73),
    ],
)
def test_each_family_has_its_exit_code(kind, code):
    assert errors.exit_code(kind("why")) == code


def test_no_error_leaves_with_the_code_of_a_verdict():
    assert all(code >= 64 for code, _ in errors.EXIT_CODES_AND_STATUSES.values())
