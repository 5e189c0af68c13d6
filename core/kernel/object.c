/* SPDX-License-Identifier: 0BSD */
#include "kernel/object.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

/* This field is constant for the lifetime of an object. */
static unsigned mark_field(enum ipc_kind kind)
{
	return posix_has(kind) ? F_INODE : F_KEY;
}

static int64_t known_or(const struct ipc_obj *o, unsigned f, int64_t other)
{
	return ipc_has(o, f) ? o->v[f] : other;
}

static int64_t stamp_of(const struct ipc_obj *o)
{
	return posix_has(o->kind) ? (int64_t)o->device : known_or(o, F_CTIME, -1);
}

/* If the calls fail too, report the first error. */
static int fall_back(struct ipc_iter *it, int rc)
{
	int again;

	from_proc_close(&it->proc);
	it->where = from_proc_where(it->kind);
	if (it->sys->source == SOURCE_PROC)
		return rc;
	again = from_calls_open(&it->walk, it->sys, it->kind, it->last);
	if (again < 0)
		return again == -ENOSYS && rc == -ENOENT ? again : rc;
	it->walking = true;
	it->where = from_calls_where(it->kind);
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
	if (posix_has(kind)) {
		it->where = posix_where(sys, kind);
		return posix_dir_open(&it->posix, sys, kind, &it->absent);
	}
	it->proc.file.fd = -1;
	it->walking = sys->source == SOURCE_SYSCALL;
	if (it->walking) {
		it->where = from_calls_where(kind);
		return from_calls_open(&it->walk, sys, kind, -1);
	}
	it->where = from_proc_where(kind);
	rc = from_proc_open(&it->proc, sys, kind);
	return rc < 0 ? fall_back(it, rc) : 0;
}

/*
 * Both sources ascend by index, so the calls can continue after a bad line.  Kernels with 89163f93c6f9
 * and without 5e698222c702 (5.7-rc1 to rc6, stable series around them) repeat a row after a hole.
 */
int ipc_iter_next(struct ipc_iter *it, struct ipc_obj *o)
{
	int rc;

	if (posix_has(it->kind))
		return posix_dir_next(&it->posix, it->sys, it->kind, &it->hidden, o);
	do {
		if (it->walking) {
			rc = from_calls_next(&it->walk, it->sys, it->kind, &it->hidden, o);
		} else {
			rc = from_proc_next(&it->proc, it->sys, it->kind, o);
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
	if (posix_has(it->kind))
		posix_dir_close(&it->posix);
	else
		from_proc_close(&it->proc);
}

int ipc_iter_complete(const struct ipc_iter *it, int rc)
{
	return rc == 0 && it->hidden > 0 ? -EACCES : rc;
}

struct object object_of(const struct ipc_obj *o)
{
	struct object one = { .kind = o->kind, .id = -1, .name = o->t[T_NAME], .listed = true };

	if (!posix_has(o->kind))
		one.id = (int)o->v[F_ID];
	one.mark = known_or(o, mark_field(o->kind), -1);
	one.stamp = stamp_of(o);
	return one;
}

int object_is_same(const struct object *one, const struct ipc_obj *o)
{
	if (!ipc_has(o, F_CTIME) || !ipc_has(o, mark_field(o->kind)))
		return -EBADMSG;
	return o->v[mark_field(o->kind)] == one->mark && stamp_of(o) == one->stamp;
}

bool object_is_gone(enum ipc_kind kind, int rc)
{
	/* For a System V object, -ENOENT is about a file of /proc. */
	return posix_has(kind) ? rc == -ENOENT : rc == -EINVAL || rc == -EIDRM;
}

bool object_may_have_name(enum ipc_kind kind, const char *name)
{
	return kind != IPC_PSHM || !posix_is_semaphore(name);
}

int object_find(const struct ipc_sys *sys, enum ipc_kind kind, uint32_t key, struct object *one)
{
	int id = sysv_lookup(sys, kind, key);

	if (id < 0)
		return id;
	*one = (struct object){ .kind = kind, .id = id };
	return 0;
}

int object_stat(const struct ipc_sys *sys, const struct object *one, struct ipc_obj *o, const char **where)
{
	if (posix_has(one->kind))
		return posix_stat(sys, one->kind, one->name, o, where);
	return sysv_stat(sys, one->kind, one->id, o, where);
}

int object_remove(const struct ipc_sys *sys, const struct object *one)
{
	if (posix_has(one->kind))
		return posix_remove(sys, one->kind, one->name, !one->listed);
	return sysv_remove(sys, one->kind, one->id);
}

int object_may_remove(const struct ipc_sys *sys, const struct object *one, struct ipc_obj *o)
{
	const char *where;
	int rc;

	ipc_clear(o, one->kind);
	if (posix_has(one->kind))
		return posix_may_remove(sys, one->kind, one->name, !one->listed);
	rc = object_stat(sys, one, o, &where);
	if (rc < 0)
		return rc == -EACCES ? -EOPNOTSUPP : rc;
	return sysv_may_remove(sys, o);
}

bool object_hides_another(const struct ipc_sys *sys, enum ipc_kind kind, const char *name)
{
	return kind == IPC_PSEM && posix_twins(sys, name);
}

int object_others(const struct ipc_sys *sys, enum ipc_kind kind, object_other *each, void *arg)
{
	return kind == IPC_PSHM || kind == IPC_PSEM ? posix_others(sys, kind, each, arg) : 0;
}

void object_complete(const struct ipc_sys *sys, struct ipc_obj *o)
{
	if (o->kind == IPC_MSG)
		sysv_complete(sys, o);
}

void object_resident(const struct ipc_sys *sys, struct ipc_obj *o)
{
	sysv_resident(sys, o);
}

int object_values(const struct ipc_sys *sys, int id, uint16_t *values)
{
	return sys->calls->sem_values(id, values);
}

int object_element(const struct ipc_sys *sys, int id, int semnum, struct ipc_obj *o)
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

int object_peek(const struct ipc_sys *sys, int id, int n, struct ipc_message *m, size_t room)
{
	return sys->calls->peek(id, n, m, room);
}

int object_key(const struct ipc_sys *sys, struct key *key)
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
