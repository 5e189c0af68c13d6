/* SPDX-License-Identifier: 0BSD */
/*
 * The first process of the booted guest, whose image contains only this, the program, cost, and server.
 *
 * First, the program is alone: no /proc, no /dev/null, no passwd file, no links.  Then the file systems are mounted,
 * and the program is measured on as many objects as the kernel can have.  Results go to the console, one per line;
 * "# end" marks a complete run, and the guest powers itself off.  Its arguments: "ordinary", "extended" for the extended
 * limits, or "soak SECONDS" for orphans instead of measurements.
 *
 * The clock of the guest advances by two nanoseconds with each instruction (see boot.sh), so a CPU time is the number of
 * instructions of the program and of the kernel for it, independent of the load of the host.
 */
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mount.h>
#include <sys/msg.h>
#include <sys/reboot.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "guest.h"

/* The number of objects that fill the buffer in each form: from there on, the costs per row are constant. */
enum { FEW = 4000, NS_PER_INSTRUCTION = 2, FIRST_KEY = 0x1000, MOST_WORDS = 16 };
/* The maximum limits on segments and on queues, and the objects that are created. */
enum { MOST_EXTENDED = 16777216, MOST_ORDINARY = 32768, EXTENDED = 40000, ORDINARY = 32000, QUEUES = 34000 };

static const char *const sources[] = { "proc", "syscall" };
/* The options of a list, and the number of its lines that are not rows. */
static const struct form {
	const char *name, *option;
	unsigned long lines;
} forms[] = { { "classic", "", 4 }, { "raw", "-r", 1 }, { "export", "-e", 0 }, { "JSON", "-J", 4 } };

enum { SOURCES = sizeof sources / sizeof *sources, FORMS = sizeof forms / sizeof *forms };

struct cost {
	unsigned long peak;
	double instructions;
};

struct outcome last;
static unsigned failures;

int ok(int good, const char *format, ...)
{
	va_list args;

	failures += !good;
	printf("%s - ", good ? "ok" : "not ok");
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
	return good;
}

static void keep(const char *piece, size_t n, size_t *filled)
{
	size_t room = sizeof last.text - 1 - *filled;

	for (size_t i = 0; i < n; i++)
		last.lines += piece[i] == '\n';
	if (n > room)
		n = room;
	memcpy(last.text + *filled, piece, n);
	*filled += n;
	last.text[*filled] = '\0';
}

static double instructions(const struct rusage *usage)
{
	double us = (double)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) * 1e6 +
		(double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec);

	return us * 1000 / NS_PER_INSTRUCTION;
}

/* Splits at blanks, but not between single quotes. */
static void split(char *line, char *words[MOST_WORDS + 1])
{
	size_t n = 0;

	while (*line != '\0' && n < MOST_WORDS) {
		char end = *line == '\'' ? '\'' : ' ';

		line += end == '\'';
		words[n++] = line;
		line = strchrnul(line, end);
		if (*line != '\0')
			*line++ = '\0';
	}
	words[n] = NULL;
}

/* A word without a slash is an applet of the program, run without a link. */
static void execute(char *line, int output)
{
	static char *const environment[] = { "LC_ALL=C", "TZ=UTC", NULL };
	char *words[MOST_WORDS + 1];

	split(line, words);
	dup2(output, 1);
	dup2(output, 2);
	execve(*words[0] == '/' ? words[0] : "/bin/ipcbox", words, environment);
	_exit(126);
}

/* Runs a command line, which it splits, and fills "last". */
static int run_words(char *line)
{
	char piece[65536];
	struct rusage usage = { 0 };
	size_t filled = 0;
	ssize_t n;
	int ends[2];
	pid_t pid;

	memset(&last, 0, sizeof last);
	last.status = -1;
	if (pipe2(ends, O_CLOEXEC) != 0)
		return -1;
	pid = fork();
	if (pid == 0)
		execute(line, ends[1]);
	close(ends[1]);
	while ((n = read(ends[0], piece, sizeof piece)) > 0)
		keep(piece, (size_t)n, &filled);
	close(ends[0]);
	if (pid < 0 || wait4(pid, &last.status, 0, &usage) != pid)
		return -1;
	last.instructions = instructions(&usage);
	return last.status;
}

