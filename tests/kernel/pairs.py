# SPDX-License-Identifier: 0BSD
"""pairs.py APPLET ALLOWED: run every pair of the options that APPLET --help=all lists.

The output of both must differ from that of each alone, or be an error in one line, or a line of ALLOWED says why
not: "APPLET  A  B  REASON" where B changes nothing beside A.  A and B are long options or patterns of fnmatch; OLD
stands for the options of util-linux 2.38.  A line that is not needed is an error as well.
"""
import ctypes
import fnmatch
import itertools
import os
import pty
import re
import select
import signal
import subprocess
import sys
import tempfile

CLONE_NEWIPC = 0x08000000
LIBC = ctypes.CDLL(None, use_errno=True)

# Ways to give an option: the words that it needs to have an effect, "|", and the option itself.
SAMPLES = {
    "ipcs": {
        "--id": ["-q | --id 0", "-s | --id 0"], "--name": ["-M | --name one"], "--all": ["| --all=posix"],
        "--check": ["| --check 0"], "--user": ["| --user root", "| --user 7001"],
        "--group": ["| --group root", "| --group 7002"], "--created-by": ["| --created-by root", "| --created-by 7001"],
        "--key": ["| --key 0x11", "| --key 0x12"], "--perms": ["| --perms 600", "| --perms 644"],
        "--min-size": ["| --min-size 1", "| --min-size 9000"], "--max-size": ["| --max-size 4500", "| --max-size 9"],
        "--older-than": ["| --older-than 0s", "| --older-than 1h"],
        "--newer-than": ["| --newer-than 0s", "| --newer-than 1h"],
        "--orphaned": ["| --orphaned", "| --orphaned=maybe"], "--peek": ["-q --id 0 | --peek"],
        "--output": ["| -o +CTIME", "| -o UID"], "--shell": ["-e -g | -y"],
        "--sort": ["| --sort uid:desc", "| --sort perms", "| --sort owner:desc,perms:desc"], "--rows": ["| --rows 1", "| --rows 0"],
        "--time-format": ["| --time-format epoch", "-t | --time-format epoch"], "--watch": ["| --watch"],
        "--source": ["| --source proc"],
    },
    "ipcmk": {
        "--shmem": ["| -M 4096"], "--semaphore": ["| -S 2"], "--posix-shmem": ["-n x | -m 64"],
        "--posix-semaphore": ["-n x | -s"], "--posix-mqueue": ["-n x | -q"], "--name": ["-m 64 | -n y"],
        "--mode": ["-M 4096 | -p 640"], "--owner": ["-M 4096 | --owner 7001"], "--key": ["-M 4096 | -k 0x99"],
        "--exist-ok": ["-M 4096 -k 0x11 -p 600 | --exist-ok", "-n one -m 9 | --exist-ok"], "--print-key": ["| --print-key z"],
        "--hugetlb": ["-M 4096 | --hugetlb"], "--noreserve": ["-M 4096 | --noreserve"], "--lock": ["-M 4096 | --lock"],
        "--max-messages": ["-Q | --max-messages 3"], "--message-size": ["-Q --max-messages 3 | --message-size 10"],
        "--value": ["-S 2 | --value 3"], "--musl": ["-s -n x | --musl"], "--id-only": ["-Q | --id-only"],
        "--json": ["-Q | -J"],
    },
    "ipcrm": {
        "--shmem-id": ["| -m 0"], "--shmem-key": ["| -M 0x12"], "--queue-id": ["| -q 0"], "--queue-key": ["| -Q 0x12"],
        "--semaphore-id": ["| -s 0"], "--semaphore-key": ["| -S 0x12"], "--posix-shmem": ["| --posix-shmem one"],
        "--posix-mqueue": ["| --posix-mqueue one"], "--posix-semaphore": ["| --posix-semaphore one"],
        "--all": ["| --all=shm", "| --all"], "--user": ["-a | --user root", "-a | --user 7001"],
        "--group": ["-a | --group root", "-a | --group 7002"],
        "--created-by": ["-a | --created-by root", "-a | --created-by 7001"],
        "--key": ["-a | --key 0x11", "-a | --key 0x12"], "--perms": ["-a | --perms 600", "-a | --perms 644"],
        "--min-size": ["-a | --min-size 1", "-a | --min-size 9000"],
        "--max-size": ["-a | --max-size 4500", "-a | --max-size 9"],
        "--older-than": ["-a | --older-than 0s", "-a | --older-than 1h"],
        "--newer-than": ["-a | --newer-than 0s", "-a | --newer-than 1h"],
        "--orphaned": ["-a | --orphaned", "-a | --orphaned=maybe"], "--max": ["-a | --max 0"],
        "--unattached": ["-a | --unattached"], "--dest": ["-a | --dest"], "--locked": ["-a | --locked"],
        "--shm": ["--perms 600 | --shm"], "--msg": ["--perms 600 | --msg"], "--sem": ["--perms 600 | --sem"],
        "--pshm": ["--perms 600 | --pshm"], "--pmsg": ["--perms 600 | --pmsg"], "--psem": ["--perms 600 | --psem"],
        "--dry-run": ["-m 0 | -n"], "--interactive": ["-m 0 | -i"], "--force": ["-m 9 | -f"],
        "--quiet": ["-m 9 | --quiet"], "--verbose": ["-m 0 | -v"], "--json": ["-m 0 | -J"],
    },
}
OLD = {
    "ipcs": "--id --shm --msg --sem --all --time --pid --creator --limits --summary --bytes --human",
    "ipcmk": "--shmem --semaphore --queue --mode",
    "ipcrm": "--shmem-id --shmem-key --queue-id --queue-key --semaphore-id --semaphore-key --all --verbose",
}


