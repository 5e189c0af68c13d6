/* SPDX-License-Identifier: 0BSD */
/*
 * populate CONTENTS [COUNT]
 *
 * Fills its IPC namespace with one of the contents below and prints the PIDs of processes that hold objects in use, for
 * the caller to kill.  Exit status 77: this user may not create them.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

union semun {
	int val;
	struct semid_ds *buf;
};

static void fail(const char *what)
{
	fprintf(stderr, "populate: %s: %s\n", what, strerror(errno));
	exit(errno == EPERM || errno == EINVAL ? 77 : 1);
}

static int check(int rc, const char *what)
{
	if (rc < 0)
		fail(what);
	return rc;
}

static int segment(key_t key, size_t size, int flags)
{
	return check(shmget(key, size, IPC_CREAT | IPC_EXCL | flags), "shmget");
}

static int queue(key_t key, int mode)
{
	return check(msgget(key, IPC_CREAT | IPC_EXCL | mode), "msgget");
}

static int set(key_t key, int n, int mode)
{
	return check(semget(key, n, IPC_CREAT | IPC_EXCL | mode), "semget");
}

/* A process that does its part, reports that, and stays until it is killed. */
static void hold(void (*part)(int), int id)
{
	int ready[2];
	char c;
	pid_t pid;

	check(pipe(ready), "pipe");
	pid = check(fork(), "fork");
	if (pid == 0) {
		close(0);
		close(1);
		fcntl(ready[1], F_SETFD, FD_CLOEXEC);
		alarm(1200);
		if (write(ready[1], "", 1) != 1)
			_exit(1);
		part(id);
		close(ready[1]);
		for (;;)
			pause();
	}
	close(ready[1]);
	check((int)read(ready[0], &c, 1), "child");
	printf("%d\n", pid);
}

static void attach(int id)
{
	if (shmat(id, NULL, 0) == (void *)-1)
		_exit(1);
}

static void take(int id)
{
	semop(id, &(struct sembuf){ 0, -1, 0 }, 1);
}

static void await_zero(int id)
{
	semop(id, &(struct sembuf){ 1, 0, 0 }, 1);
}

/* Wait until the kernel shows what a process holds. */
static void until_attached(int id, unsigned long n)
{
	struct shmid_ds ds = { 0 };

	while (shmctl(id, IPC_STAT, &ds) == 0 && ds.shm_nattch < n)
		usleep(1000);
}

static void one_of_each(int n)
{
	for (int i = 0; i < n; i++) {
		segment(0x1000 + i, 4096 + (size_t)i, 0644);
		queue(0x2000 + i, 0640);
		set(0x3000 + i, 1 + i % 7, 0600);
	}
}

static void as_user(uid_t uid, gid_t gid)
{
	check(setegid(gid), "setegid");
	check(seteuid(uid), "seteuid");
	one_of_each(1);
	check(seteuid(0), "seteuid");
	check(setegid(0), "setegid");
}

static void keys(int n)
{
	static const key_t odd[] = { -1, (key_t)0x80000000, 0x7fffffff, 1, IPC_PRIVATE };

	(void)n;
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
		segment(odd[i], 1, 0600);
		queue(odd[i], 0600);
		set(odd[i], 1, 0600);
	}
}

static void status(int n)
{
	int dest = segment(1, 4096, 0600), locked = segment(2, 4096, 0600), both = segment(3, 4096, 0600);

	(void)n;
	hold(attach, dest);
	hold(attach, both);
	until_attached(dest, 1);
	until_attached(both, 1);
	check(shmctl(locked, SHM_LOCK, NULL), "SHM_LOCK");
	check(shmctl(both, SHM_LOCK, NULL), "SHM_LOCK");
	check(shmctl(dest, IPC_RMID, NULL), "IPC_RMID");
	check(shmctl(both, IPC_RMID, NULL), "IPC_RMID");
}

