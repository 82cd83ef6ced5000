"""Time in the local cloud: it passes `scale` times as fast as on the wall, so that ten minutes of AWS can be ten seconds.

The API's timestamps are those of the wall: only what is waited for is shorter. Whatever changes by itself does so in a tick.
Ticks and API calls hold `lock`, so that they never see each other's work half done."""

import os
import threading
import time
import traceback

from moto.moto_api._internal.models import MotoAPIBackend

from .extending import wraps

# Real seconds between two looks at what is due.
TICK = 0.1

lock = threading.RLock()
# Seconds of AWS that pass in a real second.
scale = float(os.environ.get("NIGHTSHIFT_TIME_SCALE", "60"))


def now():
    """Of the wall, in seconds since 1970: what the API's timestamps say."""
    return time.time()


def seconds(aws_seconds):
    """How long these seconds of AWS take here."""
    return aws_seconds / scale


def passed_since(moment):
    """How many seconds of AWS have passed since a moment of `now()`."""
    return (now() - moment) * scale


class Ticking:
    """Functions that are called again and again by one thread, each with the lock held."""

    def __init__(self):
        self.functions = []
        self.thread = None

    def add(self, real_seconds, function):
        self.functions.append([real_seconds, function, 0.0])

    def start(self):
        if self.thread is None:
            self.thread = threading.Thread(target=self.run, name="clock", daemon=True)
            self.thread.start()

    def run(self):
        while True:
            self.tick(time.monotonic())
            time.sleep(TICK)

    def tick(self, moment):
        """Calls what is due. A function that fails is logged and called again."""
        for entry in list(self.functions):
            real_seconds, function, due = entry
            if moment < due:
                continue
            entry[2] = moment + real_seconds - TICK / 2
            try:
                with lock:
                    function()
            except Exception:
                traceback.print_exc()


ticking = Ticking()
resets = []


def every(real_seconds, function):
    """Calls the function about that often from now on, as long as the server lives."""
    ticking.add(real_seconds, function)


def on_reset(function):
    """Calls the function before everything in the emulated accounts is forgotten."""
    resets.append(function)
    return function


@wraps(MotoAPIBackend)
def reset(original, self):
    with lock:
        for function in resets:
            function()
        original(self)


def existing(backends):
    """The backends of a service that an API call has made, such as of `ecs_backends`; looking makes none."""
    return [backend for regions in list(backends.values()) for backend in list(regions.values())]
