/* SPDX-License-Identifier: 0BSD */
#include "base/limit.h"

enum { NONE = LIMIT_UNCOUNTED, ALL = LIMIT_ALL };

/*
 * In listing order, with limits of one sysctl adjacent to read it once.  kernel.sem holds SEMMSL SEMMNS
 * SEMOPM SEMMNI (proc_sys_kernel(5)); SHMMIN and SEMVMX are from <linux/shm.h> and <linux/sem.h>.
 */
const struct limit limits[L_COUNT] = {
	[L_MSGMNI] = { "MSGMNI", IPC_MSG, ALL, F_USED, LIMIT_COUNT, 0, 1, 0,
	  "/sys/kernel/msgmni", "max queues system wide" },
	[L_MSGMAX] = { "MSGMAX", IPC_MSG, ALL, NONE, LIMIT_BYTES, 0, 1, 0,
	  "/sys/kernel/msgmax", "max size of message" },
	[L_MSGMNB] = { "MSGMNB", IPC_MSG, ALL, NONE, LIMIT_BYTES, 0, 1, 0,
	  "/sys/kernel/msgmnb", "default max size of queue" },
	[L_SHMMNI] = { "SHMMNI", IPC_SHM, ALL, F_USED, LIMIT_COUNT, 0, 1, 0,
	  "/sys/kernel/shmmni", "max number of segments" },
	[L_SHMMAX] = { "SHMMAX", IPC_SHM, ALL, NONE, LIMIT_KBYTES, 0, 1, 0,
	  "/sys/kernel/shmmax", "max seg size" },
	[L_SHMALL] = { "SHMALL", IPC_SHM, ALL, F_USED_PAGES, LIMIT_PAGES, 0, 1, 0,
	  "/sys/kernel/shmall", "max total shared memory" },
	[L_SHMMIN] = { "SHMMIN", IPC_SHM, ALL, NONE, LIMIT_BYTES, 0, 0, 1, NULL,
	  "min seg size" },
	[L_SEMMNI] = { "SEMMNI", IPC_SEM, ALL, F_USED, LIMIT_COUNT, 3, 4, 0,
	  "/sys/kernel/sem", "max number of arrays" },
	[L_SEMMSL] = { "SEMMSL", IPC_SEM, ALL, NONE, LIMIT_COUNT, 0, 4, 0,
	  "/sys/kernel/sem", "max semaphores per array" },
	[L_SEMMNS] = { "SEMMNS", IPC_SEM, ALL, F_USED_SEMS, LIMIT_COUNT, 1, 4, 0,
	  "/sys/kernel/sem", "max semaphores system wide" },
	[L_SEMOPM] = { "SEMOPM", IPC_SEM, ALL, NONE, LIMIT_COUNT, 2, 4, 0,
	  "/sys/kernel/sem", "max ops per semop call" },
	[L_SEMVMX] = { "SEMVMX", IPC_SEM, ALL, NONE, LIMIT_COUNT, 0, 0, 32767, NULL,
	  "semaphore max value" },
	[L_QUEUES_MAX] = { "QUEUES_MAX", IPC_PMSG, ALL, F_USED, LIMIT_COUNT, 0, 1, 0,
	  "/sys/fs/mqueue/queues_max", "max queues in namespace" },
	[L_MSG_MAX] = { "MSG_MAX", IPC_PMSG, ALL, NONE, LIMIT_COUNT, 0, 1, 0,
	  "/sys/fs/mqueue/msg_max", "max messages per queue" },
	[L_MSGSIZE_MAX] = { "MSGSIZE_MAX", IPC_PMSG, ALL, NONE, LIMIT_BYTES, 0, 1, 0,
	  "/sys/fs/mqueue/msgsize_max", "max size of message" },
	[L_MSG_DEFAULT] = { "MSG_DEFAULT", IPC_PMSG, ALL, NONE, LIMIT_COUNT, 0, 1, 0,
	  "/sys/fs/mqueue/msg_default", "default max messages per queue" },
	[L_MSGSIZE_DEFAULT] = { "MSGSIZE_DEFAULT", IPC_PMSG, ALL, NONE, LIMIT_BYTES, 0, 1, 0,
	  "/sys/fs/mqueue/msgsize_default", "default max size of message" },
	[L_MSGQUEUE] = { "MSGQUEUE", IPC_PMSG, ALL, NONE, LIMIT_BYTES, 0, 0, 0, NULL,
	  "max space of all queues of a user" },
	[L_DEV_SHM] = { "DEV_SHM", IPC_PSHM, ALL, F_USED_SPACE, LIMIT_BYTES, 0, 0, 0, NULL,
	  "max total shared memory" },
	[L_SEM_VALUE_MAX] = { "SEM_VALUE_MAX", IPC_PSEM, ALL, NONE, LIMIT_COUNT, 0, 0, INT32_MAX, NULL,
	  "semaphore max value" },
	[L_SHM_UNATTACHED] = { "SHM_UNATTACHED", IPC_SHM, LIMIT_UNATTACHED, F_USED, LIMIT_COUNT, 0, 0, 0, NULL,
	  "unattached segments" },
	[L_SHM_UNATTACHED_BYTES] = { "SHM_UNATTACHED_BYTES", IPC_SHM, LIMIT_UNATTACHED, F_USED_BYTES, LIMIT_BYTES,
	  0, 0, 0, NULL, "size of unattached segments" },
	[L_SHM_ORPHANED] = { "SHM_ORPHANED", IPC_SHM, LIMIT_ORPHANED, F_USED, LIMIT_COUNT, 0, 0, 0, NULL,
	  "orphaned segments" },
	[L_SHM_ORPHANED_BYTES] = { "SHM_ORPHANED_BYTES", IPC_SHM, LIMIT_ORPHANED, F_USED_BYTES, LIMIT_BYTES,
	  0, 0, 0, NULL, "size of orphaned segments" },
};

uint64_t limit_threshold(uint64_t limit, unsigned percent)
{
	if (limit == 0)
		return percent > 0;
	/* SHMALL is near 2^64 by default, so the product could overflow. */
	return limit / 100 * percent + (limit % 100 * percent + 99) / 100;
}
