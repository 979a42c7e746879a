"""The containers: a compose file that holds to its specification, an image installed the way bin/run installs."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from launch import ROOT
from launch.processes import COMMANDS

COMPOSE = ROOT / "docker-compose.yml"
DOCKERFILE = (ROOT / "Dockerfile").read_text()


@pytest.fixture(scope="module")
def services() -> dict:
    return yaml.safe_load(COMPOSE.read_text())["services"]


def test_compose_file_holds_to_the_specification():
    check = Path(sys.executable).parent / "check-jsonschema"

    done = subprocess.run([check, "--builtin-schema", "vendor.compose-spec", COMPOSE], capture_output=True, text=True)

    assert (done.returncode, done.stdout) == (0, "ok -- validation done\n")


def test_compose_file_has_every_process_and_what_they_share(services):
    assert set(services) == {*COMMANDS, "migrate", "postgres", "redis"}


@pytest.mark.parametrize("name", COMMANDS)
def test_process_in_a_container_is_that_of_bin_run(services, name):
    assert services[name]["command"] == ["python", "-m", "launch.processes", name]


@pytest.mark.parametrize("name", COMMANDS)
def test_process_waits_for_servers_that_are_well_and_for_the_migration(services, name):
    assert services[name]["depends_on"] == {
        "postgres": {"condition": "service_healthy"},
        "redis": {"condition": "service_healthy"},
        "migrate": {"condition": "service_completed_successfully"},
    }


@pytest.mark.parametrize("name", [*COMMANDS, "postgres", "redis"])
def test_what_runs_on_has_a_health_check(services, name):
    assert services[name]["healthcheck"]["test"]


def test_worker_can_be_multiplied(services):
    assert not {"container_name", "ports", "hostname"} & services["worker"].keys()


def test_files_are_shared_on_named_volumes(services):
    volumes = {name: service["volumes"] for name, service in services.items()}

    shared = {name: ["data:/data"] for name in (*COMMANDS, "migrate")}
    assert volumes == {**shared, "postgres": ["postgres:/var/lib/postgresql/data"], "redis": ["redis:/data"]}
    assert set(yaml.safe_load(COMPOSE.read_text())["volumes"]) == {"data", "postgres", "redis"}


def test_secrets_have_no_default():
    uses = re.findall(r"\$\{(\w*(?:PASSWORD|SECRET)\w*)(.*?)\}", COMPOSE.read_text())

    assert {name for name, _ in uses} == {"POSTGRES_PASSWORD", "REDIS_PASSWORD", "SECRET_KEY"}
    assert all(rest.startswith(":?") for _, rest in uses)


def test_published_port_is_for_this_machine_alone(services):
    published = {name: service["ports"] for name, service in services.items() if "ports" in service}

    assert published == {"web": ["127.0.0.1:${WEB_PORT:-8000}:8000"]}


def test_image_is_installed_the_way_bin_run_installs():
    in_image = re.findall(r"^RUN .*bin/install ([a-z ]+?)(?: \\)?$", DOCKERFILE, re.MULTILINE)
    in_run = re.findall(r"/bin/install\" ([a-z ]+?) --", (ROOT / "bin" / "run").read_text())

    assert in_image == in_run == ["app"]


def test_image_takes_no_other_packages_than_python():
    packages = re.findall(r"apt-get install -y --no-install-recommends (.*?) \\", DOCKERFILE)

    assert packages == ["ca-certificates python3"]


def test_what_the_image_has_before_its_installation_is_enough(tmp_path):
    before = DOCKERFILE.partition("RUN UV_")[0]
    for sources, target in re.findall(r"^COPY (.*) (\S+)$", before, re.MULTILINE):
        for source in sources.split():
            place = tmp_path / target / Path(source).name if target.endswith("/") else tmp_path / target
            copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copy
            place.parent.mkdir(exist_ok=True)
            copy(ROOT / source, place)
    (tmp_path / ".venv").mkdir()

    done = subprocess.run([tmp_path / "bin" / "install", "app"], capture_output=True, text=True)

    assert done.stderr == f"{tmp_path}/.venv was made by something else. Move it away, then start again.\n"


def test_image_runs_as_an_ordinary_user():
    assert re.findall(r"^USER (.*)$", DOCKERFILE, re.MULTILINE)[-1] == "moments"


def test_image_holds_every_package_of_the_product():
    kept = {line.removeprefix("!") for line in (ROOT / ".dockerignore").read_text().splitlines() if line[0] == "!"}

    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "checks", "benchmarks"}
    assert packages <= kept
    assert {"manage.py", "templates", "static", "bin", "locks"} <= kept
