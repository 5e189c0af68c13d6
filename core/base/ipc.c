/* SPDX-License-Identifier: 0BSD */
#include "base/ipc.h"

#include <string.h>

const struct ipc_kind_words ipc_kinds[IPC_NKINDS] = {
	[IPC_MSG] = { "msg", "queues", "message queue", "message queue", "message queues", "message queues",
		      "Messages", "id", false },
	[IPC_SHM] = { "shm", "shmems", "shared memory", "shared memory segment", "shared memory segments",
		      "shared memory", "Shared Memory", "id", false },
	[IPC_SEM] = { "sem", "semaphores", "semaphore", "semaphore", "semaphore sets", "semaphores", "Semaphore",
		      "id", false },
	[IPC_PMSG] = { "pmsg", "posix_queues", "POSIX message queue", "POSIX message queue",
		       "POSIX message queues", "POSIX message queues", "POSIX Messages", "name", true },
	[IPC_PSHM] = { "pshm", "posix_shmems", "POSIX shared memory", "POSIX shared memory",
		       "POSIX shared memory segments", "POSIX shared memory", "POSIX Shared Memory", "name", true },
	[IPC_PSEM] = { "psem", "posix_semaphores", "POSIX semaphore", "POSIX semaphore", "POSIX semaphores",
		       "POSIX semaphores", "POSIX Semaphore", "name", true },
};

enum ipc_kind ipc_first(unsigned kinds)
{
	enum ipc_kind kind = 0;

	while (!(kinds >> kind & 1))
		kind++;
	return kind;
}

enum ipc_kind ipc_kind_of(const char *word)
{
	enum ipc_kind kind = 0;

	while (kind < IPC_NKINDS && strcmp(word, ipc_kinds[kind].word) != 0)
		kind++;
	return kind;
}

int64_t ipc_latest(const struct ipc_obj *o)
{
	/* System V objects start at the first of these, POSIX files at F_CTIME, POSIX queues at F_MTIME. */
	static const uint8_t times[] = { F_ATIME, F_DTIME, F_STIME, F_RTIME, F_OTIME, F_CTIME, F_MTIME };
	int64_t latest = 0;
	size_t i = o->kind == IPC_PMSG ? 6 : o->kind == IPC_PSHM || o->kind == IPC_PSEM ? 5 : 0;

	for (; i < sizeof times; i++)
		if (ipc_has(o, times[i]) && o->v[times[i]] > latest)
			latest = o->v[times[i]];
	return latest;
}

int64_t ipc_age(const struct ipc_obj *o, int64_t now)
{
	int64_t latest = ipc_latest(o);

	if (o->kind == IPC_SHM && !ipc_has(o, F_NATTCH))
		return -1;
	if (o->kind == IPC_SHM && o->v[F_NATTCH] > 0)
		return 0;
	if (latest == 0)
		return -1;
	return now > latest ? now - latest : 0;
}
