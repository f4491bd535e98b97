#ifndef EVENHAND_MINIZIP_H
#define EVENHAND_MINIZIP_H

#include <minizip/unzip.h>

#endif
