"""A running `kronika serve`, as a browser would meet it."""

import http.client
import re
import socket
import subprocess
import sys
import time
from urllib.parse import urlencode


class Server:
    """Serves an archive on a free port until the `with` block ends."""

    def __init__(self, kronika, data):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"127.0.0.1:{self.port}"
        self.command = [kronika, "serve", "--requests-a-minute", "1000000", "--data", str(data), "--listen", self.address]

    def __enter__(self):
        begun = time.monotonic()
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL)
        while not self.answers():
            if self.process.poll() is not None:
                sys.exit(f"bench: {' '.join(self.command)} ended with {self.process.returncode}")
            time.sleep(0.002)
        # Seconds from the start of the program to the end of its first answer.
        self.first_answer = time.monotonic() - begun
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def answers(self):
        try:
            return self.ask("GET", "/sign-in").status == 200
        except ConnectionRefusedError:
            return False

    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer

    def sign_in(self, user, password):
        """Signs in and gives the cookies to send along."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://{self.address}",
            "Sec-Fetch-Site": "same-origin",
        }
        answer = self.ask("POST", "/sign-in", urlencode({"user": user, "password": password}), headers)
        cookies = [cookie.split(";")[0] for cookie in answer.headers.get_all("Set-Cookie") or []]
        if not cookies:
            sys.exit(f"bench: signing in was answered with {answer.status} and no cookie")
        return "; ".join(cookies)

    def resident(self):
        """Memory in MB."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1]) / 1024

    def load(self, path, cookie):
        """Median and 99th percentile (ms) and pages a second of a page under 16 connections for ten seconds."""
        if self.ask("GET", path, headers={"Cookie": cookie}).status != 200:
            sys.exit(f"bench: {path} was not served")
        wrk = ["wrk", "-t1", "-c16", "--latency", "-H", f"Cookie: {cookie}", f"http://{self.address}{path}"]
        subprocess.run([*wrk, "-d2s"], stdout=subprocess.DEVNULL, check=True)
        said = subprocess.run([*wrk, "-d10s"], stdout=subprocess.PIPE, text=True, check=True).stdout
        if "Non-2xx" in said:
            sys.exit(f"bench: {path} was refused under load:\n{said}")
        percentile = {share: milliseconds(text) for share, text in re.findall(r"(\d+)%\s+([\d.]+[mu]?s)", said)}
        return percentile["50"], percentile["99"], float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])


def milliseconds(text):
    number, unit = re.fullmatch(r"([\d.]+)([mu]?s)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
