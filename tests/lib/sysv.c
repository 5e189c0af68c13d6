/* SPDX-License-Identifier: 0BSD */
/*
 * Operations on System V objects that none of the tools has:
 *
 *   sysv send ID BYTES    sends messages of that size until the queue takes no more, and prints their number
 *   sysv give KIND ID UID gives a msg, shm or sem to another user
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

static int fail(const char *what)
{
	perror(what);
	return 1;
}

static int send_all(int id, size_t bytes)
{
	static struct { long type; char text[65536]; } message = { 1, "" };
	int n = 0;

	while (bytes <= sizeof message.text && msgsnd(id, &message, bytes, IPC_NOWAIT) == 0)
		n++;
	if (errno != EAGAIN)
		return fail("msgsnd");
	printf("%d\n", n);
	return 0;
}

static int give(const char *kind, int id, uid_t uid)
{
	union { struct msqid_ds msg; struct shmid_ds shm; struct semid_ds sem; } ds;
	union { int val; struct semid_ds *ds; } arg = { .ds = &ds.sem };
	int rc;

	if (strcmp(kind, "msg") == 0) {
		rc = msgctl(id, IPC_STAT, &ds.msg);
		ds.msg.msg_perm.uid = uid;
		rc = rc < 0 ? rc : msgctl(id, IPC_SET, &ds.msg);
	} else if (strcmp(kind, "shm") == 0) {
		rc = shmctl(id, IPC_STAT, &ds.shm);
		ds.shm.shm_perm.uid = uid;
		rc = rc < 0 ? rc : shmctl(id, IPC_SET, &ds.shm);
	} else {
		rc = semctl(id, 0, IPC_STAT, arg);
		ds.sem.sem_perm.uid = uid;
		rc = rc < 0 ? rc : semctl(id, 0, IPC_SET, arg);
	}
	return rc < 0 ? fail(kind) : 0;
}

int main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "send") == 0)
		return send_all(atoi(argv[2]), (size_t)atol(argv[3]));
	if (argc == 5 && strcmp(argv[1], "give") == 0)
		return give(argv[2], atoi(argv[3]), (uid_t)atol(argv[4]));
	return 2;
}
