"""The verification page in a real browser: the same answers as habeas, a whole log computed anew, and a page that everyone can use.

The page is opened as a file, without a network, as a stranger would. Pictures of its states are left in pytest's temporary folder.
"""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

from browser.views import PHONE, VIEWS, WIDE, sideways, violations
from habeas.ledger.notes.checkpoint import Checkpoint
from habeas.ledger.notes.cosignature import sign_checkpoint
from habeas.ledger.tree.bundles import encode_bundle, parse_bundle
from habeas.ledger.trust.rungs import NAMES
from habeas.runs.pages.verification import verification_page
from habeas.stores.objects.disk import DiskPlace
from habeas.stores.witnessing.serving import log_app
from interop import cases
from interop.logs import AT, LOG_KEYS, ORIGIN, PublishedLog, entry, policy

pytestmark = pytest.mark.browser

TRUST = policy().encode()
GOOD, BAD, FLIPPED = cases.good(), cases.bad(), cases.flipped(120)
NO_ML_DSA = """
original = crypto.subtle.importKey.bind(crypto.subtle);
crypto.subtle.importKey = (format, key, algorithm, ...more) => algorithm.name === 'ML-DSA-44'
    ? Promise.reject(new DOMException('unknown', 'NotSupportedError')) : original(format, key, algorithm, ...more);
undefined
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "verify.html"
    path.write_text(verification_page(), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def page(browser, path):
    """The page as most see it, for many checks one after another."""
    page = opened(browser, path, viewport=WIDE)
    yield page
    assert page.complaints == []
    page.close()


def opened(browser, path, **view):
    page = browser.new_page(**view)
    page.chosen, page.complaints = {}, []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(path.as_uri())
    return page


def choose(page, field, content):
    """Choose a file of that content, or none; choosing takes longer than checking, so what is chosen already stays."""
    if page.chosen.get(field) == content:
        return
    page.chosen[field] = content
    page.set_input_files(f"#{field}", [] if content is None else {"name": field, "mimeType": "", "buffer": content})


def check(page, what):
    """Check the record or the log; gives the outcomes of all rungs, and what they come to."""
    page.eval_on_selector(f"#{what} button[type=submit]", "button => button.click()")  # without waiting for frames
    page.wait_for_selector(f"#{what}-result .result")
    return page.evaluate(
        """place => {
            const box = document.querySelector(`${place} .result`);
            return [[...box.querySelectorAll('[data-rung]')].map(rung => rung.dataset.outcome), box.dataset.verdict];
        }""",
        f"#{what}-result",
    )


def asked(page, case):
    for field in ("policy", "evidence", "entry"):
        choose(page, field, getattr(case, field))
    return check(page, "record")


# --- one record -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", GOOD)
def test_evidence_that_holds_gets_the_same_answer_as_from_habeas(page, name):
    outcomes, verdict = asked(page, GOOD[name])

    assert (outcomes, verdict) == cases.answer(GOOD[name])
    assert verdict == ("unanchored" if name == "no policy" else "held")


@pytest.mark.parametrize("name", BAD)
def test_evidence_that_does_not_hold_gets_the_same_answer_as_from_habeas(page, name):
    outcomes, verdict = asked(page, BAD[name])

    assert (outcomes, verdict) == cases.answer(BAD[name])
    assert verdict in {"failed", "none"}


def test_the_bad_evidence_fails_at_every_rung_and_at_the_policy():
    first = Counter(answer.index("failed") + 1 if answer else 0 for answer, _ in map(cases.answer, BAD.values()))

    assert set(first) == {0, 1, 2, 3, 4, 5, 6, 7}


def test_every_flipped_bit_is_refused_at_the_same_rung_as_by_habeas(page):
    answers = {name: asked(page, case) for name, case in FLIPPED.items()}

    assert answers == {name: list(cases.answer(case)) for name, case in FLIPPED.items()}
    assert {verdict for _, verdict in answers.values()} == {"failed"}


def test_the_rungs_have_the_names_that_habeas_gives_them(page):
    asked(page, GOOD["evidence"])

    claims = page.eval_on_selector_all("#record-result .claim", "all => all.map(one => one.firstChild.textContent)")
    assert claims == [f"{number}. {name}: " for number, name in enumerate(NAMES, start=1)]


def test_what_was_recorded_is_shown_as_text_in_whatever_script(page):
    asked(page, GOOD["evidence"])

    shown = page.inner_text("#record-result")
    assert "1990-02-28" in shown
    assert "أُبقي على القرار <b>" in shown
    assert "Ada Ng" not in shown  # a field that is not opened
    assert page.query_selector("#record-result b") is None


def test_the_time_of_a_witness_is_told(page):
    asked(page, GOOD["evidence"])

    assert "22 November 2026 at 00:00 UTC" in page.inner_text("#record-result")


def test_a_page_in_the_entry_stays_text(page):
    hostile = b"<img src=x onerror=document.title='taken'><script>document.title='taken'</script>"

    asked(page, cases.Case(evidence=cases.other_entry(hostile).encode()))

    assert "<img src=x" in page.inner_text("#record-result")
    assert page.query_selector("#record-result img") is None
    assert page.title() == "Check a record – habeas"


def facts(page):
    """What is shown below the rungs, by its name, as a reader sees it."""
    rows = "all => all.map(term => [term.innerText, term.nextElementSibling.innerText])"
    return dict(page.eval_on_selector_all("#record-result .facts dt", rows))


SHOWN = {
    b"1": "1",
    b'"1"': '"1"',
    b"true": "true",
    b'"true"': '"true"',
    b"null": "null",
    b'""': '""',
    b"": "bytes ",
    b"dead": "bytes 64656164",
    b"\xde\xad": "bytes dead",
    b'"dead"': '"dead"',
    b'"bytes dead"': '"bytes dead"',
    b' "released"': "bytes 2022" + b"released".hex() + "22",
    b'"a  b "': '"a  b "',
    b'"a\\"b"': '"a\\"b"',
    b'{"decision":"released","score":7}': '{"decision":"released","score":7}',
    b'{"score":7,"decision":"released"}': "bytes " + b'{"score":7,"decision":"released"}'.hex(),
    b'{"decision":"released","decision":"detained"}': "bytes " + b'{"decision":"released","decision":"detained"}'.hex(),
    b"1e999": "bytes 3165393939",
    b"NaN": "bytes 4e614e",
    b"-0": "bytes 2d30",
    b"9007199254740993": "bytes " + b"9007199254740993".hex(),
    b"1.00000000000000000001": "bytes " + b"1.00000000000000000001".hex(),
    b'"\\ud800"': "bytes " + b'"\\ud800"'.hex(),
    '"\u202edesaeler"'.encode(): '"\\u202edesaeler"',
    b'"\\\\u202edesaeler"': '"\\\\u202edesaeler"',
    '"\u00a0\u00ad\u034f\u061c\u200b\u2028\u2066\u2800\u3000\u3164\ufe0f\ufeff"'.encode(): (
        r'"\u00a0\u00ad\u034f\u061c\u200b\u2028\u2066\u2800\u3000\u3164\ufe0f\ufeff"'
    ),
    '"a\U000e0041\x7f\x9b"'.encode(): r'"a\udb40\udc41\u007f\u009b"',
    '"Zoë Łąk 秀 \U0001f600"'.encode(): '"Zoë Łąk 秀 \U0001f600"',
}
"""What was recorded -> what a reader sees: JSON in its one spelling, or else bytes; escapes are JSON's (RFC 8259, section 7)."""


