import App
import ByNameList
import HMIS
import LSA
import Store

/// Errors in words that say what to do.
enum Explanation {
    static func of(_ error: any Error) -> String {
        switch error {
        case let error as StoreError: store(error)
        case let error as UnknownPopulation:
            "there is no such population: choose one of " + error.known.joined(separator: ", ")
        case let error as Refusal: error.explanation
        case let error as OperationRefusal: operation(error)
        case let error as HMISImportError: export(error)
        case let error as LSAInputError: report(error)
        default: "\(error)"
        }
    }

    private static func operation(_ error: OperationRefusal) -> String {
        switch error {
        case .noSuchPerson: "there is no such person, or they are sealed: only the agency that serves them may do this"
        case .noSuchFact: "there is no such merge: bnl person shows those of a person among the facts"
        case .onePersonAlready: "the two are one person already"
        case .undoneBefore: "the merge was undone before"
        case .noSuchHousehold, .writtenByAnotherAgency, .personal, .consentByAnotherAgency, .impossible,
            .undoneAsMerge:
            "\(error)"
        }
    }

    private static func export(_ error: HMISImportError) -> String {
        switch error {
        case .folderUnreadable: "the folder cannot be read: give the folder into which the export was unpacked"
        case .fileUnreadable(let file): "\(file.rawValue).csv cannot be read: look at its permissions"
        case .fileMissing(let file):
            "the folder has no \(file.rawValue).csv: give the folder into which the whole export was unpacked"
        case .columnMissing(let file, let column):
            "\(file.rawValue).csv has no column \(column): export again as HMIS CSV FY2022, FY2024 or FY2026"
        case .noExportEnd: "Export.csv names no ExportEndDate: without it nobody knows up to when the export speaks"
        }
    }

    private static func report(_ error: LSAInputError) -> String {
        switch error {
        case .fileMissing(let file):
            "the folder has no \(file.rawValue).csv, which the report needs: give the folder of a whole export, "
                + "HMIS CSV FY2024 or FY2026"
        case .columnMissing(let file, let column):
            "\(file.rawValue).csv has no column \(column), which the report needs: export again as HMIS CSV FY2024 "
                + "or FY2026"
        }
    }

    private static func store(_ error: StoreError) -> String {
        switch error {
        case .busy: "too many changes are waiting: try again in a moment"
        case .closing: "the server is stopping, and not all of it was done: repeat the command when it runs again"
        case .full: "the disk is full and nothing was kept: free some space and try again"
        case .stopped:
            "the disk has failed and nothing more is written: look at it, start anew, then repeat what was not "
                + "acknowledged"
        case .unavailable(let detail): "the record cannot be used: \(detail)"
        case .damaged(let detail): "the record is damaged: \(detail); restore a backup from the folder backups"
        case .newer(let file, let known):
            "the record was written by a newer bnl (schema \(file), this one knows \(known)): use that one"
        case .held(let process):
            "the data folder is held by process \(process): wait for it to end, or use another folder with --data"
        case .notFound(let what), .alreadyExists(let what), .notAllowed(let what): what
        case .idempotencyConflict: "another request with the same key was answered before: choose a new key"
        }
    }
}
