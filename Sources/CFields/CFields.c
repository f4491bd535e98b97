#include "CFields.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// The loops are written once and are inlined where they are called, each time with the instructions of the caller.
// Only what they do with the bytes of a block is written for each kind of processor.
#define INLINED static inline __attribute__((always_inline))
/// A byte in all bytes of a word.
#define EACH(byte) ((uint64_t)0x0101010101010101 * (byte))
/// Fields are read in steps of so many: without a branch in a step, the compiler reads several of them with one instruction.
#define AT_ONCE 64

/// What 64 bytes hold; bit i is about byte i.
struct Found {
    /// Separators and line feeds, and the latter alone.
    uint64_t ends, feeds;
    uint64_t quotes;
};

/// Finds them in the 64 bytes at `block`.
typedef struct Found (*Look)(const uint8_t *block, uint8_t separator);
/// Writes the offsets of the bits of `found`, of which there are `number`, counted from `block`; up to seven more are written.
typedef void (*List)(uint64_t found, int number, ptrdiff_t block, ptrdiff_t *ends);
/// Whether `count` bytes at two addresses differ; may read up to 31 bytes after them.
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

/// The first eight bytes of some fields, less a carriage return at their end, and their lengths; only lengths from 1 to 8 mean anything.
struct Words {
    uint64_t words[AT_ONCE];
    int64_t lengths[AT_ONCE];
};

INLINED void readWords(const struct EvenhandColumn *column, size_t first, size_t count, struct Words *found) {
    for (size_t i = 0; i < count; i++) {
        const ptrdiff_t start = column->before[(first + i) * column->stride] + 1;
        found->lengths[i] = column->ends[(first + i) * column->stride] - start;
        memcpy(&found->words[i], column->bytes + start, 8);
    }
    const int64_t mayEndInReturn = column->mayEndInReturn;
    for (size_t i = 0; i < count; i++) {
        const uint64_t word = found->words[i];
        const int64_t length = found->lengths[i] - (mayEndInReturn & (((word >> ((8 * found->lengths[i] - 8) & 63)) & 0xFF) == '\r'));
        found->lengths[i] = length;
        found->words[i] = word & ~(uint64_t)0 >> ((64 - 8 * length) & 63);
    }
}

/// The number that eight digits make, the first in the lowest byte, each less '0'.
INLINED uint64_t numberOf(uint64_t digits) {
    const uint64_t pairs = (digits * 10 + (digits >> 8)) & 0x00FF00FF00FF00FF;
    const uint64_t fours = (pairs * 100 + (pairs >> 16)) & 0x0000FFFF0000FFFF;
    return (fours * 10000 + (fours >> 32)) & 0xFFFFFFFF;
}

/// Has a high bit where one of eight bytes, each less '0', is not a digit.
INLINED uint64_t noDigits(uint64_t digits) { return ((digits + EACH(0x76)) | digits) & EACH(0x80); }

INLINED int shortDecimals(const struct EvenhandColumn *column, size_t rows, int decimals, int32_t *units) {
    static const uint32_t powers[8] = {1, 10, 100, 1000, 10000, 100000, 1000000, 0};
    uint64_t faults = 0;
    for (size_t first = 0; first < rows; first += AT_ONCE) {
        const size_t count = rows - first < AT_ONCE ? rows - first : AT_ONCE;
        struct Words found;
        readWords(column, first, count, &found);
        for (size_t i = 0; i < count; i++) {
            const uint64_t word = found.words[i];
            const int64_t length = found.lengths[i];
            // The high bit of the first byte that is a point.
            const uint64_t others = word ^ EACH('.'), marks = (others - EACH(1)) & ~others & EACH(0x80);
            const uint64_t point = marks & -marks;
            // The bytes before the point, and those after it moved up to them; without a point all bytes stay.
            const uint64_t before = (point >> 7) - 1, text = (word & before) | ((word >> 8) & ~before);
            const int64_t hasPoint = point != 0, index = (int64_t)(((point >> 7) * 0x0001020304050607) >> 56);
            const int64_t behind = hasPoint ? length - 1 - index : 0, digitCount = length - hasPoint, places = decimals - behind;
            const uint64_t shift = (uint64_t)(8 * (8 - digitCount));
            const uint64_t digits = ((text << (shift & 63)) | ((EACH('0') >> 8) >> ((56 - shift) & 63))) ^ EACH('0');
            const uint64_t unit = numberOf(digits) * powers[places & 7];
            // Lengths from 1 to 8, digits from 1 to 8, places from 0 to 7 and decimals up to 6 have no bits from the fourth on.
            faults |= ((uint64_t)(length - 1) | (uint64_t)(digitCount - 1) | (uint64_t)places | (uint64_t)(6 - behind)) >> 3;
            faults |= noDigits(digits) | unit >> 31;
            units[first + i] = (int32_t)unit;
        }
    }
    return faults == 0;
}

