/* SPDX-License-Identifier: 0BSD */
/*
 * POSIX objects, which are files: segments and semaphores below /dev/shm, where
 * anybody may put anything, and queues in the mqueue file system.  So nothing is
 * mapped, no link is followed, no FIFO is waited for and no size is believed.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

#include "kernel/posix.h"
#include "kernel/rights.h"
#include "kernel/sysvipc_text.h"

/* <linux/magic.h> */
enum { MQUEUE_MAGIC = 0x19800202, TMPFS_MAGIC = 0x01021994 };

/* How glibc names the file of a semaphore (sem_overview(7)); musl adds nothing. */
static const char prefix[] = "sem.";
enum { PREFIX = sizeof prefix - 1 };

enum { READING = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY };

bool posix_is_semaphore(const char *file)
{
	return strncmp(file, prefix, PREFIX) == 0 && file[PREFIX] != '\0';
}

const char *posix_where(const struct ipc_sys *sys, enum ipc_kind kind)
{
	return kind == IPC_PMSG ? sys->mqueue : sys->shm;
}

static int open_dir(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

/* The same for files whose names are known: the folder need not be readable. */
static int reach_dir(const char *path)
{
	int fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

static int look_at(int dir, const char *file, struct stat *st)
{
	return fstatat(dir, file, st, AT_SYMLINK_NOFOLLOW) < 0 ? -errno : 0;
}

/* Whether it was not allowed to look: by permissions, access control lists or security modules. */
static bool is_denied(int rc)
{
	return rc == -EACCES || rc == -EPERM;
}

/* Whether the kernel has POSIX queues at all: a name that nobody has tells. */
static bool has_queues(const struct ipc_sys *sys)
{
	int fd = sys->calls->mq_open("/ipcbox no such queue");

	if (fd >= 0)
		close(fd);
	return fd != -ENOSYS;
}

/* Whether the system, not the object, is why something does not open: nothing else would open either. */
static bool is_exhausted(int rc)
{
	return rc == -EMFILE || rc == -ENFILE || rc == -ENOMEM;
}

/* The queues that are mounted for all. */
static int open_common_queues(const struct ipc_sys *sys)
{
	int fd = open_dir(sys->mqueue), rc;
	struct statfs fs;

	if (fd < 0)
		return fd == -ENOENT ? -ENODEV : fd;
	rc = fstatfs(fd, &fs) < 0 ? -errno : fs.f_type != MQUEUE_MAGIC ? -ENODEV : 0;
	if (rc == 0)
		return fd;
	close(fd);
	return rc;
}

/*
 * A descriptor of the folder with our namespace's queues: a mount of our own where
 * that is allowed, which is right whatever is mounted for all; else the common one.
 */
static int open_queues(const struct ipc_sys *sys, bool *decided)
{
	int fd = sys->calls->mq_mount();

	*decided = fd >= 0;
	if (fd >= 0 || is_exhausted(fd))
		return fd;
	if (fd == -ENODEV || !has_queues(sys))
		return -ENOSYS;
	return open_common_queues(sys);
}

int posix_dir_open(struct posix_dir *p, const struct ipc_sys *sys, enum ipc_kind kind, bool *absent)
{
	int fd;

	dir_start(&p->dir, -1);
	p->decided = true;
	fd = kind == IPC_PMSG ? open_queues(sys, &p->decided) : open_dir(sys->shm);
	*absent = kind != IPC_PMSG && fd == -ENOENT;
	if (fd < 0)
		return *absent ? 0 : fd;
	p->dir.fd = fd;
	return 0;
}

void posix_dir_close(struct posix_dir *p)
{
	dir_close(&p->dir);
}

static void file_row(struct ipc_obj *o, enum ipc_kind kind, const struct stat *st)
{
	ipc_clear(o, kind);
	ipc_set(o, F_INODE, (int64_t)st->st_ino);
	o->device = st->st_dev;
	ipc_set(o, F_MODE, st->st_mode & 07777);
	ipc_set(o, F_UID, st->st_uid);
	ipc_set(o, F_GID, st->st_gid);
	ipc_set(o, F_ATIME, st->st_atime);
	ipc_set(o, F_MTIME, st->st_mtime);
	ipc_set(o, F_CTIME, st->st_ctime);
	if (kind == IPC_PSHM) {
		ipc_set(o, F_SIZE, st->st_size);
		ipc_set(o, F_RSS, (int64_t)st->st_blocks * 512);
	}
}

/* What a file of /dev/shm is. */
enum shm_type {
	SHM_SEGMENT,
	SHM_GLIBC,		/* a semaphore by its name, whatever it holds */
	SHM_MUSL,		/* a semaphore by what it holds, which a segment may hold as well */
	SHM_EITHER,		/* a segment, unless somebody who knows says that it is a semaphore */
};

struct shm_file {
	struct stat st;
	enum shm_type type;
	bool valued;		/* it holds a semaphore with this value */
	uint32_t value;
};

/* Opens a file without a trace, where it is ours to do so. */
static int open_quietly(int dir, const char *file)
{
	int fd = openat(dir, file, READING | O_NOATIME);

	if (fd < 0 && errno == EPERM)
		fd = openat(dir, file, READING);
	return fd < 0 ? -errno : fd;
}

/* What is in a file of the size of a semaphore as sysvipc_semaphore has it, or why that cannot be read. */
static int read_semaphore(int dir, const char *file, off_t size, uint32_t *value)
{
	unsigned char bytes[SYSVIPC_SEM64] = { 0 };
	int fd = open_quietly(dir, file);
	struct stat st;
	ssize_t n = -1;

	if (fd < 0)
		return fd;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size == size)
		n = pread(fd, bytes, (size_t)size, 0);
	close(fd);
	return n == size ? sysvipc_semaphore(bytes, (size_t)size, posix_is_semaphore(file), value) : -EBADMSG;
}

/*
 * THE decision what a file is, for all who list, name, make or remove: 0, -EISDIR, -ELOOP
 * or -ENXIO for a folder, a link or another file that is no object, or why it cannot be
 * looked at.  Of a file that may not be read the size decides, and it has no value.
 */
static int examine(int dir, const char *file, struct shm_file *f)
{
	bool prefixed = posix_is_semaphore(file);
	int rc = look_at(dir, file, &f->st);

	if (rc < 0)
		return rc;
	if (!S_ISREG(f->st.st_mode))
		return S_ISDIR(f->st.st_mode) ? -EISDIR : S_ISLNK(f->st.st_mode) ? -ELOOP : -ENXIO;
	f->type = prefixed ? SHM_GLIBC : SHM_SEGMENT;
	f->valued = false;
	/* The size decides for most files whether they need to be opened at all. */
	if (f->st.st_size != SYSVIPC_SEM64 && f->st.st_size != SYSVIPC_SEM32)
		return 0;
	rc = read_semaphore(dir, file, f->st.st_size, &f->value);
	if (rc == -ENOENT || is_exhausted(rc))
		return rc;
	f->valued = rc >= 0;
	if (!prefixed && rc != -EBADMSG)
		f->type = rc == 0 ? SHM_MUSL : SHM_EITHER;
	return 0;
}

/* Whether examine has found an entry that is no object, or none at all any more. */
static bool is_none(int rc)
{
	return rc == -ENOENT || rc == -EISDIR || rc == -ELOOP || rc == -ENXIO;
}

/* Whether a file stands in the list of a kind. */
static bool is_listed(enum shm_type type, enum ipc_kind kind)
{
	return (type == SHM_GLIBC || type == SHM_MUSL) == (kind == IPC_PSEM);
}

/* Whether a file is an object of the kind for somebody who names it so. */
static bool is_named(enum shm_type type, enum ipc_kind kind)
{
	return type == (kind == IPC_PSEM ? SHM_GLIBC : SHM_SEGMENT) || type == SHM_MUSL || type == SHM_EITHER;
}

static void shm_row(struct ipc_obj *o, enum ipc_kind kind, const struct shm_file *f)
{
	file_row(o, kind, &f->st);
	if (kind != IPC_PSEM)
		return;
	ipc_set(o, F_LIBC, f->type == SHM_GLIBC ? IPC_GLIBC : IPC_MUSL);
	if (f->valued)
		ipc_set(o, F_SEMVAL, f->value);
}

/*
 * The row of one file of /dev/shm: 1, or 0 if it is no object of the kind.  One that may not
 * be looked at is hidden: without the prefix it may be of either kind.
 */
static int shm_entry(int dir, const char *file, enum ipc_kind kind, unsigned *hidden, struct ipc_obj *o)
{
	bool prefixed = posix_is_semaphore(file);
	struct shm_file f;
	int rc;

	if (prefixed && kind == IPC_PSHM)
		return 0;
	rc = examine(dir, file, &f);
	*hidden += is_denied(rc);
	if (rc < 0)
		return is_none(rc) || is_denied(rc) ? 0 : rc;
	if (!is_listed(f.type, kind))
		return 0;
	shm_row(o, kind, &f);
	o->t[T_NAME] = prefixed ? file + PREFIX : file;
	return 1;
}

/*
 * Whether the entry of a common mount is the queue of that name in our namespace:
 * 1, 0 if it is another's, -EACCES if it cannot be told, or what else keeps it from being opened.
 */
static int is_ours(const struct ipc_sys *sys, const char *file, const struct stat *seen)
{
	char name[NAME_MAX + 2] = "/";
	struct stat st;
	int fd, same;

	memcpy(name + 1, file, strlen(file) + 1);
	fd = sys->calls->mq_open(name);
	if (fd < 0)
		return fd == -ENOENT ? 0 : is_exhausted(fd) ? fd : -EACCES;
	same = fstat(fd, &st) == 0 && st.st_dev == seen->st_dev && st.st_ino == seen->st_ino;
	close(fd);
	return same;
}

/*
 * What a queue says of itself; who may not open it learns no more than its file shows.  To read
 * it sets the times of its last access and change, with O_NOATIME as well, so neither of them
 * tells of its use; the time of its modification is that of the last message sent or received.
 */
static int read_queue(const struct ipc_sys *sys, int dir, const char *file, struct ipc_obj *o)
{
	uint64_t bytes, pid;
	char text[256];
	ssize_t n;
	int fd = openat(dir, file, READING);

	if (fd < 0)
		return is_exhausted(-errno) ? -errno : 0;
	sys->calls->mq_attr(fd, o);
	n = read(fd, text, sizeof text);
	if (n > 0 && sysvipc_mqueue(text, (size_t)n, &bytes, &pid) == 0) {
		ipc_set(o, F_CBYTES, (int64_t)bytes);
		ipc_set(o, F_NOTIFYPID, (int64_t)pid);
	}
	close(fd);
	return 0;
}

/* The row of one file of the mqueue file system: 1, 0 if it is none, -EXDEV if it is another namespace's. */
static int queue_entry(const struct ipc_sys *sys, int dir, const char *file, bool *decided, unsigned *hidden,
		       struct ipc_obj *o)
{
	struct stat st;
	int rc = look_at(dir, file, &st);

	*hidden += is_denied(rc);
	if (rc < 0)
		return rc == -ENOENT || is_denied(rc) ? 0 : rc;
	if (!S_ISREG(st.st_mode))
		return 0;
	if (!*decided) {
		rc = is_ours(sys, file, &st);
		/* It may also have been removed since the folder was read; then it is not there any more. */
		if (rc == 0)
			return look_at(dir, file, &st) == -ENOENT ? 0 : -EXDEV;
		if (rc < 0 && rc != -EACCES)
			return rc;
		*decided = rc == 1;
	}
	file_row(o, IPC_PMSG, &st);
	rc = read_queue(sys, dir, file, o);
	o->t[T_NAME] = file;
	return rc < 0 ? rc : 1;
}

int posix_dir_next(struct posix_dir *p, const struct ipc_sys *sys, enum ipc_kind kind, unsigned *hidden,
		   struct ipc_obj *o)
{
	const char *file;
	int rc = 0, next = 1;

	while (rc == 0 && (next = dir_next(&p->dir, &file)) == 1)
		if (kind == IPC_PMSG)
			rc = queue_entry(sys, p->dir.fd, file, &p->decided, hidden, o);
		else
			rc = shm_entry(p->dir.fd, file, kind, hidden, o);
	return next < 0 ? next : rc;
}

static void prefixed_file(char file[PREFIX + NAME_MAX + 1], const char *name)
{
	memcpy(file, prefix, PREFIX);
	memcpy(file + PREFIX, name, strlen(name) + 1);
}

/*
 * The file of an object by its name: a semaphore's has glibc's prefix, or, if there is none
 * such, musl's lack of it.  0, -ENOENT, or what examine says of the file; *file is the name or
 * lies in buf.
 */
static int find_file(int dir, enum ipc_kind kind, const char *name, char buf[PREFIX + NAME_MAX + 1],
		     const char **file, struct shm_file *f)
{
	int rc = -ENOENT;

	if (kind == IPC_PSEM && strlen(name) <= NAME_MAX - PREFIX) {
		prefixed_file(buf, name);
		*file = buf;
		rc = examine(dir, buf, f);
	}
	if (rc != -ENOENT)
		return rc;
	*file = name;
	rc = examine(dir, name, f);
	return rc == 0 && !is_named(f->type, kind) ? -ENOENT : rc;
}

static int queue_stat(const struct ipc_sys *sys, const char *name, struct ipc_obj *o)
{
	struct posix_dir p;
	unsigned hidden = 0;
	bool absent;
	int rc = posix_dir_open(&p, sys, IPC_PMSG, &absent);

	if (rc == 0)
		rc = queue_entry(sys, p.dir.fd, name, &p.decided, &hidden, o);
	posix_dir_close(&p);
	if (hidden > 0)
		return -EACCES;
	return rc == 1 ? 0 : rc == 0 ? -ENOENT : rc;
}

/* The file of a name in /dev/shm as a row; -EEXIST where something else has the name. */
static int look_at_file(const struct ipc_sys *sys, enum ipc_kind kind, const char *name, struct ipc_obj *o)
{
	char buf[PREFIX + NAME_MAX + 1];
	int dir = reach_dir(sys->shm), rc;
	struct shm_file f;
	const char *file;

	if (dir < 0)
		return dir;
	rc = find_file(dir, kind, name, buf, &file, &f);
	if (rc == -ENOENT ? look_at(dir, file, &f.st) == 0 : is_none(rc))
		rc = -EEXIST;
	close(dir);
	if (rc == 0)
		shm_row(o, kind, &f);
	return rc;
}

int posix_stat(const struct ipc_sys *sys, enum ipc_kind kind, const char *name, struct ipc_obj *o,
	       const char **where)
{
	int rc = kind == IPC_PMSG ? queue_stat(sys, name, o) : look_at_file(sys, kind, name, o);

	/* What has the name but is no such object is none. */
	if (rc == -EEXIST)
		rc = -ENOENT;
	*where = posix_where(sys, kind);
	if (rc == 0)
		o->t[T_NAME] = name;
	return rc;
}

bool posix_twins(const struct ipc_sys *sys, const char *name)
{
	char buf[PREFIX + NAME_MAX + 1];
	int dir = reach_dir(sys->shm);
	struct shm_file f;
	const char *file;
	bool both;

	if (dir < 0)
		return false;
	both = find_file(dir, IPC_PSEM, name, buf, &file, &f) == 0 && file == buf &&
		examine(dir, name, &f) == 0 && is_named(f.type, IPC_PSEM);
	close(dir);
	return both;
}

/* The bytes of a semaphore's file with a value, in the layout that sysvipc_semaphore reads. */
static size_t semaphore_bytes(unsigned char bytes[SYSVIPC_SEM64], const struct ipc_obj *want)
{
	const uint32_t shared = 0x80, value = (uint32_t)want->v[F_SEMVAL], twice = value << 1;
	const uint64_t data = value;
	size_t size = sizeof(long) == 8 ? SYSVIPC_SEM64 : SYSVIPC_SEM32;

	memset(bytes, 0, SYSVIPC_SEM64);
	if (want->v[F_LIBC] == IPC_MUSL) {
		memcpy(bytes, &value, sizeof value);
	} else if (size == SYSVIPC_SEM64) {
		memcpy(bytes, &data, sizeof data);
		memcpy(bytes + 8, &shared, sizeof shared);
	} else {
		memcpy(bytes, &twice, sizeof twice);
		memcpy(bytes + 4, &shared, sizeof shared);
	}
	return size;
}

static int fill(int fd, const struct ipc_obj *want)
{
	unsigned char bytes[SYSVIPC_SEM64];
	size_t size;
	ssize_t n;

	if (want->kind == IPC_PSHM) {
		if (want->v[F_SIZE] < 0)
			return -EFBIG;
		return ftruncate(fd, (off_t)want->v[F_SIZE]) < 0 ? -errno : 0;
	}
	size = semaphore_bytes(bytes, want);
	n = write(fd, bytes, size);
	if (n < 0)
		return -errno;
	return (size_t)n == size ? 0 : -ENOSPC;
}

/* The file that a new object is made as: just that, whatever else goes by the name. */
static void new_file(char file[PREFIX + NAME_MAX + 1], const struct ipc_obj *want)
{
	if (want->kind == IPC_PSEM && want->v[F_LIBC] != IPC_MUSL)
		prefixed_file(file, want->t[T_NAME]);
	else
		memcpy(file, want->t[T_NAME], strlen(want->t[T_NAME]) + 1);
}

/* Whether a semaphore for musl would stand behind one of glibc's, which the same name finds first. */
static bool is_hidden(int dir, const char *name)
{
	char file[PREFIX + NAME_MAX + 1];
	struct stat st;

	prefixed_file(file, name);
	return fstatat(dir, file, &st, AT_SYMLINK_NOFOLLOW) == 0;
}

static int make_file(const struct ipc_sys *sys, const struct ipc_obj *want, unsigned mode)
{
	char file[PREFIX + NAME_MAX + 1];
	int dir = open_dir(sys->shm), fd = -EEXIST;

	if (dir < 0)
		return dir;
	if (want->kind != IPC_PSEM || want->v[F_LIBC] != IPC_MUSL || !is_hidden(dir, want->t[T_NAME])) {
		new_file(file, want);
		fd = openat(dir, file, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, (mode_t)mode);
		if (fd < 0)
			fd = -errno;
	}
	close(dir);
	return fd;
}

static void slashed(char out[NAME_MAX + 2], const char *name)
{
	out[0] = '/';
	memcpy(out + 1, name, strlen(name) + 1);
}

static int make_queue(const struct ipc_sys *sys, const struct ipc_obj *want)
{
	char path[NAME_MAX + 2];

	slashed(path, want->t[T_NAME]);
	return sys->calls->mq_make(path, want->v[F_MAXMSG], want->v[F_MSGSIZE]);
}

int posix_make(const struct ipc_sys *sys, const struct ipc_obj *want, unsigned mode)
{
	return want->kind == IPC_PMSG ? make_queue(sys, want) : make_file(sys, want, mode);
}

int posix_finish(int fd, const struct ipc_obj *want)
{
	const uid_t uid = ipc_has(want, F_UID) ? (uid_t)want->v[F_UID] : (uid_t)-1;
	const gid_t gid = ipc_has(want, F_GID) ? (gid_t)want->v[F_GID] : (gid_t)-1;
	int rc = want->kind == IPC_PMSG ? 0 : fill(fd, want);

	if (rc < 0)
		return rc;
	if ((ipc_has(want, F_UID) || ipc_has(want, F_GID)) && fchown(fd, uid, gid) < 0)
		return -errno;
	return fchmod(fd, (mode_t)want->v[F_MODE]) < 0 ? -errno : 0;
}

/* Whether a file is the one behind a descriptor: 1, 0 or -errno; links counts the names that it has. */
static int leads_to(int dir, const char *file, int fd, uint64_t *links)
{
	struct stat here, there;
	int rc = 1;

	if (fstatat(dir, file, &there, AT_SYMLINK_NOFOLLOW) < 0)
		rc = errno == ENOENT ? 0 : -errno;
	if (fstat(fd, &here) < 0)
		return -errno;
	*links = here.st_nlink;
	return rc == 1 ? here.st_dev == there.st_dev && here.st_ino == there.st_ino : rc;
}

static int unmake_file(const struct ipc_sys *sys, const struct ipc_obj *want, int fd)
{
	char file[PREFIX + NAME_MAX + 1];
	uint64_t links = 0;
	int dir = open_dir(sys->shm), rc;

	if (dir < 0)
		return dir;
	new_file(file, want);
	rc = leads_to(dir, file, fd, &links);
	if (rc == 1 && unlinkat(dir, file, 0) < 0 && errno != ENOENT)
		rc = -errno;
	else if (rc == 1)
		rc = leads_to(dir, file, fd, &links);
	close(dir);
	return rc < 0 ? rc : links > 0 ? -ENOENT : 0;
}

/* A queue's file has one name for all its life, so the number of its links tells whether it has that. */
static int unmake_queue(const struct ipc_sys *sys, const char *name, int fd)
{
	char path[NAME_MAX + 2];
	struct stat st;
	int rc;

	slashed(path, name);
	if (fstat(fd, &st) < 0)
		return -errno;
	rc = st.st_nlink > 0 ? sys->calls->mq_remove(path) : 0;
	return rc == -ENOENT ? 0 : rc;
}

int posix_unmake(const struct ipc_sys *sys, const struct ipc_obj *want, int fd)
{
	return want->kind == IPC_PMSG ? unmake_queue(sys, want->t[T_NAME], fd) : unmake_file(sys, want, fd);
}

/* A queue whose mode does not let us open it, from a mount of our own. */
static int look_at_closed_queue(const struct ipc_sys *sys, const char *name, struct ipc_obj *o)
{
	struct posix_dir p;
	unsigned hidden = 0;
	bool absent;
	int rc = posix_dir_open(&p, sys, IPC_PMSG, &absent);

	if (rc == 0 && p.decided)
		rc = queue_entry(sys, p.dir.fd, name, &p.decided, &hidden, o);
	else
		rc = -EACCES;
	posix_dir_close(&p);
	return hidden > 0 ? -EACCES : rc == 1 ? 0 : rc == 0 ? -ENOENT : rc;
}

static int look_at_queue(const struct ipc_sys *sys, const char *name, struct ipc_obj *o)
{
	char path[NAME_MAX + 2];
	struct stat st;
	int fd, rc;

	slashed(path, name);
	fd = sys->calls->mq_open(path);
	if (fd == -EACCES)
		return look_at_closed_queue(sys, name, o);
	if (fd < 0)
		return fd;
	rc = fstat(fd, &st) < 0 ? -errno : 0;
	if (rc == 0) {
		file_row(o, IPC_PMSG, &st);
		rc = sys->calls->mq_attr(fd, o);
	}
	close(fd);
	return rc;
}

int posix_look(const struct ipc_sys *sys, enum ipc_kind kind, const char *name, struct ipc_obj *o)
{
	return kind == IPC_PMSG ? look_at_queue(sys, name, o) : look_at_file(sys, kind, name, o);
}

/* The file of an object to remove from /dev/shm, open as dir: 0, or what posix_remove says of it. */
static int file_to_remove(int dir, enum ipc_kind kind, const char *name, bool named,
			  char buf[PREFIX + NAME_MAX + 1], const char **file)
{
	struct shm_file f;
	int rc = find_file(dir, kind, name, buf, file, &f);

	/* In a list, a semaphore is glibc's file: if that is gone now, the name must not find another one. */
	return rc == 0 && !named && kind == IPC_PSEM && f.type != SHM_GLIBC ? -ENOENT : rc;
}

int posix_remove(const struct ipc_sys *sys, enum ipc_kind kind, const char *name, bool named)
{
	char buf[PREFIX + NAME_MAX + 1], path[NAME_MAX + 2];
	const char *file;
	int dir, rc;

	if (kind == IPC_PMSG) {
		slashed(path, name);
		return sys->calls->mq_remove(path);
	}
	if (kind == IPC_PSHM && posix_is_semaphore(name))
		return -EINVAL;
	dir = reach_dir(sys->shm);
	if (dir < 0)
		return dir;
	rc = file_to_remove(dir, kind, name, named, buf, &file);
	if (rc == 0 && unlinkat(dir, file, 0) < 0)
		rc = -errno;
	close(dir);
	return rc;
}

/* Whether files of a folder may be unlinked at all: path_resolution(7). */
static int may_write(int dir)
{
	return faccessat(dir, ".", W_OK | X_OK, AT_EACCESS) < 0 ? -errno : 0;
}

/* Whether that one may be, where a sticky bit keeps others' files: unlink(2). */
static int may_take(const struct ipc_sys *sys, int dir, const char *file)
{
	/* CAP_FOWNER of <linux/capability.h> */
	enum { FOWNER = 3 };
	const uint32_t me = sys->calls->user();
	struct stat folder, st;
	int rc;

	if (fstat(dir, &folder) < 0 || fstatat(dir, file, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return -errno;
	if (!(folder.st_mode & S_ISVTX))
		return 0;
	if (st.st_uid == me || folder.st_uid == me)
		return rights_is_vague(sys, me) ? -EOPNOTSUPP : 0;
	rc = sys->calls->capable(FOWNER);
	if (rc == 0)
		return -EPERM;
	/* It has no say in files of those who have no number here: capabilities(7). */
	return rc < 0 || rights_is_vague(sys, st.st_uid) || rights_is_vague(sys, st.st_gid) ? -EOPNOTSUPP : 0;
}

static int may_remove_queue(const struct ipc_sys *sys, const char *name)
{
	bool decided;
	int dir = open_queues(sys, &decided), rc;

	if (dir < 0)
		return dir == -ENOSYS ? dir : -EOPNOTSUPP;
	rc = may_write(dir);
	/* mq_unlink(3) goes by a mount of the kernel's own, and has one error for all that is not permitted. */
	if (rc == 0 || rc == -EROFS)
		rc = may_take(sys, dir, name);
	close(dir);
	return rc == -EPERM ? -EACCES : rc;
}

int posix_may_remove(const struct ipc_sys *sys, enum ipc_kind kind, const char *name, bool named)
{
	char buf[PREFIX + NAME_MAX + 1];
	const char *file;
	int dir, rc;

	if (kind == IPC_PMSG)
		return may_remove_queue(sys, name);
	if (kind == IPC_PSHM && posix_is_semaphore(name))
		return -EINVAL;
	dir = reach_dir(sys->shm);
	if (dir < 0)
		return dir;
	rc = file_to_remove(dir, kind, name, named, buf, &file);
	if (rc == 0)
		rc = may_write(dir);
	if (rc == 0)
		rc = may_take(sys, dir, file);
	close(dir);
	return rc;
}

int posix_others(const struct ipc_sys *sys, enum ipc_kind kind,
		 void (*each)(void *arg, const char *name, int why), void *arg)
{
	struct posix_dir p;
	struct shm_file f;
	const char *file;
	bool absent;
	int rc = posix_dir_open(&p, sys, IPC_PSHM, &absent);

	while (rc == 0 && dir_next(&p.dir, &file) == 1) {
		int why = examine(p.dir.fd, file, &f);

		if (why != -ENOENT && is_none(why) && posix_is_semaphore(file) == (kind == IPC_PSEM))
			each(arg, file, why);
	}
	posix_dir_close(&p);
	return rc;
}

/* Is this a file system of memory that has a size? */
static bool is_shm_fs(const struct statfs *fs)
{
	return fs->f_type == TMPFS_MAGIC && fs->f_blocks > 0;
}

void posix_space(const struct ipc_sys *sys, struct ipc_obj *o)
{
	struct statfs fs;

	if (statfs(sys->shm, &fs) == 0 && is_shm_fs(&fs))
		ipc_set(o, F_USED_SPACE, (int64_t)((uint64_t)(fs.f_blocks - fs.f_bfree) * (uint64_t)fs.f_bsize));
}

int posix_limits(const struct ipc_sys *sys, enum ipc_kind kind, struct limit_values *l)
{
	struct rlimit limit;
	struct statfs fs;

	if (kind == IPC_PMSG && !has_queues(sys))
		return -ENOSYS;
	if (kind == IPC_PMSG && getrlimit(RLIMIT_MSGQUEUE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
		limit_set(l, L_MSGQUEUE, (int64_t)limit.rlim_cur);
	if (kind != IPC_PSHM)
		return 0;
	/* Where there is no folder there is nothing that could be limited. */
	if (statfs(sys->shm, &fs) < 0)
		return errno == ENOENT ? 0 : -errno;
	if (is_shm_fs(&fs))
		limit_set(l, L_DEV_SHM, (int64_t)((uint64_t)fs.f_blocks * (uint64_t)fs.f_bsize));
	return 0;
}
