"""What a figure says is read from what it draws, for every figure of the lessons."""

import itertools
import warnings

import numpy as np
import pytest
from conftest import LESSONS, shown_by
from matplotlib.collections import PathCollection
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from nn_helpers import viz
from nn_helpers.viz import curves, style
from nn_helpers.viz.picture import caption, palette_of, png, show

lessons = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)


def pictures(path):
    static, live = shown_by(path)
    return [*static, *(figure.picture for figure in live)]


def data_artists(fig):
    """Every artist that carries numbers: all but scenery, axes and plain words."""
    for ax in fig.axes:
        yield from (a for a in [*ax.lines, *ax.images, *ax.collections] if shown(a))
        yield from (bar for group in ax.containers for bar in group if shown(bar))
        yield from (text for text in ax.texts if number_in(text) is not None)


def shown(artist):
    return artist.get_visible() and artist.get_gid() != "scenery"


def number_in(text):
    """The last word of a text, if it is a number other than 0."""
    words = text.get_text().split()
    try:
        return float(words[-1]) or None
    except (IndexError, ValueError):
        return None


def move(artist):
    """Move an artist by 5 percent; return the function that moves it back."""
    if isinstance(artist, Line2D):
        x, y = (np.array(values, float) for values in artist.get_data())
        if not len(x):
            return None
        # A line at 0 has no 5 percent: it moves by 0.05.
        artist.set_ydata(np.where(y == 0, 0.05, y * 1.05))
        return lambda: artist.set_data(x, y)
    if isinstance(artist, AxesImage):
        values = np.array(artist.get_array())
        artist.set_data(values * 1.05)
        return lambda: artist.set_data(values)
    if isinstance(artist, Rectangle):
        height = artist.get_height()
        artist.set_height(height * 1.05)
        return lambda: artist.set_height(height)
    if isinstance(artist, PathCollection):
        offsets = np.array(artist.get_offsets())
        artist.set_offsets(offsets * 1.05)
        return lambda: artist.set_offsets(offsets)
    words = artist.get_text()
    start, _, last = words.rpartition(" ")
    changed = float(last.split()[-1]) * 1.05
    decimals = len(last.partition(".")[2])
    if f"{changed:.{decimals}f}" == last.strip():
        changed = float(last) * 1.2  # too small a number for 5 percent to show
    artist.set_text(f"{start} {changed:.{max(decimals, 1)}f}".strip())
    return lambda: artist.set_text(words)


@lessons
def test_moving_any_artist_changes_the_twin(path):
    moved = 0
    for picture in pictures(path):
        twin = picture.describe()
        for artist in data_artists(picture.fig):
            back = move(artist)
            if back is None:
                continue
            assert picture.describe() != twin, f"{artist} moved, the twin stays: {twin}"
            back()
            moved += 1
        assert picture.describe() == twin
    assert moved > 10


@lessons
def test_every_picture_has_numbers_to_move(path):
    for picture in pictures(path):
        assert any(True for _ in data_artists(picture.fig)), picture.describe()


def all_values(control):
    if hasattr(control, "options"):
        return [option[1] for option in control.options]
    steps = round((control.max - control.min) / control.step)
    kind = type(control.value)
    return [kind(round(control.min + i * control.step, 9)) for i in range(steps + 1)]


def state_of(figure):
    return bytes(figure.image.value), figure.caption.value


@lessons
def test_live_figures_over_their_whole_range(path):
    _, live = shown_by(path)
    assert live, "a lesson without a live figure"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for figure in live:
            start = state_of(figure)
            at_start = figure.state()
            for name, control in figure.controls.items():
                seen, previous = [], None
                for value in all_values(control):
                    control.value = value
                    now = state_of(figure)
                    if previous and now[0] != previous[0]:
                        assert now[1] != previous[1], (name, value, now[1])
                    seen.append(now)
                    previous = now
                control.value = at_start[name]
                different = len(set(seen))
                assert different > 0.8 * len(seen), (
                    f"{name}: {different} of {len(seen)}"
                )
                assert state_of(figure) == start, f"{name} does not come back"
            ends = [
                (values[0], values[-1])
                for values in map(all_values, figure.controls.values())
            ]
            for corner in itertools.product(*ends):
                for control, value in zip(
                    figure.controls.values(), corner, strict=True
                ):
                    control.value = value
                assert state_of(figure)[0].startswith(b"\x89PNG")
                assert "nan" not in figure.caption.value.lower()
            for name, value in at_start.items():
                figure.controls[name].value = value
            assert state_of(figure) == start


def full_drawing(picture):
    """The picture without blitting: everything is drawn anew."""
    for artist in picture.moving:
        artist.set_animated(False)
    with style.in_style():
        picture.fig.canvas.draw()
    full = np.array(picture.fig.canvas.buffer_rgba())
    for artist in picture.moving:
        artist.set_animated(True)
    return full


