/* SPDX-License-Identifier: 0BSD */
/* The command line of ipcmk: options, operands and their valid combinations. */
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "ipcmk/ipcmk.h"
#include "kernel/names.h"
#include "kernel/totals.h"
#include "parse/parse.h"

struct ipcmk_args {
	struct applet_args applet;
	unsigned queue, mqueue, psem, exist_ok, noreserve, lock, musl, output;
	const char *shmem, *semaphore, *pshm, *name, *mode, *key, *print_key;
	const char *max_messages, *message_size, *owner, *value, *hugetlb;
};

/* Parse "V,V,..." into values, unless NULL; *n counts them.  0, -EINVAL, or -ERANGE above L_SEMVMX. */
static int read_values(const char *s, uint16_t *values, size_t *n)
{
	uint64_t value = 0;

	for (*n = 0;; s++) {
		int got = parse_digits(s, strlen(s), 10, &value);

		if (got == 0)
			return -EINVAL;
		if (got < 0 || value > limits[L_SEMVMX].fixed)
			return -ERANGE;
		if (values != NULL)
			values[*n] = (uint16_t)value;
		++*n;
		s += got;
		if (*s != ',')
			return *s == '\0' ? 0 : -EINVAL;
	}
}

/* True for permissions: octal with a leading 0, three octal digits, or symbolic. */
static bool is_mode(const char *s)
{
	size_t digits = strspn(s, "01234567");
	unsigned mode;

	if (s[digits] == '\0' && digits > 0)
		return digits == 3 || (*s == '0' && digits > 1);
	return (*s < '0' || *s > '9') && parse_mode(s, APPLET_MODE, &mode) == 0;
}

/*
 * True if the first operand is the capacity of a queue: a decimal number without a leading 0.  Three
 * octal digits could also be a mode; sets *unclear then, unless the mode is given elsewhere.
 */
static bool is_capacity(const struct ipcmk_args *a, char **operands, bool *unclear)
{
	const char *s = operands[0];
	size_t digits = strspn(s, "0123456789");
	bool mode_elsewhere = a->mode != NULL;

	if (digits == 0 || s[digits] != '\0' || *s == '0')
		return false;
	while (!mode_elsewhere && *++operands != NULL)
		mode_elsewhere = is_mode(*operands);
	*unclear = digits == 3 && is_mode(s) && !mode_elsewhere;
	return true;
}

/* Refuse an operand that is not a key, and numeric keys, which look like modes or sizes. */
static int check_key_operand(const struct world *w, const char *s)
{
	struct key key;
	int rc = key_parse(s, &key);

	if (rc == -EINVAL)
		applet_say(w, 0, "'", s, "' is not a mode or a key", NULL);
	else if (rc == 0 && key.form == KEY_NUMBER && key.value != 0)
		applet_say(w, 0, "'", s, "' is not a mode; use -k ", s, " for a key", NULL);
	else
		return 0;
	return 1;
}

/* Store each operand as the option that it stands for. */
static int take_operands(const struct world *w, struct ipcmk_args *a, char **operands)
{
	bool unclear = false;

	if (a->queue && a->max_messages == NULL && *operands != NULL && is_capacity(a, operands, &unclear)) {
		if (unclear) {
			applet_say(w, 0, "'", *operands, "' is ambiguous after -Q: write 0", *operands,
				   " for a mode, --max-messages ", *operands, " for a capacity", NULL);
			return 1;
		}
		a->max_messages = *operands++;
	}
	for (; *operands != NULL; operands++) {
		bool is_key = !is_mode(*operands);
		const char **at = is_key ? &a->key : &a->mode;

		if (is_key && check_key_operand(w, *operands) != 0)
			return 1;
		if (*at != NULL) {
			applet_say(w, 0, "more than one ", is_key ? "key" : "mode", ": '", *operands, "'", NULL);
			return 1;
		}
		*at = *operands;
	}
	return 0;
}

static bool any_posix(const struct ipcmk_args *a)
{
	return a->pshm != NULL || a->mqueue || a->psem;
}

