/* SPDX-License-Identifier: 0BSD */
/*
 * POSIX objects, which are files: segments and semaphores below /dev/shm, where
 * anybody may put anything, and queues in the mqueue file system.  So nothing is
 * mapped, no link is followed, no FIFO is waited for and no size is believed.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

#include "procfmt.h"
#include "sys.h"

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

/* Whether the kernel has POSIX queues at all: a name that nobody has tells. */
static bool has_queues(const struct ipc_sys *sys)
{
	int fd = sys->calls->mq_open("/ipcbox no such queue");

	if (fd >= 0)
		close(fd);
	return fd != -ENOSYS;
}

/*
 * A descriptor of the folder with our namespace's queues: a mount of our own where
 * that is allowed, which is right whatever is mounted for all; else the common one.
 */
static int open_queues(const struct ipc_sys *sys, bool *decided)
{
	int fd = sys->calls->mq_mount();
	struct statfs fs;

	*decided = fd >= 0;
	if (fd >= 0 || fd == -ENODEV)
		return fd == -ENODEV ? -ENOSYS : fd;
	if (!has_queues(sys))
		return -ENOSYS;
	fd = open_dir(sys->mqueue);
	if (fd < 0)
		return fd == -ENOENT ? -ENODEV : fd;
	if (fstatfs(fd, &fs) < 0 || fs.f_type != MQUEUE_MAGIC) {
		close(fd);
		return -ENODEV;
	}
	return fd;
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

/* The value of the semaphore in a file, or -EBADMSG if it holds none or does not open. */
static int read_semaphore(int dir, const char *file, off_t size, uint32_t *value)
{
	unsigned char bytes[PROCFMT_SEM64] = { 0 };
	struct stat st;
	ssize_t n = -1;
	int fd;

	/* The size decides for most files whether they need to be opened at all. */
	if (size != PROCFMT_SEM64 && size != PROCFMT_SEM32)
		return -EBADMSG;
	fd = openat(dir, file, READING);
	if (fd < 0)
		return -EBADMSG;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size == size)
		n = pread(fd, bytes, (size_t)size, 0);
	close(fd);
	return n == size ? procfmt_semaphore(bytes, (size_t)size, posix_is_semaphore(file), value) : -EBADMSG;
}

/*
 * The row of one file of /dev/shm: 1, or 0 if it is no object of the kind.  One
 * with glibc's prefix is a semaphore, whatever it holds; one without is one if it
 * holds just what musl's do.
 */
