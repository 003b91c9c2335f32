import API
import ByNameList
import CivilTime
import HTTP
import JSON
import ShippedConfig
import Store
import Testing
import Views

@Suite struct `The OpenAPI document` {
    let document: Document

    init() throws {
        document = try Document()
    }

    @Test func `is of OpenAPI 3 and refers to nothing that is not in it`() {
        #expect(document.root["openapi"]?.text?.hasPrefix("3.1.") == true)
        Document.walk(document.root) { value in
            if let path = value["$ref"]?.text { #expect(document.resolved(value) != .null, "\(path)") }
        }
    }

    @Test func `has the routes of the server and no others`() {
        let routes = Routes.all.map { "\($0.method.rawValue) \($0.pattern)" }
        #expect(document.operations.map(\.name).sorted() == routes.sorted())
        #expect(Set(document.operations.compactMap { $0.value["operationId"]?.text }).count == routes.count)
    }

    @Test(arguments: Routes.all.indices)
    func `says who may ask, and with which parts of the path`(index: Int) throws {
        let route = Routes.all[index]
        let operation = try #require(
            document.operations.first { $0.name == "\(route.method.rawValue) \(route.pattern)" })
        if let permission = route.permission {
            let roles = Role.allCases.filter { permission.relation(of: $0) != .nobody }.map(\.code)
            let sentence = "Permission \(permission.rawValue): \(roles.joined(separator: ", "))."
            #expect(operation.description.hasSuffix(sentence))
            #expect(operation.value["security"] == nil)
        } else {
            #expect(operation.value["security"] == .array([]))
        }
        let shared = document.at("paths", route.pattern, "parameters")?.elements ?? []
        let names = shared.compactMap { document.resolved($0)["name"]?.text }
        #expect(names == route.pattern.split(separator: "/").filter { $0.hasPrefix("{") }.map { $0.filter(\.isLetter) })
        #expect((operation.body != nil) == (route.takes != .nothing))
    }

    static let codes: [(schema: String, codes: [String])] = [
        ("ListStatus", ListStatus.allCases.map(\.code)), ("Figure", Figure.all.map(\.code)),
        ("CountingUnit", CountingUnit.allCases.map(\.code)), ("Measure", Measure.allCases.map(\.code)),
        ("SituationCode", Situation.allCases.map(\.code)), ("StayKnowledge", StayKnowledge.allCases.map(\.code)),
        ("ContactKind", ContactKind.allCases.map(\.code)), ("Housing", Housing.allCases.map(\.code)),
        ("MoveInKnowledge", MoveInKnowledge.allCases.map(\.code)),
        ("InactiveReason", InactiveReason.allCases.map(\.code)),
        ("HouseholdRole", HouseholdRole.allCases.map(\.code)),
        ("ConsentPurpose", ConsentPurpose.allCases.map(\.code)), ("ConsentValue", ConsentValue.allCases.map(\.code)),
        ("ChronicRule", ChronicRule.allCases.map(\.code)), ("IntakeSubject", IntakeSubject.allCases.map(\.code)),
        ("MatchReason", MatchReason.allCases.map(\.code)), ("FindingKind", FindingKind.allCases.map(\.code)),
        ("QuestionCode", Question.allCases.map(\.code)), ("YesNo", YesNo.allCases.map(\.code)),
        ("ChronicStatus", ChronicStatus.allCases.map(\.rawValue)),
        ("ChronicReason", ChronicReason.allCases.map(\.rawValue)),
        ("Presumption", Presumption.allCases.map(\.rawValue)),
        ("InstitutionStanding", InstitutionStanding.allCases.map(\.rawValue)),
        ("NightClass", NightClass.allCases.map(\.code)), ("DisablingCondition", Disability.allCases.map(\.code)),
        ("LengthUnit", LengthUnit.allCases.map(\.rawValue)),
        ("HouseholdVerdict", HouseholdVerdict.allCases.map(\.rawValue)),
        ("SubmissionState", HeldSubmission.State.allCases.map(\.code)),
        ("SelfReportStatus", SelfReportStatus.allCases.map(\.rawValue)),
        ("FactKind", OpenAPI.factKinds), ("ProblemType", ProblemType.allCases.map { "/problems/\($0.rawValue)" }),
    ]

    @Test(arguments: codes)
    func `lists every code of`(schema: String, codes: [String]) {
        #expect(document.schema(schema)?["enum"]?.texts.sorted() == codes.sorted())
    }

