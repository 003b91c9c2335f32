#include "build.h"

#ifndef BNL_COMMIT
#define BNL_COMMIT "unknown"
#endif

const char *bnl_commit(void) { return BNL_COMMIT; }
