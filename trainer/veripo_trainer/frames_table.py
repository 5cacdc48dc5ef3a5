"""Writes `fixtures/frames.json`: worked cases of sampler profile A that the studio and the trainer both test.

python -m veripo_trainer.frames_table > fixtures/frames.json
"""

from __future__ import annotations

import json
import sys
from typing import Any

from veripo_trainer.contract import Frames
from veripo_trainer.frames import ClipError, Size, sample_frames, seen_size, video_grid

VIDEO_R1 = {"maxFrames": 16, "maxPixels": 100_352}
MOVING_SHAPES = {"minPixels": 3136, "maxPixels": 3136}

# name, frames in the file, frames per second, profile
CLIPS: list[tuple[str, int, float, dict[str, Any]]] = [
    ("eight of a hundred, the published example", 100, 25.0, {"nframes": 8}),
    ("moving shapes: every frame", 8, 2.0, MOVING_SHAPES),
    ("Video-R1 takes 16 of a minute", 1800, 30.0, VIDEO_R1),
    ("two per second for 5 seconds", 150, 30.0, {}),
    ("a rate of 29.97", 900, 30_000 / 1001, {}),
    ("a short clip is raised to 4", 30, 30.0, {}),
    ("but not beyond its length", 3, 30.0, {}),
    ("an odd count is lowered", 75, 30.0, {}),
    ("two frames", 2, 25.0, {}),
    ("half an hour is cut to 768", 54_000, 30.0, {}),
    ("nframes 7 becomes 8", 100, 25.0, {"nframes": 7}),
    ("nframes 5 becomes 4, half to even", 100, 25.0, {"nframes": 5}),
    ("an odd least is raised", 20, 25.0, {"minFrames": 5}),
    ("four per second", 250, 25.0, {"fps": 4}),
    ("where doubles are one frame off", 19_728, 36.0, {"nframes": 548}),
    ("one frame is too few", 1, 25.0, {}),
    ("more than there are", 6, 25.0, {"nframes": 8}),
    ("no frames", 0, 25.0, {}),
]

# name, height, width, frames sampled, profile
SIZES: list[tuple[str, int, int, int, dict[str, Any]]] = [
    ("Video-R1, 1080p", 1080, 1920, 16, VIDEO_R1),
    ("Video-R1, 480p", 480, 640, 16, VIDEO_R1),
    ("Video-R1, 240p is raised over the cap", 240, 320, 16, VIDEO_R1),
    ("upstream, 1080p", 1080, 1920, 16, {}),
    ("upstream, 480p", 480, 640, 16, {}),
    ("768 frames share the budget", 1080, 1920, 768, {}),
    ("the video lowers the cap", 480, 640, 16, {"videoMaxPixels": 50_000}),
    ("moving shapes stay as they are", 56, 56, 8, MOVING_SHAPES),
    ("upright", 1920, 1080, 16, VIDEO_R1),
    ("a side of 42 rounds to even", 42, 4200, 4, {"minPixels": 784}),
    ("an odd count is filled", 280, 392, 15, VIDEO_R1),
    ("a line is refused", 10, 2001, 4, {}),
]


def table() -> dict[str, Any]:
    """The cases with their results, as JSON."""
    return {
        "comment": "Written by `python -m veripo_trainer.frames_table`; read by vitest and pytest.",
        "clips": [_clip(*case) for case in CLIPS],
        "sizes": [_size(*case) for case in SIZES],
    }


def _profile(part: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "qwen-vl-utils", **part}


def _clip(name: str, frame_count: int, fps: float, part: dict[str, Any]) -> dict[str, Any]:
    head = {"name": name, "frameCount": frame_count, "fps": fps, "profile": _profile(part)}
    try:
        sample = sample_frames(frame_count, fps, Frames.model_validate(_profile(part)))
    except ClipError as error:
        return {**head, "refused": str(error)}
    return {
        **head,
        "indices": list(sample.indices),
        "sampleFps": sample.sample_fps,
        "secondPerGrid": sample.second_per_grid,
    }


def _size(name: str, height: int, width: int, frames: int, part: dict[str, Any]) -> dict[str, Any]:
    head = {"name": name, "height": height, "width": width, "frames": frames, "profile": _profile(part)}
    try:
        size = seen_size(Size(height, width), Frames.model_validate(_profile(part)), frames)
    except ClipError as error:
        return {**head, "refused": str(error)}
    grid = video_grid(frames, size)
    return {**head, "seen": list(size), "grid": list(grid), "visualTokens": grid.tokens, "totalTokens": grid.tokens + 2}


if __name__ == "__main__":
    json.dump(table(), sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")
