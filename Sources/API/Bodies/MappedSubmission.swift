import ByNameList
import CivilTime
import JSON
import Store

/// A submission read as an intake by the map of its form, or all that is wrong with it, by the form's own names.
struct MappedSubmission: Sendable {
    /// `nil` where something is wrong.
    let intake: IntakeBody?
    let problems: [FieldProblem]
    private let tree: IntakeTree

    init(_ submission: FormSubmission, by map: FormMap, ids: PublicIDs, today: CivilDate) {
        let problems = FieldProblems()
        if submission.key == nil {
            problems.add("", "names no submission: meta/instanceID or _uuid must be a text of 8 to 200 characters")
        }
        tree = MappedSubmission.tree(submission, map, problems)
        let found = FieldProblems()
        let intake = IntakeBody.read(tree.body, ids: ids, today: today, into: found)
        self.problems = problems.found + MappedSubmission.problems(found.found, in: tree)
        self.intake = self.problems.isEmpty ? intake : nil
    }

    /// What is wrong in the words of the form: the field that the value came from, and where it went.
    func problems(of refused: [FieldProblem]) -> [FieldProblem] { MappedSubmission.problems(refused, in: tree) }

    private static func problems(_ refused: [FieldProblem], in tree: IntakeTree) -> [FieldProblem] {
        refused.map { problem in
            FieldProblem(
                tree.source(of: problem.pointer).map { JSONPointer.path("", $0) } ?? "",
                problem.pointer.isEmpty ? problem.reason : "goes to \(problem.pointer), which \(problem.reason)")
        }
    }

    private static func tree(_ submission: FormSubmission, _ map: FormMap, _ problems: FieldProblems) -> IntakeTree {
        var tree = IntakeTree()
        var seen: Set<String> = []
        for (name, value) in submission.fields {
            let pointer = JSONPointer.path("", name)
            if !seen.insert(name).inserted { problems.add(pointer, "stands there twice") }
            guard let field = map.fields[name] else {
                if !map.ignored.contains(name), !FormSubmission.keys.contains(name) {
                    problems.add(pointer, "is neither mapped nor ignored by the map of this form")
                }
                continue
            }
            guard let meant = meant(value, field, pointer, problems) else { continue }
            for place in field.to { tree.fill(place, with: meant, from: name) }
        }
        for (place, value) in map.constants where tree.hasCompany(place) { tree.fill(place, with: value, from: nil) }
        return tree
    }

    /// What a value of the form stands for; `nil` of a question that was left open, and of what cannot be read.
    private static func meant(
        _ value: JSONValue, _ field: FormMap.Field, _ pointer: String, _ problems: FieldProblems
    ) -> JSONValue? {
        let text: String
        switch value {
        case .null, .string(""): return nil
        case .string(let said): text = said
        case .integer(let number): text = "\(number)"
        case .number(let number): text = "\(number)"
        case .bool(let isTrue): text = isTrue ? "true" : "false"
        case .array, .object:
            problems.add(pointer, "must be one value: groups that repeat can only be ignored")
            return nil
        }
        guard let values = field.values else { return value }
        if let meant = values[text] { return meant }
        problems.add(pointer, "has a value that the map does not translate")
        return nil
    }
}
