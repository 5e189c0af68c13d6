/* SPDX-License-Identifier: 0BSD */
/* Explains why an object could not be created: the value given, the limit and its name. */
#include <errno.h>
#include <sys/auxv.h>

#include "ipcmk/ipcmk.h"
#include "kernel/proc.h"
#include "kernel/totals.h"
#include "show/diag.h"

enum { REASON = 320 };

/* The text is empty if the error needs no explanation. */
struct refusal {
	const struct world *w;
	const struct ipcmk_job *job;
	const struct ipc_obj *row;
	struct limit_values limit;	/* of the kind, read only after an error */
	struct out text;
	bool whole;			/* the text is a message of its own, not the reason of a failed creation */
};

static void add(struct refusal *r, const char *text)
{
	out_text(&r->text, text);
}

static void add_number(struct refusal *r, int64_t n)
{
	out_dec(&r->text, (uint64_t)n);
}

/* "1 page", "2 pages" */
static void add_count(struct refusal *r, int64_t n, const char *unit)
{
	add_number(r, n);
	add(r, " ");
	add(r, unit);
	add(r, n == 1 ? "" : "s");
}

/* "kernel.shmmax", or "kernel.sem SEMMSL" where one file holds several limits. */
static void add_name(struct refusal *r, enum limit_id id)
{
	const struct limit *l = &limits[id];

	for (const char *s = l->sysctl + strlen("/sys/"); *s != '\0'; s++)
		out_char(&r->text, *s == '/' ? '.' : *s);
	if (l->words > 1) {
		add(r, " ");
		add(r, l->name);
	}
}

/* "the limit of 4096 segments (kernel.shmmni)", or "the limit kernel.shmmni" if its value is unknown. */
static void add_limit(struct refusal *r, enum limit_id id, const char *unit)
{
	bool known = limit_has(&r->limit, id);

	add(r, known ? "the limit of " : "the limit ");
	if (known) {
		add_count(r, r->limit.v[id], unit);
		add(r, " (");
	}
	add_name(r, id);
	add(r, known ? ")" : "");
}

/* A limit of the number of objects, or of the pages or semaphores in all of them. */
struct total {
	enum limit_id id;
	const char *unit;
};

/* The pages or semaphores that the new object adds, or 1 for the object itself. */
static uint64_t amount(const struct refusal *r, enum limit_id id)
{
	uint64_t page = getauxval(AT_PAGESZ), size = (uint64_t)r->row->v[F_SIZE];

	if (id == L_SHMALL)
		return size / page + (size % page != 0);
	return id == L_SEMMNS ? (uint64_t)r->row->v[F_NSEMS] : 1;
}

/* True if the new object stays within a limit.  An unknown limit or usage may be the reason. */
static bool has_room(const struct refusal *r, enum limit_id id, const struct ipc_obj *usage)
{
	uint64_t limit, used;

	if (!limit_has(&r->limit, id) || !ipc_has(usage, limits[id].used))
		return false;
	limit = (uint64_t)r->limit.v[id];
	used = (uint64_t)usage->v[limits[id].used];
	return used <= limit && amount(r, id) <= limit - used;
}

/* "12 semaphores in total exceed the limit of 10 (kernel.sem SEMMNS)", if that is known. */
static void add_excess(struct refusal *r, const struct total *t, const struct ipc_obj *usage)
{
	uint64_t n = (uint64_t)usage->v[limits[t->id].used] + amount(r, t->id);

	if (!limit_has(&r->limit, t->id) || !ipc_has(usage, limits[t->id].used)) {
		add_limit(r, t->id, t->unit);
		add(r, " is reached");
		return;
	}
	add_count(r, (int64_t)n, t->unit);
	add(r, n == 1 ? " in total exceeds the limit of " : " in total exceed the limit of ");
	add_number(r, r->limit.v[t->id]);
	add(r, " (");
	add_name(r, t->id);
	add(r, ")");
}

