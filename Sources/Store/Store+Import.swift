import ByNameList
import CivilTime
package import HMIS

/// What is to be imported, and on whose behalf.
package struct ImportOrder: Sendable {
    /// The community's code.
    package let community: String
    package let agency: String
    package let actor: String
    /// Everything is read and checked, nothing is written.
    package let isDryRun: Bool

    package init(community: String, agency: String, actor: String, isDryRun: Bool = false) {
        self.community = community
        self.agency = agency
        self.actor = actor
        self.isDryRun = isDryRun
    }
}

/// What came of an import.
package struct ImportOutcome: Sendable {
    package let export: HMISExport
    /// What was read, and what was found in it.
    package let report: ImportReport
    /// What was done to the record; a dry run compares nothing and only counts persons and refusals.
    package let counts: ImportCounts
    /// Facts that were not accepted, no more than a thousand of them.
    package let refused: [RefusedFact]
}

extension Store {
    /// Imports an HMIS CSV export; what was written before a failure stays, and the same export can be given again.
    package func importHMIS(
        _ folder: some ExportFolder, _ order: ImportOrder,
        onExport: (HMISExport) throws -> Void = { _ in },
        onFinding: @escaping (ImportFinding) throws -> Void = { _ in },
        onProgress: @escaping (ImportProgress) -> Void = { _ in }
    ) throws -> ImportOutcome {
        let community = try read { reader in try reader.community(order.community) }
        let agencies = try read { reader in try reader.agencies(of: community.id) }
        guard agencies.first(where: { $0.name == order.agency })?.kind != .victimServices else {
            throw StoreError.notAllowed(
                "\(order.agency) is a victim service provider: what it holds of people is not imported")
        }
        let today = calendar(community.zone, clock())
        let run = HMISImport(
            folder, staged: try ScratchRows(self.folder), today: today, onFinding: onFinding, onProgress: onProgress)
        var export: HMISExport?
        var target: (any ImportTarget)?
        let report = try run.run(
            onExport: { found in
                try onExport(found)
                export = found
                let task = ImportTask(
                    community: community.id, agency: order.agency, actor: order.actor, source: found.source,
                    exportID: found.exportID)
                target = order.isDryRun ? ImportTrial(today: today) : ImportWriter(self, task: task, clock: clock)
            },
            onDeletedPerson: { person in try target?.write(person) },
            onPerson: { person in try target?.write(person) })
        guard let export, let target else { throw HMISImportError.noExportEnd }
        try target.finish()
        return ImportOutcome(export: export, report: report, counts: target.counts, refused: target.refused)
    }
}

/// Where the persons of an export go.
protocol ImportTarget: AnyObject {
    var counts: ImportCounts { get }
    var refused: [RefusedFact] { get }

    func write(_ person: ImportedPerson) throws
    func finish() throws
}

/// Looks at persons and writes nothing.
final class ImportTrial: ImportTarget {
    private(set) var counts = ImportCounts()
    private(set) var refused: [RefusedFact] = []
    private let today: CivilDate

    init(today: CivilDate) {
        self.today = today
    }

    func write(_ person: ImportedPerson) {
        counts.persons += 1
        for fact in person.facts {
            guard let refusal = fact.content.refusal(today: today) else { continue }
            counts.refused += 1
            if refused.count < ImportWriter.refusedMax { refused.append(RefusedFact(key: fact.key, refusal: refusal)) }
        }
    }

    func finish() {}
}

extension ImportedContent {
    /// Why the fact cannot be accepted from anybody; of a household only the dates can be refused.
    func refusal(today: CivilDate) -> Refusal? {
        switch self {
        case .fact(let content): content.refusal(today: today)
        case .household(_, let role, let from, let to):
            FactContent.household(HouseholdStatement(household: HouseholdID(0), role: role, from: from, to: to))
                .refusal(today: today)
        }
    }
}