@lessons
def test_a_blitted_frame_is_the_whole_picture(path):
    for figure in shown_by(path)[1]:
        start = figure.state()
        for name, control in figure.controls.items():
            values = all_values(control)
            for value in (values[0], values[len(values) // 2], values[-1]):
                frame = figure.picture.frame(**start | {name: value})
                full = full_drawing(figure.picture)
                # Text and lines may lie in another order where they cross.
                apart = np.abs(frame.astype(int) - full).max(axis=2) > 60
                assert apart.sum() < 60, (name, value, apart.sum())
        figure.picture.frame(**start)


@lessons
def test_labels_of_controls_are_words_and_fit(path):
    for figure in shown_by(path)[1]:
        for control in figure.controls.values():
            assert 3 < len(control.description) <= 17, control.description
            assert control.description[0].isupper() or control.description[1] == "("


def test_steppers_go_back_and_forward():
    boards = [f for path in LESSONS for f in shown_by(path)[1] if f.buttons]
    assert len(boards) >= 2
    for figure in boards:
        (control,) = figure.controls.values()
        back, forward = figure.buttons
        control.value = control.min
        first = state_of(figure)
        back.click()
        assert control.value == control.min
        forward.click()
        assert control.value == control.min + 1 and state_of(figure) != first
        back.click()
        assert state_of(figure) == first
        control.value = control.max
        forward.click()
        assert control.value == control.max


@lessons
def test_fonts_are_projector_legible(path):
    for picture in pictures(path):
        for text in picture.fig.findobj(lambda artist: hasattr(artist, "get_fontsize")):
            if text.get_text() and text.get_visible():
                assert text.get_fontsize() >= 13, text


def contrast(colour):
    from matplotlib.colors import to_rgb

    channels = np.array(to_rgb(colour))
    linear = np.where(
        channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4
    )
    return 1.05 / (linear @ [0.2126, 0.7152, 0.0722] + 0.05)


def test_letters_have_enough_contrast():
    for colour in (
        style.WEIGHT_TEXT,
        style.BIAS,
        style.SLOPE,
        style.INK,
        style.QUIET,
    ):
        assert contrast(colour) >= 4.5, colour
    for colour in (style.ACTIVATION, style.INK):
        assert contrast(colour) >= 4.5, "white letters stand on it"


def test_show_makes_one_image_with_its_twin_and_a_visible_caption(monkeypatch):
    sent = []
    monkeypatch.setattr(
        "nn_helpers.viz.picture.display",
        lambda data, metadata=None, raw=False: sent.append((data, metadata)),
    )
    x = np.linspace(-1, 1, 21)
    picture = viz.functions(x, {"a < b": x}, title="t")
    show(picture)
    (image, metadata), (words, _) = sent
    twin = picture.describe()
    assert set(image) == {"image/png", "text/plain"} and image["text/plain"] == twin
    assert metadata == {"image/png": {"alt": twin}}
    assert "a &lt; b" in words["text/html"] and 'role="status"' in words["text/html"]
    with pytest.raises(TypeError, match="show expected a Picture"):
        show(picture.fig)


def test_the_learner_s_own_style_changes_no_figure():
    import matplotlib

    x = np.linspace(-1, 1, 21)
    plain = viz.functions(x, {"line": x}, title="t").frame()
    with matplotlib.rc_context(
        {"figure.dpi": 50, "font.size": 30, "axes.facecolor": "red"}
    ):
        styled = viz.functions(x, {"line": x}, title="t").frame()
    np.testing.assert_array_equal(plain, styled)


def test_palettes_keep_the_paper_white_and_the_colours_close():
    x = np.linspace(-1, 1, 21)
    frame = viz.functions(x, {"line": x}, title="t").frame()
    image = palette_of(frame)
    assert png(image).startswith(b"\x89PNG")
    small = np.asarray(image.convert("RGB")).astype(int)
    assert (small[0, 0] == 255).all()
    assert np.abs(small - frame[..., :3]).mean() < 1


def test_captions_escape_what_learners_write():
    assert caption("<b>&") == caption("<b>&") and "&lt;b&gt;&amp;" in caption("<b>&")


def test_numbers_for_people():
    assert [style.num(v) for v in (0.8125, 1234.5, -1e-12, 12345678, 2, 0.5)] == [
        "0.813", "1230", "0", "1.23e+07", "2", "0.5",
    ]  # fmt: skip
    assert [style.fixed(v, 2) for v in (-0.001, 0.125, 3)] == ["0.00", "0.13", "3.00"]


def test_the_collapse_counts_its_kinks_right():
    rng = np.random.default_rng(4)
    W1, b1 = rng.normal(size=(1, 50)), rng.normal(size=50)
    inside = np.abs(-b1 / W1[0]) < 3
    picture = curves.collapse(hidden=50, seed=4)
    for n in range(1, 51):
        picture.draw(neurons=n, activation="relu")
        assert f": {1 + inside[:n].sum()} straight pieces" in picture.describe(), n
        picture.draw(neurons=n, activation="identity")
        assert ": 1 straight piece of slope" in picture.describe()
