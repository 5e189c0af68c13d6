/* SPDX-License-Identifier: 0BSD */
#include "limit.h"

/*
 * In the order of the listing; limits of one sysctl stand together, so that it
 * is read once.  The words of kernel.sem are SEMMSL SEMMNS SEMOPM SEMMNI
 * (proc_sys_kernel(5)); SHMMIN and SEMVMX are constants of <linux/shm.h> and
 * <linux/sem.h>.
 */
const struct limit limits[] = {
	{ IPC_MSG, F_MSGMNI, LIMIT_COUNT, 0, 1, 0, "/sys/kernel/msgmni", "max queues system wide" },
	{ IPC_MSG, F_MSGMAX, LIMIT_BYTES, 0, 1, 0, "/sys/kernel/msgmax", "max size of message" },
	{ IPC_MSG, F_MSGMNB, LIMIT_BYTES, 0, 1, 0, "/sys/kernel/msgmnb", "default max size of queue" },
	{ IPC_SHM, F_SHMMNI, LIMIT_COUNT, 0, 1, 0, "/sys/kernel/shmmni", "max number of segments" },
	{ IPC_SHM, F_SHMMAX, LIMIT_KBYTES, 0, 1, 0, "/sys/kernel/shmmax", "max seg size" },
	{ IPC_SHM, F_SHMALL, LIMIT_PAGES, 0, 1, 0, "/sys/kernel/shmall", "max total shared memory" },
	{ IPC_SHM, F_SHMMIN, LIMIT_BYTES, 0, 0, 1, NULL, "min seg size" },
	{ IPC_SEM, F_SEMMNI, LIMIT_COUNT, 3, 4, 0, "/sys/kernel/sem", "max number of arrays" },
	{ IPC_SEM, F_SEMMSL, LIMIT_COUNT, 0, 4, 0, "/sys/kernel/sem", "max semaphores per array" },
	{ IPC_SEM, F_SEMMNS, LIMIT_COUNT, 1, 4, 0, "/sys/kernel/sem", "max semaphores system wide" },
	{ IPC_SEM, F_SEMOPM, LIMIT_COUNT, 2, 4, 0, "/sys/kernel/sem", "max ops per semop call" },
	{ IPC_SEM, F_SEMVMX, LIMIT_COUNT, 0, 0, 32767, NULL, "semaphore max value" },
	{ IPC_PMSG, F_MSGMNI, LIMIT_COUNT, 0, 1, 0, "/sys/fs/mqueue/queues_max", "max queues in namespace" },
	{ IPC_PMSG, F_MAXMSG, LIMIT_COUNT, 0, 1, 0, "/sys/fs/mqueue/msg_max", "max messages per queue" },
	{ IPC_PMSG, F_MSGSIZE, LIMIT_BYTES, 0, 1, 0, "/sys/fs/mqueue/msgsize_max", "max size of message" },
	{ IPC_PMSG, F_MSG_DEFAULT, LIMIT_COUNT, 0, 1, 0, "/sys/fs/mqueue/msg_default",
	  "default max messages per queue" },
	{ IPC_PMSG, F_MSGSIZE_DEFAULT, LIMIT_BYTES, 0, 1, 0, "/sys/fs/mqueue/msgsize_default",
	  "default max size of message" },
	{ IPC_PMSG, F_MSGMNB, LIMIT_BYTES, 0, 0, 0, NULL, "max space of all queues of a user" },
	{ IPC_PSHM, F_SHMMAX, LIMIT_BYTES, 0, 0, 0, NULL, "max total shared memory" },
	{ IPC_PSEM, F_SEMVMX, LIMIT_COUNT, 0, 0, INT32_MAX, NULL, "semaphore max value" },
};

const size_t limit_count = sizeof limits / sizeof *limits;
