/* SPDX-License-Identifier: 0BSD */
#include "ipcmk/ipcmk.h"

#include <errno.h>
#include <poll.h>

#include "show/diag.h"
#include "show/printer.h"
#include "base/mem.h"

/* The order in which objects are created and reported. */
static const enum ipc_kind order[] = { IPC_SHM, IPC_PSHM, IPC_MSG, IPC_PMSG, IPC_SEM, IPC_PSEM };

enum { ORDERED = sizeof order / sizeof *order };

/* Format a key as "0x000004d2", in buf. */
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

/* Report that the key or name is in use.  lack: why that object cannot be reused, or NULL. */
static int report_exists(const struct world *w, const struct ipcmk_plan *plan, enum ipc_kind kind,
			 const struct ipc_obj *o, const struct ipcmk_lack *lack)
{
	static const struct ipcmk_lack none = { "", "", "", "", { "" } };
	char key[OUT_DIGITS], id[OUT_DIGITS];
	const struct ipcmk_job *job = &plan->jobs[kind];
	bool named = ipc_kinds[kind].named;

	if (lack == NULL)
		lack = &none;
	applet_say(w, 0, "create ", ipc_kinds[kind].noun, " failed: ", diag_reason(-EEXIST), " (",
		   named ? "name '" : "key ",
		   named ? job->new.row.t[T_NAME] : key_text(key, (uint32_t)job->new.row.v[F_KEY]),
		   named ? "'" : ", id ", named ? "" : out_decimal(id, (uint64_t)o->v[F_ID]),
		   lack == &none ? "" : ": its ", lack->name, lack == &none ? "" : " is ", lack->is,
		   lack->relation, lack->asked, ")", NULL);
	return -EEXIST;
}

/*
 * Reuse the existing object, if the plan allows.  Returns 0; an error that has been reported; or 1 to
 * retry, because the object is gone or, if patient, still incomplete.
 */
static int adopt(const struct world *w, const struct ipcmk_plan *plan, enum ipc_kind kind,
		 struct ipcmk_job *job, bool patient)
{
	struct ipcmk_lack lack;
	struct ipc_obj o;
	int rc = object_in_the_way(w->sys, &job->new, &o);

	if (rc == -ENOENT)
		return 1;
	if (rc == -EEXIST)
		return ipcmk_refused(w, job, NULL, rc);
	if (rc < 0)
		return ipcmk_refused(w, job, "cannot examine the existing object", rc);
	if (!plan->exist_ok)
		return report_exists(w, plan, kind, &o, NULL);
	if (!ipcmk_fits(w, &job->new, &o, &lack)) {
		if (!patient || !object_is_in_the_making(&o))
			return report_exists(w, plan, kind, &o, &lack);
		poll(NULL, 0, 1);
		return 1;
	}
	job->made.id = ipc_has(&o, F_ID) ? (int)o.v[F_ID] : 0;
	job->made.key = (uint32_t)job->new.row.v[F_KEY];
	job->adopted = true;
	return 0;
}

static int complete(const struct world *w, const struct ipcmk_job *job)
{
	const char *what;
	int rc = object_finish(w->sys, &job->new, &job->made, &what);

	return rc < 0 ? ipcmk_refused(w, job, what, rc) : 0;
}

/* Create or reuse an object.  If an existing one vanishes before it is checked, create it after all. */
static int make_or_adopt(const struct world *w, const struct ipcmk_plan *plan, enum ipc_kind kind,
			 struct ipcmk_job *job)
{
	/* No other program wins the race this often, or takes this many milliseconds to complete an object. */
	enum { TRIES = 1000 };
	bool found = ipc_kinds[kind].named ? plan->exist_ok : ipc_has(&job->new.row, F_KEY);
	int rc = 1;

	for (int i = 0; rc == 1 && i < TRIES; i++) {
		rc = object_create(w->sys, &job->new, &job->made);
		if (rc == 0)
			return complete(w, job);
		if (rc != -EEXIST || !found)
			return ipcmk_refused(w, job, NULL, rc);
		rc = adopt(w, plan, kind, job, i + 1 < TRIES);
	}
	return rc == 1 ? ipcmk_refused(w, job, NULL, -EEXIST) : rc;
}

/* Remove the objects that this run created, so that none remains unreported. */
static void undo(const struct world *w, const struct ipcmk_plan *plan)
{
	for (size_t i = 0; i < ORDERED; i++) {
		enum ipc_kind kind = order[i];
		const struct ipcmk_job *job = &plan->jobs[kind];
		char digits[OUT_DIGITS];
		int rc;

		if (job->made.id < 0 || job->adopted)
			continue;
		rc = object_undo(w->sys, &job->new, &job->made);
		if (rc < 0)
			applet_say(w, rc, "cannot undo the creation of ", ipc_kinds[kind].noun,
				   ipc_kinds[kind].named ? " '" : " id ",
				   ipc_kinds[kind].named ? job->new.row.t[T_NAME] : out_decimal(digits, (uint64_t)job->made.id),
				   ipc_kinds[kind].named ? "'" : "", NULL);
	}
}

