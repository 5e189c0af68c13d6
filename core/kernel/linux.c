/* SPDX-License-Identifier: 0BSD */
/* System calls; no other file names them or their structs.  Tables unify the System V families. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <mqueue.h>
#include <signal.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "kernel/sys.h"

/* From <linux/msg.h>, <linux/shm.h> and <linux/sem.h>, for an older libc. */
#ifndef MSG_STAT_ANY
#define MSG_STAT_ANY 13
#endif
#ifndef SHM_STAT_ANY
#define SHM_STAT_ANY 15
#endif
#ifndef SEM_STAT_ANY
#define SEM_STAT_ANY 20
#endif
#ifndef MSG_COPY
#define MSG_COPY 040000
#endif

/* System calls that some machines lack: they have ipc(2) instead, or only variants with 64-bit times. */
enum { NONE = -2 };
#ifndef SYS_semop
#define SYS_semop NONE
#endif
#ifndef SYS_semtimedop
#define SYS_semtimedop NONE
#endif
#ifndef SYS_semtimedop_time64
#define SYS_semtimedop_time64 NONE
#endif
#ifndef SYS_msgsnd
#define SYS_msgsnd NONE
#endif
#ifndef SYS_msgrcv
#define SYS_msgrcv NONE
#endif
#ifndef SYS_ipc
#define SYS_ipc NONE
#endif
#ifndef SYS_clock_gettime
#define SYS_clock_gettime NONE
#endif

union sem_arg {
	int val;
	struct semid_ds *ds;
	unsigned short *array;
	struct seminfo *info;
};

union answer {
	struct msqid_ds msg;
	struct shmid_ds shm;
	struct semid_ds sem;
	struct msginfo msg_info;
	struct shminfo shm_limits;
	struct shm_info shm_info;
	struct seminfo sem_info;
};

/* On 32-bit machines, musl sets IPC_TIME64 (0x100) in the commands that return 64-bit times. */
static const int commands[IPC_NSYSV][OP_COUNT] = {
	[IPC_MSG] = { IPC_STAT, MSG_STAT, MSG_STAT_ANY, MSG_INFO, IPC_RMID, IPC_SET, -1 },
	[IPC_SHM] = { IPC_STAT, SHM_STAT, SHM_STAT_ANY, SHM_INFO, IPC_RMID, IPC_SET, SHM_LOCK },
	[IPC_SEM] = { IPC_STAT, SEM_STAT, SEM_STAT_ANY, SEM_INFO, IPC_RMID, IPC_SET, -1 },
};

static int result(int rc)
{
	return rc < 0 ? -errno : rc;
}

static void perm_row(struct ipc_obj *o, const struct ipc_perm *p)
{
	ipc_set(o, F_KEY, (uint32_t)p->__key);
	ipc_set(o, F_MODE, p->mode & (IPC_PERMS | IPC_DEST | IPC_LOCKED));
	ipc_set(o, F_UID, (uint32_t)p->uid);
	ipc_set(o, F_GID, (uint32_t)p->gid);
	ipc_set(o, F_CUID, (uint32_t)p->cuid);
	ipc_set(o, F_CGID, (uint32_t)p->cgid);
}

static void msg_row(struct ipc_obj *o, const struct msqid_ds *d)
{
	perm_row(o, &d->msg_perm);
	ipc_set(o, F_CBYTES, (int64_t)d->__msg_cbytes);
	ipc_set(o, F_QNUM, (int64_t)d->msg_qnum);
	ipc_set(o, F_QBYTES, (int64_t)d->msg_qbytes);
	ipc_set(o, F_LSPID, d->msg_lspid);
	ipc_set(o, F_LRPID, d->msg_lrpid);
	ipc_set(o, F_STIME, d->msg_stime);
	ipc_set(o, F_RTIME, d->msg_rtime);
	ipc_set(o, F_CTIME, d->msg_ctime);
}

static void shm_row(struct ipc_obj *o, const struct shmid_ds *d)
{
	perm_row(o, &d->shm_perm);
	ipc_set(o, F_SIZE, (int64_t)d->shm_segsz);
	ipc_set(o, F_NATTCH, (int64_t)d->shm_nattch);
	ipc_set(o, F_CPID, d->shm_cpid);
	ipc_set(o, F_LPID, d->shm_lpid);
	ipc_set(o, F_ATIME, d->shm_atime);
	ipc_set(o, F_DTIME, d->shm_dtime);
	ipc_set(o, F_CTIME, d->shm_ctime);
}

