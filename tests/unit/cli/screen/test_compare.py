from __future__ import annotations

import json
from pathlib import Path

from habeas.cli.main import main


def kept(desk, name, *, on="2026-11-22", more="publicly_accessible_space: yes"):
    path = desk.folder / name
    main(["screen", desk.system(more), "--book", str(desk.book), "--on", on, "--out", str(path)])
    return str(path)


def test_equal_verdicts_leave_with_0(capsys, desk):
    one, two = kept(desk, "one.json"), kept(desk, "two.json")
    capsys.readouterr()

    assert main(["screen", "compare", one, two]) == 0
    assert "No book finds anything else than before." in capsys.readouterr().out


def test_a_finding_that_changed_leaves_with_1_and_says_why(capsys, desk):
    one, two = kept(desk, "one.json"), kept(desk, "two.json", on="2028-01-01")
    capsys.readouterr()

    assert main(["screen", "compare", one, two]) == 1

    printed = capsys.readouterr().out
    assert "* Town: PROHIBITED UNLESS AN EXCEPTION IS SHOWN -> NO RULE FOUND" in printed
    assert "These differ: the day whose law counts." in printed


def test_a_change_that_changes_no_finding_leaves_with_0(capsys, desk):
    one = kept(desk, "one.json")
    two = kept(desk, "two.json", more="publicly_accessible_space: {answer: yes, evidence: [a plan]}")
    capsys.readouterr()

    assert main(["screen", "compare", one, two]) == 0
    assert "- publicly_accessible_space: yes -> yes, shown by a plan" in capsys.readouterr().out


def test_two_systems_are_said_to_be_two(capsys, desk):
    old = kept(desk, "old.json")
    new = desk.folder / "new.json"
    described = Path(desk.system())
    described.write_text(described.read_text(encoding="utf-8").replace("name: ", "name: Other ", 1), encoding="utf-8")
    main(["screen", str(described), "--book", str(desk.book), "--on", "2026-11-22", "--out", str(new)])
    capsys.readouterr()

    main(["screen", "compare", str(old), str(new)])

    assert capsys.readouterr().out.startswith("! These are two systems, not two states of one.\nWhat changed")


def test_a_verdict_kept_by_an_earlier_release_stays_readable(capsys, desk):
    one = kept(desk, "one.json")
    document = json.loads((desk.folder / "one.json").read_text())
    for added_later in ("open_questions", "tool"):
        del document[added_later]
    (desk.folder / "old.json").write_text(json.dumps(document))
    capsys.readouterr()

    assert main(["screen", "compare", str(desk.folder / "old.json"), one]) == 0


def test_what_is_no_verdict_is_an_error_not_a_change(capsys, desk):
    assert main(["screen", "compare", str(desk.folder / "none.json"), str(desk.folder / "none.json")]) == 66
    assert main(["screen", "compare", desk.system(), desk.system()]) == 65
    assert capsys.readouterr().out == ""
