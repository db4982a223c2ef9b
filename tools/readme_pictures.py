"""The two pictures of the README, made from the lessons.

    python tools/readme_pictures.py path    images/path.png: a figure of each lesson
    python tools/readme_pictures.py moving  images/moving.gif: a slider, moved in Lab

The second drives JupyterLab in Chromium, as the tests do (tests/browser).
"""

import shutil
import sys
import tempfile
from pathlib import Path

import matplotlib
from lessons import LESSONS, ROOT, run_in_process, title
from PIL import Image, ImageDraw, ImageFont

IMAGES = ROOT / "images"
# The live figure of each lesson that stands for it, by its place, and its state.
FIGURES = {
    "00": (0, {"station": "STEP", "round": 2}),
    "01": (0, {"w0": -1.0, "w1": 1.0, "b": -0.5}),
    "02": (3, {"k": 5}),
    "03": (2, {}),
    "04": (1, {"show": "P"}),
    "05": (2, {}),
    "06": (0, {"step": 5}),
    "07": (3, {"network": "Trained"}),
    "08": (2, {"epoch": 100}),
    "09": (1, {"steps": 40}),
    "10": (0, {"epsilon": 0.15}),
    "11": (1, {}),
    "12": (
        0,
        {
            "still": (
                "data=spirals points=300 noise=0.1 layers=8-8 optimizer=adam rate=0.02",
                60,
                "network",
            )
        },
    ),
    "13": (3, {"batch": 8192}),
}
COLUMNS, WIDTH, GAP, TITLE = 3, 560, 36, 40
FRAMES, LOOK, REST = 26, 110, 1600  # ms for each frame, and for the first and last


def path(played_by):
    """All lessons in their order, each by one of its own figures.

    played_by: a function from a lesson to its live pictures.
    """
    font_file = matplotlib.get_data_path() + "/fonts/ttf/DejaVuSans-Bold.ttf"
    font = ImageFont.truetype(font_file, 22)
    height = round(WIDTH * 4.2 / 9)
    rows = -(-len(LESSONS) // COLUMNS)
    size = (
        COLUMNS * (WIDTH + GAP) - GAP,
        rows * (height + TITLE + GAP) - GAP,
    )
    sheet = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(sheet)
    for number, lesson in enumerate(LESSONS):
        place, state = FIGURES[lesson.name[:2]]
        picture = played_by(lesson)[place]
        frame = Image.fromarray(picture.frame(**picture.start | state)).convert("RGB")
        picture.draw(**picture.start)
        frame.thumbnail((WIDTH, height), Image.Resampling.LANCZOS)
        left = number % COLUMNS * (WIDTH + GAP)
        top = number // COLUMNS * (height + TITLE + GAP)
        pen.text((left, top + 6), title(lesson), "#222222", font)
        sheet.paste(frame, (left + (WIDTH - frame.width) // 2, top + TITLE))
    return sheet.quantize(128, dither=Image.Dither.NONE)


def moving():
    """Frames of a live figure of lesson 07 while its slider is dragged."""
    sys.path.insert(0, str(ROOT / "tests"))
    from browser.conftest import SETTINGS
    from browser.frontend import CHROMIUM_FLAGS, open_in_lab
    from browser.server import Server, a_copy
    from playwright.sync_api import sync_playwright

    lesson = next(path for path in LESSONS if path.name.startswith("07"))
    with (
        tempfile.TemporaryDirectory() as home,
        Server("jupyterlab", Path(home), settings=SETTINGS) as lab,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(CHROMIUM_FLAGS)
        )
        page = browser.new_page(viewport={"width": 1000, "height": 800})
        notebook = open_in_lab(page, lab, a_copy(lesson, lab)).run_all()
        notebook.show_file_list(False)
        figure = notebook.wait_for_figures()[1]
        figure.scroll_to()
        yield from dragged(page, figure)
        browser.close()


def dragged(page, figure):
    """Drag the slider from its start to its end; a screenshot at each stop."""
    track = figure.box.locator(".noUi-base").first.bounding_box()
    handle = figure.sliders()[0].bounding_box()
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for stop in range(FRAMES):
        # Slowly at first: the early updates throw the boundary about.
        share = (stop / (FRAMES - 1)) ** 1.6

        def move(share=share):
            page.mouse.move(track["x"] + share * track["width"], y)

        before = figure.positions()
        figure.after(move, lambda before=before: figure.positions() != before)
        yield page.screenshot(clip=figure.box.bounding_box())
    page.mouse.up()


def save_moving(shots):
    import io

    frames = [Image.open(io.BytesIO(shot)).convert("RGB") for shot in shots]
    palette = frames[-1].quantize(96, dither=Image.Dither.NONE)
    small = [f.quantize(palette=palette, dither=Image.Dither.NONE) for f in frames]
    times = [REST, *[LOOK] * (len(small) - 2), REST]
    first, *rest = small
    file = IMAGES / "moving.gif"
    first.save(file, save_all=True, append_images=rest, duration=times, loop=0)
    return file


def main():
    if sys.argv[1:] == ["path"]:
        file = IMAGES / "path.png"
        path(lambda lesson: run_in_process(lesson)[1]).save(file, optimize=True)
    elif sys.argv[1:] == ["moving"]:
        file = save_moving(moving())
    else:
        raise SystemExit(__doc__)
    print(file.relative_to(ROOT), f"{file.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
