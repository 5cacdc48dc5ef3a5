from __future__ import annotations

import json
import struct
import uuid
from typing import Any

import httpx
import pytest
from support import DATA, QUESTION, Service, assert_whole, sha256

MISSING = "0" * 64
Change = dict[str, Any]


@pytest.mark.parametrize("header", [None, "Bearer wrong", "Bearer x", "a-token-for-the-tests-only", "Bearer \u00e4"])
@pytest.mark.parametrize("path", ["/v1/info", "/v1/jobs", "/v1/nothing", f"/v1/files/{MISSING}"])
def test_strangers_are_refused_alike(service: Service, header: str | None, path: str) -> None:
    headers = {} if header is None else {"authorization": header.encode("latin-1")}
    answer = httpx.get(f"{service.http.base_url}{path}", headers=headers)  # type: ignore[arg-type]
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")


def test_health_needs_no_token(service: Service) -> None:
    assert httpx.get(f"{service.http.base_url}/v1/health").json() == {"status": "ok"}


def test_info_says_what_there_is(service: Service) -> None:
    info = service.http.get("/v1/info").json()
    assert [device["name"] for device in info["devices"]] == ["cpu"]
    assert {engine["name"] for engine in info["engines"]} == {"builtin", "small", "absent"}
    assert info["limits"]["minFreeDiskBytes"] == 0 and info["disk"]["freeBytes"] > 0
    assert info["protocol"] == 1 and uuid.UUID(info["trainerId"])


def test_files_are_stored_once_and_checked(service: Service) -> None:
    data = b"x" * 3_000_000
    path = f"/v1/files/{sha256(data)}"
    assert service.http.head(path).status_code == 404
    assert service.http.put(path, content=data).status_code == 201
    assert service.http.put(path, content=data).status_code == 200
    assert service.http.head(path).status_code == 200
    assert service.http.get(path).json() == {"sha256": sha256(data), "bytes": 3_000_000}
    assert (service.data / "files" / sha256(data)).read_bytes() == data


@pytest.mark.parametrize("name", ["..%2f..%2fetc", "A" * 64, "0" * 63, "state.json"])
def test_only_hashes_name_files(service: Service, name: str) -> None:
    assert service.http.put(f"/v1/files/{name}", content=b"x").status_code in (404, 422)


def test_a_wrong_hash_keeps_nothing(service: Service) -> None:
    answer = service.http.put(f"/v1/files/{MISSING}", content=b"other")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert service.http.head(f"/v1/files/{MISSING}").status_code == 404
    assert list((service.data / "files" / ".incoming").iterdir()) == []


def test_a_cut_upload_is_never_visible(service: Service) -> None:
    data = b"y" * 4_000_000

    def half() -> Any:  # noqa: ANN401 - an iterator that breaks
        yield data[:2_000_000]
        raise ConnectionError

    with pytest.raises(ConnectionError):
        service.http.put(f"/v1/files/{sha256(data)}", content=half())
    assert service.http.head(f"/v1/files/{sha256(data)}").status_code == 404
    assert service.http.put(f"/v1/files/{sha256(data)}", content=data).status_code == 201


def test_a_job_runs_and_tells_all(service: Service) -> None:
    job = service.submit("steps=6")
    done = service.wait_final(job)
    assert (done["state"], done["device"], done["error"]) == ("succeeded", "cpu", None)
    assert done["progress"] == {"step": 6, "steps": 6, "rollouts": 12}
    events = service.events(job)
    assert_whole(events, 6)
    assert done["lastSeq"] == len(events)
    assert service.events(job, after=len(events) - 2) == events[-2:]
    assert service.events(job, after=len(events)) == []
    listed = service.http.get("/v1/checkpoints").json()["checkpoints"]
    mine = [(found["name"], found["final"]) for found in listed if found["job"] == job]
    assert mine == [("step-5", False), ("step-6", True)]
    rewound = service.http.get(f"/v1/jobs/{job}/events", params={"after": len(events) + 1})
    assert (rewound.status_code, rewound.json()["code"]) == (409, "rewound")


def test_the_same_request_is_the_same_job(service: Service) -> None:
    job = service.job("steps=2")
    first = service.http.post("/v1/jobs", json=job)
    assert (first.status_code, service.http.post("/v1/jobs", json=job).status_code) == (201, 200)
    spelled_out = {**job, "seed": 0, "settings": {"temperature": 1.0}}
    assert service.http.post("/v1/jobs", json=spelled_out).status_code == 200
    other = service.http.post("/v1/jobs", json={**job, "seed": 1})
    assert (other.status_code, other.json()["code"]) == (409, "conflict")


def test_jobs_of_one_device_queue(service: Service) -> None:
    first, second, third = (service.submit("steps=20 delay=0.02") for _ in range(3))
    service.wait_step(first, 1)
    waiting = service.status(third)
    assert (waiting["state"], waiting["queuePosition"]) == ("queued", 1)
    assert waiting["waitingFor"] == "Another job runs on every device."
    service.http.post(f"/v1/jobs/{second}/cancel").raise_for_status()
    assert service.wait_final(second)["state"] == "cancelled"
    assert [event["state"] for event in service.events(second)] == ["queued", "cancelled"]
    assert service.wait_final(first)["state"] == "succeeded"
    assert service.wait_final(third)["state"] == "succeeded"
    assert service.events(third)[1]["time"] >= service.events(first)[-1]["time"]


