/* SPDX-License-Identifier: 0BSD */
/*
 * posix sem NAME VALUE     creates a semaphore with libc's sem_open
 * posix take NAME          decrements one and prints the remaining value
 * posix mq NAME COUNT      creates a queue of 7 messages of 50 bytes with COUNT messages of 10 bytes
 * posix send NAME COUNT    sends COUNT messages of 10 bytes to a queue
 * posix receive NAME       receives a message from one
 * posix notify NAME        requests notification of a queue's messages, prints its own PID, and waits
 * posix shm NAME BYTES     creates a segment and writes to all of it
 * posix flicker FILE N     alternates the size of a file between 32 and 0 bytes, N times
 * posix socket FILE        creates a socket
 */
#include <fcntl.h>
#include <mqueue.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int fail(const char *what)
{
	perror(what);
	return 1;
}

static int take(const char *name)
{
	sem_t *s = sem_open(name, 0);
	int left;

	if (s == SEM_FAILED || sem_trywait(s) < 0 || sem_getvalue(s, &left) < 0)
		return fail("take");
	printf("%d\n", left);
	return 0;
}

static int send_messages(mqd_t q, int count)
{
	if (q == (mqd_t)-1)
		return fail("mq_open");
	while (count-- > 0)
		if (mq_send(q, "0123456789", 10, 0) < 0)
			return fail("mq_send");
	return 0;
}

static int make_queue(const char *name, int count)
{
	struct mq_attr attr = { .mq_maxmsg = 7, .mq_msgsize = 50 };

	return send_messages(mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0644, &attr), count);
}

static int receive(const char *name)
{
	char text[50];
	mqd_t q = mq_open(name, O_RDONLY | O_NONBLOCK);

	return q == (mqd_t)-1 || mq_receive(q, text, sizeof text, NULL) < 0 ? fail("receive") : 0;
}

static int notify(const char *name)
{
	struct sigevent event = { .sigev_notify = SIGEV_NONE };
	mqd_t q = mq_open(name, O_RDONLY);

	if (q == (mqd_t)-1 || mq_notify(q, &event) < 0)
		return fail("mq_notify");
	printf("%d\n", getpid());
	fclose(stdout);
	alarm(600);
	pause();
	return 0;
}

static int make_segment(const char *name, size_t bytes)
{
	int fd = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0644);
	void *at;

	if (fd < 0 || ftruncate(fd, (off_t)bytes) < 0)
		return fail("shm_open");
	at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (at == MAP_FAILED)
		return fail("mmap");
	memset(at, 1, bytes);
	return 0;
}

static int flicker(const char *file, int n)
{
	int fd = open(file, O_RDWR | O_CREAT, 0644);

	if (fd < 0)
		return fail(file);
	while (n-- > 0)
		if (ftruncate(fd, 32) < 0 || ftruncate(fd, 0) < 0)
			return fail(file);
	return 0;
}

static int make_socket(const char *file)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	strncpy(at.sun_path, file, sizeof at.sun_path - 1);
	return fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof at) < 0 ? fail("bind") : 0;
}

int main(int argc, char **argv)
{
	const char *verb = argc > 2 ? argv[1] : "", *name = argc > 2 ? argv[2] : "";
	int n = argc > 3 ? atoi(argv[3]) : 0;

	if (strcmp(verb, "sem") == 0)
		return sem_open(name, O_CREAT | O_EXCL, 0644, (unsigned)n) == SEM_FAILED ? fail("sem_open") : 0;
	if (strcmp(verb, "take") == 0)
		return take(name);
	if (strcmp(verb, "mq") == 0)
		return make_queue(name, n);
	if (strcmp(verb, "send") == 0)
		return send_messages(mq_open(name, O_WRONLY | O_NONBLOCK), n);
	if (strcmp(verb, "receive") == 0)
		return receive(name);
	if (strcmp(verb, "notify") == 0)
		return notify(name);
	if (strcmp(verb, "shm") == 0)
		return make_segment(name, (size_t)n);
	if (strcmp(verb, "flicker") == 0)
		return flicker(name, n);
	if (strcmp(verb, "socket") == 0)
		return make_socket(name);
	return 2;
}
