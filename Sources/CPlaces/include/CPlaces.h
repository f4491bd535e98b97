#ifndef EVENHAND_PLACES_H
#define EVENHAND_PLACES_H

#include <stddef.h>
#include <stdint.h>

/// Writes the place of each of some numbers among them, 0 for the highest, to `places`.
///
/// All are compared with all, on whole numbers of 32 bits: (number − `low`) · `perPoint`, which must stay between 0 and 2³¹ − 1. `keys` and
/// `places` have room for `count` rounded up to a multiple of 32.
///
/// In C because Swift compiles a target for one kind of processor, and this is twice as fast with the wider vectors of most.
///
/// - Returns: 1; or 0 when two numbers were too near to be told apart, and the places mean nothing.
int evenhand_places(const double *numbers, size_t count, double low, double perPoint, int32_t *keys, uint16_t *places);

/// The most numbers of which so many comparisons take less time on this processor than putting them in order.
size_t evenhand_most_compared(void);

/// The same with the vectors that all processors have.
int evenhand_plain_places(const double *numbers, size_t count, double low, double perPoint, int32_t *keys, uint16_t *places);

#endif
