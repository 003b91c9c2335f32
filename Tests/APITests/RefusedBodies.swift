import HTTP
import Testing

/// Bodies of one route that are refused on 2 April 2024, and with what.
struct RefusedBodies: Sendable, CustomTestStringConvertible {
    let pattern: String
    let rows: [(body: String, expected: String)]
    var method = HTTP.Method.post

    var testDescription: String { pattern }

    static let all = [
        merges, intakes, facts, manyFacts, search, void, evaluations, accounts, policies, forms, submissions,
        annotations,
    ]

    private static let community = "/v1/communities/{community}"

    private static let merges = RefusedBodies(
        pattern: community + "/people/{person}/merge",
        rows: [
            ("{}", "422 invalid-fields /same_as"),
            (#"{"same_as": null}"#, "422 invalid-fields /same_as"),
            (#"{"same_as": 7}"#, "422 invalid-fields /same_as"),
            (#"{"same_as": "f_0123456789ABC"}"#, "422 invalid-fields /same_as"),
            (#"{"same_as": "p_0123456789AB"}"#, "422 invalid-fields /same_as"),
            (#"{"same_as": "p_0123456789ABC", "note": "x"}"#, "422 invalid-fields /note"),
            (#"{"same_as": "p_0123456789ABC"}"#, "404 no-such-person"),
        ])

    private static let policies = RefusedBodies(
        pattern: community + "/policy",
        rows: [
            ("{}", "422 invalid-fields /policy"),
            (#"{"policy": 5}"#, "422 invalid-fields /policy"),
            (#"{"policy": 5, "version": 1}"#, "422 invalid-fields /policy /version"),
        ], method: .put)

    private static let forms = RefusedBodies(
        pattern: community + "/forms/{form}",
        rows: [
            ("{}", "422 invalid-fields /map"),
            (#"{"map": {}}"#, "422 invalid-fields /map/fields"),
            (#"{"map": {"fields": {"a": {}}}}"#, "422 invalid-fields /map/fields/a/to"),
            (#"{"map": {"fields": {"a/b": {"to": ["on/"]}}}}"#, "422 invalid-fields /map/fields/a~1b/to/0"),
            (#"{"map": {"fields": {"a": {"to": ["name"]}}}}"#, "422 invalid-fields /map/fields/a"),
            (#"{"map": {"fields": {"a": {"to": ["profile/name"]}}}}"#, "422 invalid-fields /map/fields/a"),
            (#"{"map": {"fields": {"a": {"to": ["profile"]}}}}"#, "422 invalid-fields /map/fields/a"),
            (#"{"map": {"fields": {"a": {"to": ["contacts/on"]}}}}"#, "422 invalid-fields /map/fields/a"),
            (
                #"{"map": {"fields": {"a": {"to": ["on"]}}, "constants": {"x/y": 1}}}"#,
                "422 invalid-fields /map/constants/x~1y"
            ),
            (#"{"map": {"fields": {"a": {"to": ["on"]}, "b": {"to": ["on"]}}}}"#, "422 invalid-fields /map/fields/b"),
            (#"{"map": {"fields": {"a": {"to": ["on"]}}, "ignored": ["a", 1]}}"#, "422 invalid-fields /map/ignored/1"),
            (#"{"map": {"fields": {"a": {"to": ["on"]}}, "ignored": ["a"]}}"#, "422 invalid-fields /map/ignored"),
        ], method: .put)

    private static let submissions = RefusedBodies(
        pattern: community + "/reports/monthly/{month}/submissions",
        rows: [
            ("[]", "422 invalid-fields (all)"), (#"{"month": "2024-03"}"#, "422 invalid-fields /month"),
        ])

    private static let annotations = RefusedBodies(
        pattern: community + "/reports/monthly/{month}/annotations",
        rows: [
            ("{}", "422 invalid-fields /text"), (#"{"text": ""}"#, "422 invalid-fields /text"),
            (#"{"text": "\#(long(2_001))"}"#, "422 invalid-fields /text"),
            (#"{"text": "late", "replaces": "-"}"#, "422 invalid-fields /replaces"),
            (#"{"text": "late", "replaces": "zzz"}"#, "422 invalid-fields /replaces"),
            (#"{"text": "late", "population": "nobody"}"#, "422 invalid-fields ?population"),
        ])

    private static func long(_ count: Int) -> String { String(repeating: "x", count: count) }

    private static let intakes = RefusedBodies(
        pattern: community + "/intakes",
        rows: [
            ("{}", "422 invalid-fields /on"),
            (#"{"on": null}"#, "422 invalid-fields /on"),
            (#"{"on": 20240301}"#, "422 invalid-fields /on"),
            (#"{"on": "2024-02-30"}"#, "422 invalid-fields /on"),
            (#"{"on": "2023-02-29"}"#, "422 invalid-fields /on"),
            (#"{"on": "2024-3-1"}"#, "422 invalid-fields /on"),
            (#"{"on": "2024-04-04"}"#, "422 invalid-fields /on"),
            (#"{"on": "1899-12-31"}"#, "422 invalid-fields /on"),
            (#"{"on": "2024-03-01", "colour": "red"}"#, "422 invalid-fields /colour"),
            (#"{"on": "2024-03-01", "a/b~c": 1}"#, "422 invalid-fields /a~1b~0c"),
            (#"{"on": "2024-03-01", "\u0301a": 1}"#, "422 invalid-fields /\u{301}a"),
            (#"{"on": "2024-03-01", "profile": {"name": "x"}}"#, "422 invalid-fields /profile/name"),
            (
                #"{"on": "2024-03-01", "profile": {"birth_date": "1980-13-01"}}"#,
                "422 invalid-fields /profile/birth_date"
            ),
            (#"{"on": "2024-03-01", "profile": {"birth_date": "1899"}}"#, "422 invalid-fields /profile/birth_date"),
            (
                #"{"on": "2024-03-01", "profile": {"birth_date": "2024-04-04"}}"#,
                "422 invalid-fields /profile/birth_date"
            ),
            (#"{"on": "2024-03-01", "profile": {"birth_date": "2025"}}"#, "422 invalid-fields /profile/birth_date"),
            (
                #"{"on": "2024-03-01", "profile": {"given_name": "\#(long(201))"}}"#,
                "422 invalid-fields /profile/given_name"
            ),
            (#"{"on": "2024-03-01", "note": "\#(long(10_001))"}"#, "422 invalid-fields /note"),
            (
                #"{"on": "2024-03-01", "situations": [{"situation": "tent", "from": "2024-03-01"}]}"#,
                "422 invalid-fields /situations/0/situation"
            ),
            (
                """
                {"on": "2024-03-01", "situations": [{"situation": "unsheltered", "from": "2024-03-01"},
                {"situation": "unsheltered", "from": "2024-03-05", "to": "2024-03-04"}]}
                """, "422 invalid-fields /situations/1/to"
            ),
            (
                #"{"on": "2024-03-01", "contacts": [{"on": "2024-03-01", "how": "pigeon", "seen_homeless": "yes"}]}"#,
                "422 invalid-fields /contacts/0/how /contacts/0/seen_homeless"
            ),
            (#"{"on": "2024-03-01", "contacts": {}}"#, "422 invalid-fields /contacts"),
            (#"{"on": "2024-03-01", "answers": {"veteran": "perhaps"}}"#, "422 invalid-fields /answers/veteran"),
            (#"{"on": "2024-03-01", "answers": {"shoe_size": 44}}"#, "422 invalid-fields /answers/shoe_size"),
            (
                #"{"on": "2024-03-01", "consent": [{"on": "2024-03-01"}]}"#,
                "422 invalid-fields /consent/0/purpose /consent/0/value"
            ),
            (#"{"on": "2024-03-01", "household": {"household": "short"}}"#, "422 invalid-fields /household/household"),
            (
                #"{"on": "2024-03-01", "household": {"household": "h_0123456789ABC"}}"#,
                "422 invalid-fields /household/household"
            ),
            (
                #"{"on": "2024-03-01", "household": {"household": "family-of-four", "to": "2024-02-29"}}"#,
                "422 invalid-fields /household/to"
            ),
            (
                #"{"on": "2024-03-01", "external_ids": [{"system": "", "value": "1"}, {"system": "hifis"}]}"#,
                "422 invalid-fields /external_ids/0/system /external_ids/1/value"
            ),
            (#"{"on": "2024-03-01", "person": "p_1"}"#, "422 invalid-fields /person"),
            (#"{"on": "2024-03-01", "person": "p_0123456789ABC"}"#, "404 no-such-person"),
            (#"{"on": "2024-03-01", "assessed": 1}"#, "422 invalid-fields /assessed"),
            (
                many,
                "422 invalid-fields /answers/veteran /colour /consent/0/value /contacts/0/on /household/to /on"
                    + " /person /profile/birth_date /profile/given_name /situations/0/from /situations/0/situation"
                    + " /situations/1/to"
            ),
        ])

    /// A dozen faults at once, of every kind.
    private static let many = """
        {"on": "2024-05-01", "colour": 1, "person": "x", "profile": {"given_name": 1, "birth_date": "2024-02-30"},
        "consent": [{"purpose": "sharing", "value": "yes"}], "contacts": [{"on": "1850-01-01"}],
        "situations": [{"situation": "tent", "from": "2024-05-01"},
        {"situation": "unsheltered", "from": "2024-03-05", "to": "2024-03-04"}],
        "answers": {"veteran": 3.5},
        "household": {"household": "family-of-four", "from": "2024-03-01", "to": "2024-02-01"}}
        """

    private static func one(_ fact: String, _ places: String...) -> (String, String) {
        (#"{"facts": [\#(fact)]}"#, "422 invalid-fields " + places.map { "/facts/0/" + $0 }.joined(separator: " "))
    }

    private static let facts = RefusedBodies(
        pattern: community + "/people/{person}/facts",
        rows: [
            ("{}", "422 invalid-fields /facts"),
            (#"{"facts": []}"#, "422 invalid-fields /facts"),
            (#"{"facts": [7]}"#, "422 invalid-fields /facts/0"),
            one("{}", "kind"),
            one(#"{"kind": "birthday", "on": "2024-03-01"}"#, "kind"),
            one(#"{"kind": "contact"}"#, "on"),
            one(#"{"kind": "contact", "on": "2024-04-04"}"#, "on"),
            one(#"{"kind": "contact", "on": "2024-03-01", "place": "bridge"}"#, "place"),
            one(#"{"kind": "situation", "situation": "unsheltered"}"#, "from"),
            one(
                #"{"kind": "situation", "situation": "x", "from": "2024-05-01", "to": "1800-01-01"}"#, "from",
                "situation", "to"),
            one(
                #"{"kind": "situation", "situation": "x", "from": "2024-03-02", "to": "2024-03-01"}"#, "situation", "to"
            ),
            one(#"{"kind": "situation", "situation": "unsheltered", "from": "2024-03-01", "known": "x"}"#, "known"),
            one(#"{"kind": "assessment", "on": "2024-00-01"}"#, "on"),
            one(#"{"kind": "exit", "on": "2024-03-01", "to_unknown": 0}"#, "to_unknown"),
            one(#"{"kind": "inactive", "on": "1899-12-31", "reason": "x"}"#, "on", "reason"),
            one(#"{"kind": "death", "on": "2024-04-31"}"#, "on"),
            one(#"{"kind": "waiting", "from": "2024-03-02", "to": "2024-03-01"}"#, "to"),
            one(#"{"kind": "move_in", "on": "2024-03-02", "to": "2024-03-01"}"#, "to"),
            one(
                #"{"kind": "move_in", "on": "2024-05-02", "housing": "x", "known": "y", "to": "z"}"#, "housing",
                "known", "on", "to"),
            one(
                #"{"kind": "household", "household": "family-of-four", "from": "2024-03-02", "to": "2024-03-01"}"#, "to"
            ),
            one(#"{"kind": "household", "household": "h_0123456789ABC", "from": "2024-03-02"}"#, "household"),
            one(#"{"kind": "household", "role": "cousin"}"#, "from", "household", "role"),
            one(#"{"kind": "consent", "on": "2024-03-01", "purpose": "x", "value": "y"}"#, "purpose", "value"),
            one(#"{"kind": "answer", "question": "veteran", "value": "red"}"#, "value"),
            one(#"{"kind": "answer", "question": "shoes", "value": "red"}"#, "question"),
            one(#"{"kind": "determination", "rule": "x", "on": "2024-03-01"}"#, "chronic", "rule"),
            one(#"{"kind": "sealed"}"#, "on"),
            one(#"{"kind": "profile", "birth_date": "1980-02-30", "nickname": "x"}"#, "birth_date", "nickname"),
            one(#"{"kind": "intake", "on": "2024-03-01", "said_of": "x"}"#, "said_of"),
            one(#"{"kind": "void", "voids": "f_0123456789ABC"}"#, "kind"),
            one(#"{"kind": "death", "on": "2024-03-01", "replaces": "x"}"#, "replaces"),
            one(#"{"kind": "death", "on": "2024-03-01", "replaces": "f_0123456789ABC"}"#, "replaces"),
        ])

    private static let tooMany =
        Array(repeating: #"{"kind": "assessment", "on": "2024-03-01"}"#, count: 101).joined(separator: ",")

    private static let manyFacts = RefusedBodies(
        pattern: community + "/people/{person}/facts",
        rows: [
            (
                """
                {"facts": [{"kind": "contact", "on": "2024-03-01"}, {"kind": "contact", "on": "2024-02-30"},
                {"kind": "death", "on": "2030-01-01"}, {"kind": "x"}], "more": true}
                """, "422 invalid-fields /facts/1/on /facts/2/on /facts/3/kind /more"
            ),
            (
                """
                {"facts": [{"kind": "contact", "on": "2024-03-01"},
                {"kind": "contact", "on": "2024-03-02", "replaces": "f_0123456789ABC"}]}
                """, "422 invalid-fields /facts/1/replaces"
            ),
            (#"{"facts": [\#(tooMany)]}"#, "422 invalid-fields /facts"),
        ])

    private static let search = RefusedBodies(
        pattern: community + "/people/search",
        rows: [
            ("{}", "422 invalid-fields /name"),
            (#"{"name": null}"#, "422 invalid-fields /name"),
            (#"{"name": 1}"#, "422 invalid-fields /name"),
            (#"{"name": "x", "town": "y"}"#, "422 invalid-fields /town"),
            (#"{"birth_date": "1980-02-30"}"#, "422 invalid-fields /birth_date"),
            (#"{"age": {"from": 40, "to": 30}}"#, "422 invalid-fields /age/to"),
            (#"{"age": {"from": 40}}"#, "422 invalid-fields /age/to"),
            (#"{"age": {"from": -1, "to": 151}}"#, "422 invalid-fields /age/from /age/to"),
            (#"{"birth_date": "1980-02-03", "age": {"from": 40, "to": 50}}"#, "422 invalid-fields /age"),
            (#"{"external_id": {"system": "hifis"}}"#, "422 invalid-fields /external_id/value"),
            (#"{"name": "\#(long(401))", "description": 3}"#, "422 invalid-fields /description /name"),
        ])

    private static let void = RefusedBodies(
        pattern: community + "/facts/{fact}/void",
        rows: [
            (#"{"note": 5}"#, "422 invalid-fields /note"),
            (#"{"reason": "x", "note": "\#(long(10_001))"}"#, "422 invalid-fields /note /reason"),
        ])

    private static func stay(_ stay: String, _ places: String...) -> (String, String) {
        (
            #"{"as_of": "2024-03-31", "stays": [{"type": "unknown", "start": "2024-01-01"}, \#(stay)]}"#,
            (["422 invalid-fields"] + places.map { "/stays/1" + $0 }).joined(separator: " ")
        )
    }

    private static let evaluations = RefusedBodies(
        pattern: "/v1/chronic/evaluations",
        rows: [
            ("{}", "422 invalid-fields /as_of"),
            (#"{"as_of": "2024-02-30"}"#, "422 invalid-fields /as_of"),
            (#"{"as_of": "2024-3-1"}"#, "422 invalid-fields /as_of"),
            (#"{"as_of": "1899-12-31"}"#, "422 invalid-fields /as_of"),
            (#"{"as_of": "2200-01-01"}"#, "422 invalid-fields /as_of"),
            (#"{"as_of": 20240331}"#, "422 invalid-fields /as_of"),
            (#"{"as_of": "2024-03-31", "as_of": "2024-03-31"}"#, "400 malformed-json /as_of"),
            (#"{"as_of": "2024-03-31", "stays": [{"end": null, "end": null}]}"#, "400 malformed-json /stays/0/end"),
            (#"{"as_of": "2024-03-31", "colour": "red"}"#, "422 invalid-fields /colour"),
            (#"{"as_of": "2024-03-31", "id": [7]}"#, "422 invalid-fields /id"),
            (#"{"as_of": "2024-03-31", "rule": "hud_2015"}"#, "422 invalid-fields /rule"),
            (#"{"as_of": "2024-03-31", "method": "guess"}"#, "422 invalid-fields /method"),
            (#"{"as_of": "2024-03-31", "disabling_condition": true}"#, "422 invalid-fields /disabling_condition"),
            (#"{"as_of": "2024-03-31", "household_role": "cousin"}"#, "422 invalid-fields /household_role"),
            (#"{"as_of": "2024-03-31", "stays": {}}"#, "422 invalid-fields /stays"),
            stay("7", ""),
            stay("{}", "/start", "/type"),
            stay(#"{"type": "tent", "start": "2024-02-30", "end": "x"}"#, "/end", "/start", "/type"),
            stay(#"{"type": "unsheltered", "start": "2024-02-02", "end": "2024-02-01"}"#, "/end"),
            stay(#"{"type": "unsheltered", "start": "2024-02-02", "to": "2024-03-01"}"#, "/to"),
            (#"{"as_of": "2024-03-31", "options": {"carry_over": true}}"#, "422 invalid-fields /options"),
            (#"{"as_of": "2024-03-31", "rule": "us_hud", "options": []}"#, "422 invalid-fields /options"),
            (
                #"{"as_of": "2024-03-31", "rule": "us_hud", "options": {"carry_over": true, "continuous": "days"}}"#,
                "422 invalid-fields /options/carry_over /options/continuous"
            ),
            (
                #"{"as_of": "2024-03-31", "rule": "canada", "options": {"carry_over": 1, "household": "head"}}"#,
                "422 invalid-fields /options/carry_over /options/household"
            ),
            (
                #"{"rule": "x", "stays": [{"type": "x", "start": "x"}], "household_role": 1, "more": 1}"#,
                "422 invalid-fields /as_of /household_role /more /rule /stays/0/start /stays/0/type"
            ),
        ])

    private static func account(_ account: String, _ places: String...) -> (String, String) {
        (
            #"{"as_of": "2024-03-31", "method": "self_report_pit"\#(account)}"#,
            (["422 invalid-fields"] + places.map { "/self_report" + $0 }).joined(separator: " ")
        )
    }

    private static let accounts = RefusedBodies(
        pattern: "/v1/chronic/evaluations",
        rows: [
            account("", ""),
            account(#", "self_report": []"#, ""),
            account(#", "self_report": {}"#, "/project_start", "/project_type"),
            account(
                #", "self_report": {"project_type": 15, "project_start": "2024-02-30"}"#, "/project_start",
                "/project_type"),
            account(
                #", "self_report": {"project_type": 1, "project_start": "2024-02-01", "times": 4}"#, "/times"),
            account(
                """
                , "self_report": {"project_type": 1, "project_start": "2024-02-01", "months_3y": 114, "times_3y": "4",
                "contact_dates": ["2024-02-01", "2024-02-30", 7]}
                """, "/contact_dates/1", "/contact_dates/2", "/months_3y", "/times_3y"),
        ])
}
