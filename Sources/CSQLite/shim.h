#ifndef BNL_CSQLITE_SHIM_H
#define BNL_CSQLITE_SHIM_H

#include <sqlite3.h>

// SQLITE_TRANSIENT is a cast that Swift cannot import; sqlite3_db_config is variadic.
static inline sqlite3_destructor_type bnl_sqlite_transient(void) { return SQLITE_TRANSIENT; }

static inline int bnl_sqlite_set_config(sqlite3 *database, int option, int value) {
    return sqlite3_db_config(database, option, value, (int *)0);
}

#endif
