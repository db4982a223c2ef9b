"""A figure together with the words that say what is drawn in it."""

import base64
import html
import io
import textwrap

import matplotlib
import numpy as np
from IPython.display import display
from PIL import Image, ImageDraw, ImageFont

from nn_helpers.viz import style

CAPTION_STYLE = "font-size: 110%; line-height: 1.4; max-width: 50em; margin: 0 0 1em"


class Picture:
    """A figure, the artists that move in it, and its text twin.

    describe() reads the twin from the artists, so picture and words cannot
    disagree. draw(**state) moves the artists in `moving`; everything else is
    drawn once and kept as the background (blitting), which is what makes a
    slider answer within a blink.
    """

    def __init__(self, fig, describe, *, draw=None, moving=()):
        self.fig, self.describe, self.draw = fig, describe, draw
        self.moving = sorted(moving, key=lambda artist: artist.get_zorder())
        for artist in self.moving:
            artist.set_animated(True)
        self._background = None

    def frame(self, **state):
        """Return the picture, of this state if given, as (height, width, 4)."""
        if state:
            self.draw(**state)
        canvas = self.fig.canvas
        if self._background is None:
            with style.in_style():
                canvas.draw()
            self._background = canvas.copy_from_bbox(self.fig.bbox)
        canvas.restore_region(self._background)
        for artist in self.moving:
            self.fig.draw_artist(artist)
        return np.array(canvas.buffer_rgba())


def palette_of(frame, colours=128):
    """The image with its own best palette, which can serve its siblings too."""
    image = Image.fromarray(frame).convert("RGB")
    return _on_white(image.quantize(colours, dither=Image.Dither.NONE))


def _on_white(image):
    """Palettes mix white with its neighbours; the paper is to stay white."""
    palette, paper = image.getpalette(), 3 * image.getpixel((0, 0))
    palette[paper : paper + 3] = (255, 255, 255)
    image.putpalette(palette)
    return image


def png(image, compress_level=9):
    """Encode an image as PNG bytes."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=compress_level)
    return buffer.getvalue()


def quick_png(frame, palette):
    """Encode a frame in the palette of a sibling: four times as fast as RGB."""
    image = Image.fromarray(frame).convert("RGB")
    image = image.quantize(palette=palette, dither=Image.Dither.NONE)
    return png(_on_white(image), compress_level=1)


def caption(twin):
    """The twin as HTML, for the eye and, through its role, for screen readers."""
    return f'<p role="status" style="{CAPTION_STYLE}">{html.escape(twin)}</p>'


def show(picture):
    """Display a picture: the image, its twin as `alt` and text, and as caption.

    Raises TypeError for anything but a Picture.
    """
    if not isinstance(picture, Picture):
        raise TypeError(f"show expected a Picture made by viz, got {picture!r}")
    image, twin = png(palette_of(picture.frame())), picture.describe()
    display(image_bundle(image, twin), metadata=image_metadata(twin), raw=True)
    display({"text/html": caption(twin)}, raw=True)


def image_bundle(image, twin):
    """One output: the image, and the twin where images cannot be shown."""
    return {"image/png": base64.b64encode(image).decode("ascii"), "text/plain": twin}


def image_metadata(twin):
    """Where nbconvert and others look for the alternative text."""
    return {"image/png": {"alt": twin}}


def strip(picture, states, note):
    """Frames of several states, each above its caption, as one palette image.

    For readers without a kernel: `note` says that the sliders come with one.
    """
    font_file = matplotlib.get_data_path() + "/fonts/ttf/DejaVuSans.ttf"
    font = ImageFont.truetype(font_file, 19)
    cards = []
    for state in states:
        frame = Image.fromarray(picture.frame(**state)).convert("RGB")
        words = "\n".join(textwrap.wrap(picture.describe(), frame.width // 11))
        cards.append((frame, words))
    width, height = cards[0][0].size
    columns = 2 if len(cards) > 1 and width < 900 else 1
    text_height = 27 * (2 + max(words.count("\n") for _, words in cards))
    rows = -(-len(cards) // columns)
    sheet = Image.new(
        "RGB", (columns * width, rows * (height + text_height) + 32), "white"
    )
    pen = ImageDraw.Draw(sheet)
    for number, (frame, words) in enumerate(cards):
        left = number % columns * width
        top = number // columns * (height + text_height)
        sheet.paste(frame, (left, top))
        pen.text((left + 24, top + height), words, style.INK, font, spacing=7)
    pen.text((24, sheet.height - 30), note, style.QUIET, font)
    return palette_of(np.asarray(sheet))
