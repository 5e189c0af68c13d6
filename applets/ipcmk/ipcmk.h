/* SPDX-License-Identifier: 0BSD */
#ifndef APPLETS_IPCMK_H
#define APPLETS_IPCMK_H

#include "applet.h"
#include "kernel/create.h"

enum ipcmk_output { IPCMK_TEXT, IPCMK_IDS, IPCMK_JSON };

/* One object to create.  Arrays are indexed by kind. */
struct ipcmk_job {
	bool wanted;
	const char *text;	/* the size as given, or NULL */
	struct object_new new;
	struct object_made made;
	bool adopted;		/* it already existed, and undo leaves it */
};

/* A checked command line. */
struct ipcmk_plan {
	struct ipcmk_job jobs[IPC_NKINDS];
	const char *name;	/* of a key given as a name, or NULL */
	const char *posix_name;	/* as given */
	bool exist_ok;
	enum ipcmk_output output;
	bool print_key;		/* print key and create nothing */
	uint32_t key;
};

extern const struct opt ipcmk_opts[];
extern const struct rule ipcmk_rules[];

/* Fill in *plan, its values in mem.  Returns 1, or minus the exit status after --help or an error. */
int ipcmk_plan(const struct world *, int argc, char **argv, struct mem *mem, struct ipcmk_plan *plan);

/*
 * refused.c: report why an object could not be created, and return rc, which is -errno.  `what` is the
 * failed step, or NULL for the creation itself.
 */
int ipcmk_refused(const struct world *, const struct ipcmk_job *, const char *what, int rc);

/* existing.c */

/* Why an object does not fit: "its NAME is IS RELATION ASKED".  The strings may point into digits. */
struct ipcmk_lack {
	const char *name, *is, *relation, *asked;
	char digits[2][OUT_DIGITS];
};

/*
 * True if an existing object can be used as the new one: same owner, mode and, if requested, group; a
 * trusted creator; at least as large.  An unknown value does not fit.  If false, *lack says why.
 */
bool ipcmk_fits(const struct world *, const struct object_new *, const struct ipc_obj *o,
		struct ipcmk_lack *lack);

#endif
