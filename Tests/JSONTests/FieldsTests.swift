import JSON
import Testing

@Suite struct `The fields of an object` {
    private func read(_ text: String) throws -> JSONValue { try JSONValue(Array(text.utf8)) }

    @Test func `are read as what they stand for`() throws {
        let value = try read(
            #"{"name":"Ana","age":44,"veteran":true,"tags":["a","b"],"place":{"unit":"12"},"note":null}"#)
        let problems = FieldProblems()
        let answer = problems.object(value) { fields in
            let name = fields.string("name")
            let age = fields.integer("age", in: 0...120)
            let isVeteran = fields.bool("veteran")
            let tags = fields.array("tags") { value, _ in value == .null ? nil : value }
            let unit = fields.object("place") { $0.text("unit", must: "be a number") { Int($0) } }
            #expect(fields.optionalString("note") == nil)
            #expect(fields.optionalBool("absent") == nil)
            #expect(fields.path("a/b") == "/a~1b")
            return tags.map { "\(name ?? "") \(age ?? 0) \(isVeteran ?? false) \($0.count) \(unit ?? 0)" }
        }
        #expect(answer == "Ana 44 true 2 12")
        #expect(problems.isEmpty)
    }

    @Test func `that are wrong are told all at once`() throws {
        let value = try read(
            #"{"age":3.0,"born":"2024-02-30","tags":[1,"x",2],"place":{"b":1},"extra/1":1,"long":"abcd","flag":0}"#)
        let problems = FieldProblems()
        let answer: Int? = problems.object(value, at: "/person") { fields in
            _ = fields.string("name")
            _ = fields.integer("age")
            _ = fields.optionalText("born", must: "be a date as 2024-02-29") { _ in nil as Int? }
            _ = fields.array("tags") { value, pointer -> Int? in
                if case .string = value { return 1 }
                problems.add(pointer, "must be a text")
                return nil
            }
            _ = fields.optionalObject("place") { fields in fields.optionalInteger("a", in: 1...2) }
            _ = fields.string("long", bytesMax: 3)
            _ = fields.optionalBool("flag")
            return 1
        }
        #expect(answer == nil)
        #expect(
            problems.found == [
                FieldProblem("/person/name", "is missing"),
                FieldProblem("/person/age", "must be a whole number"),
                FieldProblem("/person/born", "must be a date as 2024-02-29"),
                FieldProblem("/person/tags/0", "must be a text"),
                FieldProblem("/person/tags/2", "must be a text"),
                FieldProblem("/person/place/b", "is not known"),
                FieldProblem("/person/long", "must be a text of at most 3 bytes"),
                FieldProblem("/person/flag", "must be true or false"),
                FieldProblem("/person/extra~11", "is not known"),
            ])
    }

    @Test func `are not called unknown where what decides which there are is wrong itself`() throws {
        let problems = FieldProblems()
        let value = try JSONValue(Array(#"{"kind": "x", "a": 1, "b": {"c": 2}}"#.utf8))
        let answer = problems.object(value) { fields in
            guard let kind = fields.text("kind", must: "be y", { $0 == "y" ? $0 : nil }) else {
                fields.excuseUnknown()
                return String?.none
            }
            return kind
        }
        #expect(answer == nil)
        #expect(problems.found == [FieldProblem("/kind", "must be y")])
    }

    @Test func `of what is no object are one fault`() throws {
        let problems = FieldProblems()
        var fields = JSONFields(.array([]), into: problems)
        #expect(fields.string("name") == nil)
        fields.refuseUnknown()
        #expect(problems.found == [FieldProblem("", "must be an object")])
        #expect(problems.object(.integer(1), at: "/x") { _ in 1 } == nil)
    }
}
