/* SPDX-License-Identifier: 0BSD */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "program.h"

static void remove_temp(void)
{
	if (system("rm -rf \"$PWD\"") != 0)
		perror("rm");
}

/* A temporary folder, which is removed however the test ends. */
static void in_temp(void)
{
	static char dir[] = "/tmp/ipcbox-cli.XXXXXX";

	private_namespaces();
	if (mkdtemp(dir) == NULL || chdir(dir) < 0)
		abort();
	setenv("PWD", dir, 1);
	atexit(remove_temp);
}

TestSuite(dispatch, .init = in_temp);
/* Only without the address sanitizer, which needs /proc. */
TestSuite(dispatch_plain, .init = in_temp);

#define EMPTY "\n------ Message Queues --------\n" \
	"key        msqid      owner      perms      used-bytes   messages    \n\n"

Test(dispatch, by_the_name_of_a_link)
{
	expect_sh("ipcs -q", 0, EMPTY, "");
	expect_sh("\"$(command -v ipcs)\" -q", 0, EMPTY, "");
	expect_sh("ln -s \"$(command -v ipcbox)\" ipcs && ./ipcs -q && ../$(basename $PWD)/ipcs -q", 0, EMPTY EMPTY, "");
	expect_sh("(exec -a x/y/ipcs ipcbox -q)", 0, EMPTY, "");
}

Test(dispatch, by_the_first_argument)
{
	expect_sh("ipcbox ipcs -q", 0, EMPTY, "");
	expect_sh("(exec -a ipcbox-1.0-musl ipcbox ipcs -q)", 0, EMPTY, "");
	expect_sh("ipcbox ipcbox ipcs -q", 0, EMPTY, "");
	expect_sh("ipcbox ipcs -Z", 1, "",
	       "ipcs: invalid option -- 'Z'\nTry 'ipcs --help' for more information.\n");
}

Test(dispatch, no_such_applet)
{
	expect_sh("ipcbox foo", 127, "", "ipcbox: applet not found: 'foo'\n");
	expect_sh("(exec -a foo ipcbox ipcs)", 127, "", "ipcbox: applet not found: 'foo'\n");
	expect_sh("(exec -a '' ipcbox ipcs)", 127, "", "ipcbox: applet not found: ''\n");
	expect_sh("(exec -a dir/ ipcbox ipcs)", 127, "", "ipcbox: applet not found: ''\n");
	expect_sh("(exec -a $'ipc\\e[31m' ipcbox)", 127, "", "ipcbox: applet not found: 'ipc\\x1b[31m'\n");
}

Test(dispatch, no_name_at_all)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		char program[4200], *none[] = { NULL };

		snprintf(program, sizeof program, "%s/ipcbox", program_dir());
		close(2);
		execv(program, none);
		_exit(1);
	}
	cr_assert(waitpid(pid, &status, 0) == pid);
	cr_expect(eq(int, status, 127 << 8));
}

Test(dispatch, its_own_options)
{
	expect_sh("ipcbox --list", 0, "ipcmk\nipcrm\nipcs\n", "");
	expect_sh("ipcbox", 1, "", "ipcbox: bad usage\nTry 'ipcbox --help' for more information.\n");
	expect_sh("ipcbox --foo", 1, "",
	       "ipcbox: unrecognized option '--foo'\nTry 'ipcbox --help' for more information.\n");
	expect_sh("ipcbox --list extra", 1, "",
	       "ipcbox: unknown argument: extra\nTry 'ipcbox --help' for more information.\n");
	cr_expect(strncmp(sh("ipcbox --help").out, "Usage:\n ipcbox APPLET", 20) == 0);
	cr_expect(strncmp(sh("ipcbox --version").out, "ipcbox from ipcbox ", 19) == 0);
}

Test(dispatch, install_hard_links)
{
	expect_sh("cp \"$(command -v ipcbox)\" . && mkdir bin && ./ipcbox --install bin && ls bin", 0,
	       "ipcmk\nipcrm\nipcs\n", "");
	expect_sh("test bin/ipcs -ef ipcbox && ! test -L bin/ipcs && bin/ipcs -q", 0, EMPTY, "");
	expect_sh("./ipcbox --install && test ipcrm -ef ipcbox", 0, "", "");
}

Test(dispatch, install_symbolic_links)
{
	expect_sh("cp \"$(command -v ipcbox)\" . && mkdir bin && ./ipcbox --install -s bin && bin/ipcs -q", 0, EMPTY, "");
	expect_sh("readlink bin/ipcs", 0, "../ipcbox\n", "");
}

Test(dispatch, install_leaves_what_is_there)
{
	char *want = malloc(20000), *dir = getcwd(NULL, 0);

	snprintf(want, 20000, "ipcbox: cannot link %s/ipcrm to %s/ipcbox: File exists; -f replaces it\n", dir, dir);
	expect_sh("cp \"$(command -v ipcbox)\" . && echo mine > ipcrm && ./ipcbox --install .", 1, "", want);
	expect_sh("cat ipcrm && ls", 0, "mine\nipcbox\nipcrm\n", "");
	free(want);
	free(dir);
}

Test(dispatch_plain, install_without_proc)
{
	expect_sh("cp \"$(command -v ipcbox)\" . && mkdir a b && unshare -m bash -c 'mount -t tmpfs none /proc &&"
	       "./ipcbox --install a && ./ipcbox --install -s b' && test a/ipcs -ef ipcbox &&"
	       "test b/ipcs -ef ipcbox", 0, "", "");
}

Test(dispatch, install_to_nowhere)
{
	expect_sh("ipcbox --install /nowhere", 1, "",
	       "ipcbox: cannot install into '/nowhere': No such file or directory\n");
	expect_sh("ipcbox --install ''", 1, "", "ipcbox: cannot install into '': No such file or directory\n");
	expect_sh("ipcbox --install a b", 1, "",
	       "ipcbox: unknown argument: b\nTry 'ipcbox --help' for more information.\n");
}

Test(dispatch, options_that_do_not_apply)
{
	expect_sh("ipcbox --list --install", 1, "", "ipcbox: --install does not apply to --list\n");
	expect_sh("ipcbox --list -s", 1, "", "ipcbox: --symbolic does not apply to --list\n");
	expect_sh("ipcbox -f --list", 1, "", "ipcbox: --force does not apply to --list\n");
	expect_sh("ipcbox -s .", 1, "", "ipcbox: --symbolic needs --install\n");
	expect_sh("ipcbox --force", 1, "", "ipcbox: --force needs --install\n");
	expect_sh("ls", 0, "", "");
}