@pytest.mark.parametrize("value", SHOWN, ids=repr)
def test_what_was_recorded_is_shown_so_that_it_is_nothing_else(page, value):
    assert asked(page, cases.showing(value))[1] == "held"

    assert facts(page)["person/reason"] == SHOWN[value]


def test_no_two_values_look_alike():
    assert len(set(SHOWN.values())) == len(SHOWN)


def test_a_number_in_the_entry_is_told_from_a_text(page):
    asked(page, cases.Case(evidence=cases.claimed(b'{"about":1,"aged":"1","ruled, and":true,"said":"true"}')))

    shown = facts(page)
    assert {key: shown[key] for key in ("about", "aged", '"ruled, and"', "said")} == {
        "about": "1",
        "aged": '"1"',
        '"ruled, and"': "true",
        "said": '"true"',
    }


@pytest.mark.parametrize(
    ("entry", "seen"),
    [
        (b'"notice"', '"notice"'),
        (b"notice", 'text "notice"'),
        (b'text "notice"', r'text "text \"notice\""'),
        (b"\xff\x00", "bytes ff00"),
        (b"bytes ff00", 'text "bytes ff00"'),
        (b'{"kind":"told","kind":"withheld"}', r'text "{\"kind\":\"told\",\"kind\":\"withheld\"}"'),
        (b'{"n":1e999}', r'text "{\"n\":1e999}"'),
        ("a\u202eb\n".encode(), r'text "a\u202eb\n"'),
        (b"a\\u202eb\\n", r'text "a\\u202eb\\n"'),
    ],
    ids=repr,
)
def test_the_entry_of_another_program_is_shown_so_that_it_is_nothing_else(page, entry, seen):
    asked(page, cases.Case(evidence=cases.claimed(entry)))

    assert facts(page)["entry"] == seen


