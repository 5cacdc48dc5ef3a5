import json
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
import torch

from veripo_trainer.contract import Frames
from veripo_trainer.frames import (
    PIXEL_MEAN,
    PIXEL_STD,
    ClipError,
    Size,
    patchify,
    sample_frames,
    seen_size,
    video_grid,
)
from veripo_trainer.frames_table import table
from veripo_trainer.video import read_clip

FIXTURE = Path(__file__).parents[2] / "fixtures" / "frames.json"
TINY = Frames(min_pixels=3136, max_pixels=3136)


def cases(part: str) -> list[object]:
    return [pytest.param(case, id=case["name"]) for case in json.loads(FIXTURE.read_text())[part]]


def test_the_fixture_is_what_the_code_computes() -> None:
    assert json.loads(FIXTURE.read_text()) == json.loads(json.dumps(table()))


@pytest.mark.parametrize("case", cases("clips"))
def test_indices(case: dict) -> None:
    frames = Frames.model_validate(case["profile"])
    if "refused" in case:
        with pytest.raises(ClipError, match=case["refused"]):
            sample_frames(case["frameCount"], case["fps"], frames)
        return
    sample = sample_frames(case["frameCount"], case["fps"], frames)
    assert list(sample.indices) == case["indices"]
    assert sample.times == tuple(index / case["fps"] for index in case["indices"])
    assert (sample.sample_fps, sample.second_per_grid) == (case["sampleFps"], case["secondPerGrid"])


@pytest.mark.parametrize("case", cases("sizes"))
def test_sizes(case: dict) -> None:
    size, frames = Size(case["height"], case["width"]), Frames.model_validate(case["profile"])
    if "refused" in case:
        with pytest.raises(ClipError, match=case["refused"]):
            seen_size(size, frames, case["frames"])
        return
    seen = seen_size(size, frames, case["frames"])
    grid = video_grid(case["frames"], seen)
    assert [list(seen), list(grid), grid.tokens] == [case["seen"], case["grid"], case["visualTokens"]]


def write_clip(path: Path, count: int, *, fps: int = 2, size: int = 56, codec: str = "libx264") -> None:
    """A clip whose frame i is one grey of value 16 + 10 i, as long as that fits a byte."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=fps)
        stream.width = stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.time_base = Fraction(1, fps)
        for index in range(count):
            picture = np.full((size, size, 3), (16 + 10 * index) % 256, dtype=np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())


class TestReadClip:
    def test_every_frame_is_the_one_asked_for(self, tmp_path: Path) -> None:
        write_clip(tmp_path / "clip.mp4", 20)
        clip = read_clip(tmp_path / "clip.mp4", Frames(nframes=6, min_pixels=3136, max_pixels=3136))
        assert (clip.frame_count, clip.fps) == (20, 2.0)
        assert clip.sample.indices == (0, 4, 8, 11, 15, 19)
        greys = clip.pixels.float().mean(dim=(1, 2, 3)).tolist()
        assert [round((grey - 16) / 10) for grey in greys] == [0, 4, 8, 11, 15, 19]
        assert clip.grid == (3, 4, 4)

    def test_resized_to_the_budget(self, tmp_path: Path) -> None:
        write_clip(tmp_path / "clip.mp4", 8, size=128)
        assert read_clip(tmp_path / "clip.mp4", TINY).pixels.shape == (8, 3, 56, 56)

    @pytest.mark.parametrize(
        ("name", "content", "reason"),
        [("text", b"not a video", "unreadable"), ("empty", b"", "unreadable")],
    )
    def test_no_video(self, tmp_path: Path, name: str, content: bytes, reason: str) -> None:
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(ClipError) as caught:
            read_clip(path, TINY)
        assert caught.value.reason == reason

    def test_absent(self, tmp_path: Path) -> None:
        with pytest.raises(ClipError, match="can not be"):
            read_clip(tmp_path / "none.mp4", TINY)

    def test_one_frame(self, tmp_path: Path) -> None:
        write_clip(tmp_path / "clip.mp4", 1)
        with pytest.raises(ClipError, match="at least 2 frames, but the clip has 1"):
            read_clip(tmp_path / "clip.mp4", TINY)

    def test_a_damaged_clip_is_refused_and_not_filled_up(self, tmp_path: Path) -> None:
        path = tmp_path / "clip.avi"
        write_clip(path, 30, codec="mpeg4")
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
        try:
            clip = read_clip(path, TINY)
        except ClipError as error:
            assert error.reason in ("truncated", "unreadable", "no_frames")
        else:  # the half that is left is a shorter clip of its own
            assert clip.frame_count < 30


AWKWARD = Path(__file__).parents[3] / "shared" / "data" / "videos" / "awkward"


@pytest.mark.skipif(not AWKWARD.is_dir(), reason="the awkward clips of ../shared/data are not here")
@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("Mpeg4.mp4", "no_video"),
        ("multiple-aac-tracks.mp4", "no_video"),
        ("webm.webm", "no_rate"),
        ("corrupted.mp4", "truncated"),
        ("annex-b.mp4", (4, 3, 224, 420)),
        ("rotate-buck-bunny.mp4", (4, 3, 420, 224)),
        ("nasa_13013.mp4", (16, 3, 224, 420)),
    ],
)
def test_awkward_clips(name: str, outcome: str | tuple[int, ...]) -> None:
    frames = Frames(max_frames=16, max_pixels=100_352, min_pixels=100_352)
    try:
        clip = read_clip(AWKWARD / name, frames)
    except ClipError as error:
        assert error.reason == outcome
    else:
        assert tuple(clip.pixels.shape) == outcome


class TestPatchify:
    def test_order_and_scale(self) -> None:
        # A picture whose red is 0..255 by column block: the four patches of a token stand together.
        pixels = torch.zeros(2, 3, 28, 56, dtype=torch.uint8)
        for block in range(4):
            pixels[:, 0, :14, 14 * block : 14 * block + 14] = 10 * block
            pixels[:, 0, 14:, 14 * block : 14 * block + 14] = 100 + 10 * block
        patches = patchify(pixels)
        assert patches.shape == (8, 3 * 2 * 14 * 14)
        reds = patches[:, :392].mean(-1) * PIXEL_STD[0] + PIXEL_MEAN[0]  # channel first, then the two frames
        expected = torch.tensor([0, 10, 100, 110, 20, 30, 120, 130]) / 255
        torch.testing.assert_close(reds, expected, atol=1e-5, rtol=0)

    def test_an_odd_last_frame_is_repeated(self) -> None:
        pixels = torch.randint(0, 256, (3, 3, 28, 28), dtype=torch.uint8)
        torch.testing.assert_close(patchify(pixels), patchify(torch.cat([pixels, pixels[-1:]])))
