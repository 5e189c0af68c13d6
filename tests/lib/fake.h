/* SPDX-License-Identifier: 0BSD */
/*
 * A kernel for tests: objects in an array, and calls that fail on request.  Criterion runs each test in a process of its
 * own, so it is a single global.
 */
#ifndef TESTS_FAKE_H
#define TESTS_FAKE_H

#include "applet.h"

enum { FAKE_OBJECTS = 4096, FAKE_MESSAGES = 8 };

/* The call that returns limits, beside enum ipc_op. */
enum { FAKE_LIMITS = OP_COUNT, FAKE_OPS };

struct fake_message {
	long type;				/* 0: there is none */
	size_t len;
	const char *text;
};

struct fake {
	struct ipc_obj at[IPC_NSYSV][FAKE_OBJECTS];	/* by index; have == 0: empty */
	struct limit_values limits[IPC_NSYSV];
	struct ipc_obj usage[IPC_NSYSV];
	uint16_t values[64];
	int fail[IPC_NSYSV][FAKE_OPS];		/* -errno for every such call */
	unsigned works[FAKE_OPS];		/* the number of calls, for all kinds, that work before that */
	int fail_at[IPC_NSYSV][FAKE_OBJECTS];	/* -errno for STAT calls of that index */
	int fail_get[IPC_NSYSV];
	bool rekey_on_stat;			/* an object loses its key when it is looked at by id */
	int exists;				/* the number of creations that find their key in use */
	int fail_values, fail_sem_set, fail_mq, fail_peek;	/* -errno */
	int sem_pid, sem_waiters;		/* the results of sem_get, if sem_told */
	bool sem_told;
	int fail_sem_get_after;			/* calls of sem_get that still work, -1: all */
	uint64_t seed;
	uint32_t user;				/* the caller */
	int alive[8];				/* the existing processes; 0: no process */
	int64_t now, booted;
	uint64_t capabilities;			/* ours, by their bits */
	int reaches;
	int self;				/* our process id */
	uint64_t first_pids;
	struct fake_message messages[FAKE_MESSAGES];	/* of each queue */
	const char *memory, *huge_memory;	/* files on the devices of segments; NULL: unavailable */
	unsigned huge;				/* log2 of its pages */
	const struct sys_wait *foreign;		/* calls of programs of the other word size, NULL: not known */
	void (*meanwhile)(void);		/* right before an object is looked at by its id */
	int vanish;				/* the number of objects that vanish after they are found by key */
	bool queues;				/* the kernel has POSIX queues: the files below /dev-mqueue */

	/* For inject.c. */
	int allocations;			/* the number that still succeed, -1: all */
	bool refuse_once;			/* after one has failed, allocations succeed again */
	unsigned refused;			/* the number of failed ones */
	struct {				/* the attributes of all regular files, except their sizes */
		uint32_t uid, gid;
		unsigned mode;
		int64_t atime, mtime, ctime;
	} file;
	unsigned chowns;			/* the last one sets the owner in `file` */
	int fail_chown;				/* -errno */
	uint64_t blocks, blocks_free;		/* of 4096 bytes, of all file systems */
	uint64_t msgqueue;			/* RLIMIT_MSGQUEUE */
	bool terminal;				/* standard input and output are one; then out is a file */
	int lines;				/* of it; 0: it has no size; -1: unknown */
	int columns;				/* of it; 0: unknown */
	const char *term;			/* TERM, or NULL */
	void (*drain)(int fd);			/* reads the output there, when the program waits for that */
	const char *answers;			/* the input typed there */
	bool (*tick)(unsigned n);		/* called at the end of each wait of --watch; true: continue */
	unsigned ticks;
	int interrupts;				/* the number of waits that are interrupted first */
	int signals[8];				/* they end the next waits early; 0 ends the list */
	int64_t seconds;			/* of the last wait */
	unsigned alarms;			/* the number of waits so far */

	unsigned calls[FAKE_OPS], gets, values_calls, sem_gets;
	uint32_t keys[1024];			/* of the successful creations */
	int flags[1024];
	unsigned nkeys;
};

extern struct fake fake;
extern const struct ipc_calls fake_calls;

/* Puts an object at an index, with id = index + 32768 * seq and the fields that every kind has. */
struct ipc_obj *fake_add(enum ipc_kind, int index, int seq);

/* True if the object with that ID exists. */
bool fake_has(enum ipc_kind, int id);
bool fake_gone(enum ipc_kind, int id);

/* Formats a text as printf(3) does; it is valid until the eighth call after this one. */
char *format(const char *form, ...);

/* Writes text to a file below the proc root of fake_run, which is a new folder. */
void fake_file(const char *path, const char *text);

/* Likewise for any bytes, and for a symbolic link. */
void fake_bytes(const char *path, const void *bytes, size_t n);
void fake_link(const char *path, const char *target);

/* Links `path`, such as /self/ns/pid, to the initial PID namespace. */
void fake_initial_pids(const char *path);

/* The proc root: the files written so far, or an empty folder. */
const char *fake_proc(void);

/* The fake kernel and the folder of fake_proc, with /dev/shm and /dev/mqueue below that. */
struct ipc_sys fake_sys(enum ipc_source);

/* Output kept in memory; if `fail` is set, its sink fails with that after `room` bytes. */
struct memory {
	struct out out;
	char buf[256];
	char text[1 << 18];
	size_t len;
	int fail;
	size_t room;
};

void memory_init(struct memory *);

/* The output so far, terminated. */
const char *memory_text(struct memory *);

struct ran {
	int status;
	const char *out, *err;
};

/* Runs an applet on the fake kernel and the fake proc root; the arguments end with NULL. */
struct ran fake_run(const struct applet *, ...);

/* Expects an applet to have exited with that status and exactly that output. */
void fake_expect(struct ran, int status, const char *out, const char *err);

/* The memory that fake_run writes standard output to. */
extern struct memory fake_out;

extern const struct applet ipcmk_applet, ipcrm_applet, ipcs_applet;

#endif
