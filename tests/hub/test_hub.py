"""The class's hub: who comes in, what each sees, and what one cannot do to the others."""

import asyncio
import hashlib
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psutil
import pytest

from .conftest import ROOT, Seat, opened

HUB = ROOT / "classroom" / "hub"
ROOTLESS = os.geteuid() != 0
NOBODY = 65534


def test_a_class_at_work_meets_no_error(tmp_path):
    """Ten at once; one waits for a slider no longer than one would notice."""
    from load import class_of, hub, report

    opened(tmp_path)
    names = [f"learner{i}" for i in range(10)]
    with hub(names, tmp_path) as (address, passwords, running):
        said = asyncio.run(class_of(address, passwords, running))
    assert report(said, len(names))
    assert len(said["slider"]) > 300
    assert len(said["memory"]) == len(names)
    assert sorted(said["slider"])[len(said["slider"]) // 2] < 0.5


def test_nobody_comes_in_without_a_name_of_the_class_and_its_password(room, folder):
    from load import Learner
    from start import Class

    address, passwords, _ = room
    with httpx.Client(base_url=address, follow_redirects=True) as anyone:
        for page in ("/", "/hub/home", "/hub/admin", "/user/ada/lab", "/hub/spawn"):
            assert anyone.get(page).url.path == "/hub/login"
        assert anyone.get("/hub/signup").status_code == 404
        assert anyone.get("/hub/api/users").status_code == 403
        cookies = anyone.get("/hub/login").headers.get_list("set-cookie")
        assert cookies and all(
            "HttpOnly" in one for one in cookies if "xsrf" not in one
        )
    # One who knows the hub's secret, and is in no list.
    secret = Class(folder).secret().encode()
    stranger = hashlib.pbkdf2_hmac("sha256", b"dora", secret, 25000).hex()[:12]
    tries = {"ada": passwords["ben"], "ben": "", "dora": stranger}
    for name, password in tries.items():
        assert not asyncio.run(let_in(Learner(address, name), password)), name


async def let_in(learner, password):
    try:
        return await learner.log_in(password)
    finally:
        await learner.close()


TRIES = {
    "read a neighbour's file": "print(open({path!r}).read())",
    "list the neighbours": "import os; print(os.listdir({homes!r}))",
    "read the passwords": "print(open({passwords!r}).read())",
    "read the hub's secret": "print(open({secret!r}).read())",
    "write into the course": "open('/course/nn_helpers/__init__.py', 'a')",
    "see a neighbour's processes": """
import pathlib
lines = [p.read_bytes() for p in pathlib.Path('/proc').glob('[0-9]*/cmdline')]
assert any(b'jupyterhub_config' in line or b'/homes/ben' in line for line in lines)
""",
}


def test_learners_cannot_read_one_another(folder, seats):
    apart(folder, seats)
    # Nor through the hub: the neighbour's server does not know her.
    ada = seats["ada"].learner
    reply = seats["ada"].do(ada.client.get("/user/ben/api/contents/my_work/mine.txt"))
    assert reply.status_code in (403, 404)
    users = [seat.run("import os; print(os.getuid())") for seat in seats.values()]
    assert ROOTLESS or len({*users, "0\n"}) == len(users) + 1
    assert (folder / "homes" / "ben").stat().st_mode & 0o077 == 0


@pytest.fixture
def python_for_all():
    """Python may live where only its owner may go; for the test others may pass through."""
    closed = [
        folder
        for folder in Path(sys.executable).resolve().parents
        if not folder.stat().st_mode & 0o001
    ]
    for folder in closed:
        folder.chmod(folder.stat().st_mode | 0o001)
    yield
    for folder in closed:
        folder.chmod(folder.stat().st_mode & ~0o001)


@pytest.mark.skipif(ROOTLESS, reason="the other tests are this one")
@pytest.mark.usefixtures("python_for_all")
def test_the_walls_alone_keep_them_apart_where_the_hub_is_no_root(tmp_path):
    from load import hub

    os.chown(opened(tmp_path), NOBODY, NOBODY)
    nobody = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    settings = {"HOME": str(tmp_path)}
    with hub(["ada", "ben"], tmp_path, nobody, **settings) as room:
        seats = {name: Seat(room, name) for name in ("ada", "ben")}
        apart(tmp_path, seats)
        for seat in seats.values():
            seat.close()


def apart(folder, seats):
    assert seats["ben"].run("open('mine.txt', 'w').write('secret')") == ""
    mine = folder / "homes" / "ben" / "mine.txt"
    assert mine.read_text("utf-8") == "secret"
    facts = {
        "path": str(mine), "homes": str(folder / "homes"),
        "passwords": str(folder / "passwords.txt"), "secret": str(folder / "hub" / "secret"),
    }  # fmt: skip
    for what, line in TRIES.items():
        said = seats["ada"].run(line.format(**facts))
        assert re.fullmatch(r"\w+Error", said), (what, said)


def test_a_kernel_listens_on_files_where_no_neighbour_gets_to(seats):
    said = seats["ben"].run(
        "from ipykernel import get_connection_info as i; print(i())"
    )
    assert '"transport": "ipc"' in said and '"ip": "/course/my_work/' in said


def test_what_a_learner_writes_does_not_configure_her_server(folder, seats):
    evil = "c.ServerApp.allow_origin = '*'; open('/course/my_work/was_here', 'w')"
    home = folder / "homes" / "ben"
    place = "os.path.expanduser('~/.jupyter')"
    seats["ben"].run(f"import os; os.makedirs({place}, exist_ok=True)")
    seats["ben"].run(
        f"open({place} + '/jupyter_server_config.py', 'w').write({evil!r})"
    )
    assert (home / ".jupyter" / "jupyter_server_config.py").exists()
    ben = seats["ben"].learner
    seats["ben"].do(ben.stop())
    seats["ben"].do(ben.start())
    seats["ben"].do(ben.kernel())
    assert not (home / "was_here").exists()


def test_no_learner_has_the_terminal_of_the_hub(room, folder, seats):
    _, _, running = room
    children = psutil.Process(running.pid).children()
    servers = [one for one in children if one.name() == "bwrap"]
    assert len(servers) == len(seats)
    for one in servers:
        held = [os.readlink(f"/proc/{one.pid}/fd/{number}") for number in range(3)]
        assert held == ["/dev/null"] + 2 * [str(folder / "hub" / "learners.log")]


def test_one_who_takes_everything_takes_it_from_nobody_else(seats):
    ada, ben = seats["ada"], seats["ben"]
    assert ada.run("import numpy; numpy.ones(2**29)") == "MemoryError"  # 4 GB
    assert ada.run("print(6 * 7)") == "42\n"

    async def both():
        endless = asyncio.ensure_future(ada.learner.run("while True: pass"))
        times = []
        for _ in range(5):
            begin = time.monotonic()
            await ben_runs()
            times.append(time.monotonic() - begin)
        kernels = await ada.learner.ask("GET", "api/kernels")
        await ada.learner.ask("POST", f"api/kernels/{kernels[0]['id']}/interrupt")
        return times, await endless

    async def ben_runs():
        return await asyncio.to_thread(ben.run, "print(sum(range(10**6)))")

    times, answers = ada.do(both())
    assert max(times) < 2
    assert any(m["content"].get("ename") == "KeyboardInterrupt" for m in answers)


def test_work_stays_and_the_report_reads_it(room, folder, seats):
    cleo = seats["cleo"]
    lesson = folder / "homes" / "cleo" / "06_backprop.ipynb"
    lesson.write_text(
        lesson.read_text("utf-8").replace("my_slope = ...", "my_slope = 2.0"), "utf-8"
    )
    cleo.do(cleo.learner.stop())
    again = Seat(room, "cleo")
    assert "my_slope = 2.0" in lesson.read_text("utf-8")
    setup, *_ = again.do(again.learner.lesson())
    assert again.run(setup) == ""
    assert again.run("print(nn_helpers.__file__)") == "/course/nn_helpers/__init__.py\n"
    again.close()
    command = [
        sys.executable,
        str(ROOT / "classroom" / "report.py"),
        str(folder / "homes"),
    ]
    settings = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=settings
    )
    assert done.returncode == 0, done.stderr
    report = (folder / "homes_results" / "report.html").read_text("utf-8")
    assert all(name in report for name in seats)


