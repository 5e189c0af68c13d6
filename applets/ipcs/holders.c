/* SPDX-License-Identifier: 0BSD */
/* The holders and waiters of objects. */
#include "ipcs/ipcs.h"

#include <errno.h>
#include <string.h>

#include "show/diag.h"
#include "kernel/process.h"
#include "kernel/holders.h"

enum { WAITED_ON = 1u << IPC_MSG | 1u << IPC_SEM, COMMAND = 1024 };

int ipcs_scan(const struct ipcs *s)
{
	unsigned kinds = s->kinds & ((s->attached ? ~(unsigned)WAITED_ON : 0) | (s->waiting ? WAITED_ON : 0));
	int rc;

	if (s->holders == NULL || kinds == 0)
		return 0;
	holders_free(s->holders);
	rc = holders_scan(s->holders, s->w->sys, kinds);
	if (rc == 0)
		return 0;
	/* A partial list would look complete. */
	holders_free(s->holders);
	applet_say(s->w, rc, "cannot scan the processes in ", s->w->sys->proc, NULL);
	return 1;
}

/* True if holders or waiters of this object were looked for and can be known. */
static bool known(const struct ipcs *s, const struct ipc_obj *o)
{
	bool waited = WAITED_ON >> o->kind & 1;

	return s->holders != NULL && s->holders->kinds >> o->kind & 1 && (!waited || s->holders->waits);
}

/* True if some holders or waiters are not visible: certain for a segment (nattch), else possible. */
static bool is_partial(const struct ipcs *s, const struct ipc_obj *o, const struct holder *first)
{
	if (o->kind == IPC_SHM && ipc_has(o, F_NATTCH))
		return (uint64_t)o->v[F_NATTCH] > holders_mappings(first);
	return s->holders->hidden[o->kind] > 0;
}

static const char *command_of(const struct ipcs *s, int pid, char buf[COMMAND])
{
	return process_command(s->w->sys, pid, INT64_MAX / 2, buf, COMMAND) > 0 ? buf : NULL;
}

/* Move *command to the base name in its first word.  Returns the length. */
static size_t short_name(const char **command)
{
	size_t len = strcspn(*command, " ");

	for (size_t i = len; i > 0; i--) {
		if ((*command)[i - 1] == '/') {
			*command += i;
			return len - i;
		}
	}
	return len;
}

/* Text that grows in a buffer; parts that do not fit are left out. */
struct words {
	char *buf;
	size_t size, len;
};

static bool add(struct words *l, const char *s, size_t n)
{
	if (n >= l->size - l->len)
		return false;
	memcpy(l->buf + l->len, s, n);
	l->len += n;
	l->buf[l->len] = '\0';
	return true;
}

static bool add_use(const struct ipcs *s, struct words *l, const struct holder *u)
{
	char digits[OUT_DIGITS], command[COMMAND];
	const char *pid = out_decimal(digits, (uint64_t)u->pid), *name = command_of(s, u->pid, command);
	size_t n = name ? short_name(&name) : 0;

	if (n + strlen(pid) + 64 > l->size - l->len)
		return false;
	if (l->len > 0)
		add(l, ",", 1);
	add(l, pid, strlen(pid));
	if (n > 0 && add(l, "(", 1) && add(l, name, n))
		add(l, ")", 1);
	return true;
}

static void add_note(struct words *l, const char *note)
{
	if (l->len > 0)
		add(l, ",", 1);
	add(l, note, strlen(note));
}

void ipcs_add_holders(const struct ipcs *s, struct ipc_obj *o, char *buf, size_t size)
{
	struct words l = { buf, size, 0 };
	const struct holder *first, *u;

	if (!known(s, o))
		return;
	*buf = '\0';
	first = u = holders_of(s->holders, o);
	while (u != NULL && add_use(s, &l, u))
		u = u->next;
	if (u != NULL)
		add_note(&l, "and more");
	else if (is_partial(s, o, first))
		add_note(&l, o->kind == IPC_SHM ? "others not visible" : "perhaps others");
	o->t[T_HOLDERS] = buf;
}

static const char *doing(const struct holder *u)
{
	if (u->how & HOLDER_MAPPED)
		return "mapped";
	if (u->how & HOLDER_OPEN)
		return "open";
	if (u->how & HOLDER_SENDS)
		return u->how & HOLDER_RECEIVES ? "sends, receives" : "sends";
	return u->how & HOLDER_RECEIVES ? "receives" : "operates";
}

