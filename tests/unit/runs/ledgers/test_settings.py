"""The settings of a ledger: read back as written, and every mistake told with its line."""

import pytest

from habeas.errors import BadInput, NotFound
from habeas.runs.ledgers.settings import Settings, address, parse_settings, read_settings, settings_text

SETTINGS = Settings(origin="log.example/it's", second_place="../second", policy="policy.txt", interval_s=2.5)
TEXT = settings_text(SETTINGS)


@pytest.mark.parametrize("settings", [SETTINGS, Settings(origin="log.example/x", second_place="/mnt/second")])
def test_settings_are_read_back_as_written(settings):
    assert parse_settings(settings_text(settings), name="ledger.yaml") == settings


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "ledger.yaml line 1: expected the settings of a ledger in YAML; this can't be read as such: mend it there"),
        ("a: 1", "ledger.yaml: expected a file that starts with habeas: ledger/1; got another format: is this a ledger's folder?"),
        (TEXT.replace("tiles:", "tils:"), "ledger.yaml line 4: tils is not a field of a ledger's settings; did you mean tiles?"),
        (TEXT.replace("2.5", "fast"), "ledger.yaml line 10: expected interval_s to be a number of seconds; write e.g. interval_s: 1"),
        (TEXT.replace("2.5", "0"), "interval_s: expected seconds between 0 and 3600; got 0.0: write e.g. interval_s: 1"),
        ("habeas: ledger/1\norigin: log.example/x\n", "ledger.yaml: expected the field second_place; it is missing: add it"),
        (
            "habeas: ledger/1\norigin: [x]\nsecond_place: y\n",
            "ledger.yaml line 2: expected origin to be text; put it in quotes",
        ),
        (
            "habeas: ledger/1\norigin: x\nsecond_place: y\nlog_keys: a\n",
            "ledger.yaml line 4: expected log_keys to be a list of key files; write e.g. log_keys: [keys/log-ed25519.json]",
        ),
        (
            "habeas: ledger/1\norigin: x\nsecond_place: y\nlog_keys: []\n",
            "log_keys: expected at least one key file; got none: name the files that `habeas ledger init` made",
        ),
    ],
)
def test_a_mistake_is_told(text, told):
    with pytest.raises(BadInput) as refused:
        parse_settings(text, name="ledger.yaml")
    assert str(refused.value) == told


def test_a_folder_without_a_ledger_is_told(tmp_path):
    with pytest.raises(NotFound) as told:
        read_settings(tmp_path)
    assert str(told.value) == (
        f"expected a ledger in {tmp_path}; there is no ledger.yaml: check the name, or make one by `habeas ledger init`"
    )


def test_places_are_taken_from_the_folder_whether_it_is_there_yet_or_not(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere" / "ledger")

    assert address(tmp_path / "ledger", "../second") == str(tmp_path / "second")
    assert address(tmp_path / "link", "../second") == str(tmp_path / "elsewhere" / "second")  # as the system itself reads it
    assert address(tmp_path, "/mnt/second") == "/mnt/second"
    assert address(tmp_path, "s3://bucket/prefix") == "s3://bucket/prefix"
