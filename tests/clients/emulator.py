"""The emulator as a program of its own, controlled through `/_emulator`."""

import json
import os
import subprocess
import urllib.request
from pathlib import Path

PRODUCTION = "11111111-1111-4111-8111-111111111111"
DEVELOPMENT = "22222222-2222-4222-8222-222222222222"

# Operations take a thousandth of the service's time. With `Retry-After: 0` the SDKs wait their own polling
# interval.
ARGUMENTS = ["--port", "0", "--time-factor", "1000", "--retry-after", "0"]

ROOT = Path(__file__).resolve().parents[2]

# A proxy of the machine's must not see what is meant for loopback.
_LOOPBACK = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Emulator:
    """A running `arm-emulator-server`."""

    def __init__(self, log, *arguments):
        self._process = subprocess.Popen(
            [_program(), *ARGUMENTS, *arguments], stdout=subprocess.PIPE, stderr=log, text=True
        )
        # The first line of output is a contract.
        line = self._process.stdout.readline().strip()
        words, _, self.url = line.rpartition(" ")
        if words != "listening on":
            raise RuntimeError(f"the emulator began with {line!r}")

    def stop(self):
        self._process.terminate()
        self._process.wait()
        self._process.stdout.close()

    def reset(self):
        """The world as it was at the start."""
        self._post("reset", None)

    def switch(self, **switches):
        """Changes switches, which are named as in JSON."""
        self._post("switches", switches)

    def inject(self, method, path, kind, times=1):
        """The next requests whose path has this in it meet a fault."""
        matching = {"method": method, "pathContains": path}
        self._post("faults", {"matching": matching, "kind": kind, "times": times})

    def unknown_routes(self):
        """What has been answered 501."""
        with _LOOPBACK.open(f"{self.url}/_emulator/unknown-routes") as answer:
            return json.load(answer)

    def _post(self, path, body):
        data = b"" if body is None else json.dumps(body).encode()
        url = f"{self.url}/_emulator/{path}"
        with _LOOPBACK.open(urllib.request.Request(url, data, method="POST")) as answer:
            answer.read()


def _program():
    """The program that the environment names, or one that cargo builds."""
    if named := os.environ.get("ARM_EMULATOR_SERVER"):
        return named
    subprocess.run(["cargo", "build", "--quiet", "-p", "arm-emulator-server"], cwd=ROOT, check=True)
    target = ROOT / os.environ.get("CARGO_TARGET_DIR", "target")
    suffix = ".exe" if os.name == "nt" else ""
    return str(target / "debug" / f"arm-emulator-server{suffix}")
