/* SPDX-License-Identifier: 0BSD */
/*
 * use VERB ARGUMENT...
 *
 * A process that uses an object, prints its PID once it does, or right before it waits, and stays until it is killed:
 *
 *   attach ID N       attaches a segment N times and touches the first page
 *   family ID         attaches it and forks, so that the child has it, too; prints both PIDs
 *   headless FILE     maps a file and opens it, then ends its first thread
 *   operate ID        waits for semaphore 0, and for it in a second thread as well
 *   receive ID        waits in msgrcv in a second thread
 *   send ID           waits in msgsnd for a full queue
 *   map FILE          maps a file without keeping its descriptor
 *   open FILE         opens one twice
 *   queue NAME        opens a POSIX queue
 *   forge ID          maps deleted files with the names of segments and the inodes up to
 *                     ID, on a tmpfs that is mounted nowhere
 *   idle N            maps files so that it has N lines of maps
 */
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <unistd.h>

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static void attach(int id, int n)
{
	for (int i = 0; i < n; i++) {
		char *at = shmat(id, NULL, 0);

		if (at == (char *)-1)
			fail("shmat");
		*at = 1;
	}
}

static void family(int id)
{
	attach(id, 1);
	printf("%d ", getpid());
	fflush(stdout);
	if (fork() != 0)
		pause();
}

static void *operate(void *id)
{
	semop(*(int *)id, &(struct sembuf){ 0, -1, 0 }, 1);
	return NULL;
}

static void *receive(void *id)
{
	struct { long type; char text[8]; } m;

	msgrcv(*(int *)id, &m, sizeof m.text, 0, 0);
	return NULL;
}

static void *send(void *id)
{
	static struct { long type; char text[1000]; } m = { 1, "" };

	while (msgsnd(*(int *)id, &m, sizeof m.text, 0) == 0)
		;
	return NULL;
}

static void thread(void *(*run)(void *), int *id)
{
	pthread_t t;

	if (pthread_create(&t, NULL, run, id) != 0)
		fail("pthread_create");
}

static void map(const char *file)
{
	int fd = open(file, O_RDWR);

	if (fd < 0 || mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0) == MAP_FAILED)
		fail(file);
	close(fd);
}

static void *stay(void *unused)
{
	pause();
	return unused;
}

static void forge(int id)
{
	enum { FSOPEN = 430, FSCONFIG = 431, FSMOUNT = 432, CREATE = 6 };
	int fs = (int)syscall(FSOPEN, "tmpfs", 0), dir;

	if (fs < 0 || syscall(FSCONFIG, fs, CREATE, NULL, NULL, 0) < 0)
		fail("fsopen");
	dir = (int)syscall(FSMOUNT, fs, 0, 0);
	if (dir < 0)
		fail("fsmount");
	for (int i = 0; i <= id; i++) {
		int fd = openat(dir, "SYSV00001234", O_RDWR | O_CREAT | O_EXCL, 0600);

		if (fd < 0 || mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0) == MAP_FAILED ||
		    unlinkat(dir, "SYSV00001234", 0) < 0)
			fail("forge");
		close(fd);
	}
}

/* Every other page has other permissions, so that the mappings are not merged. */
static void idle(int n)
{
	int fd = open("/proc/self/exe", O_RDONLY);

	for (int i = 0; i < n; i++)
		if (mmap(NULL, 4096, i % 2 ? PROT_READ : PROT_NONE, MAP_PRIVATE, fd, 0) == MAP_FAILED)
			fail("mmap");
	close(fd);
}

int main(int argc, char **argv)
{
	const char *verb = argc > 2 ? argv[1] : "", *what = argc > 2 ? argv[2] : "";
	int id = atoi(what), n = argc > 3 ? atoi(argv[3]) : 1;
	void *(*wait)(void *) = NULL;

	if (strcmp(verb, "attach") == 0)
		attach(id, n);
	else if (strcmp(verb, "family") == 0)
		family(id);
	else if (strcmp(verb, "operate") == 0)
		thread(wait = operate, &id);
	else if (strcmp(verb, "receive") == 0)
		thread(receive, &id);
	else if (strcmp(verb, "send") == 0)
		wait = send;
	else if (strcmp(verb, "map") == 0)
		map(what);
	else if (strcmp(verb, "open") == 0 && (open(what, O_RDONLY) < 0 || open(what, O_RDONLY) < 0))
		fail(what);
	else if (strcmp(verb, "queue") == 0 && mq_open(what, O_RDONLY) == (mqd_t)-1)
		fail(what);
	else if (strcmp(verb, "forge") == 0)
		forge(id);
	else if (strcmp(verb, "idle") == 0)
		idle(id);
	else if (strcmp(verb, "headless") == 0)
		map(what);
	printf("%d\n", getpid());
	fclose(stdout);
	alarm(600);
	if (strcmp(verb, "headless") == 0 && open(what, O_RDONLY) >= 0) {
		thread(stay, &id);
		pthread_exit(NULL);
	}
	if (wait != NULL)
		wait(&id);
	pause();
	return 0;
}
