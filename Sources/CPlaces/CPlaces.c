#include "CPlaces.h"

#include <string.h>

// The loop is written once and is inlined where it is called, each time with the instructions of the caller.
#define INLINED static inline __attribute__((always_inline))

/// Sixteen keys, in two or in four registers.
typedef int32_t Keys __attribute__((vector_size(64)));

INLINED int compared(const double *numbers, size_t count, double low, double perPoint, int32_t *keys, uint16_t *places) {
    for (size_t i = 0; i < count; i++) keys[i] = (int32_t)((numbers[i] - low) * perPoint);
    uint64_t sum = 0;
    for (size_t first = 0; first < count; first += 32) {
        Keys own, next, above = {0}, aboveNext = {0};
        memcpy(&own, keys + first, sizeof own);
        memcpy(&next, keys + first + 16, sizeof next);
        for (size_t i = 0; i < count; i++) {
            const Keys other = (Keys){0} + keys[i];
            // True is −1.
            above -= other > own;
            aboveNext -= other > next;
        }
        const size_t here = count - first < 32 ? count - first : 32;
        for (size_t i = 0; i < 32; i++) {
            const uint32_t place = (uint32_t)(i < 16 ? above[i] : aboveNext[i - 16]);
            places[first + i] = (uint16_t)place;
            sum += i < here ? place : 0;
        }
    }
    // Numbers that share a place leave a later one empty.
    return sum == (uint64_t)count * (count - (count > 0)) / 2;
}

int evenhand_plain_places(const double *numbers, size_t count, double low, double perPoint, int32_t *keys, uint16_t *places) {
    return compared(numbers, count, low, perPoint, keys, places);
}

#if defined(__x86_64__)
// Vectors of 512 bits would gain nothing: their comparisons go to a mask, and from there to numbers is one step more.
__attribute__((target("avx2"))) static int widePlaces(
    const double *numbers, size_t count, double low, double perPoint, int32_t *keys, uint16_t *places) {
    return compared(numbers, count, low, perPoint, keys, places);
}

static int isWide(void) { return __builtin_cpu_supports("avx2"); }
#else
#define widePlaces evenhand_plain_places
static int isWide(void) { return 0; }
#endif

int evenhand_places(const double *numbers, size_t count, double low, double perPoint, int32_t *keys, uint16_t *places) {
    return (isWide() ? widePlaces : evenhand_plain_places)(numbers, count, low, perPoint, keys, places);
}

size_t evenhand_most_compared(void) { return isWide() ? 256 : 96; }
