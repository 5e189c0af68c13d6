/* SPDX-License-Identifier: 0BSD */
#include "ipc.h"

#include <string.h>

const char ipc_kind_names[IPC_NKINDS][5] = {
	[IPC_MSG] = "msg",
	[IPC_SHM] = "shm",
	[IPC_SEM] = "sem",
	[IPC_PMSG] = "pmsg",
	[IPC_PSHM] = "pshm",
	[IPC_PSEM] = "psem",
};

enum ipc_kind ipc_kind_of(const char *word)
{
	enum ipc_kind kind = 0;

	while (kind < IPC_NKINDS && strcmp(word, ipc_kind_names[kind]) != 0)
		kind++;
	return kind;
}

int64_t ipc_latest(const struct ipc_obj *o)
{
	/* The rest of it counts for fewer kinds: those of System V, then POSIX files, then queues. */
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
