/// How many rows of a file were read, and what became of them: read = used + not used.
package struct FileCount: Hashable, Sendable {
    package fileprivate(set) var read = 0
    package fileprivate(set) var used = 0
    package fileprivate(set) var notUsed = 0
    /// Rows that passed the first look (readable, not deleted, not said twice), before the person was looked at.
    package fileprivate(set) var accepted = 0
}

/// What an import read and found.
package struct ImportReport: Sendable {
    /// A kind of finding in one file, and what was done about it.
    package struct Line: Hashable, Sendable {
        package let file: HMISFile
        package let column: String?
        package let what: ImportFindingKind
        package let whatWasDone: ImportFindingOutcome
    }

    /// The most findings of one line that are kept as examples; all are counted and handed out one by one.
    package static let examplesMax = 20

    package fileprivate(set) var files: [HMISFile: FileCount] = [:]
    package fileprivate(set) var rows: [Line: Int] = [:]
    package fileprivate(set) var examples: [Line: [ImportFinding]] = [:]
    package internal(set) var persons = 0
    package internal(set) var facts = 0

    /// A report of nothing.
    package static let empty = ImportReport()

    /// The rows that findings of this kind speak of.
    package func count(_ what: ImportFindingKind, in file: HMISFile? = nil) -> Int {
        rows.reduce(0) { $0 + ($1.key.what == what && (file == nil || $1.key.file == file) ? $1.value : 0) }
    }
}

/// Takes findings down, counts rows, and passes each finding on.
final class FindingLog {
    private(set) var report = ImportReport()
    private let pass: (ImportFinding) throws -> Void

    init(pass: @escaping (ImportFinding) throws -> Void) {
        self.pass = pass
    }

    func note(_ finding: ImportFinding) throws {
        let line = ImportReport.Line(
            file: finding.file, column: finding.column, what: finding.what, whatWasDone: finding.whatWasDone)
        report.rows[line, default: 0] += finding.rows
        if finding.whatWasDone == .rowNotUsed {
            report.files[finding.file, default: FileCount()].notUsed += finding.rows
        }
        if report.examples[line, default: []].count < ImportReport.examplesMax {
            report.examples[line, default: []].append(finding)
        }
        try pass(finding)
    }

    func opened(_ file: HMISFile) { report.files[file, default: FileCount()].read += 0 }

    func read(_ file: HMISFile) { report.files[file, default: FileCount()].read += 1 }

    func accepted(_ file: HMISFile) { report.files[file, default: FileCount()].accepted += 1 }

    func used(_ file: HMISFile, rows: Int = 1) { report.files[file, default: FileCount()].used += rows }

    func handedOut(facts: Int) {
        report.persons += 1
        report.facts += facts
    }
}