int run(const char *format, ...)
{
	char line[512];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof line, format, args);
	va_end(args);
	return run_words(line);
}

void show(int good)
{
	int i = 0;

	if (good)
		return;
	printf("# status 0x%x, %lu lines, of which the first:\n", (unsigned)last.status, last.lines);
	for (char *s = strtok(last.text, "\n"); s != NULL && i < 8; s = strtok(NULL, "\n"), i++)
		printf("#   %s\n", s);
}

/* The command exits with 0, and its output includes the text. */
static void expect(const char *command, const char *text)
{
	int good = run("%s", command) == 0 && strstr(last.text, text) != NULL;

	show(ok(good, "%s", command));
}

static void alone(void)
{
	ok(access("/proc/sysvipc", F_OK) != 0, "there is no /proc");
	ok(access("/dev/null", F_OK) != 0, "there is no /dev/null");
	expect("ipcbox --list", "ipcmk\nipcrm\nipcs\n");
	expect("ipcmk -M 4096 -Q -S 3 -k 0x1234", "Shared memory id: 0\nMessage queue id: 0\nSemaphore id: 0\n");
	expect("ipcs", "0x00001234 0          0          644        4096       0");
	expect("ipcs -J", "\"complete\":true}");
	expect("ipcs -q -r", "\n0x00001234 0 0 rw-r--r-- 0 0");
	expect("ipcs -s -i 0", "semnum     value      ncount     zcount     pid");
	expect("ipcs -l", "max number of segments = 4096\n");
	expect("ipcs -u", "segments allocated 1\n");
	expect("ipcmk -q -n /early", "POSIX message queue name: ");
	expect("ipcs -Q -N /early", "name=early\n");
	expect("ipcrm -v --posix-mqueue /early", "removing POSIX message queue");
	expect("ipcrm -v -M 0x1234 -q 0", "removing message queue id `0'\n");
	expect("ipcrm -v -a", "removing semaphore id `0'\n");
	run("ipcs -r");
	show(ok(last.status == 0 && strstr(last.text, "NSEMS") != NULL && strstr(last.text, "0x") == NULL,
		"all is removed"));
	run("/bin/ipcbox --install -s /bin");
	show(ok(last.status == 0 && access("/bin/ipcs", X_OK) == 0, "/bin/ipcbox --install -s /bin"));
}

static void mounted(const char *type, const char *where)
{
	mkdir(where, 0755);
	ok(mount(type, where, type, 0, NULL) == 0, "%s is mounted on %s", type, where);
}

static void with_file_systems(void)
{
	mounted("proc", "/proc");
	mounted("devtmpfs", "/dev");
	mounted("tmpfs", "/dev/shm");
	mounted("mqueue", "/dev/mqueue");
	expect("/bin/ipcmk -M 4096 -k 0x77", "Shared memory id: ");
	expect("/bin/ipcs -m --source=proc", "0x00000077 ");
	expect("/bin/ipcs -m --source=syscall", "0x00000077 ");
	expect("/bin/ipcmk -Q", "Message queue id: ");
	expect("/bin/ipcs -q --waiting -J", "\"waiting_complete\":true");
	expect("/bin/ipcmk -m 4096 -s -q -n /late", "");
	expect("/bin/ipcs -M -r", "late");
	expect("/bin/ipcs -S -r", "late");
	expect("/bin/ipcs -Q -r", "late");
	expect("/bin/ipcrm --all=posix", "");
	run("/bin/ipcs -M -S -Q -r");
	show(ok(last.status == 0 && strstr(last.text, "late") == NULL, "no POSIX object is left"));
	expect("/bin/ipcrm -a", "");
}

static int set_limit(const char *path, unsigned long value)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), rc;

	if (fd < 0)
		return -1;
	rc = dprintf(fd, "%lu\n", value);
	close(fd);
	return rc;
}

