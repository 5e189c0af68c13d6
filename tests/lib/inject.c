/* SPDX-License-Identifier: 0BSD */
/*
 * Functions that replace libc's and the program's own allocator, as the test decides: the linker redirects each call of
 * NAME to __wrap_NAME (ld --wrap).
 */
#include <errno.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "fake.h"
#include "base/mem.h"

void *__wrap_mem_take(struct mem *, size_t), *__real_mem_take(struct mem *, size_t);
char *__wrap_mem_text(struct mem *, size_t), *__real_mem_text(struct mem *, size_t);
char *__wrap_mem_copy(struct mem *, const char *), *__real_mem_copy(struct mem *, const char *);
struct passwd *__wrap_getpwnam(const char *), *__wrap_getpwuid(uid_t);
struct group *__wrap_getgrnam(const char *), *__wrap_getgrgid(gid_t);
int __wrap_isatty(int);
int __wrap_ioctl(int, unsigned long, struct winsize *);
unsigned __wrap_alarm(unsigned);
int __wrap_sigwaitinfo(const sigset_t *, siginfo_t *);
int __wrap_uname(struct utsname *);
int __wrap_poll(struct pollfd *, nfds_t, int), __real_poll(struct pollfd *, nfds_t, int);
int __wrap_fchown(int, uid_t, gid_t);
int __wrap_fstatat64(int, const char *, struct stat *, int);
int __real_fstatat64(int, const char *, struct stat *, int);
int __wrap_fstat64(int, struct stat *);
int __real_fstat64(int, struct stat *);
int __wrap_statfs64(const char *, struct statfs *);
int __wrap_getrlimit64(int, struct rlimit *);

static bool has_memory(void)
{
	if (fake.allocations == 0) {
		fake.refused++;
		if (fake.refuse_once)
			fake.allocations = -1;
		return false;
	}
	if (fake.allocations > 0)
		fake.allocations--;
	return true;
}

void *__wrap_mem_take(struct mem *m, size_t n)
{
	return has_memory() ? __real_mem_take(m, n) : NULL;
}

char *__wrap_mem_text(struct mem *m, size_t n)
{
	return has_memory() ? __real_mem_text(m, n) : NULL;
}

char *__wrap_mem_copy(struct mem *m, const char *text)
{
	return has_memory() ? __real_mem_copy(m, text) : NULL;
}

/* Users and groups: one name stands for two IDs. */
static const struct { const char *name; uint32_t id; } users[] = {
	{ "root", 0 }, { "alice", 7001 }, { "both", 7002 },
}, groups[] = {
	{ "root", 0 }, { "staff", 7001 }, { "both", 7003 },
};

static struct passwd *user(size_t i)
{
	static struct passwd p;

	p = (struct passwd){ .pw_name = (char *)(uintptr_t)users[i].name, .pw_uid = users[i].id };
	return &p;
}

static struct group *group(size_t i)
{
	static struct group g;

	g = (struct group){ .gr_name = (char *)(uintptr_t)groups[i].name, .gr_gid = groups[i].id };
	return &g;
}

struct passwd *__wrap_getpwnam(const char *name)
{
	for (size_t i = 0; i < sizeof users / sizeof *users; i++)
		if (strcmp(users[i].name, name) == 0)
			return user(i);
	return NULL;
}

struct passwd *__wrap_getpwuid(uid_t id)
{
	for (size_t i = 0; i < sizeof users / sizeof *users; i++)
		if (users[i].id == id)
			return user(i);
	return NULL;
}

struct group *__wrap_getgrnam(const char *name)
{
	for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
		if (strcmp(groups[i].name, name) == 0)
			return group(i);
	return NULL;
}

struct group *__wrap_getgrgid(gid_t id)
{
	for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
		if (groups[i].id == id)
			return group(i);
	return NULL;
}

int __wrap_isatty(int fd)
{
	(void)fd;
	return fake.terminal;
}

int __wrap_ioctl(int fd, unsigned long request, struct winsize *size)
{
	(void)fd;
	if (request != TIOCGWINSZ || fake.lines < 0) {
		errno = ENOTTY;
		return -1;
	}
	*size = (struct winsize){
		.ws_row = (unsigned short)fake.lines, .ws_col = (unsigned short)fake.columns,
	};
	return 0;
}

int __wrap_poll(struct pollfd *fds, nfds_t n, int patience)
{
	if (fake.drain == NULL)
		return __real_poll(fds, n, patience);
	fake.drain(fds->fd);
	return 1;
}

int __wrap_uname(struct utsname *system)
{
	strcpy(system->nodename, "host");
	return 0;
}

unsigned __wrap_alarm(unsigned seconds)
{
	fake.seconds = seconds;
	fake.alarms++;
	return 0;
}

int __wrap_sigwaitinfo(const sigset_t *set, siginfo_t *info)
{
	int sig = fake.signals[0];

	(void)info;
	if (fake.interrupts > 0) {
		fake.interrupts--;
		errno = EINTR;
		return -1;
	}
	if (sig != 0) {
		memmove(fake.signals, fake.signals + 1, sizeof fake.signals - sizeof sig);
		return sig;
	}
	if (fake.tick != NULL && fake.tick(++fake.ticks))
		return SIGALRM;
	return sigismember(set, SIGTERM) == 1 ? SIGTERM : 0;
}

int __wrap_fchown(int fd, uid_t uid, gid_t gid)
{
	(void)fd;
	fake.chowns++;
	fake.file.uid = uid;
	fake.file.gid = gid;
	errno = -fake.fail_chown;
	return fake.fail_chown != 0 ? -1 : 0;
}

/* Gives a file the owner, the mode and the times that the test requests. */
static void pretend(struct stat *st)
{
	if (!S_ISREG(st->st_mode))
		return;
	st->st_mode = S_IFREG | fake.file.mode;
	st->st_uid = fake.file.uid;
	st->st_gid = fake.file.gid;
	st->st_atim.tv_sec = fake.file.atime;
	st->st_mtim.tv_sec = fake.file.mtime;
	st->st_ctim.tv_sec = fake.file.ctime;
	st->st_blocks = (st->st_size + 4095) / 4096 * 8;
}

int __wrap_fstatat64(int dir, const char *name, struct stat *st, int flags)
{
	int rc = __real_fstatat64(dir, name, st, flags);

	if (rc == 0)
		pretend(st);
	return rc;
}

int __wrap_fstat64(int fd, struct stat *st)
{
	int rc = __real_fstat64(fd, st);

	if (rc == 0)
		pretend(st);
	return rc;
}

int __wrap_statfs64(const char *path, struct statfs *fs)
{
	(void)path;
	*fs = (struct statfs){ .f_type = 0x01021994, .f_bsize = 4096, .f_blocks = fake.blocks,
			       .f_bfree = fake.blocks_free };
	return 0;
}

int __wrap_getrlimit64(int resource, struct rlimit *limit)
{
	(void)resource;
	*limit = (struct rlimit){ fake.msgqueue, RLIM_INFINITY };
	return 0;
}
