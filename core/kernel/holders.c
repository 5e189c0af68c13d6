/* SPDX-License-Identifier: 0BSD */
#include "kernel/holders.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "parse/parse.h"
#include "kernel/posix.h"
#include "kernel/process.h"

/* The kinds of objects that each file of a process shows. */
enum {
	BY_MAPS = 1u << IPC_SHM | 1u << IPC_PSHM | 1u << IPC_PSEM,
	BY_FILES = 1u << IPC_PMSG | 1u << IPC_PSHM | 1u << IPC_PSEM,
	BY_CALLS = 1u << IPC_MSG | 1u << IPC_SEM,
};

struct held_object {
	struct held_object *next;		/* in its bucket */
	enum ipc_kind kind;
	int64_t id;
	struct holder *first, **last;	/* last: the link where the search for a high pid starts */
};

/* The process under examination. */
struct scan {
	struct holders *users;
	int pid;
	const char *task;		/* the thread to read, NULL: the first */
	bool told;			/* it has shown mappings or descriptors */
	int ours;			/* 1: in our IPC namespace, 0: in another, -1: not checked yet */
	enum pid_words words;	/* of its program, the same for all tasks */
	unsigned failed;		/* kinds that could not be read */
};

/* POSIX segments and semaphores share a directory, and a mapping does not show which it is. */
static enum ipc_kind shared_kind(enum ipc_kind kind)
{
	return kind == IPC_PSEM ? IPC_PSHM : kind;
}

static struct held_object **find(const struct holders *u, enum ipc_kind kind, int64_t id)
{
	uint64_t hash = ((uint64_t)id * IPC_NKINDS + kind) * UINT64_C(0x9e3779b97f4a7c15) >> 32;
	struct held_object **at = &u->buckets[hash % HOLDERS_BUCKETS];

	while (*at != NULL && ((*at)->kind != kind || (*at)->id != id))
		at = &(*at)->next;
	return at;
}

/* Find or add the use of an object by a process.  Returns NULL if out of memory. */
static struct holder *use_of(struct holders *u, enum ipc_kind kind, int64_t id, int pid)
{
	struct held_object **slot = find(u, kind, id), *o = *slot;
	struct holder **at, *use;

	if (o == NULL) {
		*slot = o = mem_take(&u->mem, sizeof *o);
		if (o == NULL)
			return NULL;
		o->kind = kind;
		o->id = id;
		o->last = &o->first;
	}
	/* The kernel lists processes in order of PID, so the search is short. */
	at = *o->last != NULL && (*o->last)->pid <= pid ? o->last : &o->first;
	while (*at != NULL && (*at)->pid < pid)
		at = &(*at)->next;
	if (*at != NULL && (*at)->pid == pid)
		return *at;
	use = mem_take(&u->mem, sizeof *use);
	if (use == NULL)
		return NULL;
	use->pid = pid;
	use->next = *at;
	*at = use;
	o->last = at;
	return use;
}

static void path_of(char path[PROCESS_PATH], const struct scan *s, const char *folder, const char *number,
		    const char *file)
{
	char name[PROCESS_PATH], *end = name;

	if (s->task != NULL)
		end = stpcpy(stpcpy(end, "/task/"), s->task);
	stpcpy(stpcpy(stpcpy(end, folder), number), file);
	process_path(path, s->pid, name);
}

/* Record a failure to read these kinds, unless the process is gone and so uses nothing. */
static void hide(struct scan *s, unsigned kinds, int rc)
{
	if (rc < 0 && rc != -ENOENT && rc != -ESRCH)
		s->failed |= kinds;
}

/* path: the link to the IPC namespace of a task. */
static bool is_ours(struct scan *s, enum ipc_kind kind, const char *path)
{
	const struct holders *u = s->users;
	struct proc_id f;
	int rc = u->namespaces;

	if (rc == 0)
		return true;
	if (rc > 0)
		rc = proc_which(u->sys, path, &f);
	hide(s, 1u << kind, rc);
	return rc >= 0 && f.device == u->namespace.device && f.inode == u->namespace.inode;
}

