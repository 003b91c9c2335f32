/// A request as it came: its head delimited but not decoded, its body whole and without chunks.
package struct Request: Sendable {
    package var method: Method
    /// HTTP/1.0: no chunks, no 100, closes unless asked to keep alive.
    package var isHTTP10: Bool
    /// What the log and a problem call this request.
    package var id: UInt64
    /// Everything from the method to the empty line.
    package var head: [UInt8]
    /// Of the target, the path as it was sent, percent-encoded; places in `head`.
    package var path: Range<Int>
    /// Of the target, what follows the question mark; empty if there is none.
    package var query: Range<Int>
    package var fields: [Field]
    package var body: [UInt8]
    /// Who sent it, by the socket: the proxy, where there is one.
    package var peer = Address(high: 0, low: 0)
    /// Whether one of its fields may be a precondition (RFC 9110 §13.1).
    package var isConditional = false
    /// Whether it says which forms of an answer it takes, and does not take any.
    package var isChoosy = false

    /// One field line; places in `head`, the value without the blanks around it.
    package struct Field: Hashable, Sendable {
        package let name: Range<Int>
        package let value: Range<Int>

        package init(name: Range<Int>, value: Range<Int>) {
            self.name = name
            self.value = value
        }
    }

    package init(
        _ method: Method, isHTTP10: Bool = false, id: UInt64 = 0, head: [UInt8] = [], path: Range<Int> = 0..<0,
        query: Range<Int> = 0..<0, fields: [Field] = [], body: [UInt8] = []
    ) {
        self.method = method
        self.isHTTP10 = isHTTP10
        self.id = id
        self.head = head
        self.path = path
        self.query = query
        self.fields = fields
        self.body = body
    }
}

extension Request {
    /// The value of the first field of that name, in whatever case the name was written; `name` is lower case.
    package func value(_ name: StaticString) -> ArraySlice<UInt8>? {
        for field in fields where isNamed(field, name) { return head[field.value] }
        return nil
    }

    /// The values of all fields of that name, in their order; `name` is lower case.
    package func values(_ name: StaticString) -> [ArraySlice<UInt8>] {
        fields.compactMap { isNamed($0, name) ? head[$0.value] : nil }
    }

    /// Whether the value of one of the fields of that name is such a one; `nil` if there is none; `name` is lower case.
    package func anyValue(_ name: StaticString, _ fits: (ArraySlice<UInt8>) -> Bool) -> Bool? {
        var answer: Bool?
        for field in fields where isNamed(field, name) {
            if fits(head[field.value]) { return true }
            answer = false
        }
        return answer
    }

    /// How many fields have that name: more than one of a field that may stand once is ambiguous (RFC 9110 §5.3).
    package func count(_ name: StaticString) -> Int {
        fields.reduce(0) { isNamed($1, name) ? $0 + 1 : $0 }
    }

    private func isNamed(_ field: Field, _ name: StaticString) -> Bool {
        guard field.name.count == name.utf8CodeUnitCount else { return false }
        let wanted = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        for place in wanted.indices where head[field.name.lowerBound + place].lowercased != wanted[place] {
            return false
        }
        return true
    }
}
