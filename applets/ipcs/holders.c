/* SPDX-License-Identifier: 0BSD */
/* Who uses an object: the processes that have it attached or open, or wait on it; and what is in a queue. */
#include "ipcs/ipcs.h"

#include <errno.h>
#include <string.h>

#include "show/diag.h"
#include "kernel/process.h"
#include "kernel/holders.h"

enum { WAITED_ON = 1u << IPC_MSG | 1u << IPC_SEM, COMMAND = 1024, BYTES_A_LINE = 16 };

int ipcs_scan(const struct ipcs *s)
{
	unsigned kinds = s->kinds & ((s->attached ? ~(unsigned)WAITED_ON : 0) | (s->waiting ? WAITED_ON : 0));
	int rc;

	if (s->users == NULL || kinds == 0)
		return 0;
	holders_free(s->users);
	rc = holders_scan(s->users, s->w->sys, kinds);
	if (rc == 0)
		return 0;
	/* Half of them would pass for all. */
	holders_free(s->users);
	applet_say(s->w, rc, "cannot look through the processes in ", s->w->sys->proc, NULL);
	return 1;
}

/* Whether the users of this row are looked for. */
static bool asked(const struct ipcs *s, const struct ipc_obj *o)
{
	bool waited = WAITED_ON >> o->kind & 1;

	return s->users != NULL && s->users->kinds >> o->kind & 1 && (!waited || s->users->waits);
}

/* Whether there are users that are not visible: of a segment for sure, as nattch tells, else perhaps. */
static bool is_partial(const struct ipcs *s, const struct ipc_obj *o, const struct holder *first)
{
	if (o->kind == IPC_SHM && ipc_has(o, F_NATTCH))
		return (uint64_t)o->v[F_NATTCH] > holders_mappings(first);
	return s->users->hidden[o->kind] > 0;
}

static const char *command_of(const struct ipcs *s, int pid, char buf[COMMAND])
{
	return process_command(s->w->sys, pid, INT64_MAX / 2, buf, COMMAND) > 0 ? buf : NULL;
}

/* The last part of the first word of a command line, at most len bytes: what a list has room for. */
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

/* Text that grows in a buffer; what does not fit is left out. */
struct list {
	char *buf;
	size_t size, len;
};

static bool add(struct list *l, const char *s, size_t n)
{
	if (n >= l->size - l->len)
		return false;
	memcpy(l->buf + l->len, s, n);
	l->len += n;
	l->buf[l->len] = '\0';
	return true;
}

static bool add_use(const struct ipcs *s, struct list *l, const struct holder *u)
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

/* What is said of users that are not listed. */
static void add_note(struct list *l, const char *note)
{
	if (l->len > 0)
		add(l, ",", 1);
	add(l, note, strlen(note));
}

void ipcs_add_users(const struct ipcs *s, struct ipc_obj *o, char *buf, size_t size)
{
	struct list l = { buf, size, 0 };
	const struct holder *first, *u;

	if (!asked(s, o))
		return;
	*buf = '\0';
	first = u = holders_of(s->users, o);
	while (u != NULL && add_use(s, &l, u))
		u = u->next;
	if (u != NULL)
		add_note(&l, "and more");
	else if (is_partial(s, o, first))
		add_note(&l, o->kind == IPC_SHM ? "others not visible" : "perhaps others");
	o->users = buf;
}

/* What a process does with an object, for eyes. */
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

static void hex(struct out *out, uint64_t n, int digits)
{
	char text[OUT_DIGITS], *end = text + sizeof text, *s = out_number(end, n, 16);

	while (end - s < digits)
		*--s = '0';
	out_bytes(out, s, (size_t)(end - s));
}

/* Mappings go where the lines of a process do. */
struct mappings {
	struct out *out;
	bool json;
	unsigned n;
};

static void show_mapping(void *arg, const struct pid_mapping *m, int64_t resident)
{
	struct mappings *all = arg;
	struct out *out = all->out;

	if (all->json)
		out_text(out, all->n ? ",{\"from\":\"0x" : "{\"from\":\"0x");
	else
		out_text(out, "           ");
	all->n++;
	hex(out, m->from, 12);
	out_text(out, all->json ? "\",\"to\":\"0x" : "-");
	hex(out, m->to, 12);
	out_text(out, all->json ? "\",\"access\":\"" : " ");
	out_text(out, m->access);
	out_text(out, all->json ? "\",\"resident\":" : " resident=");
	if (resident >= 0)
		out_dec(out, (uint64_t)resident);
	else
		out_text(out, all->json ? "null" : "-");
	out_text(out, all->json ? "}" : "\n");
}

