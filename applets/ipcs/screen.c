/* SPDX-License-Identifier: 0BSD */
#include "ipcs/screen.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "show/width.h"

/* Switch to the alternate screen, hide the cursor, and do not wrap lines that still are too wide. */
static const char enter[] = "\033[?1049h\033[?25l\033[?7l";

/* A console without an alternate screen gets its prompt on a line of its own. */
static const char leave[] = "\033[m\n\033[?7h\033[?25h\033[?1049l";

static const char clear[] = "\033[H\033[J";

/* A marked line is bold. */
static const char bold[] = "\033[1m", plain[] = "\033[m";

static int terminal_sink(struct out *o, const char *bytes, size_t n)
{
	((struct terminal *)o)->entered = true;
	return out_fd_sink(o, bytes, n);
}

/* The mark never crosses the edge: if necessary, it replaces the last cells. */
static void end_marked(struct screen *s)
{
	if (s->column + 1 < s->limit)
		out_char(&s->terminal.out, ' ');
	out_char(&s->terminal.out, s->mark);
	out_text(&s->terminal.out, plain);
}

static void start_line(struct screen *s)
{
	s->column = 0;
	s->limit = s->width;
	s->empty = true;
	s->cut = false;
	s->bytes = 0;
	s->mark = 0;
}

static void end_line(struct screen *s)
{
	if (s->lines == 0) {
		s->below++;
		if (!s->empty)
			s->more = s->below;
	} else {
		s->lines--;
		if (s->mark != 0)
			end_marked(s);
		out_char(&s->terminal.out, '\n');
	}
	start_line(s);
}

/* The length of the UTF-8 character that starts with this byte. */
static size_t length_of(char first)
{
	unsigned char c = (unsigned char)first;

	return c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

/* The buffer may be flushed in the middle of a character. */
static void put(struct screen *s, char c)
{
	unsigned room = s->limit - (s->mark != 0), cells;

	s->empty = false;
	s->character[s->bytes++] = c;
	if (s->bytes < length_of(s->character[0]))
		return;
	cells = (unsigned)width_of(s->character, s->bytes);
	s->cut |= s->column + cells > room;
	if (!s->cut)
		s->column += cells;
	if (s->lines > 0 && !s->cut)
		out_bytes(&s->terminal.out, s->character, s->bytes);
	s->bytes = 0;
}

static int screen_sink(struct out *o, const char *bytes, size_t n)
{
	struct screen *s = (struct screen *)o;

	for (; n > 0; n--, bytes++) {
		if (*bytes == '\n')
			end_line(s);
		else
			put(s, *bytes);
	}
	return s->terminal.out.error;
}

void screen_init(struct screen *s, const struct out *to)
{
	out_init(&s->out, to->fd, s->buf, sizeof s->buf);
	s->out.sink = screen_sink;
	out_init(&s->terminal.out, to->fd, to->buf, to->size);
	s->terminal.out.sink = terminal_sink;
	s->terminal.entered = false;
}

void screen_begin(struct screen *s)
{
	struct winsize size;
	bool told = ioctl(s->out.fd, TIOCGWINSZ, &size) == 0;

	/* The last line is reserved for "N more lines"; a newline there would scroll. */
	s->lines = (told && size.ws_row > 0 ? size.ws_row : 24) - 1;
	s->width = told && size.ws_col > 0 ? size.ws_col : 80;
	s->below = s->more = 0;
	start_line(s);
	if (!s->terminal.entered)
		out_text(&s->terminal.out, enter);
	out_text(&s->terminal.out, clear);
}

void screen_limit(struct screen *s, unsigned cells)
{
	out_flush(&s->out);
	s->limit = cells;
}

void screen_fill(struct screen *s)
{
	out_flush(&s->out);
	s->cut = false;
	if (s->column < s->limit)
		out_blanks(&s->out, s->limit - s->column);
	out_flush(&s->out);
	s->limit = s->width;
}

void screen_mark(struct screen *s, char mark)
{
	out_flush(&s->out);
	s->mark = mark;
	if (s->lines > 0)
		out_text(&s->terminal.out, bold);
}

int screen_end(struct screen *s, const char *note)
{
	out_flush(&s->out);
	s->lines = 1;
	if (s->more > 0) {
		out_dec(&s->out, s->more);
		out_text(&s->out, s->more == 1 ? " more line" : " more lines");
		if (*note != '\0')
			out_text(&s->out, "; ");
	}
	out_bytes(&s->out, note, strcspn(note, "\n"));
	out_flush(&s->out);
	return out_flush(&s->terminal.out);
}

void screen_leave(struct screen *s)
{
	enum { PATIENCE = 1000 };	/* milliseconds */
	struct pollfd fd = { .fd = s->out.fd, .events = POLLOUT };

	s->out.len = s->terminal.out.len = 0;
	if (!s->terminal.entered)
		return;
	s->terminal.entered = false;
	/* After -EAGAIN, wait until the terminal accepts output. */
	poll(&fd, 1, PATIENCE);
	out_fd_sink(&s->terminal.out, leave, sizeof leave - 1);
}

bool screen_is_lost(const struct screen *s)
{
	/* The group is 0 or -1 if it is unknown, for example in another PID namespace. */
	pid_t group = tcgetpgrp(s->out.fd);

	return group > 0 && group != getpgrp();
}
