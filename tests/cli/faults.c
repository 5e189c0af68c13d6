/* SPDX-License-Identifier: 0BSD */
/* System calls that fail at the wrong moment, injected with strace. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

/* LeakSanitizer needs ptrace for itself. */
#define INJECT "ASAN_OPTIONS=detect_leaks=0 strace -qq -o /dev/null -e inject="
#define COUNT "cat /proc/sysvipc/* | grep -vc key"

static void with_strace(void)
{
	private_namespaces();
	if (system("strace -o /dev/null true") != 0)
		skip_test("strace does not work here");
}

TestSuite(faults, .init = with_strace);
/* Only without the address sanitizer, which needs memory itself. */
TestSuite(faults_plain, .init = with_strace);

/* One object of each kind, and the list of them. */
static char *listed(void)
{
	char *list = sh("ipcmk -M 1 -Q -S 1 >/dev/null; ipcs").out;

	cr_assert(strstr(list, "\n------ Message Queues --------\n") == list, "%s", list);
	cr_assert(eq(int, sh("test $(" COUNT ") -eq 3").code, 0));
	return list;
}

Test(faults, reads_that_are_interrupted)
{
	char *plain = listed();

	expect_sh(INJECT "openat,open:error=EINTR:when=1..2 -P /proc/sysvipc/shm ipcs", 0, plain, "");
	expect_sh(INJECT "read:error=EINTR:when=1..3 -P /proc/sysvipc/shm -P /proc/sysvipc/sem ipcs", 0, plain, "");
	expect_sh(INJECT "write:error=EINTR:when=1..3 ipcs", 0, plain, "");
}

Test(faults, files_that_fail)
{
	char *plain = listed();

	expect_sh(INJECT "openat,open:error=EACCES -P /proc/sysvipc/shm ipcs", 0, plain, "");
	expect_sh(INJECT "read:error=EIO -P /proc/sysvipc/shm ipcs", 0, plain, "");
	expect_sh(INJECT "read:error=EIO -P /proc/sysvipc/shm ipcs -m --source=proc", 1, "\n\n",
	       "ipcs: cannot read /proc/sysvipc/shm: Input/output error\n");
	expect_sh(INJECT "read:error=EIO:when=2 -P /proc/sysvipc/shm ipcs", 0, plain, "");
}

Test(faults, creation_that_fails_leaves_nothing)
{
	expect_sh(INJECT "semget:error=ENOMEM ipcmk -M 1 -Q -S 1; " COUNT, 1, "0\n",
	       "ipcmk: create semaphore failed: Cannot allocate memory\n");
	expect_sh(INJECT "msgget:error=EEXIST:when=1..20 ipcmk -Q", 0, "Message queue id: 1\n", "");
	expect_sh(INJECT "write:error=EIO:when=1 ipcmk -M 1 -S 1; " COUNT, 0, "1\n", "ipcmk: write error: Input/output error\n");
}

/* A signal after the object is created and before its ID is reported. */
Test(faults, a_signal_between_making_and_telling)
{
	expect_sh(INJECT "msgget:signal=SIGTERM ipcmk -Q", 0, "Message queue id: 0\n", "");
	expect_sh(INJECT "msgget:signal=SIGINT ipcmk -Q -S 1", 0, "Message queue id: 1\nSemaphore id: 0\n", "");
	expect_sh(INJECT "msgget:signal=SIGHUP ipcmk -Q >/dev/full; " COUNT, 0, "3\n",
	       "ipcmk: write error: No space left on device\n");
}

/* DEFECTS U27: removed between listing and reading. */
Test(faults, u27_removed_meanwhile)
{
	sh("ipcmk -S 3 -Q");
	expect_sh(INJECT "semctl:error=EIDRM:when=2 ipcs -s -i 0", 1, "", "ipcs: id 0 not found\n");
	expect_sh(INJECT "msgctl:error=EIDRM ipcs -q -i 0", 1, "", "ipcs: id 0 not found\n");
	expect_sh(INJECT "msgctl:error=EIDRM ipcrm -q 0", 1, "", "ipcrm: already removed id (0)\n");
	expect_sh(INJECT "msgctl:error=EIDRM ipcrm --all=msg", 0, "", "");
}

Test(faults_plain, no_memory)
{
	struct result r;

	sh("\"$HELPERS\"/populate queues 50");
	r = sh(INJECT "brk,mmap:error=ENOMEM:when=20+ ipcrm -a; echo $?;" COUNT);
	cr_expect(strcmp(r.out, "0\n0\n") == 0 ||
		  (strcmp(r.out, "1\n50\n") == 0 && strstr(r.err, "Cannot allocate memory")), "%s%s", r.out, r.err);
	/* Names need memory; without it, a table shows IDs. */
	r = sh("ipcrm -a; ipcmk -Q >/dev/null;" INJECT "brk,mmap:error=ENOMEM:when=20+ ipcs -q");
	cr_expect(eq(int, r.code, 0));
	cr_expect(strstr(r.out, "root") || strstr(r.out, " 0          644 "), "%s", r.out);
}

/* Output to a closed standard error is discarded: it does not reach a file that got its descriptor. */
Test(faults, nothing_is_written_to_a_closed_standard_error)
{
#define TRACE "trace() { ASAN_OPTIONS=detect_leaks=0 strace -qq -o /tmp/t.$$ -e trace=write,writev \"$@\";" \
		"echo $?; grep -c '^writev\\?(2,' /tmp/t.$$; rm /tmp/t.$$; }; "

	expect_sh(TRACE "trace ipcs -q -i 7 2>/dev/null; trace ipcs -q -i 7 2>&-", 0, "1\n1\n1\n0\n", "");
	expect_sh("mount -t tmpfs none /proc/sysvipc;" TRACE "trace ipcs -q --source=proc 2>&-", 0, "\n\n1\n0\n", "");
}

/* DEFECTS U28: a user is looked up once, found or not, whatever the number of rows. */
Test(faults, u28_passwd_is_opened_once)
{
	expect_sh("\"$HELPERS\"/populate queues 40;"
	       "ASAN_OPTIONS=detect_leaks=0 strace -qq -f -o /tmp/t.$$ -e trace=open,openat ipcs -q >/dev/null;"
	       "grep -c /etc/passwd /tmp/t.$$; rm /tmp/t.$$", 0, "1\n", "");
}

/* A list makes no call for each row: many rows share a read of /proc. */
Test(faults, no_call_for_each_row)
{
	struct result r;

	r = sh("\"$HELPERS\"/populate queues 200; export ASAN_OPTIONS=detect_leaks=0;"
	       "strace -qq -f -o /tmp/t.$$ ipcs -s >/dev/null; none=$(grep -c . /tmp/t.$$);"
	       "strace -qq -f -o /tmp/t.$$ ipcs -q >/dev/null; many=$(grep -c . /tmp/t.$$);"
	       "strace -qq -f -o /tmp/t.$$ ipcs -q -i 0 >/dev/null; echo $((many - none)); grep -c 'msgctl(' /tmp/t.$$;"
	       "rm /tmp/t.$$");
	cr_expect(r.code == 0 && atoi(r.out) < 60, "200 rows: %s", r.out);
	cr_expect(strstr(r.out, "\n1\n") != NULL, "-i is one call: %s", r.out);
}
