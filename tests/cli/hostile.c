/* SPDX-License-Identifier: 0BSD */
/* A hostile or poor environment: forged, masked and missing /proc, a strange passwd, refused calls. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

/* One object of each kind, and the output of ipcs about them, with the files as source. */
static char *plain;

static void some_objects(void)
{
	private_namespaces();
	plain = sh("ipcmk -M 4097 -Q -S 3 -p 640 >/dev/null; ipcmk -M 1 -Q -S 1 >/dev/null; ipcs; ipcs -c; ipcs -u; ipcs -l").out;
	cr_assert(strlen(plain) > 1000);
}

#define ALL "ipcs; ipcs -c; ipcs -u; ipcs -l"
/* Except for the one limit that system calls do not show to a 32-bit program, which says so. */
#define BY_CALLS "ipcs; ipcs -c; ipcs -u;" \
	"{ ipcs -l 2>&1 >&3 | grep -v \"the limit SHMALL is unknown\" >&2; } 3>&1 | grep -v total.shared.memory"

/* dash in the path of the helper: it is beside the tests. */
#define WITHOUT "\"$HELPERS\"/without "

TestSuite(hostile, .init = some_objects);
/* Only without the address sanitizer, which needs /proc. */
TestSuite(hostile_plain, .init = some_objects);

Test(hostile, u20_u21_masked_and_malformed_files)
{
	static const char *const masks[] = {
		"mount --bind /dev/null", "mount --bind /etc/hostname",
		": >/tmp/m.$$; echo garbage >/tmp/m.$$; mount --bind /tmp/m.$$",
		"cat $f >/tmp/m.$$; echo garbage >>/tmp/m.$$; mount --bind /tmp/m.$$",
		"head -1 $f >/tmp/m.$$; printf '1 2' >>/tmp/m.$$; mount --bind /tmp/m.$$",
	};
	char command[1024];

	for (size_t i = 0; i < sizeof masks / sizeof *masks; i++) {
		snprintf(command, sizeof command,
			 "for f in /proc/sysvipc/{msg,shm,sem}; do %s $f || exit 99; done;" ALL
			 "; rm -f /tmp/m.$$; umount /proc/sysvipc/*", masks[i]);
		expect_sh(command, 0, plain, "");
	}
}

Test(hostile, no_sysvipc)
{
	expect_sh("mount -t tmpfs none /proc/sysvipc; " ALL, 0, plain, "");
	expect_sh("ipcs -m --source=proc", 1, "\n\n", "ipcs: cannot open /proc/sysvipc/shm: No such file or directory\n");
}

/* Runs what follows, up to the closing quote, without /proc. */
#define NO_PROC "unshare -m bash -c 'mount -t tmpfs none /proc; "

Test(hostile_plain, no_proc)
{
	/* By system calls alone, a 32-bit program sees no limit above the range of its words. */
	plain = sh("echo 1073741824 >/proc/sys/kernel/shmmax; echo 262144 >/proc/sys/kernel/shmall;" BY_CALLS).out;
	expect_sh(NO_PROC BY_CALLS "'", 0, plain, "");
	expect_sh(NO_PROC "ipcs -l -q --source=proc'", 1, "\n\n",
	       "ipcs: cannot open /proc/sys/kernel/msgmni: No such file or directory\n");
	expect_sh(NO_PROC "ipcs -Q -l | head -5'", 0, "\n------ POSIX Messages Limits --------\n"
		  "max queues in namespace = -\nmax messages per queue = -\nmax size of message (bytes) = -\n",
		  "ipcs: the limit QUEUES_MAX is unknown\nipcs: the limit MSG_MAX is unknown\n"
		  "ipcs: the limit MSGSIZE_MAX is unknown\nipcs: the limit MSG_DEFAULT is unknown\n"
		  "ipcs: the limit MSGSIZE_DEFAULT is unknown\n");
	expect_sh(NO_PROC "ipcmk -Q; ipcrm -a; ipcs -q'", 0, "Message queue id: 2\n\n------ Message Queues --------\n"
	       "key        msqid      owner      perms      used-bytes   messages    \n\n", "");
}