static const uint8_t map_members[] = { COL_FROM, COL_TO, COL_RIGHTS, COL_RESIDENT };
static const struct list map_list = {
	.member = "maps", .view = &view_maps, .columns = map_members, .n = sizeof map_members,
};

/* A list that begins with its first row. */
struct mappings {
	struct printer *printer;
	bool begun;
};

static void show_mapping(void *arg, const struct pid_mapping *m, int64_t resident)
{
	struct mappings *list = arg;
	struct ipc_obj o;

	if (!list->begun)
		printer_begin(list->printer, &map_list);
	list->begun = true;
	ipc_clear(&o, IPC_MAP);
	ipc_set(&o, F_FROM, (int64_t)m->from);
	ipc_set(&o, F_TO, (int64_t)m->to);
	o.t[T_ACCESS] = m->access;
	if (resident >= 0)
		ipc_set(&o, F_RSS, resident);
	printer_row(list->printer, &o);
}

/* Show a holder's mappings.  Returns 1 after reporting that some are missing, else 0. */
static int show_mappings(const struct ipcs *s, const struct ipc_obj *o, int pid)
{
	struct mappings list = { s->printer, false };
	char digits[OUT_DIGITS];
	int rc = holders_detail(s->holders, o, pid, show_mapping, &list);
	/* A process that has exited has no mappings. */
	bool told = rc == 0 || rc == -ENOENT || rc == -ESRCH;

	if (told && !list.begun)
		printer_begin(s->printer, &map_list);
	if (told || list.begun)
		printer_end(s->printer, told);
	else
		printer_absent(s->printer, &map_list);
	if (told)
		return 0;
	applet_say(s->w, rc, "cannot read all mappings of process ", out_decimal(digits, (uint64_t)pid), NULL);
	return 1;
}

static int show_holder(const struct ipcs *s, const struct ipc_obj *o, const struct holder *h)
{
	char command[COMMAND];
	struct ipc_obj row;

	ipc_clear(&row, IPC_HOLDER);
	ipc_set(&row, F_PID, h->pid);
	ipc_set(&row, F_TIMES, h->mappings + h->descriptors + h->waiting);
	ipc_set(&row, F_MAPPINGS, h->mappings);
	ipc_set(&row, F_DESCRIPTORS, h->descriptors);
	ipc_set(&row, F_THREADS, h->waiting);
	row.t[T_COMMAND] = command_of(s, h->pid, command);
	row.t[T_HOW] = doing(h);
	printer_row(s->printer, &row);
	return s->text != NULL && h->how & HOLDER_MAPPED ? show_mappings(s, o, h->pid) : 0;
}

static const struct list *list_of(enum ipc_kind kind)
{
	static const uint8_t members[] = {
		COL_PID, COL_COMMAND, COL_HOW, COL_MAPPINGS, COL_DESCRIPTORS, COL_THREADS,
	};
	static const struct list waiters = {
		.member = "waiting", .complete = "waiting_complete", .view = &view_waiters,
		.columns = members, .n = sizeof members, .rest = "and perhaps others not visible to this user\n",
	}, segment = {
		.member = "attached", .complete = "attached_complete", .view = &view_holders,
		.columns = members, .n = sizeof members, .rest = "and others not visible to this user\n",
	}, file = {
		.member = "attached", .complete = "attached_complete", .view = &view_holders,
		.columns = members, .n = sizeof members, .rest = "and perhaps others not visible to this user\n",
	};

	return WAITED_ON >> kind & 1 ? &waiters : kind == IPC_SHM ? &segment : &file;
}

/* There is no list.  If the scan failed, ipcs_scan has reported that. */
static int show_unknown(const struct ipcs *s, const struct ipc_obj *o)
{
	printer_absent(s->printer, list_of(o->kind));
	if (s->text == NULL || !(s->holders->kinds >> o->kind & 1))
		return 0;
	applet_say(s->w, 0, "this kernel does not show what processes wait for", NULL);
	return 1;
}

int ipcs_show_holders(const struct ipcs *s, const struct ipc_obj *o)
{
	const struct holder *first;
	int status = 0;

	if (!(WAITED_ON >> o->kind & 1 ? s->waiting : s->attached))
		return 0;
	if (!known(s, o))
		return show_unknown(s, o);
	first = holders_of(s->holders, o);
	printer_begin(s->printer, list_of(o->kind));
	for (const struct holder *h = first; h != NULL; h = h->next)
		status |= show_holder(s, o, h);
	printer_end(s->printer, !is_partial(s, o, first));
	return status;
}
