"""What a figure says is read from what it draws, for every figure of the lessons."""

import re
import warnings
from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from PIL import Image
from support import ROOT, drawn, lessons, pictures, readme_pictures, shown_by, states

from nn_helpers import viz
from nn_helpers.live import LiveFigure, play
from nn_helpers.viz import knobs, style
from nn_helpers.viz.picture import caption_html, palette_of, png, show

FEW = 12  # clouds and curves of more points are guarded by baselines and claims


def data_artists(fig):
    """Lines of few points, bars and written numbers, as far as they are visible."""
    for ax in fig.axes:
        lines = [line for line in ax.lines if 0 < len(line.get_xdata()) <= FEW]
        yield from (line for line in lines if shown(line))
        yield from (bar for group in ax.containers for bar in group if shown(bar))
        yield from (text for text in ax.texts if number_in(text) is not None)


def shown(artist):
    return artist.get_visible() and artist.get_gid() != "scenery"


def number_in(text):
    """The last word of a visible text, if it is a number other than 0."""
    try:
        return float(text.get_text().split()[-1].lstrip("\u2192")) or None
    except (IndexError, ValueError):
        return None


def move(artist):
    """Move an artist by 5 percent of the axis; return what moves it back."""
    if isinstance(artist, Line2D):
        x, y = (np.array(values, float) for values in artist.get_data())
        low, high = artist.axes.get_ylim()
        if artist.axes.get_yscale() == "log":
            artist.set_ydata(y * (high / low) ** 0.05)
        else:
            artist.set_ydata(y + 0.05 * (high - low))
        return lambda: artist.set_data(x, y)
    if isinstance(artist, Rectangle):
        height, (low, high) = artist.get_height(), artist.axes.get_ylim()
        artist.set_height(height + 0.05 * (high - low))
        return lambda: artist.set_height(height)
    words = artist.get_text()
    digits = words.split()[-1]
    changed = digits.replace(digits[-1], "7" if digits[-1] != "7" else "3")
    artist.set_text(words[: len(words) - len(digits)] + changed)
    return lambda: artist.set_text(words)


@lessons
def test_moving_a_mark_changes_the_description(path):
    moved = 0
    for picture in pictures(path):
        words = picture.description()
        for artist in data_artists(picture.fig):
            if isinstance(artist, Line2D) and np.isnan(artist.get_ydata()).all():
                continue
            back = move(artist)
            assert picture.description() != words, f"{artist} moved: {words}"
            back()
            moved += 1
        assert picture.description() == words
    assert moved >= 2


@lessons
def test_no_word_comes_from_what_nobody_sees(path):
    for picture in pictures(path):
        for ax in picture.fig.axes:
            said = ax.get_legend().get_texts() if ax.get_legend() else []
            visible = {text.get_text() for text in said}
            for line in ax.lines:
                kept = line.get_label()
                if kept not in visible and not kept.startswith("class"):
                    line.set_label("LIE")
                    assert "LIE" not in picture.caption() + picture.description()
                    line.set_label(kept)


