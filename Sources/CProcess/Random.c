// Debian's libexpat.a salts its tables of names with arc4random_buf, which glibc has had since 2.36 only; nothing else in the program needs
// one newer than 2.35. The linker takes this definition before that of the C library, so the program also runs on Ubuntu 22.04.
#if defined(__GLIBC__) || defined(__linux__)
#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>

void arc4random_buf(void *bytes, size_t count) __attribute__((visibility("hidden")));

void arc4random_buf(void *bytes, size_t count) {
    char *next = bytes;
    while (count > 0) {
        // A request of any size may be answered in part, and a signal may interrupt one.
        const ssize_t filled = getrandom(next, count, 0);
        if (filled < 0 && errno != EINTR) abort();
        if (filled > 0) {
            next += filled;
            count -= (size_t)filled;
        }
    }
}
#endif
