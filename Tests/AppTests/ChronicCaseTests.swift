import ByNameList
import Fixtures
import JSON
import ShippedConfig
import Testing
import Views

@Suite struct `A case of chronic homelessness` {
    private func answer(_ bytes: [UInt8]) throws -> JSONValue {
        let problems = FieldProblems()
        let asked = try #require(ChronicCase(try JSONValue(bytes), problems), "\(problems.found)")
        var writer = JSONWriter()
        writer.object { asked.answer(to: &$0) }
        return try JSONValue(writer.bytes)
    }

    @Test func `is judged as it was worked out`() throws {
        let cases = try PublishedCase.all()
        #expect(cases.count == 96)
        for published in cases {
            #expect(try published.misses(in: answer(published.line)) == [])
        }
    }

    @Test(arguments: ["us_hud", "ca_reaching_home", "on_2018"])
    func `has nothing to tell where there are no stays`(rule: String) throws {
        for roles in ["single", "head", "adult", "minor_head", "child"] {
            let asked = #"{"rule": "\#(rule)", "as_of": "2024-03-31", "household_role": "\#(roles)"}"#
            let verdict = try answer(Array(asked.utf8))
            let isJudged = rule != "us_hud" || roles != "child"
            #expect(verdict["status"] == .string(isJudged ? "not_chronic" : "not_evaluated"))
            #expect(verdict["nights"] == .integer(0) && verdict["current_since"] == .null)
        }
    }

    @Test func `has dates that can be written, whatever it speaks of`() throws {
        for day in ["1900-01-01", "2024-02-29", "2199-12-31"] {
            for start in ["0001-01-01", "1899-12-31", day, "9999-12-31"] {
                for type in ["unsheltered", "institution", "doubled_up", "permanent_housing"] {
                    let stays = #"[{"type": "\#(type)", "start": "\#(start)", "end": "9999-12-31"}]"#
                    let asked = #"{"as_of": "\#(day)", "disabling_condition": "yes", "stays": \#(stays)}"#
                    let text = String(decoding: JSONWriter.bytes(of: try answer(Array(asked.utf8))), as: UTF8.self)
                    #expect(!text.contains("10000-") && !text.contains("-0-") && !text.contains("0-1-"), "\(asked)")
                }
            }
        }
    }

    @Test func `that is wrong is refused with all that is wrong`() throws {
        let problems = FieldProblems()
        let text = #"{"as_of": "2024-02-30", "stays": [{"type": "tent", "start": "2024-01-01"}], "colour": "red"}"#
        #expect(ChronicCase(try JSONValue(Array(text.utf8)), problems) == nil)
        #expect(problems.found.map(\.pointer).sorted() == ["/as_of", "/colour", "/stays/0/type"])
    }
}

@Suite struct `A shipped rule of chronic homelessness` {
    private func members(_ value: JSONValue?) -> [JSONValue.Member] {
        if case .object(let members)? = value { members } else { [] }
    }

    @Test(arguments: ChronicRule.allCases)
    func `has a source for each parameter, and reads as it is used`(rule: ChronicRule) throws {
        let document = try JSONValue(Array(ChronicRuleDocument.text(of: rule).utf8))
        let keys = members(document).map(\.key).filter { $0 != "version" && $0 != "sources" }
        let sources = members(document["sources"])
        #expect(sources.map(\.key) == keys)
        for source in sources {
            guard case .string(let text) = source.value else {
                Issue.record("\(source.key) has no text for a source")
                continue
            }
            #expect(text.count > 10, "\(source.key)")
        }
        #expect(try ChronicRuleDocument.ruleSet(from: document) == ChronicRuleDocument.shipped[rule])
        #expect(ChronicRuleDocument.shipped[rule].rule == rule)
    }

    @Test(arguments: ChronicRule.allCases)
    func `misses every parameter that is not there, and knows no other`(rule: ChronicRule) throws {
        let document = try JSONValue(Array(ChronicRuleDocument.text(of: rule).utf8))
        for key in members(document).map(\.key) where key != "sources" {
            let lacking = JSONValue.object(members(document).filter { $0.key != key })
            #expect(throws: PolicyProblems.self, "\(key)") { try ChronicRuleDocument.ruleSet(from: lacking) }
        }
        let more = JSONValue.object(members(document) + [JSONValue.Member("tents", .bool(true))])
        let problems = #expect(throws: PolicyProblems.self) { try ChronicRuleDocument.ruleSet(from: more) }
        #expect(problems?.problems.map(\.pointer) == ["/tents"])
    }

    private func policy(_ template: String, _ options: String) throws -> Policy {
        let text = try #require(PolicyDocument.template(template))
        return try PolicyDocument.policy(from: #"{"chronic_options": \#(options), "# + text.drop { $0 == "{" })
    }

    @Test func `is read as the options of a policy say`() throws {
        let shipped = ChronicRuleDocument.shipped
        #expect(try policy("us_bfz", "{}").chronic == shipped.usHUD)
        let options = #"{"continuous": "calendar_months", "cumulative": "nights_365", "household": "any_adult"}"#
        let hud = try policy("us_bfz", options).chronic
        guard case .occasions(var test) = shipped.usHUD.test else { throw Unexpected() }
        (test.continuous, test.cumulative, test.household) = (.calendarMonths, .nights, .anyAdult)
        #expect(hud.test == .occasions(test))
        let canada = try policy("ca_bfz", #"{"carry_over": true}"#)
        guard case .nights(let nights) = canada.chronic.test else { throw Unexpected() }
        #expect(nights.carriesOver && canada.chronic.rule == canada.chronicRule)
        #expect(nights.windows.count == (canada.chronicRule == .caReachingHome ? 2 : 1))
    }

    @Test(arguments: [
        ("us_bfz", #"{"carry_over": true}"#, ["/chronic_options/carry_over"]),
        ("us_bfz", #"{"continuous": "days", "tents": 1}"#, ["/chronic_options/continuous", "/chronic_options/tents"]),
        ("ca_bfz", #"{"household": "head"}"#, ["/chronic_options/household"]),
        ("ontario", #"{"carry_over": "yes"}"#, ["/chronic_options/carry_over"]),
        ("ontario", "[]", ["/chronic_options"]),
    ])
    func `is not read by options that it does not know`(template: String, options: String, expected: [String]) throws {
        let problems = #expect(throws: PolicyProblems.self) { try policy(template, options) }
        #expect(problems?.problems.map(\.pointer).sorted() == expected)
    }

    private struct Unexpected: Error {}
}
