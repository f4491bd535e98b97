// Unicode normalization (utf8proc, Debian package libutf8proc-dev), linked statically: another shared library would cost every start.
#define UTF8PROC_STATIC
#include <utf8proc.h>
