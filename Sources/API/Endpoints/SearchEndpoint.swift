import ByNameList
import CivilTime
import HTTP
import JSON
import Store

/// Looks somebody up; by POST, because what is asked names a person and an address is kept in many places.
enum SearchEndpoint {
    private static let textBytesMax = 400

    static func search(_ service: Service, _ call: Call) async throws -> Response {
        let question = try call.body { value, problems in
            problems.object(value) { read(&$0, today: call.today) }
        }
        let withheld = try await service.store.ask { reader in
            let found = try reader.search(question, in: call.community.id) { person in
                // Somebody seen by code only was not found by a name.
                try call.sight(of: person, reader) == .everything
            }
            return try reader.matches(found)
        }
        let matches = try await service.store.handOut(withheld, to: call.disclosure("search"))
        return Answers.json { object in
            object.array("people") { array in
                for match in matches {
                    array.object { person in
                        person.field("person", call.ids.text(of: match.found.person))
                        ProfileAnswer.profile(match.identity, match.birth, &person)
                        person.field("matched", match.found.reasons.map(\.code))
                    }
                }
            }
        }
    }

    private static func read(_ fields: inout JSONFields, today: CivilDate) -> PersonSearch? {
        let isEmpty = ["name", "birth_date", "age", "external_id", "description"].allSatisfy { key in
            fields.value(key) == nil
        }
        let name = fields.optionalString("name", bytesMax: textBytesMax)
        let date = fields.optionalText("birth_date", must: "be a date that exists, as 1980-04-02") { CivilDate($0) }
        let ages = fields.optionalObject("age") { age -> ClosedRange<Int>? in
            let from = age.integer("from", in: 0...150)
            let to = age.integer("to", in: 0...150)
            guard let from, let to else { return nil }
            guard from <= to else {
                age.refuse("to", "must not be less than from")
                return nil
            }
            return Int(from)...Int(to)
        }
        let externalID = fields.optionalObject("external_id") { id -> PersonSearch.ExternalIDQuestion? in
            let system = id.optionalString("system", bytesMax: 100)
            return id.string("value", bytesMax: 100).map { PersonSearch.ExternalIDQuestion(system: system, value: $0) }
        }
        let description = fields.optionalString("description", bytesMax: textBytesMax)
        if date != nil, ages != nil { fields.refuse("age", "must not stand beside birth_date") }
        let birth = date.map { BirthQuestion.date($0) } ?? ages.map { .ages($0, on: today) }
        if isEmpty, fields.isObject {
            fields.refuse("name", "is missing, and so are birth_date, age, external_id and description: give one")
        }
        return PersonSearch(name: name, birth: birth, externalID: externalID, description: description)
    }
}