def options(applet):
    """The ways to give each option, by long name: what it needs, and the option, both as words."""
    text = subprocess.run([applet, "--help=all"], stdout=subprocess.PIPE, check=True, text=True).stdout
    found = {}
    for name, argument in re.findall(r"^ (?:-.,|   ) (--[a-z-]+)(\[?[ =][^ ]+)?", text, re.M):
        if name in ("--help", "--version"):
            continue
        if argument.strip() and name not in SAMPLES[applet]:
            raise SystemExit("no sample argument for %s %s" % (applet, name))
        ways = SAMPLES[applet].get(name, ["| " + name])
        found[name] = [tuple(part.split() for part in way.split("|")) for way in ways]
    return found


def plain(text):
    """The output without the parts that differ between runs: ages and random keys."""
    text = re.sub(r'"age":\d+', '"age":N', text)
    return re.sub(r"0x(?!000000(?:11|12|99)\b)[0-9a-f]{8}\b", "0xKEY", text)


def first_document(argv):
    """The output of a command that never ends, until it pauses."""
    with subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        ready, _, _ = select.select([child.stdout], [], [], 5)
        went_on = bool(ready) and bool(os.read(child.stdout.fileno(), 1))
        if went_on:
            child.send_signal(signal.SIGTERM)
        out, err = child.communicate(timeout=30)
    return child.returncode, "again and again" + out.decode("utf-8", "replace") if went_on else "", err.decode()


def run_ipcs(argv):
    """The status, standard output and standard error."""
    if "--watch" in argv:
        return first_document(argv)
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                          timeout=60)
    return done.returncode, plain(done.stdout.decode("utf-8", "replace")), done.stderr.decode()


def answered(argv):
    """Run a command whose prompts are answered with no."""
    master, slave = pty.openpty()
    os.write(master, b"n\n" * 20)
    done = subprocess.run(argv, stdin=slave, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, timeout=60)
    os.close(master)
    os.close(slave)
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode()


def quietly(*argv):
    """Run a command that prepares or inspects."""
    return subprocess.run(argv, stdout=subprocess.PIPE, check=True, text=True).stdout


def fill(applet):
    """Objects for one run in a new namespace: one of each kind that options name, another that they do not."""
    for name in os.listdir("/dev/shm"):
        os.unlink("/dev/shm/" + name)
    quietly("ipcmk", "-M", "4096", "-Q", "-S", "1", "-k", "0x11", "-p", "600")
    if applet == "ipcrm":
        quietly("ipcmk", "-M", "4500", "-k", "0x13", "--lock")
        LIBC.shmat.restype = ctypes.c_void_p
        LIBC.shmat(int(quietly("ipcmk", "-M", "4500", "--id-only", "--owner", "7001")), None, 0)
        quietly("ipcrm", "-m", "2")
        quietly("ipcmk", "-M", "5000", "-Q", "-S", "2", "-k", "0x12", "--owner", "7001:7002")
        quietly("ipcmk", "-M", "9000", "-Q", "-S", "3")
        quietly("ipcmk", "-m", "9", "-q", "-s", "-n", "one", "-p", "600")
        quietly("ipcmk", "-m", "9", "-q", "-s", "-n", "two", "--owner", "7001:7002")


