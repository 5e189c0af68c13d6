/* SPDX-License-Identifier: 0BSD */
#include "ipcmk.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "diag.h"
#include "mem.h"

extern const struct applet ipcmk_applet;

/* In the order in which objects are created and reported. */
static const struct {
	enum ipc_kind kind;
	const char *failed, *told, *noun;
} steps[] = {
	{ IPC_SHM, "create shared memory failed", "Shared memory id: ", "shared memory id " },
	{ IPC_PSHM, "create POSIX shared memory failed", "POSIX shared memory name: ", "POSIX shared memory '" },
	{ IPC_MSG, "create message queue failed", "Message queue id: ", "message queue id " },
	{ IPC_PMSG, "create POSIX message queue failed", "POSIX message queue name: ", "POSIX message queue '" },
	{ IPC_SEM, "create semaphore failed", "Semaphore id: ", "semaphore id " },
	{ IPC_PSEM, "create POSIX semaphore failed", "POSIX semaphore name: ", "POSIX semaphore '" },
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

/* Says that the key or the name is in use, and by which object. */
static int report_exists(const struct world *w, const struct ipcmk_plan *plan, size_t step,
			 const struct ipc_obj *o, const struct ipcmk_lack *lack)
{
	static const struct ipcmk_lack none = { "", "", "", "", { "" } };
	char key[OUT_DIGITS], id[OUT_DIGITS];
	bool sysv = steps[step].kind < IPC_NSYSV;

	if (lack == NULL)
		lack = &none;
	diag(w->err, ipcmk_applet.name, 0, steps[step].failed, ": ", diag_reason(-EEXIST), " (",
	     sysv ? "key " : "name '", sysv ? key_text(key, plan->jobs[o->kind].new.key) : plan->bare,
	     sysv ? ", id " : "'", sysv ? out_decimal(id, (uint64_t)o->v[F_ID]) : "",
	     lack == &none ? "" : ": its ", lack->name, lack == &none ? "" : " is ", lack->is, lack->relation,
	     lack->asked, ")", NULL);
	return -EEXIST;
}

/* The fields of a System V object that are set after it has been created, as a bitmap. */
static uint64_t later(const struct ipcmk_plan *plan, enum ipc_kind kind)
{
	return plan->change.have & ~(kind != IPC_MSG ? UINT64_C(1) << F_QBYTES : 0);
}

/* Whether a System V object is not complete yet when it has been created. */
static bool is_staged(const struct ipcmk_plan *plan, enum ipc_kind kind)
{
	return later(plan, kind) != 0 || (kind == IPC_SEM && plan->values != NULL) ||
		(kind == IPC_SHM && plan->lock);
}

/* Creates an object that must not exist yet, and notes that it is there; 0 or -errno. */
static int create(const struct world *w, const struct ipcmk_plan *plan, enum ipc_kind kind,
		  struct ipcmk_job *job)
{
	struct sys_new new = job->new;
	int rc;

	if (kind >= IPC_NSYSV) {
		rc = job->fd = posix_make(w->sys, kind, plan->bare, &job->posix);
		job->id = rc < 0 ? -1 : 0;
		return rc < 0 ? rc : 0;
	}
	if (is_staged(plan, kind))
		new.mode = SYS_MAKING;
	rc = sys_create(w->sys, kind, &new);
	if (rc < 0)
		return rc;
	job->new.key = new.key;
	job->id = rc;
	return 0;
}

/* Whether another run of ipcmk, or so it seems, has not yet completed an object. */
static bool is_in_the_making(const struct ipc_obj *o)
{
	return ipc_has(o, F_MODE) && (o->v[F_MODE] & IPC_PERMS) == (o->kind < IPC_NSYSV ? SYS_MAKING : POSIX_MAKING);
}

/*
 * Takes the object that exists, if the plan allows that: 0, 1 if it is gone or, for those
 * who are patient, will be complete in a moment, or an error that has been reported.
 */
static int adopt(const struct world *w, const struct ipcmk_plan *plan, size_t step, struct ipcmk_job *job,
		 bool patient)
{
	struct ipcmk_lack lack;
	struct ipc_obj o;
	int rc = ipcmk_look(w, plan, steps[step].kind, &o);

	if (rc == -ENOENT)
		return 1;
	if (rc == -EEXIST)
		return report(w, step, job, NULL, rc);
	if (rc < 0)
		return report(w, step, job, "cannot look at the one that exists", rc);
	if (!plan->exist_ok)
		return report_exists(w, plan, step, &o, NULL);
	if (!ipcmk_fits(w, plan, &o, &lack)) {
		if (!patient || !is_in_the_making(&o))
			return report_exists(w, plan, step, &o, &lack);
		poll(NULL, 0, 1);
		return 1;
	}
	job->id = o.kind < IPC_NSYSV ? (int)o.v[F_ID] : 0;
	job->adopted = true;
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

/* Completes a new System V object: its owner and mode last, for until then nobody should use it. */
static int configure(const struct world *w, const struct ipcmk_plan *plan, size_t step,
		     const struct ipcmk_job *job)
{
	enum ipc_kind kind = steps[step].kind;
	struct ipc_obj change;
	int rc = 0;

	if (!is_staged(plan, kind))
		return 0;
	if (kind == IPC_SEM && plan->values != NULL && (rc = set_values(w, plan, job)) < 0)
		return report(w, step, job, "cannot set its values", rc);
	if (kind == IPC_SHM && plan->lock && (rc = sys_lock(w->sys, job->id)) < 0)
		return report(w, step, job, "cannot lock it", rc);
	change = plan->change;
	change.have = later(plan, kind);
	ipc_set(&change, F_MODE, job->new.mode);
	rc = sys_set(w->sys, kind, job->id, &change);
	if (rc >= 0)
		return 0;
	if (rc == -EPERM && ipc_has(&change, F_QBYTES))
		return report(w, step, job,
			      "cannot make it hold so much (see the limit msgmnb, and --message-size)", rc);
	return report(w, step, job, "cannot set its owner, mode or capacity", rc);
}

static int complete(const struct world *w, const struct ipcmk_plan *plan, size_t step,
		    const struct ipcmk_job *job)
{
	int rc;

	if (steps[step].kind < IPC_NSYSV)
		return configure(w, plan, step, job);
	rc = posix_finish(steps[step].kind, job->fd, &job->posix);
	return rc < 0 ? report(w, step, job, NULL, rc) : 0;
}

/*
 * Creates an object, or takes the one that exists, as the plan says.  One that goes
 * away between being met and being looked at is created after all.
 */
static int make_or_adopt(const struct world *w, const struct ipcmk_plan *plan, size_t step,
			 struct ipcmk_job *job)
{
	enum ipc_kind kind = steps[step].kind;
	/* Nobody creates and removes it all the time and wins this often, or takes so many milliseconds. */
	enum { TRIES = 1000 };
	bool found = kind < IPC_NSYSV ? job->new.keyed : plan->exist_ok;
	int rc = 1;

	for (int i = 0; rc == 1 && i < TRIES; i++) {
		rc = create(w, plan, kind, job);
		if (rc == 0)
			return complete(w, plan, step, job);
		if (rc != -EEXIST || !found)
			return report(w, step, job, NULL, rc);
		rc = adopt(w, plan, step, job, i + 1 < TRIES);
	}
	return rc == 1 ? report(w, step, job, NULL, -EEXIST) : rc;
}

/* Removes one object that this run has created, if it is there; 0 or -errno. */
static int unmake(const struct world *w, const struct ipcmk_plan *plan, enum ipc_kind kind)
{
	const struct ipcmk_job *job = &plan->jobs[kind];

	if (kind < IPC_NSYSV)
		return sys_unmake(w->sys, kind, job->id, job->new.key);
	return posix_unmake(w->sys, kind, plan->bare, &job->posix, job->fd);
}

/* Removes what this run has created, so that nothing stays that nobody was told of. */
static void undo(const struct world *w, const struct ipcmk_plan *plan)
{
	for (size_t i = 0; i < NSTEPS; i++) {
		enum ipc_kind kind = steps[i].kind;
		const struct ipcmk_job *job = &plan->jobs[kind];
		char digits[OUT_DIGITS];
		int rc;

		if (job->id < 0 || job->adopted)
			continue;
		rc = unmake(w, plan, kind);
		if (rc < 0)
			diag(w->err, ipcmk_applet.name, rc, "cannot remove ", steps[i].noun,
			     kind < IPC_NSYSV ? out_decimal(digits, (uint64_t)job->id) : plan->bare,
			     kind < IPC_NSYSV ? " again" : "' again", NULL);
	}
}

static int make(const struct world *w, struct ipcmk_plan *plan)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < NSTEPS; i++)
		if (plan->jobs[steps[i].kind].wanted)
			rc = make_or_adopt(w, plan, i, &plan->jobs[steps[i].kind]);
	return rc;
}

/* Closes what kept hold of the new POSIX objects. */
static void let_go(const struct ipcmk_plan *plan)
{
	for (enum ipc_kind kind = IPC_NSYSV; kind < IPC_NKINDS; kind++)
		if (plan->jobs[kind].fd >= 0)
			close(plan->jobs[kind].fd);
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
			      : posix_look(w->sys, kind, plan->bare, &o);
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
	out_text(w->out, job->adopted ? ", \"existed\": true}" : ", \"existed\": false}");
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
	if (w->out->sink == NULL) {
		diag(w->err, ipcmk_applet.name, 0, "standard output is closed", NULL);
		return 1;
	}
	rc = make(w, &plan);
	if (rc == 0)
		rc = tell(w, &plan);
	if (rc < 0)
		undo(w, &plan);
	let_go(&plan);
	return rc < 0;
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
