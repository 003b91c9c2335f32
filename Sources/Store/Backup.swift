import Glibc
import SQLite

/// A copy of the whole record as it is at one moment, taken beside any writing.
package struct Backup {
    private let folder: DataFolder

    package init(folder: DataFolder) {
        self.folder = folder
    }

    /// Copies, checks the copy, and only then gives it its name; answers its path.
    @discardableResult
    package func run(named name: String) throws(StoreError) -> String {
        mkdir(folder.backupsPath, 0o700)
        let final = "\(folder.backupsPath)/\(name).sqlite3"
        let unfinished = final + ".unfinished"
        unlink(unfinished)
        try translatingErrors { () throws(SQLiteError) in
            let reader = try Connection(
                path: folder.databasePath, mode: .readOnly, applicationID: RecordFile.applicationID)
            let copy = try Connection(path: unfinished, mode: .scratch, applicationID: RecordFile.applicationID)
            try reader.backup(to: copy)
            guard try copy.integrityProblems().isEmpty else {
                throw SQLiteError(.corrupt, message: "the copy does not pass its check")
            }
        }
        guard rename(unfinished, final) == 0 else {
            throw .unavailable(detail: "the backup cannot be named: \(systemMessage())")
        }
        synchronize(final)
        return final
    }

    private func synchronize(_ path: String) {
        for path in [path, folder.backupsPath] {
            let descriptor = open(path, O_RDONLY)
            guard descriptor >= 0 else { continue }
            fsync(descriptor)
            close(descriptor)
        }
    }
}
