/* SPDX-License-Identifier: 0BSD */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "program.h"

static void expect(const char *command, int code, const char *out, const char *err)
{
	struct result r = sh(command);

	cr_expect(eq(int, r.code, code), "%s", command);
	cr_expect(eq(str, r.out, (char *)out), "%s", command);
	cr_expect(eq(str, r.err, (char *)err), "%s", command);
}

/* A folder of our own, which the next test does not see. */
static void in_temp(void)
{
	static char dir[] = "/tmp/ipcbox-cli.XXXXXX";

	private_namespaces();
	if (mkdtemp(dir) == NULL || chdir(dir) < 0)
		abort();
}

static void out_of_temp(void)
{
	if (system("rm -rf \"$PWD\"") != 0)
		perror("rm");
}

TestSuite(dispatch, .init = in_temp, .fini = out_of_temp);

#define EMPTY "\n------ Message Queues --------\n" \
	"key        msqid      owner      perms      used-bytes   messages    \n\n"

Test(dispatch, by_the_name_of_a_link)
{
	expect("ipcs -q", 0, EMPTY, "");
	expect("\"$(command -v ipcs)\" -q", 0, EMPTY, "");
	expect("ln -s \"$(command -v ipcbox)\" ipcs && ./ipcs -q && ../$(basename $PWD)/ipcs -q", 0, EMPTY EMPTY, "");
	expect("(exec -a x/y/ipcs ipcbox -q)", 0, EMPTY, "");
}

Test(dispatch, by_the_first_argument)
{
	expect("ipcbox ipcs -q", 0, EMPTY, "");
	expect("(exec -a ipcbox-1.0-musl ipcbox ipcs -q)", 0, EMPTY, "");
	expect("ipcbox ipcbox ipcs -q", 0, EMPTY, "");
	expect("ipcbox ipcs -Z", 1, "",
	       "ipcs: invalid option -- 'Z'\nTry 'ipcs --help' for more information.\n");
}

Test(dispatch, no_such_applet)
{
	expect("ipcbox foo", 127, "", "ipcbox: applet not found: 'foo'\n");
	expect("(exec -a foo ipcbox ipcs)", 127, "", "ipcbox: applet not found: 'foo'\n");
	expect("(exec -a '' ipcbox ipcs)", 127, "", "ipcbox: applet not found: ''\n");
	expect("(exec -a dir/ ipcbox ipcs)", 127, "", "ipcbox: applet not found: ''\n");
	expect("(exec -a $'ipc\\e[31m' ipcbox)", 127, "", "ipcbox: applet not found: 'ipc\\x1b[31m'\n");
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
	expect("ipcbox --list", 0, "ipcmk\nipcrm\nipcs\n", "");
	expect("ipcbox", 1, "", "ipcbox: bad usage\nTry 'ipcbox --help' for more information.\n");
	expect("ipcbox --foo", 1, "",
	       "ipcbox: unrecognized option '--foo'\nTry 'ipcbox --help' for more information.\n");
	expect("ipcbox --list extra", 1, "",
	       "ipcbox: unknown argument: extra\nTry 'ipcbox --help' for more information.\n");
	cr_expect(strncmp(sh("ipcbox --help").out, "Usage:\n ipcbox APPLET", 20) == 0);
	cr_expect(strncmp(sh("ipcbox --version").out, "ipcbox from ipcbox ", 19) == 0);
}

Test(dispatch, install_hard_links)
{
	expect("cp \"$(command -v ipcbox)\" . && mkdir bin && ./ipcbox --install bin && ls bin", 0,
	       "ipcmk\nipcrm\nipcs\n", "");
	expect("test bin/ipcs -ef ipcbox && ! test -L bin/ipcs && bin/ipcs -q", 0, EMPTY, "");
	expect("./ipcbox --install && test ipcrm -ef ipcbox", 0, "", "");
}

Test(dispatch, install_symbolic_links)
{
	expect("cp \"$(command -v ipcbox)\" . && mkdir bin && ./ipcbox --install -s bin && bin/ipcs -q", 0, EMPTY, "");
	expect("test \"$(readlink bin/ipcs)\" = \"$PWD/ipcbox\"", 0, "", "");
}

Test(dispatch, install_leaves_what_is_there)
{
	char *want = malloc(20000), *dir = getcwd(NULL, 0);

	snprintf(want, 20000, "ipcbox: cannot link ./ipcrm to %s/ipcbox: File exists\n", dir);
	expect("cp \"$(command -v ipcbox)\" . && echo mine > ipcrm && ./ipcbox --install .", 1, "", want);
	expect("cat ipcrm && ls", 0, "mine\nipcbox\nipcmk\nipcrm\nipcs\n", "");
	free(want);
	free(dir);
}

Test(dispatch, install_without_proc)
{
	need_plain_program("the address sanitizer needs /proc");
	expect("cp \"$(command -v ipcbox)\" . && mkdir a b && unshare -m bash -c 'mount -t tmpfs none /proc &&"
	       "./ipcbox --install a && ./ipcbox --install -s b' && test a/ipcs -ef ipcbox &&"
	       "test b/ipcs -ef ipcbox", 0, "", "");
}

Test(dispatch, install_to_nowhere)
{
	struct result r = sh("ipcbox --install /nowhere");

	cr_expect(r.code == 1 && strstr(r.err, "ipcbox: cannot link /nowhere/ipcmk to "));
	expect("ipcbox --install ''", 1, "", "ipcbox: cannot install into '': the name is empty\n");
	expect("ipcbox --install a b", 1, "",
	       "ipcbox: unknown argument: b\nTry 'ipcbox --help' for more information.\n");
}
