/* SPDX-License-Identifier: 0BSD */
/* --watch: redraws a terminal, marking changes; elsewhere writes one document after the other. */
#include "ipcs/ipcs.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "parse/key.h"

/* The sum of an object's growing fields, and a bit for each of them. */
struct weight {
	uint64_t sum, fields;
};

/* An object of the previous round. */
struct slot {
	const struct kept_row *row;
	uint64_t name;		/* its id, or a hash of its name */
	struct weight weight;
	uint8_t kind;
	bool seen;		/* it still exists */
};

struct ipcs_watch {
	struct rows rows[2];	/* of this round, at turn, and of the previous one */
	unsigned turn;
	bool first;
	struct slot *slots;	/* hash table of the previous round, in the memory of its rows */
	size_t size, gone;	/* gone: the position of ipcs_watch_gone */
};

static struct weight weight_of(const struct ipc_obj *o)
{
	static const uint8_t fields[] = { F_SIZE, F_RSS, F_CBYTES, F_QNUM, F_NATTCH, F_SEMVAL };
	struct weight w = { 0, 0 };

	for (size_t i = 0; i < sizeof fields; i++) {
		if (!ipc_has(o, fields[i]))
			continue;
		w.sum += (uint64_t)o->v[fields[i]];
		w.fields |= UINT64_C(1) << fields[i];
	}
	return w;
}

/* Weights of different fields cannot be compared, so they count as not grown. */
static bool has_grown(const struct weight *before, const struct ipc_obj *o)
{
	struct weight now = weight_of(o);

	return now.fields == before->fields && now.sum > before->sum;
}

/* An object's id, or the length and hash of its name, which are as good as unique. */
static uint64_t name_of(const struct ipc_obj *o)
{
	size_t len;

	if (o->t[T_NAME] == NULL)
		return (uint64_t)o->v[F_ID];
	len = strlen(o->t[T_NAME]);
	return (uint64_t)len << 32 | key_of_name(o->t[T_NAME], len);
}

/* The slot of an object, or the free one where it belongs; NULL without a table. */
static struct slot *find(struct ipcs_watch *w, unsigned kind, uint64_t name)
{
	size_t i = (size_t)(name * UINT64_C(0x9e3779b97f4a7c15) >> 20) & (w->size - 1);

	if (w->size == 0)
		return NULL;
	while (w->slots[i].row != NULL && (w->slots[i].name != name || w->slots[i].kind != kind))
		i = (i + 1) & (w->size - 1);
	return &w->slots[i];
}

void ipcs_watch_mark(struct ipcs_watch *w, struct ipc_obj *o)
{
	struct slot *s = find(w, o->kind, name_of(o));
	char mark = w->first ? ' ' : '+';

	if (s != NULL && s->row != NULL) {
		s->seen = true;
		mark = has_grown(&s->weight, o) ? '*' : ' ';
	}
	ipc_set(o, F_MARK, mark);
	/* If memory runs out, the next round cannot compare this row. */
	rows_add(&w->rows[w->turn], o);
}

bool ipcs_watch_gone(struct ipcs_watch *w, unsigned kinds, struct ipc_obj *o)
{
	for (; w->gone < w->size; w->gone++) {
		struct slot *s = &w->slots[w->gone];
		const struct kept_row *row = s->row;

		if (row == NULL || s->seen || !(kinds >> s->kind & 1))
			continue;
		s->seen = true;
		rows_next(&row, o);
		ipc_set(o, F_MARK, '-');
		return true;
	}
	w->gone = 0;
	return false;
}

/* This round becomes the previous one. */
static void turn(struct ipcs_watch *w)
{
	struct rows *before = &w->rows[w->turn];
	const struct kept_row *at = before->first, *row;
	struct ipc_obj o;

	w->turn ^= 1;
	w->first = false;
	rows_free(&w->rows[w->turn]);
	for (w->size = 16; w->size < 2 * before->n;)
		w->size *= 2;
	w->slots = mem_take(&before->mem, w->size * sizeof *w->slots);
	if (w->slots == NULL)
		w->size = 0;
	while (w->size > 0 && (row = at) != NULL && rows_next(&at, &o)) {
		struct slot *s = find(w, o.kind, name_of(&o));

		*s = (struct slot){ row, name_of(&o), weight_of(&o), (uint8_t)o.kind, false };
	}
}

