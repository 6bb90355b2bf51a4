"""Stands in for vLLM's server in tests: the same arguments, one worker that ignores SIGTERM, and chosen mishaps.

FAKE_MISHAP: "" serves; "oom" and "crash" end while starting; "loading" never gets healthy; "stubborn" ignores SIGTERM.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

WORKER = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(503 if os.environ.get("FAKE_MISHAP") == "loading" else 200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        return


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int)
    options, _ = parser.parse_known_args()
    mishap = os.environ.get("FAKE_MISHAP", "")
    worker = subprocess.Popen([sys.executable, "-c", WORKER])
    Path("worker.pid").write_text(str(worker.pid))
    if mishap == "oom":
        print("INFO 11-22 10:00:00 [worker.py:1] loading")
        print("ERROR 11-22 10:00:01 [core.py:9] torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 16 GiB.")
        print("RuntimeError: Engine core initialization failed. See root cause above.")
        sys.exit(1)
    if mishap == "crash":
        print("Traceback (most recent call last):")
        print("ValueError: the flux compensator is not charged")
        print("[rank0] resource_tracker: 1 leaked object")
        sys.exit(3)
    if mishap == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    else:
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    ThreadingHTTPServer(("127.0.0.1", options.port), Handler).serve_forever()


if __name__ == "__main__":
    main()
