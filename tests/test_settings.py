"""Settings: the file, the environment over it, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from foreshock.errors import CatalogueError
from foreshock.settings import Settings, read_settings


def settings(folder: Path, toml: str = "", **environment: str) -> Settings:
    if toml:
        (folder / "foreshock.toml").write_text(toml, encoding="utf-8")
    return read_settings(folder, {"HOME": str(folder / "home"), **environment})


def test_without_a_file_everything_has_its_place(tmp_path):
    assert settings(tmp_path) == Settings(ledger=tmp_path / "foreshock.sqlite", cache=tmp_path / "home" / ".cache" / "foreshock")
    assert settings(tmp_path, XDG_CACHE_HOME="/far").cache == Path("/far/foreshock")


def test_the_file_is_read_and_the_environment_wins(tmp_path):
    toml = 'ledger = "kept/l.sqlite"\nlanguage = "ja"\nmax_file_mb = 7\nproxy = "socks5://127.0.0.1:9050"\nactors = "ours.yaml"\n'
    found = settings(tmp_path, toml, FORESHOCK_LEDGER="/else/l.sqlite", FORESHOCK_MAX_PAGE_MB="2.5", FORESHOCK_PROXY="")
    assert found == Settings(
        ledger=Path("/else/l.sqlite"), cache=tmp_path / "home" / ".cache" / "foreshock", language="ja", max_file_mb=7.0,
        max_page_mb=2.5, proxy="socks5://127.0.0.1:9050", actors=tmp_path / "ours.yaml",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("toml", "environment", "message"),
    [
        ("ledger = ", {}, "is not TOML"),
        ('ledgr = "x"', {}, r"sets \['ledgr'\].*settings are ledger"),
        ("ledger = 5", {}, "ledger is 5.*quotation marks"),
        ('max_file_mb = "much"', {}, "max_file_mb is 'much'"),
        ("max_file_mb = -1", {}, "above 0"),
        ("max_file_mb = nan", {}, "above 0"),
        ("max_page_mb = inf", {}, "above 0"),
        ("", {"FORESHOCK_MAX_PAGE_MB": "0"}, "max_page_mb is '0'"),
        ('language = "de"', {}, "language is 'de'.*in one of en, ja"),
        ("", {"FORESHOCK_LANGUAGE": "EN"}, "language is 'EN'"),
    ],
)
def test_what_cannot_be_a_setting_is_refused(tmp_path, toml, environment, message):
    with pytest.raises(CatalogueError, match=message) as error:
        settings(tmp_path, toml, **environment)
    assert error.value.remedy
