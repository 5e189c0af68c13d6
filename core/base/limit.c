/* SPDX-License-Identifier: 0BSD */
#include "base/limit.h"

enum { NONE = LIMIT_UNCOUNTED };

/*
 * In the order of the listing; limits of one sysctl stand together, so that it
 * is read once.  The words of kernel.sem are SEMMSL SEMMNS SEMOPM SEMMNI
 * (proc_sys_kernel(5)); SHMMIN and SEMVMX are constants of <linux/shm.h> and
 * <linux/sem.h>.
 */
const struct limit limits[] = {
	{ "MSGMNI", IPC_MSG, F_MSGMNI, F_USED, LIMIT_COUNT, 0, 1, 0,
	  "/sys/kernel/msgmni", "max queues system wide" },
	{ "MSGMAX", IPC_MSG, F_MSGMAX, NONE, LIMIT_BYTES, 0, 1, 0,
	  "/sys/kernel/msgmax", "max size of message" },
	{ "MSGMNB", IPC_MSG, F_MSGMNB, NONE, LIMIT_BYTES, 0, 1, 0,
	  "/sys/kernel/msgmnb", "default max size of queue" },
	{ "SHMMNI", IPC_SHM, F_SHMMNI, F_USED, LIMIT_COUNT, 0, 1, 0,
	  "/sys/kernel/shmmni", "max number of segments" },
	{ "SHMMAX", IPC_SHM, F_SHMMAX, NONE, LIMIT_KBYTES, 0, 1, 0,
	  "/sys/kernel/shmmax", "max seg size" },
	{ "SHMALL", IPC_SHM, F_SHMALL, F_USED_PAGES, LIMIT_PAGES, 0, 1, 0,
	  "/sys/kernel/shmall", "max total shared memory" },
	{ "SHMMIN", IPC_SHM, F_SHMMIN, NONE, LIMIT_BYTES, 0, 0, 1, NULL,
	  "min seg size" },
	{ "SEMMNI", IPC_SEM, F_SEMMNI, F_USED, LIMIT_COUNT, 3, 4, 0,
	  "/sys/kernel/sem", "max number of arrays" },
	{ "SEMMSL", IPC_SEM, F_SEMMSL, NONE, LIMIT_COUNT, 0, 4, 0,
	  "/sys/kernel/sem", "max semaphores per array" },
	{ "SEMMNS", IPC_SEM, F_SEMMNS, F_USED_SEMS, LIMIT_COUNT, 1, 4, 0,
	  "/sys/kernel/sem", "max semaphores system wide" },
	{ "SEMOPM", IPC_SEM, F_SEMOPM, NONE, LIMIT_COUNT, 2, 4, 0,
	  "/sys/kernel/sem", "max ops per semop call" },
	{ "SEMVMX", IPC_SEM, F_SEMVMX, NONE, LIMIT_COUNT, 0, 0, 32767, NULL,
	  "semaphore max value" },
	{ "QUEUES_MAX", IPC_PMSG, F_MSGMNI, F_USED, LIMIT_COUNT, 0, 1, 0,
	  "/sys/fs/mqueue/queues_max", "max queues in namespace" },
	{ "MSG_MAX", IPC_PMSG, F_MAXMSG, NONE, LIMIT_COUNT, 0, 1, 0,
	  "/sys/fs/mqueue/msg_max", "max messages per queue" },
	{ "MSGSIZE_MAX", IPC_PMSG, F_MSGSIZE, NONE, LIMIT_BYTES, 0, 1, 0,
	  "/sys/fs/mqueue/msgsize_max", "max size of message" },
	{ "MSG_DEFAULT", IPC_PMSG, F_MSG_DEFAULT, NONE, LIMIT_COUNT, 0, 1, 0,
	  "/sys/fs/mqueue/msg_default", "default max messages per queue" },
	{ "MSGSIZE_DEFAULT", IPC_PMSG, F_MSGSIZE_DEFAULT, NONE, LIMIT_BYTES, 0, 1, 0,
	  "/sys/fs/mqueue/msgsize_default", "default max size of message" },
	{ "MSGQUEUE", IPC_PMSG, F_MSGMNB, NONE, LIMIT_BYTES, 0, 0, 0, NULL,
	  "max space of all queues of a user" },
	{ "DEV_SHM", IPC_PSHM, F_SHMMAX, F_USED_SPACE, LIMIT_BYTES, 0, 0, 0, NULL,
	  "max total shared memory" },
	{ "SEM_VALUE_MAX", IPC_PSEM, F_SEMVMX, NONE, LIMIT_COUNT, 0, 0, INT32_MAX, NULL,
	  "semaphore max value" },
};

const size_t limit_count = sizeof limits / sizeof *limits;
