/* SPDX-License-Identifier: 0BSD */
/* Limits and totals in the text format of OpenMetrics 1.0. */
#ifndef CORE_SHOW_METRICS_H
#define CORE_SHOW_METRICS_H

#include "show/out.h"
#include "show/column.h"

/* Writes the metrics of n rows: limits and the usage of kinds, in any order. */
void metrics_show(struct out *, const struct ipc_obj *rows, size_t n);

/* Iterates, from *at = 0, over the metrics of the kind that this row lacks; NULL after the last. */
const char *metrics_missing(const struct ipc_obj *usage, size_t *at);

#endif
