import pytest

from habeas.reports.language.phrases import counted, listed


@pytest.mark.parametrize(("number", "said"), [(0, "0 duties"), (1, "1 duty"), (3, "3 duties"), (1200, "1,200 duties")])
def test_a_number_has_its_noun(number: int, said: str) -> None:
    assert counted(number, "duty", "duties") == said


@pytest.mark.parametrize(("names", "said"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
def test_names_stand_in_a_row(names: list[str], said: str) -> None:
    assert listed(names) == said