static void messages(int n)
{
	struct { long type; char text[3000]; } m = { 1, "" };
	int id = queue(1, 0600), used = queue(2, 0600);

	(void)n;
	queue(3, 0600);
	for (size_t i = 0; i < 5; i++)
		check(msgsnd(id, &m, 600 * i, 0), "msgsnd");
	check(msgsnd(used, &m, 10, 0), "msgsnd");
	check((int)msgrcv(used, &m, sizeof m.text, 0, 0), "msgrcv");
}

/* One queue, 0x99, with messages of text with other bytes in it, without text, and long. */
static void texts(int n)
{
	struct { long type; char text[8000]; } m = { 1, "hello, peeking world!\0\xff" };
	int id = queue(0x99, 0644);

	(void)n;
	check(msgsnd(id, &m, 23, 0), "msgsnd");
	m.type = 7;
	check(msgsnd(id, &m, 0, 0), "msgsnd");
	m.type = 3;
	memset(m.text, 'x', sizeof m.text);
	check(msgsnd(id, &m, sizeof m.text, 0), "msgsnd");
}

static void semaphores(int n)
{
	int id = set(1, 4, 0600);

	(void)n;
	set(2, 1, 0600);
	check(semctl(id, 1, SETVAL, (union semun){ .val = 7 }), "SETVAL");
	check(semctl(id, 3, SETVAL, (union semun){ .val = 32767 }), "SETVAL");
	check(semop(id, &(struct sembuf){ 2, 5, 0 }, 1), "semop");
	hold(take, id);
	hold(take, id);
	hold(await_zero, id);
	while (semctl(id, 0, GETNCNT) < 2 || semctl(id, 1, GETZCNT) < 1)
		usleep(1000);
}

static void sizes(int n)
{
	(void)n;
	segment(1, 1, 0600);
	segment(2, 10000000000, 0600 | SHM_NORESERVE);
	segment(3, (size_t)1 << 40, 0600 | SHM_NORESERVE);
	segment(4, 1048000, 0600);
	segment(5, 1048575, 0600);
	segment(6, 1023, 0600);
}

static void attached(int n)
{
	int id = segment(1, 8192, 0600), left = segment(2, 4096, 0600);
	char *at = shmat(left, NULL, 0);

	(void)n;
	hold(attach, id);
	hold(attach, id);
	until_attached(id, 2);
	if (at == (void *)-1)
		fail("shmat");
	memset(at, 1, 4096);
	check(shmdt(at), "shmdt");
}

static void modes(int n)
{
	static const int all[] = { 0, 0777, 0400, 0222, 0666, 0001 };

	(void)n;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		segment(0x10 + (key_t)i, 4096, all[i]);
		queue(0x10 + (key_t)i, all[i]);
		set(0x10 + (key_t)i, 2, all[i]);
	}
}

/* Removed objects leave holes in the index space, and their successors higher ids. */
static void holes(int n)
{
	int ids[40][3];

	(void)n;
	for (int i = 0; i < 40; i++) {
		ids[i][0] = segment(0x100 + i, 4096, 0600);
		ids[i][1] = queue(0x100 + i, 0600);
		ids[i][2] = set(0x100 + i, 3, 0600);
	}
	for (int i = 0; i < 40; i++) {
		if (i % 3 == 0)
			continue;
		check(shmctl(ids[i][0], IPC_RMID, NULL), "IPC_RMID");
		check(msgctl(ids[i][1], IPC_RMID, NULL), "IPC_RMID");
		check(semctl(ids[i][2], 0, IPC_RMID), "IPC_RMID");
	}
	one_of_each(5);
}

