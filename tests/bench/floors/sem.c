/* SPDX-License-Identifier: 0BSD */
/* The floor of one set: one call for all values, and the three calls that the kernel has for each semaphore. */
#define _GNU_SOURCE
#include <sys/sem.h>

union sem_arg {
	struct semid_ds *ds;
	unsigned short *array;
};

int main(void)
{
	static unsigned short values[32000];
	struct semid_ds ds;
	int rc = semctl(0, 0, IPC_STAT, (union sem_arg){ .ds = &ds });

	rc |= semctl(0, 0, GETALL, (union sem_arg){ .array = values });
	for (int i = 0; rc == 0 && i < (int)ds.sem_nsems; i++) {
		semctl(0, i, GETNCNT);
		semctl(0, i, GETZCNT);
		rc = semctl(0, i, GETPID) < 0;
	}
	return rc != 0;
}
