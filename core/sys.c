/* SPDX-License-Identifier: 0BSD */
#include "sys.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/ipc.h>
#include <unistd.h>

/* Goes over to the calls.  If they do not serve either, the first failure is the one to tell of. */
static int fall_back(struct ipc_iter *it, int rc)
{
	int again;

	sys_proc_close(&it->proc);
	it->where = sys_proc_where(it->kind);
	if (it->sys->source == SOURCE_PROC)
		return rc;
	again = sys_walk_open(&it->walk, it->sys, it->kind, it->last);
	if (again < 0)
		return again == -ENOSYS && rc == -ENOENT ? again : rc;
	it->walking = true;
	it->where = sys_walk_where(it->kind);
	return 0;
}

int ipc_iter_open(struct ipc_iter *it, const struct ipc_sys *sys, enum ipc_kind kind)
{
	int rc;

	it->sys = sys;
	it->kind = kind;
	it->hidden = 0;
	it->last = -1;
	it->absent = false;
	if (kind >= IPC_NSYSV) {
		it->where = posix_where(sys, kind);
		return posix_dir_open(&it->posix, sys, kind, &it->absent);
	}
	it->proc.fd = -1;
	it->walking = sys->source == SOURCE_SYSCALL;
	if (it->walking) {
		it->where = sys_walk_where(kind);
		return sys_walk_open(&it->walk, sys, kind, -1);
	}
	it->where = sys_proc_where(kind);
	rc = sys_proc_open(&it->proc, sys, kind);
	return rc < 0 ? fall_back(it, rc) : 0;
}

/*
 * Both sources go by rising index, so after a bad line the calls go on where the
 * file broke off.  A row that repeats the id before it comes from the kernels
 * with 89163f93c6f9 and without 5e698222c702 (5.7-rc1 to rc6 and stable series
 * around them), which show an object behind a hole several times in a row.
 */
int ipc_iter_next(struct ipc_iter *it, struct ipc_obj *o)
{
	int rc;

	if (it->kind >= IPC_NSYSV)
		return posix_dir_next(&it->posix, it->sys, it->kind, &it->hidden, o);
	do {
		if (it->walking) {
			rc = sys_walk_next(&it->walk, it->sys, it->kind, &it->hidden, o);
		} else {
			rc = sys_proc_next(&it->proc, it->sys, it->kind, o);
			if (rc < 0) {
				rc = fall_back(it, rc);
				if (rc == 0)
					return ipc_iter_next(it, o);
			}
		}
	} while (rc == 1 && o->v[F_ID] == it->last);
	if (rc == 1)
		it->last = o->v[F_ID];
	return rc;
}

void ipc_iter_close(struct ipc_iter *it)
{
	if (it->kind >= IPC_NSYSV)
		posix_dir_close(&it->posix);
	else
		sys_proc_close(&it->proc);
}

/* The row of one id from the file. */
static int proc_find(const struct ipc_sys *sys, enum ipc_kind kind, int id, struct ipc_obj *o)
{
	struct sys_proc p;
	int rc = sys_proc_open(&p, sys, kind);

	if (rc < 0)
		return rc;
	do
		rc = sys_proc_next(&p, sys, kind, o);
	while (rc == 1 && o->v[F_ID] != id);
	sys_proc_close(&p);
	if (rc < 0)
		return rc;
	return rc == 1 ? 0 : -EINVAL;
}

void sys_complete(const struct ipc_sys *sys, struct ipc_obj *o)
{
	struct ipc_obj more;
	int id = (int)o->v[F_ID];

	if (o->kind != IPC_MSG || ipc_has(o, F_QBYTES))
		return;
	if ((sys->calls->ctl(IPC_MSG, OP_STAT, id, &more) >= 0 || sys_walk_find(sys, IPC_MSG, id, &more) == 0) &&
	    ipc_has(&more, F_QBYTES))
		ipc_set(o, F_QBYTES, more.v[F_QBYTES]);
}