Test(hostile, a_folder_in_place_of_a_file)
{
	expect_sh("mount -t tmpfs none /proc/sysvipc; mkdir /proc/sysvipc/{msg,shm,sem}; " ALL, 0, plain, "");
	expect_sh("ipcs -m --source=proc", 1, "\n\n", "ipcs: cannot read /proc/sysvipc/shm: Is a directory\n");
}

/* Linux before 4.17. */
Test(hostile, no_stat_any)
{
	expect_sh("mount -t tmpfs none /proc/sysvipc;" WITHOUT "EINVAL shmctl=15,msgctl=13,semctl=20 bash -c '" ALL "'", 0,
	       plain, "");
}

Test(hostile, refused_calls_and_files)
{
	expect_sh(WITHOUT "EPERM shmctl,msgctl,semctl bash -c '" ALL "'", 0, plain, "");
	expect_sh(WITHOUT "ENOSYS shmctl,msgctl,semctl bash -c '" ALL "'", 0, plain, "");
}

Test(hostile_plain, u37_a_kernel_without_sysvipc)
{
	expect_sh(NO_PROC WITHOUT "ENOSYS shmctl,msgctl,semctl ipcs'", 1, "\n\n\n\n",
	       "ipcs: kernel not configured for message queues\n"
	       "ipcs: kernel not configured for shared memory\n"
	       "ipcs: kernel not configured for semaphores\n");
	expect_sh(NO_PROC WITHOUT "ENOSYS shmctl,msgctl,semctl ipcrm -a'", 1, "",
	       "ipcrm: kernel not configured for shared memory\n"
	       "ipcrm: kernel not configured for semaphores\n"
	       "ipcrm: kernel not configured for message queues\n");
	expect_sh(NO_PROC WITHOUT "ENOSYS shmget,msgget,semget ipcmk -Q'", 1, "",
	       "ipcmk: create message queue failed: Function not implemented\n");
}

/* Names come from outside: no byte that a terminal obeys passes through. */
Test(hostile, names_with_control_bytes)
{
	expect_sh("printf 'ev\\033[1m\\302\\233:x:0:0::/:\\n' >/tmp/p.$$; mount --bind /tmp/p.$$ /etc/passwd;"
	       "ipcs -q -c | sed -n 4p; ipcs -q | sed -n 4p | cut -c 23-33; rm /tmp/p.$$", 0,
	       "0          640        ev\\x1b[1m\\xc2\\x9b root       ev\\x1b[1m\\xc2\\x9b root      \n"
	       "ev\\x1b[1m\\ \n", "");
}

Test(hostile, a_passwd_that_is_none)
{
	static const char *const contents[] = {
		"", "\\n\\n\\n", "garbage", ":x:0:0", "root", "root:x", "root:x:", "root:x:0x0:0", "root:x:-0:0",
		"root:x:00000000000000000000:0", "root:x:4294967296:0",
	};
	char command[1024];

	for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
		snprintf(command, sizeof command,
			 "printf '%s' >/tmp/p.$$; mount --bind /tmp/p.$$ /etc/passwd; ipcs -q | sed -n 4p | cut -c 23-33;"
			 "umount /etc/passwd; rm /tmp/p.$$", contents[i]);
		struct result r = sh(command);
		/* glibc takes some of these for root's line, which then gives root's name. */
		cr_expect(r.code == 0 && (!strcmp(r.out, "0          \n") || !strcmp(r.out, "root       \n")), "'%s': %s%s",
			  contents[i], r.out, r.err);
	}
}

Test(hostile, no_passwd)
{
	expect_sh("mount -t tmpfs none /etc; ipcs -q -c | sed -n 4p", 0,
	       "0          640        0          0          0          0         \n", "");
}

Test(hostile, a_forged_file_is_shown_as_far_as_it_goes)
{
	expect_sh("printf 'key msqid perms uid new cbytes\\n-1 2147483647 104644 4294967295 x 18446744073709551615\\n' >/tmp/m.$$;"
	       "mount --bind /tmp/m.$$ /proc/sysvipc/msg; ipcs -q; rm /tmp/m.$$", 0,
	       "\n------ Message Queues --------\n"
	       "key        msqid      owner      perms      used-bytes   messages    \n"
	       "0xffffffff 2147483647 4294967295 644        18446744073709551615 -           \n\n", "");
}
