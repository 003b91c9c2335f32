package import JSON

/// Names and values side by side, as tables and dashboards read them: the same in JSON and in CSV.
package struct FlatRow: JSONWritable, Sendable {
    package enum Value: Sendable {
        case text(String?)
        case count(Int?)
        case number(Double?)
        case flag(Bool?)
        case texts([String])
    }

    /// In a stable order.
    package let fields: [(name: String, value: Value)]

    package init(_ fields: [(name: String, value: Value)]) {
        self.fields = fields
    }

    /// The text of a field.
    package func text(_ name: String) -> String? {
        if case .text(let text)? = fields.first(where: { $0.name == name })?.value { text } else { nil }
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { object in
            for field in fields {
                switch field.value {
                case .text(let text): object.field(field.name, text)
                case .count(let count): object.field(field.name, count)
                case .number(let number): object.field(field.name, number)
                case .flag(let flag): object.field(field.name, flag)
                case .texts(let texts): object.field(field.name, texts)
                }
            }
        }
    }

    package var csvHeader: String { fields.map(\.name).joined(separator: ",") }

    /// One line; what is null is empty.
    package var csvRow: String {
        fields.map { field in
            switch field.value {
            case .text(let text): text.map(MonthlyReportFields.quoted) ?? ""
            case .count(let count): count.map { "\($0)" } ?? ""
            case .number(let number): number.map { "\($0)" } ?? ""
            case .flag(let flag): flag.map { "\($0)" } ?? ""
            case .texts(let texts): MonthlyReportFields.quoted(texts.joined(separator: " "))
            }
        }.joined(separator: ",")
    }
}

/// Flat rows as one answer.
package struct FlatRows: Sendable {
    package let rows: [FlatRow]
    /// Where the next page is; it is absent from the last (OData JSON Format 4.01, 4.5.5).
    package let next: String?

    package init(_ rows: [FlatRow], next: String? = nil) {
        self.rows = rows
        self.next = next
    }

    package var json: [UInt8] {
        var writer = JSONWriter(bytesExpected: 1_000 * rows.count)
        writer.object { object in
            object.field("value", rows)
            if let next { object.field("@odata.nextLink", next) }
        }
        return writer.bytes
    }

    /// With a line break at the end of each line.
    package var csv: String {
        ([rows.first?.csvHeader ?? ""] + rows.map(\.csvRow)).map { $0 + "\n" }.joined()
    }
}
