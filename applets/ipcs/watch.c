/* SPDX-License-Identifier: 0BSD */
/* --watch: redraws a terminal, marking changes; elsewhere writes one document after the other. */
#include "ipcs/ipcs.h"

#include <signal.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "ipcs/screen.h"
#include "parse/key.h"
#include "show/diag.h"

/* The sum of an object's growing fields, and a bit for each of them. */
struct weight {
	uint64_t sum, fields;
};

/* An object of the previous round. */
struct slot {
	const struct kept_row *row;
	const char *name;	/* of a POSIX object, in the row */
	uint64_t id;		/* or a hash of its name */
	struct weight weight;
	uint8_t kind;
	bool seen;		/* it still exists */
};

struct ipcs_watch {
	struct rows rows[2];	/* of this round, at turn, and of the previous one */
	unsigned turn;
	bool first;		/* there is no previous round to compare with */
	bool partial;		/* memory ran out for the rows of this round */
	struct slot *slots;	/* hash table of the previous round, in the memory of its rows */
	size_t size, gone;	/* gone: the position of ipcs_watch_gone */
	struct screen *screen;
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

static uint64_t id_of(const struct ipc_obj *o)
{
	const char *name = o->t[T_NAME];

	return name != NULL ? key_of_name(name, strlen(name)) : (uint64_t)o->v[F_ID];
}

static bool is_slot_of(const struct slot *s, const struct ipc_obj *o, uint64_t id)
{
	return s->kind == o->kind && s->id == id && (s->name == NULL || strcmp(s->name, o->t[T_NAME]) == 0);
}

/* The slot of an object with this id_of, or the free one where it belongs; NULL without a table. */
static struct slot *find(struct ipcs_watch *w, const struct ipc_obj *o, uint64_t id)
{
	size_t i = (size_t)(id * UINT64_C(0x9e3779b97f4a7c15) >> 20) & (w->size - 1);

