/* SPDX-License-Identifier: 0BSD */
#ifndef CORE_SHOW_JSON_H
#define CORE_SHOW_JSON_H

#include "show/out.h"

/*
 * A name as a JSON string with its quotes; NULL is null.  Characters that out_escape does not
 * show are \u escapes; bytes that are no UTF-8 become the text \xHH.
 */
void json_text(struct out *o, const char *name);

#endif