INLINED void numberedCodes(
    const struct EvenhandColumn *column, size_t rows, const struct EvenhandNumbering *names, const int32_t *table, int32_t *codes) {
    const int64_t length = names->length;
    const uint64_t letterMask = names->letterMask, letters = names->letters, shift = names->shift, digitMask = names->digitMask;
    const uint64_t capacity = names->capacity;
    for (size_t first = 0; first < rows; first += AT_ONCE) {
        const size_t count = rows - first < AT_ONCE ? rows - first : AT_ONCE;
        struct Words found;
        readWords(column, first, count, &found);
        for (size_t i = 0; i < count; i++) {
            const uint64_t word = found.words[i], digits = ((word << shift) ^ EACH('0')) & digitMask, number = numberOf(digits);
            const int isAlike = (found.lengths[i] == length) & ((word & letterMask) == letters) & (noDigits(digits) == 0) & (number < capacity);
            const int32_t code = table[isAlike ? number : 0];
            codes[first + i] = isAlike ? code : -1;
        }
    }
}

/// The loops with the instructions of a kind of processor.
#define LOOPS(kind, instructions)                                                                                                         \
    instructions static size_t kind##FieldEnds(                                                                                           \
        const uint8_t *bytes, ptrdiff_t start, ptrdiff_t stop, uint8_t separator, ptrdiff_t *ends, size_t capacity, size_t *lineFeeds) {  \
        return fieldEnds(bytes, start, stop, separator, ends, capacity, lineFeeds, kind##Look, kind##List);                               \
    }                                                                                                                                     \
    instructions static void kind##MarkChanges(                                                                                           \
        const uint8_t *bytes, const ptrdiff_t *ends, size_t rows, size_t columns, size_t first, size_t last, ptrdiff_t *changes) {        \
        markChanges(bytes, ends, rows, columns, first, last, changes, kind##Differ);                                                      \
    }                                                                                                                                     \
    instructions static int kind##ShortDecimals(const struct EvenhandColumn *column, size_t rows, int decimals, int32_t *units) {         \
        return shortDecimals(column, rows, decimals, units);                                                                              \
    }                                                                                                                                     \
    instructions static void kind##NumberedCodes(                                                                                         \
        const struct EvenhandColumn *column, size_t rows, const struct EvenhandNumbering *names, const int32_t *table, int32_t *codes) {  \
        numberedCodes(column, rows, names, table, codes);                                                                                 \
    }                                                                                                                                     \
    static const struct EvenhandLoops kind##Loops = {kind##FieldEnds, kind##MarkChanges, kind##ShortDecimals, kind##NumberedCodes};

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
    for (int i = 0; i < 64; i++) mask |= (uint64_t)(bytes[i] == wanted) << i;
#endif
    return mask;
}

static inline struct Found plainLook(const uint8_t *block, uint8_t separator) {
    const uint64_t feeds = mask(block, '\n');
    return (struct Found){mask(block, separator) | feeds, feeds, mask(block, '"')};
}

static inline void plainList(uint64_t found, int number, ptrdiff_t block, ptrdiff_t *ends) {
    // Four at once, wanted or not: a loop whose length cannot be predicted costs more.
    for (int first = 0; first < number; first += 4) {
        for (int step = 0; step < 4; step++) {
            ends[first + step] = block + __builtin_ctzll(found | (uint64_t)1 << 63);
            found &= found - 1;
        }
    }
}

static inline int plainDiffer(const uint8_t *a, const uint8_t *b, ptrdiff_t count) {
#if defined(__SSE2__)
    int differ = 0;
    for (ptrdiff_t offset = 0; offset < count; offset += 16) {
        const __m128i x = _mm_loadu_si128((const __m128i *)(a + offset)), y = _mm_loadu_si128((const __m128i *)(b + offset));
        const unsigned unequal = ~(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(x, y)) & 0xFFFF;
        differ |= count - offset >= 16 ? unequal != 0 : (unequal & ((1u << (count - offset)) - 1)) != 0;
    }
    return differ;
#else
    return memcmp(a, b, (size_t)count) != 0;
#endif
}

LOOPS(plain, )

#if defined(__x86_64__)

// Processors that look at 32 bytes in one instruction, and shift four numbers by four different counts in another.

#define AVX2 __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt")))

AVX2 static inline uint64_t avx2Mask(__m256i low, __m256i high, uint8_t wanted) {
    const __m256i all = _mm256_set1_epi8((char)wanted);
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, all)) |
           (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, all)) << 32;
}

AVX2 static inline struct Found avx2Look(const uint8_t *block, uint8_t separator) {
    const __m256i low = _mm256_loadu_si256((const __m256i *)block), high = _mm256_loadu_si256((const __m256i *)(block + 32));
    const uint64_t feeds = avx2Mask(low, high, '\n');
    return (struct Found){avx2Mask(low, high, separator) | feeds, feeds, avx2Mask(low, high, '"')};
}

