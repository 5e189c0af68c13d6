/* SPDX-License-Identifier: 0BSD */
#include <errno.h>
#include <limits.h>
#include <stddef.h>

#include "applet.h"
#include "diag.h"
#include "parse.h"

extern const struct applet ipcmk_applet;

enum { DEFAULT_MODE = 0644 };

struct ipcmk_args {
	unsigned standard;
	unsigned queue;
	const char *shmem, *semaphore, *mode;
};

/* One object to make: of which size, and its id once it is there.  Arrays of them go by kind. */
struct job {
	bool wanted;
	const char *text;	/* the size as given */
	uint64_t size;
	int id;			/* -1: not made */
};

/* In the order in which objects are made and told. */
static const struct {
	enum ipc_kind kind;
	const char *failed, *told;
} steps[] = {
	{ IPC_SHM, "create shared memory failed", "Shared memory id: " },
	{ IPC_MSG, "create message queue failed", "Message queue id: " },
	{ IPC_SEM, "create semaphore failed", "Semaphore id: " },
};

enum { NSTEPS = sizeof steps / sizeof *steps };

/* What the kernel means by an error that says something else: shmget(2), msgget(2), semget(2). */
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
};

static void report(const struct world *w, size_t step, const struct job *job, int rc)
{
	const char *hint = NULL;

	for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
		if (hints[i].kind == steps[step].kind && hints[i].error == -rc)
			hint = hints[i].hint;
	if (hint == NULL)
		diag(w->err, ipcmk_applet.name, rc, steps[step].failed, NULL);
	else if (job->text == NULL)
		diag(w->err, ipcmk_applet.name, 0, steps[step].failed, ": ", diag_reason(rc), " (", hint, ")",
		     NULL);
	else
		diag(w->err, ipcmk_applet.name, 0, steps[step].failed, ": ", diag_reason(rc), " ('", job->text,
		     "': ", hint, ")", NULL);
}

/* Removes what this run made, so that nothing stays that nobody was told of. */
static void undo(const struct world *w, struct job *jobs)
{
	for (size_t i = 0; i < NSTEPS; i++) {
		char digits[OUT_DIGITS];
		int rc, id = jobs[steps[i].kind].id;

		if (id < 0)
			continue;
		rc = sys_remove(w->sys, steps[i].kind, id);
		if (rc < 0 && rc != -EINVAL && rc != -EIDRM)
			diag(w->err, ipcmk_applet.name, rc, "cannot remove again: ", steps[i].told,
			     out_decimal(digits, (uint64_t)id), NULL);
	}
}

static int make(const struct world *w, struct job *jobs, unsigned mode)
{
	for (size_t i = 0; i < NSTEPS; i++) {
		struct job *job = &jobs[steps[i].kind];
		int rc;

		if (!job->wanted)
			continue;
		rc = sys_create(w->sys, steps[i].kind, job->size, mode);
		if (rc < 0) {
			report(w, i, job, rc);
			return rc;
		}
		job->id = rc;
	}
	return 0;
}

static int tell(const struct world *w, const struct job *jobs)
{
	for (size_t i = 0; i < NSTEPS; i++) {
		int id = jobs[steps[i].kind].id;

		if (id < 0)
			continue;
		out_text(w->out, steps[i].told);
		out_dec(w->out, (uint64_t)id);
		out_char(w->out, '\n');
	}
	return out_flush(w->out);
}

/* 0, or 1 after saying what is wrong. */
static int check(const struct world *w, const struct ipcmk_args *a, struct job *jobs, unsigned *mode)
{
	int rc;

	if (a->shmem == NULL && a->semaphore == NULL && !a->queue) {
		diag(w->err, ipcmk_applet.name, 0, "bad usage", NULL);
		diag_try(w->err, ipcmk_applet.name);
		return 1;
	}
	if (a->shmem != NULL && (rc = parse_size(a->shmem, &jobs[IPC_SHM].size)) < 0)
		return applet_bad(w, &ipcmk_applet, "size", a->shmem, rc, "Invalid argument");
	if (a->semaphore != NULL && (rc = parse_number(a->semaphore, INT_MAX, &jobs[IPC_SEM].size)) < 0)
		return applet_bad(w, &ipcmk_applet, "elements", a->semaphore, rc, "not a decimal number");
	if (a->mode != NULL && (rc = parse_mode(a->mode, DEFAULT_MODE, mode)) < 0)
		return applet_bad(w, &ipcmk_applet, "mode", a->mode, rc, "not octal or symbolic permissions");
	return 0;
}

static int run(const struct world *w, int argc, char **argv)
{
	struct ipcmk_args a = { 0 };
	unsigned mode = DEFAULT_MODE;
	int first = applet_parse(w, &ipcmk_applet, argc, argv, &a);
	struct job jobs[IPC_NKINDS] = {
		[IPC_SHM] = { a.shmem != NULL, a.shmem, 0, -1 },
		[IPC_MSG] = { a.queue != 0, NULL, 0, -1 },
		[IPC_SEM] = { a.semaphore != NULL, a.semaphore, 0, -1 },
	};

	if (first <= 0)
		return -first;
	if (first < argc)
		return applet_operand(w, &ipcmk_applet, argv[first]);
	if (check(w, &a, jobs, &mode) != 0)
		return 1;
	if (make(w, jobs, mode) < 0 || tell(w, jobs) < 0) {
		undo(w, jobs);
		return 1;
	}
	return 0;
}

#define AT(member) OPT_AT(ipcmk_args, member)

static const struct opt opts[] = {
	{ 'M', "shmem", "SIZE", "make a shared memory segment of SIZE bytes", OPT_STRING, AT(shmem), 0 },
	{ 'S', "semaphore", "NUMBER", "make a set of NUMBER semaphores", OPT_STRING, AT(semaphore), 0 },
	{ 'Q', "queue", NULL, "make a message queue", OPT_BIT, AT(queue), 1 },
	{ 'p', "mode", "MODE", "permissions: 0644 (default), u=rw,g=r, rw-r-----", OPT_STRING, AT(mode), 0 },
	{ 0, NULL, NULL, "SIZE takes a suffix: K, M, G, T, P, E (KiB: the same; KB: 1000),\n"
	  "and with one a fraction: 1.5G.", OPT_BIT, 0, 0 },
	APPLET_OPTIONS,
};

const struct applet ipcmk_applet = {
	.name = "ipcmk",
	.synopsis = "[-M SIZE] [-S NUMBER] [-Q] [-p MODE]",
	.what = "Make System V shared memory segments, message queues and semaphore sets.",
	.opts = opts,
	.run = run,
	.whole = true,
};