static int shm_entry(int dir, const char *file, enum ipc_kind kind, struct ipc_obj *o)
{
	bool prefixed = posix_is_semaphore(file), semaphore;
	uint32_t value = 0;
	struct stat st;
	int rc;

	if (fstatat(dir, file, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return errno == ENOENT || errno == EACCES ? 0 : -errno;
	if (!S_ISREG(st.st_mode) || (prefixed && kind == IPC_PSHM))
		return 0;
	rc = read_semaphore(dir, file, st.st_size, &value);
	semaphore = prefixed || rc == 0;
	if (semaphore != (kind == IPC_PSEM))
		return 0;
	file_row(o, kind, &st);
	if (kind == IPC_PSEM && rc == 0)
		ipc_set(o, F_SEMVAL, value);
	o->name = prefixed ? file + PREFIX : file;
	return 1;
}

/*
 * Whether the entry of a common mount is the queue of that name in our namespace:
 * 1, 0 if it is another's, -EACCES if it cannot be told.
 */
static int is_ours(const struct ipc_sys *sys, const char *file, const struct stat *seen)
{
	char name[NAME_MAX + 2] = "/";
	struct stat st;
	int fd, same;

	memcpy(name + 1, file, strlen(file) + 1);
	fd = sys->calls->mq_open(name);
	if (fd < 0)
		return fd == -ENOENT ? 0 : -EACCES;
	same = fstat(fd, &st) == 0 && st.st_dev == seen->st_dev && st.st_ino == seen->st_ino;
	close(fd);
	return same;
}

/* What a queue says of itself; who may not open it learns no more than its file shows. */
static void read_queue(const struct ipc_sys *sys, int dir, const char *file, struct ipc_obj *o)
{
	uint64_t bytes, pid;
	char text[256];
	ssize_t n;
	int fd = openat(dir, file, READING);

	if (fd < 0)
		return;
	sys->calls->mq_attr(fd, o);
	n = read(fd, text, sizeof text);
	if (n > 0 && procfmt_mqueue(text, (size_t)n, &bytes, &pid) == 0) {
		ipc_set(o, F_CBYTES, (int64_t)bytes);
		ipc_set(o, F_NOTIFYPID, (int64_t)pid);
	}
	close(fd);
}

/* The row of one file of the mqueue file system: 1, 0 if it is none, -EXDEV if it is another namespace's. */
static int queue_entry(const struct ipc_sys *sys, int dir, const char *file, bool *decided, struct ipc_obj *o)
{
	struct stat st;

	if (fstatat(dir, file, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return errno == ENOENT ? 0 : -errno;
	if (!S_ISREG(st.st_mode))
		return 0;
	if (!*decided) {
		int ours = is_ours(sys, file, &st);

		/* It may also have been removed since the folder was read; then it is not there any more. */
		if (ours == 0)
			return fstatat(dir, file, &st, AT_SYMLINK_NOFOLLOW) < 0 ? 0 : -EXDEV;
		*decided = ours == 1;
	}
	file_row(o, IPC_PMSG, &st);
	read_queue(sys, dir, file, o);
	o->name = file;
	return 1;
}

static int entry(const struct ipc_sys *sys, int dir, const char *file, enum ipc_kind kind, bool *decided,
		 struct ipc_obj *o)
{
	return kind == IPC_PMSG ? queue_entry(sys, dir, file, decided, o) : shm_entry(dir, file, kind, o);
}

int posix_dir_next(struct posix_dir *p, const struct ipc_sys *sys, enum ipc_kind kind, struct ipc_obj *o)
{
	const char *file;
	int rc = 0, next = 1;

	while (rc == 0 && (next = dir_next(&p->dir, &file)) == 1)
		rc = entry(sys, p->dir.fd, file, kind, &p->decided, o);
	return next < 0 ? next : rc;
}

static void prefixed_file(char file[PREFIX + NAME_MAX + 1], const char *name)
{
	memcpy(file, prefix, PREFIX);
	memcpy(file + PREFIX, name, strlen(name) + 1);
}

/* The file of a name: a semaphore's has glibc's prefix, or, if there is none such, musl's lack of it. */
static const char *file_of(int dir, enum ipc_kind kind, const char *name, char buf[PREFIX + NAME_MAX + 1])
{
	struct stat st;

	if (kind != IPC_PSEM || strlen(name) > NAME_MAX - PREFIX)
		return name;
	prefixed_file(buf, name);
	return fstatat(dir, buf, &st, AT_SYMLINK_NOFOLLOW) == 0 || errno != ENOENT ? buf : name;
}

int posix_stat(const struct ipc_sys *sys, enum ipc_kind kind, const char *name, struct ipc_obj *o,
	       const char **where)
{
	char buf[PREFIX + NAME_MAX + 1];
	struct posix_dir p;
	bool absent;
	int rc = posix_dir_open(&p, sys, kind, &absent);

	*where = posix_where(sys, kind);
	if (rc < 0)
		return rc;
	if (absent)
		return -ENOENT;
	rc = entry(sys, p.dir.fd, file_of(p.dir.fd, kind, name, buf), kind, &p.decided, o);
	o->name = name;
	posix_dir_close(&p);
	return rc == 1 ? 0 : rc == 0 ? -ENOENT : rc;
}

/* All that a new file gets besides its contents; the permissions last, for until then nobody may open it. */
static int finish(int fd, const struct posix_new *new)
{
	if ((new->uid >= 0 || new->gid >= 0) && fchown(fd, (uid_t)new->uid, (gid_t)new->gid) < 0)
		return -errno;
	return fchmod(fd, new->mode) < 0 ? -errno : 0;
}

/* The bytes of a semaphore's file with a value, in the layout that procfmt_semaphore reads. */
static size_t semaphore_bytes(unsigned char bytes[PROCFMT_SEM64], const struct posix_new *new)
{
	const uint32_t shared = 0x80, twice = new->value << 1;
	const uint64_t data = new->value;
	size_t size = sizeof(long) == 8 ? PROCFMT_SEM64 : PROCFMT_SEM32;

	memset(bytes, 0, PROCFMT_SEM64);
	if (new->musl) {
		memcpy(bytes, &new->value, sizeof new->value);
	} else if (size == PROCFMT_SEM64) {
		memcpy(bytes, &data, sizeof data);
		memcpy(bytes + 8, &shared, sizeof shared);
	} else {
		memcpy(bytes, &twice, sizeof twice);
		memcpy(bytes + 4, &shared, sizeof shared);
	}
	return size;
}

static int fill(int fd, enum ipc_kind kind, const struct posix_new *new)
{
	unsigned char bytes[PROCFMT_SEM64];
	size_t size;
	ssize_t n;

	if (kind == IPC_PSHM) {
		if (new->size > INT64_MAX)
			return -EFBIG;
		return ftruncate(fd, (off_t)new->size) < 0 ? -errno : 0;
	}
	size = semaphore_bytes(bytes, new);
	n = write(fd, bytes, size);
	if (n < 0)
		return -errno;
	return (size_t)n == size ? 0 : -ENOSPC;
}

/* The file that a new object is made as: just that, whatever else goes by the name. */
static void new_file(char file[PREFIX + NAME_MAX + 1], enum ipc_kind kind, const char *name,
		     const struct posix_new *new)
{
	if (kind == IPC_PSEM && !new->musl)
		prefixed_file(file, name);
	else
		memcpy(file, name, strlen(name) + 1);
}

/* Whether a semaphore for musl would stand behind one of glibc's, which the same name finds first. */
static bool is_hidden(int dir, const char *name)
{
	char file[PREFIX + NAME_MAX + 1];
	struct stat st;

	prefixed_file(file, name);
	return fstatat(dir, file, &st, AT_SYMLINK_NOFOLLOW) == 0;
}

static int make_file(const struct ipc_sys *sys, enum ipc_kind kind, const char *name,
		     const struct posix_new *new)
{
	char file[PREFIX + NAME_MAX + 1];
	int dir = open_dir(sys->shm), fd, rc;

	if (dir < 0)
		return dir;
	if (kind == IPC_PSEM && new->musl && is_hidden(dir, name)) {
		close(dir);
		return -EEXIST;
	}
	new_file(file, kind, name, new);
	fd = openat(dir, file, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0);
	rc = fd < 0 ? -errno : fill(fd, kind, new);
	if (rc == 0)
		rc = finish(fd, new);
	if (rc < 0 && fd >= 0)
		unlinkat(dir, file, 0);
	if (fd >= 0)
		close(fd);
	close(dir);
	return rc;
}

static void slashed(char out[NAME_MAX + 2], const char *name)
{
	out[0] = '/';
	memcpy(out + 1, name, strlen(name) + 1);
}

static int make_queue(const struct ipc_sys *sys, const char *name, const struct posix_new *new)
{
	char path[NAME_MAX + 2];
	int fd, rc;

	slashed(path, name);
	fd = sys->calls->mq_make(path, new);
	if (fd < 0)
		return fd;
	rc = finish(fd, new);
	close(fd);
	if (rc < 0)
		sys->calls->mq_remove(path);
	return rc;
}

int posix_make(const struct ipc_sys *sys, enum ipc_kind kind, const char *name, const struct posix_new *new)
{
	return kind == IPC_PMSG ? make_queue(sys, name, new) : make_file(sys, kind, name, new);
}

int posix_unmake(const struct ipc_sys *sys, enum ipc_kind kind, const char *name, const struct posix_new *new)
{
	char file[PREFIX + NAME_MAX + 1];
	int dir, rc = 0;

	if (kind == IPC_PMSG)
		return posix_remove(sys, kind, name);
	dir = open_dir(sys->shm);
	if (dir < 0)
		return dir;
	new_file(file, kind, name, new);
	if (unlinkat(dir, file, 0) < 0)
		rc = -errno;
	close(dir);
	return rc;
}

/* Why a file is no object: 0 if it is one. */
static int why_none(int dir, const char *file)
{
	struct stat st;

	if (fstatat(dir, file, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return -errno;
	if (S_ISREG(st.st_mode))
		return 0;
	return S_ISDIR(st.st_mode) ? -EISDIR : S_ISLNK(st.st_mode) ? -ELOOP : -ENXIO;
}

int posix_remove(const struct ipc_sys *sys, enum ipc_kind kind, const char *name)
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
	dir = open_dir(sys->shm);
	if (dir < 0)
		return dir;
	file = file_of(dir, kind, name, buf);
	rc = why_none(dir, file);
	if (rc == 0 && kind == IPC_PSEM && file == name) {
		struct ipc_obj o;

		/* Without the prefix, what does not look like musl's is somebody's segment. */
		rc = shm_entry(dir, file, kind, &o) == 1 ? 0 : -ENOENT;
	}
	if (rc == 0 && unlinkat(dir, file, 0) < 0)
		rc = -errno;
	close(dir);
	return rc;
}

int posix_others(const struct ipc_sys *sys, void (*each)(void *arg, const char *name, int why), void *arg)
{
	struct posix_dir p;
	const char *file;
	bool absent;
	int rc = posix_dir_open(&p, sys, IPC_PSHM, &absent);

	while (rc == 0 && dir_next(&p.dir, &file) == 1) {
		int why = why_none(p.dir.fd, file);

		if (why != 0 && why != -ENOENT)
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

int posix_limits(const struct ipc_sys *sys, enum ipc_kind kind, struct ipc_obj *o)
{
	struct rlimit limit;
	struct statfs fs;

	if (kind == IPC_PMSG && !has_queues(sys))
		return -ENOSYS;
	if (kind == IPC_PMSG && getrlimit(RLIMIT_MSGQUEUE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
		ipc_set(o, F_MSGMNB, (int64_t)limit.rlim_cur);
	if (kind != IPC_PSHM)
		return 0;
	/* Where there is no folder there is nothing that could be limited. */
	if (statfs(sys->shm, &fs) < 0)
		return errno == ENOENT ? 0 : -errno;
	if (is_shm_fs(&fs))
		ipc_set(o, F_SHMMAX, (int64_t)((uint64_t)fs.f_blocks * (uint64_t)fs.f_bsize));
	return 0;
}
