/* SPDX-License-Identifier: 0BSD */
/*
 * POSIX objects are files: queues in the mqueue file system, segments and semaphores in /dev/shm, where
 * anybody may put anything.  So map nothing, follow no links, wait for no FIFO and trust no size.
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

/* glibc's prefix of a semaphore's file (sem_overview(7)); musl has none. */
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

/* For access by name, which does not require read permission for the directory. */
static int reach_dir(const char *path)
{
	int fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

static int look_at(int dir, const char *file, struct stat *st)
{
	return fstatat(dir, file, st, AT_SYMLINK_NOFOLLOW) < 0 ? -errno : 0;
}

/* Refused by permissions, an access control list or a security module. */
static bool is_denied(int rc)
{
	return rc == -EACCES || rc == -EPERM;
}

/* Opening a nonexistent queue fails with ENOSYS only if the kernel lacks POSIX queues. */
static bool has_queues(const struct ipc_sys *sys)
{
	int fd = sys->calls->mq_open("/ipcbox no such queue");

	if (fd >= 0)
		close(fd);
	return fd != -ENOSYS;
}

/* The system, not the object, is the reason for this error: nothing else could be opened either. */
static bool is_exhausted(int rc)
{
	return rc == -EMFILE || rc == -ENFILE || rc == -ENOMEM;
}

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

/* A private mount always shows our namespace's queues; if it is not permitted, use the common mount. */
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
	mem_init(&p->names);
	p->decided = true;
	p->listed = false;
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
	mem_free(&p->names);
}

