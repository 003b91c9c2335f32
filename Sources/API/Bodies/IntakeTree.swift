import JSON

/// A place in the body of an intake, as `situations/0/from`.
struct IntakePlace: Hashable, Sendable {
    let path: String
    fileprivate let steps: [String]

    init?(_ path: String) {
        steps = path.split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
        guard (1...6).contains(steps.count), !steps.contains("") else { return nil }
        self.path = path
    }

    /// The object that it lies in; empty for the body itself.
    fileprivate var parent: ArraySlice<String> { steps.dropLast() }

    /// Whether it is the other place or one that the other lies in.
    func isOrHolds(_ other: IntakePlace) -> Bool { other.steps.starts(with: steps) }
}

/// The body of an intake that is put together place by place, and where each part of it came from.
struct IntakeTree {
    private var filled: [(place: IntakePlace, value: JSONValue, source: String?)] = []

    /// - Parameter source: what the value came from; `nil` of what every submission says.
    mutating func fill(_ place: IntakePlace, with value: JSONValue, from source: String?) {
        filled.append((place, value, source))
    }

    /// Whether something was filled in beside the place, so that what always stands there has something to stand with.
    func hasCompany(_ place: IntakePlace) -> Bool {
        place.parent.isEmpty || filled.contains { $0.place.parent.starts(with: place.parent) }
    }

    /// Arrays without the elements into which nothing was filled.
    var body: JSONValue { branch(filled.map { Leaf(steps: $0.place.steps[...], value: $0.value) }) }

    private struct Leaf {
        var steps: ArraySlice<String>
        let value: JSONValue
    }

    private func branch(_ leaves: [Leaf]) -> JSONValue {
        if let leaf = leaves.first(where: \.steps.isEmpty) { return leaf.value }
        let parts = IntakeTree.parts(of: leaves)
        if let elements = IntakeTree.elements(parts) { return .array(elements.map { branch($0.leaves) }) }
        return .object(parts.map { JSONValue.Member($0.step, branch($0.leaves)) })
    }

    /// By their first step, in the order in which it came first.
    private static func parts(of leaves: [Leaf]) -> [(step: String, leaves: [Leaf])] {
        var parts: [(step: String, leaves: [Leaf])] = []
        for var leaf in leaves {
            guard let step = leaf.steps.popFirst() else { continue }
            if let place = parts.firstIndex(where: { $0.step == step }) {
                parts[place].leaves.append(leaf)
            } else {
                parts.append((step, [leaf]))
            }
        }
        return parts
    }

    /// In the order of their numbers, if all have one.
    private static func elements(
        _ parts: [(step: String, leaves: [Leaf])]
    ) -> [(number: Int, leaves: [Leaf])]? {
        let numbered = parts.compactMap { part in Int(part.step).map { (number: $0, leaves: part.leaves) } }
        guard !parts.isEmpty, numbered.count == parts.count else { return nil }
        return numbered.sorted { $0.number < $1.number }
    }

    /// What filled the value that a pointer into the body means, or, where nothing did, its nearest neighbour.
    func source(of pointer: String) -> String? {
        var steps = pointer.split(separator: "/").map { String($0) }
        while !steps.isEmpty {
            let leaf = filled.first { $0.source != nil && pointers(to: $0.place).starts(with: steps) }
            if let leaf { return leaf.source }
            steps.removeLast()
        }
        return nil
    }

    /// The steps to the place in the body, where elements are numbered anew.
    private func pointers(to place: IntakePlace) -> [String] {
        place.steps.indices.map { index in
            guard let number = Int(place.steps[index]) else { return place.steps[index] }
            let before = place.steps[..<index]
            let numbers = Set(
                filled.filter { $0.place.steps.starts(with: before) && $0.place.steps.count > index }
                    .compactMap { Int($0.place.steps[index]) })
            return "\(numbers.count { $0 < number })"
        }
    }
}
