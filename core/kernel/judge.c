/* SPDX-License-Identifier: 0BSD */
#include "kernel/judge.h"

#include <errno.h>
#include <string.h>

#include "parse/parse.h"
#include "kernel/object.h"
#include "kernel/process.h"

/* A user or group ID of a live process, and the first such PID. */
struct judge_id {
	struct judge_id *next;	/* in its bucket */
	int64_t id;
	bool group;
	int pid;
};

void judge_init(struct judge *j, const struct ipc_sys *sys, unsigned kinds, bool any_age)
{
	j->sys = sys;
	j->kinds = kinds;
	j->any_age = any_age;
	j->looked = j->sees_own = j->sees_all = j->missed = j->initial = j->counts = false;
	j->namespace = (struct proc_id){ 0, 0 };
	j->seen = NULL;
	j->ours = NULL;
	j->ids = NULL;
	j->group = -1;
	j->began = 0;
	j->any_group = 0;
	mem_init(&j->mem);
	holders_init(&j->users);
}

bool judge_is_blind(const struct judge *j)
{
	return j->looked && !j->sees_own;
}

void judge_again(struct judge *j)
{
	const struct ipc_sys *sys = j->sys;
	unsigned kinds = j->kinds;
	bool any_age = j->any_age;

	judge_free(j);
	judge_init(j, sys, kinds, any_age);
}

void judge_free(struct judge *j)
{
	mem_free(&j->mem);
	holders_free(&j->users);
}

static bool make_tables(struct judge *j)
{
	j->ours = mem_take(&j->mem, JUDGE_ANCESTORS * sizeof *j->ours);
	j->ids = mem_take(&j->mem, JUDGE_BUCKETS * sizeof *j->ids);
	j->seen = mem_take(&j->mem, JUDGE_SEEN * sizeof *j->seen);
	return j->ours != NULL && j->ids != NULL && j->seen != NULL;
}

static struct judge_id **find_id(struct judge *j, bool group, int64_t id)
{
	struct judge_id **at = &j->ids[((uint64_t)id * 2 + group) % JUDGE_BUCKETS];

	while (*at != NULL && ((*at)->id != id || (*at)->group != group))
		at = &(*at)->next;
	return at;
}

static int pid_with(struct judge *j, bool group, int64_t id)
{
	struct judge_id *found = *find_id(j, group, id);

	return found != NULL ? found->pid : 0;
}

static int note_id(struct judge *j, bool group, int64_t id, int pid)
{
	struct judge_id **at = find_id(j, group, id);

	if (*at != NULL || id < 0)
		return 0;
	*at = mem_take(&j->mem, sizeof **at);
	if (*at == NULL)
		return -ENOMEM;
	(*at)->id = id;
	(*at)->group = group;
	(*at)->pid = pid;
	return 0;
}

/* Note the supplementary groups of a line.  A truncated line may have any group. */
static int note_groups(struct judge *j, const char *line, size_t len, size_t most, int pid)
{
	uint32_t gid;
	size_t at = 0;

	if (len >= most && j->any_group == 0)
		j->any_group = pid;
	while (pid_group(line, len, &at, &gid))
		if (note_id(j, true, gid, pid) < 0)
			return -ENOMEM;
	return 0;
}

static bool has_ended(const struct pid_status *st)
{
	return st->state == 'Z' || st->state == 'X';
}

enum { GROUPS = 3072 };		/* bytes read of a status line */

/*
 * Read a status file.  With pid, note its supplementary groups for that process unless it has ended
 * (State precedes Groups).  Returns 0 or -errno, -ESRCH if the process is gone.
 */
static int read_status(struct judge *j, const char *path, struct pid_status *st, int pid)
{
	struct proc_file p;
	const char *line;
	size_t len;
	int rc = proc_lines(&p, j->sys, path);

	pid_status_init(st);
	while (rc == 0 && (rc = proc_line(&p, GROUPS, &line, &len)) == 1) {
		pid_status(line, len, st);
		rc = pid != 0 && !has_ended(st) ? note_groups(j, line, len, GROUPS, pid) : 0;
	}
	proc_close(&p);
	return rc == -ENOENT ? -ESRCH : rc;
}