/* The ID of the last object, or -1. */
static int make_segments(unsigned long n)
{
	unsigned long made = 0;
	int id = -1;

	while (made < n && (id = shmget((key_t)(FIRST_KEY + made), 1, IPC_CREAT | IPC_EXCL | 0600)) >= 0)
		made++;
	ok(made == n, "%lu segments are made", n);
	return id;
}

static void measure_list(const char *source, const struct form *form, unsigned long n, struct cost *cost)
{
	char command[64];
	int good;

	snprintf(command, sizeof command, "/bin/ipcs -m --source=%s %s", source, form->option);
	run("%s", command);
	cost->instructions = last.instructions;
	show(ok(last.status == 0 && last.lines == n + form->lines, "%lu rows, %s by %s", n, form->name, source));
	good = run("/bin/cost -q '%s'", command) == 0 && sscanf(last.text, "%*u %*u %lu", &cost->peak) == 1;
	show(ok(good, "with %lu KiB, %.0f instructions a row", cost->peak, cost->instructions / (double)n));
}

static void measure_lists(unsigned long n, struct cost costs[SOURCES][FORMS])
{
	for (int s = 0; s < SOURCES; s++)
		for (int f = 0; f < FORMS; f++)
			measure_list(sources[s], &forms[f], n, &costs[s][f]);
}

/* A row costs as much as in a short list; the memory exceeds that of a short list by at most two pages. */
static void compare_lists(unsigned long n, struct cost few[SOURCES][FORMS], struct cost all[SOURCES][FORMS])
{
	double rows = (double)n / FEW;

	for (int s = 0; s < SOURCES; s++)
		for (int f = 0; f < FORMS; f++) {
			const struct cost *a = &few[s][f], *b = &all[s][f];
			double ratio = b->instructions / a->instructions / rows;

			ok(b->peak > 0 && b->peak <= a->peak + 8, "%s by %s: %ld KiB more for %lu rows than for %d",
			   forms[f].name, sources[s], (long)b->peak - (long)a->peak, n, FEW);
			ok(ratio > 0.5 && ratio < 1.1, "%s by %s: %.3f times the instructions a row", forms[f].name,
			   sources[s], ratio);
		}
}

/* All details of one object of many: one look-up, unless only /proc may be read. */
static void look_up(int id, unsigned long n)
{
	static const char *const by[] = { "proc", "syscall", "auto" };
	char about[64];

	snprintf(about, sizeof about, "shmid=%d\n", id);
	for (size_t i = 0; i < sizeof by / sizeof *by; i++) {
		int good = run("/bin/ipcs -m -i %d --source=%s", id, by[i]) == 0 && strstr(last.text, about) != NULL;

		show(ok(good, "segment %d of %lu is found by %s", id, n, by[i]));
	}
	for (size_t i = 1; i < sizeof by / sizeof *by; i++) {
		unsigned long calls = 0;

		run("/bin/cost '/bin/ipcs -m -i %d --source=%s'", id, by[i]);
		sscanf(last.text, "%lu", &calls);
		show(ok(last.status == 0 && calls > 0 && calls <= 10, "by %lu system calls (%s)", calls, by[i]));
	}
}

static double remove_all(unsigned long n)
{
	struct shm_info info;
	double all;

	run("/bin/ipcrm -a");
	show(ok(last.status == 0 && last.lines == 0, "ipcrm -a of %lu", n));
	all = last.instructions;
	ok(shmctl(0, SHM_INFO, (struct shmid_ds *)&info) >= 0 && info.used_ids == 0, "the kernel has no segment");
	for (int s = 0; s < SOURCES; s++) {
		run("/bin/ipcs -m -r --source=%s", sources[s]);
		show(ok(last.status == 0 && last.lines == 1, "the list by %s is empty", sources[s]));
	}
	return all;
}

/* The maximum number without ipcmni_extend can be listed, found and removed as well. */
static void ordinary_segments(unsigned long n)
{
	int id = make_segments(n);

	for (int s = 0; s < SOURCES; s++) {
		run("/bin/ipcs -m -r --source=%s", sources[s]);
		show(ok(last.status == 0 && last.lines == n + 1, "%lu segments by %s", n, sources[s]));
	}
	look_up(id, n);
	look_up(shmget(FIRST_KEY, 0, 0), n);
	remove_all(n);
}

