/* SPDX-License-Identifier: 0BSD */
#ifndef CORE_DIAG_H
#define CORE_DIAG_H

#include <stdarg.h>

#include "show/out.h"

/*
 * Writes one line at once: "PROG: " and the parts, in order, up to a NULL; then,
 * where err is -errno and not 0, ": " and its reason.  Control bytes in the
 * parts are escaped, for they may be arguments.
 */
__attribute__((sentinel))
void diag(struct out *err, const char *prog, int rc, ...);
void diag_parts(struct out *err, const char *prog, int rc, va_list parts);

/* Writes a text as the parts of diag are written. */
void diag_text(struct out *, const char *);

/* "Try 'PROG --help' for more information." */
void diag_try(struct out *err, const char *prog);

/*
 * What -errno means, in glibc's words under every libc; for -EBADMSG, which the
 * parsers of /proc use, in our own.  NULL for an error that none of our calls gives.
 */
const char *diag_reason(int rc);

#endif
