"""What deploy/ starts exists: each command parses, each variable is a setting, each file that is copied is there."""

from __future__ import annotations

import configparser
import re
import shlex
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from foreshock.cli.app import group
from foreshock.settings import Settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
UNITS = sorted(DEPLOY.glob("*.service"))
ENVIRONMENT_ONLY = {"FORESHOCK_OIDC_SECRET"}
SETTINGS = {f"FORESHOCK_{field.name.upper()}" for field in fields(Settings)} | ENVIRONMENT_ONLY


def unit(path: Path) -> configparser.ConfigParser:
    found = configparser.ConfigParser(interpolation=None, strict=False)
    found.optionxform = str  # type: ignore[assignment, method-assign]
    found.read_string(path.read_text(encoding="utf-8"))
    return found


def parses(arguments: list[str]) -> None:
    command = group.get_command(click.Context(group), arguments[0])
    assert command is not None, arguments
    command.make_context(arguments[0], arguments[1:])


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_starts_a_command_that_there_is(path: Path) -> None:
    service = unit(path)["Service"]
    program, *arguments = shlex.split(service["ExecStart"])
    assert program == "/opt/foreshock/bin/foreshock"
    parses(arguments)
    assert service["User"] == "foreshock"
    assert service["NoNewPrivileges"] == "true"


def test_the_timer_starts_the_backup() -> None:
    assert (DEPLOY / "foreshock-backup.service").exists()
    assert unit(DEPLOY / "foreshock-backup.timer")["Timer"]["Persistent"] == "true"


@pytest.mark.parametrize("name", ["desk", "watcher"])
def test_a_container_starts_a_command_that_there_is(name: str) -> None:
    service = COMPOSE["services"][name]
    parses(service["command"])
    assert service["cap_drop"] == ["ALL"]
    assert service["depends_on"]["database"]["condition"] == "service_healthy"


def test_the_backup_of_the_containers_is_a_command_too() -> None:
    shell = COMPOSE["services"]["backup"]["entrypoint"][-1]
    (found,) = re.findall(r"foreshock (backup [^;]+);", shell)
    parses(shlex.split(found))


def test_the_desk_of_the_containers_is_reached_from_this_machine_only() -> None:
    assert all(one.startswith("127.0.0.1:") for one in COMPOSE["services"]["desk"]["ports"])
    assert "ports" not in COMPOSE["services"]["database"]


@pytest.mark.parametrize("path", [*UNITS, DEPLOY / "compose.yaml", DEPLOY / "foreshock.env.example"], ids=lambda path: path.name)
def test_every_variable_is_a_setting(path: Path) -> None:
    named = set(re.findall(r"\bFORESHOCK_[A-Z_]+", path.read_text(encoding="utf-8")))
    assert named <= SETTINGS


def test_no_password_is_in_the_files() -> None:
    assert re.search(r"^POSTGRES_PASSWORD=$", (DEPLOY / "foreshock.env.example").read_text(encoding="utf-8"), re.MULTILINE)
    assert "${POSTGRES_PASSWORD:?" in (DEPLOY / "compose.yaml").read_text(encoding="utf-8")


def test_the_image_copies_what_there_is() -> None:
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = [word for line in lines if line.startswith("COPY ") and "--from" not in line for word in line.split()[1:-1]]
    assert copied
    assert not [one for one in copied if not (ROOT / one).exists()]


def test_the_lock_of_the_image_has_hashes_and_the_driver() -> None:
    lock = (DEPLOY / "requirements.lock").read_text(encoding="utf-8")
    assert "psycopg==" in lock
    assert "--hash=sha256:" in lock
    assert "://" not in lock