int sys_stat(const struct ipc_sys *sys, enum ipc_kind kind, int id, struct ipc_obj *o, const char **where)
{
	/* For a 32-bit program a 64-bit kernel cuts the sizes of segments off; the file has them whole. */
	const bool cut = sys->calls->cut && kind == IPC_SHM && sys->source == SOURCE_AUTO;
	int rc = 0, found;

	if (cut && proc_find(sys, kind, id, o) == 0)
		return 0;
	if (sys->source != SOURCE_PROC) {
		rc = sys->calls->ctl(kind, OP_STAT, id, o);
		if (rc >= 0 ||
		    (rc != -EINVAL && rc != -EIDRM && sys_walk_find(sys, kind, id, o) == 0)) {
			sys_doubt_size(sys, o);
			return 0;
		}
		*where = sys_walk_where(kind);
		if (rc == -EINVAL || rc == -EIDRM || sys->source == SOURCE_SYSCALL)
			return rc;
	}
	found = proc_find(sys, kind, id, o);
	if (found == 0) {
		sys_complete(sys, o);
		return 0;
	}
	if (sys->source == SOURCE_PROC || found == -EINVAL) {
		*where = sys_proc_where(kind);
		return found;
	}
	return rc;
}

int sys_sem_values(const struct ipc_sys *sys, int id, uint16_t *values)
{
	return sys->calls->sem_values(id, values);
}

int sys_sem_fill(const struct ipc_sys *sys, int id, int semnum, struct ipc_obj *o)
{
	static const struct { enum ipc_sem_op op; uint8_t field; } each[] = {
		{ SEM_NCOUNT, F_NCOUNT }, { SEM_ZCOUNT, F_ZCOUNT }, { SEM_PID, F_SEMPID },
	};

	for (size_t i = 0; i < sizeof each / sizeof *each; i++) {
		int rc = sys->calls->sem_get(id, semnum, each[i].op);

		if (rc < 0)
			return rc;
		ipc_set(o, each[i].field, rc);
	}
	return 0;
}

/* One step of splitmix64: every input gives another output, and they look random. */
static uint64_t mix(uint64_t n)
{
	n += UINT64_C(0x9e3779b97f4a7c15);
	n = (n ^ n >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	n = (n ^ n >> 27) * UINT64_C(0x94d049bb133111eb);
	return n ^ n >> 31;
}

int sys_create(const struct ipc_sys *sys, enum ipc_kind kind, struct sys_new *n)
{
	/* A key is taken with a chance of at most 2^24 in 2^32; after this many it is no chance. */
	enum { TRIES = 10000 };
	int flags = IPC_CREAT | IPC_EXCL | (int)n->mode | n->flags, rc = -EEXIST;
	uint64_t seed;

	if (n->keyed)
		return sys->calls->get(kind, n->key, n->size, flags);
	seed = sys->calls->seed() + ((uint64_t)kind << 32);
	for (int i = 0; i < TRIES && rc == -EEXIST; i++) {
		n->key = (uint32_t)mix(seed + (uint64_t)i);
		if (n->key != (uint32_t)IPC_PRIVATE)
			rc = sys->calls->get(kind, n->key, n->size, flags);
	}
	return rc;
}

int sys_set(const struct ipc_sys *sys, enum ipc_kind kind, int id, const struct ipc_obj *change)
{
	static const uint8_t settable[] = { F_UID, F_GID, F_MODE, F_QBYTES };
	const char *where;
	struct ipc_obj o;
	int rc = sys_stat(sys, kind, id, &o, &where);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < sizeof settable; i++) {
		if (ipc_has(change, settable[i]))
			ipc_set(&o, settable[i], change->v[settable[i]]);
		else if (!ipc_has(&o, settable[i]) && (settable[i] != F_QBYTES || kind == IPC_MSG))
			return -EACCES;	/* what is not known would be overwritten */
	}
	rc = sys->calls->ctl(kind, OP_SET, id, &o);
	return rc < 0 ? rc : 0;
}

