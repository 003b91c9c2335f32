/// Which names are forms of one another, such as Liz, Beth and Elizabeth.
package struct Nicknames: Sendable {
    /// All members of each group, its name first.
    private let groups: [[String]]
    private let memberships: [String: [Int]]

    /// - Parameter groups: names with their forms; a form may belong to several, and then stands first for the first.
    package init(_ groups: [(name: String, forms: [String])]) {
        let folded = groups.map { group in
            ([group.name] + group.forms).compactMap { SearchWords.words(of: $0).first?.joined }
        }
        var memberships: [String: [Int]] = [:]
        for (place, members) in folded.enumerated() {
            for member in members where memberships[member]?.last != place {
                memberships[member, default: []].append(place)
            }
        }
        // A name that heads a group is itself before it is a form of another name.
        for (place, members) in folded.enumerated() {
            guard let name = members.first else { continue }
            memberships[name]?.sort { $0 == place && $1 != place }
        }
        self.groups = folded
        self.memberships = memberships
    }

    /// The names that a name stands for or is called by, itself left out.
    package func forms(of name: String) -> [String] {
        guard let places = memberships[name] else { return [] }
        var found: [String] = []
        for place in places {
            for form in groups[place] where form != name && !found.contains(form) { found.append(form) }
        }
        return found
    }

    /// Whether one of the two is a form of the other, or both of one name.
    package func areForms(_ left: String, _ right: String) -> Bool {
        guard let places = memberships[left], let others = memberships[right] else { return false }
        return places.contains(where: others.contains)
    }

    /// The one name that stands for all its forms.
    package func canonical(of name: String) -> String {
        memberships[name]?.first.flatMap { groups[$0].first } ?? name
    }
}