/* A full table: shmget(2), msgget(2), semget(2), mq_open(3). */
static void no_room(struct refusal *r)
{
	static const struct total totals[IPC_NKINDS][2] = {
		[IPC_SHM] = { { L_SHMMNI, "segment" }, { L_SHMALL, "page" } },
		[IPC_MSG] = { { L_MSGMNI, "queue" } },
		[IPC_SEM] = { { L_SEMMNI, "set" }, { L_SEMMNS, "semaphore" } },
		[IPC_PMSG] = { { L_QUEUES_MAX, "queue" } },
	};
	const struct total *objects = totals[r->row->kind], *parts = objects + 1;
	bool objects_fit = false, parts_fit = false;
	struct ipc_obj usage;
	const char *where;

	if (objects->unit == NULL)
		return;
	/* If both have room, the usage has changed since the error. */
	if (parts->unit != NULL && totals_usage(r->w->sys, r->row->kind, &usage, &where) == 0) {
		objects_fit = has_room(r, objects->id, &usage);
		parts_fit = has_room(r, parts->id, &usage);
	}
	if (objects_fit && !parts_fit) {
		add_excess(r, parts, &usage);
		return;
	}
	add_limit(r, objects->id, objects->unit);
	if (parts->unit != NULL && objects_fit == parts_fit) {
		add(r, " or ");
		add_limit(r, parts->id, parts->unit);
	}
	add(r, " is reached");
}

/* A size of a segment or set that is not from 1 to its limit.  Returns false if it is. */
static bool is_out_of_range(struct refusal *r, uint8_t field, enum limit_id id, const char *what)
{
	uint64_t n = (uint64_t)r->row->v[field];

	if (n > 0 && limit_has(&r->limit, id) && n <= (uint64_t)r->limit.v[id])
		return false;
	add(r, "'");
	add(r, r->job->text);
	add(r, "' is not ");
	add(r, what);
	add(r, " from 1 to ");
	if (limit_has(&r->limit, id)) {
		add_number(r, r->limit.v[id]);
		add(r, " (");
		add_name(r, id);
		add(r, ")");
	} else {
		add(r, "the limit ");
		add_name(r, id);
	}
	return true;
}

/* Name the size that exceeds fs.mqueue.* or, if hard, the kernel's own limit.  Returns false if none does. */
static bool is_too_large(struct refusal *r, bool hard)
{
	static const struct {
		uint8_t field, limit;
		int64_t hard;
		const char *hard_name, *before, *unit;
	} sizes[] = {
		{ F_MAXMSG, L_MSG_MAX, 65536, "HARD_MSGMAX", "", " messages" },
		{ F_MSGSIZE, L_MSGSIZE_MAX, 16777216, "HARD_MSGSIZEMAX", "messages of ", " bytes" },
	};

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		int64_t n = r->row->v[sizes[i].field];

		if (hard ? n <= sizes[i].hard
			 : !limit_has(&r->limit, sizes[i].limit) || n <= r->limit.v[sizes[i].limit])
			continue;
		r->whole = true;
		add(r, sizes[i].before);
		add_number(r, n);
		add(r, sizes[i].unit);
		add(r, " exceed the limit of ");
		add_number(r, hard ? sizes[i].hard : r->limit.v[sizes[i].limit]);
		add(r, " (");
		if (hard)
			add(r, sizes[i].hard_name);
		else
			add_name(r, sizes[i].limit);
		add(r, ")");
		return true;
	}
	return false;
}

/* mq_overview(7): with CAP_SYS_RESOURCE, only the hard limits apply. */
static void too_large_a_queue(struct refusal *r)
{
	/* <linux/capability.h> */
	enum { RESOURCE = 24 };
	bool privileged = r->w->sys->calls->capable(RESOURCE) == 1;

	if (!is_too_large(r, privileged) && !is_too_large(r, !privileged))
		add(r, "the limit is fs.mqueue.msg_max or fs.mqueue.msgsize_max");
}

/* A size of a POSIX queue: as given, or the default; 0 if that is unknown. */
static int64_t size_of_queue(const struct refusal *r, uint8_t field)
{
	return r->row->v[field] != 0 ? r->row->v[field] : object_queue_default(&r->limit, field);
}

/* The kernel reports the limit of all queues of a user as too many open files. */
static void too_many_queues(struct refusal *r)
{
	int64_t messages = size_of_queue(r, F_MAXMSG);
	int64_t size = size_of_queue(r, F_MSGSIZE);

	if (!limit_has(&r->limit, L_MSGQUEUE)) {
		add(r, "the limit RLIMIT_NOFILE is reached");
		return;
	}
	r->whole = size > 0 && messages > r->limit.v[L_MSGQUEUE] / size;
	if (r->whole) {
		add_count(r, messages, "message");
		add(r, " of ");
		add_count(r, size, "byte");
		add(r, messages == 1 ? " exceeds " : " exceed ");
	}
	add(r, "the limit of ");
	add_number(r, r->limit.v[L_MSGQUEUE]);
	add(r, " bytes for all queues of a user (RLIMIT_MSGQUEUE)");
	add(r, r->whole ? "" : " or RLIMIT_NOFILE is reached");
}

