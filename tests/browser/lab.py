"""JupyterLab and Notebook 7 in the hands of a test: start the server, open a notebook, run it, ask its kernel.

def test_something(watched_page, jupyter, jupyter_root):
    write_notebook(jupyter_root / "x.ipynb", "import convwidgets as cw\\ne = cw.ConvolutionExplorer()\\ne")
    open_lab(watched_page, jupyter, "x.ipynb")
    run_all(watched_page)
    assert kernel_eval(watched_page, "e.output") == [[1, 2], [3, 4]]
"""

from __future__ import annotations

import ast
import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit

import nbformat
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebError, WebSocket

PROJECT = Path(__file__).resolve().parents[2]
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
NOTIFICATIONS = Path("lab", "user-settings", "@jupyterlab", "apputils-extension", "notification.jupyterlab-settings")

# JavaScript for the page. Both applications show their inside as `jupyterapp`, because `serve` asks them to.
KERNEL = "jupyterapp.shell.currentWidget.sessionContext.session.kernel"
KERNEL_IS_IDLE = f"() => window.{KERNEL.replace('.', '?.')}?.status === 'idle'"

IN_TIME = """(promise, seconds) => Promise.race([
    promise,
    new Promise((_, reject) => setTimeout(() => reject(new Error(`not done in ${seconds} s`)), seconds * 1000)),
])"""

RUN_ALL = f"(seconds) => ({IN_TIME})(jupyterapp.commands.execute('notebook:run-all-cells'), seconds)"

ERRORS = """() => jupyterapp.shell.currentWidget.content.model.sharedModel.cells
    .flatMap((cell) => cell.outputs ?? [])
    .filter((output) => output.output_type === "error")
    .map((output) => `${output.ename}: ${output.evalue}`)"""

EXECUTE = f"""async ([code, expression, seconds]) => {{
    const request = {{code, store_history: false, user_expressions: {{answer: expression}}}};
    const reply = (await ({IN_TIME})({KERNEL}.requestExecute(request).done, seconds)).content;
    return reply.status === "ok" ? reply.user_expressions.answer : reply;
}}"""


# Server ---------------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def serve(root: Path, home: Path) -> Iterator[str]:
    """A JupyterLab server (Notebook 7 included) over the folder `root`, its settings in `home`; gives its address."""
    notifications = home / "config" / NOTIFICATIONS
    notifications.parent.mkdir(parents=True)
    notifications.write_text('{"fetchNews": "false", "checkForUpdates": false}')
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    log = home / "server.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(_command(root, home, port), env=_environment(home), stdout=stream, stderr=stream)
    try:
        _wait(url, process, log)
        yield url
    finally:
        process.terminate()
        process.wait(30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _command(root: Path, home: Path, port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}"),
        *("--ServerApp.port_retries=0", "--IdentityProvider.token=", "--ServerApp.password="),
        *("--ServerApp.disable_check_xsrf=True", "--ServerApp.terminals_enabled=False"),
        *(f"--ServerApp.root_dir={root}", f"--LabApp.workspaces_dir={home / 'workspaces'}"),
        *("--LabApp.expose_app_in_browser=True", "--JupyterNotebookApp.expose_app_in_browser=True"),
    ]


def _environment(home: Path) -> dict[str, str]:
    own = {
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "IPYTHONDIR": home / "ipython",
        "PYTHONPATH": PROJECT,  # kernels import the checkout under test, whatever is installed
    }
    return os.environ | {name: str(value) for name, value in own.items()}


