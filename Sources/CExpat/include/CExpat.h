#ifndef EVENHAND_EXPAT_H
#define EVENHAND_EXPAT_H

#include <expat.h>
#include <stddef.h>

/// A parser that knows namespaces and may hold at most `limit` bytes; beyond them it stops with XML_ERROR_NO_MEMORY.
///
/// Expat keeps every name of an element or attribute that it has ever seen, so a large file of ever new names would
/// fill the memory without any of them being kept here. One parser at a time on a thread: expat's allocators are not
/// given a context, so what is held is counted for the thread.
XML_Parser evenhand_xml_parser(size_t limit, char separator);

#endif
