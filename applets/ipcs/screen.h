/* SPDX-License-Identifier: 0BSD */
/* A terminal that is drawn again and again, without a terminal description: any with ANSI sequences. */
#ifndef APPLETS_IPCS_SCREEN_H
#define APPLETS_IPCS_SCREEN_H

#include "show/out.h"

struct screen {
	struct out out;		/* takes the lines to draw; the first member, for its sink */
	struct terminal {
		struct out out;		/* likewise */
		bool entered;		/* something was written, so it has to be left */
	} terminal;
	unsigned lines, width;	/* lines that are left; cells of each */
	unsigned column, limit;	/* cells of this line so far, and where to cut it */
	bool empty;		/* this line so far */
	bool cut;		/* nothing of this line has room any more */
	char character[4];	/* the first bytes of one */
	size_t bytes;
	uint64_t below, more;	/* lines without room: all, and up to the last one that is not empty */
	char mark;		/* of this line; 0: none */
	char buf[1024];
};

/* Draw on the terminal of `to`, through its buffer.  Nothing is written before screen_end. */
void screen_init(struct screen *, const struct out *to);

/* Start with an empty screen of the terminal's present size. */
void screen_begin(struct screen *);

/* Cut this line at so many cells, from here on. */
void screen_limit(struct screen *, unsigned cells);

/* Fill this line with blanks up to the limit, which then is the terminal's width again. */
void screen_fill(struct screen *);

/* Make the next line stand out and end with a blank and this mark. */
void screen_mark(struct screen *, char mark);

/*
 * Show everything, and at the bottom the number of lines without room and the first line of a note.
 * Returns 0 or -errno.
 */
int screen_end(struct screen *, const char *note);

/* Drop what is not shown yet and leave the terminal as it was, also after a write error. */
void screen_leave(struct screen *);

/* True if another process group has the terminal. */
bool screen_is_lost(const struct screen *);

#endif
