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
	int dir = open_dir(sys->shm), fd = -EEXIST;

	if (dir < 0)
		return dir;
	if (kind != IPC_PSEM || !new->musl || !is_hidden(dir, name)) {
		new_file(file, kind, name, new);
		fd = openat(dir, file, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, POSIX_MAKING);
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

/* The kernel takes both sizes of a queue or neither, so the default goes with the one that was given. */
static int make_queue(const struct ipc_sys *sys, const char *name, const struct posix_new *new)
{
	enum { MSG_DEFAULT = 10, MSGSIZE_DEFAULT = 8192 };	/* where the kernel does not tell */
	struct posix_new both = *new;
	char path[NAME_MAX + 2];
	const char *where;
	struct ipc_obj o;

	slashed(path, name);
	if ((new->maxmsg == 0) != (new->msgsize == 0)) {
		ipc_clear(&o, IPC_PMSG);
		sys_limits(sys, IPC_PMSG, &o, &where);
		if (new->maxmsg == 0)
			both.maxmsg = ipc_has(&o, F_MSG_DEFAULT) ? o.v[F_MSG_DEFAULT] : MSG_DEFAULT;
		else
			both.msgsize = ipc_has(&o, F_MSGSIZE_DEFAULT) ? o.v[F_MSGSIZE_DEFAULT] : MSGSIZE_DEFAULT;
	}
	return sys->calls->mq_make(path, &both);
}

int posix_make(const struct ipc_sys *sys, enum ipc_kind kind, const char *name, const struct posix_new *new)
{
	return kind == IPC_PMSG ? make_queue(sys, name, new) : make_file(sys, kind, name, new);
}

int posix_finish(enum ipc_kind kind, int fd, const struct posix_new *new)
{
	int rc = kind == IPC_PMSG ? 0 : fill(fd, kind, new);

	if (rc < 0)
		return rc;
	if ((new->uid >= 0 || new->gid >= 0) && fchown(fd, (uid_t)new->uid, (gid_t)new->gid) < 0)
		return -errno;
	return fchmod(fd, new->mode) < 0 ? -errno : 0;
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

static int unmake_file(const struct ipc_sys *sys, enum ipc_kind kind, const char *name,
		       const struct posix_new *new, int fd)
{
	char file[PREFIX + NAME_MAX + 1];
	uint64_t links = 0;
	int dir = open_dir(sys->shm), rc;

	if (dir < 0)
		return dir;
	new_file(file, kind, name, new);
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

int posix_unmake(const struct ipc_sys *sys, enum ipc_kind kind, const char *name, const struct posix_new *new,
		 int fd)
{
	return kind == IPC_PMSG ? unmake_queue(sys, name, fd) : unmake_file(sys, kind, name, new, fd);
}

/* A queue whose mode does not let us open it, from a mount of our own. */
static int look_at_closed_queue(const struct ipc_sys *sys, const char *name, struct ipc_obj *o)
{
	struct posix_dir p;
	bool absent;
	int rc = posix_dir_open(&p, sys, IPC_PMSG, &absent);

	if (rc == 0 && p.decided)
		rc = queue_entry(sys, p.dir.fd, name, &p.decided, o) == 1 ? 0 : -ENOENT;
	else
		rc = -EACCES;
	posix_dir_close(&p);
	return rc;
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
	char buf[PREFIX + NAME_MAX + 1];
	const char *file;
	struct stat st;
	int dir, rc;

	if (kind == IPC_PMSG)
		return look_at_queue(sys, name, o);
	dir = open_dir(sys->shm);
	if (dir < 0)
		return dir;
	file = file_of(dir, kind, name, buf);
	rc = shm_entry(dir, file, kind, o);
	if (rc == 0)
		rc = fstatat(dir, file, &st, AT_SYMLINK_NOFOLLOW) == 0 ? -EEXIST : -errno;
	close(dir);
	return rc < 0 ? rc : 0;
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

/* The file of an object to remove from /dev/shm, open as dir: 0, or what posix_remove says of it. */
static int file_to_remove(int dir, enum ipc_kind kind, const char *name, char buf[PREFIX + NAME_MAX + 1],
			  const char **file)
{
	struct ipc_obj o;
	int rc;

	*file = file_of(dir, kind, name, buf);
	rc = why_none(dir, *file);
	if (rc < 0 || kind != IPC_PSEM || *file != name)
		return rc;
	/* Without the prefix, what does not look like musl's is somebody's segment. */
	return shm_entry(dir, *file, kind, &o) == 1 ? 0 : -ENOENT;
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
	rc = file_to_remove(dir, kind, name, buf, &file);
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
		return sys_is_vague(sys, me) ? -EOPNOTSUPP : 0;
	rc = sys->calls->capable(FOWNER);
	if (rc == 0)
		return -EPERM;
	/* It has no say in files of those who have no number here: capabilities(7). */
	return rc < 0 || sys_is_vague(sys, st.st_uid) || sys_is_vague(sys, st.st_gid) ? -EOPNOTSUPP : 0;
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

int posix_may_remove(const struct ipc_sys *sys, enum ipc_kind kind, const char *name)
{
	char buf[PREFIX + NAME_MAX + 1];
	const char *file;
	int dir, rc;

	if (kind == IPC_PMSG)
		return may_remove_queue(sys, name);
	if (kind == IPC_PSHM && posix_is_semaphore(name))
		return -EINVAL;
	dir = open_dir(sys->shm);
	if (dir < 0)
		return dir;
	rc = file_to_remove(dir, kind, name, buf, &file);
	if (rc == 0)
		rc = may_write(dir);
	if (rc == 0)
		rc = may_take(sys, dir, file);
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

/* The file system of shared memory where that is one of memory and has a size; false if not. */
static bool shm_fs(const struct ipc_sys *sys, struct statfs *fs)
{
	return statfs(sys->shm, fs) == 0 && fs->f_type == TMPFS_MAGIC && fs->f_blocks > 0;
}

void posix_space(const struct ipc_sys *sys, struct ipc_obj *o)
{
	struct statfs fs;

	if (shm_fs(sys, &fs))
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
	if (kind == IPC_PSHM && shm_fs(sys, &fs))
		ipc_set(o, F_SHMMAX, (int64_t)((uint64_t)fs.f_blocks * (uint64_t)fs.f_bsize));
	return 0;
}
