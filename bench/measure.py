"""What Kronika's budgets say, measured: see README.md."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import server

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
KRONIKA = os.environ.get("KRONIKA", str(TARGET / "release/kronika"))
CACHE = Path(os.environ.get("BENCH_CACHE", TARGET / "bench"))
SHARED = ROOT / "../shared/data/corpora/mail-large.tar.zst"
RUNS = int(os.environ.get("BENCH_RUNS", "3"))
SYNTHETIC = 100_000

ROWS = []


def result(what, measured, against="", ratio="", budget="", kept=None):
    """One line of the table; `kept` says whether the budget was."""
    verdict = {None: "", True: "kept", False: "MISSED"}[kept]
    ROWS.append((what, measured, against, ratio, budget, verdict))
    print("  ", *(cell for cell in ROWS[-1] if cell), sep="  ", flush=True)


def run(*command, env=None, **more):
    """Runs a command that must succeed and gives what it printed."""
    done = subprocess.run(command, env=env, text=True, stdout=subprocess.PIPE, check=False, **more)
    if done.returncode != 0:
        sys.exit(f"bench: {' '.join(map(str, command))} ended with {done.returncode}")
    return done.stdout


def timed(*command, env=None):
    """Seconds, processor seconds and peak memory (MB) of a command. Exit status 1 is a finding, not a failure."""
    note = CACHE / "time.txt"
    time_it = ["/usr/bin/time", "--quiet", "-f", "%e %U %S %M", "-o", note]
    done = subprocess.run([*time_it, *command], env=env, stdout=subprocess.DEVNULL, check=False)
    if done.returncode > 1:
        sys.exit(f"bench: {' '.join(map(str, command))} ended with {done.returncode}")
    seconds, user, system, kilobytes = map(float, note.read_text().split())
    return seconds, user + system, kilobytes / 1024


# The mail, unpacked once.


def maildirs():
    """Two Maildirs: 6,046 messages of SpamAssassin's corpus, and 18,000 of two kernel lists."""
    home = CACHE / "mail"
    if not (home / "whole").exists():
        if not SHARED.exists():
            sys.exit(f"bench: the mail to import is missing: {SHARED}")
        shutil.rmtree(home, ignore_errors=True)
        unpack(home)
        (home / "whole").touch()
    return home / "spamassassin", home / "lists"


def unpack(home):
    raw = home / "raw"
    raw.mkdir(parents=True)
    untar = "zstd -qdc --long=27 {} | tar x -C {}"
    run("sh", "-c", untar.format(SHARED, raw))
    run("sh", "-c", untar.format(raw / "mail-large/spamassassin.tar.zst", raw))
    small = home / "spamassassin" / "cur"
    for name in ("cur", "new", "tmp"):
        (small.parent / name).mkdir(parents=True)
    files = sorted(path for path in (raw / "spamassassin").rglob("*") if path.is_file())
    for number, path in enumerate(files):
        shutil.move(path, small / f"{number:06}:2,S")
    for packed in sorted((raw / "mail-large/public-inbox").glob("*.mbox.zst")):
        mbox = raw / packed.stem
        run("zstd", "-qd", packed, "-o", mbox)
        run("python3", HERE / "corpus.py", "split", mbox, home / "lists" / packed.name.split("-")[0])
    shutil.rmtree(raw)


