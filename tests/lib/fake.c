/* SPDX-License-Identifier: 0BSD */
#include "fake.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/stat.h>
#include <unistd.h>

/* CAP_SYS_ADMIN */
enum { ADMIN = 21 };

struct fake fake = {
	.term = "xterm", .fail_sem_get_after = -1, .seed = 1, .user = 3000000001, .now = 1700000000, .allocations = -1, .lines = -1, .msgqueue = 819200,
	.capabilities = 1 << ADMIN, .reaches = 1,
	.file = { 3000000001, 3000000002, 0644, 1699990000, 1699995000, 1700000000 },
};
struct memory fake_out;

static struct ipc_obj *by_id(enum ipc_kind kind, int id)
{
	struct ipc_obj *o = id < 0 ? NULL : &fake.at[kind][(id & 0x7fff) % FAKE_OBJECTS];

	return o != NULL && o->have != 0 && o->v[F_ID] == id ? o : NULL;
}

bool fake_has(enum ipc_kind kind, int id)
{
	return by_id(kind, id) != NULL;
}

bool fake_gone(enum ipc_kind kind, int id)
{
	return !fake_has(kind, id);
}

struct ipc_obj *fake_add(enum ipc_kind kind, int index, int seq)
{
	struct ipc_obj *o = &fake.at[kind][index];

	ipc_clear(o, kind);
	ipc_set(o, F_ID, index + 32768 * (int64_t)seq);
	ipc_set(o, F_KEY, 0x1000 + index);
	ipc_set(o, F_MODE, 0644);
	ipc_set(o, F_UID, 3000000001);
	ipc_set(o, F_GID, 3000000002);
	ipc_set(o, F_CUID, 3000000003);
	ipc_set(o, F_CGID, 3000000004);
	ipc_set(o, F_CTIME, 1700000000);
	return o;
}

static int highest(enum ipc_kind kind)
{
	int top = 0;

	for (int i = 0; i < FAKE_OBJECTS; i++)
		if (fake.at[kind][i].have != 0)
			top = i;
	return top;
}

static int at_index(enum ipc_kind kind, int index, struct ipc_obj *o)
{
	if (index < 0 || index >= FAKE_OBJECTS)
		return -EINVAL;
	if (fake.fail_at[kind][index] != 0)
		return fake.fail_at[kind][index];
	if (fake.at[kind][index].have == 0)
		return -EINVAL;
	*o = fake.at[kind][index];
	return (int)o->v[F_ID];
}

static int fake_rmid(struct ipc_obj *o)
{
	if (o->v[F_UID] != fake.user && o->v[F_CUID] != fake.user &&
	    (!(fake.capabilities >> ADMIN & 1) || fake.reaches != 1))
		return -EPERM;
	if (ipc_has(o, F_NATTCH) && o->v[F_NATTCH] > 0)
		o->v[F_MODE] |= IPC_DEST;
	else
		o->have = 0;
	return 0;
}

static int fake_ctl(enum ipc_kind kind, enum ipc_op op, int id, struct ipc_obj *o)
{
	struct ipc_obj *found;

	fake.calls[op]++;
	if (op == OP_STAT && fake.meanwhile != NULL)
		fake.meanwhile();
	if (fake.fail[kind][op] != 0 && fake.calls[op] > fake.works[op])
		return fake.fail[kind][op];
	switch (op) {
	case OP_STAT_INDEX:
	case OP_STAT_ANY:
		return at_index(kind, id, o);
	case OP_USAGE:
		*o = fake.usage[kind];
		return 0;
	default:
		break;
	}
	found = by_id(kind, id);
	if (found == NULL)
		return -EINVAL;
	if (fake.fail_at[kind][found - fake.at[kind]] != 0)
		return fake.fail_at[kind][found - fake.at[kind]];
	if (op == OP_REMOVE)
		return fake_rmid(found);
	if (op == OP_SET)
		*found = *o;
	else if (op == OP_STAT && fake.rekey_on_stat)
		ipc_set(found, F_KEY, 0);
	if (op == OP_STAT)
		*o = *found;
	return 0;
}

static int fake_limits(enum ipc_kind kind, struct limit_values *l)
{
	fake.calls[FAKE_LIMITS]++;
	if (fake.fail[kind][FAKE_LIMITS] != 0 && fake.calls[FAKE_LIMITS] > fake.works[FAKE_LIMITS])
		return fake.fail[kind][FAKE_LIMITS];
	if (l != NULL)
		*l = fake.limits[kind];
	return highest(kind);
}

