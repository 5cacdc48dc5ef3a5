from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from support import Service  # noqa: E402 - its folder is no package, so that it must be put on the path first


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One service for all tests of a module that do not harm it."""
    running = Service(tmp_path_factory.mktemp("trainer") / "data").start()
    yield running
    running.close()


@pytest.fixture
def make_service(tmp_path: Path) -> Iterator[Callable[..., Service]]:
    """Services that a test may kill; all over the same data folder."""
    made: list[Service] = []

    def make(**environment: str) -> Service:
        made.append(Service(tmp_path / "data", **environment))
        return made[-1]

    yield make
    for running in made:
        running.close()
