#include "CDigest.h"

#include <sha2.h>
#include <stddef.h>

bool evenhand_sha256_of_file(const char *path, char digits[65]) { return SHA256File(path, digits) != NULL; }
