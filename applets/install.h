/* SPDX-License-Identifier: 0BSD */
#ifndef APPLETS_INSTALL_H
#define APPLETS_INSTALL_H

#include "applet.h"

/*
 * Link each applet of the NULL-terminated list to this program, in dir or, if that is NULL, in the program's
 * own directory.  Change the working directory to it.  With `force`, replace existing files, but never a
 * directory or the program itself.  Returns the exit status; after a message, existing files that must stay
 * leave everything as it was.
 */
int install_links(const struct world *, const struct applet *const *, const char *dir, bool symbolic,
		  bool force);

#endif
