#include "row_loop.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

enum { RECORD, HOUSEHOLD, FACT, IDENTITY, SPELL, TALLY, MONTH, GENERATION, BEGIN, COMMIT, STATEMENTS };

static const char *const sql[STATEMENTS] = {
    [RECORD] = "INSERT INTO record (community) VALUES (?)",
    [HOUSEHOLD] = "INSERT INTO household (community, source, source_key) VALUES (?, ?, ?)",
    [FACT] =
        "INSERT INTO fact (community, record, kind, version, effective_from, effective_to, confirmed_to, code, subject, "
        "flags, actor, source, source_key, source_version, recorded, target, detail) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [IDENTITY] =
        "INSERT INTO identity (fact, record, given_name, middle_name, family_name, name_suffix, description, birth, "
        "birth_quality, initials) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [SPELL] =
        "INSERT OR REPLACE INTO spell (projection, person, ordinal, from_day, to_day, populations, gaps, opened, closed, "
        "closed_reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [TALLY] =
        "INSERT INTO tally (projection, population, unit, day, measure, reason, events, people) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET events = events + excluded.events, "
        "people = people + excluded.people",
    [MONTH] =
        "INSERT INTO month_tally (projection, population, unit, measure, month, reason, events, people) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET events = events + excluded.events, "
        "people = people + excluded.people",
    [GENERATION] = "UPDATE community SET generation = generation + 1 WHERE id = ?",
    [BEGIN] = "BEGIN IMMEDIATE",
    [COMMIT] = "COMMIT",
};

struct loop {
    sqlite3 *database;
    sqlite3_stmt *statements[STATEMENTS];
    const struct row_plan *plan;
    long long recorded;
    int failure;
};

static void bind_all(sqlite3_stmt *statement, const long long *values, int count) {
    for (int index = 0; index < count; index++) sqlite3_bind_int64(statement, index + 1, values[index]);
}

static void run(struct loop *loop, int which) {
    int code = sqlite3_step(loop->statements[which]);
    if (code != SQLITE_DONE && code != SQLITE_ROW) loop->failure = code;
    sqlite3_reset(loop->statements[which]);
}

static void write_fact(struct loop *loop, long long record, long long household, int index) {
    const struct row_plan *plan = loop->plan;
    sqlite3_stmt *fact = loop->statements[FACT];
    sqlite3_clear_bindings(fact);
    int kind = index == 0 ? 1 : index == 1 ? 12 : index == 2 ? 3 : index == 3 ? 11 : index == 4 ? 4 : 13;
    const long long head[] = {plan->community, record, kind, 1};
    bind_all(fact, head, 4);
    if (kind != 1) sqlite3_bind_int64(fact, 5, plan->first_day);
    sqlite3_bind_int64(fact, 8, 1);
    if (kind == 11) sqlite3_bind_int64(fact, 9, household);
    sqlite3_bind_int64(fact, 10, index);
    sqlite3_bind_int64(fact, 11, plan->actor);
    sqlite3_bind_int64(fact, 12, plan->source);
    sqlite3_bind_int64(fact, 15, loop->recorded);
    run(loop, FACT);
    if (kind != 1) return;
    sqlite3_stmt *identity = loop->statements[IDENTITY];
    sqlite3_clear_bindings(identity);
    sqlite3_bind_int64(identity, 1, sqlite3_last_insert_rowid(loop->database));
    sqlite3_bind_int64(identity, 2, record);
    sqlite3_bind_text(identity, 3, "Alexandra", -1, SQLITE_STATIC);
    sqlite3_bind_text(identity, 5, "Featherstone", -1, SQLITE_STATIC);
    sqlite3_bind_int64(identity, 8, 5000);
    sqlite3_bind_int64(identity, 9, 1);
    sqlite3_bind_text(identity, 10, "af", -1, SQLITE_STATIC);
    run(loop, IDENTITY);
}

static void write_change(struct loop *loop) {
    const struct row_plan *plan = loop->plan;
    sqlite3_bind_int64(loop->statements[RECORD], 1, plan->community);
    run(loop, RECORD);
    long long record = sqlite3_last_insert_rowid(loop->database);
    const long long household_row[] = {plan->community, plan->source};
    bind_all(loop->statements[HOUSEHOLD], household_row, 2);
    run(loop, HOUSEHOLD);
    long long household = sqlite3_last_insert_rowid(loop->database);
    for (int index = 0; index < plan->facts; index++) write_fact(loop, record, household, index);
    for (int index = 0; index < plan->spells; index++) {
        const long long spell[] = {plan->projection, record, index, plan->first_day, plan->first_day + 90,
                                   0x300000003, 2, 1, 6, 1};
        bind_all(loop->statements[SPELL], spell, 10);
        run(loop, SPELL);
    }
}

static void write_counts(struct loop *loop) {
    const struct row_plan *plan = loop->plan;
    for (int index = 0; index < plan->tally_rows; index++) {
        const long long tally[] = {plan->projection, index % 6, index / 6 % 2, plan->first_day + index / 12 * 90,
                                   1 + index / 12, 0, 32, 32};
        bind_all(loop->statements[TALLY], tally, 8);
        run(loop, TALLY);
    }
    for (int index = 0; index < plan->month_rows; index++) {
        const long long month[] = {plan->projection, index % 6, index / 6 % 2, 1 + index / 12, 600, 0, 32, 32};
        bind_all(loop->statements[MONTH], month, 8);
        run(loop, MONTH);
    }
    sqlite3_bind_int64(loop->statements[GENERATION], 1, plan->community);
    run(loop, GENERATION);
}

static int open_loop(struct loop *loop, const char *path) {
    int code = sqlite3_open_v2(path, &loop->database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code != SQLITE_OK) return code;
    static const char pragmas[] =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"
        "PRAGMA cell_size_check=ON; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0;"
        "PRAGMA journal_size_limit=67108864; PRAGMA recursive_triggers=ON; PRAGMA wal_autocheckpoint=0;"
        "PRAGMA cache_size=-65536;";
    sqlite3_exec(loop->database, pragmas, NULL, NULL, NULL);
    for (int index = 0; index < STATEMENTS; index++) {
        code = sqlite3_prepare_v3(loop->database, sql[index], -1, SQLITE_PREPARE_PERSISTENT,
                                  &loop->statements[index], NULL);
        if (code != SQLITE_OK) return code;
    }
    return SQLITE_OK;
}

double row_loop(const char *path, int changes, const struct row_plan *plan) {
    struct loop loop;
    memset(&loop, 0, sizeof loop);
    loop.plan = plan;
    loop.failure = open_loop(&loop, path);
    loop.recorded = plan->recorded;
    double start = seconds_now();
    int frames = 0;
    for (int done = 0; done < changes && loop.failure == SQLITE_OK;) {
        run(&loop, BEGIN);
        loop.recorded += 1;
        for (int index = 0; index < plan->changes_per_group && done < changes; index++, done++) write_change(&loop);
        write_counts(&loop);
        run(&loop, COMMIT);
        // The product checkpoints when the log is long; so does this.
        if (++frames % 64 == 0) sqlite3_wal_checkpoint_v2(loop.database, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    }
    double seconds = seconds_now() - start;
    for (int index = 0; index < STATEMENTS; index++) sqlite3_finalize(loop.statements[index]);
    sqlite3_close(loop.database);
    return loop.failure == SQLITE_OK ? seconds : -(double)loop.failure;
}
