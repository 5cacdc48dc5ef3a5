"""The one expected error of the service and its way to HTTP."""

from __future__ import annotations

from typing import Literal

Code = Literal[
    "unauthorized", "not_found", "invalid", "conflict", "missing_files", "too_large", "no_space", "busy", "rewound"
]

STATUS: dict[Code, int] = {
    "unauthorized": 401,
    "not_found": 404,
    "conflict": 409,
    "missing_files": 409,
    "rewound": 409,
    "too_large": 413,
    "invalid": 422,
    "busy": 429,
    "no_space": 507,
}


class ServiceError(Exception):
    """A refusal that the caller can understand and mend."""

    def __init__(self, code: Code, message: str, missing: list[str] | None = None) -> None:
        super().__init__(message)
        self.code: Code = code
        self.message = message
        self.missing = missing or []


def format_bytes(count: int) -> str:
    """E.g. `1.5 GiB`, for sentences."""
    value = float(count)
    for unit in ("bytes", "KiB", "MiB", "GiB"):
        if value < 1024:
            return f"{value:.0f} bytes" if unit == "bytes" else f"{value:.1f} {unit}"
        value /= 1024
    return f"{value:.1f} TiB"
