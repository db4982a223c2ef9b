"""JupyterLite, the second door: the same lessons in JupyterLab, in the browser."""

import pytest
from support import LESSONS

from .test_live import SOON, code, same, waits

# The code cells as JupyterLab has them: [id, number of the run, outputs].
CELLS = """() => [...jupyterapp.shell.currentWidget.content.model.cells]
  .filter(cell => cell.type === 'code')
  .map(cell => [cell.id, cell.executionCount, cell.outputs.toJSON()])"""
KEEPS = "navigator.serviceWorker.controller !== null"
WIDGET = "application/vnd.jupyter.widget-view+json"


READY = """() => window.jupyterapp?.shell.currentWidget?.sessionContext
  ?.session?.kernel?.status === 'idle'"""


def run_all(page, count):
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=SOON)
    waits(page, lambda: page.evaluate(READY), "a kernel")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()

    def has_run():
        numbers = [number for _, number, _ in page.evaluate(CELLS)]
        return len(numbers) == count and all(numbers)

    waits(page, has_run, "the last cell")
    return page.evaluate(CELLS)


@pytest.mark.parametrize("number", ["02", "07"])
def test_a_lesson_runs_through_in_jupyterlite(number, visit):
    (path,) = [one for one in LESSONS if one.name.startswith(number)]
    page = visit("index.html", lab=True, locale="en-GB")
    page.evaluate("navigator.serviceWorker.ready")
    waits(page, lambda: page.evaluate(KEEPS), "what keeps the site")
    page.goto(
        page.url.replace(
            "index.html", f"lite/lab/index.html?path=notebooks/{path.name}"
        )
    )
    cells = run_all(page, len(code(path)))
    told = [{"cell": c, "output": o} for c, _, outputs in cells for o in outputs]
    same(path, told)
    moving = [one for one in told if WIDGET in one["output"].get("data", {})]
    assert len(moving) == sum(cell.source.count("play(") for cell in code(path)) > 0
    assert page.locator(".nn-live .noUi-handle, .nn-live button").count() > 0
    if number == "02":  # and again without a network, from what the browser has kept
        page.context.set_offline(True)
        page.reload()
        same(path, [
            {"cell": c, "output": o}
            for c, _, outputs in run_all(page, len(code(path)))
            for o in outputs
        ])  # fmt: skip
