#ifndef BNL_CSQLITE_SHIM_H
#define BNL_CSQLITE_SHIM_H

#include <sqlite3.h>

// SQLITE_TRANSIENT is a cast that Swift cannot import; sqlite3_db_config and sqlite3_config are variadic.
static inline sqlite3_destructor_type bnl_sqlite_transient(void) { return SQLITE_TRANSIENT; }

static inline int bnl_sqlite_set_config(sqlite3 *database, int option, int value) {
    return sqlite3_db_config(database, option, value, (int *)0);
}

// Before anything else of the library: it counts no memory, which would take a lock at each allocation.
static inline int bnl_sqlite_count_no_memory(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

#endif
