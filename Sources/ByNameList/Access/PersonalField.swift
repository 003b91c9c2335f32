/// What tells who somebody is, or where: never accepted from a victim service provider, nor of somebody sealed from
/// outside the agency that serves them.
package enum PersonalField: String, CaseIterable, Sendable {
    case givenName = "given_name"
    case middleName = "middle_name"
    case familyName = "family_name"
    case nameSuffix = "name_suffix"
    case description
    case birthDate = "birth_date"
    case note
    /// What the agency calls a household, unless it is a bare number.
    case household
    case externalIDs = "external_ids"
}

extension FactDraft {
    /// What it says of the person that tells who or where they are.
    package var personalFields: [PersonalField] {
        var fields: [PersonalField] = []
        if identity?.givenName != nil { fields.append(.givenName) }
        if identity?.middleName != nil { fields.append(.middleName) }
        if identity?.familyName != nil { fields.append(.familyName) }
        if identity?.nameSuffix != nil { fields.append(.nameSuffix) }
        if identity?.description != nil { fields.append(.description) }
        if note != nil { fields.append(.note) }
        switch statement {
        case .plain(.identity(_, let birth)) where birth != nil: fields.append(.birthDate)
        case .household(.called(let reference), _, _, _) where !reference.isBareNumber: fields.append(.household)
        case .plain, .household: break
        }
        return fields
    }
}

extension String {
    /// Digits, `a` to `f` and hyphens: a number or a UUID, and no name.
    fileprivate var isBareNumber: Bool {
        utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
                UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
    }
}
