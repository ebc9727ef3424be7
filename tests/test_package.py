"""What is built and installed is complete: the sdist makes the wheel, and the wheel runs without the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

NOT_SOURCE = (".git", ".venv", "node_modules", "build", "dist", "*.egg-info", "__pycache__", ".*_cache")


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    done = subprocess.run(command, cwd=cwd, env=os.environ | environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel made from the sdist of a copy of this checkout, with the environment's own setuptools."""
    copy = tmp_path_factory.mktemp("package") / "convwidgets"
    shutil.copytree(project, copy, ignore=shutil.ignore_patterns(*NOT_SOURCE))
    run(sys.executable, "-m", "build", "--no-isolation", cwd=copy)
    (built,) = (copy / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """A folder with nothing but the wheel installed in it."""
    target = wheel.parent / "installed"
    options = ["--no-deps", "--no-index", "--target", target]
    run(sys.executable, "-m", "pip", "install", *options, wheel, cwd=wheel.parent)
    return target


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path, project: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    modules = {path.relative_to(project).as_posix() for path in (project / "convwidgets").rglob("*.py")}
    kinds = {path.stem for path in (project / "convwidgets" / "frontend" / "stages").glob("*.js")}
    assert {"convolution", "filter_lab"} < kinds
    bundles = {f"convwidgets/static/{kind}.{end}" for kind in kinds for end in ("js", "css")}
    assert names == modules | bundles | {"convwidgets/py.typed"}


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    fields = Parser().parsestr(archive.read(metadata).decode())
    assert (fields["Name"], fields["Version"]) == ("convwidgets", "0.1.0")
    assert (fields["License-Expression"], fields["Requires-Python"]) == ("MIT", ">=3.11")
    assert fields.get_all("Provides-Extra") == ["heic", "lab", "test", "compare"]
    assert any(name.endswith("/licenses/LICENSE") for name in archive.namelist())


def test_the_installed_package_shows_an_explorer(installed: Path) -> None:
    code = "import convwidgets as cw; print(cw.__file__); print(len(cw.ConvolutionExplorer()._esm) > 1000)"
    printed = run(sys.executable, "-c", code, cwd=installed.parent, PYTHONPATH=str(installed))
    assert printed.split() == [str(installed / "convwidgets" / "__init__.py"), "True"]
