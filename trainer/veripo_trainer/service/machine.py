"""What the machine has: disk, memory, devices and installed packages."""

from __future__ import annotations

import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from veripo_trainer.service.messages import Device, Space

_PROBE_SECONDS = 120
_PACKAGES = ("torch", "transformers", "peft", "accelerate", "safetensors", "av", "numpy")
_ENGINE_PACKAGES = ("torch", "transformers", "peft", "safetensors", "av")
BUILTIN_MODULE = "veripo_trainer.engine"
_MEMORY_SHARE = 0.9

# Importing torch takes seconds and hundreds of megabytes: a process of its own does it once and ends.
_PROBE = """
import json, torch
devices = [{"name": "cpu", "kind": "cpu", "model": "CPU", "memoryBytes": None}]
for index in range(torch.cuda.device_count() if torch.cuda.is_available() else 0):
    found = torch.cuda.get_device_properties(index)
    devices.append({"name": f"cuda-{index}", "kind": "cuda", "model": found.name, "memoryBytes": found.total_memory})
print(json.dumps(devices))
"""


def packages() -> dict[str, str]:
    """Versions of the installed packages that decide what training computes."""
    found: dict[str, str] = {}
    for name in _PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def engine_fault(arguments: Sequence[str]) -> str | None:
    """Why an engine cannot run here, in a sentence; None when nothing speaks against it."""
    if shutil.which(arguments[0]) is None:
        return f"{arguments[0]} is not installed."
    if arguments[0] == sys.executable and BUILTIN_MODULE in arguments:
        missing = [name for name in _ENGINE_PACKAGES if find_spec(name) is None]
        return f"Python packages are missing: {', '.join(missing)}." if missing else None
    return None


def probe_devices() -> list[Device]:
    """The devices torch sees, GPUs first; only the CPU where torch is missing or broken."""
    try:
        done = subprocess.run([sys.executable, "-c", _PROBE], capture_output=True, timeout=_PROBE_SECONDS, check=True)
        devices = [Device.model_validate(found) for found in json.loads(done.stdout)]
    except (OSError, subprocess.SubprocessError, ValueError):
        devices = [named_device("cpu")]
    return sorted(devices, key=lambda device: device.kind == "cpu")


def named_device(name: str) -> Device:
    """A device that the operator named, without asking torch about it."""
    return Device(name=name, kind="cpu" if name == "cpu" else "cuda", model=name, memory_bytes=None)


def disk_space(folder: Path) -> Space:
    """Total and free bytes of the disk that `folder` is on."""
    usage = shutil.disk_usage(folder)
    return Space(total_bytes=usage.total, free_bytes=usage.free)


def memory_space() -> Space | None:
    """Total and available bytes of main memory, a container's limit included; None where the system does not say."""
    try:
        rows = dict(line.split(":", 1) for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines())
        total = int(rows["MemTotal"].split()[0]) * 1024
        free = int(rows["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        return None
    try:
        limit = int(Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii"))
        used = int(Path("/sys/fs/cgroup/memory.current").read_text(encoding="ascii"))
        total, free = min(total, limit), min(free, max(0, limit - used))
    except (OSError, ValueError):
        pass  # no container limit ("max"), or not this kind of system: the machine's own figures stand
    return Space(total_bytes=total, free_bytes=free)


def default_memory_limit() -> int | None:
    """What one job may use unless the operator says otherwise: a share of all there is."""
    space = memory_space()
    return None if space is None else int(space.total_bytes * _MEMORY_SHARE)


def group_memory_bytes(group: int) -> int:
    """Resident bytes of all processes in a process group; 0 where the system does not say."""
    page = os.sysconf("SC_PAGE_SIZE")
    total = 0
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            # The name in parentheses may hold spaces and parentheses: fields are counted after the last one.
            fields = (entry / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # the process ended meanwhile
        if int(fields[2]) == group:
            total += int(fields[21]) * page
    return total
