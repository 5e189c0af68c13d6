/* SPDX-License-Identifier: 0BSD */
/* How wide a terminal shows text, without the locale of the C library. */
#ifndef CORE_SHOW_WIDTH_H
#define CORE_SHOW_WIDTH_H

#include <stddef.h>
#include <stdint.h>

/*
 * The cells of a printable character.  Two: East_Asian_Width Wide or Fullwidth in EastAsianWidth.txt of
 * Unicode 15.0, ideographs and emoji among them.  None: marks of general category Mn or Me on Latin,
 * Greek, Cyrillic, Hebrew, Arabic, Syriac, Thaana, N'Ko, Devanagari, Thai, Lao and Japanese letters and on
 * symbols, and the vowels and final consonants of decomposed Hangul.  One: all others, which includes the
 * marks of scripts that are not in this list.
 */
unsigned width_of_character(uint32_t c);

/* The cells of len bytes of UTF-8; a malformed byte takes one. */
size_t width_of(const char *s, size_t len);

/* The length in bytes of the longest prefix that takes at most `cells` cells.  Splits no character. */
size_t width_fit(const char *s, size_t len, size_t cells);

#endif
