#ifndef EVENHAND_BYTE_MASK_H
#define EVENHAND_BYTE_MASK_H

#include <stddef.h>
#include <stdint.h>

/// Writes the places of separators and line feeds in `bytes[start ..< stop]`, in order, to `ends`.
///
/// It looks at 64 bytes at a time and stops at the first quote, or with the block in which `capacity` places are full; so `ends` must have
/// room for 64 more, and 64 bytes behind `stop` must be readable. Places from `stop` on may be reported too.
///
/// In C because Swift has no way to the instruction that gathers the results of sixteen comparisons in one register.
///
/// - Returns: the number of places; `lineFeeds` is the number of line feeds among them.
size_t evenhand_field_ends(
    const uint8_t *bytes, ptrdiff_t start, ptrdiff_t stop, uint8_t separator, ptrdiff_t *ends, size_t capacity, size_t *lineFeeds);

/// The same without the wide instructions of newer processors.
size_t evenhand_plain_field_ends(
    const uint8_t *bytes, ptrdiff_t start, ptrdiff_t stop, uint8_t separator, ptrdiff_t *ends, size_t capacity, size_t *lineFeeds);

/// Marks, by a 1 in `changes`, the rows in which the bytes of some neighbouring columns are not those of the row before; from the second
/// row on, and other marks stay. `ends` holds the place before the first row and then the ends of all fields, `columns` for a row.
void evenhand_mark_changes(
    const uint8_t *bytes, const ptrdiff_t *ends, size_t rows, size_t columns, size_t first, size_t last, ptrdiff_t *changes);

/// The same without the wide instructions of newer processors.
void evenhand_plain_mark_changes(
    const uint8_t *bytes, const ptrdiff_t *ends, size_t rows, size_t columns, size_t first, size_t last, ptrdiff_t *changes);

#endif