static bool is_segment(const struct holders *u, const struct pid_mapping *m)
{
	if (!m->segment)
		return false;
	for (unsigned i = 0; i < u->ndevices; i++)
		if (u->devices[i] == m->device)
			return true;
	return u->ndevices == 0 && m->device >> 32 == 0;
}

/* True for a mapping of an object of a requested kind; sets *kind. */
static bool is_object(const struct holders *u, const struct pid_mapping *m, enum ipc_kind *kind)
{
	if (u->kinds >> IPC_SHM & 1 && is_segment(u, m))
		*kind = IPC_SHM;
	else if (u->file[IPC_PSHM].inode != 0 && m->device == u->file[IPC_PSHM].device)
		*kind = IPC_PSHM;
	else
		return false;
	return true;
}

static int add_mapping(struct scan *s, enum ipc_kind kind, const struct pid_mapping *m)
{
	struct holder *use;

	if (kind == IPC_SHM && s->ours < 0) {
		char path[PROCESS_PATH];

		path_of(path, s, "/ns/ipc", "", "");
		s->ours = is_ours(s, IPC_SHM, path);
	}
	if (kind == IPC_SHM && s->ours == 0)
		return 0;
	use = use_of(s->users, kind, (int64_t)m->inode, s->pid);
	if (use == NULL)
		return -ENOMEM;
	use->how |= HOLDER_MAPPED;
	use->mappings++;
	return 0;
}

static int scan_maps(struct scan *s)
{
	char path[PROCESS_PATH];
	struct pid_mapping m;
	struct proc_file p;
	const char *line;
	enum ipc_kind kind;
	size_t len;
	int rc;

	path_of(path, s, "/maps", "", "");
	rc = proc_lines(&p, s->users->sys, path);
	while (rc == 0 && (rc = proc_line(&p, PID_MAPPING, &line, &len)) == 1) {
		rc = pid_mapping(line, len, &m);
		s->told = true;
		if (rc == 0 && is_object(s->users, &m, &kind))
			rc = add_mapping(s, kind, &m);
	}
	proc_close(&p);
	return rc;
}

int holders_next_number(struct dir *d, const char **name, int *number)
{
	int rc;

	do
		rc = dir_next(d, name);
	while (rc == 1 && (strlen(*name) > 10 || parse_id(*name, number) < 0));
	return rc;
}

/* Call each for every number in a directory of the process, until it returns nonzero. */
static int each_number(struct scan *s, const char *folder, int (*each)(struct scan *, const char *number))
{
	char path[PROCESS_PATH];
	const char *name;
	struct dir d;
	int rc, id, fd;

	path_of(path, s, folder, "", "");
	fd = proc_fd(s->users->sys, path);
	if (fd < 0)
		return fd;
	dir_start(&d, fd);
	while ((rc = holders_next_number(&d, &name, &id)) == 1) {
		rc = each(s, name);
		if (rc != 0)
			break;
	}
	dir_close(&d);
	return rc;
}

/* If a descriptor cannot be followed, it is on another file system unless the namespace link fails too. */
static int scan_file(struct scan *s, const char *number)
{
	static const enum ipc_kind kinds[] = { IPC_PMSG, IPC_PSHM };
	struct holders *u = s->users;
	char path[PROCESS_PATH];
	struct proc_id f;

	s->told = true;
	path_of(path, s, "/fd/", number, "");
	if (proc_which(u->sys, path, &f) < 0) {
		path_of(path, s, "/ns/ipc", "", "");
		hide(s, BY_FILES, proc_which(u->sys, path, &f));
		return 0;
	}
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct holder *use;

		if (u->file[kinds[i]].inode == 0 || f.device != u->file[kinds[i]].device)
			continue;
		use = use_of(u, kinds[i], (int64_t)f.inode, s->pid);
		if (use == NULL)
			return -ENOMEM;
		use->how |= HOLDER_OPEN;
		use->descriptors++;
	}
	return 0;
}

struct call {
	uint64_t number, args[2];
};

