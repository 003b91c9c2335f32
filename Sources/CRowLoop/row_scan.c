#include "row_loop.h"

#include <sqlite3.h>
#include <time.h>

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

double row_scan(const char *path, long long community, long long last, long long *rows) {
    sqlite3 *database = 0;
    sqlite3_stmt *statement = 0;
    long long sum = 0;
    double start = seconds_now();
    int code = sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, 0);
    if (code == SQLITE_OK) {
        code = sqlite3_prepare_v3(
            database,
            "SELECT seq, kind, effective_from, effective_to, confirmed_to, code, subject, flags, recorded, target, "
            "record FROM fact INDEXED BY fact_of_record WHERE record > 0 AND seq <= ? AND community = ? "
            "ORDER BY record, seq",
            -1, SQLITE_PREPARE_PERSISTENT, &statement, 0);
    }
    *rows = 0;
    if (code == SQLITE_OK) {
        sqlite3_bind_int64(statement, 1, last);
        sqlite3_bind_int64(statement, 2, community);
        while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
            for (int column = 0; column < 11; column++) sum += sqlite3_column_int64(statement, column);
            *rows += 1;
        }
        if (code == SQLITE_DONE) code = SQLITE_OK;
    }
    // A reader that never looked at the columns would be told from one that did.
    if (sum == 0 && *rows > 0) code = SQLITE_CORRUPT;
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return code == SQLITE_OK ? seconds_now() - start : -(double)code;
}
