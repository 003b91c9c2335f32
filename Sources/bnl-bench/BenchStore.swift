import App
import ByNameList
import CivilTime
import ShippedConfig
import Store

/// A community to measure in.
struct BenchStore {
    static let code = "bench"
    let workspace: Workspace
    let community: Community
    let origin: Origin

    init(path: String, policy: String = "ca_bfz") throws {
        workspace = try Workspace(path: path, mode: .writing)
        try workspace.createCommunity(
            code: BenchStore.code, name: "Bench", zone: "UTC", policy: PolicyDocument.template(policy) ?? "")
        let found = try workspace.community(BenchStore.code)
        community = found
        origin = try workspace.store.change { transaction in
            try transaction.origin(
                community: found.id, agency: "bench", actor: "bench", source: "bench", isImport: false)
        }
    }

    /// People with a history each, a thousand to a change.
    func fill(_ count: Int, months: Int, progress: (Int) -> Void = { _ in }) throws {
        let community = community.id
        let origin = origin
        var done = 0
        while done < count {
            let batch = min(1_000, count - done)
            try workspace.store.change { transaction in
                for _ in 0..<batch {
                    let person = try transaction.newPerson(in: community)
                    for fact in People.history(of: person, months: months) {
                        try transaction.append(fact, from: origin)
                    }
                }
            }
            done += batch
            progress(done)
        }
    }

    /// One durable change: somebody new.
    static func admit(_ transaction: WriteTransaction, from origin: Origin) throws -> PersonID {
        let person = try transaction.newPerson(in: origin.community)
        let household = try transaction.newHousehold(from: origin)
        let today = try transaction.today(in: origin.community)
        try transaction.append(People.intake(of: person, household: household, on: today), from: origin)
        return person
    }
}

extension BenchStore {
    /// The community that is there, or a new one.
    static func opened(path: String) throws -> BenchStore {
        let workspace = try Workspace(path: path, mode: .writing)
        if (try? workspace.community(code)) != nil { return try BenchStore(workspace: workspace) }
        workspace.store.close()
        return try BenchStore(path: path)
    }

    private init(workspace: Workspace) throws {
        self.workspace = workspace
        let found = try workspace.community(BenchStore.code)
        community = found
        origin = try workspace.store.change { transaction in
            try transaction.origin(
                community: found.id, agency: "bench", actor: "bench", source: "bench", isImport: false)
        }
    }
}
