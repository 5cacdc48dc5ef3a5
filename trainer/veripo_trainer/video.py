"""Video files: reading the frames that the model sees, and writing those of the moving-shapes world.

Decoding is by index, never by seeking to a time, and a clip that can not give the frames asked for fails with a
reason: it is never replaced by another.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import torch
from av.video.frame import VideoFrame
from torch import Tensor
from torch.nn import functional as F

from veripo_trainer.contract import Frames
from veripo_trainer.frames import Clip, ClipError, FrameSample, Size, sample_frames, seen_size
from veripo_trainer.world import FPS, SIZE, Scene, render


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


def write_clip(scene: Scene, path: Path) -> None:
    """Writes the scene as H.264 in MP4, which every browser plays. The same scene gives the same bytes."""
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=FPS, options={"crf": "10", "preset": "veryfast", "threads": "1"})
        stream.width = stream.height = SIZE
        stream.pix_fmt = "yuv420p"
        stream.time_base = Fraction(1, FPS)
        for picture in render(scene):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