/* Facts for ipcmk_rules. */
enum {
	SEGMENT = 1, SETS = 2, QUEUE = 4, POSIX_QUEUE = 8, POSIX_SEMAPHORE = 16, SYSV = 32, POSIX = 64, NAME = 128,
	KEY = 256, MESSAGES = 512, MESSAGE_SIZE = 1024, VALUE = 2048, MUSL = 4096, OF_SEGMENT = 8192,
	EXIST_OK = 16384, PRINT_KEY = 32768, ATTRIBUTE = 65536, IDS = 131072, JSON = 262144,
};

const struct rule ipcmk_rules[] = {
	{ PRINT_KEY, 0, ~(uint32_t)PRINT_KEY, NULL },
	{ MESSAGES, QUEUE | POSIX_QUEUE, 0, NULL },
	{ MESSAGE_SIZE, QUEUE | POSIX_QUEUE, 0, NULL },
	{ MESSAGE_SIZE | QUEUE, MESSAGES, 0, "--message-size needs --max-messages" },
	{ VALUE, SETS | POSIX_SEMAPHORE, 0, NULL },
	{ MUSL, POSIX_SEMAPHORE, 0, NULL },
	{ NAME, POSIX, 0, NULL },
	{ KEY, SYSV | PRINT_KEY, 0, "a key applies only to System V objects (-M, -Q, -S)" },
	{ OF_SEGMENT, SEGMENT, 0, NULL },
	{ EXIST_OK, KEY | NAME, 0, NULL },
	{ EXIST_OK | SYSV, KEY, 0, "--exist-ok needs a key" },
	{ IDS, 0, JSON, NULL },
	{ 0, 0, 0, NULL },
};

/* Check options and operands, which can give a key or a number of messages as well, against the rules. */
static int check_company(const struct world *w, const struct ipcmk_args *a)
{
	uint32_t facts = 0;

	if (a->key != NULL)
		facts |= KEY;
	if (a->max_messages != NULL)
		facts |= MESSAGES;
	return applet_check(w, &a->applet.given, facts);
}

static void set_all(struct ipcmk_plan *plan, unsigned field, uint32_t value)
{
	for (enum ipc_kind kind = 0; kind < IPC_NKINDS; kind++)
		ipc_set(&plan->jobs[kind].new.row, field, value);
}

/* owner: "USER[:GROUP]", by name or number, or NULL. */
static int plan_owner(const struct world *w, const char *owner, struct ipcmk_plan *plan)
{
	char user[256];
	size_t len;
	uint32_t id;

	if (owner == NULL)
		return 0;
	len = strcspn(owner, ":");
	if (len >= sizeof user)
		return applet_wrong(w, "--owner", owner, "no such user");
	memcpy(user, owner, len);
	user[len] = '\0';
	if (names_id(NAME_USER, user, &id) < 0)
		return applet_wrong(w, "--owner", owner, "no such user");
	set_all(plan, F_UID, id);
	if (owner[len] == '\0')
		return 0;
	if (names_id(NAME_GROUP, owner + len + 1, &id) < 0)
		return applet_wrong(w, "--owner", owner, "no such group");
	set_all(plan, F_GID, id);
	return 0;
}

static int count_messages(const struct world *w, const struct ipcmk_args *a, uint64_t *messages)
{
	return applet_number(w, "--max-messages", a->max_messages, 1, INT_MAX, messages);
}

/* Parse --message-size, up to `most`; `limit` is its name, or "".  Returns 1 after an error message. */
static int parse_message_size(const struct world *w, const char *arg, uint64_t most, const char *limit,
			      uint64_t *size)
{
	char digits[OUT_DIGITS];

	if (parse_size(arg, size) == 0 && *size > 0 && *size <= most)
		return 0;
	applet_say(w, 0, "--message-size '", arg, "': not a size from 1 to ", out_decimal(digits, most), limit,
		   NULL);
	return 1;
}

