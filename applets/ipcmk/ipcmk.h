/* SPDX-License-Identifier: 0BSD */
#ifndef APPLETS_IPCMK_H
#define APPLETS_IPCMK_H

#include "applet.h"
#include "kernel/create.h"

enum ipcmk_output { IPCMK_TEXT, IPCMK_IDS, IPCMK_JSON };

/* One object to make.  Arrays of them go by kind. */
struct ipcmk_job {
	bool wanted;
	const char *text;	/* the size as given; NULL for a queue */
	struct object_new new;
	struct object_made made;
	bool adopted;		/* it was there before, and stays whatever happens */
};

/* A checked command line. */
struct ipcmk_plan {
	struct ipcmk_job jobs[IPC_NKINDS];
	const char *name;	/* the key as a name, or NULL */
	const char *posix_name;	/* as given */
	bool exist_ok;
	enum ipcmk_output output;
	bool print_key;		/* nothing is made: this is the answer */
	uint32_t key;
};

extern const struct opt ipcmk_opts[];
extern const struct rule ipcmk_rules[];

/*
 * The plan for a command line, what it needs in mem: 1 with *plan filled in, else minus the exit
 * status after saying what is wrong, or after --help.
 */
int ipcmk_plan(const struct world *, int argc, char **argv, struct mem *mem, struct ipcmk_plan *plan);

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
bool ipcmk_fits(const struct world *, const struct object_new *, const struct ipc_obj *o,
		struct ipcmk_lack *lack);

#endif
