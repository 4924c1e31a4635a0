"""Trust policies: the whole grammar, every refusal with its line, and quorums counted by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from habeas.errors import Malformed, ProofFailed
from habeas.ledger.notes.checkpoint import Checkpoint
from habeas.ledger.notes.cosignature import Verified, add_signatures, cosign, sign_checkpoint
from habeas.ledger.notes.keys import Algorithm
from habeas.ledger.notes.note import parse_note
from habeas.ledger.trust.policy import Policy, check_note, parse_policy
from habeas.ledger.trust.policy_parts import Group, Witness
from ledgers import tlog_vectors
from ledgers.tlog_vectors import AT, LOG300, LOG_NAME, signer

LOG = tlog_vectors.log_signer().key
PQ_LOG = signer(LOG_NAME, "demo log pq key", Algorithm.ML_DSA_44).key
W1, W2 = tlog_vectors.witness_signer().key, tlog_vectors.pq_witness_signer().key
SIX = {name: signer(f"{name}.example", name, Algorithm.COSIGNATURE_V1).key for name in ("X1", "X2", "X3", "Y1", "Y2", "Y3")}

# the example of C2SP tlog-policy, with keys of our own
TWO_LEVELS = f"""log {LOG}

witness X1 {SIX["X1"]}
witness X2 {SIX["X2"]}
witness X3 {SIX["X3"]}
group X-witnesses 2 X1 X2 X3

witness Y1 {SIX["Y1"]}
witness Y2 {SIX["Y2"]}
witness Y3 {SIX["Y3"]}
group Y-witnesses any Y1 Y2 Y3

