/* SPDX-License-Identifier: 0BSD */
/* What we are allowed to do, as far as that can be told beforehand. */
#ifndef CORE_KERNEL_RIGHTS_H
#define CORE_KERNEL_RIGHTS_H

#include "kernel/sys.h"

/* Whether a user or group id may stand for any that has no number in our user namespace. */
bool rights_is_vague(const struct ipc_sys *, int64_t id);

/*
 * Whether we are capable in the user namespace that our IPC namespace belongs to: 1, 0 or
 * -errno.  In the first one everybody is who is capable at all; elsewhere the kernel
 * tells (Linux 4.9).
 */
int rights_capable(const struct ipc_sys *, unsigned capability);

#endif
