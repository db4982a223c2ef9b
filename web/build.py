"""Build the web edition from the committed notebooks.

    python web/build.py                  everything, into dist/site/
    python web/build.py --no-solutions   without the solutions
    python web/build.py --to FOLDER      into another folder, which is emptied first
    python web/build.py --lite           with a link to JupyterLite, which web/lite.py adds

Nothing runs: text, code and outputs are those of the notebooks.
"""

import argparse
import base64
import functools
import hashlib
import html
import io
import itertools
import json
import posixpath
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import compiled
import jinja2
import nbformat
from fetch import FETCHED, lock_file, pins, python_wheels
from fontTools import subset
from fontTools.ttLib import TTFont
from math_core import LatexError, LatexToMathML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from PIL import Image, ImageDraw
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT / "tools"))
from lessons import (  # noqa: E402
    LESSONS,
    SOLUTIONS,
    class_minutes,
    figure_names,
    heading,
    section_of_cell,
)

SERIES = "Neural network mechanics, from scratch"
SCRIPTS = (
    "page.js",
    "cells.js",
    "editor.js",
    "outputs.js",
    "keep.js",
    "notebook.js",
    "live.js",
    "widgets.js",
    "worker.js",
    "stage.js",
    "scrolls.js",
    "search.js",
    "offline.js",
    "sw.js",
)
DOCS = {
    name: ROOT / "docs" / f"{name}.md"
    for name in ("glossary", "errata", "help", "speed", "growth", "workers")
}
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; "
    "connect-src 'self'; img-src 'self' blob: data:; style-src 'self'; "
    "font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
)
LATER = ("images/", "lite/", "python/")  # kept once they are asked for
STILLS = "nn_stills"  # the metadata of a live figure's strip


def page_of(path):
    """The address on the site of a notebook or text of the repository."""
    if path in LESSONS:
        return f"lessons/{path.stem}.html"
    if path in SOLUTIONS:
        return f"solutions/{path.stem}.html"
    known = {doc: f"{name}.html" for name, doc in DOCS.items()}
    return {**known, ROOT / "README.md": "index.html"}.get(path)


class Words(IPythonRenderer):
    """Markdown as HTML: formulas as MathML, links to pages, a list of the headings."""

    def __init__(self, path, page, absent):
        super().__init__(escape=False)
        self.path, self.page, self.absent, self.contents = path, page, absent, []
        self.pictures = {}  # {file beside the text: its address on the site}
        self.latex = LatexToMathML()

    def block_math(self, body):
        return self._formula(body, True)

    def inline_math(self, body):
        return self._formula(body, False)

    def _formula(self, body, display):
        try:
            made = self.latex.convert_with_local_state(
                body.strip(), displaystyle=display
            )
        except LatexError as error:
            raise SystemExit(f"{self.path.name}: {body}: {error}") from None
        if not display:
            return made
        return f'<div class="formula" tabindex="0">{made}</div>'

    def heading(self, text, level, **_):
        plain = html.unescape(re.sub(r"<[^>]+>", "", text))
        name = re.sub(r"\W+", "-", plain.lower()).strip("-")
        if level == 2:
            self.contents.append((name, text))
        return f'<h{level} id="{name}">{text}</h{level}>\n'

    def link(self, text, url, title=None):
        if re.match(r"https?:|#", url):
            return super().link(text, url, title)
        if text.endswith(".ipynb"):
            text = heading((self.path.parent / url).resolve())
        url, _, mark = url.partition("#")
        source = (self.path.parent / url).resolve()
        target = page_of(source)
        if target is None:
            raise SystemExit(f"{self.path.name}: no page for the link {url}")
        if source in self.absent:
            return text
        there = posixpath.relpath(target, posixpath.dirname(self.page) or ".")
        return super().link(text, there + (f"#{mark}" if mark else ""), title)

    def image(self, text, url, title=None):
        source = (self.path.parent / url).resolve()
        self.pictures[source] = f"images/{source.name}"
        width, height = Image.open(source).size
        there = posixpath.relpath(
            self.pictures[source], posixpath.dirname(self.page) or "."
        )
        alt = html.escape(text)
        return f'<img src="{there}" alt="{alt}" width="{width}" height="{height}">'

    def block_code(self, code, info=None):
        made = coloured(code) if info == "python" else html.escape(code)
        return f'<pre class="printed" tabindex="0"><code>{made}</code></pre>\n'


