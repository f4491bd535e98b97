#ifndef EVENHAND_PLACES_H
#define EVENHAND_PLACES_H

#include <stddef.h>
#include <stdint.h>

/// The number of draws that are put in order side by side.
#define EVENHAND_DRAWS_AT_ONCE 8
/// The most numbers that a draw may have for that.
#define EVENHAND_MOST_SORTED 256

/// Writes the place of each number among those of its draw, 0 for the highest, for eight draws of `count` numbers one after the other.
///
/// They are sorted as whole numbers of 23 bits, (number − `low`) · `perPoint`, which must be from 0 to 2²³ − 1, by comparing and
/// exchanging the same two positions of all draws at once (merge exchange; Batcher 1968, Knuth, The Art of Computer Programming 3, 5.2.2,
/// algorithm M): no step depends on what the numbers are. `keys` and `places` have room for eight draws.
///
/// In C because Swift compiles a target for one kind of processor, and newer ones have instructions for this.
///
/// - Returns: a bit for each draw of which two numbers were too near to be told apart, and whose places mean nothing.
unsigned evenhand_places(const double *draws, size_t count, double low, double perPoint, int32_t *keys, uint32_t *places);

/// The same with the instructions that all processors have.
unsigned evenhand_plain_places(const double *draws, size_t count, double low, double perPoint, int32_t *keys, uint32_t *places);

#endif