static void sem_row(struct ipc_obj *o, const struct semid_ds *d)
{
	perm_row(o, &d->sem_perm);
	ipc_set(o, F_NSEMS, (int64_t)d->sem_nsems);
	ipc_set(o, F_OTIME, d->sem_otime);
	ipc_set(o, F_CTIME, d->sem_ctime);
}

/* The kernel keeps this in an int, which may have wrapped around: a negative number means unknown. */
static void set_limit(struct limit_values *l, enum limit_id id, int n)
{
	if (n >= 0)
		limit_set(l, id, n);
}

/* Likewise for a count that saturates at INT_MAX, which thus means that much or more. */
static void set_count(struct ipc_obj *o, unsigned field, int n)
{
	if (n >= 0 && n < INT_MAX)
		ipc_set(o, field, n);
}

/*
 * A 64-bit kernel gives a 32-bit program at most INT_MAX as SHMMAX, and the lower half of SHMALL.
 * SHMMAX of a 32-bit kernel is larger unless it was lowered.
 */
static void set_shm_limits(struct limit_values *l, const struct shminfo *told)
{
	const bool whole = sizeof(long) == sizeof(uint64_t) || told->shmmax > INT_MAX;

	limit_set(l, L_SHMMNI, (int64_t)told->shmmni);
	if (whole || told->shmmax < INT_MAX)
		limit_set(l, L_SHMMAX, (int64_t)told->shmmax);
	if (whole)
		limit_set(l, L_SHMALL, (int64_t)told->shmall);
	limit_set(l, L_SHMMIN, (int64_t)told->shmmin);
}

static void set_limits(struct limit_values *l, enum ipc_kind kind, const union answer *a)
{
	switch (kind) {
	case IPC_MSG:
		set_limit(l, L_MSGMNI, a->msg_info.msgmni);
		set_limit(l, L_MSGMAX, a->msg_info.msgmax);
		set_limit(l, L_MSGMNB, a->msg_info.msgmnb);
		break;
	case IPC_SHM:
		set_shm_limits(l, &a->shm_limits);
		break;
	default:
		set_limit(l, L_SEMMNI, a->sem_info.semmni);
		set_limit(l, L_SEMMSL, a->sem_info.semmsl);
		set_limit(l, L_SEMMNS, a->sem_info.semmns);
		set_limit(l, L_SEMOPM, a->sem_info.semopm);
		set_limit(l, L_SEMVMX, a->sem_info.semvmx);
		break;
	}
}

/* MSG_INFO and SEM_INFO reuse limit fields for counts: msgctl(2), semctl(2). */
static void usage_row(struct ipc_obj *o, const union answer *a)
{
	switch (o->kind) {
	case IPC_MSG:
		set_count(o, F_USED, a->msg_info.msgpool);
		set_count(o, F_USED_MESSAGES, a->msg_info.msgmap);
		set_count(o, F_USED_BYTES, a->msg_info.msgtql);
		break;
	case IPC_SHM:
		set_count(o, F_USED, a->shm_info.used_ids);
		ipc_set(o, F_USED_PAGES, (int64_t)a->shm_info.shm_tot);
		ipc_set(o, F_RSS_PAGES, (int64_t)a->shm_info.shm_rss);
		ipc_set(o, F_SWAP_PAGES, (int64_t)a->shm_info.shm_swp);
		ipc_set(o, F_SWAP_ATTEMPTS, (int64_t)a->shm_info.swap_attempts);
		ipc_set(o, F_SWAP_SUCCESSES, (int64_t)a->shm_info.swap_successes);
		break;
	default:
		set_count(o, F_USED, a->sem_info.semusz);
		set_count(o, F_USED_SEMS, a->sem_info.semaem);
		break;
	}
}

static void object_row(struct ipc_obj *o, int id, const union answer *a)
{
	ipc_set(o, F_ID, id);
	switch (o->kind) {
	case IPC_MSG: msg_row(o, &a->msg); break;
	case IPC_SHM: shm_row(o, &a->shm); break;
	default: sem_row(o, &a->sem); break;
	}
}

