import json
import subprocess
import sys

import pytest

from compas import EXAMPLES
from habeas import __version__
from habeas.cli.main import COMMANDS, main


def test_help_names_every_command(capsys):
    assert main(["--help"]) == 0

    printed = capsys.readouterr().out
    assert all(" ".join(command.words) in printed for command in COMMANDS)
    assert max(len(line) for line in printed.splitlines()) <= 80


def test_without_arguments_it_helps(capsys):
    assert main([]) == 0
    assert "habeas audit" in capsys.readouterr().out


def test_the_version_is_printed(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"habeas {__version__}\n"


@pytest.mark.parametrize("arguments", [["screem"], ["audit"], ["schema", "nothing"], ["audit", "plan.yaml", "--nope"], ["audit", "init"]])
def test_wrong_usage_never_leaves_with_the_code_of_a_verdict(capsys, arguments):
    assert main(arguments) == 64

    captured = capsys.readouterr()
    assert captured.out == ""
    assert "habeas" in captured.err


def test_a_pdf_without_a_folder_is_wrong_usage(capsys):
    assert main(["audit", str(EXAMPLES / "compas.yaml"), "--pdf"]) == 64

    assert capsys.readouterr().err == "habeas audit: --pdf needs a folder to write report.pdf into; add --out DIR\n"


def test_each_command_explains_itself(capsys):
    for command in COMMANDS:
        with pytest.raises(SystemExit) as left:
            main([*command.words, "--help"])
        assert left.value.code == 0
        assert "usage: habeas" in capsys.readouterr().out


@pytest.mark.parametrize("group", ["assess", "rules", "ledger"])
def test_a_group_of_commands_names_its_own(capsys, group):
    own = [" ".join(command.words) for command in COMMANDS if command.words[0] == group]

    assert main([group, "--help"]) == 0
    helped = capsys.readouterr().out
    assert main([group]) == 64
    bare = capsys.readouterr()

    assert bare.out == ""
    assert bare.err.startswith(f"habeas: {group} is not a command by itself; after it comes one of these:\n")
    for told in (helped, bare.err):
        assert all(f"habeas {words} " in told for words in own)
        assert "habeas audit" not in told
        assert max(map(len, told.splitlines())) <= 80


def test_a_word_that_no_command_of_a_group_has_is_told_with_those_there_are(capsys):
    assert main(["rules", "shwo"]) == 64

    told = capsys.readouterr().err
    assert told.startswith("habeas: there is no command rules shwo; after rules comes one of these:\n")
    assert "habeas rules show" in told


@pytest.mark.parametrize("word", ["audit", "screen", "verify"])
def test_under_the_help_of_a_command_stand_those_that_begin_with_it(capsys, word):
    with pytest.raises(SystemExit):
        main([word, "--help"])

    told = capsys.readouterr().out
    assert all(f"habeas {' '.join(command.words)} " in told for command in COMMANDS if len(command.words) > 1 and command.words[0] == word)


def test_the_example_is_shown_different_and_both_reports_are_written(capsys, tmp_path):
    code = main(["audit", str(EXAMPLES / "compas.yaml"), "--out", str(tmp_path / "report")])

    captured = capsys.readouterr()
    assert code == 1
    assert "shown different" in captured.out.lower()
    assert sorted(path.name for path in (tmp_path / "report").iterdir()) == ["report.html", "report.json"]
    assert json.loads((tmp_path / "report" / "report.json").read_text())["verdict"] == "shown-different"


def test_two_runs_differ_in_nothing_but_the_time(capsys, tmp_path):
    documents = []
    for name in ("one", "two"):
        main(["audit", str(EXAMPLES / "compas.yaml"), "--out", str(tmp_path / name)])
        documents.append(json.loads((tmp_path / name / "report.json").read_text()))

    capsys.readouterr()
    assert documents[0].pop("created") <= documents[1].pop("created")
    assert json.dumps(documents[0]) == json.dumps(documents[1])


def test_json_is_printed_alone(capsys):
    main(["audit", str(EXAMPLES / "compas.yaml"), "--json"])

    assert json.loads(capsys.readouterr().out)["habeas"] == "audit-result/1"


def test_cells_can_be_kept_and_audited_again(capsys, tmp_path):
    plan = str(EXAMPLES / "compas.yaml")
    main(["audit", plan, "--cells", str(tmp_path / "cells.json"), "--json"])
    first = json.loads(capsys.readouterr().out)

    code = main(["audit", plan, "--from-cells", str(tmp_path / "cells.json"), "--json"])

    second = json.loads(capsys.readouterr().out)
    assert code == 1
    assert {**first, "created": ""} == {**second, "created": ""}


def test_either_all_is_written_or_nothing(capsys, tmp_path):
    (tmp_path / "file").write_text("not a folder")

    code = main(
        ["audit", str(EXAMPLES / "compas.yaml"), "--out", str(tmp_path / "report"), "--cells", str(tmp_path / "file" / "cells.json")]
    )

    assert code == 73
    assert capsys.readouterr().err == (
        f"habeas: expected a folder for the results at {tmp_path}/file; there is a file of that name. "
        "Nothing was written, and what was there is as it was: choose another place\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("name", ["plan.yaml", "report/report.json", "report/../plan.yaml"])
def test_cells_never_take_the_place_of_the_plan_or_a_report(capsys, tmp_path, name):
    (tmp_path / "plan.yaml").write_text("not even a plan")

    assert main(["audit", str(tmp_path / "plan.yaml"), "--out", str(tmp_path / "report"), "--cells", str(tmp_path / name)]) == 64

    assert capsys.readouterr().err == (
        f"habeas audit: --cells {tmp_path}/{name} would replace the plan or a report; give the cells a name of their own\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["plan.yaml"]


def test_a_missing_plan_is_an_error_not_a_verdict(capsys, tmp_path):
    assert main(["audit", str(tmp_path / "plan.yaml"), "--out", str(tmp_path / "report")]) == 66

    assert capsys.readouterr().err.startswith("habeas: ")
    assert not (tmp_path / "report").exists()


def test_a_missing_report_cannot_be_compared(capsys, tmp_path):
    assert main(["audit", "compare", str(tmp_path / "a.json"), str(tmp_path / "b.json")]) == 66

    assert capsys.readouterr().err == (
        f"habeas: expected a report.json at {tmp_path}/a.json; there is none: habeas audit PLAN --out DIR writes one\n"
    )


def test_the_digest_of_a_plan_can_be_published_before_looking(capsys, tmp_path):
    plan = tmp_path / "compas.yaml"
    plan.write_text((EXAMPLES / "compas.yaml").read_text())  # without the data beside it

    assert main(["audit", str(plan), "--digest"]) == 0

    printed = capsys.readouterr().out.strip()
    main(["audit", str(EXAMPLES / "compas.yaml"), "--json"])
    assert json.loads(capsys.readouterr().out)["plan_sha256"] == printed


def test_a_reader_who_leaves_early_is_no_error():
    command = [sys.executable, "-m", "habeas", "schema", "audit-result"]

    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        program.stdout.close()
        said = program.stderr.read()
        program.wait()

    assert said == b""
    assert program.returncode == 141
