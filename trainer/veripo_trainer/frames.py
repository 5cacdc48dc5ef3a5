"""Which frames of a clip the model sees, in what size, and their pixels.

Sampler profile A: the arithmetic of qwen-vl-utils, which Video-R1, ms-swift and verl use. The same rules live in the
studio (`lib/domain/frames`), and `fixtures/frames.json` holds both to the same numbers. Decoding is by index, never by
seeking to a time, and a clip that can not give the frames asked for fails with a reason: it is never replaced.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

import av
import torch
from av.video.frame import VideoFrame
from torch import Tensor
from torch.nn import functional as F

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


def read_clip(path: Path, sampler: Frames) -> Clip:
    """Decodes the frames that `sampler` takes from the file, in the size in which the model sees them.

    Raises:
        ClipError: the file is no video, or does not give the frames that its own container promises.
    """
    try:
        with av.open(str(path)) as container:
            return _read(container, sampler)
    except av.FFmpegError as error:
        raise ClipError("unreadable", f"The clip can not be read: {error.strerror or error}") from error
    except OSError as error:
        raise ClipError("unreadable", f"The clip can not be opened: {error.strerror or error}") from error


def _read(container: av.container.InputContainer, sampler: Frames) -> Clip:
    stream = container.streams.best("video")
    if stream is None:
        raise ClipError("no_video", "The file holds no video")
    # Packets and not the header's count, which some files leave out and truncated ones keep.
    frame_count = sum(1 for packet in container.demux(stream) if packet.size > 0)
    fps = float(stream.average_rate or 0)
    sample = sample_frames(frame_count, fps, sampler)
    container.seek(0, stream=stream)

    wanted = set(sample.indices)
    frames: dict[int, Tensor] = {}
    for index, frame in enumerate(_decode(container, stream.index)):
        if index in wanted:
            frames[index] = _upright(frame)
        if index >= sample.indices[-1]:
            break
    if len(frames) < len(wanted):
        missing = min(wanted - set(frames))
        raise ClipError("truncated", f"Frame {missing} of {frame_count} can not be decoded")
    first = next(iter(frames.values()))
    size = seen_size(Size(first.shape[1], first.shape[2]), sampler, len(sample.indices))
    # One by one: a 4K clip in float32 would not fit otherwise. Frames may change size within a file.
    pixels = torch.stack([_resize(frames[index], size) for index in sample.indices])
    return Clip(pixels, sample, frame_count, fps)


def _decode(container: av.container.InputContainer, stream_index: int) -> Iterator[VideoFrame]:
    """Frames in the order of presentation; a packet that does not decode ends them, as it shifts every later index."""
    try:
        for frame in (
            container.decode(video=0) if stream_index == 0 else container.decode(container.streams[stream_index])
        ):
            if isinstance(frame, VideoFrame):
                yield frame
    except av.error.InvalidDataError:
        return


def _upright(frame: VideoFrame) -> Tensor:
    """(3, H, W), uint8, turned as a player turns it."""
    rgb = torch.from_numpy(frame.to_ndarray(format="rgb24")).permute(2, 0, 1)
    quarters = round(frame.rotation / 90) % 4  # counter-clockwise
    return torch.rot90(rgb, quarters, dims=(1, 2)) if quarters else rgb


def _resize(frame: Tensor, size: Size) -> Tensor:
    """Bicubic with antialias, rounded to whole values as the published loader does. (3, H, W), uint8."""
    if tuple(frame.shape[1:]) == tuple(size):
        return frame.contiguous()
    resized = F.interpolate(frame.unsqueeze(0).float(), size=size, mode="bicubic", antialias=True, align_corners=False)
    return resized.squeeze(0).round().clamp(0, 255).to(torch.uint8)


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


def read_picture(path: Path, frames: Frames) -> Clip:
    """Decodes a picture as a clip of one frame, in the size in which the model sees it.

    Raises:
        ClipError: the file is no picture that can be read.
    """
    try:
        with av.open(str(path)) as container:
            stream = container.streams.best("video")
            frame = next((each for each in _decode(container, stream.index)), None) if stream else None
    except (av.FFmpegError, OSError) as error:
        raise ClipError("unreadable", f"The picture can not be read: {error.strerror or error}") from error
    if frame is None:
        raise ClipError("no_frames", "The file holds no picture")
    upright = _upright(frame)
    size = seen_size(Size(upright.shape[1], upright.shape[2]), frames, 1)
    return Clip(_resize(upright, size).unsqueeze(0), FrameSample((0,), (0.0,), 1.0, 1.0), 1, 1.0)
