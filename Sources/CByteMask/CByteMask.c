#include "CByteMask.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
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

#if defined(__x86_64__)
// Processors with these instructions look at 64 bytes in one, and line up the places of what they found in another.
#define WIDE __attribute__((target("avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt")))

static int isWide(void) {
    return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2") &&
           __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
}

WIDE static size_t wideFieldEnds(
    const uint8_t *bytes, ptrdiff_t start, ptrdiff_t stop, uint8_t separator, ptrdiff_t *ends, size_t capacity, size_t *lineFeeds) {
    uint8_t numbers[64];
    for (int place = 0; place < 64; place++) numbers[place] = (uint8_t)place;
    const __m512i places = _mm512_loadu_si512(numbers);
    const __m512i feed = _mm512_set1_epi8('\n'), quote = _mm512_set1_epi8('"'), mark = _mm512_set1_epi8((char)separator);
    size_t count = 0, lines = 0;
    for (ptrdiff_t block = start; block < stop && count < capacity; block += 64) {
        const __m512i text = _mm512_loadu_si512(bytes + block);
        uint64_t feeds = _mm512_cmpeq_epi8_mask(text, feed), found = _mm512_cmpeq_epi8_mask(text, mark) | feeds;
        const uint64_t quotes = _mm512_cmpeq_epi8_mask(text, quote);
        if (quotes) {
            const uint64_t before = (quotes & -quotes) - 1;
            found &= before;
            feeds &= before;
            stop = block;
        }
        const int number = __builtin_popcountll(found);
        lines += (size_t)__builtin_popcountll(feeds);
        _mm512_storeu_si512(numbers, _mm512_maskz_compress_epi8(found, places));
        for (int place = 0; place < number; place += 8) {
            const __m512i eight = _mm512_cvtepu8_epi64(_mm_loadl_epi64((const __m128i *)(numbers + place)));
            _mm512_storeu_si512(ends + count + place, _mm512_add_epi64(eight, _mm512_set1_epi64(block)));
        }
        count += (size_t)number;
    }
    *lineFeeds = lines;
    return count;
}

/// Whether `count` bytes at two places differ.
WIDE static inline int wideDiffer(const uint8_t *a, const uint8_t *b, ptrdiff_t count) {
    int differ = 0;
    for (ptrdiff_t place = 0; place < count; place += 64) {
        const uint64_t part = _bzhi_u64(~(uint64_t)0, count - place < 64 ? (unsigned)(count - place) : 64);
        const __m512i x = _mm512_maskz_loadu_epi8(part, a + place), y = _mm512_maskz_loadu_epi8(part, b + place);
        differ |= _mm512_cmpneq_epi8_mask(x, y) != 0;
    }
    return differ;
}

WIDE static void wideMarkChanges(
    const uint8_t *bytes, const ptrdiff_t *ends, size_t rows, size_t columns, size_t first, size_t last, ptrdiff_t *changes) {
    for (size_t row = 1; row < rows; row++) {
        const ptrdiff_t *const this = ends + row * columns, *const before = this - columns;
        const ptrdiff_t start = this[first] + 1, length = this[last + 1] - start;
        const ptrdiff_t other = before[first] + 1;
        changes[row] |= before[last + 1] - other != length || wideDiffer(bytes + start, bytes + other, length);
    }
}
#endif

size_t evenhand_field_ends(
    const uint8_t *bytes, ptrdiff_t start, ptrdiff_t stop, uint8_t separator, ptrdiff_t *ends, size_t capacity, size_t *lineFeeds) {
#if defined(__x86_64__)
    if (isWide()) return wideFieldEnds(bytes, start, stop, separator, ends, capacity, lineFeeds);
#endif
    return evenhand_plain_field_ends(bytes, start, stop, separator, ends, capacity, lineFeeds);
}

size_t evenhand_plain_field_ends(
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
#if defined(__x86_64__)
    if (isWide()) {
        wideMarkChanges(bytes, ends, rows, columns, first, last, changes);
        return;
    }
#endif
    evenhand_plain_mark_changes(bytes, ends, rows, columns, first, last, changes);
}

void evenhand_plain_mark_changes(
    const uint8_t *bytes, const ptrdiff_t *ends, size_t rows, size_t columns, size_t first, size_t last, ptrdiff_t *changes) {
    for (size_t row = 1; row < rows; row++) {
        const ptrdiff_t *const this = ends + row * columns, *const before = this - columns;
        const ptrdiff_t start = this[first] + 1, length = this[last + 1] - start;
        const ptrdiff_t other = before[first] + 1;
        changes[row] |= before[last + 1] - other != length || differ(bytes + start, bytes + other, length);
    }
}