/* Set both sizes of a POSIX queue; 0 stands for the kernel's default. */
static int plan_mqueue(const struct world *w, const struct ipcmk_args *a, struct ipc_obj *queue)
{
	uint64_t messages = 0, size = 0;

	if (a->max_messages != NULL && count_messages(w, a, &messages) != 0)
		return 1;
	if (a->message_size != NULL && parse_message_size(w, a->message_size, INT_MAX, "", &size) != 0)
		return 1;
	ipc_set(queue, F_MAXMSG, (int64_t)messages);
	ipc_set(queue, F_MSGSIZE, (int64_t)size);
	return 0;
}

static int plan_posix(const struct world *w, const struct ipcmk_args *a, struct ipcmk_plan *plan)
{
	struct ipc_obj *queue = &plan->jobs[IPC_PMSG].new.row, *sem = &plan->jobs[IPC_PSEM].new.row;
	uint64_t size = 0, value = 0;
	int rc;

	for (enum ipc_kind kind = 0; kind < IPC_NKINDS; kind++)
		if (plan->jobs[kind].wanted && ipc_kinds[kind].named &&
		    applet_posix_name(w, kind, a->name, &plan->jobs[kind].new.row.t[T_NAME]) != 0)
			return 1;
	if (a->pshm != NULL && !object_may_have_name(IPC_PSHM, plan->jobs[IPC_PSHM].new.row.t[T_NAME]))
		return applet_wrong(w, "--name", a->name, "names that begin with sem. are reserved for semaphores");
	if (a->pshm != NULL && (rc = parse_size(a->pshm, &size)) < 0)
		return applet_bad(w, "size", a->pshm, rc, "Invalid argument");
	if (a->psem && a->value != NULL && applet_number(w, "--value", a->value, 0, INT_MAX, &value) != 0)
		return 1;
	ipc_set(&plan->jobs[IPC_PSHM].new.row, F_SIZE, (int64_t)size);
	ipc_set(sem, F_SEMVAL, (int64_t)value);
	ipc_set(sem, F_LIBC, a->musl ? IPC_MUSL : IPC_GLIBC);
	return a->mqueue ? plan_mqueue(w, a, queue) : 0;
}

/* The size of a System V queue's messages: as given, or the largest that needs no privilege. */
static int plan_message_size(const struct world *w, const struct ipcmk_args *a, uint64_t messages,
			     uint64_t *size)
{
	struct limit_values limit;
	const char *where;
	char digits[OUT_DIGITS];
	uint64_t msgmax, msgmnb;
	int rc = totals_limits(w->sys, IPC_MSG, &limit, &where);

	if (rc < 0)
		return applet_cannot(w, IPC_MSG, where, rc);
	msgmax = (uint64_t)limit.v[L_MSGMAX];
	msgmnb = (uint64_t)limit.v[L_MSGMNB];
	if (a->message_size != NULL)
		return parse_message_size(w, a->message_size, msgmax, " (kernel.msgmax)", size);
	if (messages > msgmnb) {
		applet_say(w, 0, a->max_messages, " messages exceed the limit of ",
			   out_decimal(digits, msgmnb), " bytes (kernel.msgmnb)", NULL);
		return 1;
	}
	*size = msgmnb / messages < msgmax ? msgmnb / messages : msgmax;
	/* The kernel queues no more messages than the capacity has bytes, even if they are empty. */
	if (*size == 0)
		*size = 1;
	return 0;
}

static int plan_capacity(const struct world *w, const struct ipcmk_args *a, struct ipcmk_plan *plan)
{
	uint64_t messages = 0, size = 0;

	if (!a->queue || a->max_messages == NULL)
		return 0;
	if (count_messages(w, a, &messages) != 0 || plan_message_size(w, a, messages, &size) != 0)
		return 1;
	if (messages > LONG_MAX / size)
		return applet_wrong(w, "--max-messages", a->max_messages, "too many messages of this size");
	ipc_set(&plan->jobs[IPC_MSG].new.row, F_QBYTES, (int64_t)(messages * size));
	return 0;
}

