import pytest

from habeas.errors import BadInput
from habeas.terms.system import SystemVersion


@pytest.mark.parametrize(("name", "version"), [("", "1"), ("COMPAS", " ")])
def test_a_system_without_name_or_version_is_refused(name, version):
    with pytest.raises(BadInput) as refused:
        SystemVersion(name=name, version=version)

    assert str(refused.value) == "a system needs a name and a version; one of them is empty: write both, e.g. 'as used 2024'"