/* Returns 1 if a task is in our IPC namespace or we may not ask, 0 if not, -ESRCH if it is gone. */
static int is_in(const struct judge *j, const char *path)
{
	struct proc_id f;
	int rc = j->namespace.inode != 0 ? proc_which(j->sys, path, &f) : -EPERM;

	if (rc == -ENOENT || rc == -ESRCH)
		return -ESRCH;
	return rc < 0 || (f.device == j->namespace.device && f.inode == j->namespace.inode);
}

/* A server started earlier by our script may share our process group but is not part of our pipeline. */
static bool is_ours(const struct judge *j, int pid, const struct pid_status *st)
{
	uint64_t began;

	for (size_t i = 0; i < JUDGE_ANCESTORS && j->ours[i] != 0; i++)
		if (j->ours[i] == pid)
			return true;
	return j->group > 0 && st->group == j->group && process_began(j->sys, pid, &began) &&
		began + process_ticks() >= j->began;
}

static void task_path(char path[PROCESS_PATH], int pid, const char *number, const char *file)
{
	char name[PROCESS_PATH];

	stpcpy(stpcpy(stpcpy(name, "/task/"), number), file);
	process_path(path, pid, name);
}

static int note_ids(struct judge *j, int pid, const struct pid_status *st)
{
	/* The kernel always writes these fields. */
	if (st->uids[3] < 0 || st->gids[3] < 0)
		return -EBADMSG;
	for (size_t i = 0; i < 4; i++)
		if (note_id(j, false, st->uids[i], pid) < 0 || note_id(j, true, st->gids[i], pid) < 0)
			return -ENOMEM;
	return 0;
}

/* Returns 1, 0 if the task has ended, or -errno. */
static int note_task(struct judge *j, int pid, const char *number)
{
	char path[PROCESS_PATH];
	struct pid_status st;
	int rc;

	task_path(path, pid, number, "/ns/ipc");
	rc = is_in(j, path);
	if (rc <= 0)
		return rc == 0 ? 1 : rc;
	task_path(path, pid, number, "/status");
	rc = read_status(j, path, &st, pid);
	if (rc == 0 && has_ended(&st))
		return 0;
	if (rc == 0)
		rc = note_ids(j, pid, &st);
	return rc < 0 ? rc : 1;
}

/*
 * Note the IDs of each task: threads may differ in their IDs and namespaces.  Returns -ESRCH only if no
 * task could be examined, since an exiting thread leaves others unless its process is gone.
 */
static int note_tasks(struct judge *j, int pid)
{
	char path[PROCESS_PATH];
	const char *number;
	bool any = false;
	struct dir d;
	int rc, id, fd;

	process_path(path, pid, "/task");
	fd = proc_fd(j->sys, path);
	if (fd < 0)
		return fd;
	dir_start(&d, fd);
	while ((rc = holders_next_number(&d, &number, &id)) == 1) {
		rc = note_task(j, pid, number);
		if (rc < 0 && rc != -ESRCH)
			break;
		any |= rc == 1;
	}
	dir_close(&d);
	return rc == 0 && !any ? -ESRCH : rc;
}

static int note_process(struct judge *j, int pid)
{
	char path[PROCESS_PATH];
	struct pid_status st;
	int rc;

	process_path(path, pid, "/status");
	rc = read_status(j, path, &st, 0);
	if (rc < 0 || pid_is_kernel(&st) || is_ours(j, pid, &st))
		return rc;
	/* A zombie may be a main thread that other threads outlive. */
	if (has_ended(&st) && st.threads == 1) {
		j->missed = true;
		return 0;
	}
	return note_tasks(j, pid);
}

/* The word and bit of a process in the set of examined ones; NULL if out of memory. */
static uint64_t *seen(struct judge *j, int pid, uint64_t *bit)
{
	enum { BITS = 4096, WORD = 64 };
	uint64_t **part = &j->seen[(unsigned)pid / BITS % JUDGE_SEEN];

	if (*part == NULL)
		*part = mem_take(&j->mem, BITS / WORD * sizeof **part);
	*bit = UINT64_C(1) << pid % WORD;
	return *part != NULL ? &(*part)[pid % BITS / WORD] : NULL;
}