@pytest.mark.parametrize(
    "settings, said",
    [
        ({"PORT": "abc"}, "PORT is a number from 1 to 65533; got 'abc'"),
        ({"PORT": "65535"}, "got '65535'"),
        (
            {"PORT": "8765", "CERTIFICATE": "/nowhere", "KEY": "/nowhere"},
            "none at /nowhere",
        ),
    ],
)
def test_a_setting_that_is_wrong_is_named(tmp_path, settings, said):
    code, words = started(tmp_path, **settings)
    assert code != 0 and said in words


def test_lists_from_windows_are_read(tmp_path):
    from start import Class

    (tmp_path / "students.txt").write_bytes("\ufeffada\r\nben\r\n".encode())
    (tmp_path / "teachers.txt").write_bytes(b"grace\r\n")
    assert Class(tmp_path).students == {"ada", "ben"}
    (tmp_path / "students.txt").write_bytes("ada\r\n".encode("utf-16"))
    with pytest.raises(SystemExit, match="is not a text in UTF-8"):
        Class(tmp_path)


def test_an_address_is_one_of_numbers(tmp_path):
    code, said = started(tmp_path, ADDRESS="my-machine", PORT="8765")
    assert code != 0 and "got 'my-machine'" in said


def test_what_nobody_uses_is_looked_for(room, folder, seats):
    """The culler runs, and the hub lets it see who is there."""
    lines = (folder / "log.txt").read_text("utf-8").splitlines()
    asked = [one for one in lines if "(idle-culler@" in one]
    assert any(" 200 GET /hub/api/users" in one for one in asked)
    assert not any(" 403 " in one for one in asked)


