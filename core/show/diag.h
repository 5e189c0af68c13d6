/* SPDX-License-Identifier: 0BSD */
#ifndef CORE_SHOW_DIAG_H
#define CORE_SHOW_DIAG_H

#include <stdarg.h>

#include "show/out.h"

/*
 * Writes and flushes one line: "PROG: ", the parts up to a NULL and, if rc is -errno, ": " and the reason.
 * Control bytes in the parts are escaped, because they may be arguments.
 */
__attribute__((sentinel))
void diag(struct out *err, const char *prog, int rc, ...);
void diag_parts(struct out *err, const char *prog, int rc, va_list parts);

/* Writes a text, escaped like the parts of diag. */
void diag_text(struct out *, const char *);

/* "Try 'PROG --help' for more information." */
void diag_try(struct out *err, const char *prog);

/* The text for -errno: glibc's under every libc, our own for -EBADMSG of /proc parsers, NULL if none. */
const char *diag_reason(int rc);

#endif