/* Find the call in a table of waits and set *id to the object.  Returns NULL if the task waits on none. */
static const struct sys_wait *waits_for(const struct holders *u, const struct sys_wait *w,
					const struct call *c,
					uint64_t *id)
{
	for (; w != NULL && w->number != 0; w++) {
		if (w->number < 0 || (uint64_t)w->number != c->number)
			continue;
		/* The upper half of the number of an ipc(2) call is its version. */
		if (w->call >= 0 && (c->args[0] & 0xffff) != (uint64_t)w->call)
			continue;
		*id = c->args[w->call >= 0];
		return u->kinds >> w->kind & 1 && *id <= INT_MAX ? w : NULL;
	}
	return NULL;
}

/* Learn the word length of a task's program.  Returns 0 or -errno. */
static int learn_words(struct scan *s, const char *number)
{
	char path[PROCESS_PATH], auxv[1024];
	ssize_t n;

	if (s->words != PID_NOT_TOLD)
		return 0;
	path_of(path, s, "/task/", number, "/auxv");
	n = proc_text(s->users->sys, path, auxv, sizeof auxv);
	if (n >= 0)
		s->words = pid_words(auxv, (size_t)n);
	return n < 0 ? (int)n : s->words == PID_NOT_TOLD ? -EBADMSG : 0;
}

static int add_wait(struct scan *s, const struct sys_wait *w, uint64_t id)
{
	struct holder *use = use_of(s->users, w->kind, (int64_t)id, s->pid);

	if (use == NULL)
		return -ENOMEM;
	use->how |= w->kind == IPC_SEM ? HOLDER_OPERATES : w->sends ? HOLDER_SENDS : HOLDER_RECEIVES;
	use->waiting++;
	return 0;
}

static int scan_call(struct scan *s, const char *number, const struct call *c)
{
	const struct ipc_calls *calls = s->users->sys->calls;
	const struct sys_wait *table = calls->foreign();
	uint64_t id = 0, foreign_id = 0;
	const struct sys_wait *w = waits_for(s->users, calls->waits, c, &id);
	const struct sys_wait *foreign = waits_for(s->users, table, c, &foreign_id);
	char path[PROCESS_PATH];
	int rc;

	/* Neither table shows a wait, so the word length does not matter. */
	if (w == NULL && foreign == NULL && table != NULL)
		return 0;
	rc = learn_words(s, number);
	if (rc == 0 && s->words == PID_OTHERS) {
		rc = table != NULL ? 0 : -EBADMSG;
		w = foreign;
		id = foreign_id;
	}
	if (rc < 0 || w == NULL) {
		hide(s, BY_CALLS, rc);
		return 0;
	}
	path_of(path, s, "/task/", number, "/ns/ipc");
	return is_ours(s, w->kind, path) ? add_wait(s, w, id) : 0;
}

static int scan_task(struct scan *s, const char *number)
{
	char path[PROCESS_PATH], text[256];
	struct call c;
	ssize_t n;

	path_of(path, s, "/task/", number, "/syscall");
	n = proc_text(s->users->sys, path, text, sizeof text);
	if (n < 0) {
		hide(s, BY_CALLS, (int)n);
		s->users->waits |= n == -EACCES || n == -EPERM;
		return 0;
	}
	s->users->waits = true;
	switch (pid_syscall(text, (size_t)n, &c.number, c.args)) {
	case PID_IN_CALL:
		return scan_call(s, number, &c);
	case PID_NO_CALL:
		return 0;
	default:
		hide(s, BY_CALLS, -EBADMSG);
		return 0;
	}
}

/* Kernel threads and processes that have ended have no memory. */
static bool has_memory(const struct scan *s)
{
	char path[PROCESS_PATH], c;
	ssize_t n;

	path_of(path, s, "/maps", "", "");
	n = proc_text(s->users->sys, path, &c, 1);
	return n != 0 && n != -ENOENT && n != -ESRCH;
}

/* Note the mappings and descriptors of the process, or of task if that is set. */
static int scan_memory(struct scan *s)
{
	unsigned kinds = s->users->kinds;
	int rc = 0;

	if (kinds & BY_MAPS) {
		rc = scan_maps(s);
		hide(s, BY_MAPS, rc);
	}
	if (rc != -ENOMEM && kinds & BY_FILES) {
		rc = each_number(s, "/fd", scan_file);
		hide(s, BY_FILES, rc);
	}
	return rc == -ENOMEM ? rc : 0;
}

