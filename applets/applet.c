/* SPDX-License-Identifier: 0BSD */
/* What every applet does alike. */
#include "applet.h"

#include <errno.h>
#include <limits.h>
#include <stddef.h>

#include "diag.h"
#include "names.h"
#include "parse.h"
#include "usage.h"

int applet_parse(const struct world *w, const struct applet *a, int argc, char **argv, void *args)
{
	const unsigned *standard = args;
	struct opt_fault fault;
	int first = opt_parse(a->opts, &(struct opt_line){ argc, argv, w->posix }, args, &fault);

	if (first < 0) {
		usage_fault(w->err, a->name, a->opts, &fault);
		return -1;
	}
	if (*standard & APPLET_HELP) {
		usage_help(w->out, a->name, a->synopsis, a->what, a->opts);
		return 0;
	}
	if (*standard & APPLET_VERSION) {
		usage_version(w->out, a->name);
		return 0;
	}
	return first;
}

int applet_posix_name(const struct world *w, const struct applet *a, enum ipc_kind kind, const char *arg,
		      const char **bare)
{
	/* A semaphore's file has four bytes more than its name (sem_overview(7)). */
	int rc = parse_posix_name(arg, kind == IPC_PSEM ? NAME_MAX - 4 : NAME_MAX, bare);

	if (rc == -ENAMETOOLONG)
		diag(w->err, a->name, 0, "name `", arg, "' too long", NULL);
	else if (rc < 0)
		applet_bad(w, a, "name", arg, rc, "not the name of a POSIX object");
	return rc < 0;
}

const char *applet_name(void *names, bool group, uint32_t id)
{
	return names_get(names, group ? NAME_GROUP : NAME_USER, id);
}

int applet_usage(const struct world *w, const struct applet *a, const char *what)
{
	diag(w->err, a->name, 0, what, NULL);
	diag_try(w->err, a->name);
	return 1;
}

int applet_operand(const struct world *w, const struct applet *a, const char *operand)
{
	diag(w->err, a->name, 0, "unknown argument: ", operand, NULL);
	diag_try(w->err, a->name);
	return 1;
}

int applet_key(const struct world *w, const struct applet *a, const char *what, const char *arg,
	       struct key *key)
{
	int rc = key_parse(arg, key);

	if (rc < 0)
		return applet_bad(w, a, what, arg, rc, "not a key");
	rc = sys_key(w->sys, key);
	if (rc < 0) {
		diag(w->err, a->name, rc, "cannot make a key of '", arg, "'", NULL);
		return 1;
	}
	return 0;
}

int applet_bad(const struct world *w, const struct applet *a, const char *what, const char *arg, int rc,
	       const char *form)
{
	diag(w->err, a->name, 0, "failed to parse ", what, ": '", arg, "': ",
	     rc == -EINVAL ? form : diag_reason(rc), NULL);
	return 1;
}

/* Whether a file could be opened, but not read. */
static bool is_of_contents(int rc)
{
	return rc == -EBADMSG || rc == -EIO || rc == -EISDIR;
}

int applet_cannot(const struct world *w, const struct applet *a, enum ipc_kind kind, const char *where,
		  int rc)
{
	static const char *const facilities[IPC_NKINDS] = {
		[IPC_MSG] = "message queues",
		[IPC_SHM] = "shared memory",
		[IPC_SEM] = "semaphores",
		[IPC_PMSG] = "POSIX message queues",
		[IPC_PSHM] = "POSIX shared memory",
		[IPC_PSEM] = "POSIX semaphores",
	};

	if (rc == -ENOSYS)
		diag(w->err, a->name, 0, "kernel not configured for ", facilities[kind], NULL);
	else if (rc == -ENODEV)
		diag(w->err, a->name, 0, "POSIX message queues cannot be listed: mount an mqueue file system on ",
		     where, NULL);
	else if (rc == -EXDEV)
		diag(w->err, a->name, 0, "POSIX message queues cannot be listed: ", where,
		     " belongs to another IPC namespace", NULL);
	else if (kind >= IPC_NSYSV)
		diag(w->err, a->name, rc, "cannot open ", where, NULL);
	else if (*where == '/')
		diag(w->err, a->name, rc, is_of_contents(rc) ? "cannot read " : "cannot open ", w->sys->proc,
		     where, NULL);
	else
		diag(w->err, a->name, rc, facilities[kind], ": ", where, " failed", NULL);
	return 1;
}

int applet_left_out(const struct world *w, const struct applet *a, enum ipc_kind kind, uint64_t n,
		    const char *what, int rc)
{
	static const char *const names[IPC_NKINDS] = {
		[IPC_MSG] = " message queues not ",
		[IPC_SHM] = " shared memory segments not ",
		[IPC_SEM] = " semaphore sets not ",
		[IPC_PMSG] = " POSIX message queues not ",
		[IPC_PSHM] = " POSIX shared memory segments not ",
		[IPC_PSEM] = " POSIX semaphores not ",
	};
	char digits[OUT_DIGITS];

	diag(w->err, a->name, rc, out_decimal(digits, n), names[kind], what, NULL);
	return 1;
}
