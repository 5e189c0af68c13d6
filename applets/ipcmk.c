/* SPDX-License-Identifier: 0BSD */
#include "ipcmk.h"

#include <errno.h>

#include "diag.h"
#include "mem.h"

extern const struct applet ipcmk_applet;

/* In the order in which objects are made and told. */
static const struct {
	enum ipc_kind kind;
	const char *failed, *told;
} steps[] = {
	{ IPC_SHM, "create shared memory failed", "Shared memory id: " },
	{ IPC_PSHM, "create POSIX shared memory failed", "POSIX shared memory name: " },
	{ IPC_MSG, "create message queue failed", "Message queue id: " },
	{ IPC_PMSG, "create POSIX message queue failed", "POSIX message queue name: " },
	{ IPC_SEM, "create semaphore failed", "Semaphore id: " },
	{ IPC_PSEM, "create POSIX semaphore failed", "POSIX semaphore name: " },
};

enum { NSTEPS = sizeof steps / sizeof *steps };

/* What the kernel means by an error that says something else: shmget(2), msgget(2), semget(2), mq_open(3). */
static const struct {
	enum ipc_kind kind;
	int error;
	const char *hint;
} hints[] = {
	{ IPC_SHM, EINVAL, "the size must be at least 1 and at most the limit shmmax" },
	{ IPC_SHM, ENOSPC, "the limit shmmni or shmall is reached" },
	{ IPC_MSG, ENOSPC, "the limit msgmni is reached" },
	{ IPC_SEM, EINVAL, "the number must be at least 1 and at most the limit semmsl" },
	{ IPC_SEM, ENOSPC, "the limit semmni or semmns is reached" },
	{ IPC_PSHM, ENOENT, "there is no /dev/shm" },
	{ IPC_PSEM, ENOENT, "there is no /dev/shm" },
	{ IPC_PMSG, EINVAL, "the limit is fs.mqueue.msg_max or fs.mqueue.msgsize_max" },
	{ IPC_PMSG, EMFILE, "the limit is RLIMIT_MSGQUEUE or RLIMIT_NOFILE" },
	{ IPC_PMSG, ENOSPC, "the limit fs.mqueue.queues_max is reached" },
};

/* Says that a step failed; `what` is what was tried beyond making the object, or NULL. */
static int report(const struct world *w, size_t step, const struct ipcmk_job *job, const char *what, int rc)
{
	const char *hint = NULL;

	for (size_t i = 0; what == NULL && i < sizeof hints / sizeof *hints; i++)
		if (hints[i].kind == steps[step].kind && hints[i].error == -rc)
			hint = hints[i].hint;
	if (what != NULL)
		diag(w->err, ipcmk_applet.name, rc, steps[step].failed, ": ", what, NULL);
	else if (hint == NULL)
		diag(w->err, ipcmk_applet.name, rc, steps[step].failed, NULL);
	else if (job->text == NULL)
		diag(w->err, ipcmk_applet.name, 0, steps[step].failed, ": ", diag_reason(rc), " (", hint, ")",
		     NULL);
	else
		diag(w->err, ipcmk_applet.name, 0, steps[step].failed, ": ", diag_reason(rc), " ('", job->text,
		     "': ", hint, ")", NULL);
	return rc;
}

/* "0x000004d2", terminated. */
static const char *key_text(char buf[OUT_DIGITS], uint32_t key)
{
	char *end = buf + OUT_DIGITS - 1, *s;

	*end = '\0';
	for (s = out_number(end, key, 16); s > end - 8;)
		*--s = '0';
	*--s = 'x';
	*--s = '0';
	return s;
}

/* Says that a key is in use, by which object, and, if it would do but for its size, what it lacks. */
static int report_exists(const struct world *w, size_t step, const struct ipcmk_job *job, int id,
			 const char *lack)
{
	char key[OUT_DIGITS], digits[OUT_DIGITS];

	diag(w->err, ipcmk_applet.name, 0, steps[step].failed, ": ", diag_reason(-EEXIST), " (key ",
	     key_text(key, job->new.key), ", id ", out_decimal(digits, (uint64_t)id), lack, ")", NULL);
	return -EEXIST;
}