/* Read another task if the first one has ended.  Returns 1 if this one shows mappings or descriptors. */
static int scan_other(struct scan *s, const char *number)
{
	int rc;

	s->task = number;
	rc = scan_memory(s);
	s->task = NULL;
	return rc < 0 ? rc : s->told;
}

int holders_look(struct holders *u, int pid)
{
	struct scan s = { .users = u, .pid = pid, .ours = -1, .words = PID_NOT_TOLD };
	int rc = scan_memory(&s);

	if (rc == 0 && !s.told && s.failed == 0 && u->kinds & (BY_MAPS | BY_FILES))
		rc = each_number(&s, "/task", scan_other);
	if (rc != -ENOMEM && u->kinds & BY_CALLS) {
		rc = each_number(&s, "/task", scan_task);
		hide(&s, BY_CALLS, rc);
	}
	if (s.failed != 0 && !has_memory(&s))
		s.failed = 0;
	for (unsigned k = 0; k < IPC_NKINDS; k++)
		u->hidden[k] += s.failed >> k & 1;
	return rc == -ENOMEM ? rc : 0;
}

static void learn_devices(struct holders *u)
{
	enum { LEAST = 12, MOST = 34 };		/* log2 of the smallest and largest huge page */
	unsigned page = 0;

	_Static_assert((int)HOLDERS_DEVICES >= 1 + MOST - LEAST + 1, "there is room for each size of pages");
	do {
		int fd = u->sys->calls->memory(page);
		struct proc_id f;

		if (fd >= 0) {
			if (proc_which_fd(fd, &f) == 0)
				u->devices[u->ndevices++] = f.device;
			close(fd);
		}
		page = page == 0 ? LEAST : page + 1;
	} while (page <= MOST && u->ndevices > 0);
}

/* If no directory of POSIX objects is visible, none is in use. */
static void learn_folder(struct holders *u, enum ipc_kind kind)
{
	struct posix_dir p;
	bool absent;

	if (posix_dir_open(&p, u->sys, kind, &absent) == 0 && p.dir.fd >= 0)
		proc_which_fd(p.dir.fd, &u->file[kind]);
	posix_dir_close(&p);
}

/* No namespace link in a readable /proc/self means that the kernel has no namespaces. */
static void learn_namespace(struct holders *u)
{
	struct proc_id f;

	u->namespaces = proc_which(u->sys, "/self/ns/ipc", &u->namespace);
	if (u->namespaces == 0)
		u->namespaces = 1;
	else if (u->namespaces == -ENOENT)
		u->namespaces = proc_which(u->sys, "/self/maps", &f) == 0 ? 0 : -EACCES;
}

int holders_start(struct holders *u, const struct ipc_sys *sys, unsigned kinds)
{
	memset(u, 0, sizeof *u);
	mem_init(&u->mem);
	u->sys = sys;
	u->kinds = kinds;
	u->buckets = mem_take(&u->mem, HOLDERS_BUCKETS * sizeof *u->buckets);
	if (u->buckets == NULL)
		return -ENOMEM;
	learn_namespace(u);
	if (kinds >> IPC_SHM & 1)
		learn_devices(u);
	if (kinds >> IPC_PMSG & 1)
		learn_folder(u, IPC_PMSG);
	if (kinds & (1u << IPC_PSHM | 1u << IPC_PSEM))
		learn_folder(u, IPC_PSHM);
	return 0;
}

bool holders_hides_none(const struct ipc_sys *sys)
{
	enum { KEEP = 1024 };		/* bytes of a line; those of proc mounts are far shorter */
	bool found = false, hides = false, any = false;
	struct proc_file p;
	const char *line;
	size_t len;
	int rc = proc_lines(&p, sys, "/self/mountinfo");

	while (rc == 0 && (rc = proc_line(&p, KEEP, &line, &len)) == 1) {
		rc = 0;
		if (pid_proc_mount(line, len, sys->proc, &hides)) {
			found = true;
			any |= hides;
		}
	}
	proc_close(&p);
	return rc == 0 && found && !any;
}