static int fake_get(enum ipc_kind kind, uint32_t key, uint64_t size, int flags)
{
	int index = 0;

	fake.gets++;
	if (fake.fail_get[kind] != 0)
		return fake.fail_get[kind];
	if (!(flags & IPC_CREAT)) {
		for (int i = 0; i < FAKE_OBJECTS; i++) {
			struct ipc_obj *o = &fake.at[kind][i];

			if (o->have == 0 || (uint32_t)o->v[F_KEY] != key)
				continue;
			if (fake.vanish > 0) {
				fake.vanish--;
				o->have = 0;
			}
			return (int)o->v[F_ID];
		}
		return -ENOENT;
	}
	if (fake.exists > 0) {
		fake.exists--;
		return -EEXIST;
	}
	while (fake.at[kind][index].have != 0) {
		if (key != 0 && (uint32_t)fake.at[kind][index].v[F_KEY] == key)
			return -EEXIST;
		index++;
	}
	ipc_set(fake_add(kind, index, 0), F_KEY, key);
	ipc_set(&fake.at[kind][index], F_MODE, flags & IPC_PERMS);
	ipc_set(&fake.at[kind][index], F_UID, fake.user);
	ipc_set(&fake.at[kind][index], F_CUID, fake.user);
	if (kind == IPC_SHM)
		ipc_set(&fake.at[kind][index], F_SIZE, (int64_t)size);
	else if (kind == IPC_SEM)
		ipc_set(&fake.at[kind][index], F_NSEMS, (int64_t)size);
	else
		ipc_set(&fake.at[kind][index], F_QBYTES, 16384);
	fake.keys[fake.nkeys % 1024] = key;
	fake.flags[fake.nkeys++ % 1024] = flags;
	return index;
}

static int fake_values(int id, uint16_t *values)
{
	struct ipc_obj *o = by_id(IPC_SEM, id);

	fake.values_calls++;
	if (fake.fail_values != 0)
		return fake.fail_values;
	if (o == NULL)
		return -EINVAL;
	memcpy(values, fake.values, (size_t)o->v[F_NSEMS] * sizeof *values);
	return 0;
}

static int fake_sem_set(int id, const uint16_t *values)
{
	struct ipc_obj *o = by_id(IPC_SEM, id);

	if (fake.fail_sem_set != 0)
		return fake.fail_sem_set;
	if (o == NULL)
		return -EINVAL;
	memcpy(fake.values, values, (size_t)o->v[F_NSEMS] * sizeof *values);
	return 0;
}

static int fake_ftok(const char *path, int proj, uint32_t *key)
{
	if (strcmp(path, "/file") != 0)
		return -ENOENT;
	*key = 0xf0000000 + (uint32_t)proj;
	return 0;
}

static int fake_sem_get(int id, int semnum, enum ipc_sem_op op)
{
	fake.sem_gets++;
	if (fake.fail_sem_get_after == 0 || by_id(IPC_SEM, id) == NULL)
		return -EIDRM;
	if (fake.fail_sem_get_after > 0)
		fake.fail_sem_get_after--;
	if (fake.sem_told)
		return op == SEM_PID ? fake.sem_pid : op == SEM_NCOUNT ? fake.sem_waiters : 0;
	return 100 * (int)op + semnum;
}

/* The error of all calls of POSIX queues, or 0 if the kernel has them. */
static int no_queues(int without)
{
	return fake.fail_mq != 0 ? fake.fail_mq : fake.queues ? 0 : without;
}

/* A queue is a file, as in the mqueue file system, but the calls identify it only by its name. */
static int queue_file(const char *name, int flags)
{
	char path[PATH_MAX];
	int fd;

	snprintf(path, sizeof path, "%s/dev-mqueue%s", fake_proc(), name);
	fd = open(path, flags | O_CLOEXEC, 0600);
	return fd < 0 ? -errno : fd;
}

static int fake_mq_make(const char *name, int64_t maxmsg, int64_t msgsize)
{
	(void)maxmsg;
	(void)msgsize;
	return no_queues(-ENOSYS) < 0 ? no_queues(-ENOSYS) : queue_file(name, O_RDWR | O_CREAT | O_EXCL);
}

static int fake_mq_open(const char *name)
{
	return no_queues(-ENOSYS) < 0 ? no_queues(-ENOSYS) : queue_file(name, O_RDONLY);
}