static void set_perm(struct ipc_perm *p, const struct ipc_obj *o)
{
	p->uid = (uid_t)o->v[F_UID];
	p->gid = (gid_t)o->v[F_GID];
	p->mode = o->v[F_MODE] & IPC_PERMS;
}

static void change(union answer *a, const struct ipc_obj *o)
{
	switch (o->kind) {
	case IPC_MSG:
		set_perm(&a->msg.msg_perm, o);
		a->msg.msg_qbytes = (msglen_t)o->v[F_QBYTES];
		break;
	case IPC_SHM:
		set_perm(&a->shm.shm_perm, o);
		break;
	default:
		set_perm(&a->sem.sem_perm, o);
		break;
	}
}

static int control(enum ipc_kind kind, int cmd, int id, union answer *a)
{
	switch (kind) {
	case IPC_MSG:
		return result(msgctl(id, cmd, &a->msg));
	case IPC_SHM:
		return result(shmctl(id, cmd, &a->shm));
	default:
		return result(semctl(id, 0, cmd, (union sem_arg){ .ds = &a->sem }));
	}
}

static int linux_limits(enum ipc_kind kind, struct limit_values *l)
{
	union answer a;
	int rc;

	/* An emulation may leave fields out. */
	memset(&a, 0, sizeof a);
	rc = control(kind, IPC_INFO, 0, &a);
	if (rc >= 0 && l != NULL)
		set_limits(l, kind, &a);
	return rc;
}

static int linux_ctl(enum ipc_kind kind, enum ipc_op op, int id, struct ipc_obj *o)
{
	union answer a;
	int rc;

	memset(&a, 0, sizeof a);
	if (op == OP_SET)
		change(&a, o);
	rc = control(kind, commands[kind][op], id, &a);
	if (rc < 0 || o == NULL || op >= OP_REMOVE)
		return rc;
	ipc_clear(o, kind);
	if (op == OP_USAGE)
		usage_row(o, &a);
	else
		object_row(o, op == OP_STAT ? id : rc, &a);
	return rc;
}

static int linux_get(enum ipc_kind kind, uint32_t key, uint64_t size, int flags)
{
	/* A size beyond size_t or int exceeds every limit, for which the kernel returns EINVAL. */
	switch (kind) {
	case IPC_MSG:
		return result(msgget((key_t)key, flags));
	case IPC_SHM:
		return size > SIZE_MAX ? -EINVAL : result(shmget((key_t)key, (size_t)size, flags));
	default:
		return size > INT32_MAX ? -EINVAL : result(semget((key_t)key, (int)size, flags));
	}
}

static int linux_sem_values(int id, uint16_t *values)
{
	return result(semctl(id, 0, GETALL, (union sem_arg){ .array = values }));
}

static int linux_sem_set(int id, const uint16_t *values)
{
	/* SETALL reads the array; the union has no const member. */
	return result(semctl(id, 0, SETALL, (union sem_arg){ .array = (unsigned short *)(uintptr_t)values }));
}

/* Only errno tells a failure of ftok from the key -1. */
static int linux_ftok(const char *path, int proj, uint32_t *key)
{
	key_t k;

	errno = 0;
	k = ftok(path, proj);
	if (k == -1 && errno != 0)
		return -errno;
	*key = (uint32_t)k;
	return 0;
}

static int linux_mq_make(const char *name, int64_t maxmsg, int64_t msgsize)
{
	struct mq_attr attr = { .mq_maxmsg = (long)maxmsg, .mq_msgsize = (long)msgsize };
	mqd_t q;

	/* posix_finish sets the mode, regardless of the umask. */
	q = mq_open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0, maxmsg > 0 ? &attr : NULL);
	return result((int)q);
}

static int linux_mq_open(const char *name)
{
	return result((int)mq_open(name, O_RDONLY | O_NONBLOCK | O_CLOEXEC));
}

static int linux_mq_remove(const char *name)
{
	return result(mq_unlink(name));
}

static int linux_mq_attr(int fd, struct ipc_obj *o)
{
	struct mq_attr attr;
	int rc = result(mq_getattr((mqd_t)fd, &attr));

	if (rc < 0)
		return rc;
	ipc_set(o, F_MAXMSG, attr.mq_maxmsg);
	ipc_set(o, F_MSGSIZE, attr.mq_msgsize);
	ipc_set(o, F_QNUM, attr.mq_curmsgs);
	return 0;
}