/* What an object that exists lacks of what was asked for, or "" if nothing. */
static const char *lacking(const struct ipcmk_plan *plan, const struct ipc_obj *o, uint64_t size)
{
	switch (o->kind) {
	case IPC_SHM:
		return ipc_has(o, F_SIZE) && (uint64_t)o->v[F_SIZE] >= size ? "" : ", which is smaller";
	case IPC_SEM:
		return ipc_has(o, F_NSEMS) && (uint64_t)o->v[F_NSEMS] >= size ? "" : ", which has fewer semaphores";
	default:
		if (!ipc_has(&plan->change, F_QBYTES))
			return "";
		return ipc_has(o, F_QBYTES) && o->v[F_QBYTES] >= plan->change.v[F_QBYTES]
			? "" : ", which holds fewer messages";
	}
}

/*
 * Makes the object, or takes the one that has its key, as the plan says.  One
 * that goes away between being met and being looked at is made after all.
 */
static int make_or_adopt(const struct world *w, const struct ipcmk_plan *plan, size_t step,
			 struct ipcmk_job *job)
{
	enum ipc_kind kind = steps[step].kind;
	/* Somebody who makes and removes the key all the time cannot win this often. */
	enum { TRIES = 1000 };
	int rc = -EEXIST, id, found;
	const char *where, *lack;
	struct ipc_obj o;

	for (int i = 0; i < TRIES; i++) {
		rc = sys_create(w->sys, kind, &job->new);
		if (rc >= 0)
			job->id = rc;
		if (rc != -EEXIST || !job->new.keyed)
			break;
		id = sys_lookup(w->sys, kind, job->new.key);
		if (id == -ENOENT || id == -EIDRM)
			continue;
		if (id < 0)
			return report(w, step, job, NULL, id);
		if (!plan->exist_ok)
			return report_exists(w, step, job, id, "");
		found = sys_stat(w->sys, kind, id, &o, &where);
		if (found == -EINVAL || found == -EIDRM)
			continue;
		if (found < 0)
			return report(w, step, job, "cannot look at the one that exists", found);
		lack = lacking(plan, &o, job->new.size);
		if (*lack != '\0')
			return report_exists(w, step, job, id, lack);
		job->id = id;
		job->adopted = true;
		return 0;
	}
	return rc < 0 ? report(w, step, job, NULL, rc) : 0;
}

/* The same for a POSIX object; one that exists is taken as it is. */
static int make_posix(const struct world *w, const struct ipcmk_plan *plan, size_t step,
		      struct ipcmk_job *job)
{
	enum ipc_kind kind = steps[step].kind;
	int rc = posix_make(w->sys, kind, plan->bare, &job->posix);
	const char *where;
	struct ipc_obj o;

	/* In /dev/shm the name may be a folder's, a link's or the other libc's: the kernel knows queues alone. */
	job->adopted = rc == -EEXIST && plan->exist_ok &&
		(kind == IPC_PMSG || posix_stat(w->sys, kind, plan->bare, &o, &where) == 0) &&
		(kind != IPC_PSEM || (o.v[F_LIBC] == IPC_MUSL) == job->posix.musl);
	if (rc < 0 && !job->adopted)
		return report(w, step, job, NULL, rc);
	job->id = 0;
	return 0;
}

static int set_values(const struct world *w, const struct ipcmk_plan *plan, const struct ipcmk_job *job)
{
	struct mem mem;
	uint16_t *values;
	int rc = -ENOMEM;

	mem_init(&mem);
	values = mem_take(&mem, (size_t)job->new.size * sizeof *values);
	if (values != NULL)
		rc = ipcmk_values(plan->values, job->new.size, values);
	if (rc == 0)
		rc = sys_sem_set(w->sys, job->id, values);
	mem_free(&mem);
	return rc;
}

