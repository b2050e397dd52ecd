"""A second process never outlives the first, whatever ends it, and is not missed where there can be none."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from uppfoljning.fast.worker import CAN, Second

pytestmark = pytest.mark.skipif(not CAN, reason="här finns bara en process")
ENDLESS = """
import os, signal, sys
from uppfoljning.fast.worker import Second

# A job in the background of a script is begun with the signal left alone.
signal.signal(signal.SIGINT, signal.default_int_handler)

def work():
    print(os.getpid(), flush=True)
    while True:
        pass

with Second(work) as second:
    {first}
"""


def is_there(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text("utf-8").rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.parametrize("first", ["second.result()", "input()", "while True: pass"])
@pytest.mark.parametrize("way", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_when_the_first_is_ended_the_second_is_gone_within_a_second(first: str, way: signal.Signals) -> None:
    code = ENDLESS.format(first=first)
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as running:
        assert running.stdout
        number = int(running.stdout.readline())
        assert is_there(number)
        running.send_signal(way)
        running.wait(10)
        until = time.monotonic() + 1
        while is_there(number) and time.monotonic() < until:
            time.sleep(0.01)
        assert not is_there(number)


def test_one_whose_result_is_not_asked_for_is_ended_with_the_block() -> None:
    before = set(os.listdir("/proc/self/fd"))
    began = time.monotonic()

    def work() -> bytes:
        time.sleep(60)
        return b""

    with Second(work) as second:
        number = second._process
        assert is_there(number)
    assert time.monotonic() - began < 30
    assert not is_there(number)
    assert set(os.listdir("/proc/self/fd")) == before


def test_more_than_a_pipe_holds_comes_whole() -> None:
    text = os.urandom(3_000_000)
    with Second(lambda: text) as second:
        time.sleep(0.05)
        assert second.result() == text


@pytest.mark.parametrize("name", ["pipe", "fork"])
def test_where_there_can_be_none_the_work_is_done_here(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> NoReturn:
        raise BlockingIOError

    before = set(os.listdir("/proc/self/fd"))
    monkeypatch.setattr(os, name, refused)
    with Second(lambda: str(os.getpid()).encode()) as second:
        assert second.result() == str(os.getpid()).encode()
    assert set(os.listdir("/proc/self/fd")) == before


def test_what_goes_wrong_in_it_is_met_here() -> None:
    def work() -> bytes:
        raise ZeroDivisionError

    found: Callable[[], bytes] = work
    with pytest.raises(ZeroDivisionError), Second(found) as second:
        second.result()
