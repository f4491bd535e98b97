#include "CPlaces.h"

#include <string.h>

// The loops are written once and are inlined where they are called, each time with the instructions of the caller.
#define INLINED static inline __attribute__((always_inline))
#define AT_ONCE EVENHAND_DRAWS_AT_ONCE

/// A number of each draw, with its position in the draw in the last eight bits.
typedef int32_t Keys __attribute__((vector_size(4 * AT_ONCE), aligned(4)));

INLINED void sort(Keys *keys, size_t count) {
    size_t top = 1;
    while (2 * top < count) top *= 2;
    for (size_t p = top; p > 0 && count > 1; p /= 2) {
        for (size_t q = top, r = 0, distance = p;; distance = q - p, q /= 2, r = p) {
            // The positions whose bit p is that of r.
            for (size_t first = r; first + distance < count; first += 2 * p) {
                const size_t stop = first + p + distance < count ? first + p : count - distance;
                for (size_t i = first; i < stop; i++) {
                    const Keys a = keys[i], b = keys[i + distance];
                    keys[i] = __builtin_elementwise_min(a, b);
                    keys[i + distance] = __builtin_elementwise_max(a, b);
                }
            }
            if (q == p) break;
        }
    }
}

INLINED unsigned places(const double *draws, size_t count, double low, double perPoint, int32_t *keys, uint32_t *places) {
    for (size_t draw = 0; draw < AT_ONCE; draw++) {
        const double *const numbers = draws + draw * count;
        for (size_t i = 0; i < count; i++) keys[i * AT_ONCE + draw] = (int32_t)((numbers[i] - low) * perPoint) << 8 | (int32_t)i;
    }
    Keys *const all = (Keys *)keys;
    sort(all, count);
    Keys areNear = {0};
    for (size_t i = 1; i < count; i++) areNear |= (all[i] ^ all[i - 1]) < 256;
    unsigned found = 0;
    for (size_t draw = 0; draw < AT_ONCE; draw++) {
        for (size_t i = 0; i < count; i++) places[draw * count + (keys[i * AT_ONCE + draw] & 255)] = (uint32_t)(count - 1 - i);
        found |= (unsigned)(areNear[draw] & 1) << draw;
    }
    return found;
}

unsigned evenhand_plain_places(const double *draws, size_t count, double low, double perPoint, int32_t *keys, uint32_t *found) {
    return places(draws, count, low, perPoint, keys, found);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static unsigned widePlaces(
    const double *draws, size_t count, double low, double perPoint, int32_t *keys, uint32_t *found) {
    return places(draws, count, low, perPoint, keys, found);
}

static int isWide(void) { return __builtin_cpu_supports("avx2"); }
#else
#define widePlaces evenhand_plain_places
static int isWide(void) { return 0; }
#endif

unsigned evenhand_places(const double *draws, size_t count, double low, double perPoint, int32_t *keys, uint32_t *found) {
    return (isWide() ? widePlaces : evenhand_plain_places)(draws, count, low, perPoint, keys, found);
}