/* Gives a new object all that its making could not; the owner last, for that may end our rights. */
static int configure(const struct world *w, const struct ipcmk_plan *plan, size_t step,
		     const struct ipcmk_job *job)
{
	enum ipc_kind kind = steps[step].kind;
	struct ipc_obj change = plan->change;
	int rc = 0;

	if (kind == IPC_SEM && plan->values != NULL && (rc = set_values(w, plan, job)) < 0)
		return report(w, step, job, "cannot set its values", rc);
	if (kind == IPC_SHM && plan->lock && (rc = sys_lock(w->sys, job->id)) < 0)
		return report(w, step, job, "cannot lock it", rc);
	if (kind != IPC_MSG)
		change.have &= ~(UINT64_C(1) << F_QBYTES);
	if (change.have == 0)
		return 0;
	rc = sys_set(w->sys, kind, job->id, &change);
	if (rc >= 0)
		return 0;
	if (rc == -EPERM && ipc_has(&change, F_QBYTES))
		return report(w, step, job,
			      "cannot make it hold so much (see the limit msgmnb, and --message-size)", rc);
	return report(w, step, job, "cannot set its owner or capacity", rc);
}

/* Removes what this run made, so that nothing stays that nobody was told of. */
static void undo(const struct world *w, const struct ipcmk_plan *plan)
{
	for (size_t i = 0; i < NSTEPS; i++) {
		const struct ipcmk_job *job = &plan->jobs[steps[i].kind];
		char digits[OUT_DIGITS];
		int rc;

		if (job->id < 0 || job->adopted)
			continue;
		if (steps[i].kind < IPC_NSYSV)
			rc = sys_remove(w->sys, steps[i].kind, job->id);
		else
			rc = posix_unmake(w->sys, steps[i].kind, plan->bare, &job->posix);
		if (rc < 0 && rc != -EINVAL && rc != -EIDRM && rc != -ENOENT)
			diag(w->err, ipcmk_applet.name, rc, "cannot remove again: ", steps[i].told,
			     steps[i].kind < IPC_NSYSV ? out_decimal(digits, (uint64_t)job->id) : plan->bare, NULL);
	}
}

static int make(const struct world *w, struct ipcmk_plan *plan)
{
	for (size_t i = 0; i < NSTEPS; i++) {
		struct ipcmk_job *job = &plan->jobs[steps[i].kind];
		int rc;

		if (!job->wanted)
			continue;
		if (steps[i].kind >= IPC_NSYSV)
			rc = make_posix(w, plan, i, job);
		else
			rc = make_or_adopt(w, plan, i, job);
		if (rc == 0 && !job->adopted && steps[i].kind < IPC_NSYSV)
			rc = configure(w, plan, i, job);
		if (rc < 0)
			return rc;
	}
	return 0;
}

/* ", "NAME": N", or null where it is not known. */
static void json_number(struct out *out, const char *name, const struct ipc_obj *o, unsigned field)
{
	out_text(out, ", \"");
	out_text(out, name);
	out_text(out, "\": ");
	if (ipc_has(o, field))
		out_dec(out, (uint64_t)o->v[field]);
	else
		out_text(out, "null");
}

/* What identifies an object. */
static void json_identity(const struct world *w, const struct ipcmk_plan *plan, size_t step)
{
	const struct ipcmk_job *job = &plan->jobs[steps[step].kind];
	char text[OUT_DIGITS];

	out_text(w->out, "\n  {\"kind\": \"");
	out_text(w->out, ipc_kind_names[steps[step].kind]);
	if (steps[step].kind < IPC_NSYSV) {
		out_text(w->out, "\", \"id\": ");
		out_dec(w->out, (uint64_t)job->id);
		out_text(w->out, ", \"key\": \"");
		out_text(w->out, key_text(text, job->new.key));
	}
	out_text(w->out, "\", \"name\": ");
	out_json(w->out, steps[step].kind < IPC_NSYSV ? plan->name : plan->bare);
}