def run_alone(applet, argv):
    """Run in a new IPC namespace; the objects that are there afterwards belong to the standard output."""
    if LIBC.unshare(CLONE_NEWIPC) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    for name, value in (("msg_default", "2"), ("msgsize_default", "128")):
        with open("/proc/sys/fs/mqueue/" + name, "w", encoding="ascii") as file:
            file.write(value)
    fill(applet)
    status, out, err = answered(argv)
    left = quietly("ipcs", "-A", "-r", "-o", "KIND,KEY,ID,NAME,MODE,UID,SIZE,NSEMS,QBYTES,MAXMSG,MSGSIZE,SVAL,LIBC,STATUS")
    values = [quietly("ipcs", "-s", "-i", id) for id in quietly("ipcs", "-s", "-r", "--noheadings", "-o", "ID").split()]
    return status, plain(out) + "left:\n" + plain(left) + re.sub(r".time.*", "", "".join(values)), err


def in_child(applet, argv):
    """run_alone in a process and with files of its own."""
    with tempfile.TemporaryFile() as result:
        pid = os.fork()
        if pid == 0:
            try:
                result.write(repr(run_alone(applet, argv)).encode())
                result.flush()
                os._exit(0)
            finally:
                os._exit(1)
        if os.waitpid(pid, 0)[1] != 0:
            raise SystemExit("cannot run %s" % argv)
        result.seek(0)
        return eval(result.read().decode())  # pylint: disable=eval-used


class Allowed:
    """The lines of the file for an applet."""

    def __init__(self, path, applet):
        self.applet, self.lines, self.used = applet, [], set()
        with open(path, encoding="utf-8") as file:
            for line in file:
                if line.startswith(applet + "\t"):
                    self.lines.append(line.rstrip("\n").split("\t"))
                    if len(self.lines[-1]) != 4:
                        raise SystemExit("not four columns: %s" % line)

    def matches(self, pattern, option):
        if pattern == "OLD":
            return option in OLD[self.applet].split()
        return any(fnmatch.fnmatch(option, one) for one in pattern.split())

    def covers(self, beside, silent):
        found = False
        for i, (_, a, b, _) in enumerate(self.lines):
            if self.matches(a, beside) and self.matches(b, silent):
                self.used.add(i)
                found = True
        return found


class Runner:
    """Runs command lines of an applet, each once."""

    def __init__(self, applet):
        self.applet, self.known = applet, {}

    def __call__(self, words):
        line = tuple(words)
        if line not in self.known:
            argv = [self.applet, *line]
            self.known[line] = run_ipcs(argv) if self.applet == "ipcs" else in_child(self.applet, argv)
        return self.known[line]

    def is_error(self, result):
        """One line on standard error, and nothing else."""
        status, out, err = result
        return status != 0 and re.fullmatch(r"%s: .*\n" % self.applet, err) and ("left:" in out or out == "")


def heard(run, beside, option):
    """True if in some way to give both options, the second one has an effect or is an error."""
    for first, second in itertools.product(beside, option):
        both = run(first[0] + first[1] + second[0] + second[1])
        if not 0 <= both[0] <= 3:
            raise SystemExit("%s ends with status %d" % (first[1] + second[1], both[0]))
        if run.is_error(both) or both != run(first[0] + first[1] + second[0]):
            return True
    return False


def main(applet, path):
    rows, allowed, run, bad = options(applet), Allowed(path, applet), Runner(applet), 0
    for beside, option in itertools.permutations(rows, 2):
        if not heard(run, rows[beside], rows[option]) and not allowed.covers(beside, option):
            print("%s changes nothing beside %s" % (option, beside))
            bad = 1
    for name in rows:
        print("heard %s" % name)
    for i, line in enumerate(allowed.lines):
        if i not in allowed.used:
            print("not needed: %s" % " ".join(line))
            bad = 1
    return bad


sys.exit(main(sys.argv[1], sys.argv[2]))