AVX2 static inline void avx2List(uint64_t found, int number, ptrdiff_t block, ptrdiff_t *ends) {
    for (int first = 0; first < number; first += 4) {
        for (int step = 0; step < 4; step++) {
            ends[first + step] = block + (ptrdiff_t)_tzcnt_u64(found);
            found = _blsr_u64(found);
        }
    }
}

AVX2 static inline int avx2Differ(const uint8_t *a, const uint8_t *b, ptrdiff_t count) {
    uint32_t differ = 0;
    for (ptrdiff_t offset = 0; offset < count; offset += 32) {
        const uint32_t part = _bzhi_u32(~(uint32_t)0, count - offset < 32 ? (unsigned)(count - offset) : 32);
        const __m256i x = _mm256_loadu_si256((const __m256i *)(a + offset)), y = _mm256_loadu_si256((const __m256i *)(b + offset));
        differ |= ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(x, y)) & part;
    }
    return differ != 0;
}

LOOPS(avx2, AVX2)

// Processors that look at 64 bytes in one instruction, and line up the offsets of what they found in another.

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt")))

AVX512 static inline struct Found avx512Look(const uint8_t *block, uint8_t separator) {
    const __m512i text = _mm512_loadu_si512(block);
    const uint64_t feeds = _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8('\n'));
    return (struct Found){
        _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8((char)separator)) | feeds, feeds, _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8('"'))};
}

AVX512 static inline void avx512List(uint64_t found, int number, ptrdiff_t block, ptrdiff_t *ends) {
    const __m512i offsets = _mm512_set_epi64(
        0x3F3E3D3C3B3A3938, 0x3736353433323130, 0x2F2E2D2C2B2A2928, 0x2726252423222120, 0x1F1E1D1C1B1A1918, 0x1716151413121110,
        0x0F0E0D0C0B0A0908, 0x0706050403020100);
    uint8_t numbers[64];
    _mm512_storeu_si512(numbers, _mm512_maskz_compress_epi8(found, offsets));
    for (int first = 0; first < number; first += 8) {
        const __m512i eight = _mm512_cvtepu8_epi64(_mm_loadl_epi64((const __m128i *)(numbers + first)));
        _mm512_storeu_si512(ends + first, _mm512_add_epi64(eight, _mm512_set1_epi64(block)));
    }
}

AVX512 static inline int avx512Differ(const uint8_t *a, const uint8_t *b, ptrdiff_t count) {
    int differ = 0;
    // Half as wide as could be: most fields are short, and fewer of such loads lie across two lines of the cache.
    for (ptrdiff_t offset = 0; offset < count; offset += 32) {
        const uint32_t part = _bzhi_u32(~(uint32_t)0, count - offset < 32 ? (unsigned)(count - offset) : 32);
        const __m256i x = _mm256_maskz_loadu_epi8(part, a + offset), y = _mm256_maskz_loadu_epi8(part, b + offset);
        differ |= _mm256_cmpneq_epi8_mask(x, y) != 0;
    }
    return differ;
}

LOOPS(avx512, AVX512)

static int hasAVX2(void) {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
           __builtin_cpu_supports("lzcnt") && __builtin_cpu_supports("popcnt");
}

static int hasAVX512(void) {
    return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2") && hasAVX2();
}
#endif

const struct EvenhandLoops *evenhand_loops(enum EvenhandInstructions instructions) {
#if defined(__x86_64__)
    if (instructions == evenhandAVX2) return hasAVX2() ? &avx2Loops : NULL;
    if (instructions == evenhandAVX512) return hasAVX512() ? &avx512Loops : NULL;
#endif
    return instructions == evenhandPlain ? &plainLoops : NULL;
}

static const struct EvenhandLoops *best(void) {
#if defined(__x86_64__)
    if (hasAVX512()) return &avx512Loops;
    if (hasAVX2()) return &avx2Loops;
#endif
    return &plainLoops;
}

size_t evenhand_field_ends(
    const uint8_t *bytes, ptrdiff_t start, ptrdiff_t stop, uint8_t separator, ptrdiff_t *ends, size_t capacity, size_t *lineFeeds) {
    return best()->fieldEnds(bytes, start, stop, separator, ends, capacity, lineFeeds);
}

void evenhand_mark_changes(
    const uint8_t *bytes, const ptrdiff_t *ends, size_t rows, size_t columns, size_t first, size_t last, ptrdiff_t *changes) {
    best()->markChanges(bytes, ends, rows, columns, first, last, changes);
}

int evenhand_short_decimals(const struct EvenhandColumn *column, size_t rows, int decimals, int32_t *units) {
    return best()->shortDecimals(column, rows, decimals, units);
}

void evenhand_numbered_codes(
    const struct EvenhandColumn *column, size_t rows, const struct EvenhandNumbering *names, const int32_t *table, int32_t *codes) {
    best()->numberedCodes(column, rows, names, table, codes);
}
