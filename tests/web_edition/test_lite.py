"""JupyterLite, the second door: the same lessons in JupyterLab, in the browser."""

from support import LESSONS

from .test_live import SOON, code, same, waits

CELLS = """[...jupyterapp.shell.currentWidget.content.model.cells]
  .filter(cell => cell.type === 'code')"""
# [id, outputs] of those that have run.
TOLD = f"""{CELLS}.filter(cell => cell.executionCount)
  .map(cell => [cell.id, cell.outputs.toJSON()])"""
RAN = f"{CELLS}.filter(cell => cell.executionCount).length"
READY = """window.jupyterapp?.shell.currentWidget?.sessionContext
  ?.session?.kernel?.status === 'idle'"""
OPEN = "path => jupyterapp.commands.execute('docmanager:open', {path}).then(() => null)"
KEEPS = "navigator.serviceWorker.controller !== null"
WIDGET = "application/vnd.jupyter.widget-view+json"


def run_all(page, count):
    """What the first cells put out, as many as are asked for."""
    page.locator(".jp-Notebook .jp-Cell:visible").first.wait_for(timeout=SOON)
    waits(page, lambda: page.evaluate(READY), "a kernel")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    waits(page, lambda: page.evaluate(RAN) >= count, f"cell {count}")
    told = page.evaluate(TOLD)[:count]
    return [{"cell": cell, "output": one} for cell, outputs in told for one in outputs]


def test_lessons_run_through_in_jupyterlite_and_without_a_network(visit):
    page = visit("index.html", lab=True, locale="en-GB")
    page.evaluate("navigator.serviceWorker.ready")
    waits(page, lambda: page.evaluate(KEEPS), "what keeps the site")
    first, second = [one for one in LESSONS if one.name.startswith(("02", "07"))]
    page.goto(f"{visit.address}lite/lab/index.html?path=notebooks/{first.name}")
    for path in (first, second):
        if path == second:
            page.evaluate(OPEN, f"notebooks/{path.name}")
        cells = code(path)
        told = run_all(page, len(cells))
        same(cells, told)
        moving = [one for one in told if WIDGET in one["output"].get("data", {})]
        assert len(moving) == sum(cell.source.count("play(") for cell in cells) > 0
        assert page.locator(".nn-live .noUi-handle, .nn-live button").count() > 0
    # And again, to the first figure that moves, from what the browser has kept.
    page.context.set_offline(True)
    page.reload()
    to_figure = 1 + next(i for i, cell in enumerate(cells) if "play(" in cell.source)
    same(cells[:to_figure], run_all(page, to_figure))
