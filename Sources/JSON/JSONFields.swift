/// What is wrong with one value of a text that could be read.
public struct FieldProblem: Hashable, Sendable {
    /// The value that is meant (RFC 6901).
    package let pointer: String
    /// Completes the sentence "The field …"; never the value itself, which may be somebody's name.
    package let reason: String

    package init(_ pointer: String, _ reason: String) {
        self.pointer = pointer
        self.reason = reason
    }
}

/// Gathers everything that is wrong with a text, so that a worker hears it all at once.
///
/// Public, as the fields below: generic code of another module looks its types up at every call unless it is inlined,
/// and what is of the package only never is.
public final class FieldProblems {
    /// What was reported, in the order in which it was found.
    public package(set) var found: [FieldProblem] = []

    package init() {}

    package var isEmpty: Bool { found.isEmpty }

    /// What is kept at the most: nobody reads more, and a body of junk must not make a larger answer.
    package static let foundMax = 100

    package func add(_ pointer: String, _ reason: String) {
        guard found.count < FieldProblems.foundMax else { return }
        found.append(FieldProblem(pointer, reason))
    }

    /// Takes an object apart and afterwards refuses the names that nobody asked for.
    @inlinable
    public func object<Answer>(
        _ value: JSONValue, at pointer: String = "", _ read: (inout JSONFields) -> Answer?
    ) -> Answer? {
        let before = found.count
        var fields = JSONFields(value, at: pointer, into: self)
        guard fields.isObject else { return nil }
        let answer = read(&fields)
        fields.refuseUnknown()
        return found.count == before ? answer : nil
    }
}

/// Takes an object apart field by field; a field that is wrong is reported and reads as `nil`.
///
/// `null` counts as absent. After the last field comes `refuseUnknown`.
public struct JSONFields {
    /// Where the object stands, as a JSON pointer.
    public let pointer: String
    /// Whether the value is an object at all; if not, that has been reported.
    public let isObject: Bool
    private let members: [JSONValue.Member]
    private var isRead: [Bool]
    /// Where what is wrong is reported.
    public let problems: FieldProblems

    /// Takes the value apart; one that is no object is reported.
    public init(_ value: JSONValue, at pointer: String = "", into problems: FieldProblems) {
        self.pointer = pointer
        self.problems = problems
        switch value {
        case .object(let members):
            self.members = members
            isObject = true
        case .null, .bool, .integer, .number, .string, .array:
            members = []
            isObject = false
            problems.add(pointer, "must be an object")
        }
        isRead = Array(repeating: false, count: members.count)
    }

    /// Reports every name that has not been asked for.
    public func refuseUnknown() {
        for (member, isRead) in zip(members, isRead) where !isRead {
            problems.add(path(member.key), "is not known")
        }
    }

    /// Takes the names that have not been asked for as known: where what decides which there are is wrong itself.
    package mutating func excuseUnknown() {
        for index in isRead.indices { isRead[index] = true }
    }

    /// Where the field of that name stands.
    public func path(_ key: String) -> String { JSONPointer.path(pointer, key) }

    /// Reports something about a field that only the caller can see.
    public func refuse(_ key: String, _ reason: String) { problems.add(path(key), reason) }

    /// The value of a field as it stands, `nil` if it is absent or `null`.
    public mutating func value(_ key: String) -> JSONValue? {
        guard let index = members.firstIndex(where: { $0.key == key }) else { return nil }
        isRead[index] = true
        if case .null = members[index].value { return nil }
        return members[index].value
    }

    /// A field that may be absent, made into what it stands for; `must`, put together only for a field that is wrong,
    /// says what it has to be.
    @inlinable
    public mutating func optional<Answer>(
        _ key: String, must: @autoclosure () -> String, _ transform: (JSONValue) -> Answer?
    ) -> Answer? {
        guard let value = value(key) else { return nil }
        if let answer = transform(value) { return answer }
        refuse(key, "must \(must())")
        return nil
    }

    /// A field that has to be there, made into what it stands for; `must` says what it has to be.
    @inlinable
    public mutating func required<Answer>(
        _ key: String, must: @autoclosure () -> String, _ transform: (JSONValue) -> Answer?
    ) -> Answer? {
        guard let value = value(key) else {
            // An object that is none has been reported already.
            if isObject { refuse(key, "is missing") }
            return nil
        }
        if let answer = transform(value) { return answer }
        refuse(key, "must \(must())")
        return nil
    }
}

extension JSONFields {
    package mutating func string(_ key: String, bytesMax: Int = 1_000) -> String? {
        required(key, must: JSONFields.text(bytesMax)) { JSONFields.string($0, bytesMax) }
    }