/* Owners that are not the creators, and a queue with a capacity of its own. */
static void changed(int n)
{
	int q = queue(1, 0600), m = segment(1, 4096, 0600), s = set(1, 3, 0600);
	struct msqid_ds msg;
	struct shmid_ds shm;
	struct semid_ds sem;

	(void)n;
	check(msgctl(q, IPC_STAT, &msg), "IPC_STAT");
	msg.msg_qbytes = 5000;
	msg.msg_perm.uid = 1;
	msg.msg_perm.gid = 54321;
	check(msgctl(q, IPC_SET, &msg), "IPC_SET");
	check(shmctl(m, IPC_STAT, &shm), "IPC_STAT");
	shm.shm_perm.uid = 54321;
	shm.shm_perm.gid = 2;
	shm.shm_perm.mode = 0751;
	check(shmctl(m, IPC_SET, &shm), "IPC_SET");
	check(semctl(s, 0, IPC_STAT, (union semun){ .buf = &sem }), "IPC_STAT");
	sem.sem_perm.uid = 4294967293;
	check(semctl(s, 0, IPC_SET, (union semun){ .buf = &sem }), "IPC_SET");
}

static void empty(int n)
{
	(void)n;
}

static void unnamed(int n)
{
	(void)n;
	as_user(54321, 54322);
}

static void high(int n)
{
	(void)n;
	as_user(4294967290, 3000000000);
}

/* The caller adds 7001 and 7002 to passwd and group. */
static void long_names(int n)
{
	(void)n;
	as_user(7001, 7002);
}

/* The maximum number of segments; the limit is that of this namespace. */
static void without_limit(int n)
{
	int fd = n > 1000 ? open("/proc/sys/kernel/shmmni", O_WRONLY | O_CLOEXEC) : -1;

	if (fd >= 0) {
		check((int)write(fd, "32768", 5), "shmmni");
		close(fd);
	}
}

static void segments(int n)
{
	without_limit(n);
	for (int i = 0; i < n; i++)
		segment(0x1000 + i, 4096, 0600);
}

/* Of a thousand owners who are in no passwd file of the tests. */
static void foreign(int n)
{
	struct shmid_ds ds;

	without_limit(n);
	for (int i = 0; i < n; i++) {
		int id = segment(0x1000 + i, 4096, 0600);

		check(shmctl(id, IPC_STAT, &ds), "IPC_STAT");
		ds.shm_perm.uid = 100000 + (uid_t)i % 1000;
		check(shmctl(id, IPC_SET, &ds), "IPC_SET");
	}
}

/* One queue, whose ID is 0 whatever existed before; that needs CONFIG_CHECKPOINT_RESTORE. */
static void queue_zero(int n)
{
	int fd = open("/proc/sys/kernel/msg_next_id", O_WRONLY | O_CLOEXEC);

	(void)n;
	msgctl(0, IPC_RMID, NULL);
	if (fd >= 0) {
		check((int)write(fd, "0", 1), "msg_next_id");
		close(fd);
	}
	if (queue(IPC_PRIVATE, 0600) != 0)
		exit(77);
}

/* Segments, and one queue, so that each kind has an object with the ID 0. */
static void beside(int n)
{
	segments(n);
	queue_zero(1);
}

static void one_set(int n)
{
	set(0x1000, n, 0600);
}

static void queues(int n)
{
	for (int i = 0; i < n; i++)
		queue(0x1000 + i, 0600);
}

static const struct {
	const char *name;
	void (*fill)(int n);
} contents[] = {
	{ "empty", empty }, { "each", one_of_each }, { "keys", keys }, { "status", status },
	{ "messages", messages }, { "texts", texts }, { "semaphores", semaphores }, { "sizes", sizes },
	{ "attached", attached },
	{ "modes", modes }, { "holes", holes }, { "changed", changed }, { "unnamed", unnamed },
	{ "high", high }, { "longnames", long_names }, { "segments", segments }, { "queues", queues },
	{ "foreign", foreign }, { "queuezero", queue_zero }, { "set", one_set }, { "beside", beside },
};

int main(int argc, char **argv)
{
	for (size_t i = 0; argc > 1 && i < sizeof contents / sizeof *contents; i++) {
		if (strcmp(contents[i].name, argv[1]) != 0)
			continue;
		contents[i].fill(argc > 2 ? atoi(argv[2]) : 1);
		return 0;
	}
	fprintf(stderr, "populate: unknown contents\n");
	return 1;
}
