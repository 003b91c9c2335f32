// Any export ends in persons, findings or a refusal, each row accounted for; the same whole and in pieces.

@testable import ByNameList
@testable import CivilTime
@testable import HMIS

/// What an import made of an export.
struct Outcome: Equatable {
    var refusal: HMISImportError?
    var persons: [ImportedPerson] = []
    var deleted: [ImportedPerson] = []
    var findings: [ImportFinding] = []
    var files: [HMISFile: FileCount] = [:]
}

/// Files whose bytes come in pieces of a few each.
struct PieceFolder: ExportFolder {
    let files: [String: [UInt8]]
    let pieceBytes: Int

    func open(_ name: String) throws -> ExportFileBytes? {
        guard let bytes = files[name] else { return nil }
        var start = 0
        return ExportFileBytes(count: bytes.count) { buffer in
            let count = min(pieceBytes, buffer.count, bytes.count - start)
            buffer.copyBytes(from: bytes[start..<(start + count)])
            start += count
            return count
        }
    }
}

private let today = CivilDate(dayNumber: 19_814)

func check(_ input: [UInt8]) {
    let files = files(in: input.dropFirst())
    let whole = imported(PieceFolder(files: files, pieceBytes: 1 << 18))
    let inPieces = imported(PieceFolder(files: files, pieceBytes: 1 + Int(input.first ?? 0)))
    demand(whole == inPieces, "in pieces the export says something else")
    guard whole.refusal == nil else { return }
    for (file, count) in whole.files {
        demand(count.read == count.used + count.notUsed, "rows of \(file.rawValue) that nobody accounts for")
    }
    demand(Set(whole.persons.map(\.personalID)).count == whole.persons.count, "a person twice")
    for person in whole.persons {
        demand(Set(person.facts.map(\.key)).count == person.facts.count, "a fact's key twice")
        for fact in person.facts {
            guard case .fact(let content) = fact.content else { continue }
            // What an export dated ahead holds up to that date is read; the store, which knows the day, refuses it.
            if case .tooFarAhead? = content.refusal(today: today) { continue }
            demand(content.refusal(today: today) == nil, "an impossible fact: \(fact.key)")
        }
    }
}

/// Each file stands behind a line `=Name`; what stands before the first is Export.csv.
private func files(in bytes: ArraySlice<UInt8>) -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    var name = HMISFile.export.rawValue
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
        if line.first == UInt8(ascii: "=") {
            name = String(decoding: line.dropFirst(), as: UTF8.self)
            files[name, default: []] += []
        } else {
            files[name, default: []] += line + [10]
        }
    }
    return files
}

private func imported(_ folder: PieceFolder) -> Outcome {
    var outcome = Outcome()
    var findings: [ImportFinding] = []
    let hmis = HMISImport(folder, staged: MemoryStagedRows(), today: today, onFinding: { findings.append($0) })
    do {
        let report = try hmis.run(onDeletedPerson: { outcome.deleted.append($0) }) { outcome.persons.append($0) }
        outcome.files = report.files
    } catch let error as HMISImportError {
        outcome.refusal = error
    } catch { demand(false, "an error that nobody knows: \(error)") }
    outcome.findings = findings
    return outcome
}