/* Examine a process once.  Returns 0 or -ENOMEM. */
static int look_at(struct judge *j, int pid)
{
	uint64_t bit, *word = seen(j, pid, &bit);
	int rc;

	if (word == NULL)
		return -ENOMEM;
	if (*word & bit)
		return 0;
	rc = j->kinds & 1u << IPC_MSG ? holders_look(&j->users, pid) : 0;
	if (rc == 0)
		rc = note_process(j, pid);
	if (rc == -ESRCH || rc == -ENOENT) {
		j->missed = true;
		return 0;
	}
	*word |= bit;
	if (rc < 0)
		j->sees_all = false;
	return rc == -ENOMEM ? rc : 0;
}

static int look_at_all(struct judge *j)
{
	const char *name;
	struct dir d;
	int pid, rc = proc_fd(j->sys, "");

	if (rc < 0)
		return rc;
	dir_start(&d, rc);
	while ((rc = holders_next_number(&d, &name, &pid)) == 1) {
		rc = pid > 0 ? look_at(j, pid) : 0;
		if (rc < 0)
			break;
	}
	dir_close(&d);
	return rc;
}

/* The PID of the newest process, the last word of /proc/loadavg (proc_loadavg(5)); 0 if unknown. */
static uint64_t newest(const struct judge *j)
{
	char text[128], *s;
	ssize_t n = proc_text(j->sys, "/loadavg", text, sizeof text);
	uint64_t pid;

	if (n <= 0 || (s = memrchr(text, ' ', (size_t)n)) == NULL)
		return 0;
	return parse_digits(s + 1, (size_t)(text + n - s - 1), 10, &pid) > 0 ? pid : 0;
}

/*
 * Pass over /proc until a pass misses no process; false if none succeeds.  After PIDs wrap around, an
 * examined PID may belong to a new process, and new processes may lie behind our place in the listing.
 */
static bool look_at_everybody(struct judge *j)
{
	enum { PASSES = 64 };

	for (int i = 0; i < PASSES; i++) {
		uint64_t before = newest(j), after;

		j->missed = false;
		if (look_at_all(j) < 0)
			return false;
		after = newest(j);
		if (before == 0 || after == 0)
			return false;
		if (after < before)
			memset(j->seen, 0, JUDGE_SEEN * sizeof *j->seen);
		else if (!j->missed)
			return true;
	}
	return false;
}

/* Learn who we are.  False unless /proc is that of our PID namespace, so that its PIDs match ours. */
static bool sees_own(struct judge *j)
{
	char path[PROCESS_PATH];
	struct pid_status st;
	int64_t pid = j->sys->calls->self();

	if (read_status(j, "/self/status", &st, 0) < 0 || st.pid != pid || st.nested)
		return false;
	j->group = process_began(j->sys, pid, &j->began) ? st.group : -1;
	j->initial = holders_is_initial(j->sys);
	for (size_t i = 0; i + 1 < JUDGE_ANCESTORS && pid > 0; i++) {
		j->ours[i] = pid;
		process_path(path, pid, "/status");
		if (read_status(j, path, &st, 0) < 0)
			break;
		pid = st.parent;
	}
	return true;
}

/* A kernel without namespaces has no such file. */
static int learn_namespace(struct judge *j)
{
	int rc = proc_which(j->sys, "/self/ns/ipc", &j->namespace);

	return rc == -ENOENT ? 0 : rc;
}

static void look(struct judge *j)
{
	if (j->looked)
		return;
	j->looked = true;
	j->sees_own = make_tables(j) && sees_own(j);
	if (!j->sees_own)
		return;
	j->sees_all = j->initial && holders_hides_none(j->sys);
	if (learn_namespace(j) < 0)
		j->sees_all = false;
	if (holders_start(&j->users, j->sys, j->kinds & 1u << IPC_MSG) < 0 || !look_at_everybody(j))
		j->sees_all = false;
}

