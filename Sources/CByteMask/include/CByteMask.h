#ifndef EVENHAND_BYTE_MASK_H
#define EVENHAND_BYTE_MASK_H

#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// Bit i of the answer says whether byte i of the 64 at `bytes` is `a` or `b`.
///
/// In C because Swift has no way to the instruction that gathers the results of sixteen comparisons in one register.
static inline uint64_t evenhand_byte_mask(const uint8_t *bytes, uint8_t a, uint8_t b) {
    uint64_t mask = 0;
#if defined(__SSE2__)
    const __m128i as = _mm_set1_epi8((char)a), bs = _mm_set1_epi8((char)b);
    for (int part = 0; part < 4; part++) {
        const __m128i block = _mm_loadu_si128((const __m128i *)(bytes + 16 * part));
        const __m128i equal = _mm_or_si128(_mm_cmpeq_epi8(block, as), _mm_cmpeq_epi8(block, bs));
        mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(equal) << (16 * part);
    }
#else
    for (int place = 0; place < 64; place++) mask |= (uint64_t)(bytes[place] == a || bytes[place] == b) << place;
#endif
    return mask;
}

#endif
