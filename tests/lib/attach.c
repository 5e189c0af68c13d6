/* SPDX-License-Identifier: 0BSD */
/*
 * attach NAME
 *
 * A program that finds objects by the name they were created with, as ipcmk(1) documents the key: it shares no code
 * with ipcbox.  Writes to the segment, sends a message and operates on the semaphores; exits with 1 if one is missing.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

static key_t key_of(const char *name)
{
	uint32_t hash = 2166136261u;

	for (; *name != '\0'; name++) {
		hash ^= (unsigned char)*name;
		hash *= 16777619u;
	}
	return (key_t)(hash ? hash : 1);
}

int main(int argc, char **argv)
{
	struct { long type; char text[8]; } message = { 1, "hello" };
	key_t key = key_of(argc > 1 ? argv[1] : "");
	int shm = shmget(key, 0, 0), msg = msgget(key, 0), sem = semget(key, 0, 0);
	char *at = shm < 0 ? (char *)-1 : shmat(shm, NULL, 0);

	if (at == (char *)-1 || msg < 0 || sem < 0) {
		perror("attach");
		return 1;
	}
	strcpy(at, "hello");
	if (msgsnd(msg, &message, sizeof message.text, IPC_NOWAIT) < 0 ||
	    semop(sem, &(struct sembuf){ 0, -1, IPC_NOWAIT }, 1) < 0) {
		perror("attach");
		return 1;
	}
	printf("%d %d %d\n", shm, msg, sem);
	return 0;
}
