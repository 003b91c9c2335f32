import CBuild
import Store

/// What this program is, for whoever has to know exactly.
package enum Version {
    /// The commit that it was built from.
    package static var commit: String { String(cString: bnl_commit()) }

    /// Commit, SQLite's version, and what that version means for the record.
    package static var text: String {
        let note =
            Store.hasWALResetBug
            ? "older than 3.51.3: two connections that write or checkpoint at once could damage the file "
                + "(WAL-reset bug); here one connection alone does both"
            : "3.51.3 or newer: without the WAL-reset bug"
        return "bnl, commit \(commit)\nSQLite \(Store.sqliteVersion), \(note)"
    }
}
