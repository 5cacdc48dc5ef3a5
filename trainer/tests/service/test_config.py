from __future__ import annotations

from pathlib import Path

import pytest

from veripo_trainer.service.config import ConfigError, read_config, reward_origin_allowed

TOKEN = {"VERIPO_TRAINER_TOKEN": "0123456789abcdef"}


@pytest.mark.parametrize(
    ("name", "environment", "fault"),
    [
        ("no token", {}, "openssl rand -hex 32"),
        ("short token", {"VERIPO_TRAINER_TOKEN": "short"}, "at least 16"),
        ("token with a space", {"VERIPO_TRAINER_TOKEN": "0123456789 abcdef"}, "printable ASCII"),
        ("token file missing", {"VERIPO_TRAINER_TOKEN_FILE": "/nonexistent/token"}, "cannot be read"),
        ("devices", {**TOKEN, "VERIPO_TRAINER_DEVICES": "gpu"}, "cuda-0"),
        ("device twice", {**TOKEN, "VERIPO_TRAINER_DEVICES": "cpu,cpu"}, "once each"),
        ("number", {**TOKEN, "VERIPO_TRAINER_MAX_FILE_GIB": "many"}, "MAX_FILE_GIB must be a number"),
        ("infinity", {**TOKEN, "VERIPO_TRAINER_MAX_FILE_GIB": "inf"}, "MAX_FILE_GIB must be a number"),
        ("on stop", {**TOKEN, "VERIPO_TRAINER_ON_STOP": "kill"}, "end or leave"),
        ("engines", {**TOKEN, "VERIPO_TRAINER_ENGINES": "rm -rf /"}, "must be JSON"),
        ("engine name", {**TOKEN, "VERIPO_TRAINER_ENGINES": '{"../x": ["y"]}'}, "must be JSON"),
        ("engine without command", {**TOKEN, "VERIPO_TRAINER_ENGINES": '{"x": []}'}, "must be JSON"),
        ("origin", {**TOKEN, "VERIPO_TRAINER_REWARD_ORIGINS": "studio.example/path"}, "origins such as"),
    ],
)
def test_faults_are_named(name: str, environment: dict[str, str], fault: str) -> None:
    with pytest.raises(ConfigError, match=fault):
        read_config(environment)


def test_all_faults_come_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        read_config({"VERIPO_TRAINER_DEVICES": "gpu", "VERIPO_TRAINER_ON_STOP": "x"})
    assert str(caught.value).count("\n- ") == 3


def test_the_token_may_come_from_a_file_and_is_not_printed(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("0123456789abcdef\n")
    config = read_config({"VERIPO_TRAINER_TOKEN_FILE": str(tmp_path / "token")})
    assert config.token == "0123456789abcdef" and "0123456789abcdef" not in repr(config)


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://127.0.0.1:3000/api/v1/rewards", True),
        ("http://localhost/rewards", True),
        ("http://[::1]:9/rewards", True),
        ("https://studio.example/api/v1/rewards", True),
        ("https://studio.example:444/api/v1/rewards", False),
        ("http://studio.example/api/v1/rewards", False),
        ("https://studio.example.evil.example/", False),
        ("http://127.0.0.1.evil.example/", False),
        ("http://169.254.169.254/", False),
    ],
)
def test_rewards_are_asked_only_where_allowed(url: str, allowed: bool) -> None:
    config = read_config({**TOKEN, "VERIPO_TRAINER_REWARD_ORIGINS": "https://studio.example"})
    assert reward_origin_allowed(config, url) == allowed