def test_the_name_of_a_file_can_not_turn_the_text(page):
    choose(page, "policy", TRUST)
    choose(page, "entry", None)
    page.chosen["evidence"] = None
    page.set_input_files("#evidence", {"name": "nosj.\u202egpj", "mimeType": "", "buffer": GOOD["evidence"].evidence})
    assert check(page, "record")[1] == "held"

    assert facts(page)["evidence"].startswith(r"nosj.\u202egpj, SHA-256 ")


def test_an_answer_goes_when_a_file_changes(page):
    asked(page, GOOD["evidence"])

    choose(page, "policy", policy("w1").encode())

    assert page.query_selector("#record-result .result") is None


def test_the_trust_file_is_told_in_words(page):
    choose(page, "policy", TRUST)
    page.wait_for_selector("#policy-state:has-text('It names 1 log and 2 witnesses. Enough')")

    choose(page, "policy", b"quorum nobody\n")
    page.wait_for_selector("#policy-state:has-text('this is no trust file (line 1: ')")


def test_without_ml_dsa_the_rest_is_checked_and_the_gap_is_told(browser, path):
    page = opened(browser, path)
    page.evaluate(NO_ML_DSA)

    assert asked(page, GOOD["quorum w1"]) == [["held"] * 7, "held"]
    assert asked(page, GOOD["quorum either"]) == [["held"] * 7, "held"]
    needed = ["held", "held", "not-checked-here", "held", "held", "held", "held"]
    assert asked(page, GOOD["quorum pq"]) == [needed, "not-checked-here"]
    assert asked(page, GOOD["evidence"]) == [needed, "not-checked-here"]
    assert "Use another browser, or the program habeas." in page.inner_text("#record-result")
    page.close()


# --- a whole log ----------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A log that grew from 257 to 600 entries."""
    log = PublishedLog(tmp_path_factory.mktemp("small"))
    log.grow_to(257)
    log.grow_to(600)
    return log


def whole(page, folder, *, trust=TRUST, old=None):
    choose(page, "policy", trust)
    choose(page, "old", old)
    page.set_input_files("#folder", str(folder))
    return check(page, "log")


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 300])
def test_a_whole_log_of_any_size_is_computed_anew(page, tmp_path, size):
    log = PublishedLog(tmp_path)
    log.grow_to(size)

    assert whole(page, log.folder) == [["held"] * 5 + ["not-asked"], "held"]


def test_an_earlier_checkpoint_is_seen_to_be_the_beginning(page, small):
    old = (small.folder / "checkpoint.old").read_bytes()

    assert whole(page, small.folder, old=old) == [["held"] * 6, "held"]


def test_a_log_of_70_000_entries_is_computed_anew_offline(page, tmp_path):
    log = PublishedLog(tmp_path)
    log.grow_to(65_793)
    log.grow_to(70_000)

    answer = whole(page, log.folder, old=(log.folder / "checkpoint.old").read_bytes())

    assert answer == [["held"] * 6, "held"]
    assert "70000 entries were read" in page.inner_text("#log-result")


def test_without_a_trust_file_a_whole_log_proves_nothing(page, small):
    assert whole(page, small.folder, trust=None) == [["held", "not-asked", "not-asked", "held", "held", "not-asked"], "unanchored"]


