/* SPDX-License-Identifier: 0BSD */
#include "diag.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

const char *diag_reason(int rc)
{
	return rc == -EBADMSG ? "malformed contents" : strerror(-rc);
}

/* Escapes piece by piece, so that an argument of any length is shown whole. */
static void escaped(struct out *o, const char *s)
{
	char piece[64], shown[4 * sizeof piece];

	while (*s != '\0') {
		size_t n = strlen(s);

		if (n >= sizeof piece) {
			/* A cut never falls into a character. */
			for (n = sizeof piece - 1; n > sizeof piece - 4 && (s[n] & 0xc0) == 0x80; n--)
				;
		}
		memcpy(piece, s, n);
		piece[n] = '\0';
		out_bytes(o, shown, out_escape(shown, sizeof shown, piece));
		s += n;
	}
}

void diag(struct out *err, const char *prog, int rc, ...)
{
	const char *part;
	va_list parts;

	out_text(err, prog);
	out_text(err, ": ");
	va_start(parts, rc);
	while ((part = va_arg(parts, const char *)) != NULL)
		escaped(err, part);
	va_end(parts);
	if (rc < 0) {
		out_text(err, ": ");
		out_text(err, diag_reason(rc));
	}
	out_char(err, '\n');
	out_flush(err);
}

void diag_try(struct out *err, const char *prog)
{
	out_text(err, "Try '");
	out_text(err, prog);
	out_text(err, " --help' for more information.\n");
	out_flush(err);
}
