"""What the operator decides: read once at start from environment and arguments, all faults in one message."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from veripo_trainer.contract import Name
from veripo_trainer.service.machine import BUILTIN_MODULE, default_memory_limit

GIB = 1 << 30
_MIN_TOKEN_CHARS = 16
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_engines_adapter: TypeAdapter[dict[Name, list[str]]] = TypeAdapter(dict[Name, list[str]])


class ConfigError(Exception):
    """The service cannot start like this; the text lists every fault."""


@dataclass(frozen=True)
class Config:
    """Everything the service was told."""

    data: Path
    token: str = field(repr=False)
    models: Path
    devices: tuple[str, ...] | None = None
    """Names such as `cpu` or `cuda-0`; None asks torch."""
    engines: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: {"builtin": builtin_engine()})
    """Argument list that starts each engine; the job folder is added at its end."""
    reward_origins: frozenset[str] = frozenset()
    """Where rewards may be asked besides loopback, e.g. `https://studio.example`."""
    max_file_bytes: int = 16 * GIB
    min_free_disk_bytes: int = 2 * GIB
    max_memory_bytes: int | None = None
    """Of one job; None where this cannot be measured."""
    max_unfinished_jobs: int = 200
    stop_grace_seconds: float = 20.0
    """Between SIGTERM and SIGKILL."""
    on_stop: Literal["end", "leave"] = "end"
    """What becomes of running jobs when the service is asked to stop: ended and continued later, or left running."""
    tick_seconds: float = 0.2


def builtin_engine() -> tuple[str, ...]:
    """The argument list of the built-in engine, on this very Python."""
    return (sys.executable, "-m", BUILTIN_MODULE)


def read_config(environ: Mapping[str, str]) -> Config:
    """Build the configuration from `VERIPO_TRAINER_*` variables.

    Raises:
        ConfigError: with one line per fault.
    """
    faults: list[str] = []

    def number(name: str, default: float, low: float) -> float:
        text = environ.get(name, "")
        try:
            value = float(text) if text else default
        except ValueError:
            value = float("nan")
        if not low <= value < float("inf"):
            faults.append(f"{name} must be a number of at least {low:g}, not {text!r}")
            return default
        return value

    data = Path(environ.get("VERIPO_TRAINER_DATA") or "trainer-data").expanduser().resolve()
    token = _token(environ, faults)
    memory = default_memory_limit()
    if environ.get("VERIPO_TRAINER_MAX_MEMORY_GIB"):
        memory = int(number("VERIPO_TRAINER_MAX_MEMORY_GIB", 0, 0.1) * GIB)
    on_stop = environ.get("VERIPO_TRAINER_ON_STOP") or "end"
    if on_stop not in ("end", "leave"):
        faults.append(f"VERIPO_TRAINER_ON_STOP must be end or leave, not {on_stop!r}")
    config = Config(
        data=data,
        token=token,
        models=Path(environ.get("VERIPO_TRAINER_MODELS") or data / "models").expanduser().resolve(),
        devices=_devices(environ, faults),
        engines={"builtin": builtin_engine(), **_engines(environ, faults)},
        reward_origins=frozenset(_origins(environ, faults)),
        max_file_bytes=int(number("VERIPO_TRAINER_MAX_FILE_GIB", 16, 0.001) * GIB),
        min_free_disk_bytes=int(number("VERIPO_TRAINER_MIN_FREE_DISK_GIB", 2, 0) * GIB),
        max_memory_bytes=memory,
        max_unfinished_jobs=int(number("VERIPO_TRAINER_MAX_UNFINISHED_JOBS", 200, 1)),
        stop_grace_seconds=number("VERIPO_TRAINER_STOP_GRACE_SECONDS", 20, 0),
        on_stop="leave" if on_stop == "leave" else "end",
    )
    if faults:
        raise ConfigError("The trainer cannot start:\n" + "\n".join(f"- {fault}" for fault in faults))
    return config


def reward_origin_allowed(config: Config, url: str) -> bool:
    """Whether rewards may be asked at `url`: on this machine always, elsewhere where the operator said so."""
    parts = urlsplit(url)
    return parts.hostname in _LOOPBACK or f"{parts.scheme}://{parts.netloc}".lower() in config.reward_origins


def _token(environ: Mapping[str, str], faults: list[str]) -> str:
    token = environ.get("VERIPO_TRAINER_TOKEN", "")
    file = environ.get("VERIPO_TRAINER_TOKEN_FILE", "")
    if not token and file:
        try:
            token = Path(file).expanduser().read_text(encoding="utf-8").strip()
        except OSError as error:
            faults.append(f"VERIPO_TRAINER_TOKEN_FILE cannot be read: {error.strerror} ({file})")
            return ""
    if len(token) < _MIN_TOKEN_CHARS or not token.isascii() or not token.isprintable() or " " in token:
        faults.append(
            f"VERIPO_TRAINER_TOKEN or VERIPO_TRAINER_TOKEN_FILE must give a token of at least {_MIN_TOKEN_CHARS} "
            "printable ASCII characters; `openssl rand -hex 32` makes one"
        )
    return token


def _devices(environ: Mapping[str, str], faults: list[str]) -> tuple[str, ...] | None:
    text = environ.get("VERIPO_TRAINER_DEVICES", "")
    if not text:
        return None
    names = tuple(name.strip() for name in text.split(","))
    wrong = [name for name in names if name != "cpu" and not (name.startswith("cuda-") and name[5:].isdecimal())]
    if wrong or len(set(names)) < len(names):
        faults.append(f"VERIPO_TRAINER_DEVICES must list cpu or cuda-0, cuda-1, … once each, not {text!r}")
    return names


def _engines(environ: Mapping[str, str], faults: list[str]) -> dict[str, tuple[str, ...]]:
    text = environ.get("VERIPO_TRAINER_ENGINES", "")
    if not text:
        return {}
    try:
        found = _engines_adapter.validate_python(json.loads(text))
    except (ValueError, ValidationError):
        found = {"": []}
    if not all(found.values()):
        faults.append('VERIPO_TRAINER_ENGINES must be JSON such as {"mine": ["python", "-m", "mine"]}')
        return {}
    return {name: tuple(arguments) for name, arguments in found.items()}


def _origins(environ: Mapping[str, str], faults: list[str]) -> list[str]:
    origins: list[str] = []
    for text in filter(None, (part.strip() for part in environ.get("VERIPO_TRAINER_REWARD_ORIGINS", "").split(","))):
        parts = urlsplit(text)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path not in ("", "/"):
            faults.append(
                f"VERIPO_TRAINER_REWARD_ORIGINS must list origins such as https://studio.example, not {text!r}"
            )
        origins.append(f"{parts.scheme}://{parts.netloc}".lower())
    return origins
