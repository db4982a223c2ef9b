"""Ask Kaggle's own command-line client whether it would push what is in dist/kaggle.

    python official_client.py BUILT

Its validation runs before it talks to Kaggle; there it is stopped.
"""

import contextlib
import io
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from unittest import mock

os.environ |= {"KAGGLE_USERNAME": "ada", "KAGGLE_KEY": "0" * 32}
from kaggle.api.kaggle_api_extended import KaggleApi
from requests import HTTPError


class Reached(Exception):
    """The client has no objection and wants to talk to Kaggle."""


def would_push(api, folder):
    """What the client says before it pushes a lesson; ValueError if it will not."""
    said = io.StringIO()
    with (
        mock.patch.object(api, "build_kaggle_client", side_effect=Reached),
        contextlib.redirect_stdout(said),
        contextlib.suppress(Reached),
    ):
        api.kernels_push(str(folder))
        raise AssertionError("the client never came to pushing")
    return said.getvalue()


def would_create(api, folder):
    """The files and folders that the client would upload, folders as zips."""
    with (
        mock.patch.object(api, "dataset_status", side_effect=HTTPError),
        mock.patch.object(api, "upload_files", side_effect=Reached) as upload,
        contextlib.suppress(Reached),
    ):
        api.dataset_create_new(str(folder), dir_mode="zip")
        raise AssertionError("the client never came to uploading")
    (call,) = upload.call_args_list
    assert "zip" in [*call.args, *call.kwargs.values()]


def main():
    built, api = Path(sys.argv[1]), KaggleApi()
    api.config_values["username"] = "ada"
    lessons = sorted(path.parent for path in built.glob("[0-9]*/kernel-metadata.json"))
    assert len(lessons) >= 11
    for folder in lessons:
        assert would_push(api, folder) == "", folder.name
    would_create(api, built / "data_set")
    # It does look: each of these it refuses.
    for folder, name, key, value in (
        (lessons[0], "kernel-metadata.json", "title", "00"),
        (lessons[0], "kernel-metadata.json", "dataset_sources", ["no-owner"]),
        (built / "data_set", "dataset-metadata.json", "licenses", []),
    ):
        with tempfile.TemporaryDirectory() as home:
            broken = shutil.copytree(folder, Path(home) / "broken")
            about = json.loads((broken / name).read_text(encoding="utf-8"))
            text = json.dumps(about | {key: value})
            (broken / name).write_text(text, encoding="utf-8")
            look = would_create if name.startswith("dataset") else would_push
            try:
                look(api, broken)
            except ValueError:
                continue
            raise AssertionError(f"the client took {key} = {value!r}")
    print(f"Kaggle's client would push {len(lessons)} lessons and their data set")


if __name__ == "__main__":
    main()
