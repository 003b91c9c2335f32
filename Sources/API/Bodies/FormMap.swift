import ByNameList
import CivilTime
import JSON
import Store

/// How the fields of a form become those of an intake: each is mapped or ignored by its name, and no other is taken.
struct FormMap: Sendable {
    let fields: [String: Field]
    /// Names that the form sends and the list does not want.
    let ignored: Set<String>
    /// What every submission says, by its place in the intake.
    let constants: [(place: IntakePlace, value: JSONValue)]

    struct Field: Sendable {
        /// Where its value goes: a date may be that of the intake and that on which a stay began.
        let to: [IntakePlace]
        /// What each of its values stands for; `nil`: itself.
        let values: [String: JSONValue]?
    }

    static func read(_ value: JSONValue, at pointer: String, into problems: FieldProblems) -> FormMap? {
        problems.object(value, at: pointer) { fields in
            let named = fields.required("fields", must: "be an object of the form's fields", Self.members)
            let mapped = (named ?? []).compactMap { member in
                field(member.value, at: JSONPointer.path(fields.path("fields"), member.key), problems).map {
                    (member.key, $0)
                }
            }
            let ignored = fields.optionalArray("ignored") { value, path -> String? in
                if case .string(let name) = value { return name }
                problems.add(path, "must be the name of a field")
                return nil
            }
            let always = fields.optional("constants", must: "be an object of places and values", Self.members) ?? []
            let constants = always.compactMap { member in
                place(member.key, at: JSONPointer.path(fields.path("constants"), member.key), problems).map {
                    (place: $0, value: member.value)
                }
            }
            // No name occurs twice in an object.
            return FormMap(
                fields: Dictionary(mapped) { first, _ in first }, ignored: Set(ignored ?? []), constants: constants)
        }
    }

    /// A map that an admin wants: its places are those that an intake has, and each is filled once.
    static func readNew(
        _ value: JSONValue, at pointer: String, ids: PublicIDs, today: CivilDate, into problems: FieldProblems
    ) -> FormMap? {
        guard let map = read(value, at: pointer, into: problems) else { return nil }
        for name in map.ignored where map.fields[name] != nil {
            problems.add(pointer + "/ignored", "names a field that is mapped")
        }
        let filled = map.places.sorted { ($0.place.path, $0.pointer) < ($1.place.path, $1.pointer) }
        for (first, second) in zip(filled, filled.dropFirst()) where first.place.isOrHolds(second.place) {
            problems.add(pointer + second.pointer, "fills what another fills already")
        }
        guard problems.isEmpty else { return nil }
        // An intake with something in every place: what its reader does not know is no place of an intake.
        var tree = IntakeTree()
        for (place, field) in filled { tree.fill(place, with: .string(""), from: field) }
        let found = FieldProblems()
        _ = IntakeBody.read(tree.body, ids: ids, today: today, into: found)
        for problem in found.found where isMisplaced(problem.reason) {
            problems.add(pointer + (tree.source(of: problem.pointer) ?? ""), "goes where an intake has nothing")
        }
        return problems.isEmpty ? map : nil
    }

    /// Every place that is filled, with what fills it as a pointer into the map.
    private var places: [(place: IntakePlace, pointer: String)] {
        fields.flatMap { name, field in field.to.map { ($0, JSONPointer.path("/fields", name)) } }
            + constants.map { ($0.place, JSONPointer.path("/constants", $0.place.path)) }
    }

    /// Whether a value is refused for where it stands and not for what it is.
    private static func isMisplaced(_ reason: String) -> Bool {
        reason == "is not known" || reason == "must be an object" || reason.hasPrefix("must be an array")
    }

    // MARK: Parts

    private static func members(_ value: JSONValue) -> [JSONValue.Member]? {
        if case .object(let members) = value { members } else { nil }
    }

    private static func field(_ value: JSONValue, at pointer: String, _ problems: FieldProblems) -> Field? {
        problems.object(value, at: pointer) { fields in
            let to = fields.array("to", countMax: 10) { value, path -> IntakePlace? in
                if case .string(let text) = value { return place(text, at: path, problems) }
                problems.add(path, "must be a place in an intake, as profile/given_name")
                return nil
            }
            let values = fields.optional("values", must: "be an object of what each value stands for", Self.members)
            return to.map { to in
                Field(
                    to: to,
                    values: values.map { Dictionary($0.map { ($0.key, $0.value) }) { first, _ in first } })
            }
        }
    }

    private static func place(_ text: String, at pointer: String, _ problems: FieldProblems) -> IntakePlace? {
        if let place = IntakePlace(text) { return place }
        problems.add(pointer, "must be a place in an intake, as profile/given_name or situations/0/from")
        return nil
    }
}