    @Test func `lists the reasons of the worklist and the words of a policy`() {
        let item = document.at("items", in: document.at("components", "schemas", "Worklist", "properties", "items"))
        #expect(
            document.at("properties", "reason", "enum", in: item)?.texts == WorklistItem.Reason.allCases.map(\.code))
        let policy = document.at("components", "schemas", "Policy", "properties", "policy", "properties")
        #expect(document.schema("Population")?["examples"]?.texts == Population.standard.map(\.code))
        #expect(document.at("saved_filters", "maxItems", in: policy) == .integer(Int64(Population.savedMax)))
        #expect(document.at("comparator", "enum", in: policy)?.texts == Comparator.allCases.map(\.rawValue))
        #expect(document.at("exit_to_unknown", "enum", in: policy)?.texts == ExitToUnknown.allCases.map(\.rawValue))
        #expect(document.at("chronic_currency", "enum", in: policy)?.texts == ChronicCurrency.allCases.map(\.rawValue))
    }

    @Test func `lists the orders of the list and the rules of a case, short names too`() {
        let order = document.at("components", "parameters", "listOrder", "schema", "enum")
        #expect(order?.texts == ListOrder.allCases.map(\.rawValue))
        let rules = document.at("components", "schemas", "ChronicCase", "properties", "rule", "enum")?.texts ?? []
        #expect(Set(rules.compactMap(PolicyDocument.chronicRule)) == Set(ChronicRule.allCases))
        #expect(rules.count == 2 * ChronicRule.allCases.count)
    }

    @Test func `has every question with its answers`() {
        let answers = document.at("components", "schemas", "Answers", "properties")
        #expect(answers?.members.map(\.key) == Question.allCases.map(\.code))
        for question in Question.allCases {
            let schema = document.at(question.code, in: answers)
            switch question.answers {
            case .number:
                let parts = schema?["oneOf"]?.elements ?? []
                #expect(parts.first?["maximum"] == .integer(97) && question.value(of: "97") != nil)
                #expect(parts.last?["enum"]?.texts == ["dont_know", "declined"])
            case .yesNo, .yesNoAndKinds, .choices:
                let words = (UInt8.min...UInt8.max).compactMap { question.answer($0) }
                #expect(schema?["enum"]?.texts.sorted() == words.sorted(), "\(question)")
            }
        }
    }

    @Test func `has a form for every kind of fact`() {
        let mapping = document.at("components", "schemas", "NewFact", "discriminator", "mapping")
        #expect(mapping?.members.map(\.key).sorted() == OpenAPI.factKinds.sorted())
        let forms = document.schema("NewFact")?["oneOf"]?.elements.compactMap { $0["$ref"]?.text }
        #expect(mapping?.members.compactMap(\.value.text) == forms)
        for member in mapping?.members ?? [] {
            let form = document.resolved(.object([JSONValue.Member("$ref", member.value)]))
            #expect(form["properties"]?["kind"]?["const"]?.text == member.key)
            #expect(form["required"]?.texts.first == "kind")
        }
        let shown = document.at("components", "schemas", "FactAnswer", "properties", "kind", "enum")
        #expect(shown?.texts.sorted() == (OpenAPI.factKinds + ["same_person", "void"]).sorted())
    }

    @Test func `lets no unknown member into a request`() {
        for operation in document.operations {
            guard let body = operation.body, let schema = body["schema"] else { continue }
            Document.walk(whole(schema)) { value in
                guard value["type"]?.text == "object" else { return }
                // A map has no names of its own that could be unknown.
                if case .object = value["additionalProperties"] { return }
                #expect(value["additionalProperties"] == .bool(false), "\(operation.name): \(value)")
            }
        }
    }

    @Test func `has every figure of a monthly report with its unit`() throws {
        let report = MonthlyReport(
            month: try #require(Month("2024-03")), population: .all, unit: .persons,
            asOf: try #require(CivilDate("2024-03-31")), figures: MonthFigures())
        let fields = MonthlyReportFields(report, policy: "", knownAt: "").fields
        let schema = document.schema("MonthlyReport")
        #expect(schema?["properties"]?.members.map(\.key) == fields.map(\.name) + ["suppressed"])
        #expect(schema?["required"]?.texts == fields.map(\.name))
        for field in fields {
            let figure = document.at("properties", field.name, in: schema)
            switch field.value {
            case .text where field.name == "known_at": #expect(figure?["type"]?.texts == ["string", "null"])
            case .text: #expect(figure?["type"]?.text == "string", "\(field.name)")
            case .count: #expect(figure?["type"]?.texts == ["integer", "null"], "\(field.name)")
            case .number: #expect(figure?["type"]?.texts == ["number", "null"], "\(field.name)")
            case .withheld: Issue.record("\(field.name) is withheld from nobody in particular")
            }
            if case .text = field.value { continue }
            #expect(["people", "events", "days", "facts"].contains(figure?["x-unit"]?.text ?? ""), "\(field.name)")
            #expect(figure?["description"]?.text?.isEmpty == false, "\(field.name)")
        }
    }

    @Test func `names every problem where it may come, under its status`() {
        let all = document.at("components", "responses")?.members ?? []
        for type in ProblemType.allCases {
            #expect(all.contains { names(type, $0.value) }, "\(type.rawValue)")
        }
        for operation in document.operations {
            for answer in operation.answers {
                guard let status = Int(answer.key), status >= 400 else { continue }
                let response = document.resolved(answer.value)
                let types = ProblemType.allCases.filter { names($0, response) }
                #expect(!types.isEmpty && types.allSatisfy { $0.status == status }, "\(operation.name) \(status)")
                #expect(response["content"]?["application/problem+json"] != nil)
            }
        }
    }

    private func names(_ type: ProblemType, _ response: JSONValue) -> Bool {
        response["description"]?.text?.contains("`\(type.rawValue)`") == true
    }

    /// The schema with what it refers to in place.
    private func whole(_ schema: JSONValue) -> JSONValue {
        switch document.resolved(schema) {
        case .object(let members): .object(members.map { JSONValue.Member($0.key, whole($0.value)) })
        case .array(let elements): .array(elements.map(whole))
        case let value: value
        }
    }
}
