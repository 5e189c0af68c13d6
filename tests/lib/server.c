/* SPDX-License-Identifier: 0BSD */
/*
 * server PATTERN [MODE]
 *
 * Creates a private segment, queue and set of one semaphore with mode 0600 or MODE, uses them according to the pattern,
 * prints their IDs and, except for "dead", lives on:
 *
 *   dead      uses each once and ends
 *   idle      uses each once
 *   fork      uses each once; a child goes on when the parent ends
 *   setval    sets the value of the semaphore alone; a child goes on when the parent ends
 *   pool      four workers, the last of which uses each once and ends
 *   blocked   waits for a message and for the semaphore, in two processes; another one has used both and ended
 *   restart   uses each once; again and again, the parent ends and a child continues
 *   between   a child attaches the segment and detaches it once a minute
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

static int segment, queue, set;

static int check(int rc, const char *what)
{
	if (rc < 0) {
		perror(what);
		exit(1);
	}
	return rc;
}

static void use_segment(void)
{
	void *at = shmat(segment, NULL, 0);

	check(at == (void *)-1 ? -1 : 0, "shmat");
	check(shmdt(at), "shmdt");
}

static void use_all(void)
{
	struct sembuf up = { 0, 1, 0 }, down = { 0, -1, 0 };
	struct { long type; char text[4]; } message = { 1, "ping" };

	use_segment();
	check(msgsnd(queue, &message, sizeof message.text, 0), "msgsnd");
	check((int)msgrcv(queue, &message, sizeof message.text, 0, 0), "msgrcv");
	check(semop(set, &up, 1), "semop");
	check(semop(set, &down, 1), "semop");
}

static void say_ids(void)
{
	printf("%d %d %d\n", segment, queue, set);
	fflush(stdout);
}

static void stay(void)
{
	for (;;)
		pause();
}

/* Detach from the parent; the child continues. */
static void follow(void)
{
	if (check(fork(), "fork") != 0)
		_exit(0);
}

static void as_child(void (*part)(void))
{
	pid_t pid = check(fork(), "fork");

	if (pid == 0) {
		part();
		_exit(0);
	}
	check(waitpid(pid, NULL, 0), "waitpid");
}

static void work_in_pool(void)
{
	for (int i = 0; i < 3; i++)
		if (check(fork(), "fork") == 0)
			stay();
	as_child(use_all);
	say_ids();
	stay();
}

static void block(void)
{
	struct sembuf down = { 0, -1, 0 };
	struct { long type; char text[4]; } message;

	as_child(use_all);
	say_ids();
	if (check(fork(), "fork") == 0)
		check(semop(set, &down, 1), "semop");
	check((int)msgrcv(queue, &message, sizeof message.text, 0, 0), "msgrcv");
}

static void restart(void)
{
	use_all();
	say_ids();
	for (;;) {
		usleep(50000);
		follow();
	}
}

static void attach_now_and_then(void)
{
	use_all();
	say_ids();
	for (follow();; sleep(60))
		use_segment();
}

static void set_value(void)
{
	check(semctl(set, 0, SETVAL, 1), "semctl");
	say_ids();
	follow();
	stay();
}

static void use_once(const char *pattern)
{
	use_all();
	say_ids();
	if (strcmp(pattern, "dead") == 0)
		exit(0);
	if (strcmp(pattern, "fork") == 0)
		follow();
	stay();
}

int main(int argc, char **argv)
{
	static const struct { const char *pattern; void (*run)(void); } patterns[] = {
		{ "setval", set_value }, { "pool", work_in_pool }, { "blocked", block }, { "restart", restart },
		{ "between", attach_now_and_then },
	};

	int mode = IPC_CREAT | (argc > 2 ? (int)strtol(argv[2], NULL, 8) : 0600);

	if (argc < 2)
		return 2;
	segment = check(shmget(IPC_PRIVATE, 4096, mode), "shmget");
	queue = check(msgget(IPC_PRIVATE, mode), "msgget");
	set = check(semget(IPC_PRIVATE, 1, mode), "semget");
	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
		if (strcmp(argv[1], patterns[i].pattern) == 0)
			patterns[i].run();
	use_once(argv[1]);
}