/* A terminal; lines beyond its height are dropped. */
struct screen {
	struct out out;
	unsigned lines;		/* that are free */
	bool entered;		/* something was written */
	char buf[65536];
};

static int screen_sink(struct out *o, const char *bytes, size_t n)
{
	struct screen *s = (struct screen *)o;
	size_t fit = 0;

	s->entered = true;
	while (fit < n && s->lines > 0)
		s->lines -= bytes[fit++] == '\n';
	return out_fd_sink(o, bytes, fit);
}

/* To the alternate screen, without cursor, cutting long lines instead of wrapping them; and back. */
static const char enter[] = "\033[?1049h\033[?25l\033[?7l", leave[] = "\033[?7h\033[?25h\033[?1049l";

static void screen_begin(struct screen *s)
{
	struct winsize size;

	s->lines = 24;
	if (ioctl(s->out.fd, TIOCGWINSZ, &size) == 0 && size.ws_row > 0)
		s->lines = size.ws_row;
	/* A newline on the last line would scroll. */
	s->lines--;
	if (!s->entered)
		out_text(&s->out, enter);
	out_text(&s->out, "\033[H\033[J");
}

/* Returns false if a signal ends the pause. */
static bool pause_for(unsigned seconds, const sigset_t *ending)
{
	struct timespec left = { .tv_sec = (time_t)seconds };
	int rc;

	do
		rc = sigtimedwait(ending, NULL, &left);
	while (rc < 0 && errno == EINTR);
	return rc < 0;
}

/* Repeat until a signal, a write error, or a failed first round, which later ones would only repeat. */
static int repeat(struct ipcs *s, int (*show)(const struct ipcs *), unsigned seconds, struct screen *screen,
		  const sigset_t *ending)
{
	for (bool first = true;; first = false) {
		int status;

		s->printer->style.now = s->filter.now = s->w->sys->calls->now();
		judge_again(s->judge);
		if (screen != NULL)
			screen_begin(screen);
		else if (!first && s->printer->ops != &printer_json)
			out_char(s->printer->out, '\n');
		status = show(s);
		if (status != 0 && first) {
			if (screen != NULL)
				screen->out.len = 0;
			return status;
		}
		if (out_flush(s->printer->out) < 0 || !pause_for(seconds, ending))
			return 0;
		if (s->watch != NULL)
			turn(s->watch);
	}
}

static int on_terminal(struct ipcs *s, int (*show)(const struct ipcs *), unsigned seconds,
		       const sigset_t *ending)
{
	struct out *out = s->printer->out;
	struct ipcs_watch w = { .first = true };
	struct screen screen;
	int status;

	for (size_t i = 0; i < 2; i++) {
		rows_init(&w.rows[i]);
		w.rows[i].fields = UINT64_MAX;
	}
	if (s->output < VIEW_TABLES && s->text == NULL) {
		s->watch = &w;
		s->printer->ops = &printer_table;
	}
	out_init(&screen.out, out->fd, screen.buf, sizeof screen.buf);
	screen.out.sink = screen_sink;
	s->printer->out = &screen.out;
	screen.entered = false;
	status = repeat(s, show, seconds, &screen, ending);
	out->error = screen.out.error;
	if (screen.entered)
		out_text(out, leave);
	out_flush(out);
	rows_free(&w.rows[0]);
	rows_free(&w.rows[1]);
	return status;
}

static bool is_for_eyes(const struct printer *p)
{
	return p->ops == &printer_classic || p->ops == &printer_table;
}

int ipcs_watch(struct ipcs *s, int (*show)(const struct ipcs *), unsigned seconds)
{
	const struct out *out = s->printer->out;
	sigset_t ending;

	sigemptyset(&ending);
	sigaddset(&ending, SIGINT);
	sigaddset(&ending, SIGTERM);
	sigaddset(&ending, SIGHUP);
	/* They stay blocked, as little is left to do after the first one. */
	sigprocmask(SIG_BLOCK, &ending, NULL);
	s->printer->one_line = true;
	if (out->sink == out_fd_sink && isatty(out->fd) && is_for_eyes(s->printer))
		return on_terminal(s, show, seconds, &ending);
	return repeat(s, show, seconds, NULL, &ending);
}
