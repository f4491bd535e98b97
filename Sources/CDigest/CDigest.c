#include "CDigest.h"

#include <sha2.h>

void evenhand_sha256(const void *bytes, size_t count, char digits[65]) { SHA256Data(bytes, count, digits); }

bool evenhand_sha256_of_file(const char *path, char digits[65]) { return SHA256File(path, digits) != NULL; }