static int plan_flags(const struct world *w, const struct ipcmk_args *a, struct object_new *new)
{
	static const struct { const char *name; int flags; } pages[] = {
		{ "", OBJECT_HUGETLB },
		{ "2M", OBJECT_HUGETLB | 21 << OBJECT_HUGE_SHIFT },
		{ "1G", OBJECT_HUGETLB | 30 << OBJECT_HUGE_SHIFT },
	};
	size_t i = 0;

	new->flags = a->noreserve ? OBJECT_NORESERVE : 0;
	new->lock = a->lock;
	if (a->hugetlb == NULL)
		return 0;
	while (i < sizeof pages / sizeof *pages && strcmp(pages[i].name, a->hugetlb) != 0)
		i++;
	if (i == sizeof pages / sizeof *pages)
		return applet_wrong(w, "--hugetlb", a->hugetlb, "not 2M or 1G");
	new->flags |= pages[i].flags;
	return 0;
}

static int plan_key(const struct world *w, const struct ipcmk_args *a, struct ipcmk_plan *plan)
{
	const char *arg = a->print_key ? a->print_key : a->key;
	struct key key;

	if (arg == NULL)
		return 0;
	if (applet_key(w, a->print_key ? "--print-key" : "--key", arg, &key) != 0)
		return 1;
	if (key.value == 0 && key.form != KEY_PRIVATE)
		return applet_wrong(w, a->print_key ? "--print-key" : "--key", arg,
				    "write private for an object without a key");
	if (key.form == KEY_PRIVATE && a->exist_ok) {
		applet_say(w, 0, "--exist-ok needs a key other than private", NULL);
		return 1;
	}
	if (key.form == KEY_NAME)
		plan->name = key.text;
	plan->key = key.value;
	for (enum ipc_kind kind = 0; kind < IPC_NKINDS; kind++)
		if (!ipc_kinds[kind].named)
			ipc_set(&plan->jobs[kind].new.row, F_KEY, key.value);
	return 0;
}

static int wrong_values(const struct world *w, const char *arg)
{
	char most[OUT_DIGITS];

	applet_say(w, 0, "--value '", arg, strchr(arg, ',') ? "': not a list of numbers" : "': not a number",
		   " from 0 to ", out_decimal(most, limits[L_SEMVMX].fixed), NULL);
	return 1;
}

/* Set the initial values of a set's semaphores, allocated in mem. */
static int plan_values(const struct world *w, const struct ipcmk_args *a, struct mem *mem,
		       struct object_new *new)
{
	const uint64_t nsems = (uint64_t)new->row.v[F_NSEMS];
	char digits[2][OUT_DIGITS];
	uint16_t *values;
	size_t n;

	if (a->semaphore == NULL || a->value == NULL)
		return 0;
	if (read_values(a->value, NULL, &n) < 0)
		return wrong_values(w, a->value);
	if (n != 1 && n != nsems) {
		applet_say(w, 0, "--value '", a->value, "': ", out_decimal(digits[0], n), " values for ",
			   out_decimal(digits[1], nsems), nsems == 1 ? " semaphore" : " semaphores", NULL);
		return 1;
	}
	values = mem_take(mem, n * sizeof *values);
	if (values == NULL) {
		applet_say(w, -ENOMEM, "cannot store the values", NULL);
		return 1;
	}
	read_values(a->value, values, &new->nvalues);
	new->values = values;
	return 0;
}

static int plan_sizes(const struct world *w, const struct ipcmk_args *a, struct ipcmk_plan *plan)
{
	unsigned mode = APPLET_MODE;
	uint64_t bytes = 0;
	int rc, nsems = 0;

	if (a->shmem != NULL && (rc = parse_size(a->shmem, &bytes)) < 0)
		return applet_bad(w, "size", a->shmem, rc, "Invalid argument");
	if (a->semaphore != NULL && applet_int(w, "elements", a->semaphore, &nsems) != 0)
		return 1;
	if (a->mode != NULL && (rc = parse_mode(a->mode, APPLET_MODE, &mode)) < 0)
		return applet_bad(w, "mode", a->mode, rc, "not octal or symbolic permissions");
	ipc_set(&plan->jobs[IPC_SHM].new.row, F_SIZE, (int64_t)bytes);
	ipc_set(&plan->jobs[IPC_SEM].new.row, F_NSEMS, nsems);
	set_all(plan, F_MODE, mode);
	return 0;
}

