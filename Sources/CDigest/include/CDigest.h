#ifndef EVENHAND_DIGEST_H
#define EVENHAND_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

/// Writes the SHA-256 of some bytes, 64 hexadecimal digits and a zero.
void evenhand_sha256(const void *bytes, size_t count, char digits[65]);

/// Writes the SHA-256 of a file, 64 hexadecimal digits and a zero; false when the file cannot be read.
bool evenhand_sha256_of_file(const char *path, char digits[65]);

#endif
