#include "CExpat.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

// In front of each block is its size, in as many bytes as keep the block aligned.
#define FRONT 16

static _Thread_local size_t held, most;

static void *allocate(size_t size) {
    if (size > most || held > most - size) return NULL;
    char *block = malloc(FRONT + size);
    if (!block) return NULL;
    memcpy(block, &size, sizeof size);
    held += size;
    return block + FRONT;
}

static size_t size_of(const void *memory) {
    size_t size;
    memcpy(&size, (const char *)memory - FRONT, sizeof size);
    return size;
}

static void release(void *memory) {
    if (!memory) return;
    held -= size_of(memory);
    free((char *)memory - FRONT);
}

static void *reallocate(void *memory, size_t size) {
    if (!memory) return allocate(size);
    const size_t old = size_of(memory);
    if (size > most || held - old > most - size) return NULL;
    char *block = realloc((char *)memory - FRONT, FRONT + size);
    if (!block) return NULL;
    memcpy(block, &size, sizeof size);
    held += size - old;
    return block + FRONT;
}

XML_Parser evenhand_xml_parser(size_t limit, char separator) {
    static const XML_Memory_Handling_Suite suite = {allocate, reallocate, release};
    const char separators[2] = {separator, 0};
    most = limit;
    return XML_ParserCreate_MM(NULL, &suite, separators);
}