/* The mappings that a process has of an object; 1 after saying that they are not all. */
static int show_mappings(const struct ipcs *s, const struct ipc_obj *o, int pid)
{
	struct mappings all = { s->render.out, !s->classic, 0 };
	int rc = holders_detail(s->users, o, pid, show_mapping, &all);
	char digits[OUT_DIGITS];

	/* One that has ended meanwhile has none any more. */
	if (rc == 0 || rc == -ENOENT || rc == -ESRCH)
		return 0;
	applet_say(s->w, rc, "cannot read all mappings of process ",
	     out_decimal(digits, (uint64_t)pid), NULL);
	return 1;
}

static int json_use(const struct ipcs *s, const struct ipc_obj *o, const struct holder *u)
{
	struct out *out = s->render.out;
	char command[COMMAND];
	int status = 0;

	out_text(out, "{\"pid\":");
	out_dec(out, (uint64_t)u->pid);
	out_text(out, ",\"command\":");
	out_json(out, command_of(s, u->pid, command));
	out_text(out, ",\"how\":");
	out_json(out, doing(u));
	out_text(out, ",\"mappings\":");
	out_dec(out, u->mappings);
	out_text(out, ",\"descriptors\":");
	out_dec(out, u->descriptors);
	out_text(out, ",\"threads\":");
	out_dec(out, u->waiting);
	if (s->text != NULL && u->how & HOLDER_MAPPED) {
		out_text(out, ",\"maps\":[");
		status = show_mappings(s, o, u->pid);
		out_char(out, ']');
	}
	out_char(out, '}');
	return status;
}

int ipcs_json_users(const struct ipcs *s, const struct ipc_obj *o)
{
	struct out *out = s->render.out;
	bool waited = WAITED_ON >> o->kind & 1;
	const struct holder *first = asked(s, o) ? holders_of(s->users, o) : NULL;
	int status = 0;

	if (s->users == NULL || !(waited ? s->waiting : s->attached))
		return 0;
	out_char(out, ',');
	form_member(out, waited ? "waiting" : "attached");
	if (!asked(s, o)) {
		out_text(out, "null");
		return 0;
	}
	out_char(out, '[');
	for (const struct holder *u = first; u != NULL; u = u->next) {
		if (u != first)
			out_char(out, ',');
		status |= json_use(s, o, u);
	}
	out_text(out, "],");
	form_member(out, waited ? "waiting_complete" : "attached_complete");
	out_text(out, is_partial(s, o, first) ? "false" : "true");
	return status;
}

/* The line of one process. */
static void show_use(const struct ipcs *s, const struct holder *u)
{
	char digits[OUT_DIGITS], command[COMMAND], shown[2 * COMMAND];
	const char *pid = out_decimal(digits, (uint64_t)u->pid), *name = command_of(s, u->pid, command);
	struct out *out = s->render.out;

	out_padded(out, pid, strlen(pid), 10);
	out_char(out, ' ');
	out_padded(out, doing(u), strlen(doing(u)), 10);
	out_char(out, ' ');
	pid = out_decimal(digits, u->mappings + u->descriptors + u->waiting);
	out_padded(out, pid, strlen(pid), 10);
	out_char(out, ' ');
	if (name != NULL)
		out_bytes(out, shown, out_escape(shown, sizeof shown, name));
	out_char(out, '\n');
}

int ipcs_show_users(const struct ipcs *s, const struct ipc_obj *o)
{
	struct out *out = s->render.out;
	const struct holder *first;
	int status = 0;

	if (s->users == NULL)
		return 0;
	if (!asked(s, o)) {
		/* Nobody has looked for those of this kind, or ipcs_scan has said why it could not. */
		if (!(s->users->kinds >> o->kind & 1))
			return 0;
		applet_say(s->w, 0, "this kernel does not tell what processes wait for", NULL);
		return 1;
	}
	first = holders_of(s->users, o);
	out_text(out, WAITED_ON >> o->kind & 1 ? "pid        waits      threads    command\n"
		 : "pid        use        times      command\n");
	for (const struct holder *u = first; u != NULL; u = u->next) {
		show_use(s, u);
		if (u->how & HOLDER_MAPPED)
			status |= show_mappings(s, o, u->pid);
	}
	if (is_partial(s, o, first))
		out_text(out, o->kind == IPC_SHM ? "and others not visible to this user\n"
			 : "and perhaps others not visible to this user\n");
	out_char(out, '\n');
	return status;
}

