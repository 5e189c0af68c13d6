/* SPDX-License-Identifier: 0BSD */
/* The floor of a list by the control calls: call one for each index and ignore the result. */
#define _GNU_SOURCE
#include <sys/shm.h>

#ifndef SHM_STAT_ANY
#define SHM_STAT_ANY 15
#endif

int main(void)
{
	struct shmid_ds ds;
	struct shminfo info;
	int highest = shmctl(0, IPC_INFO, (struct shmid_ds *)(void *)&info);

	for (int i = 0; i <= highest; i++)
		shmctl(i, SHM_STAT_ANY, &ds);
	return highest < 0;
}