static int fake_mq_remove(const char *name)
{
	char path[PATH_MAX];

	snprintf(path, sizeof path, "%s/dev-mqueue%s", fake_proc(), name);
	if (no_queues(-ENOSYS) < 0)
		return no_queues(-ENOSYS);
	return unlink(path) < 0 ? -errno : 0;
}

static int fake_mq_attr(int fd, struct ipc_obj *o)
{
	(void)fd;
	if (no_queues(-EBADF) < 0)
		return no_queues(-EBADF);
	ipc_set(o, F_MAXMSG, 10);
	ipc_set(o, F_MSGSIZE, 8192);
	ipc_set(o, F_QNUM, 2);
	return 0;
}

static int fake_mq_mount(void)
{
	return no_queues(-EPERM) < 0 ? no_queues(-EPERM) : queue_file("", O_RDONLY | O_DIRECTORY);
}

static int fake_peek(int id, int n, struct ipc_message *m, size_t room)
{
	const struct fake_message *found = &fake.messages[n < FAKE_MESSAGES ? n : 0];

	if (fake.fail_peek != 0)
		return fake.fail_peek;
	if (by_id(IPC_MSG, id) == NULL)
		return -EINVAL;
	if (n >= FAKE_MESSAGES || found->type == 0)
		return -ENOMSG;
	if (found->len > room)
		return -E2BIG;
	m->type = found->type;
	memcpy(m->text, found->text, found->len);
	return (int)found->len;
}

static int fake_memory(unsigned page)
{
	const char *file = page == 0 ? fake.memory : page == fake.huge ? fake.huge_memory : NULL;
	int fd = file != NULL ? open(file, O_RDONLY | O_CLOEXEC) : -1;

	return fd < 0 ? -ENODEV : fd;
}

static const struct sys_wait waits[] = {
	{ 11, -1, IPC_SEM, false }, { 12, -1, IPC_MSG, true }, { 13, -1, IPC_MSG, false },
	{ 14, 11, IPC_MSG, true }, { -2, -1, IPC_SEM, false }, { 0, -1, IPC_NKINDS, false },
};

static const struct sys_wait *fake_foreign(void)
{
	return fake.foreign;
}

static uint64_t fake_seed(void)
{
	return fake.seed++;
}

static int fake_alive(int pid)
{
	for (size_t i = 0; i < sizeof fake.alive / sizeof *fake.alive; i++)
		if (fake.alive[i] == pid)
			return 0;
	return -ESRCH;
}

static uint32_t fake_user(void)
{
	return fake.user;
}

static int fake_capable(unsigned capability)
{
	return fake.capabilities >> capability & 1;
}

static int fake_reaches(int fd)
{
	(void)fd;
	return fake.reaches;
}

static int64_t fake_now(void)
{
	return fake.now;
}

static int64_t fake_booted(void)
{
	return fake.booted;
}

static int fake_self(void)
{
	return fake.self;
}

static uint64_t fake_first_pids(void)
{
	return fake.first_pids;
}

const struct ipc_calls fake_calls = {
	.get = fake_get,
	.ctl = fake_ctl,
	.limits = fake_limits,
	.sem_values = fake_values,
	.sem_set = fake_sem_set,
	.ftok = fake_ftok,
	.sem_get = fake_sem_get,
	.mq_make = fake_mq_make,
	.mq_open = fake_mq_open,
	.mq_remove = fake_mq_remove,
	.mq_attr = fake_mq_attr,
	.mq_mount = fake_mq_mount,
	.peek = fake_peek,
	.memory = fake_memory,
	.waits = waits,
	.foreign = fake_foreign,
	.seed = fake_seed,
	.alive = fake_alive,
	.user = fake_user,
	.capable = fake_capable,
	.reaches = fake_reaches,
	.now = fake_now,
	.booted = fake_booted,
	.self = fake_self,
	.first_pids = fake_first_pids,
};

static char root[64];

char *format(const char *form, ...)
{
	static char texts[8][1 << 16];
	static int next;
	char *text = texts[next++ % 8];
	va_list args;

	va_start(args, form);
	vsnprintf(text, sizeof texts[0], form, args);
	va_end(args);
	return text;
}

static void clean_up(void)
{
	char command[128];

	snprintf(command, sizeof command, "rm -rf '%s'", root);
	if (system(command) != 0)
		perror(root);
}

const char *fake_proc(void)
{
	if (root[0] == '\0') {
		strcpy(root, "/tmp/ipcbox-proc.XXXXXX");
		if (mkdtemp(root) == NULL)
			abort();
		atexit(clean_up);
	}
	return root;
}

