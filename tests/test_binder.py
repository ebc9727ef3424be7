"""The files for Binder, checked without docker."""

from __future__ import annotations

import configparser
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


@pytest.fixture(scope="module")
def binder(project: Path) -> Path:
    return project / "binder"


@pytest.fixture(scope="module")
def pins(binder: Path) -> dict[str, str]:
    """Package name -> pinned version; a line that is no exact pin fails here."""
    lines = [line for line in (binder / "requirements.txt").read_text().splitlines() if not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in (line.split("==") for line in lines)}


def base_install(project: Path) -> dict[str, Requirement]:
    config = configparser.ConfigParser()
    config.read(project / "setup.cfg")
    requirements = map(Requirement, config["options"]["install_requires"].split())
    return {canonicalize_name(requirement.name): requirement for requirement in requirements}


def test_the_pins_are_the_base_install(project: Path, pins: dict[str, str]) -> None:
    wanted = base_install(project)
    assert sorted(pins) == sorted(wanted)
    assert [name for name in pins if not wanted[name].specifier.contains(pins[name])] == []


def test_the_pins_exist_for_binders_python(binder: Path, tmp_path: Path) -> None:
    """Each pinned release has a wheel for the Python of runtime.txt; asks the package index, installs nothing."""
    version = (binder / "runtime.txt").read_text().strip().removeprefix("python-")
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--retries=0", "--no-deps", "--only-binary=:all:"]
    where = [f"--python-version={version}", f"--target={tmp_path}", f"--requirement={binder / 'requirements.txt'}"]
    done = subprocess.run([*command, *where], capture_output=True, text=True)
    if "from versions: none" in done.stderr:
        pytest.skip("no package index in reach, so nothing to look the pins up in")
    assert done.returncode == 0, done.stderr


def test_binder_takes_this_folder_and_this_python(project: Path, binder: Path) -> None:
    assert (binder / "runtime.txt").read_text() == "python-3.11\n"
    others = {"environment.yml", "environment.yaml", "Dockerfile", "Pipfile", "Pipfile.lock", "default.nix"}
    assert [name for name in others if (binder / name).exists()] == []  # each would beat requirements.txt
    assert not (project / ".binder").exists()  # as would this folder


def test_the_package_is_installed_last_and_alone(binder: Path) -> None:
    script = binder / "postBuild"
    assert os.access(script, os.X_OK)
    assert script.read_bytes().startswith(b"#!/bin/bash\n")
    commands = [line for line in script.read_text().splitlines() if line and not line.startswith("#")]
    assert commands == ["set -e", "python -m pip install --no-deps --no-cache-dir ."]


def test_the_readme_launches_a_lesson_that_exists(project: Path) -> None:
    readme = (project / "README.md").read_text()
    links = re.findall(r"https://mybinder\.org/v2/gh/(\S+?)/(\S+?)/(\S+?)\?urlpath=lab/tree/(\S+?\.ipynb)", readme)
    assert [link[:3] for link in links] == [("<owner>", "convwidgets", "HEAD")]
    assert (project / links[0][3]).is_file()
