# SPDX-License-Identifier: 0BSD
# Run by ctest: one add_test for each Criterion test of `binary` but those `left_out`.  Suites whose name ends in
# _plain need what a sanitizer keeps for itself, such as ptrace; the other builds run them.
execute_process(COMMAND env LC_ALL=C "${binary}" --list OUTPUT_VARIABLE listed RESULT_VARIABLE failed)
if(failed)
	add_test("${prefix}" "${binary}" --list)
	return()
endif()
string(REPLACE "\n" ";" lines "${listed}")
math(EXPR seconds "120 * ${slowness}")
foreach(line IN LISTS lines)
	if(line MATCHES "^([A-Za-z0-9_]+): [0-9]+ test")
		set(suite "${CMAKE_MATCH_1}")
	elseif(line MATCHES "^[|`]-- ([A-Za-z0-9_]+)" AND NOT (sanitized AND suite MATCHES "_plain$"))
		set(test "${CMAKE_MATCH_1}")
		list(FIND left_out "${test}" found)
		if(NOT found EQUAL -1)
			continue()
		endif()
		add_test("${prefix}.${test}" "${binary}" --verbose -j1 --filter "${suite}/${test}")
		set_tests_properties("${prefix}.${test}" PROPERTIES TIMEOUT ${seconds} LABELS "${labels}"
			ENVIRONMENT "${environment}"
			SKIP_REGULAR_EXPRESSION "\\[SKIP\\] ${suite}::${test}: "
			FAIL_REGULAR_EXPRESSION "${reports}")
		if(NOT program STREQUAL "dynamic")
			set_tests_properties("${prefix}.${test}" PROPERTIES FIXTURES_REQUIRED ${program})
		endif()
	endif()
endforeach()
