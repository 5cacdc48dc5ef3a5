"""A pytest plugin for `npm test`: what became of every test, as JSON, in the file that VERIPO_PYTEST_REPORT names."""

import json
import os
from pathlib import Path

_tests = {}
_errors = []


def _reason(report):
    if hasattr(report, "wasxfail"):
        return report.wasxfail or "expected to fail"
    where = report.longrepr
    return str(where[2] if isinstance(where, tuple) else where).removeprefix("Skipped: ")


def pytest_runtest_logreport(report):
    """Called for set-up, call and teardown of every test: a failure in any of them counts."""
    known = _tests.get(report.nodeid, {"outcome": "passed"})
    if report.failed:
        _tests[report.nodeid] = {"outcome": "failed"}
    elif report.skipped:
        _tests[report.nodeid] = {"outcome": "skipped", "reason": _reason(report)}
    else:
        _tests[report.nodeid] = known


def pytest_collectreport(report):
    """A file that cannot be imported, or that skips itself as a whole."""
    if report.failed:
        _errors.append(report.nodeid)
    elif report.skipped:
        _tests[report.nodeid] = {"outcome": "skipped", "reason": _reason(report)}


def pytest_sessionfinish():
    """Written at the end: a run that was killed leaves no report."""
    tests = [{"name": name, **found} for name, found in _tests.items()]
    Path(os.environ["VERIPO_PYTEST_REPORT"]).write_text(json.dumps({"tests": tests, "errors": _errors}))
