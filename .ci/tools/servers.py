"""Servers that the checks start, each in a scratch folder of its own, and ended by its own process number."""
import atexit
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BNL = ROOT / ".build/release/bnl"
DEPLOY = ROOT / "config/deploy"


def program(name):
    """Its path, or None; Debian keeps servers where only root looks."""
    return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(claim, what, seconds=30):
    end = time.monotonic() + seconds
    while not claim():
        if time.monotonic() > end:
            raise RuntimeError(f"waited {seconds} s for {what}")
        time.sleep(0.02)


def answers_on(port):
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def many_clients():
    """The settings that let one machine with one token be many clients; all others stay as they are shipped."""
    return {"proxies": "127.0.0.1", "rate.requests": "1000000", "rate.burst": "1000000"}


STARTED = []


def remember(process):
    """Whatever was started is ended with this program, however it ends."""
    STARTED.append(process)
    return process


@atexit.register
def end_everything():
    for process in STARTED:
        if process.poll() is None:
            process.kill()


class Served:
    """A process that listens on a port of its own."""

    def __init__(self, command, port, folder, name):
        self.port, self.name = port, name
        self.output = open(folder / f"{name}.out", "ab")
        self.process = remember(subprocess.Popen(command, stdout=self.output, stderr=subprocess.STDOUT))
        wait_until(self.has_started, f"{name} to listen on {port}")

    def has_started(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"{self.name} ended: {Path(self.output.name).read_text()[-2000:]}")
        return answers_on(self.port)

    def stop(self):
        """Its status at the end."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            status = self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        self.output.close()
        return status


class Bnl:
    """The product over its sample community; started as often as asked, on the same record."""

    def __init__(self, folder, people=50, settings=None, wrapper=()):
        self.folder, self.people, self.settings, self.wrapper = folder, people, settings or {}, list(wrapper)
        self.log, self.process, self.starts = folder / "server.log", None, 0
        self.start()

    def start(self):
        self.starts += 1
        lines = self.folder / f"bnl.lines.{self.starts}"
        command = self.wrapper + [
            str(BNL), "demo", "--data", str(self.folder / "record"), "--people", str(self.people), "--port", "0"]
        for name, value in self.settings.items():
            command += ["--set", f"{name}={value}"]
        with open(lines, "wb") as out, open(self.log, "ab") as log:
            self.process = remember(subprocess.Popen(command, stdout=out, stderr=log))

        def is_ready():
            if self.process.poll() is not None:
                raise RuntimeError(f"bnl ended: {self.log.read_text()[-2000:]}")
            return "readyz" in lines.read_text()

        wait_until(is_ready, "the sample community")
        text = lines.read_text()
        self.port = int(re.search(r"http://127\.0\.0\.1:(\d+)", text).group(1))
        self.tokens = dict(re.findall(r"^([A-Z]+)=(bnl_\S+)$", text, re.M))
        self.month = re.search(r"/reports/monthly/(\d{4}-\d{2})", text).group(1)

    def serve(self, wrapper=()):
        """Starts it again on its record as it is, with the tokens that it has; True if it serves."""
        self.port = free_port()
        command = [*wrapper, str(BNL), "serve", "--data", str(self.folder / "record"), "--port", str(self.port)]
        for name, value in self.settings.items():
            command += ["--set", f"{name}={value}"]
        with open(self.log, "ab") as log:
            self.process = remember(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log))
        # By asking, not by what it says: what it says may be just what fails.
        wait_until(lambda: self.process.poll() is not None or answers_on(self.port), "the record to be served")
        return self.process.poll() is None

    def stop(self, seconds=60):
        """Asks it to end as an operator does; its status, and how long it took."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.wait(seconds)

    def wait(self, seconds=60):
        begin = time.monotonic()
        try:
            status = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        return status, time.monotonic() - begin

    def resident_kib(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1))

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def bearer(self, role):
        return f"Authorization: Bearer {self.tokens[role]}\r\n"


def certificate(folder, name="localhost"):
    """A certificate that signs itself, and its key."""
    paths = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}",
         "-addext", f"subjectAltName=DNS:{name}", "-out", paths[0], "-keyout", paths[1]],
        check=True, capture_output=True)
    return paths


def replaced(text, changes):
    """The text of a shipped file for this machine: each change must find something to change."""
    for old, new in changes.items():
        if old not in text:
            raise RuntimeError(f"the shipped file no longer says: {old}")
        text = text.replace(old, new)
    return text


