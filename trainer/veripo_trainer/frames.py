"""Which frames of a clip the model sees, in what size, and their pixels.

Sampler profile A: the arithmetic of qwen-vl-utils, which Video-R1, ms-swift and verl use. The same rules live in the
studio (`lib/domain/frames`), and `fixtures/frames.json` holds both to the same numbers. Needs torch and nothing else;
files are read in `veripo_trainer.video`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

import torch
from torch import Tensor

if TYPE_CHECKING:
    from veripo_trainer.contract import Frames

# Two frames share one temporal grid, and 14-pixel patches are merged 2 x 2 into a token.
FRAMES_PER_GRID = 2
PATCH = 14
MERGE = 2
MAX_ASPECT_RATIO = 200
# CLIP's, which the Qwen-VL families were trained with; RGB, of values in [0, 1].
PIXEL_MEAN = (0.48145466, 0.4578275, 0.40821073)
PIXEL_STD = (0.26862954, 0.26130258, 0.27577711)

Reason = Literal["unreadable", "no_video", "no_frames", "no_rate", "too_short", "truncated", "shape"]


class ClipError(Exception):
    """A clip that the model can not be shown. `reason` is for programs, the message for people."""

    def __init__(self, reason: Reason, message: str) -> None:
        """Takes the reason and one sentence."""
        super().__init__(message)
        self.reason: Reason = reason


class FrameSample(NamedTuple):
    """The frames that a sampler takes.

    Attributes:
        indices: in the order the model sees them; 0 is the first frame of the clip.
        times: seconds from the start as the sampler believes them, index / fps.
        sample_fps: frames per second that the model is told.
        second_per_grid: seconds covered by one temporal grid of two frames.
    """

    indices: tuple[int, ...]
    times: tuple[float, ...]
    sample_fps: float
    second_per_grid: float


class Size(NamedTuple):
    """Height and width in pixels."""

    height: int
    width: int


def even_below(value: float) -> int:
    """The largest even number that is not above `value`."""
    return math.floor(value / 2) * 2


def sample_frames(frame_count: int, fps: float, sampler: Frames) -> FrameSample:
    """The frames that `sampler` takes from a clip of `frame_count` frames at `fps` frames per second.

    Raises:
        ClipError: no frames, no rate, or fewer frames than the sampler needs.

    Source:
        qwen-vl-utils `smart_nframes`; `torch.linspace(0, N - 1, n).round()` in float32, half to even.
    """
    if frame_count < 1:
        raise ClipError("no_frames", "The clip has no frames")
    if not (math.isfinite(fps) and fps > 0):
        raise ClipError("no_rate", "The frame rate of the clip is not known")
    if sampler.nframes is not None:
        count = round(sampler.nframes / 2) * 2
    else:
        least = math.ceil(sampler.min_frames / 2) * 2
        most = even_below(min(sampler.max_frames, frame_count))
        wanted = frame_count / fps * sampler.fps
        count = even_below(min(max(wanted, least), most, frame_count))
    if count < 2:
        raise ClipError("too_short", f"This sampler takes at least 2 frames, but the clip has {frame_count}")
    if count > frame_count:
        raise ClipError("too_short", f"This sampler takes {count} frames, but the clip has {frame_count}")
    indices = tuple(torch.linspace(0, frame_count - 1, count).round().long().tolist())
    sample_fps = count / frame_count * fps
    return FrameSample(indices, tuple(index / fps for index in indices), sample_fps, FRAMES_PER_GRID / sample_fps)


def frame_cap(sampler: Frames, frames: int) -> float:
    """Most pixels of a frame when `frames` of them share the budget of their clip."""
    shared = min(sampler.max_pixels, sampler.total_pixels / max(1, frames) * FRAMES_PER_GRID)
    cap = max(shared, int(sampler.min_pixels * 1.05))
    return cap if sampler.video_max_pixels is None else min(cap, sampler.video_max_pixels)


def seen_size(size: Size, sampler: Frames, frames: int) -> Size:
    """The size in which the model sees a frame: multiples of `factor`, within the budget, the ratio about kept.

    Raises:
        ClipError: the frame has no size, or is longer than 200 times its width.

    Source:
        qwen-vl-utils `smart_resize`.
    """
    height, width = size
    if height < 1 or width < 1:
        raise ClipError("shape", "The frame has no size")
    if max(height, width) / min(height, width) > MAX_ASPECT_RATIO:
        raise ClipError("shape", f"The model takes no frame longer than {MAX_ASPECT_RATIO} times its width")
    factor, cap = sampler.factor, frame_cap(sampler, frames)
    rounded = Size(max(factor, round(height / factor) * factor), max(factor, round(width / factor) * factor))
    pixels = rounded.height * rounded.width
    if pixels > cap:
        beta = math.sqrt(height * width / cap)
        shrunk = (max(factor, math.floor(side / beta / factor) * factor) for side in size)
        return Size(*shrunk)
    if pixels < sampler.min_pixels:
        beta = math.sqrt(sampler.min_pixels / (height * width))
        return Size(*(math.ceil(side * beta / factor) * factor for side in size))
    return rounded


class Grid(NamedTuple):
    """`video_grid_thw`: temporal grids, then 14-pixel patches down and across."""

    time: int
    height: int
    width: int

    @property
    def tokens(self) -> int:
        """Tokens of the pictures, without the two markers around the video."""
        return self.time * (self.height // MERGE) * (self.width // MERGE)


def video_grid(frames: int, size: Size) -> Grid:
    """The grid of `frames` frames of `size`; an odd last frame is repeated to fill its grid."""
    return Grid(math.ceil(frames / FRAMES_PER_GRID), size.height // PATCH, size.width // PATCH)


class Clip(NamedTuple):
    """What the model is shown of one clip.

    Attributes:
        pixels: RGB in [0, 255]. (n, 3, H, W), uint8.
        sample: which frames they are.
        frame_count: frames in the file.
        fps: the rate that the container states.
    """

    pixels: Tensor
    sample: FrameSample
    frame_count: int
    fps: float

    @property
    def grid(self) -> Grid:
        """Its `video_grid_thw`."""
        return video_grid(self.pixels.shape[0], Size(self.pixels.shape[2], self.pixels.shape[3]))


def patchify(pixels: Tensor) -> Tensor:
    """Cuts frames into the patches of Qwen2.5-VL and normalises them.

    Args:
        pixels: (n, 3, H, W), uint8, H and W multiples of 28. An odd last frame is repeated.

    Returns:
        `pixel_values_videos`: (grid.time * grid.height * grid.width, 3 * 2 * 14 * 14), float32. The four patches of a
        token follow each other, as the model's merger expects.

    Source:
        transformers `Qwen2VLVideoProcessor`, without torchvision.
    """
    if pixels.shape[0] % FRAMES_PER_GRID:
        pixels = torch.cat([pixels, pixels[-1:]])
    frames, channels, height, width = pixels.shape
    mean = torch.tensor(PIXEL_MEAN).view(1, 3, 1, 1)
    std = torch.tensor(PIXEL_STD).view(1, 3, 1, 1)
    values = (pixels.float() / 255 - mean) / std
    time, down, across = frames // FRAMES_PER_GRID, height // PATCH, width // PATCH
    cut = values.view(
        time, FRAMES_PER_GRID, channels, down // MERGE, MERGE, PATCH, across // MERGE, MERGE, PATCH
    ).permute(0, 3, 6, 4, 7, 2, 1, 5, 8)
    return cut.reshape(time * down * across, channels * FRAMES_PER_GRID * PATCH * PATCH)
