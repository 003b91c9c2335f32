package import SQLite

/// Why the record could not do what was asked; nobody did wrong, and no text of it is meant for a client.
package enum StoreError: Error, Hashable, Sendable {
    /// The queue of waiting changes is full: try again.
    case busy
    /// The record is being closed: nothing of it was done.
    case closing
    /// The disk is full: nothing was kept.
    case full
    /// The disk has failed to keep what was written, or the file is damaged: nothing more is written until the next
    /// start, and only then is it certain what of the last changes is there.
    case stopped
    /// The record cannot be read or written; the detail is for the operator.
    case unavailable(detail: String)
    /// The file is damaged or not ours.
    case damaged(detail: String)
    /// The file was written by a newer version of the program.
    case newer(fileVersion: Int, knownVersion: Int)
    /// Another process holds the data folder.
    case held(byProcess: Int)
    /// There is no such community, person or fact in reach of the question.
    case notFound(String)
    case alreadyExists(String)
    /// The rules of the record forbid it; the text says what would be allowed.
    case notAllowed(String)
    /// Another request with the same idempotency key was answered before.
    case idempotencyConflict

    var isDamage: Bool {
        if case .damaged = self { true } else { false }
    }

    /// SQLite's words in ours; the one place where they are translated.
    package init(_ error: SQLiteError) {
        switch error.code {
        case .full: self = .full
        case .ioError where error.isFailedSync: self = .stopped
        case .corrupt, .notADatabase: self = .damaged(detail: "\(error)")
        default: self = .unavailable(detail: "\(error)")
        }
    }
}

/// Runs what speaks SQL and translates its failures.
func translatingErrors<Answer>(_ body: () throws(SQLiteError) -> Answer) throws(StoreError) -> Answer {
    do throws(SQLiteError) {
        return try body()
    } catch {
        throw StoreError(error)
    }
}
