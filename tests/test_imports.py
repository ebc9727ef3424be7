"""What `import convwidgets` gives, what it costs, and who may import whom."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from mypy import api as mypy

import convwidgets as cw

PUBLIC = [
    "Axis",
    "ChannelExplorer",
    "ConvolutionExplorer",
    "ConvolutionMatrixExplorer",
    "FilterLab",
    "ImageWarning",
    "LayerTable",
    "PoolingExplorer",
    "SettingError",
    "TransposedConvolutionExplorer",
    "UpsamplingExplorer",
    "__version__",
    "avg_pool1d",
    "avg_pool2d",
    "bilinear_kernel",
    "col2im",
    "conv1d",
    "conv2d",
    "conv3d",
    "conv_transpose1d",
    "conv_transpose2d",
    "conv_transpose3d",
    "convolution_matrix",
    "dot_test",
    "equivalent_convolution",
    "figures",
    "finite_differences",
    "im2col",
    "input_gradient",
    "insert_zeros",
    "kernel_gradient",
    "kernels",
    "latex_matrix",
    "layers",
    "link",
    "load_image",
    "lp_pool1d",
    "lp_pool2d",
    "max_pool1d",
    "max_pool2d",
    "max_unpool2d",
    "overlap_counts",
    "resize",
    "resize_matrix",
    "sample_image",
    "sample_table",
    "stochastic_pool2d",
    "symbolic_matrix",
]

# The floors of the house, from the ground up: a module imports from its own floor and from lower ones.
FLOORS = [["core"], ["images", "palette"], ["scenes"], ["exercises", "fallback", "figures", "standalone"], ["widgets"]]
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}

HEAVY = {"IPython", "PIL", "anywidget", "ipywidgets", "matplotlib", "scipy", "traitlets"}


def loaded_after(code: str) -> set[str]:
    """The modules that a fresh interpreter has loaded after `code`."""
    code += "\nimport json, sys; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def packages_of(modules: set[str]) -> set[str]:
    return {module.partition(".")[0] for module in modules}


def imports_of(path: Path) -> Iterator[str]:
    """The rooms of convwidgets that a module imports anywhere in it, inside functions and for types too."""
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports from the package in full"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        yield from (name.split(".")[1] for name in names if name.startswith("convwidgets."))


def upward_imports(package: Path) -> list[str]:
    """Every import that goes up a floor, as "room/module.py -> room"."""
    return [
        f"{path.relative_to(package).as_posix()} -> {room}"
        for path in sorted(package.rglob("*.py"))
        if (own := path.relative_to(package).parts[0].removesuffix(".py")) != "__init__"
        for room in imports_of(path)
        if FLOOR[room] > FLOOR[own]
    ]


def test_the_public_names_are_these() -> None:
    assert sorted(cw.__all__) == PUBLIC
    assert [name for name in dir(cw) if not name.startswith("__")] == [name for name in PUBLIC if name[0] != "_"]


@pytest.mark.parametrize("name", PUBLIC)
def test_each_public_name_is_there(name: str) -> None:
    value = getattr(cw, name)
    assert value is getattr(cw, name)
    assert getattr(value, "__name__", name).rpartition(".")[2] == name


def test_type_checkers_see_the_same_names(project: Path) -> None:
    tree = ast.parse((project / "convwidgets" / "__init__.py").read_text())
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    for_types = {alias.asname: f"{line.module}.{alias.name}" for line in block.body for alias in line.names}
    at_run_time = {
        name: f"convwidgets.{home}" if home.split(".")[-1] == name else f"convwidgets.{home}.{name}"
        for name, home in cw._HOME.items()
    }
    assert for_types == at_run_time


def test_mypy_finds_a_typo_and_knows_the_types(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)  # mypy looks for the package where it is started
    snippet = tmp_path / "snippet.py"
    snippet.write_text("import convwidgets as cw\nreveal_type(cw.Axis(5, 3).output)\ncw.conv2\n")
    report, errors, _ = mypy.run([str(snippet)])
    assert 'Revealed type is "int"' in report, report + errors
    assert 'has no attribute "conv2"' in report


@pytest.mark.parametrize(
    ("typo", "message"),
    [
        ("conv2", "convwidgets has no 'conv2'. Did you mean 'conv2d'?"),
        ("ConvolutionExplorar", "convwidgets has no 'ConvolutionExplorar'. Did you mean 'ConvolutionExplorer'?"),
        ("zebra", "convwidgets has no 'zebra'."),
        ("__wrapped__", "convwidgets has no '__wrapped__'."),
    ],
)
def test_a_typo_is_answered_with_the_name_that_is_meant(typo: str, message: str) -> None:
    with pytest.raises(AttributeError) as error:
        getattr(cw, typo)
    assert str(error.value) == message


def test_the_import_alone_loads_nothing_heavy() -> None:
    assert packages_of(loaded_after("import convwidgets")) & (HEAVY | {"numpy"}) == set()


def test_the_core_needs_numpy_and_scipy_only() -> None:
    loaded = loaded_after("import convwidgets as cw; cw.conv2d([[1, 2], [3, 4]], [[1]])")
    assert packages_of(loaded) & HEAVY <= {"scipy"}
    rooms = {module.split(".")[1] for module in loaded if module.startswith("convwidgets.")}
    assert rooms == {"core"}


def test_an_explorer_needs_no_matplotlib_and_no_scipy_signal() -> None:
    loaded = loaded_after("import convwidgets as cw; cw.ConvolutionExplorer()._repr_mimebundle_()")
    assert "ipywidgets" in loaded
    assert loaded & {"matplotlib", "scipy.signal"} == set()


def test_the_probe_sees_what_is_loaded() -> None:
    assert packages_of(loaded_after("import IPython, PIL, anywidget, matplotlib, scipy")) >= HEAVY


def test_imports_go_down_the_floors_only(project: Path) -> None:
    package = project / "convwidgets"
    rooms = {path.relative_to(package).parts[0].removesuffix(".py") for path in package.rglob("*.py")} - {"__init__"}
    assert rooms - FLOOR.keys() == set(), "a new room needs its place in FLOORS"
    assert len(rooms) > 3
    assert upward_imports(package) == []


@pytest.mark.parametrize(
    "line",
    [
        "import convwidgets.scenes.base",
        "from convwidgets import scenes",
        "from convwidgets.scenes.base import board",
        "def late():\n    from convwidgets.scenes import base",
    ],
)
def test_an_import_that_goes_up_is_found(line: str, tmp_path: Path) -> None:
    (tmp_path / "core").mkdir()
    (tmp_path / "core" / "axis.py").write_text(f"import numpy\nfrom convwidgets.core import arguments\n{line}\n")
    assert upward_imports(tmp_path) == ["core/axis.py -> scenes"]
