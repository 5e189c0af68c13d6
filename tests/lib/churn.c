/* SPDX-License-Identifier: 0BSD */
/*
 * churn RUNS COMMAND ARGUMENT...
 *
 * Runs a command that removes unattached segments RUNS times, while processes create, attach, fork with, exec out of,
 * detach and remove segments.  A segment that was attached without interruption from before a run until after it must
 * then exist and not be marked for removal.  Prints "RUNS HELD LOST REMOVED": how often that could be checked, how
 * often it was violated, and how many segments were removed.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PROCESSES = 6, DEST = 01000 };

/* The state of a process: `held` increases with each segment, and is 0 while the segment may not be attached. */
struct slot {
	_Atomic unsigned long held;
	_Atomic int id;
	_Atomic unsigned long gone;
};

static void die(const char *what)
{
	perror(what);
	exit(2);
}

/* True if a segment exists and is not marked for removal. */
static int is_whole(int id)
{
	struct shmid_ds ds;

	return shmctl(id, IPC_STAT, &ds) == 0 && !(ds.shm_perm.mode & DEST);
}

/* The life of one segment, with random steps. */
static void live(struct slot *s, unsigned long turn)
{
	int id = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
	void *at;
	pid_t pid;

	if (id < 0)
		die("shmget");
	if (random() % 4 == 0)
		usleep((useconds_t)(random() % 2000));
	at = shmat(id, NULL, 0);
	if (at == (void *)-1) {
		/* It was unattached until now, so it may be gone. */
		s->gone++;
		return;
	}
	if (!is_whole(id)) {
		s->gone++;
		shmdt(at);
		return;
	}
	s->id = id;
	s->held = turn;
	if (random() % 32 == 0 && (pid = fork()) == 0) {
		/* A child has it, too, until it executes another program. */
		execl("/bin/true", "true", (char *)NULL);
		_exit(1);
	}
	/* Some are held for long, so that even a slow run finds one that is attached before and after it. */
	usleep((useconds_t)(random() % (random() % 4 ? 8000 : 80000)));
	s->held = 0;
	shmdt(at);
	while (waitpid(-1, NULL, WNOHANG) > 0)
		;
	if (random() % 2)
		shmctl(id, IPC_RMID, NULL);
}

static void run(char **command)
{
	posix_spawn_file_actions_t actions;
	pid_t pid;
	int status;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
	if (posix_spawnp(&pid, command[0], &actions, NULL, command, environ) != 0 || waitpid(pid, &status, 0) != pid)
		die(command[0]);
	posix_spawn_file_actions_destroy(&actions);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		fprintf(stderr, "churn: %s: status %d\n", command[0], status);
		exit(2);
	}
}

static void start(struct slot *slots, pid_t *pids)
{
	for (int i = 0; i < PROCESSES; i++) {
		pids[i] = fork();
		if (pids[i] < 0)
			die("fork");
		if (pids[i] > 0)
			continue;
		srandom((unsigned)getpid());
		alarm(1200);
		for (unsigned long turn = 1;; turn++)
			live(&slots[i], turn);
	}
}

/* One run of the command: counts the segments that were attached all the time, and those of them that are gone. */
static void run_beside(struct slot *slots, char **command, unsigned long *checked, unsigned long *lost)
{
	unsigned long before[PROCESSES];
	int ids[PROCESSES];

	for (int i = 0; i < PROCESSES; i++) {
		before[i] = slots[i].held;
		ids[i] = slots[i].id;
		/* If it was attached between the check and the removal, it does not count for the next run. */
		if (before[i] != 0 && (!is_whole(ids[i]) || slots[i].held != before[i]))
			before[i] = 0;
	}
	run(command);
	for (int i = 0; i < PROCESSES; i++) {
		int whole = before[i] ? is_whole(ids[i]) : 1;

		/* Still attached after the check, hence attached all the time. */
		if (before[i] == 0 || slots[i].held != before[i])
			continue;
		++*checked;
		*lost += !whole;
	}
}

int main(int argc, char **argv)
{
	unsigned long runs = argc > 2 ? strtoul(argv[1], NULL, 10) : 0, checked = 0, lost = 0, gone = 0;
	struct slot *slots = mmap(NULL, PROCESSES * sizeof *slots, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
				  -1, 0);
	pid_t pids[PROCESSES];

	if (runs == 0 || slots == MAP_FAILED)
		return 2;
	start(slots, pids);
	for (unsigned long r = 0; r < runs; r++)
		run_beside(slots, argv + 2, &checked, &lost);
	for (int i = 0; i < PROCESSES; i++) {
		kill(pids[i], SIGKILL);
		waitpid(pids[i], NULL, 0);
		gone += slots[i].gone;
	}
	printf("%lu %lu %lu %lu\n", runs, checked, lost, gone);
	return 0;
}