bool holders_is_initial(const struct ipc_sys *sys)
{
	struct proc_id pids;

	return proc_which(sys, "/self/ns/pid", &pids) == 0 && pids.inode == sys->calls->first_pids();
}

int holders_scan(struct holders *u, const struct ipc_sys *sys, unsigned kinds)
{
	bool first = false, all;
	const char *name;
	struct dir d;
	int pid, rc = holders_start(u, sys, kinds);

	if (rc < 0)
		return rc;
	rc = proc_fd(sys, "");
	if (rc < 0)
		return rc;
	dir_start(&d, rc);
	while ((rc = holders_next_number(&d, &name, &pid)) == 1) {
		if (pid == 0)
			continue;
		first |= pid == 1;
		rc = holders_look(u, pid);
		if (rc < 0)
			break;
	}
	dir_close(&d);
	/* PID 1 outlives all others, so if it is not listed, others are not either. */
	all = first && holders_is_initial(sys) && holders_hides_none(sys);
	for (unsigned k = 0; k < IPC_NKINDS; k++)
		u->hidden[k] += !all && kinds >> k & 1;
	return rc;
}

/* Processes show System V objects by id and POSIX objects by inode. */
static int64_t id_of(const struct ipc_obj *o)
{
	return o->v[posix_has(o->kind) ? F_INODE : F_ID];
}

const struct holder *holders_of(const struct holders *u, const struct ipc_obj *o)
{
	const struct held_object *held = *find(u, shared_kind(o->kind), id_of(o));

	return held != NULL ? held->first : NULL;
}

unsigned holders_mappings(const struct holder *use)
{
	unsigned n = 0;

	for (; use != NULL; use = use->next)
		n += use->mappings;
	return n;
}

struct detail {
	const struct holders *users;
	enum ipc_kind kind;
	int64_t id;
	holders_each *each;
	void *arg;
	struct pid_mapping at;
	bool wanted;
	int64_t resident;
	uint64_t from, done;		/* mappings from `from` on are wanted; those up to `done` were passed on */
};

static void hand_over(struct detail *d)
{
	if (d->wanted && d->at.from >= d->from) {
		d->each(d->arg, &d->at, d->resident);
		d->done = d->at.to;
	}
	d->wanted = false;
}

static void detail_line(struct detail *d, const char *line, size_t len)
{
	struct pid_mapping m;
	enum ipc_kind kind;
	uint64_t bytes;

	if (pid_mapping(line, len, &m) == 0) {
		hand_over(d);
		d->at = m;
		d->resident = -1;
		d->wanted = is_object(d->users, &m, &kind) && kind == d->kind && (int64_t)m.inode == d->id;
	} else if (d->wanted && pid_resident(line, len, &bytes)) {
		d->resident = (d->resident < 0 ? 0 : d->resident) + (int64_t)bytes;
	}
}

/* Read smaps or maps.  On -errno, mappings from d->done on are missing. */
static int read_detail(struct detail *d, int pid, const char *file)
{
	char path[PROCESS_PATH];
	struct proc_file p;
	const char *line;
	size_t len;
	int rc;

	process_path(path, pid, file);
	rc = proc_lines(&p, d->users->sys, path);
	if (rc < 0)
		return rc;
	while ((rc = proc_line(&p, PID_MAPPING, &line, &len)) == 1)
		detail_line(d, line, len);
	/* If reading failed within a mapping, its resident size may be incomplete. */
	if (rc < 0)
		d->wanted = false;
	hand_over(d);
	proc_close(&p);
	return rc;
}

int holders_detail(const struct holders *u, const struct ipc_obj *o, int pid, holders_each *each, void *arg)
{
	struct detail d = { .users = u, .kind = shared_kind(o->kind), .id = id_of(o), .each = each, .arg = arg };
	int rc = read_detail(&d, pid, "/smaps");

	if (rc >= 0)
		return rc;
	/* If smaps cannot be read to the end, maps still shows the remaining mappings. */
	d.from = d.done;
	return read_detail(&d, pid, "/maps");
}

void holders_init(struct holders *u)
{
	mem_init(&u->mem);
	u->kinds = 0;
	u->waits = false;
}

void holders_free(struct holders *u)
{
	mem_free(&u->mem);
	holders_init(u);
}