int sys_lock(const struct ipc_sys *sys, int id)
{
	int rc = sys->calls->ctl(IPC_SHM, OP_LOCK, id, NULL);

	return rc < 0 ? rc : 0;
}

int sys_sem_set(const struct ipc_sys *sys, int id, const uint16_t *values)
{
	return sys->calls->sem_set(id, values);
}

int sys_peek(const struct ipc_sys *sys, int id, int n, struct ipc_message *m, size_t room)
{
	return sys->calls->peek(id, n, m, room);
}

int sys_key(const struct ipc_sys *sys, struct key *key)
{
	char path[PATH_MAX];

	if (key->form != KEY_FTOK)
		return 0;
	if (key->len >= sizeof path)
		return -ENAMETOOLONG;
	memcpy(path, key->text, key->len);
	path[key->len] = '\0';
	return sys->calls->ftok(path, key->proj, &key->value);
}

int sys_lookup(const struct ipc_sys *sys, enum ipc_kind kind, uint32_t key)
{
	return sys->calls->get(kind, key, 0, 0);
}

/*
 * Whether our user namespace is the first one, which a kernel without such namespaces counts
 * as: 1, 0 or -errno.
 */
static int in_first_users(const struct ipc_sys *sys)
{
	/* PROC_USER_INIT_INO of the kernel. */
	const uint64_t first = 0xeffffffd;
	struct sys_file file;
	int rc = sys_proc_which(sys, "/self/ns/user", &file);

	if (rc == 0)
		return file.inode == first;
	return rc == -ENOENT && sys_proc_which(sys, "/self/ns/ipc", &file) == 0 ? 1 : rc;
}

bool sys_is_vague(const struct ipc_sys *sys, int64_t id)
{
	/* DEFAULT_OVERFLOWUID of the kernel. */
	return id == 65534 && in_first_users(sys) != 1;
}

/*
 * Whether we are capable in the user namespace that our IPC namespace belongs to: 1, 0 or
 * -errno.  In the first one everybody is who is capable at all; elsewhere the kernel
 * tells (Linux 4.9).
 */
static int capable_here(const struct ipc_sys *sys, unsigned capability)
{
	int fd, rc = sys->calls->capable(capability);

	if (rc <= 0)
		return rc;
	rc = in_first_users(sys);
	if (rc != 0)
		return rc;
	fd = sys_proc_fd(sys, "/self/ns/ipc");
	if (fd < 0)
		return fd;
	rc = sys->calls->reaches(fd);
	close(fd);
	return rc;
}

int sys_may_remove(const struct ipc_sys *sys, const struct ipc_obj *o)
{
	/* CAP_SYS_ADMIN of <linux/capability.h> */
	enum { ADMIN = 21 };
	int64_t me = sys->calls->user();
	int rc;

	if (!ipc_has(o, F_UID) || !ipc_has(o, F_CUID))
		return -EOPNOTSUPP;
	if (o->v[F_UID] == me || o->v[F_CUID] == me)
		return sys_is_vague(sys, me) ? -EOPNOTSUPP : 0;
	rc = capable_here(sys, ADMIN);
	if (rc < 0)
		return -EOPNOTSUPP;
	return rc == 0 ? -EPERM : 0;
}

int sys_remove(const struct ipc_sys *sys, enum ipc_kind kind, int id)
{
	return sys->calls->ctl(kind, OP_REMOVE, id, NULL);
}

int sys_unmake(const struct ipc_sys *sys, enum ipc_kind kind, int id, uint32_t key)
{
	const char *where;
	struct ipc_obj o;
	int rc = sys_stat(sys, kind, id, &o, &where);

	if (rc == 0 && ipc_has(&o, F_KEY) && (uint32_t)o.v[F_KEY] != key)
		return 0;
	if (rc == 0)
		rc = sys_remove(sys, kind, id);
	return rc == -EINVAL || rc == -EIDRM ? 0 : rc;
}
