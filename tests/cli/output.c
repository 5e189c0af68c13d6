/* SPDX-License-Identifier: 0BSD */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

/* The number of objects: lines of /proc without the three headings. */
#define COUNT "cat /proc/sysvipc/* | grep -vc key"

TestSuite(output, .init = private_namespaces);

Test(output, a_full_disk)
{
	expect_sh("ipcs >/dev/full", 1, "", "ipcs: write error: No space left on device\n");
	expect_sh("ipcs --help >/dev/full", 1, "", "ipcs: write error: No space left on device\n");
	expect_sh("ipcmk -M 1 -Q -S 2 >/dev/full; " COUNT, 1, "0\n", "ipcmk: write error: No space left on device\n");
	expect_sh("ipcmk -S 2 >/dev/null; ipcrm -v --all >/dev/full", 1, "", "ipcrm: write error: No space left on device\n");
	expect_sh(COUNT, 0, "1\n", "");
	expect_sh("ipcbox --list >/dev/full", 1, "", "ipcbox: write error: No space left on device\n");
	expect_sh("ipcs foo 2>/dev/full", 1, "", "");
}

Test(output, closed_descriptors)
{
	expect_sh("ipcs >&-", 0, "", "");
	expect_sh("ipcs foo 2>&-", 1, "", "");
	expect_sh("ipcs <&- >&- 2>&-", 0, "", "");
	expect_sh("ipcmk -Q >&-; echo $?; " COUNT, 1, "1\n0\n", "ipcmk: standard output is closed\n");
	expect_sh("ipcmk -Q <&- | cat", 0, "Message queue id: 0\n", "");
	expect_sh("ipcmk -Q | cat", 0, "Message queue id: 1\n", "");
	expect_sh("ipcrm -v -q 1 >&- 2>&- && " COUNT, 0, "1\n", "");
}

/* The source file gets the descriptor of standard output, but is not written to. */
Test(output, nothing_reaches_another_file)
{
	expect_sh("ipcmk -Q; cp /proc/sysvipc/msg /tmp/sysvipc.$$ && mount --bind /tmp/sysvipc.$$ /proc/sysvipc/msg &&"
	       "ipcrm -q 0 && ipcs -q --noheadings --raw --output ID --source=proc;"
	       "ipcs -q --source=proc >&- 2>&-; echo $?; wc -l </tmp/sysvipc.$$; rm /tmp/sysvipc.$$", 0, "Message queue id: 0\n0\n0\n2\n", "");
}

/* Only standard error is closed: the list and the status are the same. */
Test(output, a_closed_standard_error)
{
	expect_sh("ipcmk -Q 2>&- && ipcs -q --noheadings --raw --output ID 2>&-", 0, "Message queue id: 0\n0\n", "");
	expect_sh("ipcs -q -Z 2>&-", 1, "", "");
	expect_sh("ipcs -q -i 7 2>&-", 1, "", "");
	expect_sh("ipcmk -Q -S 99999999 2>&-; " COUNT, 0, "1\n", "");
	expect_sh("mount -t tmpfs none /proc/sysvipc; ipcs -q --source=proc 2>&-", 1, "\n\n", "");
}

/* A pipe on descriptor 4 that nobody reads. */
#define NO_READER "mkfifo /tmp/pipe.$$; exec 3<>/tmp/pipe.$$ 4>/tmp/pipe.$$ 3>&-; rm /tmp/pipe.$$;"

Test(output, a_closed_pipe)
{
	expect_sh(NO_READER "ipcs >&4", 128 + 13, "", "");
	expect_sh("trap '' PIPE;" NO_READER "ipcs >&4", 1, "", "ipcs: write error: Broken pipe\n");
	expect_sh(NO_READER "ipcmk -M 1 -Q -S 2 >&4; " COUNT, 1, "0\n", "ipcmk: write error: Broken pipe\n");
}

Test(output, a_long_list_is_whole)
{
	expect_sh("\"$HELPERS\"/populate queues 1500;"
	       "ipcs -q | tail -n +4 | awk 'NF {n++; if ($2 != n - 1) print} END {print n}'", 0, "1500\n", "");
}

Test(output, text_of_the_c_locale)
{
	expect_sh("LC_ALL=de_DE.UTF-8 LANGUAGE=de ipcs -q -t; LC_ALL=zh_CN.UTF-8 ipcmk -Q", 0,
	       "\n------ Message Queues Send/Recv/Change Times --------\n"
	       "msqid    owner      send                 recv                 change              \n\n"
	       "Message queue id: 0\n", "");
	expect_sh("LC_ALL=de_DE.UTF-8 ipcmk -M 1,5K", 1, "", "ipcmk: failed to parse size: '1,5K': Invalid argument\n");
}

Test(output, times_are_local)
{
	struct result utc = sh("ipcmk -S 1 >/dev/null; TZ=UTC ipcs -s -t"), east = sh("TZ=XXX-14 ipcs -s -t");

	cr_expect(utc.code == 0 && strstr(utc.out, "Not set"));
	cr_expect(ne(str, utc.out, east.out));
}

/* DEFECTS U7: --all alone means the three System V kinds; POSIX objects are files of somebody. */
Test(output, u7_all_leaves_posix_objects)
{
	expect_sh("mount -t tmpfs none /dev/shm && mkdir -p /dev/mqueue && mount -t mqueue none /dev/mqueue &&"
	       "echo x >/dev/shm/f && ipcmk -q -n q --max-messages 1 --message-size 1 &&"
	       "ipcmk -M 1 -Q -S 1 >/dev/null;" COUNT "; ipcrm -a; echo $?; ls /dev/shm /dev/mqueue; " COUNT, 1,
	       "POSIX message queue name: q\n3\n0\n/dev/mqueue:\nq\n\n/dev/shm:\nf\n0\n", "");
}