/* shmget(2), /proc/sys/vm (Documentation/admin-guide/sysctl/vm.rst) */
static void no_huge_pages(struct refusal *r, int rc)
{
	uint64_t group;

	if (rc == -ENOMEM) {
		add(r, "not enough free huge pages");
		add(r, r->job->new.flags >> OBJECT_HUGE_SHIFT ? " of this size (/sys/kernel/mm/hugepages)"
		    : " (vm.nr_hugepages)");
	} else if (rc == -EINVAL) {
		add(r, "this kernel has no huge pages of this size");
	} else if (rc == -EPERM) {
		add(r, "huge pages need CAP_IPC_LOCK or membership in the group ");
		if (proc_numbers(r->w->sys, "/sys/vm/hugetlb_shm_group", &group, 1) == 0) {
			add_number(r, (int64_t)group);
			add(r, " (vm.hugetlb_shm_group)");
		} else {
			add(r, "vm.hugetlb_shm_group");
		}
	}
}

static void explain_segment(struct refusal *r, int rc)
{
	if (rc == -EINVAL && is_out_of_range(r, F_SIZE, L_SHMMAX, "a size"))
		return;
	if (rc == -ENOSPC)
		no_room(r);
	else if (r->job->new.flags & OBJECT_HUGETLB)
		no_huge_pages(r, rc);
}

static void explain_posix_queue(struct refusal *r, int rc)
{
	if (rc == -EINVAL)
		too_large_a_queue(r);
	else if (rc == -EMFILE)
		too_many_queues(r);
	else if (rc == -ENOSPC)
		no_room(r);
}

/* Explain the failure of the creation itself. */
static void explain(struct refusal *r, int rc)
{
	switch (r->row->kind) {
	case IPC_SHM:
		explain_segment(r, rc);
		break;
	case IPC_PMSG:
		explain_posix_queue(r, rc);
		break;
	case IPC_PSHM:
	case IPC_PSEM:
		if (rc == -ENOENT) {
			add(r, "there is no ");
			add(r, r->w->sys->shm);
		}
		break;
	default:
		if (rc == -ENOSPC)
			no_room(r);
		else if (rc == -EINVAL && r->row->kind == IPC_SEM)
			is_out_of_range(r, F_NSEMS, L_SEMMSL, "a number");
	}
}

/* Explain the failure of a later step: only the privileged may exceed the limit of a queue's capacity. */
static void explain_step(struct refusal *r, const char *what, int rc)
{
	const struct ipc_obj *o = r->row;

	if (rc != -EPERM || !ipc_has(o, F_QBYTES) || !limit_has(&r->limit, L_MSGMNB) ||
	    o->v[F_QBYTES] <= r->limit.v[L_MSGMNB]) {
		add(r, what);
		return;
	}
	add(r, "its capacity of ");
	add_number(r, o->v[F_QBYTES]);
	add(r, " bytes exceeds the limit of ");
	add_number(r, r->limit.v[L_MSGMNB]);
	add(r, " (");
	add_name(r, L_MSGMNB);
	add(r, ")");
}

int ipcmk_refused(const struct world *w, const struct ipcmk_job *job, const char *what, int rc)
{
	struct refusal r = { .w = w, .job = job, .row = &job->new.row };
	const char *where, *noun = ipc_kinds[r.row->kind].noun;
	char text[REASON];

	out_init(&r.text, -1, text, sizeof text);
	totals_limits(w->sys, r.row->kind, &r.limit, &where);
	if (what != NULL)
		explain_step(&r, what, rc);
	else
		explain(&r, rc);
	out_char(&r.text, '\0');
	if (r.whole)
		applet_say(w, 0, "queue '", r.row->t[T_NAME], "': ", text, NULL);
	else if (what != NULL)
		applet_say(w, rc, "create ", noun, " failed: ", text, NULL);
	else if (*text == '\0')
		applet_say(w, rc, "create ", noun, " failed", NULL);
	else
		applet_say(w, 0, "create ", noun, " failed: ", diag_reason(rc), ": ", text, NULL);
	return rc;
}
