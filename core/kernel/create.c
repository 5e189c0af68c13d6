/* SPDX-License-Identifier: 0BSD */
#include "kernel/create.h"

#include <errno.h>
#include <unistd.h>

#include "base/mem.h"
#include "kernel/totals.h"

/*
 * Modes that mark incomplete objects.  Setting the values of a semaphore set requires permissions, so
 * the owner has all of a System V object; the execute bit, otherwise meaningless there, is the mark.
 */
enum { SYSV_MAKING = 0700, POSIX_MAKING = 0 };

/* True if creation alone does not complete a System V object. */
static bool is_staged(const struct object_new *n)
{
	return ipc_has(&n->row, F_UID) || ipc_has(&n->row, F_GID) || ipc_has(&n->row, F_QBYTES) ||
		n->nvalues > 0 || n->lock;
}

int64_t object_queue_default(const struct limit_values *limit, uint8_t field)
{
	enum limit_id usual = field == F_MAXMSG ? L_MSG_DEFAULT : L_MSGSIZE_DEFAULT;
	enum limit_id most = field == F_MAXMSG ? L_MSG_MAX : L_MSGSIZE_MAX;

	if (!limit_has(limit, usual))
		return 0;
	/* mqueue_get_inode of the kernel, seen on 6.18 */
	return limit_has(limit, most) && limit->v[most] < limit->v[usual] ? limit->v[most] : limit->v[usual];
}

/* The kernel takes both sizes of a queue or neither, so add the default of the missing one. */
static void complete_sizes(const struct ipc_sys *sys, struct ipc_obj *queue)
{
	/* The kernel's built-in defaults, for a sysctl that cannot be read. */
	static const struct { uint8_t field; uint16_t usual; } sizes[] = { { F_MAXMSG, 10 }, { F_MSGSIZE, 8192 } };
	struct limit_values limit;
	const char *where;

	if ((queue->v[F_MAXMSG] == 0) == (queue->v[F_MSGSIZE] == 0))
		return;
	totals_limits(sys, IPC_PMSG, &limit, &where);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		int64_t n = object_queue_default(&limit, sizes[i].field);

		if (queue->v[sizes[i].field] == 0)
			ipc_set(queue, sizes[i].field, n > 0 ? n : sizes[i].usual);
	}
}

int object_create(const struct ipc_sys *sys, const struct object_new *n, struct object_made *made)
{
	struct ipc_obj row;
	int rc;

	*made = (struct object_made){ .id = -1, .fd = -1 };
	if (!posix_has(n->row.kind)) {
		rc = sysv_create(sys, &n->row, is_staged(n) ? SYSV_MAKING : (unsigned)n->row.v[F_MODE], n->flags,
				 &made->key);
		if (rc >= 0)
			made->id = rc;
		return rc < 0 ? rc : 0;
	}
	row = n->row;
	if (row.kind == IPC_PMSG)
		complete_sizes(sys, &row);
	rc = posix_make(sys, &row, POSIX_MAKING);
	if (rc < 0)
		return rc;
	made->fd = rc;
	made->id = 0;
	return 0;
}

static int set_values(const struct ipc_sys *sys, const struct object_new *n, int id)
{
	const size_t nsems = (size_t)n->row.v[F_NSEMS];
	uint16_t *values;
	struct mem mem;
	int rc = -ENOMEM;

	if (n->nvalues == nsems)
		return sys->calls->sem_set(id, n->values);
	mem_init(&mem);
	values = mem_take(&mem, nsems * sizeof *values);
	for (size_t i = 0; values != NULL && i < nsems; i++)
		values[i] = n->values[0];
	if (values != NULL)
		rc = sys->calls->sem_set(id, values);
	mem_free(&mem);
	return rc;
}

int object_finish(const struct ipc_sys *sys, const struct object_new *n, const struct object_made *made,
		  const char **what)
{
	int rc = 0;

	if (posix_has(n->row.kind))
		return posix_finish(made->fd, &n->row, what);
	*what = NULL;
	if (!is_staged(n))
		return 0;
	*what = "cannot set its values";
	if (n->nvalues > 0 && (rc = set_values(sys, n, made->id)) < 0)
		return rc;
	/* shmctl(2): for the owner, the limit is the only reason. */
	*what = "cannot lock it within RLIMIT_MEMLOCK";
	if (n->lock && (rc = sys->calls->ctl(IPC_SHM, OP_LOCK, made->id, NULL)) < 0)
		return rc;
	/* Owner and mode come last, so that nobody uses the object before. */
	rc = sysv_set(sys, n->row.kind, made->id, &n->row);
	*what = "cannot set its owner, mode or capacity";
	return rc;
}

int object_undo(const struct ipc_sys *sys, const struct object_new *n, const struct object_made *made)
{
	if (posix_has(n->row.kind))
		return posix_unmake(sys, &n->row, made->fd);
	return sysv_unmake(sys, n->row.kind, made->id, made->key);
}

int object_stat_made(const struct ipc_sys *sys, const struct object_new *n, const struct object_made *made,
		     struct ipc_obj *o)
{
	const struct object one = { .kind = n->row.kind, .id = made->id };
	const char *where;

	if (posix_has(one.kind))
		return posix_look(sys, one.kind, n->row.t[T_NAME], o);
	return object_stat(sys, &one, o, &where);
}

void object_release(struct object_made *made)
{
	if (made->fd >= 0)
		close(made->fd);
	made->fd = -1;
}

static int stat_key(const struct ipc_sys *sys, const struct ipc_obj *want, struct ipc_obj *o)
{
	const char *where;
	struct object one;
	int rc = object_find(sys, want->kind, (uint32_t)want->v[F_KEY], &one);

	if (rc == 0)
		rc = object_stat(sys, &one, o, &where);
	/* A segment that is marked for destruction has lost its key. */
	if (object_is_gone(want->kind, rc) || (rc == 0 && ipc_has(o, F_KEY) && o->v[F_KEY] != want->v[F_KEY]))
		return -ENOENT;
	return rc;
}

int object_in_the_way(const struct ipc_sys *sys, const struct object_new *n, struct ipc_obj *o)
{
	if (posix_has(n->row.kind))
		return posix_look(sys, n->row.kind, n->row.t[T_NAME], o);
	return stat_key(sys, &n->row, o);
}

bool object_is_in_the_making(const struct ipc_obj *o)
{
	return ipc_has(o, F_MODE) &&
		(o->v[F_MODE] & IPC_PERMS) == (posix_has(o->kind) ? POSIX_MAKING : SYSV_MAKING);
}
