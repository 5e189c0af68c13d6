/* SPDX-License-Identifier: 0BSD */
#include "show/diag.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

/* The errors that this program can get, in the words of glibc for every libc, as in util-linux. */
static const struct {
	unsigned char error;
	const char *words;
} reasons[] = {
	{ EPERM, "Operation not permitted" },
	{ ENOENT, "No such file or directory" },
	{ EIO, "Input/output error" },
	{ EBADF, "Bad file descriptor" },
	{ EAGAIN, "Resource temporarily unavailable" },
	{ ENOMEM, "Cannot allocate memory" },
	{ EACCES, "Permission denied" },
	{ EEXIST, "File exists" },
	{ EXDEV, "Invalid cross-device link" },
	{ ENOTDIR, "Not a directory" },
	{ EISDIR, "Is a directory" },
	{ EINVAL, "Invalid argument" },
	{ ENFILE, "Too many open files in system" },
	{ EMFILE, "Too many open files" },
	{ EFBIG, "File too large" },
	{ ENOSPC, "No space left on device" },
	{ EROFS, "Read-only file system" },
	{ EMLINK, "Too many links" },
	{ EPIPE, "Broken pipe" },
	{ ERANGE, "Numerical result out of range" },
	{ ENAMETOOLONG, "File name too long" },
	{ ENOSYS, "Function not implemented" },
	{ ELOOP, "Too many levels of symbolic links" },
	{ EIDRM, "Identifier removed" },
	{ EOVERFLOW, "Value too large for defined data type" },
	{ EDQUOT, "Disk quota exceeded" },
	{ EBADMSG, "malformed contents" },
};

const char *diag_reason(int rc)
{
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (reasons[i].error == -rc)
			return reasons[i].words;
	return NULL;
}

/* Escapes in pieces, so that an argument of any length is shown whole. */
void diag_text(struct out *o, const char *s)
{
	char piece[64], shown[4 * sizeof piece];

	while (*s != '\0') {
		size_t n = strlen(s);

		if (n >= sizeof piece) {
			/* Do not split a UTF-8 character. */
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
	va_list parts;

	va_start(parts, rc);
	diag_parts(err, prog, rc, parts);
	va_end(parts);
}

void diag_parts(struct out *err, const char *prog, int rc, va_list parts)
{
	const char *part;

	out_text(err, prog);
	out_text(err, ": ");
	while ((part = va_arg(parts, const char *)) != NULL)
		diag_text(err, part);
	if (rc < 0) {
		const char *reason = diag_reason(rc);

		out_text(err, reason ? ": " : ": error ");
		if (reason != NULL)
			out_text(err, reason);
		else
			out_dec(err, (uint64_t)-(int64_t)rc);
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