static void begin(const struct ipcmk_args *a, struct ipcmk_plan *plan)
{
	const struct { bool wanted; const char *text; } kinds[IPC_NKINDS] = {
		[IPC_SHM] = { a->shmem != NULL, a->shmem },
		[IPC_MSG] = { a->queue, NULL },
		[IPC_SEM] = { a->semaphore != NULL, a->semaphore },
		[IPC_PSHM] = { a->pshm != NULL, a->pshm },
		[IPC_PMSG] = { a->mqueue, NULL },
		[IPC_PSEM] = { a->psem, NULL },
	};

	*plan = (struct ipcmk_plan){ .exist_ok = a->exist_ok, .output = a->output,
				     .print_key = a->print_key != NULL, .posix_name = a->name };
	for (enum ipc_kind kind = 0; kind < IPC_NKINDS; kind++) {
		plan->jobs[kind] = (struct ipcmk_job){ .wanted = kinds[kind].wanted, .text = kinds[kind].text,
						       .made = { .id = -1, .fd = -1 } };
		ipc_clear(&plan->jobs[kind].new.row, kind);
	}
}

/* Report that a POSIX kind needs a name, with the System V kind that may be meant instead. */
static int name_missing(const struct world *w, const struct ipcmk_args *a)
{
	return applet_usage(w, a->pshm != NULL ? "name is required for POSIX IPC: "
		"-m makes POSIX shared memory and needs -n NAME; System V is -M"
		: a->mqueue ? "name is required for POSIX IPC: "
		"-q makes a POSIX message queue and needs -n NAME; System V is -Q"
		: "name is required for POSIX IPC: "
		"-s makes a POSIX semaphore and needs -n NAME; System V is -S");
}

/* Check the command line as a whole.  Returns 1 after an error message, else 0. */
static int check_line(const struct world *w, struct ipcmk_args *a, char **operands)
{
	bool any = a->shmem != NULL || a->semaphore != NULL || a->queue || any_posix(a);

	if (a->print_key != NULL)
		return *operands != NULL ? applet_operand(w, *operands) : check_company(w, a);
	if (!any)
		return applet_usage(w, "bad usage");
	if (any_posix(a) && a->name == NULL)
		return name_missing(w, a);
	return take_operands(w, a, operands) != 0 || check_company(w, a) != 0;
}

int ipcmk_plan(const struct world *w, int argc, char **argv, struct mem *mem, struct ipcmk_plan *plan)
{
	struct ipcmk_args a = { 0 };
	int first = applet_parse(w, argc, argv, &a.applet);

	if (first <= 0)
		return first;
	if (check_line(w, &a, argv + first) != 0)
		return -1;
	begin(&a, plan);
	if (plan_sizes(w, &a, plan) != 0 || plan_values(w, &a, mem, &plan->jobs[IPC_SEM].new) != 0 ||
	    plan_flags(w, &a, &plan->jobs[IPC_SHM].new) != 0 || plan_key(w, &a, plan) != 0 ||
	    plan_owner(w, a.owner, plan) != 0 || plan_capacity(w, &a, plan) != 0 || plan_posix(w, &a, plan) != 0)
		return -1;
	return 1;
}

#define AT(member) OPT_AT(ipcmk_args, member)

#define FACTS(facts) 0, 0, facts