group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
"""
WITNESSED = f"log {LOG}\nwitness one {W1}\nwitness two {W2}\ngroup both all one two\nquorum both\n"


def test_the_example_of_the_specification_is_read() -> None:
    policy = parse_policy(TWO_LEVELS)

    assert policy.logs == (LOG,)
    assert {name: witness.key for name, witness in policy.witnesses.items()} == SIX
    assert [(group.needed, group.members) for group in policy.groups.values()] == [
        (2, ("X1", "X2", "X3")),
        (1, ("Y1", "Y2", "Y3")),
        (2, ("X-witnesses", "Y-witnesses")),
    ]
    assert policy.quorum == "X-and-Y"


@pytest.mark.parametrize(
    ("names", "met"),
    [
        ((), False),
        (("X1", "X2"), False),
        (("X1", "Y1"), False),
        (("Y1", "Y2", "Y3"), False),
        (("X1", "X2", "Y1"), True),
        (("X2", "X3", "Y3"), True),
        (("X1", "X2", "X3", "Y1", "Y2", "Y3"), True),
        (("X1", "X1", "Y1"), False),  # one witness twice is one witness
        (("X-witnesses", "Y-witnesses"), False),  # a group's name is nobody's signature
        (("X-and-Y",), False),
        (("X1", "nobody", "Y1"), False),
    ],
)
def test_the_example_s_quorum_asks_for_two_of_x_and_one_of_y(names: tuple[str, ...], met: bool) -> None:  # noqa: FBT001 - a table of cases
    assert parse_policy(TWO_LEVELS).quorum_met(names) is met


@pytest.mark.parametrize("text", [TWO_LEVELS, WITNESSED, "quorum none\n", f"log {LOG} https://log.example/\nlog {PQ_LOG}\nquorum none\n"])
def test_a_policy_written_is_the_policy_read(text: str) -> None:
    policy = parse_policy(text)

    assert parse_policy(policy.text()) == policy
    assert parse_policy(policy.text()).text() == policy.text()


def test_thresholds_are_written_as_the_specification_names_them() -> None:
    assert parse_policy(TWO_LEVELS).text() == TWO_LEVELS.replace("\n\n", "\n").replace(
        f"group X-witnesses 2 X1 X2 X3\nwitness Y1 {SIX['Y1']}\nwitness Y2 {SIX['Y2']}\nwitness Y3 {SIX['Y3']}\n",
        f"witness Y1 {SIX['Y1']}\nwitness Y2 {SIX['Y2']}\nwitness Y3 {SIX['Y3']}\ngroup X-witnesses 2 X1 X2 X3\n",
    )


def test_a_quorum_of_none_is_met_by_nobody() -> None:
    assert parse_policy("quorum none\n").quorum_met(())


def test_a_single_witness_may_be_the_quorum() -> None:
    policy = parse_policy(f"witness one {W1}\nwitness two {W2}\nquorum two\n")

    assert policy.quorum_met(["two"])
    assert not policy.quorum_met(["one"])


def test_urls_are_kept_with_their_keys() -> None:
    policy = parse_policy(
        f"log {LOG} https://log.example/\nlog {PQ_LOG}\nwitness one {W1} https://w.example/x\nwitness two {W2}\nquorum one\n"
    )

    assert policy.log_urls == {LOG: "https://log.example/"}
    assert [witness.url for witness in policy.witnesses.values()] == ["https://w.example/x", None]


def test_white_space_comments_and_empty_lines_are_passed_over() -> None:
    spaced = f"# a policy\n\n \t\n\t  #indented é\n \tlog\t \t{LOG}  \t\nquorum \t none\t\n# end\n"

    assert parse_policy(spaced) == parse_policy(f"log {LOG}\nquorum none\n")


def test_a_line_after_the_quorum_still_counts() -> None:
    assert parse_policy(f"quorum none\nlog {LOG}\n").logs == (LOG,)


def test_names_are_taken_as_their_bytes() -> None:
    # K, the Kelvin sign, and a byte that is no UTF-8 are three names (tlog-policy, Character set)
    keys = [key for key, _ in zip(SIX.values(), range(3), strict=False)]
    names = [b"K", "\u212a".encode(), b"\xff"]
    lines = [b"witness " + name + b" " + str(key).encode() + b"\n" for name, key in zip(names, keys, strict=True)]
    raw = b"".join(lines) + b"group all\xc2\xa0of 2 " + b" ".join(names) + b"\nquorum all\xc2\xa0of\n"
    policy = parse_policy(raw)

    assert len(policy.witnesses) == 3
    assert policy.text().encode("utf-8", "surrogateescape") == raw
    assert parse_policy(policy.text()) == policy


def test_names_may_look_like_words_of_the_grammar() -> None:
    policy = parse_policy(f"witness any {W1}\nwitness #2 {W2}\ngroup all all any #2\nquorum all\n")

    assert policy.quorum_met(["any", "#2"])
    assert parse_policy(policy.text()) == policy


def test_large_policies_are_read() -> None:
    logs = "".join(f"log {signer(f'log{i}.example', f'log {i}').key}\n" for i in range(40))
    witnesses = "".join(f"witness w{i} {signer(f'w{i}.example', f'w {i}', Algorithm.COSIGNATURE_V1).key}\n" for i in range(40))
    groups = "group g0 all w0\n" + "".join(f"group g{i} all w{i} g{i - 1}\n" for i in range(1, 40))
    policy = parse_policy(f"{logs}{witnesses}{groups}quorum g39\n")

    assert policy.quorum_met([f"w{i}" for i in range(40)])
    assert not policy.quorum_met([f"w{i}" for i in range(1, 40)])


HEAD = f"log {LOG}\nwitness one {W1}\nwitness two {W2}\n"
SAME_KEY_ANOTHER_NAME = replace(LOG, name="other.example")
SAME_KEY_ANOTHER_USE = replace(LOG, algorithm=Algorithm.COSIGNATURE_V1)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("logs x", "expected log, witness, group, quorum or a comment"),
        ("Log x", "expected log, witness"),
        ("log", "log <vkey>"),
        (f"log {PQ_LOG} https://log.example x", "log <vkey>"),
        (f"log {PQ_LOG} # ours", "log <vkey>"),
        (f"log {PQ_LOG} #ours", "scheme"),
        (f"log {PQ_LOG} log.example/", "scheme"),
        (f"log\u00a0{PQ_LOG}", "another word"),
        (f"log {str(PQ_LOG)[:-1]}", "Base 64"),
        ("log nonsense", "verifier key"),
        (f"log {LOG}", "every key once"),
        (f"log {SAME_KEY_ANOTHER_NAME}", "every key once"),
        (f"log {SAME_KEY_ANOTHER_USE}", "every key once"),
        (f"log {W1}", "every key once"),
        (f"witness three {SAME_KEY_ANOTHER_USE}", "every key once"),
        (f"witness three {W2}", "every key once"),
        (f"witness three {replace(W1, name='alias.example')}", "every key once"),
        (f"witness three {signer('w3.example', 'w3').key}", "0x04 or 0x06"),
        (f"witness one {SIX['X1']}", "a name of its own"),
        (f"witness none {SIX['X1']}", "a name of its own"),
        ("witness three", "witness <name> <vkey>"),
        (f"witness three {SIX['X1']} https://w.example x", "witness <name> <vkey>"),
        (f"witness three {SIX['X1']} w.example", "scheme"),
        ("group", "at least one member"),
        ("group g", "at least one member"),
        ("group g all", "at least one member"),
        ("group g 0 one two", "needs 1 to 2"),
        ("group g 3 one two", "needs 1 to 2"),
        ("group g 01 one two", "leading zeros"),
        ("group g +1 one two", "leading zeros"),
        ("group g \u0661 one two", "leading zeros"),
        ("group g most one two", "leading zeros"),
        ("group g all one three", "defined before their group"),
        ("group g any g", "defined before their group"),
        ("group g any none", "defined before their group"),
        ("group g all one one", "in one group at most"),
        ("group one any two", "a name of its own"),
        ("group none any two", "a name of its own"),
        ("quorum", "quorum <name>"),
        ("quorum one two", "quorum <name>"),
        ("quorum three", "define it first"),
        (f"log {PQ_LOG}\r", "control characters"),
        ("# a\x00b", "control characters"),
        ("# a\x0bb", "control characters"),
        ("# a\x7fb", "control characters"),
    ],
)
def test_a_line_that_does_not_fit_is_refused_with_its_number(line: str, said: str) -> None:
    with pytest.raises(Malformed, match=r"^line 4 of the policy: expected .*") as refused:
        parse_policy(f"{HEAD}{line}\nquorum one\n")

    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "says the quorum"),
        (HEAD, "says the quorum"),
        (f"{HEAD}quorum one\nquorum two\n", "line 5 of the policy: expected one quorum"),
        (f"{HEAD}quorum none\nquorum none\n", "line 5 of the policy: expected one quorum"),
        (f"quorum one\n{HEAD}", "line 1 of the policy: .*define it first"),
        (f"{HEAD}group g any one\ngroup h any one\nquorum h\n", "line 5 of the policy: .*in one group at most"),
        (f"{HEAD}group g any one\ngroup h any g\ngroup i any g\nquorum h\n", "line 6 of the policy: .*in one group at most"),
        (f"{HEAD}quorum one", "is the file whole"),
        ("\ufeffquorum none\n", "line 1 of the policy: .*another word"),
        ("\ud800\n", "half a character"),
    ],
)
def test_a_policy_that_does_not_hold_together_is_refused(text: str, said: str) -> None:
    with pytest.raises(Malformed, match=said):
        parse_policy(text)


def test_a_policy_made_by_hand_is_checked_alike() -> None:
    one, two = Witness(name="one", key=W1), Witness(name="two", key=W2)
    both = Group(name="both", needed=2, members=("one", "two"))
    made = Policy(logs=(LOG,), witnesses={"one": one, "two": two}, groups={"both": both}, quorum="both")

    assert made == parse_policy(WITNESSED)
    for nonsense in (
        {"quorum": "three"},
        {"logs": (LOG, LOG)},
        {"witnesses": {"one": two, "two": one}},
        {"witnesses": {"one": one}},
        {"groups": {"both": replace(both, needed=0)}},
        {"groups": {"other": both}},
        {"log_urls": {PQ_LOG: "https://log.example/"}},
        {"log_urls": {LOG: "log.example"}},
        {"witnesses": {"a b": replace(one, name="a b")}, "groups": {}, "quorum": "none"},
        {"witnesses": {"": replace(one, name="")}, "groups": {}, "quorum": "none"},
    ):
        with pytest.raises(Malformed):
            replace(made, **nonsense)


def test_a_log_may_have_several_keys_under_one_origin() -> None:
    other = signer("other.example", "other log").key
    policy = parse_policy(f"log {LOG}\nlog {other}\nlog {PQ_LOG}\nquorum none\n")

    assert policy.logs_for(LOG_NAME) == (LOG, PQ_LOG)
    assert policy.logs_for("nobody.example") == ()


def test_the_vectors_checkpoint_meets_a_policy_of_its_witnesses() -> None:
    checking = check_note(parse_policy(WITNESSED), (LOG300 / "checkpoint").read_bytes())

    assert (checking.checkpoint.origin, checking.checkpoint.size) == (LOG_NAME, 300)
    assert checking.log == (Verified(key=LOG, at=None),)
    assert checking.witnesses == ("one", "two")
    assert checking.quorum


def test_a_missing_cosignature_misses_the_quorum() -> None:
    note = parse_note((LOG300 / "checkpoint").read_bytes())
    for kept, witnesses in ((note.signatures[:2], ("one",)), (note.signatures[:1], ())):
        checking = check_note(parse_policy(WITNESSED), replace(note, signatures=kept).encode())

        assert (checking.witnesses, checking.quorum) == (witnesses, False)


def test_witnesses_without_the_log_prove_nothing() -> None:
    note = parse_note((LOG300 / "checkpoint").read_bytes())

    with pytest.raises(ProofFailed, match="there is none"):
        check_note(parse_policy(WITNESSED), replace(note, signatures=note.signatures[1:]).encode())


@pytest.mark.parametrize("line", [0, 1, 2])
def test_a_signature_of_a_named_key_that_fails_is_refused_whoever_s_it_is(line: int) -> None:
    note = parse_note((LOG300 / "checkpoint").read_bytes())
    lines = list(note.signatures)
    lines[line] = replace(lines[line], value=lines[line].value[:-1] + bytes([lines[line].value[-1] ^ 1]))

    with pytest.raises(ProofFailed):
        check_note(parse_policy(WITNESSED), replace(note, signatures=tuple(lines)).encode())


def test_a_log_that_the_policy_does_not_name_is_refused() -> None:
    stranger = signer("stranger.example", "stranger")
    note = sign_checkpoint(Checkpoint(origin="stranger.example", size=1, root=bytes(32)), [stranger], at=AT)

    with pytest.raises(ProofFailed, match=r"the policy names; got stranger\.example"):
        check_note(parse_policy(WITNESSED), note.encode())


def test_a_trusted_log_can_not_sign_for_another_origin() -> None:
    other = signer("other.example", "other log")
    policy = parse_policy(f"log {LOG}\nlog {other.key}\nquorum none\n")
    note = sign_checkpoint(Checkpoint(origin=LOG_NAME, size=1, root=bytes(32)), [tlog_vectors.log_signer()], at=AT)
    forged = add_signatures(note, [cosign(note, other, at=AT)])

    with pytest.raises(ProofFailed, match="there is none"):
        check_note(policy, replace(forged, signatures=forged.signatures[1:]).encode())


def test_extension_lines_need_the_log_s_own_ed25519_signature() -> None:
    pq_log = signer(LOG_NAME, "demo log pq key", Algorithm.ML_DSA_44)
    note = sign_checkpoint(Checkpoint(origin=LOG_NAME, size=1, root=bytes(32), extensions=("more",)), [pq_log], at=AT)
    cosigned = add_signatures(note, [cosign(note, tlog_vectors.witness_signer(), at=AT)])
    policy = parse_policy(f"log {PQ_LOG}\nwitness one {W1}\nquorum one\n")

    with pytest.raises(ProofFailed, match="extension lines"):
        check_note(policy, cosigned.encode())
