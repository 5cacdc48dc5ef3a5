"""Real processes, really killed."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable

import httpx
import pytest
from support import Service, assert_whole, engine_pid, is_running, kill_engine, wait_for


def test_a_killed_service_adopts_the_engine_that_went_on(make_service: Callable[..., Service]) -> None:
    service = make_service().start()
    job = service.submit("steps=12 hold=6")
    service.wait_held(job, 6)
    service.kill()
    pid = engine_pid(service.folder(job))
    assert is_running(pid)
    service.start()
    assert service.status(job)["state"] == "running"
    assert engine_pid(service.folder(job)) == pid
    service.go(job)
    done = service.wait_final(job)
    assert (done["state"], done["attempt"]) == ("succeeded", 1)
    assert_whole(service.events(job), 12)


def test_an_engine_that_finished_alone_has_succeeded(make_service: Callable[..., Service]) -> None:
    service = make_service().start()
    job = service.submit("steps=12 hold=3")
    service.wait_held(job, 3)
    service.kill()
    pid = engine_pid(service.folder(job))
    service.go(job)
    wait_for(lambda: not is_running(pid))
    service.start()
    done = service.wait_final(job)
    assert (done["state"], done["attempt"]) == ("succeeded", 1)
    assert_whole(service.events(job), 12)


def test_a_killed_machine_goes_on_from_the_last_checkpoint(make_service: Callable[..., Service]) -> None:
    service = make_service().start()
    job = service.submit("steps=15 hold=13")
    service.wait_held(job, 13)
    service.kill()
    kill_engine(service.folder(job))
    with (service.folder(job) / "events.jsonl").open("ab") as log:
        log.write(b'{"seq": 999, "type": "metr')
    service.go(job)
    service.start()
    done = service.wait_final(job)
    assert (done["state"], done["attempt"]) == ("succeeded", 2)
    events = service.events(job)
    assert_whole(events, 15)
    assert [event["message"] for event in events if event["type"] == "log"] == ["from step 1", "from step 11"]


def test_a_service_killed_again_and_again_loses_nothing(make_service: Callable[..., Service]) -> None:
    service = make_service().start()
    jobs = [service.job("steps=15 delay=0.03") for _ in range(3)]
    draw = random.Random(7)
    for number, job in enumerate(jobs):
        assert service.http.post("/v1/jobs", json=job).status_code == 201
        time.sleep(draw.random() * 0.3)
        service.kill()
        if number == 1:
            for folder in (service.data / "jobs").glob("*/process.json"):
                kill_engine(folder.parent)
        service.start()
    for job in jobs:
        assert service.wait_final(job["id"])["state"] == "succeeded"
        assert_whole(service.events(job["id"]), 15)
        again = service.http.post("/v1/jobs", json=job)
        assert (again.status_code, again.json()["state"]) == (200, "succeeded")


def test_an_engine_killed_under_a_living_service_says_so(make_service: Callable[..., Service]) -> None:
    service = make_service().start()
    job = service.submit("steps=30 die=7")
    failed = service.wait_final(job)
    assert failed["state"] == "failed"
    assert "died of SIGKILL" in failed["error"] and failed["error"].endswith("about to die")
    last = service.events(job)[-1]
    assert (last["type"], last["state"], last["error"]) == ("state", "failed", failed["error"])


def test_a_resumed_job_goes_on_from_its_checkpoint(make_service: Callable[..., Service]) -> None:
    service = make_service().start()
    job = service.submit("steps=12 hold=7")
    service.wait_held(job, 7)
    service.http.post(f"/v1/jobs/{job}/cancel").raise_for_status()
    assert service.wait_final(job)["state"] == "cancelled"
    service.go(job)
    service.http.post(f"/v1/jobs/{job}/resume").raise_for_status()
    done = service.wait_final(job)
    assert (done["state"], done["attempt"], done["error"]) == ("succeeded", 2, None)
    assert_whole(service.events(job), 12)
    assert service.http.post(f"/v1/jobs/{job}/resume").json()["code"] == "conflict"


def test_a_cancelled_engine_that_does_not_listen_is_killed(make_service: Callable[..., Service]) -> None:
    service = make_service().start()
    job = service.submit("steps=1000 delay=0.02 stubborn=1")
    service.wait_step(job, 2)
    pid = engine_pid(service.folder(job))
    asked = service.http.post(f"/v1/jobs/{job}/cancel").raise_for_status().json()
    assert asked["cancelRequested"]
    assert service.wait_final(job)["state"] == "cancelled"
    assert not is_running(pid)


def test_a_cancel_outlives_the_service(make_service: Callable[..., Service]) -> None:
    service = make_service(VERIPO_TRAINER_STOP_GRACE_SECONDS="60").start()
    job = service.submit("steps=1000 delay=0.02 stubborn=1")
    service.wait_step(job, 2)
    service.http.post(f"/v1/jobs/{job}/cancel").raise_for_status()
    service.kill()
    pid = engine_pid(service.folder(job))
    assert is_running(pid)
    after = make_service()
    after.start()
    assert after.wait_final(job)["state"] == "cancelled"
    assert not is_running(pid)


@pytest.mark.parametrize(("on_stop", "attempt"), [("end", 2), ("leave", 1)])
def test_a_stopped_service_leaves_jobs_to_go_on(
    make_service: Callable[..., Service], on_stop: str, attempt: int
) -> None:
    service = make_service(VERIPO_TRAINER_ON_STOP=on_stop).start()
    job = service.submit("steps=12 hold=7")
    service.wait_held(job, 7)
    pid = engine_pid(service.folder(job))
    service.kill(signal.SIGTERM)
    assert is_running(pid) == (on_stop == "leave")
    service.go(job)
    service.start()
    done = service.wait_final(job)
    assert (done["state"], done["attempt"]) == ("succeeded", attempt)
    assert_whole(service.events(job), 12)


def test_a_follower_goes_on_where_it_was_cut(make_service: Callable[..., Service]) -> None:
    service = make_service().start()
    job = service.submit("steps=12 hold=8")
    seen: list[int] = []

    def follow() -> None:
        last = seen[-1] if seen else 0
        with service.http.stream("GET", f"/v1/jobs/{job}/events", params={"after": last, "follow": 1}) as stream:
            for line in stream.iter_lines():
                if line:
                    seen.append(int(line.split(",", 1)[0].rpartition(" ")[2]))
                if len(seen) == 20 and service.process is not None:
                    service.kill()

    with pytest.raises(httpx.TransportError):
        follow()
    service.go(job)
    service.start()
    follow()
    assert seen == list(range(1, len(service.events(job)) + 1))


def test_two_services_do_not_share_a_folder(make_service: Callable[..., Service]) -> None:
    make_service().start()
    second = make_service()
    second.start(wait=False)
    assert second.process is not None and second.process.wait(20) != 0
    assert second.log_text().splitlines()[-1].startswith("Another trainer is using")


def test_a_job_that_takes_too_much_memory_is_ended(make_service: Callable[..., Service]) -> None:
    service = make_service(VERIPO_TRAINER_MAX_MEMORY_GIB="0.2").start()
    job = service.submit("steps=1000 delay=0.02 memory=300")
    failed = service.wait_final(job)
    assert failed["state"] == "failed" and "of main memory, more than the 204.8 MiB" in failed["error"]


def test_the_service_keeps_its_token_from_engines(make_service: Callable[..., Service]) -> None:
    service = make_service(SOME_SECRET="must-not-be-seen").start()
    reward = {"url": "http://127.0.0.1:1/rewards", "token": "the-reward-token"}
    job = service.submit("steps=1 environment=1", reward=reward)
    service.wait_final(job)
    output = (service.folder(job) / "output.log").read_text()
    assert "the-reward-token" in output
    assert "a-token-for-the-tests-only" not in output and "must-not-be-seen" not in output
    assert "the-reward-token" not in service.http.get("/v1/jobs").text
    assert oct(os.stat(service.folder(job) / "secrets.json").st_mode)[-3:] == "600"
    assert "the-reward-token" not in (service.folder(job) / "job.json").read_text()
