# SPDX-License-Identifier: 0BSD
"""terminal.py FILE ROWSxCOLUMNS SCRIPT STEP...: runs a shell script on a terminal of its own.

Writes everything that is sent to the terminal to FILE.  The steps, in order:
  wait:TEXT     waits until TEXT is sent, after the text of the last wait
  type:TEXT     sends TEXT, with \\x escapes
  run:COMMAND   runs a shell command elsewhere, which must succeed
  size:SIZE     changes the size
  close         hangs up
Ends with the status of the script, or with 99 after a minute.
"""
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time

deadline = time.monotonic() + 60 * int(os.environ.get("SLOWNESS") or 1)


def resize(fd, size):
    rows, columns = size.split("x")
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", int(rows), int(columns), 0, 0))


def give_up(pid, what):
    print(f"# no end of {what}", file=sys.stderr)
    os.kill(pid, signal.SIGKILL)
    sys.exit(99)


def main():
    path, size, script, *steps = sys.argv[1:]
    ready, go = os.pipe()
    pid, master = pty.fork()
    if pid == 0:
        os.read(ready, 1)
        os.execv("/bin/sh", ["sh", "-c", script])
    resize(master, size)
    os.write(go, b"x")
    sent, seen = b"", 0
    with open(path, "wb", buffering=0) as file:

        def receive(what):
            """Read the available output; return false at the end."""
            nonlocal sent
            if time.monotonic() > deadline:
                give_up(pid, what)
            if not select.select([master], [], [], 0.1)[0]:
                return True
            try:
                data = os.read(master, 65536)
            except OSError:
                return False
            file.write(data)
            sent += data
            return data != b""

        for step in steps:
            name, _, text = step.partition(":")
            if name == "wait":
                while (at := sent.find(text.encode(), seen)) < 0:
                    if not receive(step):
                        give_up(pid, step)
                seen = at + len(text)
            elif name == "type":
                os.write(master, text.encode().decode("unicode_escape").encode())
            elif name == "run":
                subprocess.run(["/bin/sh", "-c", text], check=True)
            elif name == "size":
                resize(master, text)
            elif name == "close":
                os.close(master)
        while steps[-1:] != ["close"] and receive("the script"):
            pass
    while (ended := os.waitpid(pid, os.WNOHANG))[0] == 0:
        if time.monotonic() > deadline:
            give_up(pid, "the script")
        time.sleep(0.02)
    return os.waitstatus_to_exitcode(ended[1])


sys.exit(main())
