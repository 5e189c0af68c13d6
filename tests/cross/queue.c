/* SPDX-License-Identifier: 0BSD */
/* Does this emulator return the size of a queue as the kernel does?  Debian 13's does not on 32-bit arm. */
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/msg.h>

int main(void)
{
	unsigned long most = 0;
	struct msqid_ds queue = { .msg_qbytes = 1 };
	FILE *f = fopen("/proc/sys/kernel/msgmnb", "r");
	int id = msgget(IPC_PRIVATE, 0600), told = 0;

	if (f != NULL && id >= 0)
		told = fscanf(f, "%lu", &most) == 1 && msgctl(id, IPC_STAT, &queue) == 0 && queue.msg_qbytes == most;
	msgctl(id, IPC_RMID, NULL);
	return !told;
}