@lessons
def test_words_keep_their_limits_in_every_state(path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for picture in pictures(path):
            for state, caption, description in (
                drawn(picture)
                if picture.knobs
                else [({}, picture.caption(), picture.description())]
            ):
                assert 15 <= len(caption) <= 140, (state, caption)
                assert 4 <= len(description.split()) <= 80, (state, description)
                assert "nan" not in (caption + description).lower(), state
                assert "-0.00 " not in description and "\n" not in caption


@lessons
def test_figures_fit_the_back_row(path):
    for picture in pictures(path):
        width, height = picture.fig.get_size_inches()
        assert width <= 9.0 and height <= 4.2 and picture.fig.dpi == 150
        for text in picture.fig.findobj(lambda artist: hasattr(artist, "get_fontsize")):
            if text.get_text() and text.get_visible():
                assert text.get_fontsize() >= 13, text


@lessons
def test_live_figures_answer_every_move_and_come_back(path):
    _, played, _ = shown_by(path)
    assert played, "a lesson without a live figure"
    for picture in played:
        figure = LiveFigure(picture)
        start = bytes(figure.image.value), figure.words.value
        for name, knob in picture.knobs.items():
            seen = []
            few = knob.values[:: max(1, len(knob.values) // 12)]
            for value in few:
                figure.controls[name].value = value
                now = bytes(figure.image.value), figure.words.value
                assert now[0].startswith(b"\x89PNG")
                seen.append(now)
            figure.controls[name].value = knob.start
            assert len(set(seen)) > 0.8 * len(seen), f"{name} is nearly dead"
            back = bytes(figure.image.value), figure.words.value
            assert back == start, f"{name} does not come back"
        figure.close()


def test_the_path_of_the_readme_shows_the_lessons_own_figures():
    """Drawn again from the lessons, it is what is stored, but for a hair."""
    with Image.open(ROOT / "images" / "path.png") as image:
        stored = image.convert("RGB")
    drawn_now = readme_pictures.path(lambda lesson: shown_by(lesson)[1]).convert("RGB")
    assert stored.size == drawn_now.size, "run tools/readme_pictures.py path"
    apart = np.abs(np.asarray(stored, int) - np.asarray(drawn_now, int)).max(axis=2)
    assert (apart > 40).mean() < 0.002, "run tools/readme_pictures.py path"


@lessons
def test_every_state_has_words_of_its_own(path):
    for picture in shown_by(path)[1]:
        said = [caption + words for _, caption, words in drawn(picture)]
        different = len(set(said)) / len(said)
        assert different > 0.7, f"{different:.0%} of the states can be told apart"


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
    for picture in shown_by(path)[1]:
        for name, knob in picture.knobs.items():
            for value in (
                knob.values[0],
                knob.values[len(knob.values) // 2],
                knob.values[-1],
            ):
                frame = picture.frame(**picture.start | {name: value})
                full = full_drawing(picture)
                # Text and lines may lie in another order where they cross.
                apart = np.abs(frame.astype(int) - full).max(axis=2) > 60
                assert apart.sum() < 130, (name, value, apart.sum())
        picture.frame(**picture.start)


@lessons
def test_labels_of_knobs_are_words_and_fit(path):
    for picture in shown_by(path)[1]:
        for knob in picture.knobs.values():
            assert 3 < len(knob.label) <= 17, knob.label
            assert knob.label[0].isupper() or knob.label[1] == "("
            assert knob.start in knob.values


def test_knobs_are_plain_data():
    assert knobs.Slider("Weight", 0.0, 1.0, 0.25, start=0.5).decimals == 2
    assert knobs.Positions("Rate", (("a", 1), ("b", 2)), 1).values == (1, 2)


def test_too_much_for_a_figure_is_refused_by_name():
    x = np.linspace(0, 1, 5)
    for draw, message in (
        (
            lambda: viz.functions(x, dict.fromkeys("abcde", x), title=""),
            "4 curves, got 5",
        ),
        (lambda: viz.loss_curve(dict.fromkeys("abcd", x)), "3 curves, got 4"),
        (lambda: viz.scatter(np.zeros((3, 2)), np.arange(3)), "classes 0 and 1, got"),
        (lambda: viz.digits(np.zeros((11, 64)), ["x"] * 11), "1 to 10 images"),
        (lambda: viz.digits(np.zeros((2, 64)), ["x"]), "2 images and 1 titles"),
        (lambda: viz.decisions(dict.fromkeys("abcd"), x, x), "1 to 3 networks, got 4"),
        (lambda: viz.step_size_errors(x, {"a": x}), "2 curves, got 1"),
    ):
        with pytest.raises(ValueError, match=message):
            draw()


def contrast(colour):
    channels = np.array(to_rgb(colour))
    linear = np.where(
        channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4
    )
    return 1.05 / (linear @ [0.2126, 0.7152, 0.0722] + 0.05)


def test_letters_have_enough_contrast():
    for colour in (style.WEIGHT_TEXT, style.BIAS, style.SLOPE, style.INK, style.QUIET):
        assert contrast(colour) >= 4.5, colour
    for colour in (style.ACTIVATION, style.INK):
        assert contrast(colour) >= 4.5, "white letters stand on it"


def test_show_makes_one_image_with_its_words(monkeypatch):
    sent = []
    monkeypatch.setattr(
        "IPython.display.display",
        lambda data, metadata=None, raw=False: sent.append((data, metadata)),
    )
    x = np.linspace(-1, 1, 21)
    picture = viz.functions(x, {"a < b": x}, title="t")
    show(picture)
    (image, metadata), (words, _) = sent
    said = picture.description()
    assert set(image) == {"image/png", "text/plain"} and image["text/plain"] == said
    assert metadata == {"image/png": {"alt": said}}
    assert "a &lt; b" in words["text/html"] and 'role="status"' in words["text/html"]
    for display in (show, play):
        with pytest.raises(TypeError, match="expected a Picture"):
            display(picture.fig)
    with pytest.raises(ValueError, match="a picture with knobs"):
        play(picture)


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
    assert "&lt;b&gt;&amp;</p>" in caption_html("<b>&")


def test_numbers_for_people():
    assert [style.num(v) for v in (0.8125, 1234.5, -1e-12, 12345678, 2, 0.5)] == [
        "0.813", "1230", "0", "1.23e+07", "2", "0.5",
    ]  # fmt: skip
    assert [style.fixed(v, 2) for v in (-0.001, 0.125, 3)] == ["0.00", "0.13", "3.00"]


def test_states_reach_every_pair_of_extremes():
    picture = viz.activation_explorer()
    seen = {tuple(state.values()) for state in states(picture)}
    assert {("relu", -3.0, 4.0), ("tanh", 3.0, -4.0)} <= seen
    assert {state[1] for state in seen} == set(picture.knobs["w"].values)


def test_every_figure_has_a_baseline_and_a_test_of_its_words():
    here = Path(__file__).parent
    stored = (here / "test_baselines.py").read_text(encoding="utf-8")
    words = "".join(
        (here / f"test_{name}.py").read_text(encoding="utf-8")
        for name in ("claims", "board", "playground")
    )
    for name in set(viz.__all__) - {"Picture", "show", "trained_runs"}:
        drawing = rf"(viz|curves|images|kinks)\.{name}\("
        boards = ("forward_pass", "backward_walk", "six_steps")
        assert re.search(drawing, stored) or name in boards, f"{name}: no baseline"
        assert re.search(drawing, words), f"{name}: its caption is not recomputed"