def copied(small, tmp_path):
    for file in small.folder.rglob("*"):
        if file.is_file():
            target = tmp_path / file.relative_to(small.folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
    return tmp_path


def test_a_full_bundle_stands_in_for_a_partial_one(page, small, tmp_path):
    folder = copied(small, tmp_path)
    (folder / "tile/entries/002.p/88").unlink()
    (folder / "tile/entries/002").write_bytes(encode_bundle(map(entry, range(512, 768))))

    assert whole(page, folder) == [["held"] * 5 + ["not-asked"], "held"]


def flip_entry(folder):
    bundle = folder / "tile/entries/001"
    bundle.write_bytes(cases.flip(bundle.read_bytes(), 8 * 1000 + 3))


def swap_entries(folder):
    bundle = folder / "tile/entries/000"
    first, second, *others = parse_bundle(bundle.read_bytes(), width=256)
    bundle.write_bytes(encode_bundle([second, first, *others]))


def drop_entry(folder):
    bundle = folder / "tile/entries/000"
    bundle.write_bytes(encode_bundle(parse_bundle(bundle.read_bytes(), width=256)[1:]))


def cut_bundle(folder):
    bundle = folder / "tile/entries/002.p/88"
    bundle.write_bytes(bundle.read_bytes()[:-1])


def add_byte(folder):
    bundle = folder / "tile/entries/002.p/88"
    bundle.write_bytes(bundle.read_bytes() + b"\x00")


def resign(folder):
    alone = sign_checkpoint(Checkpoint(origin=ORIGIN, size=599, root=bytes(32)), LOG_KEYS, at=AT)
    (folder / "checkpoint").write_bytes(alone.encode())


def rewrite(folder, old, new):
    checkpoint = folder / "checkpoint"
    checkpoint.write_bytes(checkpoint.read_bytes().replace(old, new))


BROKEN = {
    "an entry changed": (flip_entry, 5),
    "two entries swapped": (swap_entries, 5),
    "an entry dropped": (drop_entry, 4),
    "a bundle cut short": (cut_bundle, 4),
    "a byte too many": (add_byte, 4),
    "a bundle missing": (lambda folder: (folder / "tile/entries/001").unlink(), 4),
    "no checkpoint": (lambda folder: (folder / "checkpoint").unlink(), 1),
    "no witness": (resign, 3),
    "a checkpoint of another size": (lambda folder: rewrite(folder, b"\n600\n", b"\n599\n"), 2),
    "a checkpoint that says nothing": (lambda folder: (folder / "checkpoint").write_bytes(b""), 1),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_log_that_was_changed_fails_at_the_rung_that_shows_it(page, small, tmp_path, what):
    folder = copied(small, tmp_path)
    breaking, rung = BROKEN[what]
    breaking(folder)

    outcomes, verdict = whole(page, folder)

    assert (outcomes.index("failed") + 1, verdict) == (rung, "failed")


@pytest.mark.parametrize(
    ("size", "root", "words"),
    [
        (257, bytes(32), "among its first 257 than it signed earlier"),
        (600, bytes(32), "among its first 600 than it signed earlier"),
        (601, bytes(32), "has more entries (601) than the log now shows"),
    ],
)
def test_a_log_that_rewrote_its_past_is_convicted_by_an_earlier_checkpoint(page, small, size, root, words):
    old = sign_checkpoint(Checkpoint(origin=ORIGIN, size=size, root=root), LOG_KEYS, at=AT).encode()

    assert whole(page, small.folder, old=old) == [["held"] * 5 + ["failed"], "failed"]
    assert words in page.inner_text("#log-result")


def test_an_earlier_checkpoint_that_the_log_did_not_sign_convicts_nobody(page, small):
    old = (small.folder / "checkpoint.old").read_bytes().replace(b"\n257\n", b"\n256\n")

    assert whole(page, small.folder, old=old) == [["held"] * 5 + ["failed"], "failed"]
    assert "was altered" in page.inner_text("#log-result")


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        """Say nothing."""


class Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@contextmanager
def served(folder):
    with make_server("127.0.0.1", 0, log_app(DiskPlace(folder)), server_class=Threads, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.enable_socket
def test_a_log_served_on_this_computer_is_computed_anew(page, small):
    choose(page, "policy", TRUST)
    choose(page, "old", None)
    with served(small.folder) as address:
        page.fill("#address", address)

        assert check(page, "log") == [["held"] * 5 + ["not-asked"], "held"]


def test_a_log_can_be_stopped_half_way(page, small):
    choose(page, "policy", TRUST)
    page.set_input_files("#folder", str(small.folder))
    stop_at_once = "new MutationObserver(() => document.querySelector('#stop').click())"
    page.evaluate(f"{stop_at_once}.observe(document.querySelector('#working'), {{attributes: true}})")

    assert check(page, "log") == [[], "none"]
    assert "You stopped the check: nothing is proven." in page.inner_text("#log-result")
    page.chosen.clear()
    page.reload()  # without the observer


def test_nobody_else_is_asked_for_anything(browser, path):
    page = opened(browser, path)
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    page.fill("#address", "https://log.example/x/")

    assert check(page, "log") == [[], "none"]
    assert "this page may ask only the site it came from" in page.inner_text("#log-result")
    assert page.evaluate("fetch('http://192.0.2.1/checkpoint').then(() => 'asked', () => 'refused')") == "refused"
    assert [url for url in sent if not url.startswith("file:")] == []
    page.close()


# --- everyone -------------------------------------------------------------------------------------------------------------------


STATES = {"empty": None, "held": GOOD["evidence"], "failed": BAD["file: another salt"], "unanchored": GOOD["no policy"]}


@pytest.fixture(scope="module", params=[(view, state) for view in VIEWS for state in STATES], ids=" ".join)
def shown(request, browser, path):
    """The page in one view and state."""
    view, state = request.param
    page = opened(browser, path, **VIEWS[view])
    if STATES[state] is not None:
        asked(page, STATES[state])
    yield page
    page.screenshot(path=path.with_name(f"{view}, {state}.png"), full_page=True)
    page.close()


def test_axe_finds_no_violation(shown):
    assert violations(shown) == []


def test_the_browser_has_nothing_to_complain_of(shown):
    assert shown.complaints == []


def test_nothing_sticks_out_of_the_page(shown):
    beyond = """() => {
        const width = document.documentElement.clientWidth;
        const outside = one => one.getBoundingClientRect().right > width + 1;
        return [...document.querySelectorAll('main *')].filter(outside).map(one => one.outerHTML);
    }"""

    assert sideways(shown) == 0
    assert shown.evaluate(beyond) == []


def test_from_right_to_left_the_page_is_mirrored_and_nothing_sticks_out(browser, path):
    page = opened(browser, path, viewport=PHONE)
    page.evaluate("document.documentElement.dir = 'rtl'")
    asked(page, GOOD["evidence"])

    assert sideways(page) == 0
    assert page.evaluate("getComputedStyle(document.querySelector('.result')).borderRightWidth") != "3px"
    page.screenshot(path=path.with_name("right-to-left.png"), full_page=True)
    page.close()


def test_the_keyboard_alone_reaches_and_sends_every_control(browser, path):
    page = opened(browser, path)
    reached = []
    for _ in range(11):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.textContent"))

    buttons = ["Skip to the check", "policy", "evidence", "You were given a bare proof file (.tlog-proof)?", "Check this record"]
    assert reached[:9] == [*buttons, "folder", "address", "old", "Check this log"]
    page.close()


def test_enter_sends_the_form_and_the_answer_gets_the_focus(page):
    choose(page, "policy", TRUST)
    choose(page, "evidence", GOOD["evidence"].evidence)
    choose(page, "entry", None)
    page.focus("#record button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#record-result .result")

    assert page.evaluate("document.activeElement.textContent") == "✓It holds: the record stands in the log as shown"


def test_without_javascript_the_page_says_what_to_do_instead(browser, path):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())

    assert "habeas verify EVIDENCE-FILE --policy TRUST-FILE" in page.inner_text("main")
    assert not page.is_visible("#tool")
    page.screenshot(path=path.with_name("no-javascript.png"), full_page=True)
    context.close()


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("Object.defineProperty(Crypto.prototype, 'subtle', {value: undefined})", "Save it and open the saved file"),
        ("crypto.subtle.importKey = () => Promise.reject(new DOMException('unknown', 'NotSupportedError'))", "Use a newer version"),
    ],
)
def test_a_browser_that_can_check_nothing_says_so(browser, path, script, words):
    page = browser.new_page()
    page.add_init_script(script)
    page.goto(path.as_uri())
    page.wait_for_selector("#unable", state="visible")

    assert words in page.inner_text("#unable")
    assert not page.is_visible("#tool")
    page.close()


def test_an_injected_style_and_script_are_refused_by_the_policy(browser, tmp_path):
    attack = "<style>h1{color:rgb(1,2,3)}</style><script>document.title='taken over'</script>"
    path = tmp_path / "attacked.html"
    path.write_text(verification_page().replace("</header>", f"{attack}</header>"), encoding="utf-8")
    page = browser.new_page()

    page.goto(path.as_uri())

    assert page.title() == "Check a record – habeas"
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") != "rgb(1, 2, 3)"
    page.close()
