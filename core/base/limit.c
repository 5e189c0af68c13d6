/* SPDX-License-Identifier: 0BSD */
#include "base/limit.h"

enum { NONE = LIMIT_UNCOUNTED };

/*
 * In listing order, with limits of one sysctl adjacent to read it once.  kernel.sem holds SEMMSL SEMMNS
 * SEMOPM SEMMNI (proc_sys_kernel(5)); SHMMIN and SEMVMX are from <linux/shm.h> and <linux/sem.h>.
 */
const struct limit limits[L_COUNT] = {
	[L_MSGMNI] = { "MSGMNI", IPC_MSG, F_USED, LIMIT_COUNT, 0, 1, 0,
	  "/sys/kernel/msgmni", "max queues system wide" },
	[L_MSGMAX] = { "MSGMAX", IPC_MSG, NONE, LIMIT_BYTES, 0, 1, 0,
	  "/sys/kernel/msgmax", "max size of message" },
	[L_MSGMNB] = { "MSGMNB", IPC_MSG, NONE, LIMIT_BYTES, 0, 1, 0,
	  "/sys/kernel/msgmnb", "default max size of queue" },
	[L_SHMMNI] = { "SHMMNI", IPC_SHM, F_USED, LIMIT_COUNT, 0, 1, 0,
	  "/sys/kernel/shmmni", "max number of segments" },
	[L_SHMMAX] = { "SHMMAX", IPC_SHM, NONE, LIMIT_KBYTES, 0, 1, 0,
	  "/sys/kernel/shmmax", "max seg size" },
	[L_SHMALL] = { "SHMALL", IPC_SHM, F_USED_PAGES, LIMIT_PAGES, 0, 1, 0,
	  "/sys/kernel/shmall", "max total shared memory" },
	[L_SHMMIN] = { "SHMMIN", IPC_SHM, NONE, LIMIT_BYTES, 0, 0, 1, NULL,
	  "min seg size" },
	[L_SEMMNI] = { "SEMMNI", IPC_SEM, F_USED, LIMIT_COUNT, 3, 4, 0,
	  "/sys/kernel/sem", "max number of arrays" },
	[L_SEMMSL] = { "SEMMSL", IPC_SEM, NONE, LIMIT_COUNT, 0, 4, 0,
	  "/sys/kernel/sem", "max semaphores per array" },
	[L_SEMMNS] = { "SEMMNS", IPC_SEM, F_USED_SEMS, LIMIT_COUNT, 1, 4, 0,
	  "/sys/kernel/sem", "max semaphores system wide" },
	[L_SEMOPM] = { "SEMOPM", IPC_SEM, NONE, LIMIT_COUNT, 2, 4, 0,
	  "/sys/kernel/sem", "max ops per semop call" },
	[L_SEMVMX] = { "SEMVMX", IPC_SEM, NONE, LIMIT_COUNT, 0, 0, 32767, NULL,
	  "semaphore max value" },
	[L_QUEUES_MAX] = { "QUEUES_MAX", IPC_PMSG, F_USED, LIMIT_COUNT, 0, 1, 0,
	  "/sys/fs/mqueue/queues_max", "max queues in namespace" },
	[L_MSG_MAX] = { "MSG_MAX", IPC_PMSG, NONE, LIMIT_COUNT, 0, 1, 0,
	  "/sys/fs/mqueue/msg_max", "max messages per queue" },
	[L_MSGSIZE_MAX] = { "MSGSIZE_MAX", IPC_PMSG, NONE, LIMIT_BYTES, 0, 1, 0,
	  "/sys/fs/mqueue/msgsize_max", "max size of message" },
	[L_MSG_DEFAULT] = { "MSG_DEFAULT", IPC_PMSG, NONE, LIMIT_COUNT, 0, 1, 0,
	  "/sys/fs/mqueue/msg_default", "default max messages per queue" },
	[L_MSGSIZE_DEFAULT] = { "MSGSIZE_DEFAULT", IPC_PMSG, NONE, LIMIT_BYTES, 0, 1, 0,
	  "/sys/fs/mqueue/msgsize_default", "default max size of message" },
	[L_MSGQUEUE] = { "MSGQUEUE", IPC_PMSG, NONE, LIMIT_BYTES, 0, 0, 0, NULL,
	  "max space of all queues of a user" },
	[L_DEV_SHM] = { "DEV_SHM", IPC_PSHM, F_USED_SPACE, LIMIT_BYTES, 0, 0, 0, NULL,
	  "max total shared memory" },
	[L_SEM_VALUE_MAX] = { "SEM_VALUE_MAX", IPC_PSEM, NONE, LIMIT_COUNT, 0, 0, INT32_MAX, NULL,
	  "semaphore max value" },
};
