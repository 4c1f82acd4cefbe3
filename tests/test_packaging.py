"""What is installed is what stands in the repository."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_every_package_is_listed() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    shipped_as = {folder: name for name, folder in config["package-dir"].items()}
    packages = {
        ".".join([shipped_as.get(top, top), *rest])
        for folder in ("alliance_check", "cli", "data")
        for init in (ROOT / folder).rglob("__init__.py")
        for top, *rest in [init.parent.relative_to(ROOT).parts]
    }
    assert set(config["packages"]) == packages, (
        "add the package to [tool.setuptools] packages in pyproject.toml: "
        "one that is missing works here and is silently absent from the wheel"
    )


def test_the_version_stands_in_one_place_and_its_copy_agrees() -> None:
    from alliance_check import __version__

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == __version__