@pytest.mark.parametrize(
    ("title", "error"),
    [
        ("steps=9 confess=2", "The clip of q1 cannot be decoded."),
        ("steps=9 quit=2", "The engine process ended without a result."),
        ("steps=nine", "ValueError: invalid literal for int() with base 10: 'nine'"),
    ],
)
def test_failures_say_why(service: Service, title: str, error: str) -> None:
    failed = service.wait_final(service.submit(title))
    assert failed["state"] == "failed" and error in failed["error"]


@pytest.mark.parametrize(
    ("name", "change", "code", "message"),
    [
        ("unknown setting", {"settings": {"temprature": 1}}, "invalid", "temprature"),
        ("out of bounds", {"settings": {"temperature": 9}}, "invalid", "less than or equal to 5"),
        ("no such engine", {"engine": "mine"}, "invalid", "no engine mine, only builtin, small, absent"),
        ("engine not installed", {"engine": "absent"}, "invalid", "/nonexistent/engine is not installed"),
        ("no such device", {"device": "cuda-7"}, "invalid", "no device cuda-7, only cpu"),
        ("path as name", {"model": {"source": "local", "name": "../jobs"}}, "invalid", "name"),
        ("hidden name", {"model": {"source": "local", "name": ".x"}}, "invalid", "name"),
        ("no such model", {"model": {"source": "local", "name": "qwen"}}, "invalid", "no model qwen"),
        ("pickled model", {"model": {"source": "local", "name": "pickled"}}, "invalid", "safetensors only"),
        (
            "no such job",
            {"model": {"source": "checkpoint", "job": str(uuid.UUID(int=1)), "name": "x"}},
            "invalid",
            "job",
        ),
        ("foreign verifier", {"reward": {"url": "https://elsewhere.example/r"}}, "invalid", "may not ask"),
        ("token in the address", {"reward": {"url": "http://a:b@127.0.0.1/"}}, "invalid", "reward.url"),
        ("file address", {"reward": {"url": "file:///etc/passwd"}}, "invalid", "reward.url"),
        ("data not uploaded", {"data": {"questions": MISSING}}, "missing_files", "has not been uploaded"),
        ("grpo without reward", {"kind": "grpo"}, "invalid", "reward"),
        ("torn groups", {"kind": "grpo", "settings": {"globalBatch": 12}}, "invalid", "torn apart"),
    ],
)
def test_refusals_before_the_queue(service: Service, name: str, change: Change, code: str, message: str) -> None:
    pickled = service.data / "models" / "pickled"
    pickled.mkdir(exist_ok=True)
    (pickled / "pytorch_model.bin").write_bytes(b"x")
    answer = service.http.post("/v1/jobs", json=service.job(**change))
    assert answer.json()["code"] == code, answer.text
    assert message in answer.json()["message"], name


@pytest.mark.parametrize(
    ("name", "lines", "code", "message"),
    [
        ("empty", "\n", "invalid", "empty"),
        ("not JSON", json.dumps(QUESTION) + "\n{", "invalid", "Line 2"),
        ("unknown field", json.dumps({**QUESTION, "answer": "A"}), "invalid", "answer"),
        ("twice", f"{json.dumps(QUESTION)}\n{json.dumps(QUESTION)}", "invalid", "q1 twice"),
        ("clip missing", json.dumps({**QUESTION, "modality": "video", "media": MISSING}), "missing_files", "1 of the"),
        ("clip unnamed", json.dumps({**QUESTION, "modality": "video"}), "invalid", "needs media"),
    ],
)
def test_data_is_read_before_the_queue(service: Service, name: str, lines: str, code: str, message: str) -> None:
    data = {"questions": service.upload(lines.encode())}
    answer = service.http.post("/v1/jobs", json=service.job(data=data))
    assert answer.json()["code"] == code, name
    assert message in answer.json()["message"]
    assert answer.json()["missing"] == ([MISSING] if code == "missing_files" else [])


def test_a_local_model_is_offered_and_taken(service: Service) -> None:
    folder = service.data / "models" / "tiny"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", 2) + b"{}")
    assert "tiny" in service.http.get("/v1/info").json()["models"]
    job = service.submit("steps=1", model={"source": "local", "name": "tiny"})
    assert service.wait_final(job)["state"] == "succeeded"
    follow = service.submit("steps=1", model={"source": "checkpoint", "job": job, "name": "step-1"})
    assert service.wait_final(follow)["state"] == "succeeded"


def test_bodies_are_bounded(service: Service) -> None:
    answer = service.http.post("/v1/jobs", content=b" " * 2_000_000)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    chunked = service.http.post("/v1/jobs", content=iter([b"{}"]))
    assert (chunked.status_code, chunked.json()["code"]) == (422, "invalid")


def test_a_refused_token_is_not_echoed(service: Service) -> None:
    reward = {"url": "nowhere", "token": "the-reward-token"}
    answer = service.http.post("/v1/jobs", json=service.job(reward=reward))
    assert answer.status_code == 422 and "the-reward-token" not in answer.text


def test_full_disks_refuse_in_words(make_service: Any) -> None:  # noqa: ANN401 - a factory fixture
    service = make_service(VERIPO_TRAINER_MIN_FREE_DISK_GIB="9000000", VERIPO_TRAINER_MAX_FILE_GIB="0.001").start()
    full = service.http.put(f"/v1/files/{sha256(DATA)}", content=DATA)
    assert (full.status_code, full.json()["code"]) == (507, "no_space")
    large = service.http.put(f"/v1/files/{MISSING}", content=b"x" * 2_000_000)
    assert (large.status_code, large.json()["message"]) == (413, "A file may have at most 1.0 MiB here.")