const struct opt ipcmk_opts[] = {
	OPTION('M', "shmem", "SIZE", "create a shared memory segment of SIZE bytes",
	       OPT_STRING | OPT_OLD | OPT_DAILY, AT(shmem), 0, FACTS(SEGMENT | SYSV)),
	OPTION('S', "semaphore", "NUMBER", "create a set of NUMBER semaphores",
	       OPT_STRING | OPT_OLD | OPT_DAILY, AT(semaphore), 0, FACTS(SETS | SYSV)),
	OPTION('Q', "queue", NULL, "create a message queue", OPT_BIT | OPT_OLD | OPT_DAILY, AT(queue), 1,
	       FACTS(QUEUE | SYSV)),
	OPTION('m', "posix-shmem", "SIZE", "create POSIX shared memory of SIZE bytes",
	       OPT_STRING | OPT_DAILY, AT(pshm), 0, FACTS(POSIX)),
	OPTION('s', "posix-semaphore", NULL, "create a POSIX semaphore", OPT_BIT | OPT_DAILY, AT(psem), 1,
	       FACTS(POSIX_SEMAPHORE | POSIX)),
	OPTION('q', "posix-mqueue", NULL, "create a POSIX message queue", OPT_BIT | OPT_DAILY, AT(mqueue), 1,
	       FACTS(POSIX_QUEUE | POSIX)),
	OPTION('n', "name", "NAME", "name of the POSIX objects", OPT_STRING | OPT_OLD | OPT_DAILY, AT(name), 0,
	       FACTS(NAME)),
	OPTION('p', "mode", "MODE", "permissions: 0644 (default), u=rw,g=r, rw-r-----",
	       OPT_STRING | OPT_OLD | OPT_DAILY, AT(mode), 0, FACTS(ATTRIBUTE)),
	OPTION(0, "owner", "USER[:GROUP]", "owner and group, by name or number", OPT_STRING, AT(owner), 0,
	       FACTS(ATTRIBUTE)),
	OPTION_TEXT("Keys:"),
	OPTION('k', "key", "KEY", "use this key, not a random one", OPT_STRING | OPT_DAILY, AT(key), 0, FACTS(KEY)),
	OPTION(0, "exist-ok", NULL, "use an existing object if it is as requested",
	       OPT_BIT | OPT_DAILY, AT(exist_ok), 1, FACTS(EXIST_OK)),
	OPTION(0, "print-key", "KEY", "print the number of this key, create nothing", OPT_STRING, AT(print_key), 0,
	       FACTS(PRINT_KEY)),
	OPTION_TEXT("Shared memory:"),
	OPTION(0, "hugetlb", "[=2M|1G]", "use huge pages", OPT_STRING, AT(hugetlb), 0, FACTS(OF_SEGMENT)),
	OPTION(0, "noreserve", NULL, "do not reserve swap space", OPT_BIT, AT(noreserve), 1, FACTS(OF_SEGMENT)),
	OPTION(0, "lock", NULL, "lock the segment in memory", OPT_BIT, AT(lock), 1, FACTS(OF_SEGMENT)),
	OPTION_TEXT("Queues and semaphores:"),
	OPTION(0, "max-messages", "N", "make room for N messages", OPT_STRING, AT(max_messages), 0, FACTS(MESSAGES)),
	OPTION(0, "message-size", "BYTES", "maximum size of a message (default: what fits)", OPT_STRING,
	       AT(message_size), 0, FACTS(MESSAGE_SIZE)),
	OPTION(0, "value", "V[,V...]", "set all semaphores to V, or each to its own", OPT_STRING, AT(value), 0,
	       FACTS(VALUE)),
	OPTION(0, "musl", NULL, "create the POSIX semaphore for musl programs", OPT_BIT, AT(musl), 1,
	       FACTS(MUSL)),
	OPTION_TEXT("Output:"),
	OPTION(0, "id-only", NULL, "print only IDs, one per line", OPT_SET, AT(output), IPCMK_IDS, FACTS(IDS)),
	OPTION('J', "json", NULL, "print the new objects as JSON", OPT_SET | OPT_DAILY, AT(output), IPCMK_JSON,
	       FACTS(JSON)),
	OPTION_TEXT("SIZE may have a suffix: K, M, G, T, P, E (KiB is the same, KB is 1000 bytes),\n"
	  "and then also a fraction: 1.5G.  The operands MODE and KEY are like -p and -k,\n"
	  "but a numeric KEY needs -k.  With -Q, a number as the first operand is the\n"
	  "capacity, as with --max-messages.  A KEY is a number, a NAME, name:TEXT,\n"
	  "ftok:PATH[:PROJ] or private."),
	APPLET_OPTIONS,
};
