#include "CWords.h"

// Part of C23, which this compiler knows in every mode; the table is data that translators edit.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char words[] = {
#embed "words.tsv"
};

const unsigned char *evenhand_words(size_t *count) {
    *count = sizeof words;
    return words;
}
