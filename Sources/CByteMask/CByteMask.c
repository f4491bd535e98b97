#include "CByteMask.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// The loops are written once and are inlined where they are called, each time with the instructions of the caller.
#define INLINED static inline __attribute__((always_inline))

/// What 64 bytes hold; bit i stands for byte i.
struct Found {
    /// Separators and line feeds, and the latter alone.
    uint64_t ends, feeds;
    uint64_t quotes;
};

/// Finds them in the 64 bytes at `block`.
typedef struct Found (*Look)(const uint8_t *block, uint8_t separator);
/// Writes the places of the bits of `found`, of which there are `number`, counted from `block`; up to seven more are written to.
typedef void (*List)(uint64_t found, int number, ptrdiff_t block, ptrdiff_t *ends);
/// Whether `count` bytes at two places differ; may read up to 15 bytes behind them.
typedef int (*Differ)(const uint8_t *a, const uint8_t *b, ptrdiff_t count);

INLINED size_t fieldEnds(
    const uint8_t *bytes, ptrdiff_t start, ptrdiff_t stop, uint8_t separator, ptrdiff_t *ends, size_t capacity, size_t *lineFeeds,
    Look look, List list) {
    size_t count = 0, lines = 0;
    for (ptrdiff_t block = start; block < stop && count < capacity; block += 64) {
        struct Found found = look(bytes + block, separator);
        if (found.quotes) {
            const uint64_t before = (found.quotes & -found.quotes) - 1;
            found.ends &= before;
            found.feeds &= before;
            stop = block;
        }
        const int number = __builtin_popcountll(found.ends);
        list(found.ends, number, block, ends + count);
        lines += (size_t)__builtin_popcountll(found.feeds);
        count += (size_t)number;
    }
    *lineFeeds = lines;
    return count;
}

INLINED void markChanges(
    const uint8_t *bytes, const ptrdiff_t *ends, size_t rows, size_t columns, size_t first, size_t last, ptrdiff_t *changes,
    Differ differ) {
    for (size_t row = 1; row < rows; row++) {
        const ptrdiff_t *const this = ends + row * columns, *const before = this - columns;
        const ptrdiff_t start = this[first] + 1, length = this[last + 1] - start;
        const ptrdiff_t other = before[first] + 1;
        changes[row] |= before[last + 1] - other != length || differ(bytes + start, bytes + other, length);
    }
}

// Any processor.

INLINED uint64_t mask(const uint8_t *bytes, uint8_t wanted) {
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

static inline struct Found plainLook(const uint8_t *block, uint8_t separator) {
    const uint64_t feeds = mask(block, '\n');
    return (struct Found){mask(block, separator) | feeds, feeds, mask(block, '"')};
}

static inline void plainList(uint64_t found, int number, ptrdiff_t block, ptrdiff_t *ends) {
    // Four at once, wanted or not: a loop that ends after a number nobody can foresee costs more.
    for (int place = 0; place < number; place += 4) {
        for (int step = 0; step < 4; step++) {
            ends[place + step] = block + __builtin_ctzll(found | (uint64_t)1 << 63);
            found &= found - 1;
        }
    }
}

static inline int plainDiffer(const uint8_t *a, const uint8_t *b, ptrdiff_t count) {
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

size_t evenhand_plain_field_ends(
    const uint8_t *bytes, ptrdiff_t start, ptrdiff_t stop, uint8_t separator, ptrdiff_t *ends, size_t capacity, size_t *lineFeeds) {
    return fieldEnds(bytes, start, stop, separator, ends, capacity, lineFeeds, plainLook, plainList);
}

void evenhand_plain_mark_changes(
    const uint8_t *bytes, const ptrdiff_t *ends, size_t rows, size_t columns, size_t first, size_t last, ptrdiff_t *changes) {
    markChanges(bytes, ends, rows, columns, first, last, changes, plainDiffer);
}

// Processors that look at 64 bytes in one instruction, and line up the places of what they found in another.

#if defined(__x86_64__)
#define WIDE __attribute__((target("avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt")))

static int isWide(void) {
    return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2") &&
           __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
}

WIDE static inline struct Found wideLook(const uint8_t *block, uint8_t separator) {
    const __m512i text = _mm512_loadu_si512(block);
    const uint64_t feeds = _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8('\n'));
    return (struct Found){
        _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8((char)separator)) | feeds, feeds, _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8('"'))};
}

WIDE static inline void wideList(uint64_t found, int number, ptrdiff_t block, ptrdiff_t *ends) {
    const __m512i places = _mm512_set_epi64(
        0x3F3E3D3C3B3A3938, 0x3736353433323130, 0x2F2E2D2C2B2A2928, 0x2726252423222120, 0x1F1E1D1C1B1A1918, 0x1716151413121110,
        0x0F0E0D0C0B0A0908, 0x0706050403020100);
    uint8_t numbers[64];
    _mm512_storeu_si512(numbers, _mm512_maskz_compress_epi8(found, places));
    for (int place = 0; place < number; place += 8) {
        const __m512i eight = _mm512_cvtepu8_epi64(_mm_loadl_epi64((const __m128i *)(numbers + place)));
        _mm512_storeu_si512(ends + place, _mm512_add_epi64(eight, _mm512_set1_epi64(block)));
    }
}

WIDE static inline int wideDiffer(const uint8_t *a, const uint8_t *b, ptrdiff_t count) {
    int differ = 0;
    for (ptrdiff_t place = 0; place < count; place += 64) {
        const uint64_t part = _bzhi_u64(~(uint64_t)0, count - place < 64 ? (unsigned)(count - place) : 64);
        const __m512i x = _mm512_maskz_loadu_epi8(part, a + place), y = _mm512_maskz_loadu_epi8(part, b + place);
        differ |= _mm512_cmpneq_epi8_mask(x, y) != 0;
    }
    return differ;
}

WIDE static size_t wideFieldEnds(
    const uint8_t *bytes, ptrdiff_t start, ptrdiff_t stop, uint8_t separator, ptrdiff_t *ends, size_t capacity, size_t *lineFeeds) {
    return fieldEnds(bytes, start, stop, separator, ends, capacity, lineFeeds, wideLook, wideList);
}

WIDE static void wideMarkChanges(
    const uint8_t *bytes, const ptrdiff_t *ends, size_t rows, size_t columns, size_t first, size_t last, ptrdiff_t *changes) {
    markChanges(bytes, ends, rows, columns, first, last, changes, wideDiffer);
}
#else
#define wideFieldEnds evenhand_plain_field_ends
#define wideMarkChanges evenhand_plain_mark_changes
static int isWide(void) { return 0; }
#endif

size_t evenhand_field_ends(
    const uint8_t *bytes, ptrdiff_t start, ptrdiff_t stop, uint8_t separator, ptrdiff_t *ends, size_t capacity, size_t *lineFeeds) {
    return (isWide() ? wideFieldEnds : evenhand_plain_field_ends)(bytes, start, stop, separator, ends, capacity, lineFeeds);
}

void evenhand_mark_changes(
    const uint8_t *bytes, const ptrdiff_t *ends, size_t rows, size_t columns, size_t first, size_t last, ptrdiff_t *changes) {
    (isWide() ? wideMarkChanges : evenhand_plain_mark_changes)(bytes, ends, rows, columns, first, last, changes);
}
