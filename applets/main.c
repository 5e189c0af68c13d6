/* SPDX-License-Identifier: 0BSD */
/*
 * ipcbox: the commands ipcmk, ipcrm and ipcs in one program.
 *
 *   applets/       a folder for each command, which the name of the program selects; the commands share
 *                  applet.[ch] and select.[ch]; install.[ch] links their names to the program
 *   core/base      the row that all layers exchange, limits, option tables, filters, memory
 *   core/parse     parses the command line, numbers, sizes, modes, durations and keys
 *   core/kernel    reads objects, limits, processes and names into rows, creates and removes objects;
 *                  only linux.c makes IPC calls
 *   core/show      writes rows as tables, JSON and metrics; also messages and --help
 *   tests/         a folder for each layer of tests (tests/CMakeLists.txt) and lib/ with helpers
 *   scripts/       run the tests, benchmarks and mutants, and measure sizes
 *
 * core/base includes no other layer, parse and show include only base, kernel only base and parse.
 * An applet parses its command line into an args struct, checks all of it, and only then acts.
 */
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "applet.h"
#include "applet_list.h"
#include "install.h"
#include "show/diag.h"

enum { NO_SUCH_APPLET = 127 };

extern const struct applet ipcbox_applet;

struct ipcbox_args {
	struct applet_args applet;
	unsigned list, install, symbolic, force;
};

static const char *basename_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static const struct applet *find(const char *name)
{
	for (const struct applet *const *a = applets; *a != NULL; a++)
		if (strcmp((*a)->name, name) == 0)
			return *a;
	return NULL;
}

/* The outputs that an option may apply to, and facts for the rules below. */
enum { LIST = 1, LINKS = 2 };
enum { INSTALL = 1, SYMBOLIC = 2, FORCE = 4 };

static const struct rule rules[] = {
	{ SYMBOLIC, INSTALL, 0, NULL },
	{ FORCE, INSTALL, 0, NULL },
	{ 0, 0, 0, NULL },
};

static int run_ipcbox(const struct world *w, int argc, char **argv)
{
	struct ipcbox_args a = { 0 };
	int first = applet_parse(w, argc, argv, &a.applet);

	if (first <= 0)
		return -first;
	if (applet_applies(w, &a.applet.given, a.list ? LIST : LINKS, "--list") ||
	    applet_check(w, &a.applet.given, 0))
		return 1;
	if (first < argc - (int)a.install)
		return applet_operand(w, argv[argc - 1]);
	if (!a.list && !a.install)
		return applet_usage(w, "bad usage");
	if (a.install)
		return install_links(w, applets, argv[first], a.symbolic, a.force);
	for (const struct applet *const *l = applets; *l != NULL; l++) {
		out_text(w->out, (*l)->name);
		out_char(w->out, '\n');
	}
	return 0;
}

#define AT(member) OPT_AT(ipcbox_args, member)

static const struct opt opts[] = {
	OPTION(0, "list", NULL, "list the applets", OPT_BIT, AT(list), 1),
	OPTION(0, "install", NULL, "create links to the applets in DIR or beside ipcbox", OPT_BIT, AT(install), 1,
	       LINKS, 0, INSTALL),
	OPTION('s', "symbolic", NULL, "make symbolic links instead of hard links", OPT_BIT, AT(symbolic), 1,
	       LINKS, 0, SYMBOLIC),
	OPTION('f', "force", NULL, "replace existing files", OPT_BIT, AT(force), 1, LINKS, 0, FORCE),
	APPLET_OPTIONS,
};

const struct applet ipcbox_applet = {
	.name = "ipcbox",
	.synopsis = "APPLET [ARGUMENT...]\n--list\n--install [-s] [-f] [DIR]",
	.what = "Run an applet.  So does a link to this program that has the applet's name.",
	.opts = opts,
	.rules = rules,
	.run = run_ipcbox,
};

/* The applet that argv names; advances *argc and *argv to its name.  NULL after an error message. */
static const struct applet *choose(struct out *err, int *argc, char ***argv)
{
	const char *name = *argc > 0 && **argv != NULL ? basename_of(**argv) : "";
	const struct applet *a = find(name);

	if (a != NULL)
		return a;
	if (strncmp(name, ipcbox_applet.name, strlen(ipcbox_applet.name)) != 0) {
		diag(err, ipcbox_applet.name, 0, "applet not found: '", name, "'", NULL);
		return NULL;
	}
	if (*argc > 1 && *(*argv)[1] != '-') {
		--*argc;
		++*argv;
		return choose(err, argc, argv);
	}
	return &ipcbox_applet;
}

/* Drop output to a file descriptor that the caller closed, lest it reach a file opened later. */
static void drop_closed(struct out *out, struct out *err)
{
	struct pollfd fds[] = { { .fd = STDOUT_FILENO }, { .fd = STDERR_FILENO } };

	if (poll(fds, 2, 0) <= 0)
		return;
	if (fds[0].revents & POLLNVAL)
		out->sink = NULL;
	if (fds[1].revents & POLLNVAL)
		err->sink = NULL;
}

/*
 * A signal between creating an object and reporting its ID would lose the object.  With SIGPIPE and
 * SIGXFSZ blocked, write(2) and ftruncate(2) return EPIPE and EFBIG instead.  libc's sigprocmask(2)
 * cannot block the signals that libc reserves for itself, but they end a program as well.
 */
static void block_signals(void)
{
	unsigned char all[_NSIG / 8];

	memset(all, 0xff, sizeof all);
	syscall(SYS_rt_sigprocmask, SIG_BLOCK, all, NULL, sizeof all);
}

/* Without output, no system call is needed. */
static int heard_sink(struct out *o, const char *bytes, size_t n)
{
	applet_hear_pipes();
	o->sink = out_fd_sink;
	return out_fd_sink(o, bytes, n);
}

static void hear(struct out *o)
{
	if (o->sink != NULL)
		o->sink = heard_sink;
}

int main(int argc, char **argv)
{
	/* Large enough to write long lists in few calls; only pages that are used take memory. */
	char out_buf[45056];
	char err_buf[512];
	struct out out, err;
	const struct ipc_sys sys = { "/proc", "/dev/shm", "/dev/mqueue", SOURCE_AUTO, &sys_linux };
	struct world w = { .out = &out, .err = &err, .sys = &sys, .in = STDIN_FILENO,
			   .in_order = getenv("POSIXLY_CORRECT") != NULL, .term = getenv("TERM") };
	const struct applet *applet;
	int status;

	out_init(&out, STDOUT_FILENO, out_buf, sizeof out_buf);
	out_init(&err, STDERR_FILENO, err_buf, sizeof err_buf);
	drop_closed(&out, &err);
	w.self = applet = choose(&err, &argc, &argv);
	if (applet == NULL)
		return NO_SUCH_APPLET;
	if (applet->whole)
		block_signals();
	if (applet->told) {
		hear(&out);
		hear(&err);
	}
	status = applet->run(&w, argc, argv);
	if (out_flush(&out) < 0) {
		diag(&err, applet->name, out.error, "write error", NULL);
		if (status == 0)
			status = 1;
	}
	return status;
}