/* The path below the proc root; creates its directories. */
static void place(char full[PATH_MAX], const char *path)
{
	snprintf(full, PATH_MAX, "%s%s", fake_proc(), path);
	for (char *s = full + strlen(fake_proc()) + 1; (s = strchr(s, '/')) != NULL; s++) {
		*s = '\0';
		mkdir(full, 0777);
		*s = '/';
	}
}

void fake_bytes(const char *path, const void *bytes, size_t n)
{
	char full[PATH_MAX];
	FILE *f;

	place(full, path);
	f = fopen(full, "w");
	if (f == NULL || fwrite(bytes, 1, n, f) != n || fclose(f) == EOF)
		abort();
}

void fake_file(const char *path, const char *text)
{
	fake_bytes(path, text, strlen(text));
}

void fake_link(const char *path, const char *target)
{
	char full[PATH_MAX];

	place(full, path);
	if (symlink(target, full) < 0)
		abort();
}

void fake_initial_pids(const char *path)
{
	char file[512];
	struct stat st;

	fake_file("/pids", "");
	snprintf(file, sizeof file, "%s/pids", fake_proc());
	cr_assert(zero(int, stat(file, &st)));
	fake.first_pids = st.st_ino;
	fake_link(path, file);
}

static int memory_sink(struct out *o, const char *bytes, size_t n)
{
	struct memory *m = (struct memory *)o;

	if (m->fail != 0 && m->len + n > m->room)
		return m->fail;
	if (m->len + n >= sizeof m->text)
		abort();
	memcpy(m->text + m->len, bytes, n);
	m->len += n;
	m->text[m->len] = '\0';
	return 0;
}

void memory_init(struct memory *m)
{
	int fail = m->fail;
	size_t room = m->room;

	out_init(&m->out, -1, m->buf, sizeof m->buf);
	m->out.sink = memory_sink;
	m->len = 0;
	m->text[0] = '\0';
	m->fail = fail;
	m->room = room;
}

const char *memory_text(struct memory *m)
{
	out_flush(&m->out);
	return m->text;
}

struct ipc_sys fake_sys(enum ipc_source source)
{
	static char shm[128], mqueue[128];

	snprintf(shm, sizeof shm, "%s/dev-shm", fake_proc());
	snprintf(mqueue, sizeof mqueue, "%s/dev-mqueue", fake_proc());
	return (struct ipc_sys){ fake_proc(), shm, mqueue, source, &fake_calls };
}

/* A new file below the proc root, open. */
static int fresh(const char *name, const char *text)
{
	char full[PATH_MAX];
	int fd;

	fake_file(name, text);
	snprintf(full, sizeof full, "%s%s", fake_proc(), name);
	fd = open(full, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		abort();
	return fd;
}

/* The output written to a terminal. */
static void read_back(int fd)
{
	ssize_t n = pread(fd, fake_out.text, sizeof fake_out.text - 1, 0);

	if (n < 0)
		abort();
	fake_out.text[n] = '\0';
	close(fd);
}

struct ran fake_run(const struct applet *applet, ...)
{
	static struct memory err;
	char *argv[64] = { (char *)(uintptr_t)applet->name };
	struct ipc_sys sys = fake_sys(SOURCE_AUTO);
	struct world w = { applet, &fake_out.out, &err.out, &sys, -1, false, fake.term };
	int argc = 1, screen = -1;
	struct ran r;
	va_list args;

	va_start(args, applet);
	while ((argv[argc] = va_arg(args, char *)) != NULL)
		argc++;
	va_end(args);
	memory_init(&fake_out);
	memory_init(&err);
	if (fake.terminal) {
		screen = fresh("/screen", "");
		out_init(&fake_out.out, screen, fake_out.buf, sizeof fake_out.buf);
		w.in = fresh("/answers", fake.answers ? fake.answers : "");
	}
	r.status = applet->run(&w, argc, argv);
	r.out = memory_text(&fake_out);
	r.err = memory_text(&err);
	if (fake.terminal) {
		read_back(screen);
		close(w.in);
	}
	return r;
}

void fake_expect(struct ran r, int status, const char *out, const char *err)
{
	cr_expect(eq(int, r.status, status));
	cr_expect(eq(str, (char *)(uintptr_t)r.out, (char *)(uintptr_t)out));
	cr_expect(eq(str, (char *)(uintptr_t)r.err, (char *)(uintptr_t)err));
}