class Nginx(Served):
    """nginx with the shipped file; ports, paths, the name and the limits on one address are this machine's."""

    @staticmethod
    def check(folder):
        """The command by which nginx reads the file and does not start."""
        Nginx.write(folder, 8080, free_port(), "localhost")
        return [program("nginx"), "-t", "-c", str(folder / "nginx.conf"), "-e", str(folder / "nginx-errors.log")]

    def __init__(self, folder, upstream, name="localhost"):
        port = free_port()
        self.access_log, self.certificate = folder / "bnl.log", Nginx.write(folder, upstream, port, name)
        command = [program("nginx"), "-c", str(folder / "nginx.conf"), "-e", str(folder / "nginx-errors.log")]
        super().__init__(command, port, folder, "nginx")

    @staticmethod
    def write(folder, upstream, port, name):
        cert, key = certificate(folder, name)
        plain = free_port()
        site = replaced((DEPLOY / "nginx.conf").read_text(), {
            "127.0.0.1:8080": f"127.0.0.1:{upstream}", "listen 443": f"listen 127.0.0.1:{port}",
            "listen 80 ": f"listen 127.0.0.1:{plain} ", "list.example.org;": f"{name};",
            "/etc/letsencrypt/live/list.example.org/fullchain.pem": str(cert),
            "/etc/letsencrypt/live/list.example.org/privkey.pem": str(key),
            "/var/log/nginx": str(folder), "rate=20r/s": "rate=100000r/s"})
        (folder / "site.conf").write_text(site)
        (folder / "nginx.conf").write_text(f"""
            daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/nginx-errors.log;
            events {{ worker_connections 2048; }}
            http {{
                client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
                uwsgi_temp_path {folder}; scgi_temp_path {folder};
                include {folder}/site.conf;
            }}""")
        return cert

    def forwarded(self):
        """Requests that it has handed on, each try for itself, once its log is written."""
        tries = 0
        for line in self.access_log.read_text().splitlines():
            # The method may be anything that a client sent; the last column is the upstream's status, or several.
            upstream = re.search(r" [\d.]+ ([-\d]+(?:, [-\d]+)*)$", line)
            if not upstream:
                raise RuntimeError(f"nginx wrote a line that cannot be counted: {line!r}")
            tries += len(re.findall(r"\d{3}", upstream.group(1)))
        return tries


class Haproxy(Served):
    """haproxy with the shipped file; ports, paths, the name and the limits on one address are this machine's."""

    @staticmethod
    def check(folder):
        Haproxy.write(folder, 8080, free_port(), "localhost")
        return [program("haproxy"), "-c", "-f", str(folder / "haproxy.cfg")]

    def __init__(self, folder, upstream, name="localhost"):
        port = free_port()
        self.certificate = Haproxy.write(folder, upstream, port, name)
        super().__init__([program("haproxy"), "-db", "-f", str(folder / "haproxy.cfg")], port, folder, "haproxy")

    @staticmethod
    def write(folder, upstream, port, name):
        cert, key = certificate(folder, name)
        (folder / "list.pem").write_text(cert.read_text() + key.read_text())
        text = replaced((DEPLOY / "haproxy.cfg").read_text(), {
            "127.0.0.1:8080": f"127.0.0.1:{upstream}", "bind :443": f"bind 127.0.0.1:{port}",
            "list.example.org": name, "/etc/haproxy/list.pem": str(folder / "list.pem"),
            "log /dev/log local0": "log stdout format raw local0\n    nbthread 1",
            "    user haproxy\n    group haproxy\n": "",
            "sc0_conn_rate gt 200": "sc0_conn_rate gt 1000000",
            # One connection for all clients, so that what is left over in it would reach the next one.
            "http-reuse safe": "http-reuse always"})
        (folder / "haproxy.cfg").write_text(text)
        return cert

    def forwarded(self):
        lines = Path(self.output.name).read_text().splitlines()
        return sum(1 for line in lines if line.endswith(" bnl"))


class Caddy(Served):
    """Caddy with the shipped file and a certificate that signs itself."""

    @staticmethod
    def check(folder):
        return [program("caddy"), "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")]

    def __init__(self, folder, upstream, name="localhost"):
        self.certificate, key = certificate(folder, name)
        port = free_port()
        text = replaced((DEPLOY / "Caddyfile").read_text(), {
            "127.0.0.1:8080": f"127.0.0.1:{upstream}",
            "list.example.org {": f"https://{name}:{port} {{\n\tbind 127.0.0.1\n\ttls {self.certificate} {key}",
            "\tservers {": f"\tadmin off\n\tauto_https disable_redirects\n\tservers {{"})
        (folder / "Caddyfile").write_text(text)
        command = [program("caddy"), "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
        super().__init__(command, port, folder, "caddy")
