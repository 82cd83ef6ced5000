"""The process that runs in place of a faulty workload, or of a workload that the local cloud does not have.

    HOST=127.0.0.1 PORT=8080 VERSION=4f1c2e9 python -m nightshift_cloud.ecs.sample_workload --behaves errors

Its log looks like the batch processor's. `--after` is when it crashes or runs out of memory, in seconds."""

import argparse
import asyncio
import json
import os
import signal
from datetime import datetime, timezone
from typing import Any

VERSION = os.environ.get("VERSION", "unknown")
REASONS = {200: "OK", 500: "Internal Server Error", 503: "Service Unavailable"}


def log(level: Any, message: str, **details: Any) -> None:
    now = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    print(json.dumps({"time": now, "level": level, "message": message, **details}), flush=True)


def answer_to(behaves: str, path: str) -> tuple[int, dict[str, Any]]:
    """Status and content for a request."""
    if path.partition("?")[0] == "/live":
        return 200, {"status": "ok", "version": VERSION}
    if path.partition("?")[0] == "/health":
        if behaves == "unhealthy":
            return 503, {"status": "overloaded", "version": VERSION}
        return 200, {"status": "ok", "version": VERSION}
    if behaves == "errors":
        log("error", "request failed", path=path, error="TypeError: Cannot read properties of undefined (reading 'returns')")
        return 500, {"problems": ["a defect: see the log"]}
    return 200, {"version": VERSION}


async def read_request(reader: Any) -> Any:
    """The path of the next request, or None at the end of the connection."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    fields = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
    if fields.get("transfer-encoding") == "chunked":
        while (size := int((await reader.readline()).split(b";")[0], 16)) > 0:
            await reader.readexactly(size + 2)
        await reader.readline()
    else:
        await reader.readexactly(int(fields.get("content-length", 0)))
    return head[0].split(" ")[1]


async def serve_connection(behaves: Any, reader: Any, writer: Any) -> None:
    try:
        while True:
            status, content = answer_to(behaves, await read_request(reader))
            body = json.dumps(content).encode() + b"\n"
            head = (
                f"HTTP/1.1 {status} {REASONS[status]}\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(body)}\r\nX-Version: {VERSION}\r\n\r\n"
            )
            writer.write(head.encode() + body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def run(behaves: str, after: float) -> int:
    """Returns the exit code."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stopped.set))
    if behaves == "crashes":
        log("info", "reading the calendar of trading days")
        await asyncio.sleep(after)
        log("error", "cannot start", problems=["CALENDAR: cannot be read, got nothing - set it to a path"])
        return 1
    if behaves == "out-of-memory":
        log("info", "loading scenarios", heapMiB=4081)
        await asyncio.sleep(after)
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    server = await asyncio.start_server(
        lambda reader, writer: serve_connection(behaves, reader, writer), os.environ["HOST"], int(os.environ["PORT"])
    )
    log("info", "listening", address=os.environ["HOST"], port=int(os.environ["PORT"]), version=VERSION)
    await stopped.wait()
    log("info", "stop requested", signal="SIGTERM")
    server.close()
    log("info", "stopped")
    return 0


def main() -> None:
    parser = argparse.ArgumentParser(prog="sample_workload")
    parser.add_argument("--behaves", required=True)
    parser.add_argument("--after", type=float, default=0)
    options = parser.parse_args()
    raise SystemExit(asyncio.run(run(options.behaves, options.after)))


if __name__ == "__main__":
    main()