def rendered(words, text):
    """Markdown as HTML; a table scrolls on its own where the page is narrow."""
    made = MarkdownWithMath(renderer=words).render(text)
    made = made.replace("<table>", '<div class="table" tabindex="0"><table>')
    # The policy of the pages forbids styles that stand in a tag.
    made = made.replace('style="text-align:right"', 'class="right"')
    made = re.sub(
        r"<strong>((?:Your turn|Quiz) \d\d\.\w)",
        r'<strong role="heading" aria-level="3">\1',
        made,
    )
    # No line begins with the comma after a formula.
    made = re.sub(
        r"(<math>(?:(?!</math>).)*</math>[,.;:)?]+)",
        r'<span class="whole">\1</span>',
        made,
    )
    return made.replace("</table>", "</table></div>")


def folded(cells):
    """(what to open, cells) for each run of cells that answer; (False, cells) between."""
    groups = []
    for cell in cells:
        answer = bool(cell.get("answer"))
        if not groups or groups[-1][0] != answer:
            groups.append((answer, []))
        groups[-1][1].append(cell)
    return [(answer and _inside(group), group) for answer, group in groups]


def _inside(cells):
    """What a reader does first and then opens: a figure, a picture, a print, or code."""
    shown = [one for cell in cells for one in cell["outputs"]]
    if not shown:
        return "Try it first, then open the lesson's own code"
    if any(one.get("figure") for one in shown):
        return "Guess first, then open the figure and move it"
    pictures = any(one["kind"] == "picture" for one in shown)
    return f"Guess first, then open {'the picture' if pictures else 'what it prints'}"


def coloured(source):
    return highlight(source, PythonLexer(), HtmlFormatter(nowrap=True)).rstrip("\n")


@functools.cache
def other_words():
    """{lesson: [(words of the notebook, words of the page)]}."""
    with open(HERE / "words.toml", "rb") as file:
        found = tomllib.load(file)
    return {
        name: [(p["lesson"], p["page"]) for p in pairs] for name, pairs in found.items()
    }


def on_the_page(path, source):
    """The text of a cell, in the words that hold on the page."""
    for lesson, page in other_words().get(path.stem, ()) if path in LESSONS else ():
        source = source.replace(lesson, page)
    return source


