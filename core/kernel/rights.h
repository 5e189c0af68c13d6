/* SPDX-License-Identifier: 0BSD */
/* Predict permissions. */
#ifndef CORE_KERNEL_RIGHTS_H
#define CORE_KERNEL_RIGHTS_H

#include "kernel/sys.h"

/* True if this may be the overflow id, shown for any id that our user namespace does not map. */
bool rights_is_vague(const struct ipc_sys *, int64_t id);

/*
 * Returns 1 if we have the capability in the user namespace that owns our IPC namespace, 0 if not, or
 * -errno.  In the initial one, any capability of ours applies; elsewhere the kernel tells (Linux 4.9).
 */
int rights_capable(const struct ipc_sys *, unsigned capability);

#endif