/* Get the next name in order, valid until posix_dir_close.  Returns 1, 0 at the end, or -errno. */
static int next_file(struct posix_dir *p, enum ipc_kind kind, const char **file)
{
	int rc = 0;

	if (!p->listed)
		rc = dir_sorted(&p->dir, kind == IPC_PSEM ? prefix : "", &p->names, &p->next);
	if (rc < 0)
		return rc;
	p->listed = true;
	if (p->next == NULL)
		return 0;
	*file = p->next->name;
	p->next = (const struct dir_name *)p->next->link.next;
	return 1;
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

enum shm_type {
	SHM_SEGMENT,
	SHM_GLIBC,		/* a semaphore by name, whatever its contents */
	SHM_MUSL,		/* a semaphore by its contents, though a segment may have the same */
	SHM_EITHER,		/* a segment, unless the user names it as a semaphore */
};

struct shm_file {
	struct stat st;
	enum shm_type type;
	bool valued;		/* value is known */
	uint32_t value;
};

/* Without changing the access time, if the file is ours: O_NOATIME fails with EPERM for others. */
static int open_quietly(int dir, const char *file)
{
	int fd = openat(dir, file, READING | O_NOATIME);

	if (fd < 0 && errno == EPERM)
		fd = openat(dir, file, READING);
	return fd < 0 ? -errno : fd;
}

/* Returns the result of sysvipc_semaphore, or why the file cannot be read. */
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
 * The only place that decides what a file is; unreadable files are judged by size.  Returns 0; -EISDIR,
 * -ELOOP or -ENXIO for a directory, symbolic link or special file; or why it cannot be examined.
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
	/* Most files do not have the size of a semaphore and need not be opened. */
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

/* This result of examine means that there is no object, or no file any more. */
static bool is_none(int rc)
{
	return rc == -ENOENT || rc == -EISDIR || rc == -ELOOP || rc == -ENXIO;
}

static bool is_listed(enum shm_type type, enum ipc_kind kind)
{
	return (type == SHM_GLIBC || type == SHM_MUSL) == (kind == IPC_PSEM);
}

/* True if a user may refer to the file as an object of the kind. */
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

/* Returns 1, or 0 if it is no object of the kind.  Without prefix, a hidden file may be of either. */
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

/* The name of a queue for the calls. */
static void slashed(char out[NAME_MAX + 2], const char *name)
{
	out[0] = '/';
	memcpy(out + 1, name, strlen(name) + 1);
}

/* Returns 1 if this file of the common mount is our queue, 0 if not, -EACCES if unknown, or -errno. */
static int is_ours(const struct ipc_sys *sys, const char *file, const struct stat *seen)
{
	char name[NAME_MAX + 2];
	struct stat st;
	int fd, same;

	slashed(name, file);
	fd = sys->calls->mq_open(name);
	if (fd < 0)
		return fd == -ENOENT ? 0 : is_exhausted(fd) ? fd : -EACCES;
	same = fstat(fd, &st) == 0 && st.st_dev == seen->st_dev && st.st_ino == seen->st_ino;
	close(fd);
	return same;
}

/*
 * If we may not open a queue, only its file's data are known.  Reading sets atime and ctime even with
 * O_NOATIME, so only mtime shows use: the last message sent or received.
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

/* Returns 1, 0 if the file is no queue, or -errno: -EXDEV if it belongs to another namespace. */
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
		/* The queue may also have been removed since the directory was read. */
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

	while (rc == 0 && (next = next_file(p, kind, &file)) == 1)
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
 * Find a file by the name of its object; a semaphore's has glibc's prefix or, failing that, none, like
 * musl's.  Returns 0, -ENOENT, or the error of examine.  *file is `name` or points into buf.
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

/* surely: -EACCES unless the mount is known to be ours; a private one shows queues that we may not open. */
static int queue_stat(const struct ipc_sys *sys, const char *name, bool surely, struct ipc_obj *o)
{
	struct posix_dir p;
	unsigned hidden = 0;
	bool absent;
	int rc = posix_dir_open(&p, sys, IPC_PMSG, &absent);

	if (surely && (rc < 0 || !p.decided))
		rc = -EACCES;
	if (rc == 0)
		rc = queue_entry(sys, p.dir.fd, name, &p.decided, &hidden, o);
	posix_dir_close(&p);
	if (hidden > 0)
		return -EACCES;
	return rc == 1 ? 0 : rc == 0 ? -ENOENT : rc;
}

/* Returns -EEXIST if something else has the name. */
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
	int rc = kind == IPC_PMSG ? queue_stat(sys, name, false, o) : look_at_file(sys, kind, name, o);

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

/* The layouts that sysvipc_semaphore reads. */
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

/* The only file that a new object may become, even if others match its name. */
static void new_file(char file[PREFIX + NAME_MAX + 1], const struct ipc_obj *want)
{
	if (want->kind == IPC_PSEM && want->v[F_LIBC] != IPC_MUSL)
		prefixed_file(file, want->t[T_NAME]);
	else
		memcpy(file, want->t[T_NAME], strlen(want->t[T_NAME]) + 1);
}

/* True if a semaphore for musl would be hidden behind one of glibc's with the same name. */
static bool is_hidden(int dir, const char *name)
{
	char file[PREFIX + NAME_MAX + 1];
	struct stat st;

	prefixed_file(file, name);
	return look_at(dir, file, &st) == 0;
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

int posix_finish(int fd, const struct ipc_obj *want, const char **what)
{
	const uid_t uid = ipc_has(want, F_UID) ? (uid_t)want->v[F_UID] : (uid_t)-1;
	const gid_t gid = ipc_has(want, F_GID) ? (gid_t)want->v[F_GID] : (gid_t)-1;
	int rc = want->kind == IPC_PMSG ? 0 : fill(fd, want);

	*what = NULL;
	if (rc < 0)
		return rc;
	if ((ipc_has(want, F_UID) || ipc_has(want, F_GID)) && fchown(fd, uid, gid) < 0) {
		*what = "cannot set its owner";
		return -errno;
	}
	return fchmod(fd, (mode_t)want->v[F_MODE]) < 0 ? -errno : 0;
}

/* Returns 1 if a name refers to the file of fd, 0 if not, or -errno.  *links is its link count. */
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

/* A queue cannot be linked or renamed, so its link count tells if it still has its name. */
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

static int look_at_queue(const struct ipc_sys *sys, const char *name, struct ipc_obj *o)
{
	char path[NAME_MAX + 2];
	struct stat st;
	int fd, rc;

	slashed(path, name);
	fd = sys->calls->mq_open(path);
	if (fd == -EACCES)
		return queue_stat(sys, name, true, o);
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

/* Find the file to remove, as find_file does.  Returns a descriptor of its directory, or -errno. */
static int file_to_remove(const struct ipc_sys *sys, enum ipc_kind kind, const char *name, bool named,
			  char buf[PREFIX + NAME_MAX + 1], const char **file)
{
	struct shm_file f;
	int dir, rc;

	if (kind == IPC_PSHM && posix_is_semaphore(name))
		return -EINVAL;
	dir = reach_dir(sys->shm);
	if (dir < 0)
		return dir;
	rc = find_file(dir, kind, name, buf, file, &f);
	/* A list means only glibc's file: if it is gone, the name must not match another file. */
	if (rc == 0 && !named && kind == IPC_PSEM && f.type != SHM_GLIBC)
		rc = -ENOENT;
	if (rc == 0)
		return dir;
	close(dir);
	return rc;
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
	dir = file_to_remove(sys, kind, name, named, buf, &file);
	if (dir < 0)
		return dir;
	rc = unlinkat(dir, file, 0) < 0 ? -errno : 0;
	close(dir);
	return rc;
}

/* Permission to unlink files of a directory: path_resolution(7). */
static int may_write(int dir)
{
	return faccessat(dir, ".", W_OK | X_OK, AT_EACCESS) < 0 ? -errno : 0;
}

/* Permission to unlink a file of another owner despite the sticky bit: unlink(2). */
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
	/* The capability does not apply to files whose owner or group has no id here: capabilities(7). */
	return rc < 0 || rights_is_vague(sys, st.st_uid) || rights_is_vague(sys, st.st_gid) ? -EOPNOTSUPP : 0;
}

static int may_remove_queue(const struct ipc_sys *sys, const char *name)
{
	bool decided;
	int dir = open_queues(sys, &decided), rc;

	if (dir < 0)
		return dir == -ENOSYS ? dir : -EOPNOTSUPP;
	rc = may_write(dir);
	/* mq_unlink(3) uses the kernel's own mount and always fails with EACCES if not permitted. */
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
	dir = file_to_remove(sys, kind, name, named, buf, &file);
	if (dir < 0)
		return dir;
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
	int rc = posix_dir_open(&p, sys, IPC_PSHM, &absent), got = 0;

	/* In any order: after a removal, there may be no memory to sort. */
	while (rc == 0 && (got = dir_next(&p.dir, &file)) == 1) {
		int why = examine(p.dir.fd, file, &f);

		if (why != -ENOENT && is_none(why) && posix_is_semaphore(file) == (kind == IPC_PSEM))
			each(arg, file, why);
	}
	posix_dir_close(&p);
	return rc < 0 ? rc : got;
}

/* A tmpfs without a size limit reports 0 blocks. */
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
	if (statfs(sys->shm, &fs) < 0)
		return errno == ENOENT ? 0 : -errno;
	if (is_shm_fs(&fs))
		limit_set(l, L_DEV_SHM, (int64_t)((uint64_t)fs.f_blocks * (uint64_t)fs.f_bsize));
	return 0;
}