	if (w->size == 0)
		return NULL;
	while (w->slots[i].row != NULL && !is_slot_of(&w->slots[i], o, id))
		i = (i + 1) & (w->size - 1);
	return &w->slots[i];
}

void ipcs_watch_mark(struct ipcs_watch *w, struct ipc_obj *o)
{
	struct slot *s = find(w, o, id_of(o));
	char mark = w->first ? ' ' : '+';

	if (s != NULL && s->row != NULL) {
		s->seen = true;
		mark = has_grown(&s->weight, o) ? '*' : ' ';
	}
	ipc_set(o, F_MARK, mark);
	w->partial |= rows_add(&w->rows[w->turn], o) < 0;
}

bool ipcs_watch_gone(struct ipcs_watch *w, enum ipc_kind kind, struct ipc_obj *o)
{
	for (; w->gone < w->size; w->gone++) {
		struct slot *s = &w->slots[w->gone];
		const struct kept_row *row = s->row;

		if (row == NULL || s->seen || s->kind != kind)
			continue;
		s->seen = true;
		rows_next(&row, o);
		ipc_set(o, F_MARK, '-');
		return true;
	}
	w->gone = 0;
	return false;
}

void ipcs_watch_row(const struct ipcs *s, const struct ipc_obj *o)
{
	if (o->v[F_MARK] != ' ')
		screen_mark(s->watch->screen, (char)o->v[F_MARK]);
	printer_row(s->printer, o);
}

/* This round becomes the previous one. */
static void turn(struct ipcs_watch *w)
{
	struct rows *before = &w->rows[w->turn];
	const struct kept_row *at = before->first, *row;
	struct ipc_obj o;

	w->turn ^= 1;
	rows_free(&w->rows[w->turn]);
	for (w->size = 16; w->size < 2 * before->n;)
		w->size *= 2;
	w->slots = mem_take(&before->mem, w->size * sizeof *w->slots);
	/* Without all rows, the next round would take some for new ones. */
	w->first = w->partial || w->slots == NULL;
	w->partial = false;
	if (w->first)
		w->size = 0;
	while (w->size > 0 && (row = at) != NULL && rows_next(&at, &o)) {
		uint64_t id = id_of(&o);

		*find(w, &o, id) = (struct slot){ row, o.t[T_NAME], id, weight_of(&o), (uint8_t)o.kind, false };
	}
}

/* Forget this round: the next one is compared with the previous one again. */
static void repeat(struct ipcs_watch *w)
{
	rows_free(&w->rows[w->turn]);
	w->partial = false;
	for (size_t i = 0; i < w->size; i++)
		w->slots[i].seen = false;
}

/* Messages of a round, which would garble the screen among its rows. */
struct held {
	struct out out;
	size_t len;
	char text[512];		/* null-terminated; more is dropped */
	char buf[128];
};

static int hold(struct out *o, const char *bytes, size_t n)
{
	struct held *h = (struct held *)o;
	size_t room = sizeof h->text - 1 - h->len;

	if (n > room)
		n = room;
	memcpy(h->text + h->len, bytes, n);
	h->len += n;
	h->text[h->len] = '\0';
	return 0;
}

static void empty(struct held *h)
{
	h->len = 0;
	h->text[0] = '\0';
}

/* One run of --watch. */
struct session {
	struct ipcs *s;
	int (*show)(const struct ipcs *);
	sigset_t signals;	/* blocked, and waited for */
	struct screen *screen;	/* NULL unless it redraws a terminal */
	struct held held;	/* with a screen */
	int status;		/* of the last round */
};

/* The command line without --watch and its argument: as ipcs has no operands, a word after it is that. */
static void write_command(struct out *out, const struct ipcs *s)
{
	bool watch = false;

	out_text(out, s->w->self->name);
	for (char *const *word = s->argv + 1; *word != NULL; word++) {
		bool argument = watch && **word != '-';

		watch = strncmp(*word, "--", 2) == 0 && opt_matches("watch", *word + 2);
		if (!watch && !argument) {
			out_char(out, ' ');
			diag_text(out, *word);
		}
		watch &= strchr(*word, '=') == NULL;
	}
}

/* "Every 2 seconds: ipcs -m      host: Wed Nov 25 12:00:00 2026"; if it is too long, the command is cut. */
static void write_header(const struct session *run)
{
	struct screen *screen = run->screen;
	struct out *out = &screen->out;
	struct utsname system = { .nodename = "" };
	char host[4 * sizeof system.nodename], time[VALUE_ROOM];
	int64_t now = run->s->printer->style.now;
	size_t host_len, time_len = value_time(time, TIMES_CLASSIC, now, now), right;

	uname(&system);
	host_len = out_escape(host, sizeof host, system.nodename);
	right = 1 + host_len + 2 + time_len;
	out_text(out, "Every ");
	if (run->s->seconds > 1) {
		out_dec(out, run->s->seconds);
		out_char(out, ' ');
	}
	out_text(out, run->s->seconds > 1 ? "seconds: " : "second: ");
	screen_limit(screen, screen->width > right ? screen->width - (unsigned)right : 0);
	write_command(out, run->s);
	screen_fill(screen);
	out_char(out, ' ');
	out_bytes(out, host, host_len);
	out_text(out, ": ");
	out_bytes(out, time, time_len);
	out_char(out, '\n');
}

static void begin(struct session *run)
{
	const struct ipcs *s = run->s;

	if (run->screen != NULL) {
		empty(&run->held);
		screen_begin(run->screen);
		write_header(run);
	} else if (s->again && s->printer->ops != &printer_json) {
		out_char(s->printer->out, '\n');
	}
}

/* Show one round.  Returns false if it is the last one. */
static bool draw(struct session *run)
{
	struct ipcs *s = run->s;

	s->printer->style.now = s->filter.now = s->w->sys->calls->now();
	judge_again(s->judge);
	begin(run);
	run->status = run->show(s);
	/* A failed first round would only repeat itself, and an object that is gone does not come back. */
	if (run->status != 0 && (!s->again || s->text != NULL))
		return false;
	s->again = true;
	if (run->screen != NULL)
		return screen_end(run->screen, run->held.text) == 0;
	return out_flush(s->printer->out) == 0;
}

/* Restore the terminal and stop as if the signal were not blocked.  The interval does not run meanwhile. */
static void stop(const struct session *run, int sig)
{
	unsigned left = alarm(0);
	sigset_t one, before;

	screen_leave(run->screen);
	sigemptyset(&one);
	sigaddset(&one, sig);
	raise(sig);
	sigprocmask(SIG_UNBLOCK, &one, &before);
	sigprocmask(SIG_SETMASK, &before, NULL);
	alarm(left);
}

/* Wait for SIGALRM (the next round), SIGWINCH or SIGCONT (this one again), or a signal to end. */
static int wait_for(const struct session *run)
{
	for (;;) {
		int sig = sigwaitinfo(&run->signals, NULL);

		if (sig == SIGTSTP)
			stop(run, sig);
		else if (sig > 0)
			return sig;
	}
}

/* Returns false if this was the last round. */
static bool redraw(struct session *run, int sig)
{
	struct ipcs *s = run->s;

	if (run->screen != NULL && screen_is_lost(run->screen)) {
		/* SIGCONT redraws.  If the signal does not stop the program, the next round tries again. */
		stop(run, SIGTTOU);
		return true;
	}
	/* With an incomplete round, there is nothing to compare. */
	if (s->watch != NULL && s->again && sig == SIGALRM && run->status == 0)
		turn(s->watch);
	else if (s->watch != NULL)
		repeat(s->watch);
	return draw(run);
}

static int watch(struct session *run)
{
	int sig = SIGALRM;

	while ((sig == SIGALRM || sig == SIGCONT || sig == SIGWINCH) && redraw(run, sig)) {
		if (sig == SIGALRM)
			alarm(run->s->seconds);
		sig = wait_for(run);
	}
	return run->status;
}

/*
 * Add signals to the set to block and wait for.  A blocked signal arrives even if it is ignored, so leave out
 * those that are ignored, as under nohup(1), unless `ignored`.
 */
static void heed(sigset_t *set, const uint8_t *signals, size_t n, bool ignored)
{
	struct sigaction now;

	for (size_t i = 0; i < n; i++)
		if (ignored || (sigaction(signals[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN))
			sigaddset(set, signals[i]);
}

static int on_terminal(struct session *run)
{
	static const uint8_t signals[] = { SIGTSTP, SIGCONT, SIGWINCH };
	struct ipcs *s = run->s;
	struct out *out = s->printer->out, *err = s->w->err;
	struct screen screen;
	struct ipcs_watch changes = { .first = true, .screen = &screen };
	struct world here = *s->w;

	for (size_t i = 0; i < 2; i++) {
		rows_init(&changes.rows[i]);
		changes.rows[i].fields = UINT64_MAX;
	}
	if (s->output < VIEW_TABLES && s->text == NULL)
		s->watch = &changes;
	screen_init(&screen, out);
	run->screen = &screen;
	out_init(&run->held.out, -1, run->held.buf, sizeof run->held.buf);
	run->held.out.sink = hold;
	here.err = &run->held.out;
	s->w = &here;
	s->printer->out = &screen.out;
	heed(&run->signals, signals, sizeof signals, false);
	sigprocmask(SIG_BLOCK, &run->signals, NULL);
	watch(run);
	screen_leave(&screen);
	out_text(err, run->held.text);
	out_flush(err);
	out->error = screen.terminal.out.error;
	rows_free(&changes.rows[0]);
	rows_free(&changes.rows[1]);
	return run->status;
}

/* True for a form that is read by people, on a terminal that understands ANSI sequences. */
static bool has_screen(const struct ipcs *s)
{
	const struct out *out = s->printer->out;
	const char *term = s->w->term;

	return (s->printer->ops == &printer_classic || s->printer->ops == &printer_table) &&
		term != NULL && *term != '\0' && strcmp(term, "dumb") != 0 && out->sink == out_fd_sink && isatty(out->fd);
}

int ipcs_watch(struct ipcs *s, int (*show)(const struct ipcs *))
{
	static const uint8_t ending[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM };
	struct session run = { .s = s, .show = show };

	s->printer->one_line = true;
	sigemptyset(&run.signals);
	sigaddset(&run.signals, SIGALRM);
	/* Only a signal ends a screen, so there, even one that a shell ignores for background jobs must end it. */
	heed(&run.signals, ending, sizeof ending, has_screen(s));
	if (has_screen(s))
		return on_terminal(&run);
	/* They stay blocked: after the first one, the program ends soon. */
	sigprocmask(SIG_BLOCK, &run.signals, NULL);
	return watch(&run);
}