/* One object as the kernel shows it after all is done. */
static void tell_json(const struct world *w, const struct ipcmk_plan *plan, size_t step)
{
	static const struct { enum ipc_kind kind; uint8_t field; const char *name; } members[] = {
		{ IPC_SHM, F_SIZE, "size" }, { IPC_MSG, F_QBYTES, "qbytes" }, { IPC_SEM, F_NSEMS, "nsems" },
		{ IPC_PSHM, F_SIZE, "size" }, { IPC_PMSG, F_MAXMSG, "max_messages" },
		{ IPC_PMSG, F_MSGSIZE, "message_size" }, { IPC_PSEM, F_SEMVAL, "value" },
	};
	enum ipc_kind kind = steps[step].kind;
	const struct ipcmk_job *job = &plan->jobs[kind];
	char text[OUT_DIGITS], *end = text + sizeof text - 1;
	const char *where;
	struct ipc_obj o;
	uint64_t mode;
	int rc;

	json_identity(w, plan, step);
	rc = kind < IPC_NSYSV ? sys_stat(w->sys, kind, job->id, &o, &where)
			      : posix_stat(w->sys, kind, plan->bare, &o, &where);
	if (rc < 0)
		ipc_clear(&o, kind);
	*end = '\0';
	mode = ipc_has(&o, F_MODE) ? (uint64_t)o.v[F_MODE] & IPC_PERMS : job->new.mode;
	out_text(w->out, ", \"mode\": \"0");
	out_text(w->out, out_number(end, mode, 8));
	out_char(w->out, '"');
	for (size_t i = 0; i < sizeof members / sizeof *members; i++)
		if (members[i].kind == kind)
			json_number(w->out, members[i].name, &o, members[i].field);
	json_number(w->out, "uid", &o, F_UID);
	json_number(w->out, "gid", &o, F_GID);
	out_char(w->out, '}');
}

/* The line of one object. */
static void tell_text(const struct world *w, const struct ipcmk_plan *plan, size_t step)
{
	char shown[1024];

	if (plan->output == IPCMK_TEXT)
		out_text(w->out, steps[step].told);
	if (steps[step].kind < IPC_NSYSV)
		out_dec(w->out, (uint64_t)plan->jobs[steps[step].kind].id);
	else
		out_bytes(w->out, shown, out_escape(shown, sizeof shown, plan->posix_name));
	out_char(w->out, '\n');
}

static int tell(const struct world *w, const struct ipcmk_plan *plan)
{
	const char *before = "[";

	for (size_t i = 0; i < NSTEPS; i++) {
		const struct ipcmk_job *job = &plan->jobs[steps[i].kind];

		if (job->id < 0)
			continue;
		if (plan->output != IPCMK_JSON) {
			tell_text(w, plan, i);
			continue;
		}
		out_text(w->out, before);
		tell_json(w, plan, i);
		before = ",";
	}
	if (plan->output == IPCMK_JSON)
		out_text(w->out, "\n]\n");
	return out_flush(w->out);
}

static int run(const struct world *w, int argc, char **argv)
{
	struct ipcmk_plan plan;
	char key[OUT_DIGITS];
	int rc = ipcmk_plan(w, argc, argv, &plan);

	if (rc <= 0)
		return -rc;
	if (plan.print_key) {
		out_text(w->out, key_text(key, plan.jobs[0].new.key));
		out_char(w->out, '\n');
		return 0;
	}
	if (make(w, &plan) < 0 || tell(w, &plan) < 0) {
		undo(w, &plan);
		return 1;
	}
	return 0;
}

const struct applet ipcmk_applet = {
	.name = "ipcmk",
	.synopsis = "[-M SIZE] [-S NUMBER] [-Q [N]] [OPTION...] [MODE] [KEY]\n"
		    "[-m SIZE] [-s] [-q] -n NAME [OPTION...] [MODE]\n--print-key KEY",
	.what = "Make shared memory, message queues and semaphores, of System V and POSIX.",
	.opts = ipcmk_opts,
	.run = run,
	.whole = true,
};
