import ByNameList
import CivilTime
import JSON

/// Reads who somebody is: the names, the description, the birth date as well as it is known.
struct ProfileFields {
    let today: CivilDate

    private static let nameBytesMax = 200

    func profile(_ fields: inout JSONFields) -> ReadDraft? {
        let identity = IdentityDetails(
            givenName: name("given_name", &fields), middleName: name("middle_name", &fields),
            familyName: name("family_name", &fields), nameSuffix: name("name_suffix", &fields),
            description: fields.optionalString("description", bytesMax: 2_000))
        let birth = birth(&fields)
        return ReadDraft(
            FactDraft(.plain(.identity(named: identity.isNamed, birth: birth)), identity: identity),
            DraftPointer(fields.pointer))
    }

    /// A text of blanks names nobody.
    private func name(_ key: String, _ fields: inout JSONFields) -> String? {
        guard let text = fields.optionalString(key, bytesMax: ProfileFields.nameBytesMax) else { return nil }
        return text.utf8.allSatisfy { $0 == 0x20 } ? nil : text
    }

    func birth(_ fields: inout JSONFields) -> BirthDate? {
        let must = "be a date that exists from 1900 to today, as 1980-04-02, or a year, as 1980"
        let birth = fields.optionalText("birth_date", must: must) { text -> BirthDate? in
            let birth =
                text.utf8.count == 4 ? Int(text).flatMap { BirthDate(year: $0) } : CivilDate(text).map { BirthDate($0) }
            return birth.flatMap { $0.date >= Refusal.earliest && !isToCome($0) ? $0 : nil }
        }
        let isApproximate = fields.optionalBool("birth_date_is_approximate") ?? false
        guard isApproximate, let birth else { return birth }
        return BirthDate(birth.date, quality: .approximate)
    }

    /// Of a year alone, the day that stands for it may still be to come.
    private func isToCome(_ birth: BirthDate) -> Bool {
        switch birth.quality {
        case .yearOnly: birth.date.components.year > today.components.year
        case .full, .approximate, .standIn: birth.date > today
        }
    }

    func externalIDs(_ fields: inout JSONFields, _ problems: FieldProblems) -> [ExternalID]? {
        fields.optionalArray("external_ids", countMax: 20) { value, path in
            problems.object(value, at: path) { fields in
                let system = fields.text("system", must: ProfileFields.short) { ProfileFields.short($0) }
                let number = fields.text("value", must: ProfileFields.short) { ProfileFields.short($0) }
                guard let system, let number else { return nil }
                return ExternalID(system: system, value: number)
            }
        }
    }

    private static let short = "be a text of 1 to 100 bytes"

    private static func short(_ text: String) -> String? { (1...100).contains(text.utf8.count) ? text : nil }
}
