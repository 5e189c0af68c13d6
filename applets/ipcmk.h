/* SPDX-License-Identifier: 0BSD */
#ifndef APPLETS_IPCMK_H
#define APPLETS_IPCMK_H

#include "applet.h"

enum ipcmk_output { IPCMK_TEXT, IPCMK_IDS, IPCMK_JSON };

/* One object to make.  Arrays of them go by kind. */
struct ipcmk_job {
	bool wanted;
	const char *text;	/* the size as given; NULL for a queue */
	struct sys_new new;	/* System V */
	struct posix_new posix;
	int id;			/* -1: not there yet; of a POSIX object 0 */
	int fd;			/* of a POSIX object that this run has created, else -1 */
	bool adopted;		/* it was there before, and stays whatever happens */
};

/* A checked command line. */
struct ipcmk_plan {
	struct ipcmk_job jobs[IPC_NKINDS];
	const char *name;	/* the key as a name, or NULL */
	const char *posix_name, *bare;	/* as given, and without its slash */
	bool exist_ok, lock;
	const char *values;	/* of the semaphores, checked; NULL: as they are */
	struct ipc_obj change;	/* owner, group and capacity to set, for those that have one */
	enum ipcmk_output output;
	bool print_key;		/* nothing is made: jobs[0].new.key is the answer */
};

extern const struct opt ipcmk_opts[];

/*
 * The plan for a command line: 1 with *plan filled in, else minus the exit status
 * after saying what is wrong, or after --help.
 */
int ipcmk_plan(const struct world *, int argc, char **argv, struct ipcmk_plan *plan);

/*
 * "V" for all of n semaphores or "V,V,..." with one for each, into values unless
 * that is NULL.  0, -EINVAL, -ERANGE above SEMVMX, or -E2BIG for another count.
 */
int ipcmk_values(const char *s, uint64_t n, uint16_t *values);

/*
 * The object that has the key or the name of the one to create: 0 with *o filled in,
 * -ENOENT if it is gone, -EEXIST if the name leads to no object of the kind, or the
 * error of looking.
 */
int ipcmk_look(const struct world *, const struct ipcmk_plan *, enum ipc_kind, struct ipc_obj *o);

/* Why an object does not fit: "its NAME is IS RELATION ASKED".  Lives as long as its digits. */
struct ipcmk_lack {
	const char *name, *is, *relation, *asked;
	char digits[2][OUT_DIGITS];
};

/*
 * Whether an object may stand for the one to create: same owner, mode and, if asked for,
 * group, a creator who cannot harm, and at least as large.  What is not known does not
 * fit.  If it does not fit, *lack says why.
 */
bool ipcmk_fits(const struct world *, const struct ipcmk_plan *, const struct ipc_obj *o,
		struct ipcmk_lack *lack);

#endif
