/* SPDX-License-Identifier: 0BSD */
/*
 * Servers of each pattern of lib/server.c, each with a user ID of its own, beside a loop that removes orphans, while the
 * clock is stepped.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "guest.h"

/*
 * One of each lives all the time; beside them, one comes and goes, but for the first: a set whose value was set
 * alone counts as never used and stays.
 */
enum { KILLED = 1, PATTERNS = 7, FIRST_USER = 5000, LOOKS = 5, LEAST_KILLED = 4, MOST_KILLED = 500, TRIES = 5, PAUSE = 250000 };

static const char *const patterns[PATTERNS] = { "setval", "idle", "fork", "pool", "blocked", "restart", "between" };
static const char removal[] = "ipcrm --shm --msg --sem --orphaned --older-than 1s";

struct server {
	uid_t uid;
	const char *pattern;
	int segment, queue, set;
};

static void become(uid_t uid)
{
	if (setsid() < 0 || setgid((gid_t)uid) != 0 || setuid(uid) != 0)
		_exit(125);
}

static int serve(struct server *server, uid_t uid, const char *pattern)
{
	char *words[] = { "server", (char *)pattern, NULL };
	FILE *ids;
	int ends[2], n;

	*server = (struct server){ .uid = uid, .pattern = pattern };
	if (pipe(ends) != 0)
		return 0;
	if (fork() == 0) {
		become(uid);
		dup2(ends[1], 1);
		close(ends[0]);
		close(ends[1]);
		execv("/bin/server", words);
		_exit(126);
	}
	close(ends[1]);
	ids = fdopen(ends[0], "r");
	n = fscanf(ids, "%d %d %d", &server->segment, &server->queue, &server->set);
	fclose(ids);
	return n == 3;
}

/* Kills all processes of a user in one call, which no child escapes, and waits for the last of them. */
static void kill_user(uid_t uid)
{
	if (fork() == 0) {
		become(uid);
		kill(-1, SIGKILL);
		_exit(0);
	}
	/* Orphaned processes become children of the first process, which is this one. */
	for (int i = 0; i < 50; i++) {
		while (waitpid(-1, NULL, WNOHANG) > 0)
			;
		usleep(2000);
	}
}

static int objects_of(const struct server *server)
{
	struct shmid_ds shm;
	struct msqid_ds msg;
	struct semid_ds sem;
	union { int value; struct semid_ds *set; } argument = { .set = &sem };

	return (shmctl(server->segment, IPC_STAT, &shm) == 0) + (msgctl(server->queue, IPC_STAT, &msg) == 0) +
		(semctl(server->set, 0, IPC_STAT, argument) == 0);
}

static int remove_orphans(const struct server *living, int n)
{
	int good = run("%s", removal) == 0;

	show(good);
	/* A program that finds no objects would not remove these either. */
	if (run("ipcs -m -q -s -r --noheadings -o ID") != 0 || last.lines < 3UL * (unsigned)n) {
		printf("# %lu objects are listed\n", last.lines);
		good = 0;
	}
	for (int i = 0; i < n; i++)
		if (objects_of(&living[i]) != 3) {
			printf("# user %d, %s: objects are lost\n", (int)living[i].uid, living[i].pattern);
			good = 0;
		}
	return good;
}

static void step_clock(long seconds)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	now.tv_sec += seconds;
	ok(clock_settime(CLOCK_REALTIME, &now) == 0, "the clock is stepped by %ld seconds", seconds);
}

static double running(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* The kernel counts whole seconds, and a pass during which processes come and go keeps what is uncertain. */
static int all_gone(const struct server *killed, int n)
{
	int left = 0;

	for (int try = 0; try < TRIES; try++) {
		left = 0;
		usleep(2100000);
		run("%s", removal);
		for (int i = 0; i < n; i++)
			left += objects_of(&killed[i]);
		if (left == 0)
			break;
	}
	return left == 0;
}

void soak(double seconds)
{
	static struct server living[PATTERNS + 1], killed[MOST_KILLED];
	double end = running() + seconds;
	int served = 1, kept = 1, runs = 0, n = 0;

	for (int i = 0; i < PATTERNS; i++)
		served &= serve(&living[i], (uid_t)(FIRST_USER + i), patterns[i]);
	ok(remove_orphans(living, PATTERNS) && served, "a server of each pattern has its objects");
	/* On a slow machine, a few take longer than that. */
	for (; (running() < end || n < LEAST_KILLED) && n < MOST_KILLED; n++) {
		/* Every process seems to have started after the last use. */
		if (n == LEAST_KILLED / 2)
			step_clock(400 * 86400L);
		served &= serve(&living[PATTERNS], (uid_t)(FIRST_USER + PATTERNS + n), patterns[KILLED + n % (PATTERNS - KILLED)]);
		for (int i = 0; i < LOOKS; i++, runs++) {
			kept &= remove_orphans(living, PATTERNS + 1);
			usleep(PAUSE);
		}
		kill_user(living[PATTERNS].uid);
		killed[n] = living[PATTERNS];
	}
	ok(served && kept, "V1: no living server loses an object in %d runs, while the clock is stepped", runs);
	ok(n > 0 && all_gone(killed, n), "V1: nothing of %d killed servers is left", n);
	ok(remove_orphans(living, PATTERNS), "V1: and the living have all of theirs");
	for (int i = 0; i < PATTERNS; i++)
		kill_user(living[i].uid);
	ok(all_gone(living + KILLED, PATTERNS - KILLED), "V1: until they are killed");
}
