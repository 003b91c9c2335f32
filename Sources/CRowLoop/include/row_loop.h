#ifndef BNL_ROW_LOOP_H
#define BNL_ROW_LOOP_H

/// What one change and one group of changes write, in rows of each table.
struct row_plan {
    int facts;
    int spells;
    int tally_rows;
    int month_rows;
    int changes_per_group;
    long long community;
    long long actor;
    long long source;
    long long projection;
    long long first_day;
    /// Later than everything that is recorded.
    long long recorded;
};

/// Writes that many changes as plain SQL from C: the same rows, pragmas and group size as the product, nothing else.
/// Answers the seconds it took, or a negative SQLite code.
double row_loop(const char *path, int changes, const struct row_plan *plan);

/// Reads every column that a fold reads of every fact up to that one, person by person, and does nothing with them.
/// Answers the seconds it took, or a negative SQLite code.
double row_scan(const char *path, long long community, long long last, long long *rows);

#endif
