/* SPDX-License-Identifier: 0BSD */
#ifndef CORE_SHOW_JSON_H
#define CORE_SHOW_JSON_H

#include "show/out.h"

/*
 * Writes a name as a quoted JSON string, or null if NULL.  Characters that out_escape does not show become
 * \u escapes; bytes that are not UTF-8 become the text \xHH.
 */
void json_text(struct out *o, const char *name);

#endif
