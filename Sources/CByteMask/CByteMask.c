#include "CByteMask.h"

#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// Bit i of the answer says whether byte i of the 64 at `bytes` is `wanted`.
static inline uint64_t mask(const uint8_t *bytes, uint8_t wanted) {
    uint64_t mask = 0;
#if defined(__SSE2__)
    const __m128i all = _mm_set1_epi8((char)wanted);
    for (int part = 0; part < 4; part++) {
        const __m128i block = _mm_loadu_si128((const __m128i *)(bytes + 16 * part));
        mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(block, all)) << (16 * part);
    }
#else
    for (int place = 0; place < 64; place++) mask |= (uint64_t)(bytes[place] == wanted) << place;
#endif
    return mask;
}

size_t evenhand_field_ends(
    const uint8_t *bytes, ptrdiff_t start, ptrdiff_t stop, uint8_t separator, ptrdiff_t *ends, size_t capacity, size_t *lineFeeds) {
    size_t count = 0, lines = 0;
    for (ptrdiff_t block = start; block < stop && count < capacity; block += 64) {
        uint64_t feeds = mask(bytes + block, '\n'), found = mask(bytes + block, separator) | feeds;
        const uint64_t quotes = mask(bytes + block, '"');
        if (quotes) {
            const uint64_t before = (quotes & -quotes) - 1;
            found &= before;
            feeds &= before;
            stop = block;
        }
        const int number = __builtin_popcountll(found);
        lines += (size_t)__builtin_popcountll(feeds);
        // Four at once, wanted or not: a loop that ends after a number nobody can foresee costs more.
        for (int place = 0; place < number; place += 4) {
            for (int step = 0; step < 4; step++) {
                ends[count + (size_t)(place + step)] = block + __builtin_ctzll(found | (uint64_t)1 << 63);
                found &= found - 1;
            }
        }
        count += (size_t)number;
    }
    *lineFeeds = lines;
    return count;
}

/// Whether `count` bytes at two places differ; reads up to 15 bytes behind them.
static inline int differ(const uint8_t *a, const uint8_t *b, ptrdiff_t count) {
#if defined(__SSE2__)
    int differ = 0;
    for (ptrdiff_t place = 0; place < count; place += 16) {
        const __m128i x = _mm_loadu_si128((const __m128i *)(a + place)), y = _mm_loadu_si128((const __m128i *)(b + place));
        const unsigned unequal = ~(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(x, y)) & 0xFFFF;
        differ |= count - place >= 16 ? unequal != 0 : (unequal & ((1u << (count - place)) - 1)) != 0;
    }
    return differ;
#else
    return memcmp(a, b, (size_t)count) != 0;
#endif
}

void evenhand_mark_changes(
    const uint8_t *bytes, const ptrdiff_t *ends, size_t rows, size_t columns, size_t first, size_t last, ptrdiff_t *changes) {
    for (size_t row = 1; row < rows; row++) {
        const ptrdiff_t *const this = ends + row * columns, *const before = this - columns;
        const ptrdiff_t start = this[first] + 1, length = this[last + 1] - start;
        const ptrdiff_t other = before[first] + 1;
        changes[row] |= before[last + 1] - other != length || differ(bytes + start, bytes + other, length);
    }
}
