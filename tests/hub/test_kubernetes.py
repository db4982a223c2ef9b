"""values.yaml: what Kubernetes would be asked to run, as far as that shows without one."""

import asyncio
import re

import kubernetes_validate
import pytest
import yaml
from kubernetes_asyncio.client import ApiClient
from kubespawner.objects import make_pod
from traitlets.config import PyFileConfigLoader

from .conftest import ROOT

HUB = ROOT / "classroom" / "hub"
VALUES = yaml.safe_load((HUB / "values.yaml").read_text("utf-8"))


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """The configuration of the hub for one machine."""
    for name in ("students.txt", "teachers.txt"):
        (tmp_path / name).write_text(name[0], encoding="utf-8")
    (tmp_path / "hub").mkdir()
    monkeypatch.setenv("CLASS_FOLDER", str(tmp_path))
    return PyFileConfigLoader("jupyterhub_config.py", path=str(HUB)).load_config()


def test_both_hubs_give_a_learner_the_same(machine):
    single, spawner = VALUES["singleuser"], VALUES["hub"]["config"]["KubeSpawner"]
    assert spawner["notebook_dir"] == machine.Spawner.notebook_dir
    assert spawner["args"] == machine.Spawner.args
    assert single["defaultUrl"] == machine.Spawner.default_url
    assert single["extraEnv"] == machine.Spawner.environment
    assert single["storage"]["homeMountPath"] == "/course/my_work"
    recipe = (HUB / "Dockerfile").read_text("utf-8")
    assert (
        "environment.txt" in recipe
        and "COPY classroom/hub/learner.sh /learner.sh" in recipe
    )
    assert "environment.txt" in (HUB / "requirements.txt").read_text("utf-8")
    for made in re.findall(r"^COPY (\S+)", recipe, re.M):
        assert (ROOT / made).exists() or made == "dist/student"  # made by make dist


async def serialized(pod):
    async with ApiClient() as client:
        return client.sanitize_for_serialization(pod)


def test_a_learners_pod_is_one_that_kubernetes_takes():
    single, spawner = VALUES["singleuser"], VALUES["hub"]["config"]["KubeSpawner"]
    home = {"name": "volume-ada", "mountPath": single["storage"]["homeMountPath"]}
    pod = make_pod(
        name="jupyter-ada",
        image=f"{single['image']['name']}:{single['image']['tag']}",
        cmd=single["cmd"] + spawner["args"],
        port=8888,
        uid=1000, fs_gid=100,  # the chart's own
        env=single["extraEnv"],
        volumes=[{"name": "volume-ada", "persistentVolumeClaim": {"claimName": "claim-ada"}}],
        volume_mounts=[home],
        cpu_limit=single["cpu"]["limit"], cpu_guarantee=single["cpu"]["guarantee"],
        mem_limit=single["memory"]["limit"], mem_guarantee=single["memory"]["guarantee"],
    )  # fmt: skip
    asked = asyncio.run(serialized(pod))
    kubernetes_validate.validate(asked, "1.34", strict=True)
    (container,) = asked["spec"]["containers"]
    assert container["args"][:2] == ["sh", "/learner.sh"]
    assert container["volumeMounts"] == [home]
    assert container["resources"]["limits"]["memory"] == single["memory"]["limit"]


def test_the_network_policy_is_one_that_kubernetes_takes():
    policy = VALUES["singleuser"]["networkPolicy"]
    asked = {
        "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
        "metadata": {"name": "singleuser"},
        "spec": {"podSelector": {}, "policyTypes": ["Egress"], "egress": policy["egress"]},
    }  # fmt: skip
    kubernetes_validate.validate(asked, "1.34", strict=True)
    asked["spec"]["egress"][0]["to"] = [{"ipBlok": {}}]
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(asked, "1.34", strict=True)
