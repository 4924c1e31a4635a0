import pytest

from habeas.cli.main import main
from ledgers.ledger_folders import decision, made


@pytest.fixture
def folder(tmp_path):
    """A ledger of two decisions, about P-1042 and P-2."""
    return made(tmp_path / "ledger", decision(), decision("P-2"))


@pytest.fixture
def run(capsys):
    """Run a command; its exit code, and what it said on either stream."""

    def run(*arguments):
        capsys.readouterr()
        code = main(list(map(str, arguments)))
        said = capsys.readouterr()
        return code, said.out, said.err

    return run
