from screens.book_texts import VOCABULARY, write, write_in_our_words


def test_a_good_book_leaves_with_0_and_is_told_on_80_columns(rules):
    code, out, err = rules("check", "small.yaml")

    assert (code, err) == (0, "")
    assert out.startswith("1 rulebook, 3 rules and 8 examples: no fault found.\n\nSMALL LAW\n")
    assert max(map(len, out.splitlines())) <= 80


def test_a_fault_leaves_with_65_and_is_told_with_file_line_and_field(rules, desk):
    write_in_our_words(desk, ("confidence: mixed", "confidence: high"))

    code, out, err = rules("check", "small.yaml")

    assert (code, out) == (65, "")
    assert err == (
        "habeas: small.yaml line 52, rules[1].confidence: expected one of source, secondary, mixed, memory; "
        'got "high": write e.g. confidence: source\n'
    )


def test_an_example_that_does_not_come_out_leaves_with_65(rules, desk):
    write_in_our_words(desk, ("{says: A letter writer., answers: {purpose: [draft]}}", "{says: Letters., answers: {purpose: [list]}}"))

    code, _, err = rules("check", "small.yaml")

    assert code == 65
    assert err == (
        "habeas: small.yaml line 37, rules[0].examples.passed[0]: S-1: expected the rule to say no to 'Letters.'; it says yes: "
        "mend one of the two\n"
    )


def test_a_file_that_is_not_there_leaves_with_66(rules):
    assert rules("check", "large.yaml")[0] == 66


def test_another_vocabulary_can_be_named(rules, desk):
    (desk / "other").mkdir()
    write(desk / "other")
    (desk / "other" / "words.yaml").write_text(VOCABULARY, encoding="utf-8")

    assert rules("check", "other/small.yaml")[0] == 65
    assert rules("check", "other/small.yaml", "--vocabulary", "other/words.yaml")[0] == 0


def test_a_book_of_habeas_is_checked_by_its_name(rules):
    code, out, _ = rules("check", "fair-trials")

    assert code == 0
    assert "fair-trials, version " in out


def test_every_book_of_habeas_is_without_fault_and_every_question_is_asked(rules):
    code, out, err = rules("check")

    assert (code, err) == (0, "")
    assert "Every fact and word of the vocabulary is asked for by some rule." in out.replace("\n", " ")
    assert max(map(len, out.splitlines())) <= 80
