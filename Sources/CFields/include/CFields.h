#ifndef EVENHAND_FIELDS_H
#define EVENHAND_FIELDS_H

#include <stddef.h>
#include <stdint.h>

/// Writes the offsets of separators and line feeds in `bytes[start ..< stop]`, in order, to `ends`.
///
/// It looks at 64 bytes at a time and stops at the first quote, or with the block in which `capacity` elements are full; so `ends` must
/// have room for 64 more, and 64 bytes after `stop` must be readable. Offsets from `stop` on may be reported too.
///
/// In C because Swift has no way to the instruction that gathers the results of sixteen comparisons in one register.
///
/// - Returns: the number of offsets; `lineFeeds` is the number of line feeds among them.
size_t evenhand_field_ends(
    const uint8_t *bytes, ptrdiff_t start, ptrdiff_t stop, uint8_t separator, ptrdiff_t *ends, size_t capacity, size_t *lineFeeds);

/// Marks, by a 1 in `changes`, the rows in which the bytes of some neighbouring columns are not those of the row before; from the second
/// row on, and other marks stay. `ends` holds the offset before the first row and then the ends of all fields, `columns` for a row.
void evenhand_mark_changes(
    const uint8_t *bytes, const ptrdiff_t *ends, size_t rows, size_t columns, size_t first, size_t last, ptrdiff_t *changes);

/// A column of some rows: the offset before its field in each of them, and the offset after, from row to row `stride` apart.
struct EvenhandColumn {
    const uint8_t *bytes;
    const ptrdiff_t *before, *ends;
    size_t stride;
    /// Whether a carriage return at the end of a field is not part of it: 1 or 0.
    int mayEndInReturn;
};

/// Reads fields of one to eight bytes that are digits with at most one point among them, in units of the last of `decimals` (0 to 6) places.
///
/// Eight bytes from the beginning of each field must be readable, also in what follows.
///
/// - Returns: 1; or 0 when a field is something else, has more places, or more units than 2³¹ − 1, and `units` mean nothing.
int evenhand_short_decimals(const struct EvenhandColumn *column, size_t rows, int decimals, int32_t *units);

/// Names of one length: a number after the same letters.
struct EvenhandNumbering {
    int64_t length;
    /// The bytes that are not digits: where they are, and what they are.
    uint64_t letterMask, letters;
    /// Brings the digits to the end of a word of eight bytes, and marks them there.
    uint64_t shift, digitMask;
    /// Numbers from here on are not in the table.
    uint64_t capacity;
};

/// Looks the names of a column up in a table by their number; writes −1 for a name of another kind. The table is not empty.
void evenhand_numbered_codes(
    const struct EvenhandColumn *column, size_t rows, const struct EvenhandNumbering *names, const int32_t *table, int32_t *codes);

/// The four loops with the same instructions.
struct EvenhandLoops {
    size_t (*fieldEnds)(
        const uint8_t *bytes, ptrdiff_t start, ptrdiff_t stop, uint8_t separator, ptrdiff_t *ends, size_t capacity, size_t *lineFeeds);
    void (*markChanges)(
        const uint8_t *bytes, const ptrdiff_t *ends, size_t rows, size_t columns, size_t first, size_t last, ptrdiff_t *changes);
    int (*shortDecimals)(const struct EvenhandColumn *column, size_t rows, int decimals, int32_t *units);
    void (*numberedCodes)(
        const struct EvenhandColumn *column, size_t rows, const struct EvenhandNumbering *names, const int32_t *table, int32_t *codes);
};

/// Those of all processors, and those of newer ones.
enum EvenhandInstructions { evenhandPlain, evenhandAVX2, evenhandAVX512 };

/// The loops with these instructions, for tests; the functions above take the best. `NULL` where the processor does not have them.
const struct EvenhandLoops *evenhand_loops(enum EvenhandInstructions instructions);

#endif
