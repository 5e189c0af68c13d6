/* SPDX-License-Identifier: 0BSD */
/* Redraw a terminal by ANSI escape sequences, which need no terminal description. */
#ifndef APPLETS_IPCS_SCREEN_H
#define APPLETS_IPCS_SCREEN_H

#include "show/out.h"

struct screen {
	struct out out;		/* takes the lines to draw; the first member, for its sink */
	struct terminal {
		struct out out;		/* likewise */
		bool entered;		/* something was written, so it has to be restored */
	} terminal;
	unsigned lines, width;	/* lines that remain; cells of each */
	unsigned column, limit;	/* cells of this line so far, and where to cut it */
	bool empty;		/* this line so far */
	bool cut;		/* the rest of this line does not fit */
	char character[4];	/* the first bytes of one */
	size_t bytes;
	uint64_t below, more;	/* lines that do not fit: all, and up to the last one that is not empty */
	char mark;		/* of this line; 0: none */
	char buf[1024];
};

/* Draw on the terminal of `to`, through its buffer.  Nothing is written before screen_end. */
void screen_init(struct screen *, const struct out *to);

/* Start with an empty screen of the terminal's present size. */
void screen_begin(struct screen *);

/* Cut the rest of this line at this number of cells. */
void screen_limit(struct screen *, unsigned cells);

/* Fill this line with blanks up to the limit, then reset the limit to the width of the terminal. */
void screen_fill(struct screen *);

/* Make the next line stand out and end with a blank and this mark. */
void screen_mark(struct screen *, char mark);

/*
 * Show everything, and at the bottom the number of lines that do not fit and the first line of a note.
 * Returns 0 or -errno.
 */
int screen_end(struct screen *, const char *note);

/* Discard what has not been shown and restore the terminal, even after a write error. */
void screen_leave(struct screen *);

/* True if another process group has the terminal. */
bool screen_is_lost(const struct screen *);

#endif
