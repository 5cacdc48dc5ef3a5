"""Reads an event log as bytes, from any seq, without parsing it: line n holds seq n."""

from __future__ import annotations

import fcntl
import os
import threading
from pathlib import Path

_MARK_EVERY = 512
_SCAN_BYTES = 1 << 20


class LogReader:
    """Finds lines in one log. Remembers where every 512th begins, so that a late `after` is found at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._marks = [0]  # offset of line 0, 512, 1024, … counted from 0
        self._mutex = threading.Lock()

    def read(self, after: int, max_bytes: int) -> tuple[bytes, int]:
        """Complete lines with a seq above `after`.

        Returns:
            The lines, at most about `max_bytes` but at least one if there is one, and the seq of the last of them
            (`after` when there are none).

        Raises:
            ValueError: the log ends before `after`; the text says where.
        """
        with self._path.open("rb", buffering=0) as log:
            # Writers hold the lock until the disk has their lines: what lies below this size cannot be lost again.
            fcntl.flock(log, fcntl.LOCK_SH)
            end = os.fstat(log.fileno()).st_size
            fcntl.flock(log, fcntl.LOCK_UN)
            with self._mutex:
                offset = self._offset(log.fileno(), after, end)
            want = max_bytes
            while True:
                data = os.pread(log.fileno(), min(want, end - offset), offset)
                cut = data.rfind(b"\n") + 1
                if cut or offset + len(data) >= end:
                    return data[:cut], after + data.count(b"\n", 0, cut)
                want *= 2

    def _offset(self, log: int, line: int, end: int) -> int:
        """Where line `line` (from 0) begins."""
        mark = min(line // _MARK_EVERY, len(self._marks) - 1)
        number, offset = mark * _MARK_EVERY, self._marks[mark]
        while number < line:
            data = os.pread(log, min(_SCAN_BYTES, end - offset), offset)
            at = 0
            while number < line and (found := data.find(b"\n", at)) >= 0:
                at = found + 1
                number += 1
                if number == len(self._marks) * _MARK_EVERY:
                    self._marks.append(offset + at)
            offset += at
            if at == 0 and offset + len(data) >= end:
                raise ValueError(f"The log ends at seq {number}; nothing can follow {line}.")
            if at == 0:  # one line longer than the scan window
                rest = os.pread(log, end - offset, offset)
                at = rest.find(b"\n") + 1
                if at == 0:
                    raise ValueError(f"The log ends at seq {number}; nothing can follow {line}.")
                number += 1
                offset += at
                if number == len(self._marks) * _MARK_EVERY:
                    self._marks.append(offset)
        return offset