class Site:
    """The pages, as they are written."""

    def __init__(self, folder, solutions=True):
        self.folder = folder
        self.absent = () if solutions else SOLUTIONS
        self.env = jinja2.Environment(
            loader=jinja2.FileSystemLoader(HERE / "templates"),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.written, self.faces = [], {}

    def write(self, page, template, **values):
        """Fill a template and write it."""
        root = "../" * page.count("/")
        defaults = {"series": SERIES, "policy": POLICY, "root": root, "contents": (), "kind": "text",
                    "searched": True, "body": ""}  # fmt: skip
        text = self.env.get_template(template).render(defaults | values)
        target = self.folder / page
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
        self.written.append(target)

    def words(self, path):
        return Words(path, page_of(path), self.absent)

    def notebook(self, path, template, **values):
        """A lesson or its solutions."""
        cells = nbformat.read(path, as_version=4).cells
        if path in LESSONS:
            whole = "\n".join(cell.source for cell in cells)
            for lesson, _ in other_words().get(path.stem, ()):
                if lesson not in whole:
                    raise SystemExit(f"words.toml, {path.stem}: not found: {lesson}")
        words = self.words(path)
        opening = rendered(words, cells[0].source)
        names = figure_names(path)
        self.write(
            page_of(path), template, opening=opening, kind=template[:-5],
            title=heading(path), contents=words.contents,
            groups=folded([self.cell(path, cell, words, names) for cell in cells[1:]]),
            **values,
        )  # fmt: skip

    def cell(self, path, cell, words, names):
        if cell.cell_type == "markdown":
            html = rendered(words, on_the_page(path, cell.source))
            return {"kind": "text", "html": html}
        return {
            "kind": "code", "id": cell.id, "source": coloured(cell.source),
            "answer": "answer" in cell.metadata.get("tags", ()),
            "setup": cell.metadata.get("jupyter", {}).get("source_hidden", False),
            "outputs": list(self.outputs(path, cell, names)),
        }  # fmt: skip

    def outputs(self, path, cell, names):
        """What a cell has left on the page: text, pictures with captions."""
        for number, shown in enumerate(cell.outputs):
            data = shown.get("data", {})
            if shown.output_type == "stream":
                yield {"kind": "text", "text": html.escape(shown.text)}
            elif "image/png" in data:
                yield self.picture(path, cell, number, names)
            elif "text/plain" in data:
                yield {"kind": "text", "text": html.escape(data["text/plain"])}
            elif (
                "nn-spare" not in data["text/html"]
                and "nn-caption" not in data["text/html"]
            ):
                raise SystemExit(f"{path.name}, {cell.id}: an output of unknown kind")

    def picture(self, path, cell, number, names):
        """A picture with its caption, or a strip taken apart into its pictures."""
        shown = cell.outputs[number]
        image = Image.open(io.BytesIO(base64.b64decode(shown.data["image/png"])))
        stills = shown.metadata.get(STILLS)
        if stills is None:
            caption = re.search(
                r">(.*)</p>", cell.outputs[number + 1].data["text/html"]
            )
            alt = shown.metadata["image/png"]["alt"]
            parts = [(image, html.unescape(caption[1]), alt)]
        else:
            parts = [
                (image.crop(s["box"]), s["caption"], s["description"]) for s in stills
            ]
        images = []
        for place, (part, caption, alt) in enumerate(parts):
            name = f"images/{path.parent.name[0]}{path.name[:2]}-{cell.id}-{number}-{place}.png"
            target = self.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            part.save(target, optimize=True)
            images.append({"src": "../" + name, "width": part.width, "height": part.height,
                           "caption": html.escape(caption), "alt": html.escape(alt)})  # fmt: skip
        if stills:  # the last live figure of a lesson is its face on the index
            self.faces[path] = images[-1] | {"src": images[-1]["src"][3:]}
        return {
            "kind": "picture",
            "images": images,
            "figure": names[cell.id] if stills else None,
            "title": section_of_cell(path, cell.id),
        }

    def stages(self, path):
        """A page for each live figure of a lesson."""
        for cell, figure in figure_names(path).items():
            self.write(
                f"figures/{figure}.html", "stage.html", kind="stage", searched=False,
                title=section_of_cell(path, cell), figure=figure, cell=cell,
                lesson=f"../{page_of(path)}",
            )  # fmt: skip


def lessons(site, megabytes):
    titles = [(heading(path), f"{path.stem}.html") for path in LESSONS]
    for number, path in enumerate(LESSONS):
        before = titles[number - 1] if number else None
        after = titles[number + 1] if number + 1 < len(LESSONS) else None
        site.notebook(
            path, "lesson.html", before=before, after=after, megabytes=megabytes,
            lesson=path.stem,
        )  # fmt: skip
        site.stages(path)
        to_take(path, site.folder / "lessons" / path.name)
    for path in SOLUTIONS:
        if path not in site.absent:
            site.notebook(path, "solutions.html", searched=False)


def to_take(path, target):
    """The notebook, without outputs: those are the reader's own."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbformat.write(notebook, target)


def texts(site):
    for name, path in DOCS.items():
        words = site.words(path)
        body = rendered(words, path.read_text(encoding="utf-8"))
        for source, address in words.pictures.items():
            shutil.copy(source, site.folder / address)
        title = re.search(r"<h1[^>]*>(.*?)</h1>", body)[1]
        contents = words.contents if name == "help" else ()
        site.write(
            f"{name}.html", "layout.html", title=title, body=body, contents=contents
        )
    site.write("search.html", "search.html", title="Search", searched=False)
    site.write(
        "licences.html", "layout.html", title="What this site is made of",
        body=licences(), searched=False,
    )  # fmt: skip


def licences():
    """A table of everything that is shipped and not ours."""
    pinned = pins()
    rows = [
        (one.get("package", one.get("file")).replace("==", " "), one["licence"])
        for kind in (pinned["pyodide"]["core"], pinned["pyodide"]["wheel"],
                     pinned["wheel"], pinned["lite"], pinned["program"])
        for one in kind
    ]  # fmt: skip
    rows.append((
        "nn_helpers and, with JupyterLite 0.8.6, its own ipykernel, piplite, "
        "pyodide_kernel, widgetsnbextension", "MIT; JupyterLite: BSD-3-Clause",
    ))  # fmt: skip
    lines = "".join(f"<tr><td>{name}</td><td>{kind}</td></tr>" for name, kind in rows)
    return (
        "<h1>What this site is made of</h1><p>The lessons and their code: MIT licence. "
        f"Python in the page is Pyodide {pinned['pyodide']['version']}. These files of "
        "others are shipped as they are (of the font, the letters that occur), or have "
        'made a part of the site:</p><div class="table" tabindex="0"><table><thead><tr>'
        f"<th>file</th><th>licence</th></tr></thead><tbody>{lines}</tbody></table></div>"
    )


def index(site, megabytes, lite):
    rows = []
    for path in LESSONS:
        first, second = nbformat.read(path, as_version=4).cells[:2]
        words = Words(path, "index.html", ())
        sentence = first.source.split("\n\n")[1]
        aims = re.search(r"\*\*What you will learn\*\*\n\n((?:- .*\n)+)", second.source)
        rows.append({
            "href": page_of(path), "title": heading(path), "face": site.faces[path],
            "minutes": -int(-class_minutes(path) // 1),
            "sentence": rendered(words, sentence), "aims": rendered(words, aims[1]),
        })  # fmt: skip
    about = (ROOT / "README.md").read_text(encoding="utf-8").split("\n\n")[2]
    about = about.replace("Jupyter lessons", "Lessons to read, move, change and run", 1)
    site.write(
        "index.html",
        "index.html",
        title=SERIES,
        kind="index",
        lessons=rows,
        megabytes=megabytes,
        about=about,
        lite=lite,
    )


def font(site):
    """The letters of the formulas, out of the font; a page of 60 kB, not of 1.5 MB."""
    used = set()
    for page in site.written:
        for formula in re.findall(
            r"<math.*?</math>", page.read_text(encoding="utf-8"), re.S
        ):
            used |= set(map(ord, html.unescape(re.sub(r"<[^>]+>", "", formula))))
    # Browsers draw single letters from the mathematical italics, and a root that is
    # an element, not a letter.
    italics = range(0x1D434, 0x1D468), range(0x1D6E2, 0x1D71C), [0x210E]
    used |= set().union(*italics) | {ord("√")}
    (file,) = members("ziamath").values()
    whole = TTFont(io.BytesIO(file))
    subsetter = subset.Subsetter(subset.Options(layout_features=["*"]))
    subsetter.populate(unicodes=used)
    subsetter.subset(whole)
    whole.flavor = "woff"
    whole.save(site.folder / "formulas.woff")


def members(package):
    """{name: bytes} of the files that the site takes out of a wheel."""
    (pinned,) = (w for w in pins()["wheel"] if w["package"].startswith(f"{package}=="))
    with zipfile.ZipFile(FETCHED / pinned["file"]) as archive:
        return {Path(one).name: archive.read(one) for one in pinned["members"]}


def editor(site):
    """The library that the cells are written in."""
    folder = site.folder / "codemirror"
    folder.mkdir()
    for name, content in members("nicegui").items():
        (folder / name).write_bytes(content)


def python(site):
    """Pyodide, its packages, and the course as one archive; returns megabytes."""
    folder = site.folder / "python"
    folder.mkdir(parents=True, exist_ok=True)
    pinned = pins()
    wheels = [one["file"] for one in python_wheels(pinned)]
    names = [*(one["file"] for one in pinned["pyodide"]["core"]), *wheels]
    for name in names:
        shutil.copyfile(compiled.file(name), folder / name)
    with zipfile.ZipFile(folder / "course.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for own in ("kernel.py", "inline.py"):
            archive.write(HERE / own, own)
        for kept in ("nn_helpers", "data"):
            for path in sorted((ROOT / kept).rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts:
                    archive.write(path, path.relative_to(ROOT))
    lock = lock_file(pinned["pyodide"], [folder / name for name in wheels])
    (folder / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    counted = [*names, "course.zip", "pyodide-lock.json"]
    files = {
        "packages": list(lock["packages"]),
        "bytes": sum((folder / name).stat().st_size for name in counted[1:]),
    }
    (folder / "files.json").write_text(json.dumps(files), encoding="utf-8")
    return round(files["bytes"] / 1e6)


def app(site):
    """What a phone or laptop needs to install the site: a name and a picture."""
    icon = Image.new("RGB", (1024, 1024), "#ffffff")
    pen = ImageDraw.Draw(icon)
    layers = [
        [(240, 320), (240, 704)],
        [(512, 200), (512, 512), (512, 824)],
        [(784, 512)],
    ]
    for before, after in itertools.pairwise(layers):
        for line in itertools.product(before, after):
            pen.line(line, fill="#55585c", width=22)
    for x, y in itertools.chain(*layers):
        colour = "#c2410c" if x == 784 else "#0b57a4"
        pen.ellipse((x - 84, y - 84, x + 84, y + 84), fill=colour)
    icons = []
    for size in (192, 512):
        icon.resize((size, size), Image.LANCZOS).save(site.folder / f"icon-{size}.png")
        icons.append({"src": f"icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png",
                      "purpose": "any maskable"})  # fmt: skip
    manifest = {
        "name": SERIES, "short_name": "Network mechanics", "start_url": "index.html",
        "scope": "./", "display": "standalone", "background_color": "#ffffff",
        "theme_color": "#0b57a4", "icons": icons,
    }  # fmt: skip
    (site.folder / "app.webmanifest").write_text(json.dumps(manifest), encoding="utf-8")


def edition(folder):
    """List what the service worker keeps: every file and its checksum."""
    files = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in ("sw.js", "edition.js", "_headers"):
            digest = hashlib.sha256(path.read_bytes()).digest()
            files[name] = base64.b64encode(digest[:12]).decode("ascii")
    first = [name for name in files if not name.startswith(LATER)]
    (folder / "edition.js").write_text(
        f"const FILES = {json.dumps(files)};\nconst FIRST = {json.dumps(first)};\n",
        encoding="utf-8",
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--no-solutions", action="store_true")
    parser.add_argument("--lite", action="store_true")
    parser.add_argument("--to", type=Path, default=ROOT / "dist" / "site")
    arguments = parser.parse_args()
    site = Site(emptied(arguments.to), solutions=not arguments.no_solutions)
    for name in (*SCRIPTS, "style.css", "editor.css"):
        shutil.copyfile(HERE / name, site.folder / name)
    # Each page says it itself; the workers have only headers, which some hosts read here.
    headers = "".join(
        f"/{name}\n  Content-Security-Policy: {POLICY}\n"
        for name in ("worker.js", "sw.js")
    )
    (site.folder / "_headers").write_text(headers, encoding="utf-8")
    editor(site)
    megabytes = python(site)
    lessons(site, megabytes)
    texts(site)
    index(site, megabytes, arguments.lite)
    font(site)
    search = [sys.executable, "-m", "pagefind_bin", "--site", site.folder, "--quiet"]
    subprocess.run(search, check=True)
    for unused in ("*-ui.*", "*-highlight.js", "wasm.unknown.*"):
        for path in (site.folder / "pagefind").glob(unused):
            path.unlink()
    app(site)
    edition(site.folder)
    size = sum(path.stat().st_size for path in site.folder.rglob("*") if path.is_file())
    print(f"{len(site.written)} pages, {size / 1e6:.0f} MB in {site.folder}")


def emptied(folder):
    """The folder, empty; one that is not of this program's making is left alone."""
    if (
        folder.exists()
        and any(folder.iterdir())
        and not (folder / "worker.js").exists()
    ):
        raise SystemExit(f"{folder} holds other things; name an empty folder")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder.resolve()


if __name__ == "__main__":
    main()
