/* SPDX-License-Identifier: 0BSD */
/* Limits and totals for a collector, in the text format of OpenMetrics 1.0. */
#ifndef CORE_SHOW_METRICS_H
#define CORE_SHOW_METRICS_H

#include "show/out.h"
#include "show/column.h"

/* Writes what n rows tell: those of limits, and the usage of kinds, in any order. */
void metrics_show(struct out *, const struct ipc_obj *rows, size_t n);

/*
 * The name of the next metric, from *at = 0, that the usage of a kind has and this row lacks; NULL behind the
 * last.
 */
const char *metrics_missing(const struct ipc_obj *usage, size_t *at);

#endif
