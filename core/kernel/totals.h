/* SPDX-License-Identifier: 0BSD */
/* What holds of a kind as a whole. */
#ifndef CORE_KERNEL_TOTALS_H
#define CORE_KERNEL_TOTALS_H

#include "kernel/sys.h"

/* The limits or the usage of a kind as one row; what could not be told stays unset.  `where` as in object.h. */
int totals_limits(const struct ipc_sys *, enum ipc_kind, struct ipc_obj *, const char **where);
int totals_usage(const struct ipc_sys *, enum ipc_kind, struct ipc_obj *, const char **where);

#endif
