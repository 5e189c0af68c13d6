/* SPDX-License-Identifier: 0BSD */
#include "show/diag.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "fake.h"

static struct memory m;

Test(diag, one_line)
{
	memory_init(&m);
	diag(&m.out, "prog", -ENOENT, "cannot open ", "/x", NULL);
	diag(&m.out, "prog", 0, "bad usage", NULL);
	diag(&m.out, "prog", -EBADMSG, "cannot read ", "/x", NULL);
	cr_expect(eq(str, m.text, "prog: cannot open /x: No such file or directory\nprog: bad usage\n"
		"prog: cannot read /x: malformed contents\n"), "without a flush: a line goes out at once");
}

/* An argument may hold any bytes: it is shown in full, on one line, without any byte that a terminal obeys. */
Test(diag, hostile_arguments)
{
	char arg[400], want[500];

	memory_init(&m);
	diag(&m.out, "prog", 0, "'", "a\nb\x1b]0;x\x07", "'", NULL);
	cr_expect(eq(str, m.text, "prog: 'a\\x0ab\\x1b]0;x\\x07'\n"));

	/* Two-byte characters at each offset within the pieces in which they are escaped. */
	for (size_t shift = 0; shift < 4; shift++) {
		memset(arg, 'x', shift);
		for (size_t i = shift; i + 2 < sizeof arg; i += 2)
			memcpy(arg + i, "\xc3\xbc", 3);
		memory_init(&m);
		diag(&m.out, "prog", 0, arg, NULL);
		snprintf(want, sizeof want, "prog: %s\n", arg);
		cr_expect(eq(str, m.text, want));
	}
}

Test(diag, a_byte_that_begins_nothing)
{
	char arg[130];

	memory_init(&m);
	memset(arg, '\x80', sizeof arg - 1);
	arg[sizeof arg - 1] = '\0';
	diag(&m.out, "p", 0, arg, NULL);
	cr_expect(eq(sz, strlen(m.text), 3 + 4 * (sizeof arg - 1) + 1));
}

/* Under glibc, its own words are available for comparison. */
Test(diag, reasons_are_those_of_glibc)
{
	/* The errors that the program's calls can return, according to their man pages. */
	static const int errors[] = {
		EPERM, ENOENT, EIO, EBADF, EAGAIN, ENOMEM, EACCES, EEXIST, EXDEV, ENOTDIR, EISDIR, EINVAL, ENFILE, EMFILE,
		EFBIG, ENOSPC, EROFS, EMLINK, EPIPE, ERANGE, ENAMETOOLONG, ENOSYS, ELOOP, EIDRM, EOVERFLOW, EDQUOT,
	};

	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
		cr_expect(diag_reason(-errors[i]) != NULL, "%s", strerror(errors[i]));
	for (int error = 1; error < 200; error++)
		if (diag_reason(-error) != NULL && error != EBADMSG)
			cr_expect(eq(str, (char *)diag_reason(-error), strerror(error)));
	cr_expect(diag_reason(0) == NULL);
	memory_init(&m);
	diag(&m.out, "prog", -ENOTTY, "odd", NULL);
	cr_expect(eq(str, m.text, "prog: odd: error 25\n"));
}
