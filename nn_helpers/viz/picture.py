"""A figure together with the words that say what is drawn in it."""

import base64
import html
import io
import textwrap

import matplotlib
import numpy as np

from nn_helpers.viz import style

CAPTION_STYLE = (
    "font-size: 110%; line-height: 1.4; max-width: 50em; margin: 0.3em 0 0.6em"
)


class Picture:
    """A figure, its knobs, and two texts read from what it shows.

    caption() is one sentence about what to see; description() is what one would
    measure with a ruler. Both read the visible artists, so picture and words
    cannot disagree. draw(**state) moves the artists in `moving`; everything
    else is drawn once and kept as the background (blitting), which is what
    makes a slider answer within a blink.

    knobs: {argument of draw: a knob of nn_helpers.viz.knobs}; stills: the
    states, as dicts of what differs from the start, that a reader without a
    kernel is shown; palette: up to 256 colours, (n, 3) from 0 to 1, of a picture that
    can come in colours which its telling states lack.
    """

    def __init__(
        self,
        fig,
        caption,
        description,
        *,
        draw=None,
        moving=(),
        knobs=None,
        stills=(),
        palette=None,
    ):
        self.fig, self.caption, self.description = fig, caption, description
        self.draw, self.knobs, self.palette = draw, knobs or {}, palette
        self.start = {name: knob.start for name, knob in self.knobs.items()}
        self.stills = [self.start | still for still in stills or [{}]]
        self.moving = sorted(moving, key=lambda artist: artist.get_zorder())
        for artist in self.moving:
            artist.set_animated(True)
        self._background = None
        if self.knobs:
            self.draw(**self.start)

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


def show(picture):
    """Display a picture: the image, its description as `alt`, and its caption.

    Of a picture with knobs you see the start; `live.play` moves it.
    Raises TypeError for anything but a Picture.
    """
    from IPython.display import display

    if not isinstance(picture, Picture):
        raise TypeError(f"show expected a Picture made by viz, got {picture!r}")
    image, words = png(palette_of(picture.frame())), picture.description()
    display(image_bundle(image, words), metadata=image_metadata(words), raw=True)
    display({"text/html": caption_html(picture.caption())}, raw=True)


def caption_html(caption, style_more=""):
    """The caption as HTML, for the eye and, through its role, for screen readers."""
    return (
        f'<p role="status" class="nn-caption" style="{CAPTION_STYLE}{style_more}">'
        f"{html.escape(caption)}</p>"
    )


def image_bundle(image, description):
    """One output: the image, and its description where no image can be shown."""
    encoded = base64.b64encode(image).decode("ascii")
    return {"image/png": encoded, "text/plain": description}


def image_metadata(description):
    """Where nbconvert and others look for the alternative text."""
    return {"image/png": {"alt": description}}


def palette_of(frame, colours=128):
    """The image with its own best palette, which can serve its siblings too."""
    from PIL import Image

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
    from PIL import Image

    image = Image.fromarray(frame).convert("RGB")
    image = image.quantize(palette=palette, dither=Image.Dither.NONE)
    return png(_on_white(image), compress_level=1)


STRIP_SCALE = 0.6  # frames side by side are read from near


def strip(picture, note):
    """The telling states, each above its caption, as one palette image; and their places.

    For readers without a kernel: `note` says that the sliders come with one. The
    places, one dict a state (box in pixels, caption, description), let a page take
    the sheet apart and set the words as text.
    """
    from PIL import Image, ImageDraw, ImageFont

    font_file = matplotlib.get_data_path() + "/fonts/ttf/DejaVuSans.ttf"
    font = ImageFont.truetype(font_file, 19)
    cards, stills = [], []
    for state in picture.stills:
        frame = Image.fromarray(picture.frame(**state)).convert("RGB")
        size = [round(side * STRIP_SCALE) for side in frame.size]
        words = textwrap.wrap(picture.caption(), width=size[0] // 12)
        stills.append(
            {"caption": picture.caption(), "description": picture.description()}
        )
        cards.append((frame.resize(size, Image.Resampling.LANCZOS), "\n".join(words)))
    width, height = cards[0][0].size
    columns = 1 if len(cards) == 1 else 2
    text_height = 16 + 26 * max(words.count("\n") + 1 for _, words in cards)
    rows = -(-len(cards) // columns)
    size = (columns * width, rows * (height + text_height) + 40)
    sheet = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(sheet)
    for number, (frame, words) in enumerate(cards):
        left = number % columns * width
        top = number // columns * (height + text_height)
        sheet.paste(frame, (left, top))
        stills[number]["box"] = [left, top, left + width, top + height]
        pen.text((left + 24, top + height), words, style.INK, font, spacing=7)
    pen.text((24, sheet.height - 30), note, style.QUIET, font)
    if picture.palette is None:
        return palette_of(np.asarray(sheet)), stills
    own = Image.new("P", (1, 1))
    own.putpalette(
        np.round(255 * np.asarray(picture.palette)).astype("uint8").tobytes()
    )
    return _on_white(sheet.quantize(palette=own, dither=Image.Dither.NONE)), stills