    package mutating func optionalString(_ key: String, bytesMax: Int = 1_000) -> String? {
        optional(key, must: JSONFields.text(bytesMax)) { JSONFields.string($0, bytesMax) }
    }

    /// A text that stands for something else: a date, a code, an id.
    @inlinable
    public mutating func text<Answer>(
        _ key: String, must: @autoclosure () -> String, _ transform: (String) -> Answer?
    ) -> Answer? {
        required(key, must: must()) { JSONFields.string($0, .max).flatMap(transform) }
    }

    /// A text that stands for something else, or nothing.
    @inlinable
    public mutating func optionalText<Answer>(
        _ key: String, must: @autoclosure () -> String, _ transform: (String) -> Answer?
    ) -> Answer? {
        optional(key, must: must()) { JSONFields.string($0, .max).flatMap(transform) }
    }

    package mutating func integer(_ key: String, in range: ClosedRange<Int64> = .min ... .max) -> Int64? {
        required(key, must: JSONFields.whole(range)) { JSONFields.integer($0, range) }
    }

    package mutating func optionalInteger(_ key: String, in range: ClosedRange<Int64> = .min ... .max) -> Int64? {
        optional(key, must: JSONFields.whole(range)) { JSONFields.integer($0, range) }
    }

    package mutating func bool(_ key: String) -> Bool? {
        required(key, must: "be true or false", JSONFields.bool)
    }

    package mutating func optionalBool(_ key: String) -> Bool? {
        optional(key, must: "be true or false", JSONFields.bool)
    }

    /// An object of its own, read by the closure, whose unknown names are refused too.
    @inlinable
    public mutating func object<Answer>(_ key: String, _ read: (inout JSONFields) -> Answer?) -> Answer? {
        required(key, must: "be an object") { $0 }.flatMap { problems.object($0, at: path(key), read) }
    }

    /// An object of its own, or nothing.
    @inlinable
    public mutating func optionalObject<Answer>(_ key: String, _ read: (inout JSONFields) -> Answer?) -> Answer? {
        value(key).flatMap { problems.object($0, at: path(key), read) }
    }

    /// The elements of an array, each made by the closure, which reports for itself at the path it is given.
    @inlinable
    public mutating func array<Answer>(
        _ key: String, countMax: Int = 1_000, _ element: (JSONValue, String) -> Answer?
    ) -> [Answer]? {
        let elements = required(key, must: JSONFields.list(countMax)) { JSONFields.array($0, countMax) }
        return elements.flatMap { JSONFields.all($0, at: path(key), element) }
    }

    /// The elements of an array, or nothing.
    @inlinable
    public mutating func optionalArray<Answer>(
        _ key: String, countMax: Int = 1_000, _ element: (JSONValue, String) -> Answer?
    ) -> [Answer]? {
        let elements = optional(key, must: JSONFields.list(countMax)) { JSONFields.array($0, countMax) }
        return elements.flatMap { JSONFields.all($0, at: path(key), element) }
    }
}

extension JSONFields {
    private static func text(_ bytesMax: Int) -> String { "be a text of at most \(bytesMax) bytes" }

    @usableFromInline
    static func list(_ countMax: Int) -> String { "be an array of at most \(countMax) elements" }

    private static func whole(_ range: ClosedRange<Int64>) -> String {
        range == .min ... .max
            ? "be a whole number" : "be a whole number from \(range.lowerBound) to \(range.upperBound)"
    }

    @usableFromInline
    static func string(_ value: JSONValue, _ bytesMax: Int) -> String? {
        guard case .string(let text) = value, text.utf8.count <= bytesMax else { return nil }
        return text
    }

    private static func integer(_ value: JSONValue, _ range: ClosedRange<Int64>) -> Int64? {
        guard case .integer(let number) = value, range.contains(number) else { return nil }
        return number
    }

    private static func bool(_ value: JSONValue) -> Bool? {
        guard case .bool(let isTrue) = value else { return nil }
        return isTrue
    }

    @usableFromInline
    static func array(_ value: JSONValue, _ countMax: Int) -> [JSONValue]? {
        guard case .array(let elements) = value, elements.count <= countMax else { return nil }
        return elements
    }

    // All elements are read even if one is wrong, so that all that is wrong is heard.
    @inlinable
    static func all<Answer>(
        _ elements: [JSONValue], at pointer: String, _ read: (JSONValue, String) -> Answer?
    ) -> [Answer]? {
        var answers: [Answer] = []
        for (index, element) in elements.enumerated() {
            if let answer = read(element, JSONPointer.path(pointer, index)) { answers.append(answer) }
        }
        return answers.count == elements.count ? answers : nil
    }
}