/* Kernels before 4.17 record PIDs of another namespace.  They have no *_STAT_ANY, so the call fails. */
static bool records_ours(struct judge *j, const struct ipc_obj *o)
{
	struct ipc_obj same;

	if (!j->counts)
		j->counts = from_calls_find(j->sys, o->kind, (int)o->v[F_ID], &same) == 0;
	return j->counts;
}

/* The combined fate of the recorded processes. */
struct record {
	int lives, reused;	/* pids, or 0 */
	bool gone, foreign, waited, unknown;
};

static void ask(const struct judge *j, struct record *r, int64_t pid, int64_t when)
{
	switch (process_fate(j->sys, pid, when)) {
	case PROCESS_GONE: r->gone = true; break;
	case PROCESS_REUSED: r->reused = (int)pid; break;
	case PROCESS_LIVES: r->lives = (int)pid; break;
	default: r->foreign = true; break;
	}
}

/* PID 0 without a time means that nobody used the object. */
static void ask_user(const struct judge *j, struct record *r, int64_t pid, int64_t when)
{
	if (pid != 0 || when != 0)
		ask(j, r, pid, when);
}

static void ask_set(const struct judge *j, struct record *r, const struct ipc_obj *o)
{
	/* SETVAL and SETALL set sempid like operations, but update ctime. */
	int64_t last = o->v[F_OTIME] > o->v[F_CTIME] ? o->v[F_OTIME] : o->v[F_CTIME], before = 0;

	for (int i = 0; i < (int)o->v[F_NSEMS] && !r->waited && r->lives == 0; i++) {
		struct ipc_obj one;
		int64_t pid;

		ipc_clear(&one, IPC_ELEMENT);
		if (object_element(j->sys, (int)o->v[F_ID], i, &one) < 0) {
			r->unknown = true;
			return;
		}
		r->waited = one.v[F_NCOUNT] > 0 || one.v[F_ZCOUNT] > 0;
		pid = one.v[F_SEMPID];
		/* 0 if never operated on and, outside the initial PID namespace, for a foreign process. */
		if (pid == 0)
			r->foreign |= !j->initial && o->v[F_OTIME] != 0;
		else if (pid != before)
			ask(j, r, pid, last);
		before = pid;
	}
}

static void ask_all(const struct judge *j, struct record *r, const struct ipc_obj *o)
{
	int64_t atime = o->v[F_ATIME], dtime = o->v[F_DTIME];

	if (o->kind == IPC_SEM) {
		ask_set(j, r, o);
	} else if (o->kind == IPC_MSG) {
		ask_user(j, r, o->v[F_LSPID], o->v[F_STIME]);
		ask_user(j, r, o->v[F_LRPID], o->v[F_RTIME]);
	} else {
		ask(j, r, o->v[F_CPID], o->v[F_CTIME]);
		ask_user(j, r, o->v[F_LPID], atime > dtime ? atime : dtime);
	}
}

static bool was_used(const struct ipc_obj *o)
{
	switch (o->kind) {
	case IPC_SHM: return o->v[F_ATIME] != 0;
	case IPC_MSG: return o->v[F_STIME] != 0 || o->v[F_RTIME] != 0;
	default: return o->v[F_OTIME] != 0;
	}
}

static bool is_recent(const struct judge *j, const struct ipc_obj *o)
{
	enum { MINUTE = 60 };

	return !j->any_age && j->sys->calls->now() - ipc_latest(o) < MINUTE;
}

/* A live process that may use the object. */
static enum judge_why candidate(struct judge *j, const struct ipc_obj *o, int *pid)
{
	enum { GROUP_BITS = 070 };