def messages(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def warm(folder):
    """Reads every file once, so that nobody pays for the disk; gives their number and bytes."""
    files = messages(folder)
    return len(files), sum(len(path.read_bytes()) for path in files)


# The programs, each on a fresh index.


def fresh(name):
    folder = CACHE / name
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def kronika_import(folders, name="kronika"):
    data = fresh(name)
    run(KRONIKA, "init", "--data", data, "--json")
    return timed(KRONIKA, "import", "--data", data, "--json", *folders)


def notmuch_env(home):
    return {**os.environ, "HOME": str(home), "NOTMUCH_CONFIG": str(home / "config")}


def notmuch_import(folders, name="notmuch"):
    home = fresh(name)
    (home / "mail").mkdir(parents=True)
    for folder in folders:
        (home / "mail" / folder.name).symlink_to(folder)
    config = f"[database]\npath={home / 'mail'}\n[user]\nprimary_email=bench@bench.example\n[new]\ntags=\n"
    (home / "config").write_text(config)
    return timed("notmuch", "new", "--quiet", env=notmuch_env(home))


def mu_import(folders, name="mu"):
    home = fresh(name)
    (home / "mail").mkdir(parents=True)
    for folder in folders:
        # mu does not follow links to folders; hard links to the files cost nothing either.
        run("cp", "-al", folder, home / "mail" / folder.name)
    run("mu", "init", "--quiet", f"--muhome={home / 'db'}", f"--maildir={home / 'mail'}")
    return timed("mu", "index", "--quiet", f"--muhome={home / 'db'}")


PROGRAMS = [("kronika", kronika_import), ("notmuch", notmuch_import), ("mu", mu_import)]


def compare_import(name, folders):
    count = sum(warm(folder)[0] for folder in folders)
    taken = {program: [] for program, _ in PROGRAMS}
    # Taking turns, so that a busy moment of the machine meets everyone.
    for _ in range(RUNS):
        for program, index in PROGRAMS:
            taken[program].append(index(folders))
    seconds, busy, memory = ({p: statistics.median(run[n] for run in runs) for p, runs in taken.items()} for n in range(3))
    rate = {program: count / taken for program, taken in seconds.items()}
    for other in ("notmuch", "mu"):
        ratio = rate["kronika"] / rate[other]
        budget = (">= 2", ratio >= 2) if other == "notmuch" else ("", None)
        result(
            f"import {count:,} {name}",
            f"{rate['kronika']:,.0f}/s, {busy['kronika']:.1f} s CPU",
            f"{other} {rate[other]:,.0f}/s, {busy[other]:.1f} s CPU, {memory[other]:.0f} MB",
            f"{ratio:.2f}",
            *budget,
        )
    result(f"import {count:,} {name}, memory", f"{memory['kronika']:.0f} MB", "", "", "< 300 MB", memory["kronika"] < 300)


def part_import():
    small, lists = maildirs()
    compare_import("SpamAssassin", [small])
    compare_import("list mail", [lists])


# Search.


def indexes_of_all_mail():
    """All 24,046 messages in an archive and in the indexes of the others."""
    folders = maildirs()
    whole = CACHE / "all-whole"
    if not whole.exists():
        for program, index in PROGRAMS:
            index(folders, f"{program}-all")
        whole.touch()
    return CACHE / "kronika-all"


def part_command():
    archive = indexes_of_all_mail()
    common, rare = "patch", "debian"
    for name, word in (("common", common), ("rare", rare)):
        commands = {
            "kronika": [KRONIKA, "search", "--data", str(archive), word],
            "notmuch": ["notmuch", "search", "--limit=20", "--sort=newest-first", word],
            "mu": ["mu", "find", f"--muhome={CACHE / 'mu-all/db'}", "-n", "20", "--sortfield=date", "--reverse", word],
        }
        medians = hyperfine(commands)
        for other in ("notmuch", "mu"):
            ratio = medians["kronika"] / medians[other]
            budget = ("<= 1", ratio <= 1) if other == "notmuch" else ("", None)
            result(
                f"search command, {name} word",
                f"{medians['kronika'] * 1e3:.1f} ms",
                f"{other} {medians[other] * 1e3:.1f} ms",
                f"{ratio:.2f}",
                *budget,
            )


def hyperfine(commands):
    """Medians (seconds) of commands, by name."""
    found = CACHE / "hyperfine.json"
    texts = [" ".join(command) for command in commands.values()]
    run("hyperfine", "-N", "-w", "10", "-r", "60", "-i", "--style", "none", "--export-json", found, *texts,
        env=notmuch_env(CACHE / "notmuch-all"), stderr=subprocess.DEVNULL)
    runs = json.loads(found.read_text())["results"]
    return {name: one["median"] for name, one in zip(commands, runs)}


def in_process(bench, archive):
    """Lines that a benchmark in a program of its own printed, cut at tabs."""
    env = {**os.environ, "KRONIKA_BENCH_ARCHIVE": str(archive)}
    lines = run("cargo", "bench", "-q", "-p", "kronika", "--bench", bench, cwd=ROOT, env=env).splitlines()
    return [line.split("\t") for line in lines]


def part_search():
    for count in (25_000, SYNTHETIC):
        search_among(count)


def search_among(count):
    for what, p50, p99, hits in in_process("search", synthetic_archive(count)):
        p50, p99 = float(p50), float(p99)
        result(f"newest 20 of {count:,} in process, {what}", f"p50 {p50:.3f} ms, p99 {p99:.3f} ms", f"{hits} hits", "", "p50 < 2 ms", p50 < 2)


# Verification.


def part_verify():
    archive = indexes_of_all_mail()
    files = [path for folder in maildirs() for path in sorted(messages(folder))]
    listed, joined = CACHE / "originals.list", CACHE / "originals"
    listed.write_text("".join(f"{path}\0" for path in files))
    if not joined.exists():
        with open(joined, "wb") as out:
            for path in files:
                out.write(path.read_bytes())
    one_core = ["taskset", "-c", "0"]
    dgst = ["openssl", "dgst", "-sha256"]
    size = joined.stat().st_size
    for folder in maildirs():
        warm(folder)
    ours, theirs, as_one = [], [], []
    for _ in range(RUNS):
        begun = time.monotonic()
        run(*one_core, "xargs", "-0", "-a", listed, *dgst)
        theirs.append(size / (time.monotonic() - begun))
        begun = time.monotonic()
        run(*one_core, *dgst, joined)
        as_one.append(size / (time.monotonic() - begun))
        report = json.loads(run(*one_core, KRONIKA, "verify", "--data", archive, "--json"))
        ours.append(report["bytes"] / report["seconds"])
    ours, theirs, as_one = (statistics.median(rates) for rates in (ours, theirs, as_one))
    ratio = ours / theirs
    result("verify, one core", f"{ours / 1e6:.0f} MB/s", f"openssl over the files {theirs / 1e6:.0f} MB/s", f"{ratio:.2f}", ">= 0.5", ratio >= 0.5)
    result("", "", f"openssl over all in one file {as_one / 1e6:.0f} MB/s", f"{ours / as_one:.2f}", "printed")


# The server over 100,000 interactions, 20,000 of them with one client.


def synthetic_archive(count=SYNTHETIC):
    name = "synthetic" if count == SYNTHETIC else f"synthetic-{count}"
    data = CACHE / f"archive-{name}"
    whole = CACHE / f"{name}-whole"
    if whole.exists():
        return data
    mbox = CACHE / f"{name}.mbox"
    run("python3", HERE / "corpus.py", "synthetic", mbox, str(count))
    shutil.rmtree(data, ignore_errors=True)
    password = CACHE / "password"
    password.write_text("a password for measuring\n")
    run(KRONIKA, "init", "--json", "--data", data, "--owner", "bench", "--owner-password-file", password)
    run(KRONIKA, "own", "add", "--data", data, "--domain", "office.example")
    for number in range(20):
        name = "The largest client" if number == 0 else f"Client {number}"
        run(KRONIKA, "client", "add", "--data", data, name, "--domain", f"client{number}.example")
    seconds, _, megabytes = timed(KRONIKA, "import", "--data", data, "--json", mbox)
    result(f"import {count:,} small, memory", f"{megabytes:.0f} MB", f"{count / seconds:,.0f}/s", "", "< 300 MB", megabytes < 300)
    mbox.unlink()
    whole.touch()
    return data


def part_start():
    data = synthetic_archive()
    seconds, idle = [], []
    for _ in range(max(RUNS, 5)):
        with server.Server(KRONIKA, data) as served:
            seconds.append(served.first_answer)
            time.sleep(2)
            idle.append(served.resident())
    first, memory = statistics.median(seconds) * 1e3, max(idle)
    result("start to first answer", f"{first:.0f} ms", "", "", "< 300 ms", first < 300)
    result("memory when idle", f"{memory:.0f} MB", "", "", "< 80 MB", memory < 80)


def part_timeline():
    data = synthetic_archive()
    clients = run(KRONIKA, "client", "list", "--data", data, "--json", "The largest").splitlines()
    largest = json.loads(clients[0])
    with server.Server(KRONIKA, data) as served:
        cookie = served.sign_in("bench", "a password for measuring")
        p50, p99, rate = served.load(f"/clients/{largest['id']}", cookie)
        memory = served.resident()
    result(
        f"timeline of {largest['interactions']:,}, 16 connections",
        f"p50 {p50:.1f} ms, p99 {p99:.1f} ms",
        f"{rate:,.0f} pages/s, {memory:.0f} MB",
        "",
        "p99 < 25 ms",
        p99 < 25,
    )


def part_log():
    """The timeline page for fifty people, with the log of looks and without, in turns."""
    found = {way: list(map(float, figures)) for way, *figures in in_process("log", synthetic_archive())}
    (rate_on, p50_on, p99_on, looks), (rate_off, p50_off, p99_off, unheard) = found["on"], found["off"]
    if looks == 0 or unheard != 0:
        sys.exit(f"bench: {looks:.0f} looks were written with the log and {unheard:.0f} without")
    cost = rate_off / rate_on - 1
    result(
        f"timelines for 50 people with the log, {looks:,.0f} looks written",
        f"{rate_on:,.0f} pages/s, p50 {p50_on:.1f} ms, p99 {p99_on:.1f} ms",
        f"without {rate_off:,.0f} pages/s, p50 {p50_off:.1f} ms, p99 {p99_off:.1f} ms",
        f"{cost:+.1%}",
        "< 5 %",
        cost < 0.05,
    )


PARTS = {
    "import": part_import,
    "command": part_command,
    "search": part_search,
    "verify": part_verify,
    "start": part_start,
    "timeline": part_timeline,
    "log": part_log,
}


def table():
    head = ("what", "measured", "against", "ratio", "budget", "")
    widths = [max(len(row[column]) for row in [head, *ROWS]) for column in range(len(head))]
    print()
    for row in [head, *ROWS]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


def main(parts):
    unknown = [part for part in parts if part not in PARTS]
    if unknown:
        sys.exit(f"bench: there is no part {unknown[0]}; there are {', '.join(PARTS)}")
    if not os.access(KRONIKA, os.X_OK):
        sys.exit(f"bench: {KRONIKA} is missing; run `cargo build --release -p kronika`")
    CACHE.mkdir(parents=True, exist_ok=True)
    for part in parts or PARTS:
        print(part, flush=True)
        PARTS[part]()
    table()
    sys.exit(1 if any(row[5] == "MISSED" for row in ROWS) else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