def test_one_folder_has_one_hub(room, folder):
    code, said = started(folder, PORT="8765")
    assert code != 0 and "a hub runs already" in said


def test_who_is_no_longer_in_the_lists_has_no_right_left(tmp_path):
    from load import Learner, hub

    opened(tmp_path)

    async def asks(address, cookies=None, password=None):
        learner = Learner(address, "ben")
        if password:
            assert await learner.log_in(password)
        learner.client.cookies = cookies or learner.client.cookies
        reply = await learner.client.get("/hub/home")
        await learner.close()
        return reply.url.path, learner.client.cookies

    with hub(["ada", "ben"], tmp_path) as (address, passwords, _):
        path, cookies = asyncio.run(asks(address, password=passwords["ben"]))
        assert path == "/hub/home"
    with hub(["ada"], tmp_path) as (address, new, _):
        assert "ben" not in new
        path, _ = asyncio.run(asks(address, cookies))
        assert path == "/hub/login"
        assert not asyncio.run(let_in(Learner(address, "ben"), passwords["ben"]))


def started(folder, **environment):
    """The exit code and words of start.py, which is not to start."""
    for name, value in {"students.txt": "ada\n", "teachers.txt": "grace\n"}.items():
        if not (folder / name).exists():
            (folder / name).write_text(value, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(HUB / "start.py"), str(folder)], timeout=60, check=False,
        capture_output=True, text=True, env=os.environ | environment,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_it_refuses_an_address_of_the_world_without_tls(tmp_path):
    code, said = started(tmp_path, ADDRESS="0.0.0.0", PORT="8765")
    assert (
        code != 0
        and "ADDRESS=0.0.0.0 can be reached from elsewhere, so it needs TLS" in said
    )


@pytest.mark.parametrize(
    "lists, said",
    [
        ({"students.txt": "Ada Lovelace\n"}, "got 'Ada Lovelace'"),
        ({"students.txt": "grace\n"}, "grace: both student and teacher"),
        ({"students.txt": "../ada\n"}, "got '../ada'"),
        ({"students.txt": "", "teachers.txt": "\n"}, "nobody is in the lists"),
    ],
)
def test_a_list_that_is_wrong_is_named(tmp_path, lists, said):
    for name, text in lists.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    code, words = started(tmp_path)
    assert code != 0 and said in words


def test_without_a_folder_it_says_what_it_needs(tmp_path):
    done = subprocess.run(
        [sys.executable, str(HUB / "start.py"), str(tmp_path / "nowhere")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode != 0 and "FOLDER=my_class, with students.txt" in done.stderr


def test_with_tls_cookies_are_secure(tmp_path):
    from load import hub

    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=localhost", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    names = {"CERTIFICATE": str(certificate), "KEY": str(key)}
    with hub(["ada"], tmp_path, **names) as (address, passwords, _):
        assert address.startswith("https")
        with httpx.Client(base_url=address, verify=False, follow_redirects=True) as ada:
            xsrf = ada.get("/hub/login").cookies["_xsrf"]
            form = {"username": "ada", "password": passwords["ada"], "_xsrf": xsrf}
            reply = ada.post("/hub/login?next=/hub/home", data=form)
            given = [
                c
                for r in (*reply.history, reply)
                for c in r.headers.get_list("set-cookie")
            ]
    assert any("jupyterhub-session-id" in one for one in given)
    assert [one for one in given if "Secure" not in one] == []


def test_no_page_shows_a_token_in_an_address():
    for path in [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "classroom").rglob("*.md"),
    ]:
        assert not re.search(r"[?&]token=", path.read_text("utf-8")), path
