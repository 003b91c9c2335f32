import App
import ByNameList
import Store

/// Errors in words that say what to do.
enum Explanation {
    static func of(_ error: any Error) -> String {
        switch error {
        case let error as StoreError: store(error)
        case let error as Refusal: error.explanation
        default: "\(error)"
        }
    }

    private static func store(_ error: StoreError) -> String {
        switch error {
        case .busy: "too many changes are waiting: try again in a moment"
        case .full: "the disk is full and nothing was kept: free some space and try again"
        case .unavailable(let detail): "the record cannot be used: \(detail)"
        case .damaged(let detail): "the record is damaged: \(detail); restore a backup from the folder backups"
        case .newer(let file, let known):
            "the record was written by a newer bnl (schema \(file), this one knows \(known)): use that one"
        case .held(let process):
            "the data folder is held by process \(process): wait for it to end, or use another folder with --data"
        case .notFound(let what), .alreadyExists(let what): what
        case .idempotencyConflict: "another request with the same key was answered before: choose a new key"
        }
    }
}
