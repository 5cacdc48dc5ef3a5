import sys
from pathlib import Path

import pytest
import torch

sys.path.insert(0, str(Path(__file__).parent))
# Two cores, several tests: threads only get into each other's way.
torch.set_num_threads(1)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory):  # noqa: ANN201 - its type lies beside the tests
    from helpers import World

    return World(tmp_path_factory.mktemp("clips"), 8)