/* Bytes in hexadecimal and, where they are printable, as text: "00000000  68 69  |hi|". */
static void dump(struct out *out, const char *bytes, size_t n)
{
	for (size_t at = 0; at < n; at += BYTES_A_LINE) {
		size_t count = n - at < BYTES_A_LINE ? n - at : BYTES_A_LINE;

		hex(out, at, 8);
		out_char(out, ' ');
		for (size_t i = 0; i < BYTES_A_LINE; i++) {
			out_text(out, i == BYTES_A_LINE / 2 ? "  " : " ");
			if (i < count)
				hex(out, (unsigned char)bytes[at + i], 2);
			else
				out_text(out, "  ");
		}
		out_text(out, "  |");
		for (size_t i = 0; i < count; i++)
			out_char(out, out_is_plain_byte(bytes[at + i]) ? bytes[at + i] : '.');
		out_text(out, "|\n");
	}
}

static void show_message(const struct ipcs *s, int n, const struct ipc_message *m, size_t len)
{
	struct out *out = s->render.out;

	if (!s->classic) {
		out_text(out, n ? ",{\"type\":" : "{\"type\":");
		out_dec(out, (uint64_t)m->type);
		out_text(out, ",\"size\":");
		out_dec(out, len);
		out_text(out, ",\"hex\":\"");
		for (size_t i = 0; i < len; i++)
			hex(out, (unsigned char)m->text[i], 2);
		out_text(out, "\"}");
		return;
	}
	out_text(out, "message ");
	out_dec(out, (uint64_t)n);
	out_text(out, " type=");
	out_dec(out, (uint64_t)m->type);
	out_text(out, " size=");
	out_dec(out, len);
	out_char(out, '\n');
	dump(out, m->text, len);
}

/* Room for a message, which may be far smaller than what its queue may hold. */
struct room {
	struct mem mem;
	struct ipc_message *m;
	size_t size;
};

static int make_room(struct room *r, size_t size)
{
	mem_free(&r->mem);
	r->m = mem_take(&r->mem, sizeof *r->m + size);
	r->size = size;
	return r->m != NULL ? 0 : -ENOMEM;
}

/* Makes room for a larger message: for twice as much, but for no more than the queue holds now. */
static int grow(const struct ipcs *s, struct room *r)
{
	const struct object queue = { .kind = IPC_MSG, .id = s->one.id };
	struct ipc_obj now;
	const char *where;
	uint64_t held;
	int rc = object_stat(s->w->sys, &queue, &now, &where);

	if (rc < 0)
		return rc;
	if (!ipc_has(&now, F_CBYTES))
		return -E2BIG;
	held = (uint64_t)now.v[F_CBYTES];
	/* The message may have been taken meanwhile. */
	if (held <= r->size || r->size > SIZE_MAX / 4)
		return 0;
	return make_room(r, held < 2 * r->size ? (size_t)held : 2 * r->size);
}

static int peek(const struct ipcs *s)
{
	enum { FIRST = 4096, TRIES = 64 };
	struct room r = { .size = 0 };
	int rc, n = 0, tries = TRIES;

	mem_init(&r.mem);
	rc = make_room(&r, FIRST);
	while (rc >= 0 && (uint64_t)n < s->peek) {
		rc = object_peek(s->w->sys, s->one.id, n, r.m, r.size);
		if (rc >= 0)
			show_message(s, n++, r.m, (size_t)rc);
		else if (rc == -E2BIG && tries-- > 0)
			rc = grow(s, &r);
	}
	mem_free(&r.mem);
	return rc == -ENOMSG ? 0 : rc;
}

int ipcs_show_messages(const struct ipcs *s)
{
	struct out *out = s->render.out;
	int rc;

	if (s->peek == 0)
		return 0;
	if (!s->classic)
		out_text(out, ",\"messages\":[");
	rc = peek(s);
	out_text(out, s->classic ? "\n" : "]");
	if (rc == -ENOSYS)
		applet_say(s->w, 0, "this kernel cannot show messages without taking them", NULL);
	else if (rc < 0)
		applet_say(s->w, rc, "cannot read the messages of queue ", s->text, NULL);
	return rc < 0;
}
