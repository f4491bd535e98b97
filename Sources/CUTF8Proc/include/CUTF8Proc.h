#ifndef EVENHAND_UTF8PROC_H
#define EVENHAND_UTF8PROC_H

#include <utf8proc.h>

#endif
