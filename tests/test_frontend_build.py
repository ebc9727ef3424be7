"""The committed bundle is what the sources give, and the sources pass the type checker."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tools import build_frontend, write_vectors

GOOD = "/** @param {number} x */\nexport const twice = (x) => 2 * x;\n"
WRONG = GOOD + 'twice("2");\n'


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A small front end of its own: two modules and a style sheet."""
    folder = tmp_path / "frontend"
    (folder / "stages").mkdir(parents=True)
    (folder / "twice.js").write_text(GOOD)
    (folder / "stages" / "board.js").write_text(
        'import { twice } from "../twice.js";\nexport default { answer: twice(21) };\n'
    )
    (folder / "stages" / "board.css").write_text(".board {\n  color: black;\n}\n")
    return folder


def type_check(project: Path, node: Path, node_modules: Path) -> subprocess.CompletedProcess[str]:
    command = [node, node_modules / "typescript" / "bin" / "tsc", "--project", project]
    return subprocess.run(command, capture_output=True, text=True)


def test_the_committed_bundle_is_up_to_date() -> None:
    assert build_frontend.stale() == [], "run `make build` and commit the result"


def test_the_committed_vectors_are_up_to_date() -> None:
    assert write_vectors.TARGET.read_text(encoding="utf-8") == write_vectors.text(), "run `make build`"


def test_the_bundle_is_one_module_without_imports(tmp_path: Path, sources: Path) -> None:
    build_frontend.build(tmp_path / "static", sources)
    assert sorted(path.name for path in (tmp_path / "static").iterdir()) == ["board.css", "board.js"]
    script = (tmp_path / "static" / "board.js").read_text()
    assert "import" not in script
    assert script.count("\n") == 1


def test_a_changed_source_makes_the_bundle_stale(tmp_path: Path, sources: Path) -> None:
    build_frontend.build(tmp_path / "static", sources)
    assert build_frontend.stale(sources, tmp_path / "static") == []
    (sources / "twice.js").write_text(GOOD.replace("2 * x", "3 * x"))
    assert build_frontend.stale(sources, tmp_path / "static") == ["board.js"]
    (tmp_path / "static" / "board.css").unlink()
    assert build_frontend.stale(sources, tmp_path / "static") == ["board.css", "board.js"]


def test_the_sources_pass_the_type_checker(project: Path, node: Path, node_modules: Path) -> None:
    answer = type_check(project, node, node_modules)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize(("source", "errors"), [(GOOD, 0), (WRONG, 1)])
def test_the_type_checker_reads_the_comments(
    source: str, errors: int, tmp_path: Path, project: Path, node: Path, node_modules: Path
) -> None:
    (tmp_path / "twice.js").write_text(source)
    settings = {"extends": str(project / "tsconfig.json"), "include": ["*.js"]}
    (tmp_path / "tsconfig.json").write_text(json.dumps(settings))
    answer = type_check(tmp_path, node, node_modules)
    assert answer.stdout.count("error TS") == errors, answer.stdout


def test_the_tools_are_pinned_and_the_lock_names_no_host(project: Path) -> None:
    wanted = json.loads((project / "package.json").read_text())["devDependencies"]
    packages = json.loads((project / "package-lock.json").read_text())["packages"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_the_root_leaves_the_type_of_modules_open(project: Path) -> None:
    """JupyterLab starts a script of its own from .venv, which Node would take for a module like ours."""
    assert "type" not in json.loads((project / "package.json").read_text())
    assert json.loads((project / "convwidgets" / "frontend" / "package.json").read_text())["type"] == "module"
