#pragma once

#include <stddef.h>

/// The table of words in headers (words.tsv), as text in UTF-8, and its length in bytes.
const unsigned char *evenhand_words(size_t *count);