static int make(const struct world *w, struct ipcmk_plan *plan)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < ORDERED; i++)
		if (plan->jobs[order[i]].wanted)
			rc = make_or_adopt(w, plan, order[i], &plan->jobs[order[i]]);
	return rc;
}

static void let_go(struct ipcmk_plan *plan)
{
	for (enum ipc_kind kind = 0; kind < IPC_NKINDS; kind++)
		object_release(&plan->jobs[kind].made);
}

/* Print one object as the kernel shows it after its creation. */
static void tell_json(const struct world *w, const struct ipcmk_plan *plan, enum ipc_kind kind,
		      struct printer *p)
{
	static const uint8_t members[] = {
		COL_ID, COL_KEY, COL_ANY_NAME, COL_MODE, COL_UID, COL_GID, COL_SIZE, COL_QBYTES, COL_NSEMS,
		COL_MAXMSG, COL_MSGSIZE, COL_SVAL, COL_LIBC, COL_EXISTED,
	};
	const struct ipcmk_job *job = &plan->jobs[kind];
	uint8_t chosen[sizeof members];
	struct list list = { .member = ipc_kinds[kind].member, .columns = chosen };
	struct ipc_obj o;

	for (size_t i = 0; i < sizeof members; i++)
		if (columns[members[i]].kinds >> kind & 1)
			chosen[list.n++] = members[i];
	if (object_stat_made(w->sys, &job->new, &job->made, &o) < 0)
		ipc_clear(&o, kind);
	if (!ipc_kinds[kind].named) {
		ipc_set(&o, F_ID, job->made.id);
		ipc_set(&o, F_KEY, job->made.key);
	}
	if (!ipc_has(&o, F_MODE))
		ipc_set(&o, F_MODE, job->new.row.v[F_MODE]);
	ipc_set(&o, F_EXISTED, job->adopted);
	o.t[T_NAME] = ipc_kinds[kind].named ? job->new.row.t[T_NAME] : plan->name;
	printer_begin(p, &list);
	printer_row(p, &o);
	printer_end(p, true);
}

static void tell_text(const struct world *w, const struct ipcmk_plan *plan, enum ipc_kind kind)
{
	char shown[1024];

	if (plan->output == IPCMK_TEXT) {
		const struct ipc_kind_words *words = &ipc_kinds[kind];

		/* Capitalize the first word. */
		out_char(w->out, (char)(*words->noun & ~('a' - 'A')));
		out_text(w->out, words->noun + 1);
		out_char(w->out, ' ');
		out_text(w->out, words->by);
		out_text(w->out, ": ");
	}
	if (ipc_kinds[kind].named)
		out_bytes(w->out, shown, out_escape(shown, sizeof shown, plan->posix_name));
	else
		out_dec(w->out, (uint64_t)plan->jobs[kind].made.id);
	out_char(w->out, '\n');
}

static int tell(const struct world *w, const struct ipcmk_plan *plan)
{
	struct printer p = { .ops = &printer_json, .out = w->out };

	if (plan->output == IPCMK_JSON)
		printer_open(&p);
	for (size_t i = 0; i < ORDERED; i++) {
		if (plan->jobs[order[i]].made.id < 0)
			continue;
		if (plan->output == IPCMK_JSON)
			tell_json(w, plan, order[i], &p);
		else
			tell_text(w, plan, order[i]);
	}
	if (plan->output == IPCMK_JSON)
		printer_close(&p, true);
	return out_flush(w->out);
}

static int act(const struct world *w, struct ipcmk_plan *plan)
{
	char key[OUT_DIGITS];
	int rc;

	if (plan->print_key) {
		out_text(w->out, key_text(key, plan->key));
		out_char(w->out, '\n');
		return 0;
	}
	if (w->out->sink == NULL) {
		applet_say(w, 0, "standard output is closed", NULL);
		return 1;
	}
	rc = make(w, plan);
	if (rc == 0)
		rc = tell(w, plan);
	if (rc < 0)
		undo(w, plan);
	let_go(plan);
	return rc < 0;
}

static int run(const struct world *w, int argc, char **argv)
{
	struct ipcmk_plan plan;
	struct mem mem;
	int rc;

	mem_init(&mem);
	rc = ipcmk_plan(w, argc, argv, &mem, &plan);
	rc = rc <= 0 ? -rc : act(w, &plan);
	mem_free(&mem);
	return rc;
}

const struct applet ipcmk_applet = {
	.name = "ipcmk",
	.synopsis = "[-M SIZE] [-S NUMBER] [-Q [N]] [OPTION...] [MODE] [KEY]\n"
		    "[-m SIZE] [-s] [-q] -n NAME [OPTION...] [MODE]\n--print-key KEY",
	.what = "Create System V and POSIX shared memory, message queues, and semaphores.",
	.more = "'ipcmk --help=all' lists all options and explains SIZE, MODE and KEY.",
	.opts = ipcmk_opts,
	.rules = ipcmk_rules,
	.run = run,
	.whole = true,
};
