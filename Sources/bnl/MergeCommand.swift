import App
import ArgumentParser
import ByNameList
import Store

struct MergeCommand: RecordCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Say that two records are one person; months that are over are restated.",
        discussion: """
            Both ids go on working. bnl unmerge makes them two people again, exactly as they were.

            EXAMPLE
              bnl merge p_0123456789ABC p_456789ABCDEFG --community sample
            """)

    @OptionGroup var community: CommunityOptions
    @Argument(help: "One id of the person, as p_0123456789ABC.") var id: String
    @Argument(help: "The other.") var other: String

    var data: DataOptions { community.data }

    func perform(in workspace: Workspace, _ console: Console) throws {
        let ids = try workspace.store.read { reader in try reader.publicIDs() }
        guard let person = ids.person(id), let other = ids.person(other) else {
            throw StoreError.notFound("an id is p_ and thirteen letters and digits, as bnl list shows it")
        }
        let done = try workspace.merging(in: community.community, by: console.user) { merge, ledger in
            try merge.merge(person, with: other, in: ledger)
        }
        console.say("\(id) and \(self.other) are one person: bnl unmerge \(ids.text(of: done.fact)) undoes it")
    }
}

struct UnmergeCommand: RecordCommand {
    static let configuration = CommandConfiguration(
        commandName: "unmerge",
        abstract: "Say that two merged records are two people after all, each as they were.",
        discussion: """
            EXAMPLE
              bnl unmerge f_0123456789ABC --community sample
            """)

    @OptionGroup var community: CommunityOptions
    @Argument(help: "The merge: its id as bnl merge gave it, or the number of the fact as bnl person shows it.")
    var merge: String

    var data: DataOptions { community.data }

    func perform(in workspace: Workspace, _ console: Console) throws {
        let ids = try workspace.store.read { reader in try reader.publicIDs() }
        guard let fact = ids.fact(merge) ?? Int64(merge).map({ FactID($0) }) else {
            throw OperationRefusal.noSuchFact(draft: nil)
        }
        let done = try workspace.merging(in: community.community, by: console.user) { merge, ledger in
            try merge.undo(fact, in: ledger)
        }
        console.say(done.people.map { ids.text(of: $0.person) }.joined(separator: " and ") + ": two people again")
    }
}

extension Workspace {
    /// As a coordinator of the operator's would.
    fileprivate func merging(
        in code: String, by user: String,
        _ work: @escaping @Sendable (MergePeople, CommunityLedger) throws -> MergePeople.Outcome
    ) throws -> MergePeople.Outcome {
        let found = try community(code)
        return try store.change { transaction in
            let origin = try transaction.origin(
                community: found.id, agency: "operator", actor: user, source: "command line", isImport: false)
            let caller = Caller(role: .coordinator, agency: "operator", kind: .coordination)
            return try work(
                MergePeople(caller: caller, relation: .everybody), CommunityLedger(transaction, origin: origin))
        }
    }
}