	*pid = pid_with(j, false, o->v[F_UID]);
	if (*pid != 0)
		return JUDGE_OWNER;
	*pid = pid_with(j, false, o->v[F_CUID]);
	if (*pid != 0)
		return JUDGE_CREATOR;
	if (!(o->v[F_MODE] & GROUP_BITS))
		return JUDGE_GONE;
	*pid = pid_with(j, true, o->v[F_GID]);
	if (*pid == 0)
		*pid = pid_with(j, true, o->v[F_CGID]);
	if (*pid == 0)
		*pid = j->any_group;
	return *pid != 0 ? JUDGE_GROUP : JUDGE_GONE;
}

/* The reason against IPC_ORPHAN_YES if no recorded process is known to be alive. */
static enum judge_why doubt(struct judge *j, const struct ipc_obj *o, const struct record *r, int *pid)
{
	enum { OTHERS = 07 };
	enum judge_why why;

	*pid = r->reused;
	if (r->reused != 0)
		return JUDGE_REUSED;
	if (!was_used(o))
		return JUDGE_UNUSED;
	if (r->foreign)
		return JUDGE_FOREIGN;
	if (is_recent(j, o))
		return JUDGE_RECENT;
	if (o->v[F_MODE] & OTHERS)
		return JUDGE_OPEN;
	why = candidate(j, o, pid);
	return why == JUDGE_GONE && !j->sees_all ? JUDGE_UNSEEN : why;
}

static bool has_facts(const struct ipc_obj *o)
{
	const uint64_t all = UINT64_C(1) << F_UID | UINT64_C(1) << F_CUID | UINT64_C(1) << F_GID |
		UINT64_C(1) << F_CGID | UINT64_C(1) << F_MODE | UINT64_C(1) << F_CTIME | UINT64_C(1) << F_ID;
	static const uint64_t needed[IPC_NSYSV] = {
		[IPC_MSG] = UINT64_C(1) << F_LSPID | UINT64_C(1) << F_LRPID | UINT64_C(1) << F_STIME |
			UINT64_C(1) << F_RTIME,
		[IPC_SHM] = UINT64_C(1) << F_NATTCH | UINT64_C(1) << F_CPID | UINT64_C(1) << F_LPID |
			UINT64_C(1) << F_ATIME | UINT64_C(1) << F_DTIME,
		[IPC_SEM] = UINT64_C(1) << F_NSEMS | UINT64_C(1) << F_OTIME,
	};

	return !posix_has(o->kind) && (o->have & (all | needed[o->kind])) == (all | needed[o->kind]);
}

/* The reason for IPC_ORPHAN_NO, JUDGE_UNKNOWN, or JUDGE_GONE if neither applies. */
static enum judge_why in_use(struct judge *j, const struct ipc_obj *o, const struct record *r, int *pid)
{
	const struct holder *use = o->kind == IPC_MSG && j->users.kinds != 0 ?
		holders_of(&j->users, o) : NULL;

	*pid = use != NULL ? use->pid : r->lives;
	if (use != NULL || r->waited)
		return JUDGE_WAITED;
	if (r->lives != 0)
		return JUDGE_LIVES;
	return r->unknown || (!r->gone && r->reused == 0 && was_used(o)) ? JUDGE_UNKNOWN : JUDGE_GONE;
}

enum judge_why judge_object(struct judge *j, struct ipc_obj *o, int *pid)
{
	struct record r = { 0 };
	enum judge_why why;

	*pid = 0;
	if (!has_facts(o))
		return JUDGE_UNKNOWN;
	if (o->kind == IPC_SHM && o->v[F_NATTCH] > 0) {
		ipc_set(o, F_ORPHAN, IPC_ORPHAN_NO);
		return JUDGE_ATTACHED;
	}
	look(j);
	if (!j->sees_own || !records_ours(j, o))
		return JUDGE_UNKNOWN;
	ask_all(j, &r, o);
	why = in_use(j, o, &r, pid);
	if (why == JUDGE_UNKNOWN)
		return why;
	if (why != JUDGE_GONE) {
		ipc_set(o, F_ORPHAN, IPC_ORPHAN_NO);
		return why;
	}
	why = doubt(j, o, &r, pid);
	ipc_set(o, F_ORPHAN, why == JUDGE_GONE ? IPC_ORPHAN_YES : IPC_ORPHAN_MAYBE);
	return why;
}