/*
 * fsopen(2), fsconfig(2) and fsmount(2) are in Linux 5.2, not in older libcs, and have the same numbers
 * on every machine.  The mount is detached and disappears with its descriptor.
 */
static int linux_mq_mount(void)
{
	enum { FSOPEN = 430, FSCONFIG = 431, FSMOUNT = 432, FLAG_CLOEXEC = 1, CMD_CREATE = 6 };
	int fs = result((int)syscall(FSOPEN, "mqueue", FLAG_CLOEXEC)), rc;

	if (fs < 0)
		return fs;
	rc = result((int)syscall(FSCONFIG, fs, CMD_CREATE, NULL, NULL, 0));
	if (rc >= 0)
		rc = result((int)syscall(FSMOUNT, fs, FLAG_CLOEXEC, 0));
	close(fs);
	if (rc >= 0) {
		/* The mount's descriptor is an O_PATH one, which cannot be used to read the directory. */
		fs = rc;
		rc = result(openat(fs, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
		close(fs);
	}
	return rc;
}

static int linux_sem_get(int id, int semnum, enum ipc_sem_op op)
{
	static const int sem_commands[] = {
		[SEM_PID] = GETPID, [SEM_NCOUNT] = GETNCNT, [SEM_ZCOUNT] = GETZCNT,
	};

	return result(semctl(id, semnum, sem_commands[op], (union sem_arg){ .val = 0 }));
}

/* MSG_COPY makes msgtyp an index; musl and glibc pass it on unchanged as long as it is not negative. */
static int linux_peek(int id, int n, struct ipc_message *m, size_t room)
{
	return result((int)msgrcv(id, m, room, n, MSG_COPY | IPC_NOWAIT));
}

static int linux_memory(unsigned page)
{
	/* MFD_HUGE_SHIFT of <linux/memfd.h>: the position of the page size. */
	enum { SIZE_SHIFT = 26 };

	return result(memfd_create("", MFD_CLOEXEC | (page > 0 ? MFD_HUGETLB | page << SIZE_SHIFT : 0)));
}

/* The numbers of the calls of ipc(2) are the same on every machine: <linux/ipc.h>. */
static const struct sys_wait waits[] = {
	{ SYS_semop, -1, IPC_SEM, false },
	{ SYS_semtimedop, -1, IPC_SEM, false },
	{ SYS_semtimedop_time64, -1, IPC_SEM, false },
	{ SYS_msgsnd, -1, IPC_MSG, true },
	{ SYS_msgrcv, -1, IPC_MSG, false },
	{ SYS_ipc, 1, IPC_SEM, false },
	{ SYS_ipc, 4, IPC_SEM, false },
	{ SYS_ipc, 11, IPC_MSG, true },
	{ SYS_ipc, 12, IPC_MSG, false },
	{ 0, -1, IPC_NKINDS, false },
};

/* x32 programs set this bit in the numbers of the x86-64 system calls. */
enum { X32 = 0x40000000 };

/*
 * System calls, from <asm/unistd.h>, of programs with another word size (32 bits on a 64-bit machine and
 * vice versa), by a prefix of AT_PLATFORM.
 */
static const struct {
	char platform[8];
	struct sys_wait calls[12];
} foreign[] = {
	{ "x86_64", {
		{ 117, 1, IPC_SEM, false },
		{ 117, 4, IPC_SEM, false },
		{ 117, 11, IPC_MSG, true },
		{ 117, 12, IPC_MSG, false },
		{ 400, -1, IPC_MSG, true },
		{ 401, -1, IPC_MSG, false },
		{ 420, -1, IPC_SEM, false },
		{ X32 + 65, -1, IPC_SEM, false },
		{ X32 + 69, -1, IPC_MSG, true },
		{ X32 + 70, -1, IPC_MSG, false },
		{ X32 + 220, -1, IPC_SEM, false },
		{ 0, -1, IPC_NKINDS, false },
	} },
	/* i386 to i686 */
	{ "i", {
		{ 65, -1, IPC_SEM, false },
		{ 69, -1, IPC_MSG, true },
		{ 70, -1, IPC_MSG, false },
		{ 220, -1, IPC_SEM, false },
		{ 0, -1, IPC_NKINDS, false },
	} },
	{ "aarch64", {
		{ 298, -1, IPC_SEM, false },
		{ 301, -1, IPC_MSG, true },
		{ 302, -1, IPC_MSG, false },
		{ 312, -1, IPC_SEM, false },
		{ 420, -1, IPC_SEM, false },
		{ 0, -1, IPC_NKINDS, false },
	} },
	/* ARM: v6l, v7l, v8l */
	{ "v", {
		{ 188, -1, IPC_MSG, false },
		{ 189, -1, IPC_MSG, true },
		{ 192, -1, IPC_SEM, false },
		{ 193, -1, IPC_SEM, false },
		{ 0, -1, IPC_NKINDS, false },
	} },
};

static const struct sys_wait *linux_foreign(void)
{
	const char *platform = (const char *)getauxval(AT_PLATFORM);

	for (size_t i = 0; platform != NULL && i < sizeof foreign / sizeof *foreign; i++)
		if (strncmp(platform, foreign[i].platform, strlen(foreign[i].platform)) == 0)
			return foreign[i].calls;
	return NULL;
}

/* libc makes its stack canary from the first 8 of the 16 bytes (getauxval(3)), so use the others. */
static uint64_t linux_seed(void)
{
	const char *random = (const char *)getauxval(AT_RANDOM);
	uint64_t seed = 0;

	if (random != NULL)
		memcpy(&seed, random + 8, sizeof seed);
	return seed;
}

static int linux_alive(int pid)
{
	/* EPERM means that the process exists. */
	return kill(pid, 0) < 0 && errno == ESRCH ? -ESRCH : 0;
}

static uint32_t linux_user(void)
{
	return geteuid();
}

/* libc has no capget(2), and musl-gcc does not find the kernel header with its structs. */
static int linux_capable(unsigned capability)
{
	struct { uint32_t version; int pid; } header = { 0x20080522, 0 };
	struct { uint32_t effective, permitted, inheritable; } sets[2] = { { 0, 0, 0 } };

	if (syscall(SYS_capget, &header, sets) < 0)
		return -errno;
	return sets[capability / 32].effective >> capability % 32 & 1;
}

/* NS_GET_USERNS fails with EPERM unless the user namespace is ours or a descendant: ioctl_ns(2). */
static int linux_reaches(int fd)
{
	enum { GET_USERNS = 0xb701 };
	int owner = result(ioctl(fd, GET_USERNS));

	if (owner < 0)
		return owner == -EPERM ? 0 : owner;
	close(owner);
	return 1;
}

/* The raw call avoids libc's larger vDSO code, but does not fit 64-bit times where long has 32 bits. */
static int64_t clock_of(clockid_t clock)
{
	struct timespec t;
	long rc = sizeof(long) == 8 ? syscall(SYS_clock_gettime, clock, &t) : clock_gettime(clock, &t);

	return rc < 0 ? 0 : t.tv_sec;
}

static int64_t linux_now(void)
{
	return clock_of(CLOCK_REALTIME);
}

static int64_t linux_booted(void)
{
	int64_t up = clock_of(CLOCK_BOOTTIME);

	return up == 0 ? 0 : clock_of(CLOCK_REALTIME) - up;
}

static int linux_self(void)
{
	return getpid();
}

/* PROC_PID_INIT_INO of <linux/proc_ns.h>, 4026531836 since Linux 3.8. */
static uint64_t linux_first_pids(void)
{
	return 0xeffffffc;
}

const struct ipc_calls sys_linux = {
	.get = linux_get,
	.ctl = linux_ctl,
	.limits = linux_limits,
	.sem_values = linux_sem_values,
	.sem_set = linux_sem_set,
	.sem_get = linux_sem_get,
	.ftok = linux_ftok,
	.mq_make = linux_mq_make,
	.mq_open = linux_mq_open,
	.mq_remove = linux_mq_remove,
	.mq_attr = linux_mq_attr,
	.mq_mount = linux_mq_mount,
	.peek = linux_peek,
	.memory = linux_memory,
	.cut = sizeof(size_t) < sizeof(uint64_t),
	.waits = waits,
	.foreign = linux_foreign,
	.seed = linux_seed,
	.alive = linux_alive,
	.user = linux_user,
	.capable = linux_capable,
	.reaches = linux_reaches,
	.now = linux_now,
	.booted = linux_booted,
	.self = linux_self,
	.first_pids = linux_first_pids,
};