def _wait(url: str, process: subprocess.Popen[bytes], log: Path, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{url}/api/status", timeout=5):
            return
        time.sleep(0.1)
    raise AssertionError(f"JupyterLab did not start in {seconds} s:\n{log.read_text(errors='replace')[-3000:]}")


def sessions(url: str) -> set[str]:
    """The ids of the server's open sessions: a notebook and its kernel each."""
    with urllib.request.urlopen(f"{url}/api/sessions", timeout=30) as answer:
        return {session["id"] for session in json.load(answer)}


def close_session(url: str, session: str) -> None:
    """End one session and its kernel; one that has ended already is fine."""
    request = urllib.request.Request(f"{url}/api/sessions/{session}", method="DELETE")
    with contextlib.suppress(HTTPError), urllib.request.urlopen(request, timeout=30):
        pass


# Notebooks ------------------------------------------------------------------------------------------------------------


def write_notebook(path: Path, *cells: str) -> Path:
    """Write a notebook without outputs whose code cells are `cells`."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, path)
    return path


def open_lab(page: Page, url: str, notebook: str) -> None:
    """Open a notebook (its path below the server's root) in JupyterLab and wait for its kernel."""
    page.goto(f"{url}/doc/tree/{quote(notebook)}?reset")
    page.wait_for_function(KERNEL_IS_IDLE, timeout=60_000)


def open_notebook7(page: Page, url: str, notebook: str) -> None:
    """Open a notebook in Notebook 7 and wait for its kernel."""
    page.goto(f"{url}/notebooks/{quote(notebook)}")
    page.wait_for_function(KERNEL_IS_IDLE, timeout=60_000)


def run_all(page: Page, seconds: float = 120) -> None:
    """Run all cells, in either application; a cell that fails fails the test."""
    if not page.evaluate(RUN_ALL, seconds):
        raise AssertionError("A cell failed:\n" + "\n".join(page.evaluate(ERRORS)))


def kernel_run(page: Page, code: str, seconds: float = 60) -> None:
    """Run statements in the notebook's kernel, beside its cells."""
    kernel_eval(page, "None", code, seconds)


def kernel_eval(page: Page, expression: str, before: str = "", seconds: float = 60) -> object:
    """The value of a Python expression in the notebook's kernel, after the statements `before`.

    The value travels as JSON: arrays arrive as lists, tuples too, NaN and infinity as themselves.
    """
    as_json = f"__import__('json').dumps(({expression}), default=lambda value: value.tolist())"
    answer = page.evaluate(EXECUTE, [before, as_json, seconds])
    if answer["status"] != "ok":
        raise AssertionError("\n".join([f"{answer['ename']}: {answer['evalue']}", *answer["traceback"]]))
    return json.loads(ast.literal_eval(answer["data"]["text/plain"]))


# One notebook for many tests ------------------------------------------------------------------------------------------

RUN_CELL = f"""([source, seconds]) => {{
    const notebook = jupyterapp.shell.currentWidget.content;
    const cells = notebook.model.sharedModel;
    cells.insertCell(cells.cells.length, {{cell_type: "code", source}});
    notebook.activeCellIndex = cells.cells.length - 1;
    return ({IN_TIME})(jupyterapp.commands.execute("notebook:run-cell"), seconds);
}}"""

EMPTY = """() => {
    const cells = jupyterapp.shell.currentWidget.content.model.sharedModel;
    cells.deleteCellRange(0, cells.cells.length);
}"""

COUNT_MESSAGES = """
globalThis.messages = 0;
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (...data) { globalThis.messages += 1; return send.apply(this, data); };
"""


class Notebook:
    """An open notebook in JupyterLab or Notebook 7 that tests fill cell by cell, and its kernel.

    nb.run("e = cw.ConvolutionExplorer()\\ne")
    nb.eval("e.stride")
    """

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return int(self.page.evaluate("jupyterapp.shell.currentWidget.content.model.sharedModel.cells.length"))

    @property
    def messages(self) -> int:
        """How many messages have left the page, whatever for."""
        return int(self.page.evaluate("globalThis.messages"))

    def run(self, source: str, seconds: float = 60) -> None:
        """Add a cell at the end and run it."""
        if not self.page.evaluate(RUN_CELL, [source, seconds]):
            raise AssertionError("The cell failed:\n" + "\n".join(self.page.evaluate(ERRORS)))

    def eval(self, expression: str, before: str = "") -> object:
        return kernel_eval(self.page, expression, before)

    def do(self, code: str) -> None:
        kernel_run(self.page, code)

    def command(self, name: str, arguments: object = None) -> None:
        self.page.evaluate(
            "([name, arguments]) => jupyterapp.commands.execute(name, arguments)", [name, arguments or {}]
        )

    def clear(self) -> None:
        """Remove the cells, and close all widgets."""
        self.do("import ipywidgets; ipywidgets.Widget.close_all()")
        self.page.evaluate(EMPTY)


# What a page must not do ----------------------------------------------------------------------------------------------


class Watch:
    """Collects what no page of ours may do: console errors, uncaught errors, requests that leave this machine.

    `allowed` holds regular expressions of problems that a test expects; at first those of Notebook 7.6 itself, with
    any notebook in it.
    """

    NOTEBOOK7S_OWN = (
        r"uncaught: Cannot read properties of undefined \(reading 'schema'\) \(.*/static/notebook/",
        r"uncaught: Command 'filebrowser:open-path' not registered\. \(.*/static/notebook/",
    )

    def __init__(self, context: BrowserContext) -> None:
        self.seen: list[str] = []
        self.allowed = [*self.NOTEBOOK7S_OWN]
        context.on("console", self._console)
        context.on("weberror", self._uncaught)
        context.on("request", self._request)
        context.on("page", lambda page: page.on("websocket", self._request))

    @property
    def problems(self) -> list[str]:
        return [problem for problem in self.seen if not any(re.search(allowed, problem) for allowed in self.allowed)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.seen.append(f"console: {message.text} ({message.location['url']})")

    def _uncaught(self, web_error: WebError) -> None:
        error = web_error.error
        script = re.search(r"\w+://[^\s)]+", getattr(error, "stack", None) or "")
        self.seen.append(f"uncaught: {error} ({script.group() if script else ''})")

    def _request(self, request: Request | WebSocket) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob", "file", "about"} and address.hostname not in LOOPBACK:
            self.seen.append(f"left this machine: {request.url}")
