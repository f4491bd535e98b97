#ifndef EVENHAND_UCHARDET_H
#define EVENHAND_UCHARDET_H

#include <uchardet/uchardet.h>

#endif
