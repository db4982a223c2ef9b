"""What must hold for a lesson in each front end; test_lab and test_notebook7 ask."""

from typing import NamedTuple

import nbformat
from support import LESSONS

from nn_helpers.viz import style

from .frontend import DEAD_WORDS, SOON, figures_in

__all__ = ["LAPTOP", "LESSONS", "PROJECTOR", "ZOOMED"]

TICKS = {"points": style.STYLE["xtick.labelsize"], "dpi": style.DPI}
LAPTOP = (1280, 800)
ZOOMED = (853, 533, 1.5)  # what is left of the laptop's screen at 150 %
PROJECTOR = (1920, 1080)

# Each of these moves a slider of three or more positions, but for the first.
KEYS = ("Home", "ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown", "End")


def empty_notebook(server):
    """Write one whose single cell shows nothing; return its path."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, server.root / "empty.ipynb")
    return "empty.ipynb"


def usual_errors(open_, page, server):
    """What a front end writes to its console whatever notebook is open."""
    notebook = open_(page, server, empty_notebook(server)).run_all()
    notebook.save()
    notebook.close()
    return set(notebook.errors)


def every_cell_ran(lesson):
    assert lesson.errors_in_outputs() == []
    # A folded cell shows no number, but it has one.
    numbers = [word for word in lesson.prompts() if word != ""]
    assert all(w in (None, str(n)) for n, w in enumerate(numbers, start=1)), numbers
    assert len(lesson.wait_for_figures()) == figures_in(lesson.read()) > 0
    assert not DEAD_WORDS.search(lesson.words())


class Move(NamedTuple):
    """One move of one control, and what it did to the figure."""

    figure: str
    control: str
    moved: bool
    new_picture: bool
    captions: tuple
    heights: tuple


def drive(lesson):
    """Move every control of every live figure; return all Moves."""
    moves = []
    for number, figure in enumerate(lesson.wait_for_figures()):
        figure.scroll_to()
        before, height = figure.shown(), figure.height()
        for name, group in controls(figure).items():
            for move in group:
                moved = move()
                after, now = figure.shown(), figure.height()
                moves.append(
                    Move(
                        f"{lesson.path}, figure {number}",
                        name,
                        moved,
                        after[0] != before[0],
                        (before[1], after[1]),
                        (round(height), round(now)),
                    )
                )
                before, height = after, now
    return moves


def every_control_works(moves):
    """Each moves when it is told to, to a new picture, and changes the words."""
    for (figure, control), group in grouped(moves).items():
        where = f"{figure}, {control}"
        assert all(move.moved for move in group[1:]), f"{where} does not move"
        moved = [move for move in group if move.moved]
        assert all(move.new_picture for move in moved), f"{where}: the same picture"
        captions = {caption for move in moved for caption in move.captions}
        assert len(captions) > 1, f"{where} never changes the caption"


def nothing_scrolls_inside(lesson):
    """A second scroll bar would swallow the wheel and hide half a slider."""
    too_high = "box => box.scrollHeight - box.clientHeight"
    for number, figure in enumerate(lesson.figures()):
        figure.scroll_to()
        assert figure.box.evaluate(too_high) <= 0, f"{lesson.path}, figure {number}"


def nothing_jumps(moves):
    """What stands below a figure stays where it is, whatever its sliders do."""
    heights = {}
    for move in moves:
        heights.setdefault(move.figure, set()).update(move.heights)
    jumps = {figure: found for figure, found in heights.items() if len(found) > 1}
    assert jumps == {}, "heights in px"


def grouped(moves):
    groups = {}
    for move in moves:
        groups.setdefault((move.figure, move.control), []).append(move)
    return groups


def controls(figure):
    """{name: moves}: a move is a function that says whether the control moved.

    All but the first of each list must move, wherever the control stood before.
    """
    if figure.pixels():
        return pad_controls(figure)
    if figure.is_playground():
        return playground_controls(figure)
    found = {}
    for number, handle in enumerate(figure.sliders()):
        found[f"slider {number}"] = [
            lambda handle=handle, key=key: figure.press(handle, key) for key in KEYS
        ]
    for number, row in enumerate(figure.choices()):
        found[f"choice {number}"] = [
            lambda button=button: figure.click(button) for button in [*row, row[0]]
        ]
    if buttons := figure.buttons():
        back, forward = buttons[0], buttons[-1]
        found["buttons"] = [
            lambda: figure.press(figure.sliders()[0], "Home"),
            *[lambda button=b: figure.step(button) for b in (forward, forward, back)],
        ]
    return found


def pad_controls(figure):
    """Painting by mouse, and by keyboard alone."""
    pixels = figure.pixels()

    def painted_by_keys(arrow):
        figure.by_key(arrow)
        return figure.do(lambda: figure.by_key("Paint here"))

    def clicked(place):
        return figure.do(pixels[place].click)

    def cleared():
        return figure.do(lambda: figure.by_key("Clear"))

    return {
        "pixels": [lambda p=p: clicked(p) for p in (3, 11, 19, 27, 26)],
        "keys": [
            lambda a=a: painted_by_keys(a) for a in ("Down", "Down", "Right", "Up")
        ],
        "clear": [cleared, lambda: clicked(0), cleared],
    }


def playground_controls(figure):
    """Its buttons, by keyboard, and its views."""
    names = ("Step", "Step", "Epoch", "New start", "Epoch", "Rewind")
    views = next(row for row in figure.choices() if len(row) == 3)
    return {
        "buttons": [lambda n=n: figure.do(lambda: figure.by_key(n)) for n in names],
        "views": [lambda b=b: figure.click(b) for b in [*views, views[0]]],
    }


def fits_one_screen(lesson, screen, *, file_list):
    """Controls, picture and caption at a glance, and nothing to push sideways."""
    lesson.screen(*screen)
    lesson.show_file_list(file_list)
    assert lesson.sideways() == []
    for number, figure in enumerate(lesson.wait_for_figures()):
        where = f"{lesson.path}, figure {number}"
        at = figure.layout()
        assert at["controls"] and at["image"]["height"] > 100
        for part in [*at["controls"], at["image"], at["caption"]]:
            assert within(part, at["pane"]), f"{where}: {part} not in {at['pane']}"


def within(part, pane, slack=1):
    return (
        part["top"] >= pane["top"] - slack
        and part["bottom"] <= pane["bottom"] + slack
        and part["left"] >= pane["left"] - slack
        and part["right"] <= pane["right"] + slack
    )


def ticks_are_legible(lesson, screen, pixels):
    """The font size of tick labels, in pixels of the screen, for the back row."""
    lesson.screen(*screen)
    lesson.show_file_list(False)
    assert lesson.sideways() == []
    small = {
        number: round(figure.tick_size(**TICKS), 1)
        for number, figure in enumerate(lesson.wait_for_figures())
        if figure.tick_size(**TICKS) < pixels
    }
    assert small == {}, f"{lesson.path}: ticks below {pixels} px"


def survives(lesson, open_, tab):
    """Saved, closed, reopened: with its kernel, without it, and run once more.

    Takes the lesson over: its tab is closed and its kernel ends.
    """
    server, path = lesson.server, lesson.path
    lesson.save()
    lesson.close()
    reopened_alive(open_(tab(), server, path))
    server.shut_down_kernel(path)
    lesson = open_(tab(), server, path)
    reopened_dead(lesson)
    lesson.run_all()
    for figure in lesson.wait_for_figures():
        assert figure.image.is_visible()
    assert not any(spare.is_visible() for spare in lesson.spares())
    lesson.close()


def reopened_alive(lesson):
    """The figures of a kernel that lived on show up and still move."""
    for figure in lesson.wait_for_figures():
        pictures = {figure.shown()[0]}
        for move in list(next(iter(controls(figure).values())))[:2]:
            move()
            pictures.add(figure.shown()[0])
        assert len(pictures) > 1
    assert not any(spare.is_visible() for spare in lesson.spares())
    lesson.close()


def reopened_dead(lesson):
    """A picture and one line in place of each figure, and no word of a model."""
    spares = lesson.spares()
    assert len(spares) == figures_in(lesson.read()) > 0
    # Before the front end has given up on each model, there is nothing to judge.
    lesson.until(lambda: lesson.lost_models() == len(spares), "lost model", SOON)
    for spare in spares:
        lesson.until(spare.is_visible, "still strip", SOON)
        lesson.scroll_to(spare)
        image = spare.locator("img")
        assert image.evaluate("img => img.complete && img.naturalWidth > 0")
        assert image.bounding_box()["height"] > 100
        assert (
            "Run all cells down to this one to move the sliders." in spare.inner_text()
        )
    assert lesson.figures() == []
    assert not DEAD_WORDS.search(lesson.words())
    assert lesson.sideways() == []


def nothing_new_in_the_console(lesson, usual):
    assert set(lesson.errors) <= usual
