# SPDX-License-Identifier: 0BSD
"""Test the tests: break one line of the program at a time and check that the fast layers notice.

The sample depends only on the seed and the sources.  A mutant that does not compile, or compiles to the code
of the original, is replaced by the next one.  The first test that fails twice or does not end kills a mutant.
Each worker has its own copy of the tree, and each test runs in its own namespaces, which confine a mutant
that removes objects or never ends.
"""
import argparse
import collections
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.dont_write_bytecode = True
import mutants

ROOT = Path(__file__).resolve().parents[2]
REPORTS = re.compile(rb"LeakSanitizer: detected|ERROR: AddressSanitizer|runtime error: ")
# Huge pages and the memory of POSIX queues are limited per machine and per user, not per namespace.
SHARED = re.compile("nr_hugepages|mq_|mqueue")
BUILDS = {
	"plain": ["-DCMAKE_BUILD_TYPE=Release", "-DCMAKE_C_FLAGS_RELEASE=-O2"],
	"sanitized": ["-DCMAKE_BUILD_TYPE=Debug", "-DIPCBOX_SANITIZE=ON"],
}
# A private /tmp, because Criterion names its sockets there after process IDs, which repeat in PID namespaces.
PRIVATE = ["unshare", "--ipc", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-ec", """
	tree=$1
	shift
	mount --bind "$tree" /mnt
	mount -t tmpfs none /dev/shm
	mount -t tmpfs none /tmp
	mkdir -p "$tree"
	mount --bind /mnt "$tree"
	cd /tmp
	code=0
	"$@" || code=$?
	exit $code""", "sh"]
LEAST_SECONDS = 15
shared = threading.Lock()
running = set()
Test = collections.namedtuple("Test", "layer name build")


def limits():
	os.nice(10)
	resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
	resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 28, resource.RLIM_INFINITY))


def tight():
	"""Stop a mutant that allocates without end.  Sanitizers need all addresses."""
	limits()
	resource.setrlimit(resource.RLIMIT_AS, (1 << 32, 1 << 32))


class Build:
	"""A build of a worker's copy, in which one object at a time is replaced."""

	def __init__(self, tree, kind):
		self.tree, self.folder, self.kind, self.stale = tree, tree / "build" / kind, kind, set()
		self.original = None

	def make(self, targets):
		subprocess.run(["cmake", "-S", self.tree, "-B", self.folder, "-DBUILD_TESTING=ON", *BUILDS[self.kind]],
			check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
		subprocess.run(["cmake", "--build", self.folder, "--target", *targets], check=True,
			stdout=subprocess.DEVNULL, preexec_fn=limits)
		with open(self.folder / "compile_commands.json", encoding="utf-8") as file:
			self.commands = {str(Path(c["file"]).relative_to(self.tree)): c["command"] for c in json.load(file)}

	def links(self, target):
		return next(self.folder.glob("**/CMakeFiles/%s.dir/link.txt" % target))

	def link(self, target):
		"""Run the link command of the generated Makefile, which itself would first check every other file."""
		if target not in self.stale:
			return
		self.stale.remove(target)
		script = self.links(target)
		for archive in re.findall(r"\bqc (\S+\.a)", script.read_text()):
			(script.parents[2] / archive).unlink(missing_ok=True)
		subprocess.run(["sh", "-ec", script.read_text()], cwd=script.parents[2], check=True)

	def restore(self):
		if self.original is not None:
			self.object.write_bytes(self.original)
			self.original = None

	def compile(self, file, targets):
		"""Compile a changed source; return None, or the reason why it is not a mutant."""
		command = self.commands[file]
		self.restore()
		self.object = self.folder / re.search(r" -o (\S+)", command).group(1)
		self.original = self.object.read_bytes()
		done = subprocess.run(command + " -Werror=uninitialized", shell=True, cwd=self.folder, stdout=subprocess.DEVNULL,
			stderr=subprocess.DEVNULL, preexec_fn=limits)
		self.stale = {"core", "applets", *targets}
		if done.returncode != 0:
			return "does not compile"
		return "the same code" if self.object.read_bytes() == self.original else None


class Worker:
	"""A copy of the tree with its builds."""

	def __init__(self, folder, files, tests):
		self.tree = folder
		self.tests = tests
		for file in files:
			(folder / file).parent.mkdir(parents=True, exist_ok=True)
			shutil.copy2(ROOT / file, folder / file)
		self.builds = {kind: Build(folder, kind) for kind in {test.build for test in tests}}
		self.criterion = {"%s_%s" % test[:2] for test in tests if test.layer != "kernel"}
		self.programs = {"ipcbox"} if any(test.layer in ("cli", "kernel") for test in tests) else set()
		for build in self.builds.values():
			build.make({"core", "applets", *self.criterion, *self.programs,
				*({"helpers"} if self.programs and build.kind == "plain" else ())})

	def run(self, test, seconds):
		"""Return None if the test passes, else the reason why it does not."""
		build = self.builds[test.build]
		for target in ("core", "applets", *self.programs):
			build.link(target)
		if test.layer == "kernel":
			build.link("holders_probe")
			command = ["sh", self.tree / "tests/kernel" / (test.name + ".sh")]
		else:
			build.link("%s_%s" % test[:2])
			command = [build.folder / "tests" / ("%s_%s" % test[:2]), "-j2", "--fail-fast"]
		environment = dict(os.environ, IPCBOX=build.folder / "ipcbox", HELPERS=build.folder / "tests",
			BUILD=build.folder, SOURCE=self.tree, PROGRAM="dynamic", LC_ALL="C", TZ="UTC")
		source = (self.tree / "tests" / test.layer / (test.name + (".sh" if test.layer == "kernel" else ".c")))
		alone = bool(SHARED.search(source.read_text(encoding="utf-8")))
		with shared if alone else threading.Lock():
			process = subprocess.Popen([*PRIVATE, self.tree, *command], env=environment, stdin=subprocess.DEVNULL,
				stdout=subprocess.PIPE, stderr=subprocess.STDOUT, preexec_fn=tight if test.build == "plain" else limits)
			running.add(process)
			timer = threading.Timer(seconds, process.kill)
			timer.start()
			why = None
			for line in process.stdout:
				if line.startswith(b"not ok") or REPORTS.search(line):
					why = line.decode(errors="replace").strip()
					process.kill()
			code = process.wait()
			late = not timer.is_alive()
			timer.cancel()
			running.discard(process)
		if late and why is None:
			return "no end"
		return why or ("skipped" if code == 77 else "status %d" % code if code != 0 else None)

	def fails(self, test, seconds):
		"""Run a test again if it fails: an unsteady test does not kill a mutant."""
		why = self.run(test, seconds)
		# The short tests have a time limit far above what they take on any machine.
		if why is None or (why == "no end" and test.layer in ("unit", "applet")):
			return why
		if self.run(test, 2 * seconds) is None:
			print("# %s/%s failed once, then passed: %s" % (test.layer, test.name, why), file=sys.stderr)
			return None
		return why

	def judge(self, mutant, order, took):
		"""Return the verdict and its reason."""
		path = self.tree / mutant.file
		text = path.read_text(encoding="utf-8")
		lines = text.split("\n")
		lines[mutant.line - 1] = mutant.mutated
		path.write_text("\n".join(lines), encoding="utf-8")
		try:
			why = self.builds["plain"].compile(mutant.file, {*self.programs, "holders_probe", *self.criterion})
			if why is not None:
				return "invalid", why
			compiled = {"plain"}
			for test in order:
				if test.build not in compiled:
					compiled.add(test.build)
					self.builds[test.build].compile(mutant.file, {*self.programs, *self.criterion})
				why = self.fails(test, max(LEAST_SECONDS, 5 * took[test]))
				if why is not None:
					return "killed", "%s/%s (%s): %s" % (test.layer, test.name, test.build, why)
			return "survived", ""
		finally:
			path.write_text(text, encoding="utf-8")
			for build in self.builds.values():
				build.restore()


def stop(folder):
	"""Leave nothing behind when a signal ends the run."""
	for process in list(running):
		process.kill()
	shutil.rmtree(folder, ignore_errors=True)
	os._exit(1)


def sources():
	"""Return the files of the tree, as paths below it, without what builds and git keep there."""
	found = []
	for folder, folders, files in os.walk(ROOT):
		folders[:] = [name for name in folders if (Path(folder) / name) not in (ROOT / "build", ROOT / ".git")]
		found += [str((Path(folder) / name).relative_to(ROOT)) for name in files]
	return sorted(found)


def known(path):
	"""Return the reasons why mutants are judged equivalent, by identity."""
	found = {}
	for line in path.read_text(encoding="utf-8").splitlines():
		if line and not line.startswith("#"):
			file, function, original, mutated, reason = line.split("\t")
			found[file, function, original, mutated] = reason
	return found


def identity(mutant):
	"""Identify a mutant by what stays when the lines around it change."""
	squeeze = [" ".join(text.split()) for text in (mutant.original, mutant.mutated)]
	return (mutant.file, mutant.function, *squeeze)


def queues(found, seed):
	"""Order the mutants of each file at random: a line, one of its operators, one of its mutants."""
	waiting = {}
	for file in sorted({mutant.file for mutant in found}):
		chance = random.Random("%d %s" % (seed, file))
		lines = collections.defaultdict(lambda: collections.defaultdict(list))
		for mutant in found:
			if mutant.file == file:
				lines[mutant.line][mutant.operator].append(mutant)
		order = sorted(lines)
		chance.shuffle(order)
		waiting[file] = collections.deque(chance.choice(lines[line][chance.choice(sorted(lines[line]))])
			for line in order)
	return waiting


def quotas(files, count):
	"""Divide count among the files in proportion to their lines."""
	size = {file: len((ROOT / file).read_text(encoding="utf-8").split("\n")) for file in files}
	share = {file: count * size[file] / sum(size.values()) for file in files}
	quota = {file: int(share[file]) for file in files}
	for file in sorted(files, key=lambda f: (quota[f] - share[f], f))[:count - sum(quota.values())]:
		quota[file] += 1
	return quota


def tests_of(pattern):
	found = []
	for layer, ending in (("unit", ".c"), ("applet", ".c"), ("cli", ".c"), ("kernel", ".sh")):
		names = sorted(path.stem for path in (ROOT / "tests" / layer).glob("*" + ending))
		found += [Test(layer, name, "plain") for name in names]
	found += [test._replace(build="sanitized") for test in found if test.layer in ("unit", "applet")]
	return [test for test in found if re.search(pattern, "%s/%s %s" % test)]


def measure(worker, tests):
	"""Return the seconds that each test takes; all must pass on the unchanged program."""
	took = {}
	for test in tests:
		start = time.monotonic()
		why = worker.fails(test, 600)
		if why == "skipped":
			print("# %s/%s is skipped here and kills nothing" % test[:2], file=sys.stderr)
		elif why is not None:
			raise SystemExit("the unchanged program fails %s/%s (%s): %s" % (*test, why))
		else:
			took[test] = time.monotonic() - start
	return took


def order_for(file, took):
	"""Sort the tests: those of this file first, then layer by layer, the fastest first."""
	family = Path(file).stem.split("_")[0]
	layers = ["plain unit", "plain applet", "plain cli", "plain kernel", "sanitized unit", "sanitized applet"]
	return sorted(took, key=lambda t: (t.name.split("_")[0] != family or t.layer == "kernel" or
		t.build != "plain", layers.index(t.build + " " + t.layer), took[t]))


def show(mutant):
	return "%s:%d (%s, in %s)\n\t- %s\n\t+ %s" % (mutant.file, mutant.line, mutant.operator, mutant.function,
		mutant.original.strip(), mutant.mutated.strip() or "(nothing)")


class Hunt:
	"""The state that the workers share."""

	def __init__(self, waiting, quota, took):
		self.waiting, self.took = waiting, took
		self.slots = collections.deque(file for file in sorted(quota) for _ in range(quota[file]))
		self.lock = threading.Lock()
		self.results, self.invalid = [], collections.Counter()
		self.total = len(self.slots)

	def take(self, file):
		with self.lock:
			return self.waiting[file].popleft() if self.waiting[file] else None

	def work(self, worker):
		while True:
			with self.lock:
				if not self.slots:
					return
				file = self.slots.popleft()
			self.fill(worker, file)

	def fill(self, worker, file):
		"""Try mutants of the file until one compiles to different code."""
		while (mutant := self.take(file)) is not None:
			start = time.monotonic()
			verdict, why = worker.judge(mutant, order_for(file, self.took), self.took)
			with self.lock:
				if verdict == "invalid":
					self.invalid[why] += 1
					continue
				self.results.append((mutant, verdict))
				print("[%d/%d] %s %s:%d %s (%.0f s) %s" % (len(self.results), self.total, verdict, mutant.file,
					mutant.line, mutant.operator, time.monotonic() - start, why), file=sys.stderr, flush=True)
			return


def report(hunt, judged):
	count = collections.Counter()
	for mutant, verdict in sorted(hunt.results):
		equivalent = identity(mutant) in judged
		if verdict == "survived" and not equivalent:
			print("survived:", show(mutant))
		if verdict == "killed" and equivalent:
			print("killed, but listed as equivalent:", show(mutant))
		count["equivalent" if verdict == "survived" and equivalent else verdict] += 1
	for why, times in sorted(hunt.invalid.items()):
		print("not counted, %s: %d" % (why, times))
	total = sum(count.values())
	print("%d mutants: %d killed, %d survived, %d equivalent" % (total, count["killed"], count["survived"],
		count["equivalent"]))
	print("%.1f %% of those that are not equivalent were killed" % (100 * count["killed"] /
		max(1, total - count["equivalent"])))


def main():
	parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
	parser.add_argument("--seed", type=int, default=1)
	parser.add_argument("--count", type=int, default=150)
	parser.add_argument("--workers", type=int, default=os.cpu_count())
	parser.add_argument("--list", action="store_true", help="list the candidates and exit")
	parser.add_argument("--only", default="", metavar="REGEX", 
		help="use only candidates whose line of --list matches")
	parser.add_argument("--tests", default="", metavar="REGEX",
		help="run only tests whose LAYER/NAME BUILD matches, as in 'unit/out plain'")
	parser.add_argument("--equivalent", type=Path, default=ROOT / "tests/mutation/equivalent", metavar="FILE")
	args = parser.parse_args()
	tree = sources()
	files = sorted(file for file in tree if re.fullmatch(r"(?:applets|core)/(?:\w+/)?\w+\.c", file))
	found = [m for file in files for m in mutants.candidates(file, (ROOT / file).read_text(encoding="utf-8"))]
	judged = known(args.equivalent)
	for gone in sorted(judged.keys() - {identity(mutant) for mutant in found}):
		print("listed as equivalent, but no such mutant:", *gone, sep="\t")
	line = {m: "\t".join((m.file, str(m.line), m.operator, m.function, m.original.strip(), m.mutated.strip()))
		for m in found}
	found = [mutant for mutant in found if re.search(args.only, line[mutant])]
	if args.list:
		print("\n".join(line[mutant] for mutant in found))
		return
	print("seed %d, %d of %d candidates" % (args.seed, args.count, len(found)), flush=True)
	with tempfile.TemporaryDirectory(prefix="mutation.") as folder:
		os.chmod(folder, 0o755)
		for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
			signal.signal(number, lambda *_: stop(folder))
		tests = tests_of(args.tests)
		copies = [Path(folder) / str(i) for i in range(max(1, args.workers))]
		with ThreadPoolExecutor(len(copies)) as pool:
			workers = list(pool.map(lambda copy: Worker(copy, tree, tests), copies))
			# In parallel, as later.
			took, *others = pool.map(lambda worker: measure(worker, tests), workers)
			took = {test: max([took[test], *(other[test] for other in others)]) for test in took}
			# A file that only the static build contains has no object here.
			commands = workers[0].builds["plain"].commands
			for file in sorted({m.file for m in found} - set(commands)):
				print("not in this build:", file)
			found = [m for m in found if m.file in commands]
			hunt = Hunt(queues(found, args.seed), quotas(sorted({m.file for m in found}), args.count), took)
			list(pool.map(hunt.work, workers))
	report(hunt, judged)


if __name__ == "__main__":
	main()