/* Costs grow in proportion to the number of rows. */
static void extended_segments(unsigned long n)
{
	static struct cost few[SOURCES][FORMS], all[SOURCES][FORMS];
	double few_removed, ratio;
	int id = make_segments(FEW);

	measure_lists(FEW, few);
	look_up(id, FEW);
	few_removed = remove_all(FEW);
	id = make_segments(n);
	ok(id % MOST_EXTENDED >= MOST_ORDINARY, "the index of the last, %d, is none of an ordinary kernel", id);
	measure_lists(n, all);
	compare_lists(n, few, all);
	look_up(id, n);
	look_up(shmget(FIRST_KEY, 0, 0), n);
	ratio = remove_all(n) / few_removed / ((double)n / FEW);
	ok(ratio > 0.5 && ratio < 1.1, "%.3f times the instructions for a removal", ratio);
}

static void queues(unsigned long n)
{
	struct msginfo info;
	unsigned long made = 0;
	int id = -1;

	while (made < n && (id = msgget((key_t)(FIRST_KEY + made), IPC_CREAT | IPC_EXCL | 0600)) >= 0)
		made++;
	ok(made == n, "%lu queues are made", n);
	for (int s = 0; s < SOURCES; s++) {
		run("/bin/ipcs -q -r --source=%s", sources[s]);
		show(ok(last.status == 0 && last.lines == n + 1, "%lu queues by %s", n, sources[s]));
		show(ok(run("/bin/ipcs -q -i %d --source=%s", id, sources[s]) == 0, "the last, %d, is found", id));
	}
	show(ok(run("/bin/ipcrm -q %d", id) == 0, "the last is removed"));
	show(ok(run("/bin/ipcrm --all=msg") == 0, "and all the others"));
	ok(msgctl(0, MSG_INFO, (struct msqid_ds *)&info) >= 0 && info.msgpool == 0, "the kernel has no queue");
}

static void measurements(int extended)
{
	const char *shmmni = "/proc/sys/kernel/shmmni", *msgmni = "/proc/sys/kernel/msgmni";
	unsigned long most = extended ? MOST_EXTENDED : MOST_ORDINARY;
	char line[64];

	ok(set_limit(shmmni, most) > 0 && set_limit(msgmni, most) > 0, "the limits are set to %lu", most);
	ok(set_limit(shmmni, most + 1) < 0, "which is as high as they go");
	run("/bin/ipcs -l");
	snprintf(line, sizeof line, "max number of segments = %lu\n", most);
	show(ok(last.status == 0 && strstr(last.text, line) != NULL, "ipcs -l has them"));
	if (extended)
		extended_segments(EXTENDED);
	else
		ordinary_segments(ORDINARY);
	queues(extended ? QUEUES : ORDINARY);
}

/* The kernel has opened no console if its first, built-in image had none. */
static void open_console(void)
{
	int fd;

	if (fcntl(1, F_GETFD) >= 0)
		return;
	mkdir("/dev", 0755);
	mknod("/dev/console", S_IFCHR | 0600, (dev_t)(5 << 8 | 1));
	fd = open("/dev/console", O_RDWR);
	for (int i = fd; i >= 0 && i < 2; i++)
		dup(fd);
}

static void go_on(const char *what, double seconds)
{
	with_file_systems();
	if (strcmp(what, "soak") == 0)
		soak(seconds);
	else
		measurements(strcmp(what, "extended") == 0);
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "ordinary";

	open_console();
	setvbuf(stdout, NULL, _IOLBF, 0);
	alone();
	if (failures > 0)
		printf("# Without these, nothing else is worth the time.\n");
	else
		go_on(what, argc > 2 ? atof(argv[2]) : 10);
	printf("# end\n");
	fflush(stdout);
	reboot(RB_POWER_OFF);
	return 1;
}
